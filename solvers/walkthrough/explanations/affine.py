"""Affine layers: Y = X W + b."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.showing import fits, product, rows, show
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("affine",)


def forward(view: View) -> Iterator[Step]:
    """The weighted sums."""
    X, W, symbol = view.X, view.param("W"), view.symbol("W")
    rule, numbers = rf"{view.x} \, {symbol}", product(X, W, sign="")
    reason, shapes = (
        "Every output adds up the inputs, each times its weight",
        {view.input_name: X, view.plain("W"): W},
    )
    if view.has("b"):
        b = view.param("b")
        rule, reason, shapes = (
            f"{rule} + {view.symbol('b')}",
            f"{reason}, and its bias",
            {**shapes, view.plain("b"): b},
        )
        numbers = f"{numbers} + {show(b)}" if numbers else ""
    yield view.output_step(f"{reason}: a column of ${symbol}$ for each.", rule, numbers, shapes)


def backward(view: View) -> Iterator[Step]:
    """Gradients of the weights, of the bias, and of the input."""
    yield _weights(view)
    if view.has("b"):
        yield _bias(view)
    if view.dX is None:
        return
    dY, W, symbol = rows(view.dY), view.param("W"), view.symbol("W")
    yield view.input_step(
        "Each input reached every output through its own weight, so its gradient comes back through the same "
        f"weights: a row of ${symbol}$, now a column of the transpose.",
        rf"{view.up} \, {symbol}^T",
        product(dY, W.T, sign=""),
        {view.upstream_name: view.dY, f"{view.plain('W')}ᵀ": W.T},
    )


def _weights(view: View) -> Step:
    X, dY = rows(view.X), rows(view.dY)
    samples = "" if len(X) == 1 else ", added up over the rows"
    return view.param_step(
        "W",
        "Each weight multiplied an input, so its local derivative is that input: what entered times the upstream "
        f"gradient of what came out{samples}. With the transpose, input $i$ and output $j$ meet at the place of "
        "$W_{ij}$.",
        rf"{view.x}^T \, {view.up}{_flat(view)}",
        product(X.T, dY, sign=""),
        {f"{view.input_name}ᵀ": X.T, view.upstream_name: dY},
    )


def _bias(view: View) -> Step:
    dY, why = rows(view.dY), "The bias was added with factor 1, so it takes the upstream gradient as it is"
    if len(dY) == 1:
        return view.param_step("b", f"{why}.", view.up)
    reason = f"{why}; it was added to every row, so the rows add up (a sum over axis 0)."
    numbers = product(np.ones((1, len(dY))), dY, sign="") if fits(dY) else ""
    return view.param_step(
        "b", reason, rf"\mathbf{{1}}^T \, {view.up}{_flat(view)}", numbers, {view.upstream_name: dY}
    )


def _flat(view: View) -> str:
    return r" \quad \text{(all rows one below the other)}" if view.X.ndim > 2 else ""
