"""Maximum and average pooling over one or two axes, window by window."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

import numpy as np

from solvers.engine.layer import FRESH, Array, Backward, Gradients, Layer, Params, Shape, Space, expect
from solvers.engine.windows import PerAxis, Window, per_axis, window


@dataclass(frozen=True)
class Pooling(Layer):
    """What both kinds of pooling share: the window over each channel of X (samples, channels, *sizes).

    The stride is the kernel unless given. With `ceil_mode` output sizes are rounded up.
    """

    axes: ClassVar[int]

    kernel: PerAxis = 2
    stride: PerAxis | None = None
    padding: PerAxis = 0
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        kernel, padding = (
            per_axis("kernel", self.kernel, self.axes, 1),
            per_axis("padding", self.padding, self.axes, 0),
        )
        if any(2 * p > k for p, k in zip(padding, kernel, strict=True)):
            raise ValueError(f"padding may be at most half of the kernel {self.kernel}, got {self.padding}")
        self.window((1024,) * self.axes)

    def window(self, sizes: Shape) -> Window:
        """Give the window for an input of these sizes."""
        stride = self.kernel if self.stride is None else self.stride
        frame = window(self.kernel, stride, self.padding, self.dilations, axes=self.axes)
        return frame.reaching(sizes) if self.ceil_mode else frame

    @property
    def dilations(self) -> PerAxis:
        """Give the spacing of the window's places; only maximum pooling can be dilated."""
        return 1

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Sizes shrink as the window needs; channels stay."""
        (X,) = inputs
        expect("X", X, "samples", "channels", *("size",) * self.axes)
        return ((*X[:2], *self.window(X[2:]).outputs(X[2:])),)


@dataclass(frozen=True)
class MaxPooling(Pooling):
    """Y = the largest entry under the window; of equal ones the first, row by row, gets the gradient."""

    dilation: PerAxis = 1

    @property
    def dilations(self) -> PerAxis:
        """Give the spacing of the window's places."""
        return self.dilation

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient goes to the first place that holds the maximum."""
        (X,) = inputs
        frame = self.window(X.shape[2:])
        outputs = frame.outputs(X.shape[2:])
        padded = frame.pad(X, space, -np.inf)
        first, *others = (slices for _, slices in frame.offsets(outputs))
        Y = space("Y", (*X.shape[:2], *outputs), X.dtype)
        np.copyto(Y, padded[first])
        for slices in others:
            np.maximum(Y, padded[slices], out=Y)

        def backward(dY: Array) -> Gradients:
            total, free = space.zeros("dX", padded.shape, X.dtype), space("free", Y.shape, bool)
            hit, share = space("hit", Y.shape, bool), space.like("share", Y)
            free.fill(True)
            for slices in (first, *others):
                np.logical_and(np.equal(padded[slices], Y, out=hit), free, out=hit)
                np.logical_xor(free, hit, out=free)
                total[slices] += np.multiply(dY, hit, out=share)
            return (total[frame.inside(X.shape[2:])],), {}

        return (Y,), backward


@dataclass(frozen=True)
class AveragePooling(Pooling):
    """Y = the mean of the entries under the window; zeros of the padding count unless `count_padding` is false."""

    count_padding: bool = True

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every entry under the window gets an equal share."""
        (X,) = inputs
        frame = self.window(X.shape[2:])
        outputs = frame.outputs(X.shape[2:])
        padded, counts = frame.pad(X, space), self._counts(frame, X.shape[2:]).astype(X.dtype)
        Y = space.zeros("Y", (*X.shape[:2], *outputs), X.dtype)
        for _, slices in frame.offsets(outputs):
            Y += padded[slices]
        Y /= counts

        def backward(dY: Array) -> Gradients:
            total, share = (
                space.zeros("dX", padded.shape, X.dtype),
                np.divide(dY, counts, out=space.like("share", Y)),
            )
            for _, slices in frame.offsets(outputs):
                total[slices] += share
            return (total[frame.inside(X.shape[2:])],), {}

        return (Y,), backward

    def _counts(self, frame: Window, sizes: Shape) -> Array:
        """Give the number of counted entries under each position, the product of those along each axis."""
        margins = per_axis("padding", self.padding, self.axes, 0) if self.count_padding else (0,) * self.axes
        steps = zip(frame.outputs(sizes), frame.stride, frame.kernel, frame.padding, margins, sizes, strict=True)
        along = [_overlaps(n, s, k, before, m, size) for n, s, k, (before, _), m, size in steps]
        return reduce(np.multiply.outer, along)


def _overlaps(positions: int, stride: int, kernel: int, before: int, margin: int, size: int) -> Array:
    """Give how many places of the window lie within `margin` of the input, for each position along one axis."""
    starts = np.arange(positions) * stride - before
    overlaps: Array = np.minimum(starts + kernel, size + margin) - np.maximum(starts, -margin)
    return overlaps
