"""Derivations line by line; a line that does not follow from the one before cannot be built.

A line is a reason and a formula. Whether neighbouring formulas are equal is decided by SymPy for every value of the
free indices: at three sample points to twenty digits, or by simplifying their difference where functions stay open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Any

from solvers.arrays import show
from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.algebra import DIGITS, Chances, Setting, translate, work_out
from solvers.symbolic.formulas.filling import fill
from solvers.symbolic.formulas.formula import Formula, Values
from solvers.symbolic.formulas.reading import names_in, read
from solvers.symbolic.formulas.tree import Name, Tree
from solvers.worked import Step, Worked, worked

Line = tuple[str, str]
SIZE = 3  # every open size while a line is proven
_TOLERANCE = 1e-20


@dataclass(frozen=True)
class Setup:
    """What the lines of a derivation speak about.

    `where` defines quantities and is shown first; `hidden` definitions serve the proof only (a loss that is
    known by its gradient, probabilities that add up to 1). `over`, `lengths`: see `Formula`; `chances`: see
    `Setting`; `positive` names variables below which no sample may fall.
    """

    where: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, str] = field(default_factory=dict)
    chances: Mapping[str, Chances] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()

    def formula(self, tree: Tree) -> Formula:
        """A formula with the meaning its names have here."""
        return Formula(tree, Setting(self.where, {}, self.chances), self.over, self.lengths)


def derive(subject: str, *lines: Line, setup: Setup | None = None, opening: str = "", name: str = "") -> Worked:
    """Derive what `subject` equals, one line at a time; the value is the last line as a `Formula`.

    The last step is called `name`.
    Raises ValueError naming the first line that does not follow.

    >>> found = derive("d(x^3, x)", ("The exponent comes down.", "3 * x^2"))
    >>> found.value.plain(), found.steps[0].formula
    ('3 * x ^ 2', '\\\\frac{\\\\partial x^{3}}{\\\\partial x} = 3 x^{2}')
    """
    setup = setup or Setup()
    trees = [read(subject), *(read(formula) for _, formula in lines)]
    for number, (before, after) in enumerate(pairwise(trees), 1):
        if not _follows(before, after, setup):
            raise ValueError(
                f"line {number} does not follow: {printing.plain(before)} is not {printing.plain(after)}"
            )
    left = printing.latex(trees[0])
    shown = [f"{left} = {printing.latex(tree)}" for tree in trees[1:]]
    steps = [Step(reason, formula) for (reason, _), formula in zip(lines, shown, strict=True)]
    steps[-1] = replace(steps[-1], name=name)
    return worked(setup.formula(trees[-1]), [*_definitions(opening, setup.where), *steps])


def join(*derivations: Worked) -> Worked:
    """Put derivations after one another; the last one's value counts."""
    return worked(derivations[-1].value, (step for found in derivations for step in found.steps))


def put_in(derivation: Worked, values: Values, name: str = "") -> Worked:
    """Append a step with numbers put into the last line; the value becomes a number or an array.

    >>> put_in(derive("d(x^3, x)", ("The exponent comes down.", "3 * x^2")), {"x": -2}).steps[-1]
    Step(reason='Put the numbers in.', formula='3 x^{2}', numbers='3 \\\\left(-2\\\\right)^{2}', result='12', name='', shapes=())
    """
    formula: Formula = derivation.value
    value = formula.evaluate(values)
    last = Step("Put the numbers in.", formula.latex(), _filled(formula, values), show(value), name)
    return worked(value, (*derivation.steps, *_forward(formula, values), last))


def _forward(formula: Formula, values: Values) -> Iterator[Step]:
    """The numbers of every defined quantity that the formula needs, in the order of its definitions."""
    needed = _needed(formula.tree, formula.setting.where)
    for head, body in formula.setting.where.items():
        tree = read(head)
        if isinstance(tree, Name) and tree.text in needed and tree.text not in values:
            over = {i.text: next(iter(formula.lengths)) for i in tree.indices if isinstance(i, Name)}
            part = replace(formula, tree=read(body), over=over)
            left = printing.latex(tree)
            filled = _filled(part, values)
            yield Step(
                "Put the numbers in.", f"{left} = {part.latex()}", filled, show(part.evaluate(values)), tree.text
            )


def _needed(tree: Tree, where: Mapping[str, str]) -> set[str]:
    """The names a formula depends on, through definitions, too."""
    found: set[str] = set()
    waiting = set(names_in(tree))
    bodies = {names_in(read(head))[0]: body for head, body in where.items()}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(names_in(read(bodies[name]))) - found if name in bodies else set()
    return found


def _filled(formula: Formula, values: Values) -> str:
    """A formula with numbers in place of names; a row or a matrix of such over its free indices."""
    entries = [printing.latex(fill(formula, bound, values)) for bound in formula.entries(values)]
    free = formula.open(values)
    if len(entries) > 16:
        return ""
    return _rows(entries, formula.sizes(values)[formula.over[free[-1]]]) if free else entries[0]


def _definitions(opening: str, where: Mapping[str, str]) -> Iterator[Step]:
    if opening:
        shown = (f"{printing.latex(read(head))} = {printing.latex(read(body))}" for head, body in where.items())
        yield Step(opening, r", \quad ".join(shown))


def _rows(entries: list[str], width: int) -> str:
    lines = (" & ".join(entries[start : start + width]) for start in range(0, len(entries), width))
    return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"


def _follows(before: Tree, after: Tree, setup: Setup) -> bool:
    """Whether two formulas are equal for every value of the free indices."""
    setting = Setting({**setup.where, **setup.hidden}, dict.fromkeys(setup.lengths, SIZE), setup.chances)
    for numbers in product(range(1, SIZE + 1), repeat=len(setup.over)):
        bound = dict(zip(setup.over, numbers, strict=True))
        (left, names), (right, more) = translate(before, setting, bound), translate(after, setting, bound)
        positive = {s for s, (known, _) in {**names, **more}.items() if known in setup.positive}
        if not _equal(left, right, positive):
            return False
    return True


def _equal(left: Any, right: Any, positive: set[Any]) -> bool:
    """Whether two expressions are equal: at three samples, or after simplifying where functions stay open."""
    import sympy

    if (left - right).atoms(sympy.core.function.AppliedUndef):
        return bool(sympy.simplify((left - right).doit()) == 0)
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    samples = [_sample(symbols, positive, start) for start in (5, 17, 31)]
    pairs = [(work_out(left, dict(sample)), work_out(right, dict(sample))) for sample in samples]
    return all(abs(one - other) <= _TOLERANCE * (1 + abs(one)) for one, other in pairs)


def _sample(symbols: list[Any], positive: set[Any], start: int) -> dict[Any, Any]:
    """Scattered numbers between 0.2 and 2, every third one negative where that is allowed."""
    import sympy

    found = {}
    for place, symbol in enumerate(symbols):
        size = sympy.Float((start + 37 * place) % 53 + 6, DIGITS) / 29
        found[symbol] = -size if (place + start) % 3 == 0 and symbol not in positive else size
    return found
