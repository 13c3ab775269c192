"""Convolution of signals (one-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.convolution import Convolution
from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.windows import PerAxis


def conv1d(
    X: Array,
    W: Array,
    b: Array | None = None,
    stride: PerAxis = 1,
    padding: PerAxis | str = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Give the convolution of X (samples, in, length) with W (out, in/groups, kernel).

    >>> import numpy as np
    >>> conv1d(np.array([[[1.0, 2.0, 4.0]]]), np.array([[[-1.0, 1.0]]]))
    array([[[1., 2.]]])
    """
    params = {"W": W} if b is None else {"W": W, "b": b}
    ((Y,), _) = Conv1d(stride, padding, dilation, groups)(params, X)
    return Y


@dataclass(frozen=True)
class Conv1d(Convolution):
    """Convolution along one axis; see `Convolution`."""

    axes = 1

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Plain, strided and padded, dilated, grouped, without bias."""
        X, b = draw(2, 4, 7), draw(4)
        yield Specimen(cls(), {"W": draw(4, 4, 3), "b": b}, (X,))
        yield Specimen(cls(stride=2, padding=1), {"W": draw(4, 4, 3), "b": b}, (X,))
        yield Specimen(cls(dilation=2), {"W": draw(4, 4, 3), "b": b}, (X,))
        yield Specimen(cls(groups=2, padding="same"), {"W": draw(6, 2, 2)}, (X,))
