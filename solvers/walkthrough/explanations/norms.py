"""Normalisation: subtract a mean, divide by a standard deviation, scale and shift as learnt."""

from collections.abc import Iterator

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.showing import show
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("batchnorm", "layernorm", "instancenorm", "groupnorm", "rmsnorm")
OVER = {
    "batchnorm": "Over the batch (and all places of a channel), for every feature by itself",
    "layernorm": "Over the features of every sample (or token) by itself",
    "instancenorm": "Over the places of every channel of every sample",
    "groupnorm": "Over the channels of a group and all their places, for every sample",
    "rmsnorm": "Over the features of every token by itself",
}


def forward(view: View) -> Iterator[Step]:
    """Statistics, normalised values, scale and shift."""
    if view.layer.kind == "batchnorm" and not view.layer.training:
        yield from _running(view)
    elif view.layer.kind == "rmsnorm":
        yield from _root_mean_square(view)
    else:
        yield from _statistics(view)
    rule, reason = r"\hat{X}", "There is no scale and no shift"
    if view.has("gamma"):
        rule = rf"{view.symbol('gamma')} \odot \hat{{X}}"
        reason = "Scale and shift are learnt, so that the layer can undo the normalisation where that is better"
        if view.has("beta"):
            rule += f" + {view.symbol('beta')}"
    yield view.output_step(f"{reason}.", rule, "", {view.input_name: view.X})


def backward(view: View) -> Iterator[Step]:
    """Gradients of scale and shift, of the normalised values, and of the input by three ways."""
    X_hat = normalised(view)
    if view.has("gamma"):
        yield view.param_step(
            "gamma",
            "The scale multiplied the normalised values: upstream gradient times those, added up over "
            "everything that shares the scale.",
            rf"\sum {view.up} \odot \hat{{X}}",
            "",
            {view.upstream_name: view.dY},
        )
    if view.has("beta"):
        yield view.param_step(
            "beta", "The shift was added with factor 1: the upstream gradients add up.", rf"\sum {view.up}"
        )
    if view.dX is None:
        return
    G = _scaled(view)
    if view.has("gamma"):
        yield Step(
            "Past the scale.",
            rf"{partial(chr(92) + 'hat{X}')} = {view.up} \odot {view.symbol('gamma')}",
            "",
            show(G),
        )
    if view.layer.kind == "batchnorm" and not view.layer.training:
        yield view.input_step(
            "The running statistics do not depend on the input, so only the division remains.",
            r"\frac{1}{\sqrt{\sigma^2 + \epsilon}} \odot \frac{\partial L}{\partial \hat{X}}",
        )
        return
    yield from _three_ways(view, X_hat, G)


def normalised(view: View) -> Array:
    """Give the normalised values."""
    X_hat, _ = view.layer.normalised(view.record.params, view.X)
    return np.asarray(X_hat)


def _statistics(view: View) -> Iterator[Step]:
    grouped = view.layer.grouped(view.X.shape)
    X, axes = view.X.reshape(grouped), view.layer.axes(len(grouped))
    mean, variance = X.mean(axes), X.var(axes)
    over, n = OVER[view.layer.kind], int(np.prod([grouped[axis] for axis in axes]))
    yield Step(
        f"{over}: the mean of {n} numbers.", rf"\mu = \frac{{1}}{{{n}}} \sum {view.x}", "", show(mean), "mean"
    )
    yield Step(
        f"The variance, divided by {n} (not by {n - 1}).",
        rf"\sigma^2 = \frac{{1}}{{{n}}} \sum ({view.x} - \mu)^2",
        "",
        show(variance),
        "var",
    )
    yield Step(
        f"Subtract the mean, divide by the standard deviation; ε = {view.layer.eps:g} keeps the root above 0.",
        rf"\hat{{X}} = \frac{{{view.x} - \mu}}{{\sqrt{{\sigma^2 + \epsilon}}}}",
        "",
        show(normalised(view)),
        "xhat",
    )


def _running(view: View) -> Iterator[Step]:
    mean, variance = view.param("running_mean"), view.param("running_var")
    yield Step(
        "At test time the running statistics are used, so that an output does not depend on the rest of the batch.",
        rf"\hat{{X}} = \frac{{{view.x} - \mu}}{{\sqrt{{\sigma^2 + \epsilon}}}},\quad \mu = {show(mean)},\; "
        rf"\sigma^2 = {show(variance)}",
        "",
        show(normalised(view)),
        "xhat",
    )


def _root_mean_square(view: View) -> Iterator[Step]:
    squares = np.square(view.X).mean(-1)
    yield Step(
        f"{OVER['rmsnorm']}: the mean of the squares; nothing is subtracted.",
        rf"q = \frac{{1}}{{{view.X.shape[-1]}}} \sum {view.x}^2",
        "",
        show(squares),
    )
    yield Step(
        "Divide by its root.",
        rf"\hat{{X}} = \frac{{{view.x}}}{{\sqrt{{q + \epsilon}}}}",
        "",
        show(normalised(view)),
        "xhat",
    )


def _scaled(view: View) -> Array:
    """Give the gradient of the normalised values."""
    if not view.has("gamma"):
        return view.dY
    features = view.layer.features(view.X.ndim)
    shape = [size if axis in features else 1 for axis, size in enumerate(view.X.shape)]
    return np.asarray(view.dY * view.param("gamma").reshape(shape))


def _three_ways(view: View, X_hat: Array, G: Array) -> Iterator[Step]:
    """An input acts directly, through the mean and through the variance."""
    grouped = view.layer.grouped(view.X.shape)
    axes = view.layer.axes(len(grouped)) if view.layer.kind != "rmsnorm" else (len(grouped) - 1,)
    along = (G * X_hat).reshape(grouped).mean(axes)
    inner, spread = r"\frac{\partial L}{\partial \hat{X}}", r"\sqrt{\sigma^2 + \epsilon}"
    product = rf"\text{{mean}}\left( {inner} \odot \hat{{X}} \right)"
    if view.layer.kind == "rmsnorm":
        mean, spread, ways = "", r"\sqrt{q + \epsilon}", "two ways: directly and through the root mean square"
    else:
        mean, ways = (
            r" - \text{mean}\left( \frac{\partial L}{\partial \hat{X}} \right)",
            "three ways: directly, through the mean and through the variance",
        )
        yield Step(
            "The mean of this gradient is what comes back through the mean.",
            rf"\text{{mean}}\left( {inner} \right)",
            "",
            show(G.reshape(grouped).mean(axes)),
        )
    yield Step(
        "Its mean product with the normalised values comes back through the "
        + ("root." if not mean else "variance."),
        product,
        "",
        show(along),
    )
    yield view.input_step(
        f"Every input acts in {ways}; the last take off what a common shift or stretch would do.",
        rf"\frac{{1}}{{{spread}}} \left( {inner}{mean} - \hat{{X}} \odot {product} \right)",
        "",
        {view.upstream_name: view.dY},
    )
