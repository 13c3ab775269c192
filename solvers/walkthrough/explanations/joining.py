"""Layers that join several values: sum, product, matrix product, one after the other."""

from collections.abc import Iterator

from solvers.walkthrough.showing import fits, grouped, product, show
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("add", "multiply", "matmul", "concat")
SIGNS = {"add": " + ", "multiply": r" \odot ", "matmul": r" \, ", "concat": r" \;\Vert\; "}
WORDS = {
    "add": "The inputs are added, as at the end of a residual connection.",
    "multiply": "The inputs are multiplied entry by entry.",
    "matmul": "The matrix product: rows of the first times columns of the second.",
    "concat": "The inputs stand one after the other.",
}


def forward(view: View) -> Iterator[Step]:
    """All inputs joined."""
    sign, inputs = SIGNS[view.layer.kind], view.record.inputs
    symbols = [view.symbols.value(source) for source in view.record.sources]
    numbers = sign.join(map(grouped, inputs)) if all(map(fits, inputs)) else ""
    yield view.output_step(
        WORDS[view.layer.kind],
        sign.join(symbols),
        numbers,
        {view.name_of(s): X for s, X in zip(view.record.sources, inputs, strict=True)},
    )


def backward(view: View) -> Iterator[Step]:
    """What each input gets."""
    for place, gradient in enumerate(view.record.grad_inputs):
        if gradient is not None:
            yield RULES[view.layer.kind](view, place)


def _added(view: View, place: int) -> Step:
    broadcast = view.record.inputs[place].shape != view.Y.shape
    reason = "A sum passes the upstream gradient on to every summand unchanged: the local derivative is 1." + (
        " Along axes on which the input was repeated the gradients add up." if broadcast else ""
    )
    return view.input_step(
        reason, rf"\sum {view.up}" if broadcast else view.up, "", {view.upstream_name: view.dY}, place
    )


def _multiplied(view: View, place: int) -> Step:
    if len(view.record.inputs) != 2:
        return view.input_step(
            "Upstream gradient times all the other factors.",
            rf"{view.up} \odot \text{{others}}",
            "",
            {view.upstream_name: view.dY},
            place,
        )
    other, symbol = view.record.inputs[1 - place], view.symbols.value(view.record.sources[1 - place])
    return view.input_step(
        "Of a product the local derivative is the other factor.",
        rf"{view.up} \odot {symbol}",
        product(view.dY, other),
        {view.upstream_name: view.dY},
        place,
    )


def _matrix_product(view: View, place: int) -> Step:
    A, B = view.record.inputs
    a, b = (view.symbols.value(source) for source in view.record.sources)
    if place == 0:
        rule, numbers = rf"{view.up} \, {b}^T", product(view.dY, B.swapaxes(-1, -2), sign="")
    else:
        rule, numbers = rf"{a}^T \, {view.up}", product(A.swapaxes(-1, -2), view.dY, sign="")
    return view.input_step(
        "As for the weights of an affine layer: the other factor, transposed, on the side where it stood.",
        rule,
        numbers if view.dY.ndim == 2 else "",
        {view.upstream_name: view.dY},
        place,
    )


def _joined(view: View, place: int) -> Step:
    return view.input_step(
        "Every input gets back its own part of the upstream gradient.",
        rf"{view.up}\big|_{{{place + 1}}}",
        show(view.dY) if fits(view.dY) else "",
        {view.upstream_name: view.dY},
        place,
    )


RULES = {"add": _added, "multiply": _multiplied, "matmul": _matrix_product, "concat": _joined}
