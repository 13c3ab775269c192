"""Global maximum pooling."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    Space,
    Specimen,
    expect,
)


def global_maxpool(X: Array) -> Array:
    """Give the largest entry of each channel: X is (samples, channels, *sizes), the result (samples, channels).

    >>> global_maxpool(np.array([[[1.0, 2.0, 6.0]]]))
    array([[6.]])
    """
    Y: Array = X.max(axis=tuple(range(2, X.ndim)))
    return Y


@dataclass(frozen=True)
class GlobalMaxpool(Layer):
    """Y = the largest entry of each channel, (samples, channels); with `keep_axes` the sizes stay as ones."""

    keep_axes: bool = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Samples and channels stay, the sizes go."""
        (X,) = inputs
        expect("X", X, "samples", "channels", "size", *("size",) * (len(X) - 3))
        return ((*X[:2], *(1,) * (len(X) - 2 if self.keep_axes else 0)),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient goes to the first entry that is the maximum."""
        (X,) = inputs
        channels = X.reshape(*X.shape[:2], -1)
        winner = channels.argmax(-1, keepdims=True)
        Y = np.take_along_axis(channels, winner, -1)

        def backward(dY: Array) -> Gradients:
            dX = np.zeros_like(channels)
            np.put_along_axis(dX, winner, dY.reshape(winner.shape), -1)
            return (dX.reshape(X.shape),), {}

        return (Y.reshape(*X.shape[:2], *(1,) * (X.ndim - 2 if self.keep_axes else 0)),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Images and signals."""
        yield Specimen(cls(), {}, (draw(2, 3, 4, 2),))
        yield Specimen(cls(keep_axes=True), {}, (draw(2, 3, 5),))
