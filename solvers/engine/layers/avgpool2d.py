"""Average pooling of images (two-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.pooling import AveragePooling
from solvers.engine.windows import PerAxis


def avgpool2d(
    X: Array,
    kernel: PerAxis = 2,
    stride: PerAxis | None = None,
    padding: PerAxis = 0,
    ceil_mode: bool = False,
    count_padding: bool = True,
) -> Array:
    """Give the mean under each window of X (samples, channels, h, w).

    >>> import numpy as np
    >>> avgpool2d(np.array([[[[1.0, 3.0], [2.0, 0.0]]]]))
    array([[[[1.5]]]])
    """
    ((Y,), _) = Avgpool2d(kernel, stride, padding, ceil_mode, count_padding)({}, X)
    return Y


@dataclass(frozen=True)
class Avgpool2d(AveragePooling):
    """Average pooling along height and width; see `AveragePooling`."""

    axes = 2

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Side by side, overlapping with padding, rounded up, and without counting the padding."""
        X = draw(2, 3, 6, 5)
        yield Specimen(cls(), {}, (X,))
        yield Specimen(cls((3, 2), stride=1, padding=(1, 0)), {}, (X,))
        yield Specimen(cls(2, ceil_mode=True), {}, (X,))
        yield Specimen(cls(3, stride=2, padding=1, ceil_mode=True, count_padding=False), {}, (X,))
