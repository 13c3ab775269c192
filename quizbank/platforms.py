"""What exports to learning platforms share: numbers with tolerances, partners, the worked solution as HTML."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from grader.scoring import Cells, Interval, Manual, Order, Pairing, Scoring, Weights
from grader.widgets import Blank, Options, Pairs
from quizbank.codes import Code, code_html, exam_tail
from quizbank.formats import Remark, template
from quizbank.markup import MathWriter, model_text, to_html, to_inline_html
from quizbank.sheet import Sheet, SheetItem, SheetPart
from quizbank.working import step_latex

NONE_OF_THESE = "None of these."
GRADES = (0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80,
          83.33333, 90, 100)  # fmt: skip


def number_text(value: float) -> str:
    """Write a number so that every platform reads it.

    >>> number_text(0.5), number_text(-72.0), number_text(1e-7)
    ('0.5', '-72', '0.0000001')
    """
    text = f"{value:.15f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.0f}"
    exact = f"{value:.12g}"
    return exact if "e" not in exact else text if float(text) else "0"


def middle(interval: Interval) -> float:
    """Give the number that lies as far from both bounds; rounded where the bounds are as fine as a float."""
    return float(f"{(interval.low + interval.high) / 2:.14g}")


def tolerance(interval: Interval) -> float:
    """Give how far from the middle is still right, a hair more, since the bounds count as right."""
    width = (interval.high - interval.low) / 2
    return float(f"{width * (1 + 1e-6) + 1e-12 * abs(interval.value):.6g}") if width > 0 else 0.0


def partners(scoring: Pairing | Order) -> tuple[int, ...]:
    """Give the right partner for each item on the left; in an order, its place.

    >>> partners(Order((1, 2, 0)))
    (2, 0, 1)
    """
    if isinstance(scoring, Pairing):
        return scoring.partners
    return tuple(scoring.indices.index(item) for item in range(len(scoring.indices)))


def matches(part: SheetPart) -> list[tuple[str, int]]:
    """Pair each item on the left with the index of its right partner."""
    if not isinstance(part.widget, Pairs) or not isinstance(part.scoring, Pairing | Order):
        raise ValueError(f"{part.name} has no items to match.")
    return list(zip(part.widget.left, partners(part.scoring), strict=True))


def rights(part: SheetPart) -> tuple[str, ...]:
    """Give the choices on the right."""
    return part.widget.right if isinstance(part.widget, Pairs) else ()


def ticks(part: SheetPart) -> list[tuple[str, float]]:
    """Pair statements with credits; where ticking nothing is right, add a statement that says so.

    >>> part = SheetPart("a", "x", "", 1, Options(("p", "q")), scoring=Weights((-0.5, -0.5)))
    >>> ticks(part)
    [('p', -0.5), ('q', -0.5), ('None of these.', 1.0)]
    """
    if not isinstance(part.widget, Options) or not isinstance(part.scoring, Weights):
        raise ValueError(f"{part.name} has no statements to tick.")
    pairs = list(zip(part.widget.statements, part.scoring.credits, strict=True))
    return [*pairs, (NONE_OF_THESE, 1.0)] if has_none_right(part) else pairs


def several_right(part: SheetPart) -> bool:
    """Say whether more than one statement may be ticked."""
    return isinstance(part.widget, Options) and part.widget.several


def grade(credit: float) -> float:
    """Give the percentage nearest to a credit among those that Moodle and its relatives know.

    >>> grade(1 / 3), grade(-1.0), grade(0.77)
    (33.33333, -100.0, 75.0)
    """
    nearest = min(GRADES, key=lambda known: abs(known - abs(100 * credit)))
    return float(nearest if credit >= 0 else -nearest)


def has_none_right(part: SheetPart) -> bool:
    """Say whether ticking nothing is the right answer."""
    return isinstance(part.scoring, Weights) and not any(credit > 0 for credit in part.scoring.credits)


def is_manual(part: SheetPart) -> bool:
    """Say whether only a person can score a part."""
    return isinstance(part.scoring, Manual)


@dataclass(frozen=True, slots=True)
class Single:
    """A question with one field, for platforms that know no others: a part, or an entry of its matrix.

    `cell` is the entry's row and column, counted from 1; None where the whole part is asked.
    """

    item: SheetItem
    part: SheetPart
    scoring: Scoring
    points: float
    cell: tuple[int, int] | None = None

    @property
    def place(self) -> str:
        """Write the entry's place, ` (1, 2)`."""
        return f" {self.cell}" if self.cell else ""

    @property
    def name(self) -> str:
        """Give a short name: the question's number, the part's letter, the entry, the title."""
        label = self.part.label if len(self.item.parts) > 1 else ""
        return f"{self.item.number}{label}{self.place} {self.item.title or 'Question'}"

    def code(self, exam: str, variant: int) -> Code:
        """Give the code that tells what was asked when the answers come back."""
        return Code(exam_tail(exam), self.item.number, variant, self.part.name, self.cell)

    def html(self, code: Code, picture: str, math: MathWriter) -> str:
        """Write what is asked, with its code and a picture's address, so that it stands alone."""
        unit = f" ({escape(unit_of(self.part))})" if unit_of(self.part) else ""
        asked = f"<p>{to_inline_html(self.part.text, math)}{unit}</p>" if self.part.text or unit else ""
        entry = f"<p>Give the entry{self.place} as (row, column).</p>" if self.place else ""
        return to_html(self.item.text, math) + picture_html(self.item, picture) + asked + entry + code_html(code)


