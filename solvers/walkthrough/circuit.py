"""A graph of scalars given by formulas, worked out gate by gate: `q = x + y; f = q * z`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from solvers.drawing.canvas import written
from solvers.drawing.graph import Edge, Node, graph
from solvers.symbolic.backpropagation import Passes, backpropagate
from solvers.symbolic.scalar_graph import Gate
from solvers.walkthrough.bounds import check_tree
from solvers.walkthrough.picture import lowered
from solvers.walkthrough.symbols import latex
from solvers.walkthrough.trouble import ProblemError
from solvers.walkthrough.walkthrough import Section
from solvers.worked import Step

SIGNS = {"+": "+", "*": "×", "/": "÷", "-": "−", "neg": "−", "^": "power"}
MOST_DRAWN = 40


@dataclass(frozen=True)
class Circuit:
    """Both passes through a circuit, and the steps in words."""

    passes: Passes
    steps: tuple[Step, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The steps of both passes."""
        values = tuple(
            Step("", latex(name), "", written(self.passes.values[name]).replace("−", "-"), name)
            for name in self.passes.graph.variables
        )
        count = len(self.passes.graph.gates)
        forward = tuple(
            Step("", step.formula, step.numbers, step.result, step.name) for step in self.steps[:count]
        )
        return (
            Section("forward", "Input", values),
            Section("forward", "Gate by gate", forward),
            Section("backward", "Gate by gate, from the end", self.steps[count:]),
        )


def solve_circuit(tree: Mapping[str, Any]) -> Circuit:
    """Work out the formulas under `circuit` for the numbers under `input`; raises `ProblemError`.

    >>> solve_circuit({"circuit": "f = x * y", "input": {"x": 4, "y": -3}}).passes.gradients["x"]
    -3.0
    """
    check_tree(tree)
    program, values = tree.get("circuit"), tree.get("input", {})
    if not isinstance(program, str) or not isinstance(values, Mapping):
        raise ProblemError(
            "a circuit is formulas such as circuit = 'q = x + y; f = q * z', with numbers under [input]"
        )
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ProblemError(f"the input {name} of a circuit must be a number, got {str(value)[:40]}")
    try:
        found = backpropagate(program, values)
    except (ValueError, OverflowError) as error:
        raise ProblemError(f"the circuit: {error}") from None
    return Circuit(found.value, found.steps)


def circuit_data(circuit: Circuit) -> dict[str, Any]:
    """Give a circuit as plain data: every gate as a layer, with what flows through it both ways."""
    passes = circuit.passes
    return {
        "loss": passes.values[passes.graph.output],
        "output": passes.values[passes.graph.output],
        "layers": [_gate(passes, gate) for gate in passes.graph.gates],
        "inputs": {
            name: {"value": passes.values[name], "grad": passes.gradients[name]} for name in passes.graph.variables
        },
        "update": None,
        "loss_after": None,
    }


def circuit_picture(circuit: Circuit) -> str:
    """Draw a circuit; nothing where it has too many gates to be read."""
    passes = circuit.passes
    if len(passes.graph.gates) > MOST_DRAWN:
        return ""
    return graph(list(_nodes(passes)), list(_edges(passes)))


def _gate(passes: Passes, gate: Gate) -> dict[str, Any]:
    sent = {edge.source: 0.0 for edge in passes.edges if edge.target == gate.name}
    for edge in passes.edges:
        if edge.target == gate.name:
            sent[edge.source] += edge.gradient
    return {
        "kind": gate.function,
        "name": gate.name,
        "output": passes.values[gate.name],
        "grad_output": passes.gradients[gate.name],
        "grad_input": sent,
        "params": {},
        "grads": {},
        "updated": {},
    }


def _nodes(passes: Passes) -> Iterator[Node]:
    for name in passes.graph.variables:
        yield Node(name, lowered(name), plain=True)
    for gate in passes.graph.gates:
        yield Node(gate.name, _title(gate))
    yield Node("the end", written(passes.values[passes.graph.output]), plain=True)


def _title(gate: Gate) -> str:
    """Write a gate's operation, with a constant on the side where it stands."""
    sign = SIGNS.get(gate.function, gate.function)
    constants = ["" if isinstance(source, str) else str(source) for source in gate.inputs]
    if len(constants) == 2:
        return " ".join(filter(None, (constants[0], sign, constants[1])))
    return sign


def _edges(passes: Passes) -> Iterator[Edge]:
    for edge in passes.edges:
        value = written(float(f"{passes.values[edge.source]:.4g}"))
        name = "" if edge.source.startswith("n_") else lowered(edge.source)
        above = (name, value) if name else (value,)
        yield Edge(edge.source, edge.target, above, (f"∂ {written(float(f'{edge.gradient:.4g}') + 0.0)}",))
    yield Edge(passes.graph.output, "the end", (lowered(passes.graph.output),), ("∂ 1",))
