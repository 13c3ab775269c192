"""The operators of the language, each paid for before it is applied."""

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.programs.arrays import as_array, broadcast, failed, is_array, is_number, kind_of
from grader.programs.functions import matmul, plain_words
from grader.programs.meter import BITS, Meter, product

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
SIGNS: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}


def combine(kind: type[ast.operator], left: Any, right: Any, meter: Meter) -> Any:
    """Apply an operator between two values; raises `Unreadable` where they do not fit."""
    if kind is ast.MatMult:
        return matmul(meter, left, right)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple | int) and kind in (ast.Add, ast.Mult):
        return _joined(kind, left, right, meter)
    if isinstance(right, list | tuple) and isinstance(left, int) and kind is ast.Mult:
        return _joined(kind, right, left, meter)
    if is_number(left) and is_number(right):
        _check_size(kind, left, right, meter)
        return _applied(OPERATORS[kind], left, right)
    if kind is ast.BitXor and not all(is_array(side) and side.dtype.kind == "b" for side in (left, right)):
        raise failed("^ is not a power: write **.")
    one, other = as_array(left, meter), as_array(right, meter)
    _pay_broadcast(one, other, meter)
    return _applied(OPERATORS[kind], one, other)


def compare(kind: type[ast.cmpop], left: Any, right: Any, meter: Meter) -> Any:
    """Compare two values; raises `Unreadable` where they cannot be."""
    if kind in (ast.Is, ast.IsNot) or left is None or right is None:
        if left is not None and right is not None:
            raise failed("`is` may only ask for None: write ==.")
        return (left is right) == (kind in (ast.Is, ast.Eq))
    if isinstance(left, tuple) and isinstance(right, tuple) and all(map(is_number, (*left, *right))):
        return COMPARISONS[kind](left, right)
    if is_number(left) and is_number(right):
        return COMPARISONS[kind](left, right)
    one, other = as_array(left, meter), as_array(right, meter)
    _pay_broadcast(one, other, meter)
    return COMPARISONS[kind](one, other)


def signed(kind: type[ast.unaryop], value: Any, meter: Meter) -> Any:
    """Apply -, + or ~ to a value."""
    number = value if is_number(value) else as_array(value, meter)
    if kind is ast.Invert and (isinstance(number, float) or (is_array(number) and number.dtype.kind == "f")):
        raise failed("~ needs truth values, such as ~(x > 0).")
    meter.array(np.size(number))
    try:
        return not number if kind is ast.Invert and isinstance(number, bool) else SIGNS[kind](number)
    except TypeError:
        raise failed("Truth values have no sign: write ~ or 1 - x.") from None


def truth(value: Any) -> bool:
    """Tell whether a value holds; an array of several numbers does not say."""
    if is_array(value) and np.size(value) != 1:
        raise failed("An array is neither true nor false: use & and |, np.where, np.any or np.all.")
    return bool(value)


def _applied(apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        result = apply(left, right)
    except ZeroDivisionError:
        raise failed("divides by zero.") from None
    except (TypeError, ValueError, ArithmeticError) as error:
        raise failed(f"is refused: {plain_words(error)}.") from None
    if isinstance(result, complex):
        raise failed("is not a real number: a negative base has no such power.")
    return result


def _pay_broadcast(left: Any, right: Any, meter: Meter) -> None:
    meter.array(product(broadcast(np.shape(left), np.shape(right))))


def _joined(kind: type[ast.operator], items: Any, other: Any, meter: Meter) -> Any:
    if kind is ast.Mult and isinstance(other, int):
        meter.items(len(items) * max(0, other))
        return items * other
    if kind is ast.Add and type(items) is type(other):
        meter.items(len(items) + len(other))
        return items + other
    raise failed(f"combines {kind_of(items)} with {kind_of(other)}: make arrays of them with np.array.")


def _check_size(kind: type[ast.operator], left: float, right: float, meter: Meter) -> None:
    """Estimate the bits of a whole result before it exists."""
    if not (isinstance(left, int) and isinstance(right, int)):
        return
    if kind is ast.Pow and abs(left) > 1 and right > 0:
        meter.whole(min(right, BITS + 1) * (abs(left).bit_length() - 1))
    elif kind is ast.Mult:
        meter.whole(left.bit_length() + right.bit_length() - 1)
    elif kind in (ast.Add, ast.Sub):
        meter.whole(max(left.bit_length(), right.bit_length()))
