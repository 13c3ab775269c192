"""A derivation: every line must follow from the one before it, from a given start to a given goal."""

from functools import partial as bound
from typing import TYPE_CHECKING, Any

import msgspec

from grader.answer import Answer, Reading, Specimen, Unreadable
from grader.canonical import same_form
from grader.formulas.equality import World
from grader.reading.derivations import (
    Equation,
    Expression,
    chain_latex,
    equations_latex,
    read_chain,
    read_equations,
)
from grader.reading.grammar import parse_tokens
from grader.reading.matrix_formulas import matrix_vocabulary, parse_matrix_tokens, with_ones
from grader.reading.names import Vocabulary
from grader.reading.tokens import Token, scan
from grader.reading.tree import Name, Node, Relation, Rows, Sequence, substituted, walk
from grader.scoring import Manual
from grader.verdict import Note, Outcome, Verdict, correct, partial, review
from grader.widgets import Box

if TYPE_CHECKING:
    from grader.matrix_trials import Declared
    from grader.steps import Step


class Derivation(Answer, frozen=True, kw_only=True, tag="derivation"):
    """Lines that follow from one another; the truth is the tuple of model lines, from the start to the goal.

    Without `unknown`, all lines are expressions that equal the start, and the last has the form of the goal.
    With `unknown`, lines are equations in it, and the last one says what it is.

    - `variables`: name to domain, as of an expression; `shorthands`: names that stand for formulas.
    - `shapes`: if given, lines are matrix expressions in matrices of these shapes.
    - `labels`: names for what is derived, which may stand at the head of a line (`dL/dz = …`).
    - `least`: how many lines must follow the start.
    - `unfinished`: credit where every step follows but the goal is not reached or too much was done at once; where
      a step fails, the share of steps before it earns this much.
    """

    variables: dict[str, str] = msgspec.field(default_factory=dict)
    shorthands: dict[str, str] = msgspec.field(default_factory=dict)
    shapes: dict[str, str] = msgspec.field(default_factory=dict)
    labels: tuple[str, ...] = ()
    unknown: str = ""
    least: int = 2
    unfinished: float = 0.5

    def __post_init__(self) -> None:
        if self.unknown and self.unknown not in self.variables:
            raise ValueError(f"The unknown {self.unknown!r} is no variable: declared are {list(self.variables)}.")
        if self.shapes and (self.unknown or self.variables):
            raise ValueError("A derivation in matrices has shapes only, no variables and no unknown.")

    @property
    def world(self) -> World:
        """What the variables stand for."""
        return World(tuple(self.variables.items()))

    def read(self, text: str) -> Reading:
        """Read a chain `a = b = c`, lines that begin with `=`, or one equation a line."""
        if self.unknown:
            equations = read_equations(text, self._parse)
            return Reading(equations, equations_latex(equations))
        chain = read_chain(text, bound(self._parse_matrix, text) if self.shapes else self._parse)
        return Reading(chain, chain_latex(chain))

    def judge(self, value: Any, truth: tuple[str, ...], slack: float = 0.0) -> Verdict:
        """Judge each step, then whether the goal is reached; say which step does not follow."""
        steps, lack = self._solving(value, truth) if self.unknown else self._chaining(value, truth)
        notes = [step.note for step in steps if step.note is not None]
        failed = next((at for at, step in enumerate(steps) if step.finding == "fails"), None)
        if failed is not None:
            return partial(self.unfinished * failed / len(steps), *notes)
        if len(steps) < self.least:
            steps_asked = f"{self.least} more step{'s' * (self.least > 1)}"
            lack.append(Note("too-few", f"After the start at least {steps_asked} must be shown."))
        if any(step.finding == "undecided" for step in steps):
            return review(self.unfinished if lack else 1.0, *notes, *lack)
        return partial(self.unfinished, *notes, *lack) if lack else correct(*notes)

    def _chaining(self, value: tuple[Expression, ...], truth: tuple[str, ...]) -> "tuple[list[Step], list[Note]]":
        """Judge a chain of expressions, and say if its last one lacks the form of the goal."""
        from grader.steps import chain_steps, same_matrix, same_number

        start, goal = self._unlabelled(self.read(truth[0]).value)[0].tree, self.read(truth[-1]).value[-1].tree
        chain = self._unlabelled(value)
        if chain and self._same_form(chain[0].tree, start):
            chain = chain[1:]
        meant = dict.fromkeys(self.labels, start)
        plain = [line._replace(tree=self._plain(substituted(line.tree, meant))) for line in chain]
        same = same_matrix(self._matrices) if self.shapes else same_number(self.world)
        reached = bool(chain) and self._same_form(chain[-1].tree, goal)
        return chain_steps(self._plain(start), plain, same), [] if reached else [_UNFINISHED]

    def _solving(self, value: tuple[Equation, ...], truth: tuple[str, ...]) -> "tuple[list[Step], list[Note]]":
        """Judge equations, and say if the last one does not give the unknown, or gives too much."""
        from grader.equations import compare_equations
        from grader.steps import equation_steps

        start = self.read(truth[0]).value[0].alternatives
        lines = value[1:] if value[0].alternatives == start else value
        steps, lack = equation_steps(start, lines, self.unknown, self.world), list[Note]()
        if not all(self._solved(left, right) for left, right in value[-1].alternatives):
            lack.append(_UNFINISHED)
        elif compare_equations(start, value[-1].alternatives, self.unknown, self.world).finding == "implied":
            lack.append(
                Note("extra-solution", "Not every solution of the last line solves the first: put them in.")
            )
        return steps, lack

    def write(self, truth: tuple[str, ...]) -> str:
        """Give the model lines."""
        return "\n".join(truth) if self.unknown else "\n= ".join(truth)

    def typeset(self, truth: tuple[str, ...]) -> str:
        """Show the model lines."""
        return self.read(self.write(truth)).latex

    def widget(self, truth: tuple[str, ...]) -> Box:
        """Leave some lines, the same for every derivation."""
        return Box(lines=8)

    def scoring(self, truth: tuple[str, ...]) -> Manual:
        """Leave it to a person elsewhere."""
        return Manual(self.write(truth))

    @property
    def _matrices(self) -> "Declared":
        from grader.matrix_trials import declared

        return declared(self.shapes, {}, {}, {})

    def _parse(self, tokens: list[Token]) -> Node:
        names = (*self.variables, *self.shorthands, *self.labels)
        tree = parse_tokens(tokens, Vocabulary(names=names)).tree
        if isinstance(tree, Relation | Rows) or (isinstance(tree, Sequence) and len(tree.items) != 1):
            raise Unreadable("One formula was expected here.", tokens[0].start, tokens[-1].end, "not-a-formula")
        return tree

    def _parse_matrix(self, text: str, tokens: list[Token]) -> Node:
        from grader.draws import named_dimensions

        vocabulary = matrix_vocabulary([*self.shapes, *self.labels], named_dimensions(self.shapes.values()))
        return parse_matrix_tokens(with_ones(text, tokens), vocabulary).tree

    def _unlabelled(self, chain: tuple[Expression, ...]) -> list[Expression]:
        """Drop the names of what is derived."""
        return [line for line in chain if not (isinstance(line.tree, Name) and line.tree.name in self.labels)]

    def _plain(self, tree: Node) -> Node:
        """Write shorthands out."""
        meanings = {name: self._parse(scan(text)) for name, text in self.shorthands.items()}
        return substituted(tree, meanings) if meanings else tree

    def _same_form(self, one: Node, other: Node) -> bool:
        pairs = ((one, other), (self._plain(one), self._plain(other)))
        return any(same_form(*pair, ordered=bool(self.shapes)) for pair in pairs)

    def _solved(self, left: Node, right: Node) -> bool:
        """Tell if one side is the unknown and the other is free of it."""
        unknown = Name(self.unknown)
        other = right if left == unknown else left
        return unknown in (left, right) and unknown not in walk(other)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show a chain, equations and matrices, and what is said about false steps."""
        chain = cls(variables={"z": "real"}, shorthands={"s": "sigmoid(z)"}, labels=("ds/dz",))
        sigmoid = ("exp(-z)/(1 + exp(-z))^2", "s * exp(-z)/(1 + exp(-z))", "s (1 - s)")
        linear = cls(variables={"x": "real"}, unknown="x")
        solved = ("2x + 3 = 7", "2x = 4", "x = 2")
        merge = cls(shapes={"X": "N D", "V": "D M", "W": "M K", "b": "1 M", "c": "1 K"})
        merged = ("(X V + b) W + c", "X V W + b W + c", "X (V W) + (b W + c)")
        return (
            Specimen(chain, sigmoid, "ds/dz = e^-z/(1+e^-z)^2\n = s e^-z/(1+e^-z)\n = s(1-s)", Outcome.CORRECT),
            Specimen(chain, sigmoid, r"= s \frac{e^{-z}}{1+e^{-z}} \\ &= (1-s) s", Outcome.CORRECT),
            Specimen(chain, sigmoid, "s e^-z/(1+e^-z) = s(1+s) = s(1-s)", Outcome.PARTIAL, "step:1"),
            Specimen(chain, sigmoid, "s e^-z/(1+e^-z) = s (e^-z + 1 - 1)/(1+e^-z)", Outcome.PARTIAL, "unfinished"),
            Specimen(chain, sigmoid, "= s(1-s)", Outcome.PARTIAL, "too-few"),
            Specimen(chain, sigmoid, "= z", Outcome.WRONG, "step:1"),
            Specimen(linear, solved, "2x + 3 = 7\n2x = 4\nx = 2", Outcome.CORRECT),
            Specimen(linear, solved, "2x = 4 => x = 4/2", Outcome.CORRECT),
            Specimen(linear, solved, "2x = 10\nx = 5", Outcome.WRONG, "step:1"),
            Specimen(
                linear, ("x = 3", "2x = 6", "x = 3"), "x^2 = 9\nx = 3 or x = -3", Outcome.PARTIAL, "implied:1"
            ),
            Specimen(merge, merged, "= XVW + bW + c\n= X(VW) + (bW + c)", Outcome.CORRECT),
            Specimen(merge, merged, "= XVW + b + c\n= X(VW) + (bW + c)", Outcome.WRONG, "step:1"),
            Specimen(linear, solved, "2x + 3", Outcome.UNREADABLE, "no-equation"),
        )


_UNFINISHED = Note("unfinished", "Every step follows, but the last line does not have the form asked for yet.")
