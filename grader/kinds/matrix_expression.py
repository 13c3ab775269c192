"""A product or sum of matrices: equal when equal on matrices of several sizes, with every shape checked."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.answer import Answer, Reading, Slip, Specimen, Unreadable
from grader.reading.matrix_formulas import MatrixFormula, read_matrix_formula
from grader.scoring import Manual
from grader.verdict import Note, Outcome, Verdict, correct, wrong
from grader.widgets import Blank

if TYPE_CHECKING:
    from grader.likeness import Case
    from grader.matrix_trials import Declared


class MatrixExpression(Answer, frozen=True, kw_only=True, tag="matrix expression"):
    r"""An expression in matrices of declared shapes; the truth is a text such as `X.T @ G`.

    - `shapes`: each matrix with its shape (`{"X": "N D", "G": "N M", "b": "M"}`); a vector such as `b` has no
      orientation, and a result of one axis is right as a row and as a column.
    - `sizes`: sizes of the dimensions as the question gives them; others are tried as well.
    - `aliases`: other spellings (`{"dL/dY": "G", "dout": "G"}`).
    - `ranges`: where the entries of a matrix lie, (-2, 2) if not said.
    - `tolerance` is relative to the largest entry.

    Juxtaposition, `@` and `·` multiply matrices; `⊙` multiplies entries, and so does `*` where NumPy is written.
    Raises `ValueError` for sizes, ranges or aliases of nothing declared.
    """

    shapes: Mapping[str, str]
    sizes: Mapping[str, int] = {}
    aliases: Mapping[str, str] = {}
    ranges: Mapping[str, tuple[float, float]] = {}
    tolerance: float = 1e-10

    def __post_init__(self) -> None:
        from grader.draws import check_shapes

        check_shapes(self.shapes, self.sizes)
        if strange := {*self.ranges, *self.aliases.values()} - set(self.shapes):
            raise ValueError(f"{sorted(strange)} are no matrices: declared are {list(self.shapes)}.")

    def read(self, text: str) -> Reading:
        """Read mathematics, LaTeX or NumPy; what is no matrix expression is found by computing it once."""
        from grader.matrix_algebra import UNREADABLE, compute
        from grader.matrix_trials import trials

        formula = self._formula(text)
        try:
            compute(formula, trials(self._declared)[0].values)
        except Unreadable as trouble:
            if trouble.code in UNREADABLE:
                raise
        return Reading(formula, formula.latex, formula.notes)

    def judge(self, value: MatrixFormula, truth: str, slack: float = 0.0) -> Verdict:
        """Compute both on the same matrices of several sizes, and compare."""
        from grader.likeness import describe_difference

        try:
            cases = self._cases(value, truth)
        except Unreadable as trouble:
            return wrong(Note(trouble.code, trouble.sentence))
        bad = next((case for case in cases if not self._equal(case)), None)
        if bad is None:
            return correct()
        code, sentence = describe_difference(bad, self.tolerance)
        return wrong(Note(code, self._worded(sentence, bad)))

    def write(self, truth: str) -> str:
        """Give the author's text."""
        return truth

    def typeset(self, truth: str) -> str:
        """Show the author's expression."""
        return self._formula(truth).latex

    def widget(self, truth: str) -> Blank:
        """One line."""
        return Blank(width=28)

    def scoring(self, truth: str) -> Manual:
        """Leave it to a person where matrices cannot be computed with."""
        return Manual(truth)

    def diagnose(self, value: MatrixFormula, truth: str, slack: float = 0.0) -> tuple[Slip, ...]:
        """Name a result that is transposed, of the other sign or off by a factor."""
        from grader.likeness import usual_slips

        try:
            return usual_slips(self._cases(value, truth), self.tolerance, 0.0)
        except Unreadable:
            return ()

    def _formula(self, text: str) -> MatrixFormula:
        from grader.draws import named_dimensions

        return read_matrix_formula(text, [*self.shapes, *self.aliases], named_dimensions(self.shapes.values()))

    def _cases(self, value: MatrixFormula, truth: str) -> "list[Case]":
        """Give the student's and the right matrix on every draw; raises `Unreadable` where shapes clash."""
        from grader.likeness import Case
        from grader.matrix_algebra import compute
        from grader.matrix_trials import trials

        given_only = self._names_sizes(value)
        right = _right(self._declared, self._formula(truth), given_only)
        return [
            Case(compute(value, trial.values, self._lengths(trial.sizes)), wanted, trial.sizes)
            for trial, wanted in zip(trials(self._declared, given_only), right, strict=True)
        ]

    @property
    def _declared(self) -> "Declared":
        from grader.matrix_trials import declared

        return declared(self.shapes, self.sizes, self.ranges, self.aliases)

    def _names_sizes(self, value: MatrixFormula) -> bool:
        """Tell if an expression has a number in it that is one of the declared sizes (1/8 for 1/N)."""
        from grader.reading.tree import Numeral, walk

        return any(isinstance(node, Numeral) and node.value in self.sizes.values() for node in walk(value.tree))

    def _lengths(self, sizes: Mapping[str, int]) -> dict[int, str]:
        return {} if dict(sizes) == dict(self.sizes) else {size: name for name, size in sizes.items()}

    def _equal(self, case: "Case") -> bool:
        """Compare; one axis has no orientation."""
        from grader.likeness import equal

        mine, right = case.mine, case.right
        if 1 in (mine.ndim, right.ndim) and mine.size == right.size == max(mine.shape) == max(right.shape):
            mine, right = mine.ravel(), right.ravel()
        if mine.size == right.size == 1:
            mine, right = mine.ravel(), right.ravel()
        return equal(mine, right, self.tolerance)

    def _worded(self, sentence: str, case: "Case") -> str:
        import re

        lengths = self._lengths(case.sizes) if case.mine.shape != case.right.shape else {}
        return re.sub(r"\d+", lambda found: lengths.get(int(found[0]), found[0]), sentence)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the notations understood, and what is said about wrong products."""
        shapes = {"X": "N D", "W": "D M", "G": "N M", "b": "M"}
        kind = cls(shapes=shapes, sizes={"N": 8, "D": 192, "M": 16}, aliases={"dL/dY": "G", "dout": "G"})
        return (
            Specimen(kind, "X.T @ G", r"X^\top G", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "dW = X' G", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", r"X^T \frac{\partial L}{\partial Y}", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "np.dot(X.T, dout)", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "(G^T X)^T", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "G X^T", Outcome.WRONG, "shape-error"),
            Specimen(kind, "X.T @ G", "G^T X", Outcome.WRONG, "slip:transposed"),
            Specimen(kind, "X.T @ G", "-X^T G", Outcome.WRONG, "slip:sign"),
            Specimen(kind, "X.T @ G / N", "X^T G", Outcome.WRONG, "slip:factor"),
            Specimen(kind, "sum(G, axis=0)", r"\mathbf{1}^T G", Outcome.CORRECT),
            Specimen(kind, "sum(G, axis=0)", "np.sum(dout, axis=0)", Outcome.CORRECT),
            Specimen(kind, "sum(G, axis=0)", "np.sum(dout, axis=1)", Outcome.WRONG, "wrong-shape"),
            Specimen(kind, "(G @ W.T) ⊙ (X > 0)", "(X > 0) ⊙ G W^T", Outcome.CORRECT),
            Specimen(kind, "(G @ W.T) ⊙ (X > 0)", r"G W^T \odot \mathbb{1}[X > 0]", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "X.T * dout", Outcome.WRONG, "shape-error"),
            Specimen(kind, "X W + b", r"X W + \mathbf{1}_N b^T", Outcome.CORRECT),
            Specimen(kind, "X.T @ G", "X^T Q", Outcome.UNREADABLE, "unknown-name"),
            Specimen(kind, "X.T @ G", "X^T (G", Outcome.UNREADABLE),
        )


@lru_cache(maxsize=256)
def _right(matrices: "Declared", formula: MatrixFormula, given_sizes_only: bool) -> tuple[Any, ...]:
    """Compute the author's expression on every trial; raises `ValueError` where it has no value."""
    import numpy as np

    from grader.matrix_algebra import compute
    from grader.matrix_trials import trials

    try:
        found = tuple(compute(formula, trial.values) for trial in trials(matrices, given_sizes_only))
    except Unreadable as trouble:
        raise ValueError(f"The author's own expression fails: {trouble.sentence}") from trouble
    if not all(np.isfinite(array).all() for array in found):
        raise ValueError(
            "The author's own expression has entries without a value: declare ranges for its matrices."
        )
    return found
