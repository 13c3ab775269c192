"""The gradient at the input of an elementwise sigmoid: derived, as a formula, with numbers and as a program."""

import re
from dataclasses import replace

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from grader.kinds.numpy_program import NumpyProgram
from quizbank import Question, integers, part, slip, tenths
from quizbank.usual import under
from solvers.arrays import show
from solvers.symbolic.derivations.activations import sigmoid_derivative
from solvers.worked import Step

SHAPES = {"S": "N M", "G": "N M"}
FORMULA = MatrixExpression(
    shapes=SHAPES,
    sizes={"N": 2, "M": 3},
    aliases={"dL/dS": "G", "dout": "G", "sigma": "S", "s": "S"},
    ranges={"S": (0.0, 1.0)},
)

question = Question(
    "ch7.q1",
    also=("ch7.sigmoid_backward",),
    title="Back through a sigmoid",
    section="VII.1.d",
    points=8,
    difficulty=2,
    minutes=12,
    topics=("backpropagation", "sigmoid", "elementwise functions", "NumPy"),
    S=tenths(1, 9, shape=(2, 3)),
    G=integers(-3, 4, shape=(2, 3), nonzero=True),
    text=r"""
In a network, an affine layer gives $Y$, and a sigmoid acts on each of its entries: $S = \sigma(Y)$ with
$\sigma(z) = \frac{1}{1 + e^{-z}}$. On the way forward $S$ was kept; from behind comes the upstream gradient $G = \partial L / \partial S$:

$$S = <<S>>, \qquad G = <<G>> .$$
""",
    hints=(
        "Each entry of $S$ depends on one entry of $Y$ only.",
        r"The slope of the sigmoid can be written with its output alone.",
        "Upstream gradient times local slope, entry by entry.",
    ),
)


def where(S, G):
    """Keep gradients of several sizes, and outputs that are not all alike."""
    return len(np.unique(S)) >= 4 and len(np.unique(np.abs(G))) >= 2


def in_z(step):
    """Name the variable of a derivation as the question does."""
    named = (re.sub(r"(?<![a-zA-Z\\])x(?![a-zA-Z])", "z", text) for text in (step.reason, step.formula, step.result))
    return replace(step, **dict(zip(("reason", "formula", "result"), named, strict=True)))


def work(S, G):
    """Derive the slope, then put it to use."""
    return (
        *under("slope", map(in_z, sigmoid_derivative().steps)),
        Step("An entry of $Y$ reaches the loss through its own output only: multiply entry by entry, no matrix product.",
             r"\frac{\partial L}{\partial Y} = G \odot S \odot (1 - S)", name="formula"),
        Step("The local slopes, entry by entry.", r"S \odot (1 - S)", rf"{show(S)} \odot {show((1 - S).round(10))}",
             show((S * (1 - S)).round(10)), "local"),
        Step("Times the upstream gradient.", r"G \odot S \odot (1 - S)",
             rf"{show(G)} \odot {show((S * (1 - S)).round(10))}", show((G * S * (1 - S)).round(10)), "dY"),
        Step("NumPy's star multiplies entry by entry.", r"\texttt{dout * s * (1 - s)}", name="program"),
    )  # fmt: skip


def check(S, G):
    """Differences of the loss, the inverse of the sigmoid giving Y; the formula from the rules of matrix calculus."""
    from solvers.functions import sigmoid as value
    from solvers.symbolic.matrix.elementwise import sigmoid
    from solvers.symbolic.matrix.expression import matrices, named
    from solvers.symbolic.matrix.gradient import matrix_gradient
    from solvers.symbolic.matrix.reductions import open_loss

    (Z,) = matrices(Y="N M")
    derived = matrix_gradient(open_loss(named("S", sigmoid(Z))), "Y").value.plain()
    Y, h = np.log(S / (1 - S)), 1e-4
    local = (value(Y + h) - value(Y - h)) / (2 * h)
    bumps = h * np.eye(Y.size).reshape(Y.size, *Y.shape)
    slopes = [((value(Y + bump) - value(Y - bump)) * G).sum() / (2 * h) for bump in bumps]
    return {"formula": derived.replace("*", "⊙"), "local": local, "dY": np.reshape(slopes, Y.shape)}


@part(
    r"Derive the sigmoid's slope: begin with $\frac{e^{-z}}{(1 + e^{-z})^2}$, which the chain rule gives, and end with a formula in $s = "
    r"\sigma(z)$ alone. One step a line.",
    Derivation(variables={"z": "real"}, shorthands={"s": "sigmoid(z)"}, labels=("ds/dz",)),
    points=2,
)
def slope():
    return "exp(-z)/(1 + exp(-z))^2", "s * exp(-z)/(1 + exp(-z))", "s * (1 - 1/(1 + exp(-z)))", "s (1 - s)"


@part(
    r"$\partial L / \partial Y$ as a formula in $G$ and $S$, with $\odot$ (or `*`) for products entry by entry.",
    FORMULA,
)
def formula():
    return "G ⊙ S ⊙ (1 - S)"


@slip(formula, "The upstream gradient is missing: the chain rule multiplies it in.", credit=0.25)
def no_upstream_formula():
    return "S ⊙ (1 - S)"


@slip(formula, "This multiplies by the sigmoid's value, not by its slope.", credit=0.25)
def value_formula():
    return "G ⊙ S"


@slip(formula, "$S$ is the output already; the sigmoid must not be applied again.", credit=0.25)
def reapplied_formula():
    return "G ⊙ sigmoid(S) ⊙ (1 - sigmoid(S))"


@part("The local slopes, $\\sigma'(Y)$, to two decimals.", Matrix(decimals=2))
def local(S):
    return S * (1 - S)


@slip(local, "These slopes belong to tanh; the sigmoid's are s(1 − s).", credit=0.25)
def of_tanh(S):
    return 1 - S**2


@slip(local, "$S$ is the output of the sigmoid already; here it was applied once more.", credit=0.25)
def reapplied(S):
    again = 1 / (1 + np.exp(-S))
    return again * (1 - again)


@part(r"$\partial L / \partial Y$, to two decimals.", Matrix(decimals=2), points=2)
def dY(local, G):
    return G * local


@slip(dY, "The upstream gradient is missing.", credit=0.25)
def no_upstream(local):
    return local


@slip(dY, "This multiplies by the sigmoid's value, not by its slope.", credit=0.25)
def by_value(S, G):
    return G * S


@slip(dY, "The sign is reversed: the slope of the sigmoid is s(1 − s), never negative.", credit=0.5)
def reversed_sign(local, G):
    return -G * local


@part("The backward pass in NumPy: an expression for the gradient, given the kept output `s` and the upstream gradient `dout`.",
      NumpyProgram(shapes={"s": "N M", "dout": "N M"}, ranges={"s": (0.0, 1.0)}), points=2)  # fmt: skip
def program():
    return "dout * s * (1 - s)"


@slip(program, "`s` is the output already; the sigmoid must not be applied to it again.", credit=0.25)
def reapplied_program():
    return "dout / (1 + np.exp(-s)) * (1 - 1 / (1 + np.exp(-s)))"


@slip(program, "The upstream gradient is missing: the chain rule multiplies it in.", credit=0.25)
def no_upstream_program():
    return "s * (1 - s)"
