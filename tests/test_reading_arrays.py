"""Matrices, shapes and lists in NumPy, MATLAB and LaTeX notation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.answer import Unreadable
from grader.reading.arrays import read_array
from grader.reading.shapes import read_integers, read_shape

TWO = ((1.0, 2.0), (3.0, 4.0))
SPELLINGS = [
    "[[1, 2], [3, 4]]",
    "[[1,2],[3,4]]",
    "1 2; 3 4",
    "[1 2; 3 4]",
    "[1, 2; 3, 4]",
    "1 2\n3 4",
    "(1, 2), (3, 4)",
    "((1, 2), (3, 4))",
    "{{1, 2}, {3, 4}}",
    "np.array([[1, 2], [3, 4]])",
    "torch.tensor([[1., 2.], [3., 4.]])",
    "array([[1., 2.],\n       [3., 4.]])",
    "[[1. 2.]\n [3. 4.]]",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\begin{bmatrix}1&2\\3&4\\\end{bmatrix}",
    r"$\left[\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right]$",
    "W = [[1, 2], [3, 4]]",
    "[[1, 3], [2, 4]]^T",
    "[[1, 3], [2, 4]].T",
    "np.transpose([[1, 3], [2, 4]])".replace("np.transpose(", "").replace("]])", "]]'"),
    "2 * [[0.5, 1], [1.5, 2]]",
    "[[2, 4], [6, 8]] / 2",
    "-[[-1, -2], [-3, -4]]",
    r"[[1/1, \sqrt{4}], [3, 2^2]]",
    "[[1,2],\n[3,4]]",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_one_matrix_has_many_spellings(text: str) -> None:
    assert read_array(text).value == TWO


SHAPED = [
    ("[1, 2, 3]", (3,)),
    ("1 2 3", (3,)),
    ("[[1, 2, 3]]", (1, 3)),
    ("[1; 2; 3]", (3, 1)),
    ("1\n2\n3", (3, 1)),
    ("[1, 2, 3]^T", (3, 1)),
    (r"\begin{pmatrix}1&2\end{pmatrix}", (1, 2)),
    ("[[[1, 2], [3, 4]]]", (1, 2, 2)),
    ("0.31", ()),
    ("[[0.31]]", (1, 1)),
]


@pytest.mark.parametrize(("text", "shape"), SHAPED)
def test_the_shape_is_that_of_numpy(text: str, shape: tuple[int, ...]) -> None:
    assert np.shape(read_array(text).value) == shape


def test_a_sign_after_a_blank_begins_an_entry() -> None:
    assert read_array("[1 -2]").value == (1.0, -2.0)
    assert read_array("[1 - 2]").value == (-1.0,)
    assert read_array("[1, -2 + 3]").value == (1.0, 1.0)


REFUSED = [
    ("[[1, 2], [3]]", "ragged"),
    ("[[1, 2], 3]", "ragged"),
    ("[]", "empty"),
    ("[[1, 2], [3, 4]", "brackets"),
    ("[[1, x]]", "unknown-name"),
    ("[[1, 2]] @ [[3], [4]]", "not-a-matrix"),
    ("np.ones((3, 3))", "not-a-number"),
    ("[[1, 1/0]]", "undefined"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_matrix_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_array(text)
    assert caught.value.code == code


@given(arrays(float, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6)))
def test_numpy_arrays_are_read_as_python_lists(array: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> None:
    assert np.array_equal(read_array(str(array.tolist())).value, array)


@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=4), elements=st.integers(-99, 99).map(float)))
def test_what_numpy_prints_is_read(array: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> None:
    assert np.array_equal(read_array(str(array)).value, array)
    assert np.array_equal(read_array(repr(array)).value, array)


SHAPES = {
    (8, 192): ["(8, 192)", "8x192", "8 x 192", "8X192", "8 × 192", r"8 \times 192", "[8,192]", "8 by 192", "8, 192",
               "8*192", "8 192", "torch.Size([8, 192])", "shape = (8, 192)", "(8, 192,)", "(8×192)", r"$8 \times 192$"],
    (3, 224, 224): ["(3, 224, 224)", "3x224x224", "3 × 224 × 224", "[3, 224, 224]"],
    (10,): ["(10,)", "10", "[10]", "(10)"],
    (): ["()", "[]"],
}  # fmt: skip


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape, texts in SHAPES.items() for text in texts])
def test_shapes_have_many_spellings(shape: tuple[int, ...], text: str) -> None:
    assert read_shape(text) == shape


@pytest.mark.parametrize("text", ["(8, -1)", "(8, 1.5)", "(N, 8)", "8x", "x8", "(8, 192", "10^30", "(8, None)"])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_shape(text)


WHOLE = ["3, 1, 2", "[3, 1, 2]", "3 1 2", "(3; 1; 2)", "order = 3, 1, 2", "6/2, 2-1, 2"]
NAMED = ["c=3, h=1, w=2", "channel 3, height 1, width 2", "(c: 3; h: 1; w: 2)"]


@pytest.mark.parametrize("text", [*WHOLE, *NAMED])
def test_whole_numbers_are_read_in_order(text: str) -> None:
    assert read_integers(text) == (3, 1, 2)
