"""A formula in declared variables, equal to the one wanted wherever that has a value."""

from functools import lru_cache
from typing import Any

import msgspec

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.formulas.equality import Comparison, World, compare
from grader.formulas.extremes import named
from grader.formulas.forms import FORMS, complaint, foreign
from grader.formulas.samples import sample, share
from grader.formulas.slips import usual_slips
from grader.formulas.softmax import spread
from grader.reading.echo import latex
from grader.reading.evaluate import Defined
from grader.reading.formulas import below_the_bar, read_formula
from grader.reading.names import Vocabulary
from grader.reading.tree import Node, substituted
from grader.scoring import Manual, Scoring
from grader.verdict import Note, Outcome, Verdict, correct, partial, review, wrong
from grader.widgets import Blank, Widget

Pairs = tuple[tuple[str, str], ...]
_PARAMETERS = ("u", "v", "w")
_UNDECIDED = "The machine could not tell if this equals the right result; a person will look at it."
_WIDER = "This agrees with the right result, but also has values where that has none; a person will look at it."
_OTHER = (
    "Read with all that stands behind the division in the denominator this would be right; a person will decide."
)


class Expression(Answer, frozen=True, kw_only=True, tag="expression"):
    """A formula; the truth is its text.

    - `variables`: name to domain: "real", "positive", "nonnegative", "negative", "nonzero", "probability",
      "integer", "natural", "size" (a small number of terms) or an interval such as "(0, 2)".
    - `families`: names that carry an index (`x` for `x_i`), to domains; `ranges`: indices to their last value, for
      sums that do not say it and for `softmax_i(z)`. `aliases`: other spellings of names.
    - `functions`: functions of the question's own, each given as a formula in u (v, w), or "" for any function.
    - `shorthands`: names that stand for formulas, such as `sigma` for `sigmoid(z)`.
    - `form`: "", "factored", "expanded", "single fraction" or "simplified"; `only`: the names that may be used.
    - `form_credit`: credit for a right value in another form.
    """

    variables: dict[str, str] = msgspec.field(default_factory=dict)
    families: dict[str, str] = msgspec.field(default_factory=dict)
    ranges: dict[str, str] = msgspec.field(default_factory=dict)
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    functions: dict[str, str] = msgspec.field(default_factory=dict)
    shorthands: dict[str, str] = msgspec.field(default_factory=dict)
    form: str = ""
    only: tuple[str, ...] = ()
    form_credit: float = 0.5

    def __post_init__(self) -> None:
        if self.form and self.form not in FORMS:
            raise ValueError(f"The form is one of {', '.join(FORMS)}; {self.form!r} came.")
        for domain in (*self.variables.values(), *self.families.values()):
            sample(domain, 0, 0.5)

    @property
    def vocabulary(self) -> Vocabulary:
        """What a student may name."""
        return Vocabulary(
            names=(*self.variables, *self.shorthands),
            aliases=tuple(self.aliases.items()),
            functions=(*self.functions, *self.shorthands),
            families=tuple(self.families),
            ranges=tuple(self.ranges.items()),
        )

    @property
    def world(self) -> World:
        """What the names stand for."""
        functions = tuple((name, defined(name, body)) for name, body in self.functions.items())
        return World(tuple(self.variables.items()), tuple(self.families.items()), functions)

    def read(self, text: str) -> Reading:
        """Read a formula in plain, Python or LaTeX notation."""
        found = read_formula(text, self.vocabulary)
        return Reading(found.tree, found.latex, found.notes)

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Decide by sampling; then look at the form."""
        wanted = self.tree(truth)
        found = compare(self.plain(value), self.plain(wanted), self.world)
        if found.decision == "equal":
            trouble = self._amiss(value, wanted)
            return correct() if trouble is None else partial(self.form_credit, trouble)
        if found.decision == "undecided":
            return (
                review(1.0, Note("wider", _WIDER)) if found.wider else review(0.0, Note("undecided", _UNDECIDED))
            )
        other = below_the_bar(value)
        if other != value and compare(self.plain(other), self.plain(wanted), self.world).decision == "equal":
            return review(self.form_credit, Note("other-reading", _OTHER))
        return wrong(*counterexample(found, value, wanted))

    def _amiss(self, value: Node, wanted: Node) -> Note | None:
        trouble = complaint(self.form, value, wanted) if self.form else None
        return trouble or (foreign(self.only, value) if self.only else None)

    def tree(self, truth: Truth) -> Node:
        """Give a truth as a tree."""
        return truth if isinstance(truth, Node) else parsed(str(truth), self.vocabulary)

    def plain(self, tree: Node) -> Node:
        """Write shorthands and softmax out."""
        if self.ranges:
            tree = spread(tree, self.ranges)
        if not self.shorthands:
            return tree
        return substituted(tree, {name: parsed(text, self.vocabulary) for name, text in self.shorthands.items()})

    def write(self, truth: Truth) -> str:
        """Give the truth as it was written."""
        return latex(truth) if isinstance(truth, Node) else str(truth)

    def typeset(self, truth: Truth) -> str:
        """Show the truth as LaTeX."""
        return latex(self.tree(truth))

    def widget(self, truth: Truth) -> Widget:
        """One long blank."""
        return Blank(width=36)

    def scoring(self, truth: Truth) -> Scoring:
        """No platform compares formulas: a person does."""
        return Manual(self.write(truth))

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Recognise a constant factor, the sign, exchanged variables, another logarithm, a missing term or factor."""
        return tuple(usual_slips(self.plain(value), self.plain(self.tree(truth)), self.world))

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Examples of every outcome."""
        sigmoid = cls(variables={"z": "real"}, shorthands={"sigma": "sigmoid(z)"})
        plain, logs = cls(variables={"x": "real", "y": "real"}), cls(variables={"p": "probability"})
        scores = cls(variables={"i": "size", "n": "size"}, families={"z": "real"}, ranges={"i": "n", "k": "n"})
        loss = cls(variables={"n": "size"}, families={"x": "real", "y": "real"})
        return (
            Specimen(sigmoid, "sigma(1 - sigma)", r"\frac{e^{-z}}{(1+e^{-z})^2}", Outcome.CORRECT),
            Specimen(scores, "softmax_i(z)", r"e^{z_i} / \sum_k e^{z_k}", Outcome.CORRECT),
            Specimen(sigmoid, "sigma(1 - sigma)", "σ(z)(1+σ(z))", Outcome.WRONG, "counterexample"),
            Specimen(plain, "2x(x + y)", "2x^2 + 2xy", Outcome.CORRECT),
            Specimen(plain, "2x(x + y)", "dy/dx = 2 x**2 + 2*x*y", Outcome.CORRECT),
            Specimen(plain, "2x(x + y)", "x(x+y)", Outcome.WRONG, "slip:factor"),
            Specimen(plain, "2x(x + y)", "2y(x+y)", Outcome.WRONG, "slip:swapped"),
            Specimen(plain, "1/(2x)", "1/2x", Outcome.REVIEW, "other-reading"),
            Specimen(plain, "x", "x + exp(-900)", Outcome.REVIEW, "undecided"),
            Specimen(plain, "2x(x + y)", "2x(x+z)", Outcome.UNREADABLE, "unknown-name"),
            Specimen(logs, "-p ln p", "-p log_2 p", Outcome.WRONG, "slip:log-base"),
            Specimen(loss, r"\sum_{i=1}^n (x_i - y_i)^2", r"\sum_{k=1}^{n} (y_k - x_k)^2", Outcome.CORRECT),
            Specimen(
                cls(variables={"x": "real"}, form="factored"), "(x-1)(x+1)", "x^2 - 1", Outcome.PARTIAL, "form"
            ),
            Specimen(cls(variables={"x": "real"}, functions={"f": ""}), "f(x)^2", "f(x) f(x)", Outcome.CORRECT),
        )


@lru_cache(512)
def parsed(text: str, vocabulary: Vocabulary) -> Node:
    """Read a formula of the author's."""
    return read_formula(text, vocabulary).tree


def defined(name: str, body: str) -> Defined:
    """Make a function of the question's own; one that may be any is a smooth curve that its name selects."""
    if not body:
        a, b, c = (f"{0.5 + share(name, part):.2f}" for part in "abc")
        body = f"{a} sin({b} u + {c}) + u/3 + v u/2 + cos(v) + w"
    return Defined(_PARAMETERS, parsed(body, Vocabulary(names=_PARAMETERS)))


def counterexample(found: Comparison, given: Node, wanted: Node) -> tuple[Note, ...]:
    """Show a point at which two formulas differ, unless that would give the answer away."""
    if named(wanted) and not named(given):
        return (Note("constant", "This is a constant, but the result depends on its variables."),)
    if found.point is None or found.wanted is None or not named(wanted):
        return ()
    used = named(given) | named(wanted)
    place = ", ".join(f"{name} = {float(value):g}" for name, value in found.point.items() if name in used)
    shown, expected = _value(found.given), _value(found.wanted)
    if shown == expected:
        return (Note("counterexample", f"At {place} yours differs slightly from what is expected."),)
    return (Note("counterexample", f"At {place} yours is {shown}, expected {expected}."),)


def _value(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.5g}"
