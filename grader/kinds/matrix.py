"""A matrix, a vector or a deeper array of numbers, with credit for each entry."""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.reading.arrays import array_latex, each, read_array
from grader.reading.numbers import read_number
from grader.scoring import Cells, Interval, Manual, Scoring
from grader.tolerance import Tolerance
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Blank, Box, Grid, Widget

Entries = Any
"""Numbers in nested tuples."""


class Matrix(Answer, frozen=True, kw_only=True, tag="matrix"):
    """An array of numbers; each entry is judged alone, and the credit is the share that is right.

    - `decimals`, `significant`, `rtol`, `atol`, `integer`: how exact each entry must be, as for a number.
    - `hide_shape`: the sheet does not show rows and columns, so that the shape is part of the answer.
    - `whole`: no credit for a part of the entries.
    - `coarse`: credit of an entry cut to fewer digits than asked; `swapped`: of a transposed answer.
    """

    decimals: int | None = None
    significant: int | None = None
    rtol: float = 0.0
    atol: float = 0.0
    integer: bool = False
    hide_shape: bool = False
    whole: bool = False
    coarse: float = 0.5
    swapped: float = 0.5

    @property
    def tolerance(self) -> Tolerance:
        """How close and how exactly shown each entry must be."""
        return Tolerance(self.decimals, self.significant, self.rtol, self.atol, self.integer)

    @property
    def demand(self) -> str:
        """Name the digits wanted."""
        return self.tolerance.asked

    def read(self, text: str) -> Reading:
        """Read NumPy, MATLAB or LaTeX notation into nested tuples of floats."""
        return Reading(*read_array(text))

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare the shape, then every entry; a row may be given flat, as NumPy does."""
        target, given = true_array(truth), np.asarray(value, dtype=float)
        if not same_shape(given.shape, target.shape):
            return self._misshapen(given, target, slack)
        found, wanted = list(flat(value)), target.ravel().tolist()
        credits = [self._credit(v, t, slack) for v, t in zip(found, wanted, strict=True)]
        if min(credits) == 1:
            return correct()
        if self.whole:
            return wrong(_told(credits, target.shape))
        return partial(sum(credits) / len(credits), _told(credits, target.shape))

    def _credit(self, value: float, truth: float, slack: float) -> float:
        if self.tolerance.close(value, truth, slack):
            return 1.0
        return self.coarse if self.tolerance.shortened(value, truth) else 0.0

    def _misshapen(self, given: Any, target: Any, slack: float) -> Verdict:
        flipped = given[None, :] if given.ndim == 1 else given
        if same_shape(flipped.T.shape, target.shape) and self._matches(flipped.T, target, slack):
            what = (
                "a column"
                if 1 in target.shape[1:]
                else "a row"
                if target.ndim == 1 or target.shape[0] == 1
                else "the transposed matrix"
            )
            return partial(self.swapped, Note("transposed", f"The entries are right, but {what} is expected."))
        shape = " × ".join(map(str, given.shape)) or "a single number"
        return wrong(Note("wrong-shape", f"The shape of your answer, {shape}, is not the right one."))

    def _matches(self, given: Any, target: Any, slack: float) -> bool:
        pairs = zip(given.ravel().tolist(), target.ravel().tolist(), strict=True)
        return all(self.tolerance.close(v, t, slack) for v, t in pairs)

    def write(self, truth: Truth) -> str:
        """Give the array as nested lists with the digits asked."""
        return _listed(each(self.tolerance.text, as_tuples(true_array(truth))))

    def typeset(self, truth: Truth) -> str:
        """Show the array with the digits asked."""
        return array_latex(
            each(lambda entry: read_number(self.tolerance.text(entry)).latex, as_tuples(true_array(truth)))
        )

    def widget(self, truth: Truth) -> Widget:
        """A grid of cells; lines to write on where the shape is part of the answer or there are many axes."""
        shape = true_array(truth).shape
        if self.hide_shape or len(shape) > 2:
            return Box(lines=4)
        if not shape:
            return Blank()
        return Grid(*shape) if len(shape) == 2 else Grid(1, shape[0])

    def scoring(self, truth: Truth) -> Scoring:
        """An interval for each cell of the grid; a person scores where there is no grid or no finite number."""
        grid, entries = self.widget(truth), true_array(truth)
        if not isinstance(grid, Grid) or not np.isfinite(entries.astype(float)).all():
            return Manual(self.write(truth))
        rows = entries.reshape(grid.rows, grid.columns).tolist()
        return Cells(tuple(tuple(map(self._interval, row)) for row in rows))

    def _interval(self, entry: float) -> Interval:
        width = self.tolerance.width(entry)
        return Interval(float(entry), float(entry - width), float(entry + width))

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Recognise other signs, a constant factor, and the transposed matrix where it is square."""
        target, given = true_array(truth), np.asarray(value, dtype=float)
        if not same_shape(given.shape, target.shape) or not target.any():
            return ()
        given = given.reshape(target.shape)
        return tuple(
            slip for slip in self._usual(given, target) if self._matches(given, np.asarray(slip.value), slack)
        )

    def _usual(self, given: Any, target: Any) -> Iterator[Slip]:
        yield Slip("sign", as_tuples(-target), "Every sign is wrong.")
        if target.ndim == 2 and target.shape[0] == target.shape[1] > 1:
            yield Slip("transposed", as_tuples(target.T), "This is the transposed matrix.", credit=self.swapped)
        largest = np.unravel_index(np.abs(target).argmax(), target.shape)
        factor = nice(
            given[largest] / target[largest], self.tolerance.width(target[largest]) / abs(target[largest])
        )
        if target.size > 1 and np.isfinite(factor) and factor not in (0, 1, -1) and np.count_nonzero(target) > 1:
            text = f"Every entry is {factor:.4g} times the right one: a constant factor is wrong."
            yield Slip("factor", as_tuples(target * factor), text)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Examples of every outcome."""
        two, truth = cls(decimals=2), ((0.5, 1.25), (-2.0, 3.14159))
        return (
            Specimen(two, truth, "[[0.5, 1.25], [-2, 3.14]]", Outcome.CORRECT),
            Specimen(two, truth, "0.5 5/4; -2 3.14", Outcome.CORRECT),
            Specimen(two, truth, r"\begin{pmatrix} 0.5 & 1.25 \\ -2 & 3.14 \end{pmatrix}", Outcome.CORRECT),
            Specimen(two, truth, "[[0.5, 1.25], [-2, 3]]", Outcome.PARTIAL, "entries"),
            Specimen(two, truth, "[[0.5, -2], [1.25, 3.14]]", Outcome.PARTIAL, "slip:transposed"),
            Specimen(
                cls(decimals=2, whole=True), truth, "[[-0.5, -1.25], [2, -3.14]]", Outcome.WRONG, "slip:sign"
            ),
            Specimen(cls(decimals=2, whole=True), truth, "[[1, 2.5], [-4, 6.28]]", Outcome.WRONG, "slip:factor"),
            Specimen(two, truth, "[[0.5, 1.25]]", Outcome.WRONG, "wrong-shape"),
            Specimen(cls(integer=True), ((1, 2, 3),), "[1, 2, 3]", Outcome.CORRECT),
            Specimen(cls(integer=True), ((1,), (2,)), "[1, 2]", Outcome.PARTIAL, "transposed"),
            Specimen(two, truth, "[[0.5, 1.25], [-2]]", Outcome.UNREADABLE, "ragged"),
        )


def true_array(truth: Truth) -> Any:
    """Give a truth as an array of floats."""
    return np.asarray(truth, dtype=float)


def same_shape(given: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Tell if a shape will do: a row may lack its first axis or have one more, as may a single number.

    >>> same_shape((3,), (1, 3)), same_shape((1, 3), (3,)), same_shape((3,), (3, 1)), same_shape((), (1, 1))
    (True, True, False, True)
    """
    return _without_front(given) == _without_front(wanted)


