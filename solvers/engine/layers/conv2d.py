"""Convolution of images (two-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.convolution import Convolution
from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.windows import PerAxis


def conv2d(
    X: Array,
    W: Array,
    b: Array | None = None,
    stride: PerAxis = 1,
    padding: PerAxis | str = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Give the convolution of X (samples, in, h, w) with W (out, in/groups, kh, kw).

    >>> import numpy as np
    >>> conv2d(np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2)))
    array([[[[ 8., 12.],
             [20., 24.]]]])
    """
    params = {"W": W} if b is None else {"W": W, "b": b}
    ((Y,), _) = Conv2d(stride, padding, dilation, groups)(params, X)
    return Y


@dataclass(frozen=True)
class Conv2d(Convolution):
    """Convolution along height and width; see `Convolution`."""

    axes = 2

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Plain, strided and padded, dilated, grouped, depth-wise, point-wise, without bias."""
        X, b = draw(2, 4, 6, 5), draw(4)
        yield Specimen(cls(), {"W": draw(4, 4, 3, 2), "b": b}, (X,))
        yield Specimen(cls(stride=(2, 1), padding=(1, 2)), {"W": draw(4, 4, 3, 3), "b": b}, (X,))
        yield Specimen(cls(dilation=(2, 1), padding=1), {"W": draw(4, 4, 3, 3), "b": b}, (X,))
        yield Specimen(cls(groups=2, padding="same"), {"W": draw(6, 2, 2, 3), "b": draw(6)}, (X,))
        yield Specimen(cls(groups=4, stride=2), {"W": draw(4, 1, 3, 3), "b": b}, (X,))
        yield Specimen(cls(), {"W": draw(3, 4, 1, 1), "b": draw(3)}, (X,))
        yield Specimen(cls(stride=2), {"W": draw(3, 4, 1, 1)}, (X,))
