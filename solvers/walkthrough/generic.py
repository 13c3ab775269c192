"""Any layer in general terms: what it computes, as its own description says, and the chain rule."""

import re
from collections.abc import Iterator

from solvers.walkthrough.showing import show
from solvers.walkthrough.view import View, partial, shapes_of
from solvers.worked import Step


def forward(view: View) -> Iterator[Step]:
    """Say in words what the layer does, and give its output."""
    sources = ", ".join(view.symbols.value(source) for source in view.record.sources)
    inputs = {
        view.name_of(source): array for source, array in zip(view.record.sources, view.record.inputs, strict=True)
    }
    yield view.output_step(described(view), rf"\text{{{view.layer.kind}}}({sources})", "", inputs)
    for number, output in enumerate(view.record.outputs[1:], 1):
        yield Step("A further output.", f"{view.y}^{{({number})}}", "", show(output))


def backward(view: View) -> Iterator[Step]:
    """Upstream gradient times local derivative, with no rule of the layer's own."""
    for name in view.record.grads or {}:
        local = partial(view.symbol(name), view.y)
        yield view.param_step(
            name,
            f"Chain rule: the upstream gradient times how the output changes with ${view.symbol(name)}$, added up "
            "over all outputs.",
            rf"\sum {view.up} {local}",
        )
    for place, (source, gradient) in enumerate(zip(view.record.sources, view.record.grad_inputs, strict=True)):
        if gradient is None:
            yield Step(
                "The input is a number to look up or a mask: it has no gradient.",
                "",
                "",
                "",
                "",
                shapes_of({view.name_of(source): view.record.inputs[place]}),
            )
        else:
            symbol = view.symbols.value(source)
            yield view.input_step(
                f"Chain rule: the upstream gradient times how the output changes with ${symbol}$, added up over all outputs.",
                rf"\sum {view.up} {partial(symbol, view.y)}",
                place=place,
            )


def described(view: View) -> str:
    """Give the first sentences of the layer's description, without the symbols of its own."""
    text = " ".join((type(view.layer).__doc__ or "").split("\n\n")[0].split())
    return re.sub(r"`([^`]*)`", r"\1", text).rstrip(".") + "."
