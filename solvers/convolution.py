"""Convolution (as in deep learning: no flip) and transposed convolution by hand, on one image.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, dots, matrix, real, shapes, show, signed, total, vector
from solvers.shapes import conv_size, conv_size_steps, span, transposed_size
from solvers.worked import Step, Worked, worked


def correlate(
    image: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0, dilation: int = 1, bias: float = 0.0
) -> Array:
    """One output map. Image and kernel are matrices, or stacks (channels, height, width) that are added up.

    >>> correlate([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]]).tolist()
    [[19.0, 25.0], [37.0, 43.0]]
    """
    x, k = _stack(image, "the image"), _stack(kernel, "the kernel")
    if x.shape[0] != k.shape[0]:
        raise ValueError(f"the kernel must have {x.shape[0]} channels like the image, got {k.shape[0]}")
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    rows, columns = (conv_size(x.shape[axis], k.shape[axis], stride, 0, dilation) for axis in (1, 2))
    result = np.full((rows, columns), float(bias))
    for row, column in product(range(rows), range(columns)):
        result[row, column] += (_window(x, k.shape, row * stride, column * stride, dilation) * k).sum()
    return result


def correlate_steps(
    image: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0, dilation: int = 1, bias: float = 0.0
) -> Worked:
    """Work out a convolution: the size, then every output number (the first four where there are more)."""
    value = correlate(image, kernel, stride, padding, dilation, bias)
    x, k = _stack(image, "the image"), _stack(kernel, "the kernel")
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    high, wide = (conv_size_steps(x.shape[axis], k.shape[axis], stride, padding, dilation).steps[-1] for axis in (1, 2))
    steps = [
        Step("First the size: how many places the window fits into, from top to bottom.", high.formula, high.numbers,
             high.result, "size", shapes(X=real(image), K=real(kernel), Y=value)),
        Step("From left to right in the same way.", high.formula.replace("H", "W"), wide.numbers, wide.result, "width"),
    ]  # fmt: skip
    for place, (row, column) in enumerate(product(*map(range, value.shape)), 1):
        if place > 4:
            steps.append(Step("The remaining windows in the same way, one stride apart."))
            break
        window = _window(padded, k.shape, row * stride, column * stride, dilation)
        plus = f" + {signed(bias)}" if bias else ""
        steps.append(Step(
            f"Row {row + 1}, column {column + 1}: window and kernel multiplied entry by entry, all added up.",
            r"Y_{ij} = \sum X_{\text{window}} \odot K" + (" + b" if bias else ""),
            dots(window.ravel(), k.ravel()) + plus, show(value[row, column])))  # fmt: skip
    return worked(value, (*steps, Step("All together.", "Y", "", show(value), "Y")))


def kernel_gradient(
    image: ArrayLike, upstream: ArrayLike, kernel_shape: tuple[int, int], stride: int = 1
) -> Array:
    """Gradient of the kernel of an unpadded convolution of a matrix, from the upstream gradient.

    >>> kernel_gradient([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[1, 1], [1, 1]], (2, 2)).tolist()
    [[8.0, 12.0], [20.0, 24.0]]
    """
    x, g = matrix(image, "the image"), matrix(upstream, "the upstream gradient")
    result = np.zeros(kernel_shape)
    for row, column in product(*map(range, g.shape)):
        top, left = row * stride, column * stride
        result += g[row, column] * x[top : top + kernel_shape[0], left : left + kernel_shape[1]]
    return result


def kernel_gradient_steps(
    image: ArrayLike, upstream: ArrayLike, kernel_shape: tuple[int, int], stride: int = 1
) -> Worked:
    """Work out the gradient of a convolution's kernel."""
    value, x, g = kernel_gradient(image, upstream, kernel_shape, stride), matrix(image), matrix(upstream)
    touched = x[: g.shape[0] * stride : stride, : g.shape[1] * stride : stride]
    return worked(value, (
        Step("A kernel entry is used at every place of the window, so its gradient is a sum over all places: the "
             "pixel under it times the upstream gradient of that place.",
             r"\frac{\partial L}{\partial K_{ab}} = \sum_{ij} G_{ij} X_{is + a,\, js + b}", "", ""),
        Step("The first entry, for example, lay on these pixels.", "", dots(g.ravel(), touched.ravel()),
             show(value[0, 0])),
        Step("All entries: the image is correlated with the upstream gradient.", r"\frac{\partial L}{\partial K}",
             "", show(value), "dK", shapes(X=x, G=g, dK=value)),
    ))  # fmt: skip


