"""What may be asked of a value: its properties, its methods, its parts, and the built-in functions."""

import ast
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.programs.arithmetic import combine, truth
from grader.programs.arrays import as_array, failed, is_array, is_number, kind_of
from grader.programs.functions import call_library, plain_words
from grader.programs.meter import Meter, product

_RENAMED = {"flatten": "ravel"}
_SPREAD = frozenset({"reshape", "transpose"})


def look_up(value: Any, name: str, meter: Meter) -> Any:
    """Give `x.T`, `x.shape`, `x.size` or `x.ndim` of an array."""
    return PROPERTY[name](as_array(value, meter))


def call_method(value: Any, name: str, arguments: list[Any], keywords: dict[str, Any], meter: Meter) -> Any:
    """Call what may be called on an array or a list."""
    if isinstance(value, list) and name in ("append", "extend", "copy"):
        return _list_method(value, name, arguments, meter)
    array = as_array(value, meter)
    if name == "astype":
        meter.array(np.size(array))
        return call_library("array", meter, [array, *arguments], keywords)
    if name in _SPREAD and len(arguments) > 1:
        arguments = [tuple(arguments)]
    if name in ("ravel", "flatten") and (arguments or keywords):
        raise failed(f"{name} is called without arguments here.")
    return call_library(_RENAMED.get(name, name), meter, [array, *arguments], keywords)


def part_of(value: Any, index: Any, meter: Meter) -> Any:
    """Give `value[index]`, bounded."""
    if isinstance(value, list | tuple | range):
        meter.items(len(value) if isinstance(index, slice) and not isinstance(value, range) else 1)
        return _guarded(lambda: value[_plain_index(index)])
    array = as_array(value, meter)
    _pay_index(array, index, meter)
    return _guarded(lambda: array[_array_index(index, meter)])


def set_part(value: Any, index: Any, new: Any, meter: Meter) -> None:
    """Do `value[index] = new`, bounded."""
    if isinstance(value, list):
        if not isinstance(index, int | np.integer):
            raise failed("An entry of a list is set by a whole number.")
        _guarded(lambda: value.__setitem__(int(index), new))
    elif isinstance(value, np.ndarray):
        _pay_index(value, index, meter)
        fresh = as_array(new, meter)
        if value.dtype.kind in "ib" and fresh.dtype.kind == "f":
            raise failed(
                "Real numbers are put into an array of whole numbers, which cuts them off: make it of floats."
            )
        _guarded(lambda: value.__setitem__(_array_index(index, meter), fresh))
    else:
        raise failed(f"Parts of {kind_of(value)} cannot be set.")


def items_of(value: Any, meter: Meter) -> Iterable[Any]:
    """Give what a loop goes through."""
    if isinstance(value, range):
        return value
    if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim):
        meter.items(len(value))
        return list(value)
    raise failed(f"is {kind_of(value)}; a range, a list or an array was expected.")


def call_builtin(name: str, arguments: list[Any], meter: Meter) -> Any:
    """Call one of the built-in functions."""
    return _guarded(lambda: BUILTIN[name](meter, *arguments))


def _list_method(value: list[Any], name: str, arguments: list[Any], meter: Meter) -> Any:
    if name == "copy":
        meter.items(len(value))
        return list(value)
    if len(arguments) != 1:
        raise failed(f"{name} takes one argument.")
    new = [arguments[0]] if name == "append" else _listed(meter, arguments[0])
    meter.items(len(value) + len(new))
    value.extend(new)
    return None


def _guarded(action: Callable[[], Any]) -> Any:
    try:
        return action()
    except (IndexError, TypeError, ValueError, ArithmeticError) as error:
        raise failed(f"is refused: {plain_words(error)}.") from None


def _plain_index(index: Any) -> Any:
    if not isinstance(index, int | np.integer | slice):
        raise failed("A list is indexed by a whole number or a slice.")
    return index if isinstance(index, slice) else int(index)


def _array_index(index: Any, meter: Meter) -> Any:
    if isinstance(index, tuple):
        return tuple(_array_index(part, meter) for part in index)
    return as_array(index, meter) if isinstance(index, list) else index


def _pay_index(array: Any, index: Any, meter: Meter) -> None:
    parts = index if isinstance(index, tuple) else (index,)
    chosen = [as_array(part, meter) for part in parts if isinstance(part, list) or is_array(part)]
    if not chosen:
        return
    whole = [np.shape(part) for part in chosen if part.dtype.kind != "b"]
    kept = np.shape(array)[len(parts) :] if len(whole) == len(parts) else np.shape(array)
    meter.array(product(_guarded(lambda: np.broadcast_shapes(*whole))) * product(kept))


def _listed(meter: Meter, value: Any = ()) -> list[Any]:
    meter.items(len(value) if isinstance(value, range) else 0)
    return list(items_of(value, meter))


def _total(meter: Meter, values: Any, start: Any = 0) -> Any:
    total = start
    for value in items_of(values, meter):
        meter.step()
        total = combine(ast.Add, total, value, meter)
    return total


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def call(meter: Meter, *values: Any) -> Any:
        numbers = _listed(meter, values[0]) if len(values) == 1 else list(values)
        if not all(is_number(number) or np.size(number) == 1 for number in numbers):
            raise failed("compares numbers: for arrays write np.min, np.max, np.minimum or np.maximum.")
        return choose(numbers)

    return call


def _some(decide: Callable[[Iterable[bool]], bool]) -> Callable[..., bool]:
    return lambda meter, values: decide([truth(value) for value in _listed(meter, values)])


def _whole(meter: Meter, value: Any) -> int:
    if not is_number(value) and np.size(value) != 1:
        raise failed("int takes one number.")
    number = int(value)
    meter.whole(number.bit_length())
    return number


def _float(meter: Meter, value: Any) -> float:
    return float(value if is_number(value) else as_array(value, meter))


def _round(meter: Meter, value: Any, digits: int = 0) -> Any:
    return call_library("round", meter, [value, digits], {})


def _length(meter: Meter, value: Any) -> int:
    return len(value)


def _range(meter: Meter, *bounds: Any) -> range:
    return range(*(int(bound) if isinstance(bound, int | np.integer) else bound for bound in bounds))


PROPERTY: dict[str, Callable[[Any], Any]] = {
    "T": lambda array: np.transpose(array),
    "shape": lambda array: np.shape(array),
    "size": lambda array: np.size(array),
    "ndim": lambda array: np.ndim(array),
}

BUILTIN: dict[str, Callable[..., Any]] = {
    "len": _length,
    "range": _range,
    "list": _listed,
    "tuple": lambda meter, value=(): tuple(_listed(meter, value)),
    "enumerate": lambda meter, value, start=0: list(enumerate(_listed(meter, value), start)),
    "zip": lambda meter, *values: list(zip(*(_listed(meter, value) for value in values), strict=False)),
    "reversed": lambda meter, value: _listed(meter, value)[::-1],
    "sum": _total,
    "min": _extreme(min),
    "max": _extreme(max),
    "any": _some(any),
    "all": _some(all),
    "abs": lambda meter, value: call_library("abs", meter, [value], {}),
    "int": _whole,
    "float": _float,
    "bool": lambda meter, value: truth(value),
    "round": _round,
}
"""Each takes the meter first, then what Python's function takes."""
