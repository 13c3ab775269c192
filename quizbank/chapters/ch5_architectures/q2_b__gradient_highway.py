"""The gradient through residual blocks: a derivation, and numbers."""

from dataclasses import astuple
from functools import reduce

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.gradient_chains import residual_gradient_steps
from solvers.symbolic.derivations.highway import activated_residual_gradient, residual_gradient
from solvers.worked import Step

question = Question(
    "ch5.q2.b",
    also=("ch5.body.highway", "ch5.residual_gradient"),
    title="The highway in the chain rule",
    section="V.4",
    points=6,
    difficulty=2,
    minutes=9,
    topics=("residual networks", "chain rule", "vanishing gradients", "derivation"),
    d=multiples(0.05, -10, 10, shape=(3,), nonzero=True, distinct=True),
    g=one_of(2, 4, 5, 8, 10),
    text=r"""
Residual blocks with scalar values compute $X_{l+1} = X_l + F_l(X_l)$. Write $g$ for the gradient of the loss that arrives from above, and
$s$ for the slope $F_l'(X_l)$ of what the block computes.
""",
    hints=(
        "The derivative of a sum is the sum of the derivatives. What is the derivative of $X_l$ by $X_l$?",
        "Two blocks give two factors; multiply them out.",
        "An activation after the addition: does it lie on one of the two ways, or on both?",
    ),
)


def in_our_letters(step):
    """Write a step with the letters of the question: its block leads from X_l to X_{l+1}."""
    letters = (("x_{0}", "X_l"), ("x_{1}", "X_{l+1}"), ("F_{1}", "F_l"), ("s_{1}", "s"), ("$s_l$", "$s$"))
    return Step(*(reduce(lambda text, pair: text.replace(*pair), letters, text) for text in astuple(step)[:5]))


def work(d, g):
    """The chain rule once and twice, then the numbers."""
    residual_steps = residual_gradient_steps(d.tolist(), float(g)).steps
    return (
        *under("rule", map(in_our_letters, residual_gradient(1).steps)),
        Step("Multiply out: four paths lead through two blocks. The first summand takes both skip connections, and nothing shrinks it.",
             "g (1 + s_1)(1 + s_2)", "", "g + g s_1 + g s_2 + g s_1 s_2", "paths"),
        *under("residual", residual_steps[:-1]),
        *under("plain", residual_steps[-1:]),
        *under("activated", activated_residual_gradient().steps),
    )  # fmt: skip


def check(d, g):
    """Run linear blocks from two starts; and differentiate with SymPy."""
    from sympy import Symbol, diff

    def end(x, skip):
        for slope in d:
            x = skip * x + slope * x + 0.7
        return g * x

    x, s, r, upstream = (Symbol(name) for name in ("x", "s", "r", "g"))
    return {
        "rule": str(diff(upstream * (x + s * x), x)),
        "residual": end(1.0, 1) - end(0.0, 1),
        "plain": end(1.0, 0) - end(0.0, 0),
        "activated": str(diff(upstream * r * (x + s * x), x)),
    }


@part(r"The loss depends on $X_l$ through $X_{l+1}$ only, and $g = \partial L / \partial X_{l+1}$. Write $\partial L / \partial X_l$ in terms of $g$ and $s$.",
      Expression(variables={"g": "real", "s": "real"}))  # fmt: skip
def rule():
    return "g*(s + 1)"


@slip(
    rule,
    "The skip connection is missing: the input is added to what the block computes, and its derivative is 1.",
    credit=0.25,
)
def no_skip():
    return "g*s"


@slip(rule, "The upstream gradient reaches both summands, so it multiplies the whole bracket.", credit=0.25)
def added():
    return "g + s"


@part(r"Two blocks with slopes $s_1$ and $s_2$ follow each other, and $g$ arrives above the second. Show the highway: start from $g (1 + s_2)(1 + s_1)$ "
      "and multiply out, one step a line, until every path through the two blocks has its own summand.",
      Derivation(variables={"g": "real", "s_1": "real", "s_2": "real"}, least=1), points=2)  # fmt: skip
def paths():
    return "g (1 + s_2) (1 + s_1)", "(g + g s_2) (1 + s_1)", "g + g s_1 + g s_2 + g s_1 s_2"


@part(
    r"Three blocks have the slopes $<<d>>$, and $g = <<g>>$ arrives above the third. Which gradient arrives below the first?",
    Number(decimals=3),
)
def residual(d, g):
    return g * np.prod(1 + d)


@slip(residual, "The skip connections are missing: every block contributes 1 plus its slope.", credit=0.25)
def plain_network(d, g):
    return g * np.prod(d)


@slip(
    residual,
    "The factors of successive blocks are multiplied; adding the slopes leaves the longer paths out.",
    credit=0.25,
)
def summed(d, g):
    return g * (1 + d.sum())


@slip(residual, "There is a skip connection around every block, not one around all three.", credit=0.25)
def one_skip(d, g):
    return g * (1 + np.prod(d))


@part("And which one would arrive if the same three blocks had no skip connections?", Number(decimals=5))
def plain(d, g):
    return g * np.prod(d)


@slip(plain, "Without skip connections the 1 is gone from every factor.")
def still_skipping(residual):
    return residual


@slip(plain, "Slopes along a path are multiplied, not added.")
def added_slopes(d, g):
    return g * d.sum()


@part(r"In many residual networks an activation follows the addition, $X_{l+1} = f(X_l + F_l(X_l))$. Let $r$ be the slope of $f$ there. Write "
      r"$\partial L / \partial X_l$ in terms of $g$, $r$ and $s$.",
      Expression(variables={"g": "real", "s": "real", "r": "real"}))  # fmt: skip
def activated():
    return "g*r*(s + 1)"


@slip(activated, "The activation stands on the way of both summands, the skip connection's too.", credit=0.5)
def off_the_highway():
    return "g*(1 + r*s)"


@slip(activated, "The slope of the activation is missing.", credit=0.25)
def ignored():
    return "g*(1 + s)"
