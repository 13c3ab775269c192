"""Matrix expressions: notations, shapes, and what must not be taken for equal."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Target, Unreadable, mark
from grader.kinds.matrix_expression import MatrixExpression
from grader.matrix_algebra import compute, world
from grader.reading.matrix_formulas import read_matrix_formula
from grader.verdict import Outcome

SHAPES = {"X": "N D", "W": "D M", "G": "N M", "b": "M", "u": "D", "v": "M"}
KIND = MatrixExpression(shapes=SHAPES, sizes={"N": 8, "D": 192, "M": 16}, aliases={"dL/dY": "G", "dout": "G"})

# Each line: the author's text, then right answers, then wrong ones.
TABLE = [
    (
        "X.T @ G",
        [
            r"X^\top G",
            "X'G",
            "XᵀG",
            "X.T @ dout",
            "X^T * G",
            r"X^{\mathsf{T}} \frac{\partial L}{\partial Y}",
            "(G^T X)^T",
            "np.matmul(X.T, G)",
            "X.T.dot(G)",
            "transpose(X) G",
            "X^T I G",
            "I_D X^T G",
            "X^T G + W - W",
            "dW = X^T G",
            r"\nabla_W L = X^T dL/dY",
            "2 X^T G / 2",
            "-(-X)^T G",
            "X^T·G",
            "X.transpose() @ G",
        ],
        [
            "G X^T",
            "G^T X",
            "X G",
            "X.T * dout",
            "X^T G N",
            "X^T (G + 1 v^T)",
            "X^T G + 1",
            "W",
            "X^T",
            "-X^T G",
            "N",
            "I",
            "X^T |G|",
            "X^T G W W^T",
            "X^T G + 1e-6 W",
            "relu(X)^T G",
            "sum((1, 2))",
        ],
    ),
    (
        "sum(G, axis=0)",
        [
            "1^T G",
            r"\mathbf{1}^\top G",
            r"G^\top \mathbf{1}",
            r"\mathbf{1}_N^T G",
            "1_N^T G",
            "np.ones(N) @ G",
            "np.ones((1,N)) @ G",
            "np.ones((N,1)).T @ G",
            "G.sum(0)",
            "dout.sum(axis=0, keepdims=True)",
            "ones(8) G",
            "np.mean(G, axis=0) * N",
            "sum(G, 0)",
            "N mean(G, axis=0)",
        ],
        [
            "G.sum()",
            "G.sum(1)",
            "np.mean(G, axis=0)",
            "1_N G",
            "1_M^T G",
            "2*1^T G",
            "-1^T G",
            "1^T G + b",
            "max(G, axis=0)",
        ],
    ),
    (
        "X W + b",
        ["XW + b^T", "b + XW", r"XW + \mathbf{1} b^T", "XW + 1_N b^T", "X @ W + b"],
        ["XW", "XW - b", "WX + b", "X(W + b)", "XW + u", "XW + 2b", "XW + N b"],
    ),
    (
        "(G @ W.T) ⊙ (X > 0)",
        [
            "(X>0) * (G @ W.T)",
            r"G W^T \odot \mathbb{1}[X>0]",
            r"G W^\top \odot 1_{X>0}",
            "(X > 0) ⊙ G W^T",
            "G W^T ⊙ relu'(X)",
            "np.where(X > 0, G @ W.T, 0)",
            "np.multiply(G @ W.T, X > 0)",
            "G W^T - G W^T ⊙ (X < 0)",
        ],
        ["G W^T", "G W^T (X > 0)", "G W^T ⊙ X", "G W^T ⊙ (X > 1)", "G W^T ⊙ (X < 0)", "G W^T ⊙ sigmoid'(X)"],
    ),
    (
        "u^T W v",
        ["v^T W^T u", "u.T @ W @ v", "u W v", "tr(W v u^T)", "sum(u ⊙ (W v))", "(W v)^T u"],
        ["W v", "u^T W v^T", "v^T W u", "u^T W", "sum(W)"],
    ),
    ("u v^T", ["np.outer(u, v)", "(v u^T)^T"], ["v u^T", "u ⊙ v", "u^T v", "u v"]),
    ("X ⊙ X", ["X^2", "X**2", "np.square(X)", "X * X"], ["X X^T", "2X", "|X|", "-X^2"]),
    (
        "I_N - X X^T",
        ["I - XX'", "eye(N) - X @ X.T", "-(X X^T - I)"],
        ["1 - X X^T", "I - X^T X", "X X^T - I", "2 I - X X^T"],
    ),
    ("softmax(X W, axis=1)", ["softmax(XW)"], ["softmax(XW, axis=0)", "exp(XW)", "sigmoid(XW)"]),
    (
        "(X - mean(X, axis=0)) / sqrt(mean((X - mean(X, axis=0))^2, axis=0))",
        [
            "(X - X.mean(0)) / np.sqrt(((X - X.mean(0))**2).mean(0))",
            "(X - 1_N 1_N^T X / N) / sqrt(mean((X - mean(X, 0))^2, 0))",
        ],
        ["(X - mean(X)) / sqrt(mean((X - mean(X))^2))", "X - mean(X, axis=0)"],
    ),
]
RIGHT = [(truth, text) for truth, right, _ in TABLE for text in (truth, *right)]
WRONG = [(truth, text) for truth, _, wrong in TABLE for text in wrong]


@pytest.mark.parametrize("truth, text", RIGHT)
def test_equal_expressions_are_right(truth: str, text: str) -> None:
    verdict = mark(KIND, text, Target(truth))

    assert verdict.outcome is Outcome.CORRECT, verdict


@pytest.mark.parametrize("truth, text", WRONG)
def test_other_expressions_are_wrong_and_say_why(truth: str, text: str) -> None:
    verdict = mark(KIND, text, Target(truth))

    assert verdict.outcome is Outcome.WRONG, verdict
    assert verdict.notes


@pytest.mark.parametrize(
    "text, words",
    [
        ("G X^T", "$G X^{\\top}$ multiplies 8×16 by 192×8: 16 and 192 differ."),
        ("W + X^T G W", "$X^{\\top} G W$ multiplies 192×16 by 192×16: 16 and 192 differ."),
        ("X + b", "$X + b$ combines 8×192 with (16,), which do not broadcast: 192 and 16 differ."),
        ("X.T * dout", "for the matrix product write @"),
        ("sum(G, axis=2)", "axis 2 is out of bounds"),
        ("G^T X", "transpose"),
        ("N X^T G", "N times too large"),
        ("G", "The result is 8×16; it should be 192×16."),
    ],
)
def test_what_is_said(text: str, words: str) -> None:
    assert words in mark(KIND, text, Target("X.T @ G")).notes[0].text


def test_without_sizes_lengths_are_called_by_their_names() -> None:
    kind = MatrixExpression(shapes={"X": "N D", "G": "N M"})

    assert mark(kind, "G X^T", Target("X^T G")).notes[0].text.endswith("multiplies N×M by D×N: M and D differ.")
    assert mark(kind, "G", Target("X^T G")).notes[0].text == "The result is N×M; it should be D×M."


def test_a_product_that_fits_by_chance_is_wrong() -> None:
    kind = MatrixExpression(shapes={"A": "N D", "B": "N D"}, sizes={"N": 4, "D": 4})

    assert mark(kind, "A B", Target("A^T B")).outcome is Outcome.WRONG


def test_a_number_that_is_a_declared_size_stands_for_it() -> None:
    assert mark(KIND, r"\frac{1}{8} X^T G", Target("X^T G / N")).outcome is Outcome.CORRECT
    assert mark(KIND, r"\frac{1}{16} X^T G", Target("X^T G / N")).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    "text",
    [
        "X^T Q",
        "X^T (G",
        "",
        "X_1",
        r"\sum_n X_n",
        "X[0]",
        "[[1, 2], [3, 4]]",
        "x" * 3000,
        "__class__",
        "X.__class__",
        "X, G",
        "X!",
        "X^{-1} G",
        "(1, 2)",
    ],
)
def test_other_texts_are_unreadable(text: str) -> None:
    assert mark(KIND, text, Target("X^T G")).outcome in (Outcome.UNREADABLE, Outcome.BLANK)


def test_huge_arrays_are_refused() -> None:
    for text in ("ones((10000, 10000))", "ones(10^9) G", "outer(outer(X, X), outer(X, X))", "outer(W, W)"):
        assert mark(KIND, text, Target("X^T G")).notes[0].code in ("limit", "shape-error")


LEAVES = st.sampled_from(["X", "W", "G", "b", "N", "2"])
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} @ {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} * {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} - {pair[1]})"),
        inner.map(lambda text: f"({text}).T"),
        inner.map(lambda text: f"np.sum({text}, axis=0, keepdims=True)"),
        inner.map(lambda text: f"np.exp(-({text})**2)"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_numpy_spelling_means_what_numpy_computes(text: str) -> None:
    """Wherever NumPy gives a value and every vector is a matrix, so do we, and the same."""
    sizes = {"N": 3, "D": 4, "M": 5}
    shapes = {"X": (3, 4), "W": (4, 5), "G": (3, 5), "b": (1, 5)}
    matrices = {name: np.cos(np.arange(np.prod(shape))).reshape(shape) for name, shape in shapes.items()}
    try:
        expected = eval(text, {"np": np, "N": 3.0, **matrices})  # noqa: S307
    except (ValueError, TypeError, AttributeError):
        return
    try:
        found = compute(read_matrix_formula(text, list(shapes), list(sizes)), world(matrices, sizes))
    except Unreadable as trouble:
        assert trouble.code == "limit"
        return

    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="XWGbuvNDM123^T'@*+-/()[]_ .,⊙>sumI{}\\", max_size=30))
def test_no_text_breaks_the_kind(text: str) -> None:
    assert 0 <= mark(KIND, text, Target("X^T G")).credit <= 1


def test_the_kind_survives_json_and_authors_are_told_of_mistakes() -> None:
    assert msgspec.json.decode(msgspec.json.encode(KIND), type=MatrixExpression) == KIND
    with pytest.raises(ValueError, match="are no matrices"):
        MatrixExpression(shapes={"X": "N D"}, aliases={"Y": "Z"})
    with pytest.raises(ValueError, match="own expression fails"):
        mark(KIND, "X", Target("X X"))
    with pytest.raises(ValueError, match="declare ranges"):
        mark(KIND, "X", Target("ln(X)"))
    assert mark(MatrixExpression(shapes={"X": "N"}, ranges={"X": (1, 2)}), "ln(X)", Target("ln(X)")).credit == 1