def spread(image: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0) -> Array:
    """Transposed convolution: every pixel stamps the kernel, times its value, onto the output.

    It is also the input gradient of a convolution, with the upstream gradient as the image.

    >>> spread([[0, 1], [2, 3]], [[0, 1], [2, 3]]).tolist()
    [[0.0, 0.0, 1.0], [0.0, 4.0, 6.0], [4.0, 12.0, 9.0]]
    """
    x, k = matrix(image, "the image"), matrix(kernel, "the kernel")
    sizes = [transposed_size(x.shape[axis], k.shape[axis], stride) for axis in (0, 1)]
    result = np.zeros(sizes)
    for row, column in product(*map(range, x.shape)):
        top, left = row * stride, column * stride
        result[top : top + k.shape[0], left : left + k.shape[1]] += x[row, column] * k
    return result[padding : sizes[0] - padding, padding : sizes[1] - padding]


def spread_steps(image: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0) -> Worked:
    """Work out a transposed convolution stamp by stamp."""
    value, x, k = spread(image, kernel, stride, padding), matrix(image), matrix(kernel)
    steps = [
        Step(f"Pixel ({row + 1}, {column + 1}) stamps the kernel, times its value; the corner of the stamp is its "
             "place times the stride.", rf"({row * stride + 1}, {column * stride + 1})",
             rf"{signed(x[row, column])} \cdot {show(k)}", show(x[row, column] * k))
        for row, column in list(product(*map(range, x.shape)))[:6]
    ]  # fmt: skip
    if x.size > 6:
        steps.append(Step("The remaining pixels in the same way."))
    if padding:
        steps.append(Step("Where stamps overlap they add up.", "", "", show(spread(image, kernel, stride))))
    end = "Padding cuts the border off." if padding else "Where stamps overlap they add up."
    return worked(value, (*steps, Step(end, "Y", "", show(value), "Y", shapes(X=x, K=k, Y=value))))


def correlate_row(
    row: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Array:
    """Convolution of a vector.

    >>> correlate_row([1, 2, 3, 4], [1, -1]).tolist()
    [-1.0, -1.0, -1.0]
    """
    x, k = np.pad(vector(row, "the row"), padding), vector(kernel, "the kernel")
    starts = range(0, conv_size(x.size, k.size, stride, 0, dilation) * stride, stride)
    return np.array([x[start : start + span(k.size, dilation) : dilation] @ k for start in starts])


def spread_row(row: ArrayLike, kernel: ArrayLike, stride: int = 1) -> Array:
    """Transposed convolution of a vector, without padding.

    >>> spread_row([1, 2], [1, 0, 3], stride=2).tolist()
    [1.0, 0.0, 5.0, 0.0, 6.0]
    """
    return spread(vector(row, "the row")[:, None], vector(kernel, "the kernel")[:, None], stride)[:, 0]


def spread_row_steps(row: ArrayLike, kernel: ArrayLike, stride: int = 1) -> Worked:
    """Work out a transposed convolution of a vector."""
    x, k, value = vector(row, "the row"), vector(kernel, "the kernel"), spread_row(row, kernel, stride)
    shifted = [np.eye(1, len(x), place)[0] for place in range(len(x))]
    steps = [
        Step(f"Input {place + 1} stamps the kernel, times its value, "
             f"{place * stride} place{'s' * (place * stride != 1)} from the left.",
             "", rf"{signed(x[place])} \cdot {show(k)}", show(spread_row(x * unit, k, stride)))
        for place, unit in enumerate(shifted)
    ]  # fmt: skip
    return worked(value, (*steps, Step("Add the stamps.", "y", "", show(value), "y")))


def patch_sum_steps(patch: ArrayLike, weights: ArrayLike, bias: float = 0.0) -> Worked:
    """Work out one output number of a filter: the sum over channels, rows and columns, plus the bias.

    >>> patch_sum_steps([[[1]], [[2]]], [[[3]], [[4]]], bias=1).value
    12.0
    """
    x, w = _stack(patch, "the patch"), _stack(weights, "the weights")
    if x.shape != w.shape:
        raise ValueError(f"patch and weights must have one shape, got {x.shape} and {w.shape}")
    channels = (x * w).sum(axis=(1, 2))
    value = float(channels.sum() + bias)
    steps = [Step(f"Channel {index}: multiply entry by entry and add up.", "", dots(a.ravel(), b.ravel()), show(part))
             for index, (a, b, part) in enumerate(zip(x, w, channels, strict=True), 1)]  # fmt: skip
    last = Step("A filter adds its channels up and then its bias, once.", r"\sum_c \sum_{ij} X_{cij} W_{cij} + b",
                f"{total(channels)} + {signed(bias)}", show(value), "y")  # fmt: skip
    return worked(value, (*steps, last))


def _stack(values: ArrayLike, name: str) -> Array:
    values = real(values, name)
    if values.ndim not in (2, 3):
        raise ValueError(f"{name} must be a matrix or a stack of them, got shape {values.shape}")
    return values.reshape((-1, *values.shape[-2:]))


def _window(x: Array, sizes: tuple[int, ...], top: int, left: int, dilation: int) -> Array:
    height, width = span(sizes[1], dilation), span(sizes[2], dilation)
    return x[:, top : top + height : dilation, left : left + width : dilation]