def singles(item: SheetItem) -> Iterator[Single]:
    """Divide a question into questions with one field each."""
    for part in item.parts:
        if isinstance(part.scoring, Cells):
            cells = [(r, c, cell) for r, row in enumerate(part.scoring.rows, 1) for c, cell in enumerate(row, 1)]
            yield from (Single(item, part, cell, part.points / len(cells), (r, c)) for r, c, cell in cells)
        elif part.scoring is not None:
            yield Single(item, part, part.scoring, part.points)


def field_count(part: SheetPart) -> int:
    """Count the fields that a part needs on a platform that has questions of several fields."""
    if isinstance(part.scoring, Cells):
        return sum(map(len, part.scoring.rows))
    return len(partners(part.scoring)) if isinstance(part.scoring, Pairing | Order) else 1


def dealt_papers(sheets: tuple[Sheet, ...], questions: int) -> tuple[Sheet, ...]:
    """Give the papers in whose numbers a question is dealt: all, but one where it becomes several questions.

    A platform draws each of its questions alone, so that the parts would come in different numbers.
    """
    return sheets if questions == 1 else sheets[:1]


def same_numbers(sheet: Sheet, item: SheetItem, questions: int) -> Iterator[Remark]:
    """Say of a class's question that it is dealt in the same numbers to everybody."""
    if sheet.place and questions > 1:
        yield Remark("its parts are drawn apart there, so everybody gets the same numbers.", item.number)


def picture_html(item: SheetItem, address: str) -> str:
    """Show a question's figure, if it has one, from an address."""
    return f'<p><img src="{address}" alt="{escape(item.figure.alt)}" /></p>' if item.figure else ""


def remarks_on(sheet: Sheet, part_remarks: Callable[[SheetPart], Iterable[str]]) -> Iterator[Remark]:
    """Collect what there is to say of each part."""
    for item in sheet.items:
        for part in item.parts:
            yield from (Remark(text, named(item, part)) for text in part_remarks(part))


def single_remarks(sheet: Sheet) -> Iterator[Remark]:
    """Say what a platform asks apart that knows only questions with one field, and what a person scores."""
    for item in sheet.items:
        if len(item.parts) > 1:
            yield Remark("each part is a question of its own, without errors carried forward.", item.number)
        yield from same_numbers(sheet, item, len(list(singles(item))))
    yield from remarks_on(sheet, _single_remarks)


def _single_remarks(part: SheetPart) -> Iterator[str]:
    if isinstance(part.scoring, Cells):
        yield "every entry of the matrix is a question of its own."
    if is_manual(part):
        yield "a person scores it, as an essay."
    if has_none_right(part):
        yield "the option “None of these.” was added."
    if isinstance(part.scoring, Order):
        yield "the order is asked as a place for each item."


def solution_html(item: SheetItem, math: MathWriter) -> str:
    """Write the worked solution of a whole question as HTML."""
    page: str = template("solution.html.jinja").render(
        item=item,
        blocks=lambda text: Markup(to_html(text, math)),
        inline=lambda text: Markup(to_inline_html(text, math)),
        formula=lambda latex: Markup(math(latex, display=True)),
        equation=step_latex,
        model=model_text,
    )
    return page.strip()


def unit_of(part: SheetPart) -> str:
    """Give the word that stands behind the answer, such as a unit."""
    return part.widget.after if isinstance(part.widget, Blank) else ""


def named(item: SheetItem, part: SheetPart) -> str:
    """Name a part in a remark.

    >>> named(SheetItem("3", "", "", 1, ()), SheetPart("b", "loss", "", 1, Blank()))
    '3'
    """
    return f"{item.number} {part.label}" if len(item.parts) > 1 else item.number
