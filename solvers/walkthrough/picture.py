"""The computational graph of a solution as a drawing, and the same in words for those who cannot see it."""

import re
from collections.abc import Iterator

import numpy as np

from solvers.drawing.canvas import written
from solvers.drawing.graph import Edge, Node, graph
from solvers.engine.layer import Array
from solvers.walkthrough.solution import Solution
from solvers.walkthrough.symbols import Symbols

MOST_NODES = 40
MOST_ROWS, MOST_COLUMNS, DIGITS = 4, 4, 3
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def picture(solution: Solution, names: Symbols) -> str:
    """Draw the graph as SVG; nothing where it has too many nodes to be read."""
    nodes, edges = list(_nodes(solution, names)), list(_edges(solution, names))
    return graph(nodes, edges) if len(nodes) <= MOST_NODES else ""


def described(solution: Solution, names: Symbols) -> str:
    """Say in words what the drawing shows."""
    steps = [f"{named(names, record.name)} from {_listed(names, record.sources)} by {record.layer.kind}"
             for record in solution.trace.records]  # fmt: skip
    loss = solution.problem.loss
    end = f"; the loss by {loss.kind} is {written(solution.trace.loss)}" if loss else ""
    return (
        f"Computational graph: {'; '.join(steps)}{end}. Above each arrow stands the value that flows forward, below it the "
        "gradient that comes back."
    )


def named(names: Symbols, source: str) -> str:
    """Give the name of a value with its number below the line.

    >>> named(Symbols({"affine1": "Z1"}, {}), "affine1")
    'Z₁'
    """
    node, _, output = source.partition(":")
    return lowered(names.values[node]) + (f"({output})" if output else "")


def lowered(name: str) -> str:
    """Write the number at the end of a name below the line.

    >>> lowered("dW1"), lowered("W1ᵀ")
    ('dW₁', 'W₁ᵀ')
    """
    return re.sub(r"(?<=[A-Za-z])\d+(?=ᵀ?$)", lambda found: found[0].translate(SUBSCRIPTS), name)


def _listed(names: Symbols, sources: tuple[str, ...]) -> str:
    return " and ".join(named(names, source) for source in sources)


def _nodes(solution: Solution, names: Symbols) -> Iterator[Node]:
    for name in solution.problem.inputs:
        yield Node(name, name, plain=True)
    for record in solution.trace.records:
        owner = solution.problem.network.owner(
            next(n for n in solution.problem.network.nodes if n.name == record.name)
        )
        params = [names.params[owner, name] for name in record.layer.parameters if name in record.params]
        yield Node(record.name, record.layer.kind, _remark(params))
    if solution.problem.loss:
        yield Node("the loss", solution.problem.loss.kind)
        yield Node("L", f"L = {written(solution.trace.loss)}", plain=True)


def _remark(params: list[str]) -> str:
    if len(params) > 4:
        return f"{len(params)} parameters"
    return ", ".join(map(lowered, params))


def _edges(solution: Solution, names: Symbols) -> Iterator[Edge]:
    """Give every arrow the value of its source and the gradient that comes back along this way."""
    values = solution.trace.values
    for record in solution.trace.records:
        for source, gradient in zip(record.sources, record.grad_inputs, strict=True):
            yield _edge(names, source, record.name, values[source], gradient)
    if solution.problem.loss:
        output = solution.problem.network.outputs[0]
        loss = solution.problem.loss.forward(solution.trace.target, values[output])[1]()[0]
        yield _edge(names, output, "the loss", values[output], np.asarray(loss))
        yield Edge("the loss", "L", (), ("∂ 1",))


def _edge(names: Symbols, source: str, target: str, value: Array, gradient: Array | None) -> Edge:
    above = (named(names, source), *_lines(value))
    below = () if gradient is None else _marked(_lines(gradient))
    return Edge(source.partition(":")[0], target, above, below)


def _marked(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Put the sign of a derivative in front of the first line."""
    return (f"∂ {lines[0]}", *lines[1:])


def _lines(array: Array) -> tuple[str, ...]:
    """Write a small array row by row, a large one as its shape and norm."""
    rows = np.atleast_2d(array)
    if rows.ndim > 2 or rows.shape[0] > MOST_ROWS or rows.shape[1] > MOST_COLUMNS:
        norm = f"{np.linalg.norm(array.astype(float)):.{DIGITS}g}"
        return ("×".join(map(str, array.shape)), f"norm {norm}")
    return tuple("  ".join(written(float(f"{entry:.{DIGITS}g}") + 0.0) for entry in row) for row in rows)
