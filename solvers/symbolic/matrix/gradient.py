"""The gradient of a scalar by any matrix in it, derived from the loss backwards, with the working.

>>> from solvers.symbolic.matrix.expression import matrices, named
>>> from solvers.symbolic.matrix.reductions import open_loss
>>> X, W, b = matrices(X="N D", W="D M", b="1 M")
>>> loss = open_loss(named("Y", X @ W + b))
>>> [matrix_gradient(loss, name).value.plain() for name in "XWb"]
['G @ W.T', 'X.T @ G', 'np.sum(G, axis=0, keepdims=True)']
>>> matrix_gradient(loss, "W").value.latex()
'X^\\\\top \\\\cdot \\\\frac{\\\\partial L}{\\\\partial Y}'
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from numpy.typing import ArrayLike

from solvers.arrays import show
from solvers.symbolic.matrix import contraction, elementwise, reductions
from solvers.symbolic.matrix.entries import entry
from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Gradient,
    Mapped,
    Named,
    Ones,
    Reduced,
    Scaled,
    Sum,
    Symbol,
    forward_order,
    parts,
    show_shape,
)
from solvers.symbolic.matrix.index_working import ProductWorking
from solvers.symbolic.matrix.printing import latex
from solvers.symbolic.matrix.rules import add, scale
from solvers.symbolic.matrix.stations import Stations, is_product
from solvers.worked import Step, Worked, worked


@dataclass(frozen=True)
class Part:
    """One contribution to a gradient: in full, as it is shown, the reasons so far, and the product rules met."""

    full: Expression
    shown: Expression
    reasons: tuple[str, ...] = ()
    products: tuple[ProductWorking, ...] = ()


def matrix_gradient(loss: Expression, by: Symbol | Named | str) -> Worked:
    """The gradient of a scalar by a matrix or by a named intermediate result; the value is an expression.

    Raises ValueError if the loss is no scalar or does not hold the matrix.
    """
    target = by if isinstance(by, str) else by.name
    found = _find(loss, target)
    stations = Stations(loss, target)
    backward = _Backward(loss, found, stations)
    symbols = tuple(node for node in stations.order if isinstance(node, Symbol))
    return worked(replace(backward.gradient, sized_by=symbols), [_forward_step(loss, stations), *backward.steps])


def put_matrices(derived: Worked, values: Mapping[str, ArrayLike], name: str = "") -> Worked:
    """Append a step with arrays put into the gradient; the value becomes a number or an array."""
    expression: Expression = derived.value
    value = expression.evaluate(values)
    return worked(value, (*derived.steps, Step("Put the arrays in.", expression.latex(), "", show(value), name)))


def pull(
    node: Expression, place: int, upstream: Expression, inputs: tuple[Expression, ...], output: Expression
) -> Expression:
    """What an operation hands back to one of its inputs: the only place where gradients are made."""
    if isinstance(node, Scaled):
        return scale(node.factor, upstream)
    if isinstance(node, Mapped):
        return upstream * elementwise.FUNCTIONS[node.function].derivative(inputs[0], output, node.parameter)
    if isinstance(node, Reduced):
        return reductions.FUNCTIONS[node.function].gradient(inputs[0], output, upstream)
    if isinstance(node, Applied):
        return contraction.contract(node, place, upstream, inputs)
    return upstream


class _Backward:
    """One backward pass: what has arrived at every node, and the steps that led there."""

    def __init__(self, loss: Expression, target: Symbol | Named, stations: Stations) -> None:
        self.stations = stations
        self.steps: list[Step] = []
        self.arrived: dict[int, list[Part]] = {id(loss): [Part(Ones(()), Ones(()))]}
        reached: list[Part] = []
        for node in reversed(stations.order):
            if isinstance(node, Symbol | Named) and node.name == target.name:
                reached += self.arrived.pop(id(node), [])
            elif id(node) in self.arrived:
                self.hand_on(node, self.collect(node))
        self.steps += gradient_steps(reached, Symbol(target.shape, target.name))
        self.gradient = reduce(add, (part.full for part in reached))

    def collect(self, node: Expression) -> Part:
        """Everything that arrived at a node; the gradient by a station gets a name of its own."""
        found = self.arrived.pop(id(node))
        if id(node) not in self.stations.names:
            return found[0]
        shown = self.stations.shown[id(node)]
        self.steps += gradient_steps(found, shown)
        return Part(reduce(add, (part.full for part in found)), Gradient(node.shape, "", shown))

    def hand_on(self, node: Expression, upstream: Part) -> None:
        """Apply the rule of an operation for each input that depends on the target."""
        stations, inputs = self.stations, parts(node)
        shown, output = tuple(stations.shown[id(part)] for part in inputs), stations.named.get(id(node), node)
        for place, part in enumerate(inputs):
            if id(part) not in stations.touched:
                continue
            full = pull(node, place, upstream.full, inputs, output)
            display = pull(node, place, upstream.shown, shown, stations.shown[id(output)])
            rule = () if not is_product(node) else (ProductWorking(stations.inside(node), place, upstream.shown),)
            new = Part(full, display, (*upstream.reasons, *_why(node)), (*upstream.products, *rule))
            self.arrived.setdefault(id(part), []).append(new)


def gradient_steps(found: list[Part], by: Expression) -> Iterator[Step]:
    """The steps that lead to the gradient by one expression; if it is read more than once, the parts add up."""
    alone = len(found) == 1
    for number, part in enumerate(found, 1):
        share = "" if alone else f"Part {number} of {len(found)}. "
        last = (
            part.products[-1]
            if part.products and latex(part.products[-1].gradient()) == latex(part.shown)
            else None
        )
        for product in part.products:
            yield from _product_steps(product, share, final=product is last)
        if last is None:
            reason = " ".join(dict.fromkeys(part.reasons)) or "The loss is this itself."
            yield _gradient_step(share + reason, part.shown, by, whole=alone)
    if not alone:
        together = reduce(add, (part.shown for part in found))
        yield _gradient_step("It is read more than once, so the parts add up.", together, by, whole=True)


def _gradient_step(reason: str, shown: Expression, by: Expression, *, whole: bool, named: bool = True) -> Step:
    """A gradient as a matrix, and one entry of it; of a part of a gradient only the right side."""
    left = Gradient(by.shape, "", by)
    one = entry(shown, "u", "v") if by.shape else ""
    if not whole:
        return Step(reason, latex(shown), "", one)
    name = f"d{by.name}" if named and isinstance(by, Symbol) else ""
    if latex(left) == latex(shown):
        return Step(reason, latex(left), name=name)
    return Step(reason, f"{latex(left)} = {latex(shown)}", "", one and f"{entry(left, 'u', 'v')} = {one}", name)


def _product_steps(rule: ProductWorking, share: str, *, final: bool) -> Iterator[Step]:
    """The index notation of a matrix product, the reason for each transpose, and the sizes."""
    left = "" if share else f"{rule.left} = "
    yield Step(
        f"{share}Chain rule for one entry $(u, v)$: it may reach the loss through every entry of the result.",
        left + rule.chain_rule(),
    )
    yield Step(
        "Only where the delta is 1 does a term remain.", rule.local_derivative(), "", left + rule.remaining_sum()
    )
    by, shown, reason = (
        rule.parts[rule.place],
        rule.gradient(),
        f"Read the sum as a matrix product. {rule.reasons()}",
    )
    yield _gradient_step(reason, shown, by, whole=not share, named=final)
    yield Step(f"The sizes agree. {rule.swapped()}", rule.sizes())


def _why(node: Expression) -> tuple[str, ...]:
    """Why an operation's rule is what it is."""
    if isinstance(node, Scaled):
        return ("A number in front stays in front.",)
    if isinstance(node, Sum):
        return ("A sum hands the upstream gradient on to each of its terms.",)
    if isinstance(node, Mapped):
        return (f"Entry by entry: multiply by the derivative. {elementwise.FUNCTIONS[node.function].why}",)
    if isinstance(node, Reduced):
        return (reductions.FUNCTIONS[node.function].why,)
    return (contraction.WHY[node.operation],) if isinstance(node, Applied) else ()


