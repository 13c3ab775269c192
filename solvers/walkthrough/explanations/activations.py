"""Activations: every entry by itself, so the upstream gradient times the derivative, entry by entry."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from solvers.walkthrough.showing import fits, product, show
from solvers.walkthrough.view import View
from solvers.worked import Step


class Rule(NamedTuple):
    """A function in symbols, its derivative (`x` is the input, `y` the output), and what to say about them."""

    name: str
    value: str
    slope: str
    forward: str
    backward: str


RULES = {
    "relu": Rule(
        r"\max",
        r"\max(0, x)",
        "[x > 0]",
        "Positive values pass, all others become 0.",
        "ReLU has slope 1 where its input was positive and 0 elsewhere (at exactly 0 it is taken to be 0): a neuron "
        "that did not fire passes no gradient.",
    ),
    "sigmoid": Rule(
        r"\sigma",
        r"\frac{1}{1 + e^{-x}}",
        "y \\odot (1 - y)",
        "The sigmoid squashes every value into (0, 1).",
        "The sigmoid's slope needs only its output, which the forward pass kept; it is at most ¼.",
    ),
    "tanh": Rule(
        r"\tanh",
        r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
        "1 - y \\odot y",
        "tanh squashes every value into (−1, 1).",
        "The slope of tanh needs only its output; it is 1 at 0 and falls to 0 on both sides.",
    ),
    "leaky-relu": Rule(
        r"\text{LeakyReLU}",
        r"\begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}",
        r"\begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases}",
        "Positive values pass, the others are made small by the factor α.",
        "The slope is 1 where the input was positive and α elsewhere, so no neuron is ever quite dead.",
    ),
    "elu": Rule(
        r"\text{ELU}",
        r"\begin{cases} x & x \ge 0 \\ \alpha (e^{x} - 1) & x < 0 \end{cases}",
        r"\begin{cases} 1 & x \ge 0 \\ y + \alpha & x < 0 \end{cases}",
        "Positive values pass, negative ones bend towards −α.",
        "The slope is 1 on the positive side; on the other it is $\\alpha e^{x}$, which is the output plus α.",
    ),
    "gelu": Rule(
        r"\text{GELU}",
        r"x \odot \Phi(x)",
        r"\Phi(x) + x \odot \varphi(x)",
        "GELU weighs every value with the probability that a standard normal number lies below it.",
        "By the product rule: the probability Φ itself, plus the input times the normal density φ.",
    ),
    "silu": Rule(
        r"\text{SiLU}",
        r"x \odot \sigma(x)",
        r"\sigma(x) \odot \left( 1 + x \odot (1 - \sigma(x)) \right)",
        "Every value is weighted by its own sigmoid.",
        "The product rule on x times σ(x).",
    ),
    "softplus": Rule(
        r"\text{softplus}",
        r"\ln(1 + e^{x})",
        r"\sigma(x)",
        "A smooth ReLU.",
        "The slope of softplus is the sigmoid.",
    ),
    "log-sigmoid": Rule(
        r"\ln \sigma",
        r"\ln \sigma(x)",
        r"\sigma(-x)",
        "The logarithm of the sigmoid.",
        "Its slope is σ(−x) = 1 − σ(x).",
    ),
    "identity": Rule(r"\text{id}", "x", "1", "The values pass unchanged.", "The slope is 1 everywhere."),
    "relu6": Rule(
        r"\text{ReLU6}",
        r"\min(6, \max(0, x))",
        "[0 < x < 6]",
        "ReLU, cut off at 6.",
        "The slope is 1 between 0 and 6 and 0 outside.",
    ),
    "hard-tanh": Rule(
        r"\text{hardtanh}",
        r"\min(1, \max(-1, x))",
        "[-1 < x < 1]",
        "The values are cut to [−1, 1].",
        "The slope is 1 inside the interval and 0 outside.",
    ),
    "hard-sigmoid": Rule(
        r"\text{hardsigmoid}",
        r"\min(1, \max(0, \tfrac{x + 3}{6}))",
        r"\tfrac{1}{6} [-3 < x < 3]",
        "A sigmoid made of three straight pieces.",
        "The slope is 1/6 on the middle piece and 0 outside.",
    ),
    "hard-swish": Rule(
        r"\text{hardswish}",
        r"x \odot \min(1, \max(0, \tfrac{x + 3}{6}))",
        r"\tfrac{2 x + 3}{6} \text{ for } -3 < x < 3",
        "Every value is weighted by its hard sigmoid.",
        "0 to the left of −3, 1 to the right of 3, the product rule between.",
    ),
    "mish": Rule(
        r"\text{mish}",
        r"x \odot \tanh(\ln(1 + e^{x}))",
        r"\tanh(u) + x \odot (1 - \tanh^2 u) \odot \sigma(x),\; u = \ln(1 + e^{x})",
        "Every value is weighted by tanh of its softplus.",
        "The product rule, and the chain rule inside.",
    ),
    "selu": Rule(
        r"\text{SELU}",
        r"\lambda \begin{cases} x & x > 0 \\ \alpha (e^{x} - 1) & x \le 0 \end{cases}",
        r"\lambda \begin{cases} 1 & x > 0 \\ \alpha e^{x} & x \le 0 \end{cases}",
        "An ELU scaled so that mean 0 and variance 1 are kept (α ≈ 1.6733, λ ≈ 1.0507).",
        "The slope of the piece that holds.",
    ),
    "softsign": Rule(
        r"\text{softsign}",
        r"\frac{x}{1 + |x|}",
        r"\frac{1}{(1 + |x|)^2}",
        "Squashes every value into (−1, 1), more slowly than tanh.",
        "The slope falls with the square of the distance from 0.",
    ),
}
KINDS = tuple(RULES)
TANH_GELU = RULES["gelu"]._replace(
    value=r"\tfrac{1}{2} x \odot \left( 1 + \tanh u \right),\; u = \sqrt{2/\pi}\,(x + 0.044715 x^3)",
    slope=r"\tfrac{1}{2} (1 + \tanh u) + \tfrac{1}{2} x \odot (1 - \tanh^2 u) \odot u'",
    forward="GELU in its approximation by tanh, which differs from the exact one in the fourth decimal.",
    backward="The product rule, and the chain rule inside tanh.",
)


def forward(view: View) -> Iterator[Step]:
    """The function of every entry."""
    rule = _rule(view)
    formula = _put(rule.value, view.x, view.y)
    numbers = (
        f"{rule.name}({'0, ' * (view.layer.kind == 'relu')}{show(view.X)})"
        if fits(view.X) and view.X.ndim < 3
        else ""
    )
    yield view.output_step(rule.forward + _alpha(view), formula, numbers, {view.input_name: view.X})


def backward(view: View) -> Iterator[Step]:
    """The local derivative, then its product with the upstream gradient."""
    rule, slope = _rule(view), local_slope(view)
    prime = rf"f'({view.x})"
    formula = _put(rule.slope, view.x, view.y)
    numbers = (
        ""
        if "x" in rule.slope or "cases" in rule.slope or not fits(view.Y) or view.Y.ndim > 2
        else _put(rule.slope, "", show(view.Y))
    )
    yield Step(rule.backward, f"{prime} = {formula}", numbers if rule.slope != "1" else "", show(slope))
    yield view.input_step(
        "Upstream gradient times local derivative, entry by entry.",
        rf"{view.up} \odot {prime}",
        product(view.dY, slope),
        {view.upstream_name: view.dY},
    )


def local_slope(view: View) -> np.ndarray:
    """Give the derivative at every entry, as the layer itself has it: what becomes of an upstream gradient of ones."""
    _, back = view.layer.forward(view.record.params, *view.record.inputs)
    (slope,), _ = back(np.ones_like(view.Y))
    return np.asarray(slope)


def _rule(view: View) -> Rule:
    tanh = view.layer.kind == "gelu" and view.layer.approximate == "tanh"
    return TANH_GELU if tanh else RULES[view.layer.kind]


def _alpha(view: View) -> str:
    alpha = getattr(view.layer, "alpha", None)
    return "" if alpha is None else f" Here α = {alpha:g}."


def _put(formula: str, x: str, y: str) -> str:
    """Put the symbols (or numbers) of input and output in place of x and y."""
    names = {"x": x, "y": y}
    return re.sub(r"(?<![A-Za-z\\])[xy](?![A-Za-z])", lambda found: names[found[0]], formula)