def _without_front(shape: tuple[int, ...]) -> tuple[int, ...]:
    return _without_front(shape[1:]) if shape[:1] == (1,) else shape


def flat(value: Entries) -> Iterator[Any]:
    """Give the entries one after the other, as they were typed."""
    if isinstance(value, tuple | list | np.ndarray):
        for item in value:
            yield from flat(item)
    else:
        yield value


def as_tuples(array: Any) -> Entries:
    """Give an array as nested tuples."""
    return tuple(map(as_tuples, array)) if np.ndim(array) else float(array)


def _listed(entries: Entries) -> str:
    return f"[{', '.join(map(_listed, entries))}]" if isinstance(entries, tuple) else str(entries)


def _told(credits: list[float], shape: tuple[int, ...]) -> Note:
    right = sum(credit == 1 for credit in credits)
    place = np.unravel_index(credits.index(min(credits)), shape) if shape else ()
    where = ("row {}, column {}" if len(shape) == 2 else "entry " + ", ".join(["{}"] * len(shape))).format(
        *(p + 1 for p in place)
    )
    return Note("entries", f"{right} of {len(credits)} entries are right; look at {where}.")


def nice(factor: float, room: float) -> float:
    """Give the simple fraction near a factor if there is one.

    >>> nice(0.4997, 0.001), nice(0.31, 0.001)
    (0.5, 0.31)
    """
    if not math.isfinite(factor):
        return factor
    simple = float(Fraction(factor).limit_denominator(12))
    return simple if abs(simple - factor) <= room else factor
