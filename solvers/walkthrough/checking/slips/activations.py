"""Slips with activations: a derivative that is missing, applied twice, or taken in the wrong place."""

from collections.abc import Iterator

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = (
    "relu", "sigmoid", "tanh", "leaky-relu", "elu", "gelu", "silu", "softplus", "selu", "mish", "hard-tanh", "hard-sigmoid",
    "hard-swish", "relu6", "softsign", "log-sigmoid", "prelu",
)  # fmt: skip


def forward(site: Site) -> Iterator[Mistake]:
    """Another function than the one that is asked for."""
    X, kind = site.X, site.layer.kind
    name = "ReLU" if kind == "relu" else kind
    yield Mistake("activation-missing", "Y", f"The activation ({name}) was not applied.", lambda: X)
    if kind == "relu":
        yield Mistake(
            "absolute-value",
            "Y",
            "ReLU replaces negative values by 0; it does not take their size.",
            lambda: np.abs(X),
        )
    if kind == "sigmoid":
        yield Mistake("sign-in-exponent", "Y", "The exponent needs a minus: 1/(1 + e^(−x)).", lambda: sigmoid(-X))
        yield Mistake("other-activation", "Y", "This is tanh, not the sigmoid.", lambda: np.tanh(X))
    if kind == "tanh":
        yield Mistake("other-activation", "Y", "This is the sigmoid, not tanh.", lambda: sigmoid(X))
    if kind in ("leaky-relu", "prelu", "elu"):
        yield Mistake(
            "other-activation",
            "Y",
            f"This is plain ReLU; {kind} keeps something of negative values.",
            lambda: np.maximum(X, 0),
        )
    if kind == "gelu":
        other = type(site.layer)("none" if site.layer.approximate == "tanh" else "tanh")
        text = "right for GELU " + (
            "by erf (exact)" if site.layer.approximate == "tanh" else "approximated by tanh"
        )
        yield Mistake("other-gelu", "Y", text, lambda: site.rerun(other)[0], convention=True)


def backward(site: Site) -> Iterator[Mistake]:
    """The slope is missing, squared, alone, or that of another point."""
    dY, kind = site.dY, site.layer.kind
    if dY is None:
        return
    slope = _slope(site, site.X)
    if kind == "relu":
        missing = "The ReLU mask is missing: a neuron that did not fire passes no gradient."
    else:
        missing = f"The derivative of the activation ({kind}) is missing: upstream gradient times slope."
    yield Mistake("relu-mask-missing" if kind == "relu" else "derivative-missing", "dX", missing, lambda: dY)
    yield Mistake(
        "derivative-twice",
        "dX",
        f"The derivative of the activation ({kind}) was applied twice.",
        lambda: dY * slope * slope,
    )
    yield Mistake(
        "upstream-missing",
        "dX",
        "This is the local derivative alone; the upstream gradient is missing.",
        lambda: slope,
    )
    text = "The derivative was taken at the output of the activation; it belongs at its input."
    yield Mistake("slope-of-output", "dX", text, lambda: dY * _slope(site, site.Y))
    yield from _own_rules(site, dY)


def _own_rules(site: Site, dY: Array) -> Iterator[Mistake]:
    """What goes wrong with the rules of sigmoid, tanh and ReLU."""
    X, kind = site.X, site.layer.kind
    if kind == "sigmoid":
        text = "The rule a(1 − a) needs the output of the sigmoid, not its input."
        yield Mistake("slope-of-input", "dX", text, lambda: dY * X * (1 - X))
    if kind == "tanh":
        text = "The rule 1 − a² needs the output of tanh, not its input."
        yield Mistake("slope-of-input", "dX", text, lambda: dY * (1 - X**2))
    if kind == "relu":
        text = "The mask looks at the upstream gradient; it must look at what entered the ReLU."
        yield Mistake("mask-of-gradient", "dX", text, lambda: dY * (dY > 0))
        text = "The mask is inverted: neurons that fired pass the gradient."
        yield Mistake("mask-inverted", "dX", text, lambda: dY * (X <= 0))


def _slope(site: Site, X: Array) -> Array:
    """Give the derivative at every entry."""
    _, back = site.layer.forward(site.params, X)
    return np.asarray(back(np.ones_like(X))[0][0])
