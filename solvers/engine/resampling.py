"""Changing the size of images by a matrix per axis: up-sampling and adaptive average pooling."""

from collections.abc import Callable

import numpy as np

from solvers.engine.layer import Array, Gradients, Space


def resample(X: Array, rows: Array, columns: Array) -> Array:
    """Give rows · X · columnsᵀ for every image of X (samples, channels, h, w)."""
    Y: Array = rows @ X @ columns.T
    return Y


def resampled(
    X: Array, rows: Array, columns: Array, space: Space
) -> tuple[tuple[Array, ...], Callable[..., Gradients]]:
    """Give the resampled images and the way back: rowsᵀ · dY · columns."""
    rows, columns = rows.astype(X.dtype), columns.astype(X.dtype)

    def backward(dY: Array) -> Gradients:
        return (resample(dY, rows.T, columns.T),), {}

    return (resample(X, rows, columns),), backward


def nearest(size: int, scale: int) -> Array:
    """Give the matrix that repeats each entry `scale` times: (size · scale, size).

    >>> nearest(2, 2)
    array([[1., 0.],
           [1., 0.],
           [0., 1.],
           [0., 1.]])
    """
    return np.repeat(np.eye(size), scale, axis=0)


def linear(size: int, scale: int, align_corners: bool) -> Array:
    """Give the matrix that interpolates linearly: (size · scale, size).

    Entries lie in the middle of cells (the default of most libraries), or, with `align_corners`, the first and last
    of input and output coincide.

    >>> linear(2, 2, False)
    array([[1.  , 0.  ],
           [0.75, 0.25],
           [0.25, 0.75],
           [0.  , 1.  ]])
    """
    grown = size * scale
    if align_corners:
        at = np.arange(grown) * ((size - 1) / max(grown - 1, 1))
    else:
        at = np.clip((np.arange(grown) + 0.5) / scale - 0.5, 0, size - 1)
    weights: Array = np.maximum(0, 1 - np.abs(at[:, None] - np.arange(size)))
    return weights


def bins(size: int, outputs: int) -> list[slice]:
    """Give the ranges that adaptive pooling gathers: from ⌊i n/m⌋ to ⌈(i + 1) n/m⌉.

    >>> bins(5, 2)
    [slice(0, 3, None), slice(2, 5, None)]
    """
    return [slice(i * size // outputs, -(-(i + 1) * size // outputs)) for i in range(outputs)]


def averaging(size: int, outputs: int) -> Array:
    """Give the matrix that averages over the bins of adaptive pooling: (outputs, size)."""
    matrix = np.zeros((outputs, size))
    for row, part in zip(matrix, bins(size, outputs), strict=True):
        row[part] = 1 / (part.stop - part.start)
    return matrix
