"""NumPy programs against the author's."""

import msgspec
import pytest

from grader.answer import Target, mark
from grader.kinds.numpy_program import NumpyProgram
from grader.verdict import Outcome

LAYER = NumpyProgram(shapes={"x": "N D", "w": "D M", "dout": "N M"}, sizes={"N": 8, "D": 192, "M": 16})
BACKWARD = "dout @ w.T, x.T @ dout, dout.sum(axis=0)"
NORM = NumpyProgram(shapes={"dout": "N D", "x_hat": "N D", "gamma": "D", "var": "D"}, ranges={"var": (0.5, 2)})
LOSS = NumpyProgram(shapes={"z": "N C", "y": "N"}, ranges={"y": (0, "C")}, whole=("y",))
CROSS_ENTROPY = "-np.log(np.exp(z)[np.arange(len(y)), y] / np.exp(z).sum(axis=1)).mean()"


@pytest.mark.parametrize(
    "text, outcome, credit, code",
    [
        ("dx = dout @ w.T\ndw = x.T @ dout\ndx, dw, np.sum(dout, 0)", Outcome.CORRECT, 1, ""),
        (
            "def f(x, w, dout):\n    return np.dot(dout, w.T), np.dot(x.T, dout), np.ones(len(x)) @ dout",
            Outcome.CORRECT,
            1,
            "",
        ),
        ("dout @ w.T, x.T @ dout, dout.sum(axis=1)", Outcome.PARTIAL, 2 / 3, "wrong-shape"),
        ("dout @ w.T, x.T @ dout", Outcome.WRONG, 0, "outputs"),
        ("dout @ w, x.T @ dout, dout.sum(axis=0)", Outcome.WRONG, 0, "run-error"),
    ],
)
def test_several_results_earn_equal_shares(text: str, outcome: Outcome, credit: float, code: str) -> None:
    verdict = mark(LAYER, text, Target(BACKWARD))

    assert (verdict.outcome, verdict.credit) == (outcome, pytest.approx(credit))
    assert not code or verdict.notes[0].code == code


@pytest.mark.parametrize(
    "text, code",
    [
        ("np.sum(dout * x_hat, axis=0)", ""),
        ("(dout * x_hat).sum(0)", ""),
        ("np.einsum('nd,nd->d', dout, x_hat)", ""),
        ("np.diag(dout.T @ x_hat)", ""),
        ("np.mean(dout * x_hat, axis=0)", "slip:factor"),
        ("-np.sum(dout * x_hat, axis=0)", "slip:sign"),
        ("np.sum(dout * x_hat, axis=0, keepdims=True)", "slip:reshaped"),
        ("np.sum(dout * x_hat)", "wrong-shape"),
        ("np.sum(dout, axis=0)", "wrong-value"),
        ("np.sum(dout * x_hat, axis=0) + 1e-6", "wrong-value"),
        ("np.sqrt(-var)", "not-a-number"),
    ],
)
def test_the_gradient_of_a_scale(text: str, code: str) -> None:
    verdict = mark(NORM, text, Target("np.sum(dout * x_hat, axis=0)"))

    assert (verdict.outcome is Outcome.CORRECT) == (not code)
    assert not code or verdict.notes[0].code == code


def test_a_missing_mean_is_named_by_its_dimension() -> None:
    verdict = mark(NORM, "dout.sum(0)", Target("dout.mean(0)"))

    assert verdict.notes[0].text == "The result is N times too large: the factor 1/N is missing."


def test_whole_inputs_may_index() -> None:
    stable = "s = z - z.max(1, keepdims=True)\n-np.mean(s[np.arange(len(y)), y] - np.log(np.exp(s).sum(1)))"

    assert mark(LOSS, stable, Target(CROSS_ENTROPY)).outcome is Outcome.CORRECT
    assert mark(LOSS, stable.replace("mean", "sum"), Target(CROSS_ENTROPY)).outcome is Outcome.WRONG


def test_a_shape_error_names_the_sizes_of_the_question() -> None:
    verdict = mark(LAYER, "dout @ x.T", Target("x.T @ dout"))

    assert verdict.notes[0].text == "`dout @ x.T` multiplies 8×16 by 192×8: 16 and 192 differ."


def test_a_program_that_fits_only_the_declared_sizes_is_wrong() -> None:
    square = NumpyProgram(shapes={"x": "N D", "g": "N D"}, sizes={"N": 4, "D": 4})

    assert mark(square, "g @ x.T", Target("x.T @ g")).outcome is Outcome.WRONG
    assert mark(square, "x @ g", Target("x.T @ g")).outcome is Outcome.WRONG


def test_named_slips_are_programs_too() -> None:
    from grader.answer import Slip

    target = Target("x.T @ dout", slips=(Slip("no_sum", "x.T @ dout / len(x)", "Divided twice.", 0.5),))
    verdict = mark(LAYER, "(x / len(x)).T @ dout", target)

    assert (verdict.credit, verdict.notes[0].code) == (0.5, "slip:no_sum")


def test_inputs_are_fresh_for_every_program() -> None:
    assert mark(NORM, "gamma *= 0\ngamma", Target("gamma * 0")).outcome is Outcome.CORRECT
    assert mark(NORM, "gamma", Target("gamma + 0")).outcome is Outcome.CORRECT


def test_the_kind_survives_json_and_shows_its_code() -> None:
    assert msgspec.json.decode(msgspec.json.encode(LOSS), type=NumpyProgram) == LOSS
    assert LOSS.typeset("z_1 % 2") == r"\texttt{z\_1 \% 2}"
    assert LOSS.typeset("a = z\nb") == r"\begin{array}{l}\texttt{a = z} \\ \texttt{b}\end{array}"


def test_authors_are_told_of_mistakes() -> None:
    with pytest.raises(ValueError, match="are no inputs"):
        NumpyProgram(shapes={"x": "N"}, ranges={"z": (0, 1)})
    with pytest.raises(ValueError, match="The size D = 3"):
        NumpyProgram(shapes={"x": "N"}, sizes={"D": 3})
    with pytest.raises(ValueError, match="neither a name nor a number"):
        NumpyProgram(shapes={"x": "N,D"})
    with pytest.raises(ValueError, match="own program fails: `x @ x`"):
        mark(NumpyProgram(shapes={"x": "N D"}), "x", Target("x @ x"))
