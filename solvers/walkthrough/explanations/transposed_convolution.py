"""Transposed convolutions: every input entry puts a weighted copy of the kernel into the output."""

from collections.abc import Iterator

from solvers import arrays
from solvers.walkthrough.showing import first, fits
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("convtranspose1d", "convtranspose2d")


def forward(view: View) -> Iterator[Step]:
    """The output's size, the first copy, and what all add up to."""
    frame = view.layer.window(view.param("W").shape[2:])
    axes = zip(
        view.X.shape[2:], frame.kernel, frame.stride, frame.padding, frame.dilation, view.Y.shape[2:], strict=True
    )
    for n, k, s, p, d, size in dict.fromkeys(axes):
        extra = size - ((n - 1) * s - sum(p) + d * (k - 1) + 1)
        yield Step(
            "The size: the last copy begins (n − 1) strides from the first; padding is cut off.",
            "(n - 1) s - p + d (k - 1) + 1" + (r" + \text{output padding}" if extra else ""),
            rf"({n} - 1) \cdot {s} - {sum(p)} + {d} \cdot ({k} - 1) + 1" + (f" + {extra}" if extra else ""),
            str(size),
        )
    entry, kernel = view.X.ravel()[0], view.param("W")[0, 0]
    if fits(kernel):
        yield Step(
            "The first input entry puts its multiple of the kernel into the output, beginning at the corner.",
            rf"{view.x}{first(view.X)} \cdot {view.symbol('W')}[0, 0]",
            rf"{arrays.signed(entry)} \cdot {arrays.show(kernel)}",
            arrays.show(entry * kernel),
        )
    bias = f" + {view.symbol('b')}" if view.has("b") else ""
    yield view.output_step(
        "So does every entry, one stride further each; where copies overlap they add up.",
        rf"\sum {view.x}[n, c, r, q] \cdot {view.symbol('W')}[c, o, i, j]{bias}",
        "",
        {view.input_name: view.X, view.plain("W"): view.param("W")},
    )


def backward(view: View) -> Iterator[Step]:
    """Gradients of the kernel, the bias, and the input."""
    yield view.param_step(
        "W",
        "Every weight was used once for every input entry: that entry times the upstream gradient where "
        "the product went, added up.",
        rf"\sum_{{n,r,q}} {view.x}[n, c, r, q] \cdot {view.up}[n, o, i + s r, j + s q]",
        "",
        {view.input_name: view.X, view.upstream_name: view.dY},
    )
    if view.has("b"):
        yield view.param_step(
            "b",
            "The bias of a channel was added at every place of every sample, so all upstream gradients of "
            "the channel add up.",
            rf"\sum_{{n,r,q}} {view.up}[n, o, r, q]",
            "",
            {view.upstream_name: view.dY},
        )
    if view.dX is not None:
        yield view.input_step(
            "An input entry spread over a window of the output, so it collects from that window through the same "
            "weights: an ordinary convolution of the upstream gradient.",
            rf"\sum_{{o,i,j}} {view.symbol('W')}[c, o, i, j] \cdot {view.up}[n, o, i + s r, j + s q]",
            "",
            {view.upstream_name: view.dY},
        )
