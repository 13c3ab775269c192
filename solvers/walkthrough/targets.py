"""Targets as people write them, in the shape a loss takes."""

from collections.abc import Iterator

from solvers.engine.layer import Array, Shape
from solvers.engine.loss import Loss

OF_CLASSES = ("cross-entropy", "cross-entropy-probabilities", "nll", "hinge")


def fitted_target(target: Array, loss: Loss, prediction: Shape) -> Array:
    """Give the target one of the shapes the loss takes, where only axes of size 1 are missing or too many.

    >>> import numpy as np
    >>> from solvers.engine.losses.mse import Mse
    >>> fitted_target(np.array(3.2), Mse(), (1, 1))
    array([[3.2]])
    """
    taken = list(_taken(target, loss, prediction))
    if target.shape in taken:
        return target
    for shape in taken:
        if _essential(shape) == _essential(target.shape):
            return target.reshape(shape)
    return target


def class_axis(target: Array, prediction: Shape) -> int | None:
    """Give the axis of the classes: 1 where class numbers stand for every place of an image, None for the last."""
    return 1 if len(prediction) > 2 and target.shape == (prediction[0], *prediction[2:]) else None


def _taken(target: Array, loss: Loss, prediction: Shape) -> Iterator[Shape]:
    if loss.kind in OF_CLASSES and not (loss.kind == "hinge" and (target < 0).any()):
        axis = getattr(loss, "axis", -1) % max(len(prediction), 1)
        yield (*prediction[:axis], *prediction[axis + 1 :])
    yield prediction


def _essential(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)
