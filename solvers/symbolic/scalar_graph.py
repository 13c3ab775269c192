"""Computational graphs of scalars: forward values, and gradients by the chain rule, gate by gate.

A program is read by `formulas.reading`: `q = x + y; f = q * z`. Every operation becomes a gate; operations without
a name are called n_1, n_2 …; a name assigned again is another gate, written c(2). The last statement is the output.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.reading import names_in, read_program
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree
from solvers.symbolic.formulas.vocabulary import FUNCTIONS

MAX_GATES = 500


@dataclass(frozen=True, slots=True)
class Gate:
    """One operation; its inputs are names of gates or of variables, or constants."""

    name: str
    function: str
    inputs: tuple[str | Fraction, ...]

    def formula(self) -> Tree:
        """The operation as a formula of its inputs."""
        return Call(self.function, tuple(Name(i) if isinstance(i, str) else Number(i) for i in self.inputs))


@dataclass(frozen=True, slots=True)
class Graph:
    """Gates in the order of the forward pass; variables are what they read and no gate makes."""

    variables: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def output(self) -> str:
        """The name of the last gate."""
        return self.gates[-1].name

    def readers(self, name: str) -> Iterator[tuple[Gate, int]]:
        """The gates that read a node, once per place at which they read it."""
        for gate in self.gates:
            yield from ((gate, place) for place, source in enumerate(gate.inputs) if source == name)


def read_graph(program: str) -> Graph:
    """Read a program as a graph; raises ValueError for what is not understood.

    >>> read_graph("q = x + y; f = q * z")
    Graph(variables=('x', 'y', 'z'), gates=(Gate(name='q', function='+', inputs=('x', 'y')),
    Gate(name='f', function='*', inputs=('q', 'z'))))
    """
    builder = _Builder(program)
    return Graph(tuple(builder.variables), tuple(builder.gates))


class _Builder:
    """Takes a program apart, statement by statement."""

    def __init__(self, program: str) -> None:
        statements = read_program(program)
        self.reserved = {name for name, _ in statements} | {n for _, tree in statements for n in names_in(tree)}
        self.newest: dict[str, str] = {}  # a name of the program -> the gate it means now
        self.variables: dict[str, None] = {}
        self.gates: list[Gate] = []
        for name, tree in statements:
            self.assign(name, tree)

    def assign(self, name: str, tree: Tree) -> None:
        """Give the outermost operation of a statement its name."""
        if not isinstance(tree, Call):
            tree = Call("*", (Number(Fraction(1)), tree))
        count = sum(gate.name.partition("(")[0] == name for gate in self.gates)
        label = f"{name}({count + 1})" if count else name
        made = self.gate(tree, label)
        if name:
            if name in self.variables:
                raise ValueError(f"{name} is read before it is assigned: give the input another name")
            self.newest[name] = made

    def gate(self, tree: Call, name: str) -> str:
        """Add an operation behind its inputs."""
        _check_known(tree.function)
        inputs = tuple(self.source(part) for part in tree.arguments)
        if len(self.gates) == MAX_GATES:
            raise ValueError(f"a graph may have {MAX_GATES} gates")
        self.gates.append(Gate(name or self.fresh(), tree.function, inputs))
        return self.gates[-1].name

    def source(self, tree: Tree) -> str | Fraction:
        """What an operation reads: a constant, a variable, or another gate."""
        if isinstance(tree, Number):
            return tree.value
        if isinstance(tree, Call):
            constant = _constant(tree)
            return self.gate(tree, "") if constant is None else constant
        if tree.indices:
            raise ValueError(
                f"a graph has no indices: write {printing.plain(tree)} as a name such as {tree.text}_1"
            )
        if tree.text not in self.newest:
            self.variables[tree.text] = None
        return self.newest.get(tree.text, tree.text)

    def fresh(self) -> str:
        """A name no statement uses."""
        taken = self.reserved | {gate.name for gate in self.gates}
        return next(name for n in range(1, MAX_GATES + 2) if (name := f"n_{n}") not in taken)


def _check_known(function: str) -> None:
    possible = [name for name, known in FUNCTIONS.items() if known.meaning]
    if function not in possible:
        close = difflib.get_close_matches(function, possible, 1)
        hint = f"did you mean {close[0]}?" if close else f"expected one of {' '.join(possible)}"
        raise ValueError(f"unknown function {function!r}: {hint}")


def _constant(tree: Call) -> Fraction | None:
    """The value of a negated number, which needs no gate."""
    inner = tree.arguments[0]
    return -inner.value if tree.function == "neg" and isinstance(inner, Number) else None


def check_values(graph: Graph, values: Mapping[str, float]) -> None:
    """Raise ValueError for variables without a number and for numbers without a variable."""
    missing = [name for name in graph.variables if name not in values]
    unknown = [name for name in values if name not in graph.variables]
    if missing or unknown:
        raise ValueError(f"expected numbers for {', '.join(graph.variables)}; got {', '.join(values) or 'none'}")
