"""Sums and products of arrays of different shapes, and the way back."""

from solvers.engine.layer import Array, Shape, ShapeError, expect


def common_shape(what: str, shapes: tuple[Shape, ...], broadcast: bool) -> Shape:
    """Give the shape of a sum or product: the inputs' own, or the broadcast one; raises `ShapeError`."""
    if not broadcast:
        for number, shape in enumerate(shapes[1:], 2):
            expect(f"input {number} of the {what}", shape, *shapes[0])
        return shapes[0]
    sizes = [1] * max(map(len, shapes))
    for shape in shapes:
        for axis, size in enumerate(reversed(shape), 1):
            if size != 1 and sizes[-axis] not in (1, size):
                raise ShapeError(f"inputs of the {what}", f"that agree with {shapes[0]} or are 1", shape)
            sizes[-axis] = max(sizes[-axis], size)
    return tuple(sizes)


def unbroadcast(gradient: Array, shape: Shape) -> Array:
    """Sum a gradient over the axes along which an array of this shape was repeated.

    >>> import numpy as np
    >>> unbroadcast(np.ones((2, 3)), (3,))
    array([2., 2., 2.])
    """
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    repeated = tuple(i for i, n in enumerate(gradient.shape) if i < extra or shape[i - extra] != n)
    summed: Array = gradient.sum(axis=repeated).reshape(shape)
    return summed
