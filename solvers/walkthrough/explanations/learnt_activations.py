"""Activations with something to choose: the slope of a PReLU, the largest piece of a maxout."""

from collections.abc import Iterator

from solvers import arrays
from solvers.walkthrough.showing import fits
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("prelu", "maxout")
FEW = 6


def forward(view: View) -> Iterator[Step]:
    """Two pieces joined at 0, or the largest of several."""
    if view.layer.kind == "prelu":
        yield view.output_step(
            f"Positive values pass, the others are multiplied by the slope ${view.symbol('alpha')}$, which is learnt.",
            rf"\begin{{cases}} {view.x} & {view.x} > 0 \\ {view.symbol('alpha')} \, {view.x} & {view.x} \le 0 \end{{cases}}",
            "",
            {view.input_name: view.X, view.plain("alpha"): view.param("alpha")},
        )
    else:
        yield view.output_step(
            f"Of every {view.layer.pieces} neighbouring features the largest.",
            rf"\max_{{\text{{pieces}}}} {view.x}",
            "",
            {view.input_name: view.X},
        )


def backward(view: View) -> Iterator[Step]:
    """What acted on the output takes the gradient."""
    if view.layer.kind == "maxout":
        yield view.input_step(
            "Only the largest piece acted on the output: it takes the whole upstream gradient, the others get 0.",
            rf"{view.up} \cdot [\,{view.x} \text{{ is the largest piece}}\,]",
            "",
            {view.upstream_name: view.dY},
        )
        return
    negative = view.X <= 0
    numbers = ""
    if view.param("alpha").size == 1 and 0 < negative.sum() <= FEW and fits(view.X):
        numbers = arrays.dots(view.dY[negative], view.X[negative])
    yield view.param_step(
        "alpha",
        "Where the input was not positive the output is the slope times the input, so the local "
        "derivative is the input; elsewhere the slope plays no part. One slope serves many entries: they add up.",
        rf"\sum_{{{view.x} \le 0}} {view.up} \cdot {view.x}",
        numbers,
        {view.upstream_name: view.dY},
    )
    if view.dX is not None:
        yield view.input_step(
            "The upstream gradient passes where the input was positive and is multiplied by the slope elsewhere.",
            rf"{view.up} \odot \begin{{cases}} 1 & {view.x} > 0 \\ {view.symbol('alpha')} & {view.x} \le 0 "
            r"\end{cases}",
            "",
            {view.upstream_name: view.dY},
        )
