"""Pooling: one number for each window, or for each whole channel."""

from collections.abc import Iterator

from solvers import arrays
from solvers.engine.layer import FRESH
from solvers.walkthrough.showing import first
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = (
    "maxpool1d",
    "maxpool2d",
    "avgpool1d",
    "avgpool2d",
    "global-avgpool",
    "global-maxpool",
    "adaptive-avgpool2d",
    "adaptive-maxpool2d",
)
LARGEST_WINDOW = 16


def forward(view: View) -> Iterator[Step]:
    """The first window, then all."""
    window = _first_window(view)
    largest = _is_max(view)
    if window is not None and 1 < len(window) <= LARGEST_WINDOW:
        if largest:
            numbers = rf"\max({', '.join(map(arrays.show, window))})"
        else:
            numbers = rf"\frac{{{arrays.total(window)}}}{{{len(window)}}}"
        yield Step(
            "The first window:",
            f"{view.y}{first(view.Y)}",
            numbers,
            arrays.show(view.Y.ravel()[0]),
        )
    what = "the largest entry" if largest else "the mean of the entries"
    where = f"each {_whole(view)}" if window is None else "each window"
    yield view.output_step(
        f"In every channel, {what} of {where}; there is nothing to learn.",
        rf"\text{{{'max' if largest else 'mean'}}}_{{\text{{window}}}}\; {view.x}",
        "",
        {view.input_name: view.X},
    )


def backward(view: View) -> Iterator[Step]:
    """Only the largest entries acted on the output; or all did, equally."""
    if view.dX is None:
        return
    if _is_max(view):
        reason = (
            "Only the largest entry of a window acted on the output: it takes the whole upstream gradient, the others get 0. "
            "Of equal ones the first counts; an entry that won in several windows adds up their gradients."
        )
        rule = rf"\sum_{{\text{{windows}}}} {view.up} \cdot [\,{view.x} \text{{ is the first largest}}\,]"
    else:
        reason = (
            "Every entry of a window acted on the mean with the factor one over their number, so each gets that share of the "
            "upstream gradient."
        )
        rule = rf"\sum_{{\text{{windows}}}} \frac{{1}}{{\text{{entries}}}} {view.up}"
    yield view.input_step(reason, rule, "", {view.upstream_name: view.dY})


def _is_max(view: View) -> bool:
    return "max" in view.layer.kind


def _whole(view: View) -> str:
    return "cell" if view.layer.kind.startswith("adaptive") else "whole channel"


def _first_window(view: View) -> list[float] | None:
    """Give the entries under the first window, without padding; None for pooling without a sliding window."""
    if not hasattr(view.layer, "window"):
        return None
    frame = view.layer.window(view.X.shape[2:])
    if any(any(sides) for sides in frame.padding):
        return []
    spans = tuple(slice(0, extent, d) for extent, d in zip(frame.extent, frame.dilation, strict=True))
    return [float(entry) for entry in frame.pad(view.X, FRESH)[(0, 0, *spans)].ravel()]
