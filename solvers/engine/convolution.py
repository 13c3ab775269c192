"""Convolution and its transpose over one or two axes: windows unfolded into columns, then a matrix product."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Gradients,
    Layer,
    Params,
    Shape,
    ShapeError,
    Space,
    Weight,
    expect,
)
from solvers.engine.windows import PerAxis, Window, per_axis, window


def _check_channels(what: str, channels: int, groups: int) -> None:
    if channels % groups:
        raise ShapeError(what, f"a multiple of groups={groups} as first size", (channels,))


@dataclass(frozen=True)
class Convolution(Layer):
    """Y[o] = b[o] + Σ over channels c and places of W[o, c] · X[c] under the window (the kernel is not flipped).

    X is (samples, in, *sizes), W is (out, in/groups, *kernel) and b is (out,). With groups = in the convolution is
    depth-wise; with a kernel of ones it is point-wise. Output sizes are rounded down.
    """

    parameters = ("W", "b")
    optional = ("b",)
    sizes = ("in", "out", "kernel")
    reads_output = False
    axes: ClassVar[int]

    stride: PerAxis = 1
    padding: PerAxis | str = 0
    dilation: PerAxis = 1
    groups: int = 1

    def __post_init__(self) -> None:
        self.window((1,) * self.axes)
        per_axis("groups", self.groups, 1, 1)

    def window(self, kernel: Shape) -> Window:
        """Give the window for a kernel."""
        return window(kernel, self.stride, self.padding, self.dilation, axes=self.axes)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Sizes shrink as the window needs; channels become `out`."""
        (X,), W = inputs, params["W"]
        expect("W", W, "out", "in/groups", *("kernel",) * self.axes)
        expect("X", X, "samples", W[1] * self.groups, *("size",) * self.axes)
        _check_channels("W", W[0], self.groups)
        if "b" in params:
            expect("b", params["b"], W[0])
        return ((X[0], W[0], *self.window(W[2:]).outputs(X[2:])),)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """W from the initialiser (the fans count the kernel's places), b zero."""
        kernel = per_axis("kernel", sizes["kernel"], self.axes, 1)
        _check_channels("in", sizes["in"], self.groups)
        shape = (sizes["out"], sizes["in"] // self.groups, *kernel)
        fan_in, fan_out = prod(shape[1:]), sizes["out"] // self.groups * prod(kernel)
        return {"W": weight(shape, fan_in, fan_out), "b": np.zeros(sizes["out"])}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dW = dY · columnsᵀ, db sums dY, and dX folds Wᵀ dY back."""
        (X,), W, b, groups = inputs, params["W"], params.get("b"), self.groups
        frame, samples, channels = self.window(W.shape[2:]), len(X), len(W)
        outputs = frame.outputs(X.shape[2:])
        columns = frame.unfold(X, space).reshape(samples, groups, -1, prod(outputs))
        kernels = W.reshape(groups, channels // groups, -1)
        Y = space("Y", (samples, groups, channels // groups, prod(outputs)), X.dtype)
        np.matmul(kernels, columns, out=Y)
        if b is not None:
            Y += b.reshape(groups, -1, 1)

        def backward(dY: Array) -> Gradients:
            upstream = dY.reshape(Y.shape)
            each = space("dW of each", (samples, *kernels.shape), X.dtype)
            np.matmul(upstream, columns.swapaxes(-1, -2), out=each)
            grads = {"W": space.like("dW", W)}
            np.add.reduce(each, axis=0, out=grads["W"].reshape(kernels.shape))
            if b is not None:
                grads["b"] = upstream.sum(axis=(0, -1)).reshape(b.shape)
            return (None if space.skip_inputs else downstream(upstream),), grads

        def downstream(upstream: Array) -> Array:
            dcolumns = np.matmul(kernels.swapaxes(-1, -2), upstream, out=space.like("dcolumns", columns))
            return frame.fold(dcolumns.reshape(*X.shape[:2], -1, prod(outputs)), X.shape[2:], space)

        return (Y.reshape(samples, channels, *outputs),), backward


@dataclass(frozen=True)
class TransposedConvolution(Layer):
    """The adjoint of a convolution: every entry of X puts a weighted kernel into Y, and what overlaps adds up.

    X is (samples, in, *sizes), W is (in, out/groups, *kernel), b is (out,). Each size becomes
    (n - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1.
    """

    parameters = ("W", "b")
    optional = ("b",)
    sizes = ("in", "out", "kernel")
    axes: ClassVar[int]

    stride: PerAxis = 1
    padding: PerAxis = 0
    output_padding: PerAxis = 0
    dilation: PerAxis = 1
    groups: int = 1

    def __post_init__(self) -> None:
        self.window((1,) * self.axes)
        per_axis("groups", self.groups, 1, 1)
        strides, extra = (per_axis("", v, self.axes, 0) for v in (self.stride, self.output_padding))
        if any(more >= stride for more, stride in zip(extra, strides, strict=True)):
            raise ValueError(
                f"output_padding must be smaller than stride {self.stride}, got {self.output_padding}"
            )

    def window(self, kernel: Shape) -> Window:
        """Give the window of the convolution of which this is the adjoint."""
        per_axis("padding", self.padding, self.axes, 0)
        return window(kernel, self.stride, self.padding, self.dilation, axes=self.axes)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Sizes grow with the stride; channels become `out`."""
        (X,), W = inputs, params["W"]
        expect("W", W, "in", "out/groups", *("kernel",) * self.axes)
        expect("X", X, "samples", W[0], *("size",) * self.axes)
        _check_channels("W", W[0], self.groups)
        if "b" in params:
            expect("b", params["b"], W[1] * self.groups)
        return ((X[0], W[1] * self.groups, *self._grown(X[2:], W[2:])),)

    def _grown(self, sizes: Shape, kernel: Shape) -> Shape:
        frame = self.window(kernel)
        extra = per_axis("output_padding", self.output_padding, self.axes, 0)
        parts = zip(sizes, frame.stride, frame.padding, frame.extent, extra, strict=True)
        grown = tuple((n - 1) * s - sum(p) + e + more for n, s, p, e, more in parts)
        if min(grown) < 1:
            raise ShapeError("output", "with positive sizes (less padding, or a larger input)", grown)
        return grown

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """W from the initialiser (the fans count the kernel's places), b zero."""
        kernel = per_axis("kernel", sizes["kernel"], self.axes, 1)
        _check_channels("out", sizes["out"], self.groups)
        shape = (sizes["in"], sizes["out"] // self.groups, *kernel)
        fan_in, fan_out = sizes["in"] // self.groups * prod(kernel), prod(shape[1:])
        return {"W": weight(shape, fan_in, fan_out), "b": np.zeros(sizes["out"])}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: unfold dY into columns; dX = W · columns and dW = X · columnsᵀ."""
        (X,), W, b, groups = inputs, params["W"], params.get("b"), self.groups
        frame, grown, (samples, channels) = (
            self.window(W.shape[2:]),
            self._grown(X.shape[2:], W.shape[2:]),
            X.shape[:2],
        )
        places, kernels = prod(X.shape[2:]), W.reshape(groups, channels // groups, -1)
        entries = X.reshape(samples, groups, channels // groups, places)
        columns = space("columns", (samples, groups, kernels.shape[-1], places), X.dtype)
        np.matmul(kernels.swapaxes(-1, -2), entries, out=columns)
        Y = frame.fold(columns.reshape(samples, W.shape[1] * groups, -1, places), grown, space)
        if b is not None:
            Y += b.reshape(-1, *(1,) * self.axes)

        def backward(dY: Array) -> Gradients:
            dcolumns = frame.unfold(dY, space.inner("backward")).reshape(columns.shape)
            dX = np.matmul(kernels, dcolumns, out=space.like("dX", entries)).reshape(X.shape)
            grads = {"W": space.like("dW", W)}
            each = np.matmul(entries, dcolumns.swapaxes(-1, -2))
            np.add.reduce(each, axis=0, out=grads["W"].reshape(kernels.shape))
            if b is not None:
                grads["b"] = dY.sum(axis=(0, *range(2, 2 + self.axes)))
            return (dX,), grads

        return (Y,), backward
