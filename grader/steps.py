"""Judge the steps of a derivation, each against the line before it."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from grader.answer import Unreadable
from grader.equations import Change, Sides, compare_equations
from grader.formulas.equality import Comparison, World, compare
from grader.likeness import equal
from grader.matrix_algebra import compute
from grader.matrix_trials import Declared, trials
from grader.reading.derivations import Equation, Expression
from grader.reading.matrix_formulas import MatrixFormula
from grader.reading.tree import Node
from grader.verdict import Note

Finding = Literal["follows", "fails", "undecided"]
Same = Callable[[Node, Node], tuple[Finding, str]]
"""Compare an expression with the one before it: a finding, and a reason where it fails."""

_TOLERANCE = 1e-10


class Step(NamedTuple):
    """How a step fares, and what is worth saying about it."""

    finding: Finding
    note: Note | None = None


def chain_steps(start: Node, chain: Sequence[Expression], same: Same) -> list[Step]:
    """Judge each expression of a chain against the one before it, the first against the start."""
    steps, before, line = [], start, 0
    for expression in chain:
        finding, reason = same(expression.tree, before)
        place = (
            f"Line {expression.line}"
            if expression.line != line
            else f"In line {expression.line} the next expression"
        )
        steps.append(Step(finding, _note(finding, expression.line, place, reason, first=before is start)))
        before, line = expression.tree, expression.line
    return steps


def equation_steps(start: Sides, lines: Sequence[Equation], unknown: str, world: World) -> list[Step]:
    """Judge each line of equations against the one before it by its solutions."""
    steps, before = [], start
    for line in lines:
        steps.append(
            _equation_step(line.line, compare_equations(before, line.alternatives, unknown, world), unknown)
        )
        before = line.alternatives
    return steps


def same_number(world: World) -> Same:
    """Compare formulas in numbers."""

    def same(given: Node, before: Node) -> tuple[Finding, str]:
        found = compare(given, before, world)
        if found.decision == "equal":
            return "follows", ""
        return ("undecided", "") if found.decision == "undecided" else ("fails", _counterexample(found))

    return same


def same_matrix(matrices: Declared) -> Same:
    """Compare matrix expressions on trials; a clash of shapes fails."""

    def same(given: Node, before: Node) -> tuple[Finding, str]:
        for trial in trials(matrices):
            try:
                mine = compute(MatrixFormula(given, ""), trial.values)
            except Unreadable as trouble:
                return "fails", f": {trouble.sentence}"
            try:
                right = compute(MatrixFormula(before, ""), trial.values)
            except Unreadable:
                return "undecided", ""
            if mine.shape != right.shape:
                return "fails", ": its shape is another one."
            if not equal(mine, right, _TOLERANCE):
                return "fails", ": on test matrices it has other values."
        return "follows", ""

    return same


def _counterexample(found: Comparison) -> str:
    if found.point is None or found.given is None or found.wanted is None:
        return "."
    place = ", ".join(f"{name} = {float(value):g}" for name, value in found.point.items())
    values = f"it is {found.given:.5g}, before it was {found.wanted:.5g}."
    return f": at {place} {values}" if place else f": {values}"


def _note(finding: Finding, line: int, place: str, reason: str, first: bool) -> Note | None:
    if finding == "follows":
        return None
    before = "the start" if first else "what stands before it"
    if finding == "undecided":
        return Note(f"undecided:{line}", f"{place} could not be compared with {before}; a person will look at it.")
    return Note(f"step:{line}", f"{place} does not follow from {before}{reason}")


def _equation_step(line: int, change: Change, unknown: str) -> Step:
    solution = "" if change.solution is None else f" ${unknown} = {change.solution:.5g}$"
    if change.finding == "equivalent":
        return Step("follows")
    if change.finding == "implied":
        gain = f": it adds the solution{solution}" if solution else ""
        return Step("follows", Note(f"implied:{line}", f"Line {line} follows, but not the other way round{gain}."))
    if change.finding == "loses":
        return Step("fails", Note(f"loses:{line}", f"Line {line} loses the solution{solution}."))
    if change.finding == "undecided":
        return Step(
            "undecided", Note(f"undecided:{line}", f"Line {line} could not be compared; a person will look at it.")
        )
    return Step("fails", Note(f"step:{line}", f"Line {line} does not follow from the line before it."))
