"""Slips that follow from the computation itself: what comes out if one step of it is left out or turned round.

The author's own function is read as a syntax tree and changed in one place at a time: a transpose or a mask left
out, the other axis, factors in the wrong order, a term or a divisor forgotten, another logarithm, one too few.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from quizbank.part import Part, as_plain, call

KINDS = ("number", "matrix", "integer list", "shape")
TROUBLE = (ValueError, TypeError, IndexError, ArithmeticError, AttributeError, KeyError, np.linalg.LinAlgError)


class Mutant(NamedTuple):
    """A changed computation with the name and the sentence of the slip."""

    name: str
    text: str
    compute: Callable[..., Any]


class Change(NamedTuple):
    """A place in a computation and what stands there instead."""

    name: str
    text: str
    new: ast.expr


def mutant_values(part: Part, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give the name, sentence and value of each slip that the computation of a part suggests.

    Only values that could be an answer are given: finite numbers, in the truth's shape or its transpose.
    """
    if part.kind_name not in KINDS:
        return
    truth = values[part.name]
    for mutant in mutants(part.compute):
        try:
            with np.errstate(all="ignore"):
                value = as_plain(call(mutant.compute, values))
        except TROUBLE:
            continue
        if _could_answer(value, truth):
            yield mutant.name, mutant.text, value


@cache
def mutants(function: Callable[..., Any]) -> tuple[Mutant, ...]:
    """Change a function in one place at a time; one whose source cannot be read has no mutants."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ()
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef) or function.__closure__:
        return ()
    definition.decorator_list = []
    return tuple(_compiled(function, tree, place, change) for place, change in _changes(tree))


def _changes(tree: ast.Module) -> Iterator[tuple[int, Change]]:
    for place, node in enumerate(ast.walk(tree)):
        for rule in RULES:
            change = rule(node)
            if change is not None:
                yield place, change


def _compiled(function: Callable[..., Any], tree: ast.Module, place: int, change: Change) -> Mutant:
    changed = deepcopy(tree)
    target = list(ast.walk(changed))[place]
    whole = ast.fix_missing_locations(_Replacing(target, change.new).visit(changed))
    namespace: dict[str, Any] = {}
    exec(compile(whole, f"<{change.name}>", "exec"), function.__globals__, namespace)  # noqa: S102 - the author's own code
    return Mutant(change.name, change.text, namespace[function.__name__])


class _Replacing(ast.NodeTransformer):
    """Put another expression in the place of one node."""

    def __init__(self, target: ast.AST, new: ast.expr) -> None:
        self.target, self.new = target, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.target else super().visit(node)


def _no_transpose(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return Change("no-transpose", "This is what comes out if a transpose is forgotten.", node.value)
    return None


def _no_mask(node: ast.AST) -> Change | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.right, ast.Compare):
        text = "The mask is missing: where the unit did not fire, nothing passes."
        return Change("no-mask", text, node.left)
    return None


def _other_order(node: ast.AST) -> Change | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        swapped = ast.BinOp(node.right, ast.MatMult(), node.left)
        return Change("other-order", "The factors of a matrix product are in the wrong order.", swapped)
    return None


def _no_term(node: ast.AST) -> Change | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.right, ast.Name):
        return Change("no-term", f"A term is missing: ${node.right.id}$ has to be added.", node.left)
    return None


def _one_less(node: ast.AST) -> Change | None:
    if (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and isinstance(node.right, ast.Constant)
        and node.right.value == 1
    ):
        return Change("one-less", "This is one too few: the first place counts, too.", node.left)
    return None


def _no_divisor(node: ast.AST) -> Change | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return Change("no-divisor", "A division is missing.", node.left)
    return None


def _other_axis(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Call) and len(node.keywords):
        for place, keyword in enumerate(node.keywords):
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant) and keyword.value.value in (0, 1):
                turned = deepcopy(node)
                turned.keywords[place].value = ast.Constant(1 - keyword.value.value)
                return Change("other-axis", "This was taken along the other axis.", turned)
    return None


def _other_logarithm(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Attribute) and node.attr == "log" and isinstance(node.value, ast.Name):
        other = ast.Attribute(node.value, "log10", node.ctx)
        return Change(
            "log-base", "This takes the logarithm to base 10; the course's logarithm is the natural one.", other
        )
    return None


def _sum_for_mean(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Attribute) and node.attr == "mean":
        other = ast.Attribute(node.value, "sum", node.ctx)
        return Change("sum-for-mean", "This is the sum; it has to be divided by the number of terms.", other)
    return None


RULES = (
    _no_transpose,
    _no_mask,
    _other_order,
    _no_term,
    _one_less,
    _no_divisor,
    _other_axis,
    _other_logarithm,
    _sum_for_mean,
)


def _could_answer(value: Any, truth: Any) -> bool:
    try:
        entries, expected = np.asarray(value), np.asarray(truth)
        shapes = (expected.shape, expected.T.shape)
        fits = entries.dtype.kind in "iuf" and entries.shape in shapes and bool(np.isfinite(entries).all())
    except (TypeError, ValueError):
        return False
    whole = expected.dtype.kind not in "iu" or bool((entries == np.round(entries)).all())
    return fits and whole and not np.array_equal(entries, expected)
