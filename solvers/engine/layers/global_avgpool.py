"""Global average pooling."""

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


def global_avgpool(X: Array) -> Array:
    """Give the mean of each channel: X is (samples, channels, *sizes), the result (samples, channels).

    >>> global_avgpool(np.array([[[1.0, 2.0, 6.0]]]))
    array([[3.]])
    """
    Y: Array = X.mean(axis=tuple(range(2, X.ndim)))
    return Y


@dataclass(frozen=True)
class GlobalAvgpool(Layer):
    """Y = the mean of each channel, (samples, channels); with `keep_axes` the sizes stay as ones."""

    keep_axes: bool = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Samples and channels stay, the sizes go."""
        (X,) = inputs
        expect("X", X, "samples", "channels", "size", *("size",) * (len(X) - 3))
        return ((*X[:2], *(1,) * (len(X) - 2 if self.keep_axes else 0)),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every entry of a channel gets an equal share."""
        (X,) = inputs
        Y = global_avgpool(X)
        count = X[0, 0].size

        def backward(dY: Array) -> Gradients:
            shares = (dY / count).reshape(*X.shape[:2], *(1,) * (X.ndim - 2))
            return (np.broadcast_to(shares, X.shape),), {}

        return (Y.reshape(*Y.shape, *(1,) * (X.ndim - 2)) if self.keep_axes else Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Images and signals."""
        yield Specimen(cls(), {}, (draw(2, 3, 4, 2),))
        yield Specimen(cls(keep_axes=True), {}, (draw(2, 3, 5),))
