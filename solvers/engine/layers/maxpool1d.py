"""Maximum pooling of signals (one-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.pooling import MaxPooling
from solvers.engine.windows import PerAxis


def maxpool1d(
    X: Array,
    kernel: PerAxis = 2,
    stride: PerAxis | None = None,
    padding: PerAxis = 0,
    ceil_mode: bool = False,
    dilation: PerAxis = 1,
) -> Array:
    """Give the largest entry under each window of X (samples, channels, length).

    >>> import numpy as np
    >>> maxpool1d(np.array([[[1.0, 3.0, 2.0, 0.0]]]))
    array([[[3., 2.]]])
    """
    ((Y,), _) = Maxpool1d(kernel, stride, padding, ceil_mode, dilation)({}, X)
    return Y


@dataclass(frozen=True)
class Maxpool1d(MaxPooling):
    """Maximum pooling along one axis; see `MaxPooling`."""

    axes = 1

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Side by side, overlapping with padding, rounded up, and dilated."""
        X = draw(2, 3, 7)
        yield Specimen(cls(), {}, (X,))
        yield Specimen(cls(3, stride=1, padding=1), {}, (X,))
        yield Specimen(cls(2, ceil_mode=True), {}, (X,))
        yield Specimen(cls(2, stride=2, dilation=2), {}, (X,))
