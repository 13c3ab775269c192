"""Transposed convolution of signals (one-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.convolution import TransposedConvolution
from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.windows import PerAxis


def convtranspose1d(
    X: Array,
    W: Array,
    b: Array | None = None,
    stride: PerAxis = 1,
    padding: PerAxis = 0,
    output_padding: PerAxis = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Give the transposed convolution of X (samples, in, length) with W (in, out/groups, kernel).

    >>> import numpy as np
    >>> convtranspose1d(np.array([[[1.0, 2.0]]]), np.array([[[1.0, 10.0]]]))
    array([[[ 1., 12., 20.]]])
    """
    params = {"W": W} if b is None else {"W": W, "b": b}
    ((Y,), _) = Convtranspose1d(stride, padding, output_padding, dilation, groups)(params, X)
    return Y


@dataclass(frozen=True)
class Convtranspose1d(TransposedConvolution):
    """Transposed convolution along one axis; see `TransposedConvolution`."""

    axes = 1

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Plain, strided and padded, with output padding, dilated, grouped."""
        X = draw(2, 4, 5)
        yield Specimen(cls(), {"W": draw(4, 3, 2), "b": draw(3)}, (X,))
        yield Specimen(cls(stride=2, padding=1, output_padding=1), {"W": draw(4, 3, 3), "b": draw(3)}, (X,))
        yield Specimen(cls(groups=2, dilation=2), {"W": draw(4, 3, 2)}, (X,))