def _forward_step(loss: Expression, stations: Stations) -> Step:
    """The results on the way that have names, and the loss."""
    named = [node for node in stations.order if id(node) in stations.names and id(node) in stations.touched]
    lines = [f"{latex(stations.shown[id(node)])} = {latex(stations.inside(node))}" for node in named]
    reason = "Name the results on the way to the loss." if lines else "The loss."
    return Step(reason, r", \quad ".join([*lines, f"L = {latex(stations.inside(loss))}"]))


def _find(loss: Expression, target: str) -> Symbol | Named:
    """The matrix of that name; ValueError where there is none or the loss is no scalar."""
    if loss.shape:
        raise ValueError(f"the gradient is taken of a scalar, got a loss of shape {show_shape(loss.shape)}")
    known: dict[str, Symbol | Named] = {}
    for node in forward_order(loss):
        if isinstance(node, Symbol | Named):
            _check_unique(node, known.setdefault(node.name, node))
    if target not in known:
        spellings = {name.lower(): name for name in known}
        close = difflib.get_close_matches(target.lower(), spellings, 1)
        hint = f": did you mean {spellings[close[0]]}?" if close else ""
        raise ValueError(f"the loss holds {', '.join(known) or 'no matrix'}, not {target!r}{hint}")
    return known[target]


def _check_unique(node: Symbol | Named, first: Symbol | Named) -> None:
    both = isinstance(node, Symbol) and isinstance(first, Symbol) and node.shape == first.shape
    if node is not first and not both:
        raise ValueError(f"{node.name} is the name of two different results")
