"""A program in NumPy: an expression or a short function, compared with the author's on drawn inputs."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from grader.answer import Answer, Reading, Slip, Specimen, Unreadable
from grader.reading.program import read_program
from grader.reading.program_words import check_program
from grader.scoring import Manual
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Box
from grader.worker import Job, Ran, run_job

if TYPE_CHECKING:
    from grader.likeness import Case

_ESCAPES = {character: "\\" + character for character in "_%&#{}"} | {
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


class NumpyProgram(Answer, frozen=True, kw_only=True, tag="numpy program"):
    """An expression in the inputs, or a function of them; the truth is the author's own program text.

    - `shapes`: the inputs in their order, each with its shape (`{"x": "N D", "gamma": "D", "eps": ""}`).
    - `sizes`: sizes of the dimensions as the question gives them; others are tried as well.
    - `ranges`: where the numbers of an input lie, (-2, 2) if not said; the upper end may be a dimension.
    - `whole`: inputs made of whole numbers (the upper end excluded), such as class labels.
    - `tolerance` is relative to the largest entry; `reshaped` is the credit for right values in a wrong shape.

    Several outputs (a tuple) earn equal shares. Raises `ValueError` for sizes or ranges of nothing declared.
    """

    shapes: Mapping[str, str]
    sizes: Mapping[str, int] = {}
    ranges: Mapping[str, tuple[float, float | str]] = {}
    whole: tuple[str, ...] = ()
    tolerance: float = 1e-8
    reshaped: float = 0.5
    lines: int = 4

    def __post_init__(self) -> None:
        from grader.draws import check_shapes

        check_shapes(self.shapes, self.sizes)
        if strange := {*self.ranges, *self.whole} - set(self.shapes):
            raise ValueError(f"{sorted(strange)} are no inputs: declared are {list(self.shapes)}.")

    def read(self, text: str) -> Reading:
        """Read the program and check its words; it is not run yet."""
        source = read_program(text)
        check_program(source, list(self.shapes))
        return Reading(source.body.text, self.typeset(source.body.text))

    def judge(self, value: str, truth: str, slack: float = 0.0) -> Verdict:
        """Run both programs on the same inputs and compare shapes and values."""
        try:
            outputs = self._compared(value, truth)
        except Unreadable as trouble:
            return wrong(Note(trouble.code, trouble.sentence))
        if outputs is None:
            return wrong(
                Note(
                    "outputs",
                    f"{len(self._reference(truth)[0])} results were expected, in this order, as a tuple.",
                )
            )
        notes = [self._note(number, cases) for number, cases in enumerate(outputs)]
        good = sum(note is None for note in notes)
        told = [note for note in notes if note is not None]
        return partial(good / len(notes), *told) if told else correct()

    def write(self, truth: str) -> str:
        """Give the author's program."""
        return truth

    def typeset(self, truth: str) -> str:
        """Show the program as lines of code."""
        lines = [rf"{_indent(line)}\texttt{{{_escaped(line.strip())}}}" for line in truth.strip().split("\n")]
        rows = r" \\ ".join(lines)
        return rows if len(lines) == 1 else rf"\begin{{array}}{{l}}{rows}\end{{array}}"

    def widget(self, truth: str) -> Box:
        """Leave lines for code."""
        return Box(self.lines, code=True)

    def scoring(self, truth: str) -> Manual:
        """Leave it to a person where our own worker cannot run."""
        return Manual(truth)

    def diagnose(self, value: str, truth: str, slack: float = 0.0) -> tuple[Slip, ...]:
        """Name a result that is reshaped, transposed, of the other sign or off by a factor."""
        from grader.likeness import usual_slips

        try:
            outputs = self._compared(value, truth)
        except Unreadable:
            return ()
        if outputs is None or len(outputs) > 1:
            return ()
        return usual_slips(outputs[0], self.tolerance, self.reshaped)

    def _note(self, number: int, cases: "list[Case]") -> Note | None:
        from grader.likeness import describe_difference, equal

        bad = next((case for case in cases if not equal(case.mine, case.right, self.tolerance)), None)
        if bad is None:
            return None
        code, sentence = describe_difference(bad, self.tolerance)
        return Note(code, sentence if not number else f"Result {number + 1}: {sentence}")

    def _compared(self, value: str, truth: str) -> "list[list[Case]] | None":
        """Give, for each output, the student's and the right one on every draw; None if they are not as many."""
        from grader.likeness import Case

        mine, right, sizes = self._outputs(value), self._reference(truth), _draws(msgspec.json.encode(self))[1]
        if len(mine[0]) != len(right[0]):
            return None
        return [
            [Case(mine[draw][output], right[draw][output], sizes[draw]) for draw in range(len(sizes))]
            for output in range(len(right[0]))
        ]

    def _reference(self, truth: str) -> list[list[Any]]:
        try:
            return self._outputs(truth)
        except Unreadable as trouble:
            raise ValueError(f"The author's own program fails: {trouble.sentence}") from trouble

    def _outputs(self, program: str) -> list[list[Any]]:
        from grader.programs.jobs import unpack

        ran = _ran(msgspec.json.encode(self), program)
        return [[unpack(tensor) for tensor in values] for values in ran.values]

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show an expression, a function, and what is said about wrong ones."""
        kind = cls(shapes={"x": "N D", "dout": "N M"}, sizes={"N": 8, "D": 192, "M": 16})
        bias = cls(shapes={"dout": "N M"})
        truth = "x.T @ dout"
        return (
            Specimen(kind, truth, "np.dot(x.T, dout)", Outcome.CORRECT),
            Specimen(kind, truth, "dw = np.einsum('nd,nm->dm', x, dout)", Outcome.CORRECT),
            Specimen(kind, truth, "def backward(x, dout):\n    return x.T @ dout", Outcome.CORRECT),
            Specimen(kind, truth, "dout.T @ x", Outcome.WRONG, "slip:transposed"),
            Specimen(kind, truth, "x.T @ dout / len(x)", Outcome.WRONG, "slip:factor"),
            Specimen(kind, truth, "dout @ x.T", Outcome.WRONG, "run-error"),
            Specimen(
                bias, "dout.sum(axis=0)", "np.sum(dout, axis=0, keepdims=True)", Outcome.PARTIAL, "slip:reshaped"
            ),
            Specimen(bias, "dout.sum(axis=0)", "np.sum(dout, axis=1)", Outcome.WRONG, "wrong-shape"),
            Specimen(kind, truth, "x.T.__class__", Outcome.UNREADABLE, "unknown-name"),
            Specimen(kind, truth, "while True: pass", Outcome.WRONG, "limit"),
            Specimen(kind, truth, "np.zeros((10**6, 10**6))", Outcome.WRONG, "limit"),
            Specimen(kind, truth, "x^T dout", Outcome.UNREADABLE, "syntax"),
        )


@lru_cache(maxsize=64)
def _draws(kind: bytes) -> tuple[tuple[dict[str, Any], ...], list[dict[str, int]]]:
    """Draw inputs for several sizes."""
    from grader.draws import draw_sizes
    from grader.programs.jobs import pack

    answer = msgspec.json.decode(kind, type=NumpyProgram)
    sizes = draw_sizes(kind.decode(), answer.shapes.values(), answer.sizes)
    return tuple(
        {name: pack(_input(answer, name, drawn, f"{number} {name}")) for name in answer.shapes}
        for number, drawn in enumerate(sizes)
    ), sizes


def _input(answer: NumpyProgram, name: str, sizes: Mapping[str, int], key: str) -> Any:
    import numpy as np

    from grader.draws import lengths, uniform

    low, top = answer.ranges.get(name, (-2.0, 2.0))
    high = float(sizes[top] if isinstance(top, str) else top)
    numbers = uniform(key, lengths(answer.shapes[name], sizes), low, high)
    return np.floor(numbers).astype(np.int64) if name in answer.whole else numbers


@lru_cache(maxsize=512)
def _ran(kind: bytes, program: str) -> Ran:
    return run_job(Job(program, _draws(kind)[0]))


def _indent(line: str) -> str:
    return r"\quad" * ((len(line) - len(line.lstrip())) // 2)


def _escaped(code: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in code)
