"""Dropout: some entries are left out."""

from collections.abc import Iterator

from solvers.walkthrough.showing import product, show
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("dropout",)


def forward(view: View) -> Iterator[Step]:
    """The factor of every entry, then the product."""
    layer, factor = view.layer, view.layer.factor(view.record.params, view.X)
    kept, dropped = f"{layer.kept:g}", f"{1 - layer.kept:g}"
    if layer.training:
        rule = rf"\frac{{M}}{{{kept}}}" if layer.inverted else "M"
        scaled = (
            f"dividing by p_keep = {kept} keeps the expected value"
            if layer.inverted
            else (f"classic dropout does not scale now but multiplies by {kept} at test time")
        )
        given = "as given" if view.has("mask") else f"drawn from seed {layer.seed}"
        yield Step(
            f"The mask {given} is 1 where a unit is kept (with probability {kept}) and 0 where it is dropped ({dropped}); "
            f"{scaled}.",
            f"F = {rule}",
            "",
            show(factor),
        )
    else:
        yield Step(
            "At test time nothing is dropped"
            + (
                "; inverted dropout has scaled in training, so nothing is done."
                if layer.inverted
                else f"; classic dropout multiplies by p_keep = {kept}."
            ),
            "F",
            "",
            show(factor),
        )
    yield view.output_step(
        "Every entry times its factor.", rf"{view.x} \odot F", product(view.X, factor), {view.input_name: view.X}
    )


def backward(view: View) -> Iterator[Step]:
    """The same factor."""
    if view.dX is not None:
        factor = view.layer.factor(view.record.params, view.X)
        yield view.input_step(
            "The output was the input times the factor, so the gradient is multiplied by the same factor: what "
            "was dropped gets none, what was kept is scaled as well.",
            rf"{view.up} \odot F",
            product(view.dY, factor),
            {view.upstream_name: view.dY},
        )
