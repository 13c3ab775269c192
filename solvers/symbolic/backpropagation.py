"""Gradients through a graph of scalars, node by node, and the same as a sum over paths."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from solvers.arrays import DIGITS, show
from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.formula import Formula
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree, number, substitute
from solvers.symbolic.local_derivatives import WHY, local_derivative
from solvers.symbolic.scalar_graph import Gate, Graph, check_values, read_graph
from solvers.worked import Step, Worked, worked

MAX_PATHS = 64


@dataclass(frozen=True, slots=True)
class Edge:
    """From a node into place `place` of a gate: the local derivative and the gradient that flows back."""

    source: str
    target: str
    place: int
    local: float
    gradient: float
    formula: Tree

    def filled(self, values: Mapping[str, float]) -> Tree:
        """The local derivative with numbers put in."""
        return substitute(self.formula, {name: _short(value) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Passes:
    """Both passes through a graph: a value and a gradient per node, and what flows along every edge."""

    graph: Graph
    values: Mapping[str, float]
    gradients: Mapping[str, float]
    edges: tuple[Edge, ...]


def backpropagate(program: str | Graph, values: Mapping[str, float]) -> Worked:
    """Run a graph forwards and backwards; the value is a `Passes`.

    Raises ValueError for a program or for numbers that do not fit.

    >>> passes = backpropagate("q = x + y; f = q * z", {"x": -2, "y": 5, "z": -4}).value
    >>> passes.values["f"], passes.gradients["x"], passes.gradients["z"]
    (-12.0, -4.0, 3.0)
    """
    graph = read_graph(program) if isinstance(program, str) else program
    passes = run(graph, values)
    return worked(passes, [*_forward_steps(passes), *_backward_steps(passes)])


def path_sum(program: str | Graph, values: Mapping[str, float], by: str) -> Worked:
    """The gradient of the output by one node, as the sum over all paths of the products along each.

    Raises ValueError for more than 64 paths.

    >>> path_sum("y = x * x + 3 * x", {"x": 2}, "x").value
    7.0
    """
    passes = backpropagate(program, values).value
    if by not in passes.values:
        raise ValueError(f"expected a node of the graph, one of {', '.join(passes.values)}; got {by!r}")
    products = []
    steps = []
    for count, path in enumerate(_paths(passes, by), 1):
        if count > MAX_PATHS:
            raise ValueError(f"{by} reaches the output on more than {MAX_PATHS} paths: use backpropagate")
        products.append(reduce(lambda product, edge: product * edge.local, path, 1.0))
        steps.append(_path_step(passes, path, count, products[-1]))
    return worked(sum(products), [*steps, _sum_step(passes, by, products)])


def run(graph: Graph, values: Mapping[str, float]) -> Passes:
    """Both passes without the working."""
    check_values(graph, values)
    known = {name: float(values[name]) for name in graph.variables}
    for gate in graph.gates:
        known[gate.name] = _value(gate, known)
    gradients = {graph.output: 1.0}
    edges: list[Edge] = []
    for name in (*(gate.name for gate in reversed(graph.gates[:-1])), *graph.variables):
        leaving = [_edge(gate, place, known, gradients) for gate, place in graph.readers(name)]
        gradients[name] = sum(edge.gradient for edge in leaving)
        edges += leaving
    return Passes(graph, known, gradients, tuple(edges))


def _value(gate: Gate, known: Mapping[str, float]) -> float:
    """The value of one gate; constants become floats first, since exact powers could grow without bound."""
    inputs = {"uv"[n]: known[s] if isinstance(s, str) else float(s) for n, s in enumerate(gate.inputs)}
    return Formula(Call(gate.function, tuple(Name(name) for name in inputs))).entry({}, inputs)


def _edge(gate: Gate, place: int, known: Mapping[str, float], gradients: Mapping[str, float]) -> Edge:
    constants = tuple(None if isinstance(source, str) else source for source in gate.inputs)
    names = {"uv"[n]: Name(source) for n, source in enumerate(gate.inputs) if isinstance(source, str)}
    formula = substitute(local_derivative(gate.function, constants, place), {**names, "o": Name(gate.name)})
    local = Formula(formula).entry({}, known)
    return Edge(str(gate.inputs[place]), gate.name, place, local, gradients[gate.name] * local, formula)


def _forward_steps(passes: Passes) -> Iterator[Step]:
    for gate in passes.graph.gates:
        formula = f"{printing.name(gate.name)} = {printing.latex(gate.formula())}"
        numbers = substitute(gate.formula(), {name: _short(value) for name, value in passes.values.items()})
        yield Step("Forward.", formula, printing.latex(numbers), show(passes.values[gate.name]), gate.name)


def _backward_steps(passes: Passes) -> Iterator[Step]:
    output = passes.graph.output
    yield Step(
        "Backward: the output's derivative by itself.",
        printing.latex(_gradient(output, output)),
        "",
        "1",
        f"d{output}",
    )
    for name in list(passes.gradients)[1:]:
        leaving = [edge for edge in passes.edges if edge.source == name]
        rules = [Call("*", (_gradient(output, edge.target), edge.formula)) for edge in leaving]
        numbers = [
            Call("*", (_short(passes.gradients[edge.target]), edge.filled(passes.values))) for edge in leaving
        ]
        yield Step(
            _reason(passes, name, leaving),
            f"{printing.latex(_gradient(output, name))} = {printing.latex(_sum(rules))}",
            printing.latex(_sum(numbers)),
            show(passes.gradients[name]),
            f"d{name}",
        )


def _reason(passes: Passes, name: str, leaving: list[Edge]) -> str:
    functions = {gate.name: gate.function for gate in passes.graph.gates}
    default = "Upstream gradient times local derivative."
    if not leaving:
        return "Nothing that reaches the output reads this node."
    if len(leaving) == 1:
        return WHY.get((functions[leaving[0].target], leaving[0].place), default)
    shown = printing.name(name)
    return f"${shown}$ is read at {len(leaving)} places. Every path to the output counts, so the gradients add up."


def _paths(passes: Passes, source: str) -> Iterator[tuple[Edge, ...]]:
    if source == passes.graph.output:
        yield ()
        return
    for edge in passes.edges:
        if edge.source == source:
            yield from ((edge, *rest) for rest in _paths(passes, edge.target))


def _path_step(passes: Passes, path: tuple[Edge, ...], count: int, product: float) -> Step:
    nodes = [edge.source for edge in path] + [passes.graph.output]
    route = r" \to ".join(printing.name(node) for node in nodes)
    formula = r" \cdot ".join(printing.latex(_gradient(edge.target, edge.source)) for edge in reversed(path))
    factors = [edge.filled(passes.values) for edge in reversed(path)] or [number(1)]
    numbers = printing.latex(reduce(_operator("*"), factors))
    return Step(
        f"Path {count}: ${route}$. Multiply the local derivatives along it.", formula, numbers, show(product)
    )


def _sum_step(passes: Passes, by: str, products: list[float]) -> Step:
    numbers = printing.latex(_sum([_short(product) for product in products]))
    gradient = printing.latex(_gradient(passes.graph.output, by))
    return Step("Add the paths up.", gradient, numbers, show(sum(products)), f"d{by}")


def _gradient(output: str, by: str) -> Tree:
    return Call("d", (Name(output), Name(by)))


def _sum(terms: Sequence[Tree]) -> Tree:
    return reduce(_operator("+"), terms) if terms else number(0)


def _operator(sign: str) -> Callable[[Tree, Tree], Tree]:
    return lambda left, right: Call(sign, (left, right))


def _short(value: float) -> Number:
    return number(float(f"{value:.{DIGITS}g}"))
