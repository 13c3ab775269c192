"""Handcrafted kernels: what they are, and what they answer on a patch or an image (cross-correlation, no flip)."""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, show, total
from solvers.convolution import correlate
from solvers.worked import Step, Worked, worked

KERNELS: dict[str, Array] = {
    "sobel-vertical": np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], dtype=float),
    "sobel-horizontal": np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]], dtype=float),
    "prewitt-vertical": np.array([[1, 0, -1]] * 3, dtype=float),
    "prewitt-horizontal": np.array([[1] * 3, [0] * 3, [-1] * 3], dtype=float),
    "edge": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], dtype=float),
    "laplace": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=float),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], dtype=float),
    "box": np.full((3, 3), 1 / 9),
    "gauss": np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16,
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=float),
}
PURPOSES = {
    "sobel-vertical": "it compares left with right and so answers to vertical edges",
    "sobel-horizontal": "it compares above with below and so answers to horizontal edges",
    "prewitt-vertical": "it compares left with right, all rows alike",
    "prewitt-horizontal": "it compares above with below, all columns alike",
    "edge": "it compares a pixel with all its neighbours",
    "laplace": "it compares the four neighbours with the pixel",
    "sharpen": "it adds the difference from the neighbours to the pixel",
    "box": "it gives the mean of the window",
    "gauss": "it gives a mean that favours the middle",
    "identity": "it gives the pixel itself",
}


def kernel(name: str) -> Array:
    """A handcrafted kernel by name; ValueError lists the names.

    >>> kernel("sharpen").sum().item()
    1.0
    """
    if name not in KERNELS:
        raise ValueError(f"there is no kernel {name!r}; known are {', '.join(KERNELS)}")
    return KERNELS[name].copy()


def response(name: str, patch: ArrayLike) -> float:
    """Response of a kernel on a patch of its own size.

    >>> response("sobel-vertical", [[0, 0, 1], [0, 0, 1], [0, 0, 1]])
    -4.0
    """
    return float((kernel(name) * _patch(name, patch)).sum())


def response_steps(name: str, patch: ArrayLike) -> Worked:
    """Work out the response of a kernel on a patch."""
    k, x, value = kernel(name) * _divisor(name), _patch(name, patch), response(name, patch)
    front = rf"\tfrac{{1}}{{{_divisor(name)}}} " if _divisor(name) > 1 else ""
    numbers = total((k * x)[k != 0])
    return worked(value, (
        Step(f"The kernel: {PURPOSES[name]}.", "K", "", front + show(k), "kernel"),
        Step("Lay it on the patch and multiply entry by entry.", r"K \odot X", rf"{front}{show(k)} \odot {show(x)}",
             front + show(k * x), "products"),
        Step("Add up.", r"\sum_{ij} K_{ij} X_{ij}", f"{front}({numbers})" if front else numbers, show(value), "response"),
    ))  # fmt: skip


def constant_response(name: str, value: float) -> float:
    """Response inside an image whose pixels all have one value: the sum of the kernel times that value.

    >>> constant_response("edge", 7), constant_response("sharpen", 7)
    (0.0, 7.0)
    """
    return float(round(kernel(name).sum(), 12) * value)


def constant_response_steps(name: str, value: float) -> Worked:
    """Work out the response of a kernel on a constant image."""
    result, whole = constant_response(name, value), kernel(name) * _divisor(name)
    front = rf"\tfrac{{1}}{{{_divisor(name)}}} " if _divisor(name) > 1 else ""
    numbers, entries = total(whole.ravel()), kernel(name)
    return worked(result, (
        Step("Every entry multiplies the same value, so only their sum matters.", r"\sum_{ij} K_{ij}",
             f"{front}({numbers})" if front else numbers, show(round(entries.sum(), 12)), "sum"),
        Step("A kernel of sum 0 ignores brightness, one of sum 1 keeps it.", r"c \sum_{ij} K_{ij}",
             rf"{show(value)} \cdot {show(round(entries.sum(), 12))}", show(result), "response"),
    ))  # fmt: skip


def filtered(name: str, image: ArrayLike, padding: int = 0) -> Array:
    """A kernel on a whole image.

    >>> filtered("box", [[9, 9, 9], [9, 9, 9], [9, 9, 9]]).round(9).tolist()
    [[9.0]]
    """
    return correlate(image, kernel(name), padding=padding)


def _divisor(name: str) -> int:
    """What the kernel is written over on paper."""
    return {"box": 9, "gauss": 16}.get(name, 1)


def _patch(name: str, patch: ArrayLike) -> Array:
    x = matrix(patch, "the patch")
    if x.shape != kernel(name).shape:
        raise ValueError(f"the patch must have the kernel's shape {kernel(name).shape}, got {x.shape}")
    return x
