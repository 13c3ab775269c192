"""Transposed convolution of images (two-dimensional)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.convolution import TransposedConvolution
from solvers.engine.layer import Array, Draw, Specimen
from solvers.engine.windows import PerAxis


def convtranspose2d(
    X: Array,
    W: Array,
    b: Array | None = None,
    stride: PerAxis = 1,
    padding: PerAxis = 0,
    output_padding: PerAxis = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Give the transposed convolution of X (samples, in, h, w) with W (in, out/groups, kh, kw).

    >>> import numpy as np
    >>> convtranspose2d(np.array([[[[1.0, 2.0]]]]), np.array([[[[1.0, 10.0], [0.0, 1.0]]]]))
    array([[[[ 1., 12., 20.],
             [ 0.,  1.,  2.]]]])
    """
    params = {"W": W} if b is None else {"W": W, "b": b}
    ((Y,), _) = Convtranspose2d(stride, padding, output_padding, dilation, groups)(params, X)
    return Y


@dataclass(frozen=True)
class Convtranspose2d(TransposedConvolution):
    """Transposed convolution along height and width; see `TransposedConvolution`."""

    axes = 2

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Plain, strided and padded, with output padding, dilated, grouped."""
        X = draw(2, 4, 3, 4)
        yield Specimen(cls(), {"W": draw(4, 3, 2, 3), "b": draw(3)}, (X,))
        yield Specimen(
            cls(stride=2, padding=1, output_padding=(1, 0)), {"W": draw(4, 3, 3, 3), "b": draw(3)}, (X,)
        )
        yield Specimen(cls(groups=2, dilation=(1, 2)), {"W": draw(4, 3, 2, 2)}, (X,))
