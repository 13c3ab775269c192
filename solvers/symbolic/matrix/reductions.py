"""Operations that mix entries: sums, means, trace, norms, softmax and log-sum-exp of rows, and a loss left open."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from solvers.symbolic.matrix.expression import Expression, Factor, Gradient, Reduced, Size, show_shape
from solvers.symbolic.matrix.rules import reduce_to, scale, stretch


def total(part: Expression) -> Expression:
    """The sum of all entries, a scalar."""
    return reduce_to("total", part, ())


def column_sums(part: Expression) -> Expression:
    """The sum over the rows (axis 0), a row."""
    return reduce_to("column_sums", part, (1, _matrix(part).shape[1]))


def row_sums(part: Expression) -> Expression:
    """The sum over the columns (axis 1), a column."""
    return reduce_to("row_sums", part, (_matrix(part).shape[0], 1))


def trace(part: Expression) -> Expression:
    """The sum of the diagonal of a square matrix."""
    if len(part.shape) != 2 or part.shape[0] != part.shape[1]:
        raise ValueError(f"the trace needs a square matrix, got {show_shape(part.shape)}")
    return reduce_to("trace", part, ())


def mean(part: Expression) -> Expression:
    """The mean of all entries."""
    return _divided(total(part), *part.shape)


def column_means(part: Expression) -> Expression:
    """The mean over the rows (axis 0), a row: the statistics of batch norm."""
    return _divided(column_sums(part), part.shape[0])


def row_means(part: Expression) -> Expression:
    """The mean over the columns (axis 1), a column: the statistics of layer norm."""
    return _divided(row_sums(part), part.shape[1])


def softmax(part: Expression) -> Reduced:
    """Softmax of every row."""
    return Reduced(_matrix(part).shape, "softmax", part)


def log_sum_exp(part: Expression) -> Reduced:
    """The logarithm of the sum of exponentials of every row, a column."""
    return Reduced((_matrix(part).shape[0], 1), "log_sum_exp", part)


def squared_norm(part: Expression) -> Reduced:
    """The sum of all squared entries: the squared Frobenius norm."""
    return Reduced((), "squared_norm", part)


def norm(part: Expression) -> Reduced:
    """The Frobenius norm: the root of the sum of all squared entries."""
    return Reduced((), "norm", part)


def open_loss(part: Expression) -> Reduced:
    """A loss that is known by its gradient ∂L/∂Y alone, called G in text."""
    return Reduced((), "open_loss", part)


def _matrix(part: Expression) -> Expression:
    if len(part.shape) != 2:
        raise ValueError(f"expected a matrix, got {show_shape(part.shape)}")
    return part


def _divided(part: Expression, *sizes: Size) -> Expression:
    number = Fraction(1)
    for size in sizes:
        number /= size if isinstance(size, int) else 1
    return scale(Factor(number, tuple(size for size in sizes if isinstance(size, str))), part)


@dataclass(frozen=True)
class Function:
    """One operation: LaTeX and text with `<0>` for the input, its value, and the gradient it hands back.

    `gradient` takes the input, the output and the upstream gradient.
    """

    latex: str
    text: str
    value: Callable[[Any], Any]
    gradient: Callable[[Expression, Expression, Expression], Expression]
    why: str


def _log_sum_exp(x: Any) -> Any:
    return np.logaddexp.reduce(x, axis=1, keepdims=True)


def _unknown_loss(_: Any) -> Any:
    raise ValueError("an open loss has no value: only its gradient is known")


FUNCTIONS: dict[str, Function] = {
    "softmax": Function(
        r"\operatorname{softmax}\left(<0>\right)", "softmax(<0>)",
        lambda x: np.exp(x - _log_sum_exp(x)), lambda x, y, g: y * (g - row_sums(g * y)),
        r"Within a row, $\frac{\partial s_j}{\partial z_v} = s_v (\delta_{jv} - s_j)$: multiply by the upstream "
        "gradient and sum over $j$.",
    ),
    "log_sum_exp": Function(
        r"\operatorname{lse}\left(<0>\right)", "np.log(np.sum(np.exp(<0>), axis=1, keepdims=True))",
        lambda x: _log_sum_exp(x), lambda x, y, g: stretch(g, x.shape) * softmax(x),
        r"The derivative of $\ln \sum_j e^{z_j}$ by $z_v$ is $\frac{e^{z_v}}{\sum_j e^{z_j}}$: the row's softmax.",
    ),
    "squared_norm": Function(
        r"\left\lVert <0> \right\rVert_F^2", "np.sum(<0> ** 2)",
        lambda x: np.sum(x**2), lambda x, y, g: stretch(g, x.shape) * x * 2,
        "Every entry appears once, squared, so its derivative is twice the entry.",
    ),
    "norm": Function(
        r"\left\lVert <0> \right\rVert_F", "np.linalg.norm(<0>)",
        lambda x: np.sqrt(np.sum(x**2)), lambda x, y, g: stretch(g / y, x.shape) * x,
        "The root gives one over twice the norm, the square twice the entry; the twos cancel.",
    ),
    "open_loss": Function(
        r"\operatorname{Loss}\left(<0>\right)", "loss(<0>)",
        _unknown_loss, lambda x, y, g: Gradient(x.shape, "G", x),
        "The upstream gradient is given; it has the shape of what the loss receives.",
    ),
}  # fmt: skip
