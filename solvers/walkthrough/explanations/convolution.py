"""Convolutions: a kernel that slides over the input, the same weights at every place."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from solvers import arrays
from solvers.engine.layer import FRESH, Array
from solvers.walkthrough.showing import first, fits
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("conv1d", "conv2d")
LONGEST_SUM = 18
SIZE = r"\left\lfloor \frac{n + p - d (k - 1) - 1}{s} \right\rfloor + 1"


def forward(view: View) -> Iterator[Step]:
    """The output's size, the first entry, and all of them."""
    yield from _sizes(view)
    window, kernel = first_window(view), view.param("W")[0]
    bias = rf" + {view.symbol('b')}" if view.has("b") else ""
    rule = rf"\sum_{{c,i,j}} {view.symbol('W')}[o, c, i, j] \cdot {view.x}[n, c, i + s r, j + s q]{bias}"
    if window.size <= LONGEST_SUM:
        numbers = arrays.dots(window.ravel(), kernel.ravel())
        numbers += f" + {arrays.signed(view.param('b')[0])}" if bias else ""
        yield Step(
            "The first entry: the window in the upper left corner and the kernel, multiplied entry by entry, "
            "all added up (the kernel is not flipped).",
            f"{view.y}{first(view.Y)}",
            numbers,
            arrays.show(view.Y.ravel()[0]),
        )
    yield view.output_step(
        "So with the window at every place, one stride apart, for every kernel.",
        rule,
        "",
        {view.input_name: view.X, view.plain("W"): view.param("W")},
    )


def backward(view: View) -> Iterator[Step]:
    """Gradients of the kernel, the bias, and the input."""
    yield from _kernel(view)
    if view.has("b"):
        yield view.param_step(
            "b",
            "The bias of a channel was added at every place of every sample, so all upstream "
            "gradients of the channel add up.",
            rf"\sum_{{n,r,q}} {view.up}[n, o, r, q]",
            "",
            {view.upstream_name: view.dY},
        )
    if view.dX is not None:
        yield view.input_step(
            "An input entry lay under several windows; from each, its gradient comes back through the weight it met there. "
            "That is a convolution of the (padded, and for a stride spread out) upstream gradient with the kernel turned "
            "by 180°.",
            rf"\sum_{{o,i,j}} {view.symbol('W')}[o, c, i, j] \cdot {view.up}[n, o, r', q'] \;\text{{where}}\; "
            r"(r, q) = (i + s r', j + s q')",
            "",
            {view.upstream_name: view.dY},
        )


def _sizes(view: View) -> Iterator[Step]:
    """Work the output's size out, once for every axis that differs."""
    frame = view.layer.window(view.param("W").shape[2:])
    sizes = zip(
        view.X.shape[2:], frame.kernel, frame.stride, frame.padding, frame.dilation, view.Y.shape[2:], strict=True
    )
    for n, k, s, p, d, size in dict.fromkeys(sizes):
        numbers = rf"\left\lfloor \frac{{{n} + {sum(p)} - {d} \cdot ({k} - 1) - 1}}{{{s}}} \right\rfloor + 1"
        yield Step(
            f"How many places the window has: {n} entries with {sum(p)} of padding in all, kernel {k}, stride {s}, "
            f"dilation {d}.",
            SIZE,
            numbers,
            str(size),
        )


def first_window(view: View) -> Array:
    """Give what lies under the window at its first place, for the first group of channels."""
    frame, channels = view.layer.window(view.param("W").shape[2:]), view.param("W").shape[1]
    spans = tuple(slice(0, extent, d) for extent, d in zip(frame.extent, frame.dilation, strict=True))
    window: Array = frame.pad(view.X, FRESH)[(0, slice(0, channels), *spans)]
    return window


def _kernel(view: View) -> Iterator[Step]:
    met, up = met_by_first_weight(view), view.dY[:, 0]
    reason = (
        "Every weight is used at every place of the window, each time with another input entry: what it met times the "
        "upstream gradient there, added up over all places and samples."
    )
    if met.size <= LONGEST_SUM and fits(up):
        yield Step(
            "For the first weight of the first kernel:",
            f"{partial(view.symbol('W'))}{first(view.param('W'))}",
            arrays.dots(met.ravel(), up.ravel()),
            arrays.show(view.grad("W").ravel()[0]),
        )
    yield view.param_step(
        "W",
        reason,
        rf"\sum_{{n,r,q}} {view.x}[n, c, i + s r, j + s q] \cdot {view.up}[n, o, r, q]",
        "",
        {view.input_name: view.X, view.upstream_name: view.dY},
    )


def met_by_first_weight(view: View) -> Array:
    """Give the input entries that the kernel's first weight meets, place by place, for all samples."""
    frame = view.layer.window(view.param("W").shape[2:])
    _, slices = next(frame.offsets(view.Y.shape[2:]))
    padded: Any = frame.pad(view.X, FRESH)[slices]
    return np.asarray(padded[:, 0])
