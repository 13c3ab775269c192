"""Layers that only move entries: flatten, reshape, permute, the last step, up-sampling."""

from collections.abc import Iterator

from solvers.walkthrough.view import View
from solvers.worked import Step

WORDS = {
    "flatten": (
        "All entries of a sample in one row, in reading order; no number changes.",
        "No number changed, so the gradient only takes the old shape again.",
    ),
    "reshape": (
        "The entries of a sample in another shape, in reading order; no number changes.",
        "No number changed, so the gradient only takes the old shape again.",
    ),
    "permute": ("The axes change places; no number changes.", "The axes change places back."),
    "last-step": (
        "Of the sequence only the last step is passed on.",
        "Only the last step acted on the output: it takes the upstream gradient, all earlier steps get 0.",
    ),
    "upsample": (
        "Every entry spreads over several places of the output.",
        "Every entry takes back the gradients of all places it went to, with the same weights.",
    ),
}
KINDS = tuple(WORDS)


def forward(view: View) -> Iterator[Step]:
    """The same entries elsewhere."""
    yield view.output_step(
        WORDS[view.layer.kind][0], rf"\text{{{view.layer.kind}}}({view.x})", "", {view.input_name: view.X}
    )


def backward(view: View) -> Iterator[Step]:
    """The gradients go the same way back."""
    if view.dX is not None:
        yield view.input_step(
            WORDS[view.layer.kind][1],
            rf"\text{{{view.layer.kind}}}^{{-1}}\left( {view.up} \right)",
            "",
            {view.upstream_name: view.dY},
        )
