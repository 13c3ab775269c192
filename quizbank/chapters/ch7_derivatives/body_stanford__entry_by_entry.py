"""The gradients of an affine layer, from one entry to the matrix products."""

import re
from dataclasses import replace

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.matrix_expression import MatrixExpression
from grader.kinds.number import Number
from quizbank import Question, derived, integers, part, slip
from quizbank.usual import under
from solvers.affine import weight_gradient, weight_gradient_steps
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.worked import Step

ENTRIES = {
    f"{letter}{row}{column}": "real"
    for letter, columns in (("x", 2), ("g", 3))
    for row in (1, 2)
    for column in range(1, columns + 1)
}
LAYER = MatrixExpression(
    shapes={"X": "N D", "W": "D M", "G": "N M"},
    sizes={"N": 2, "D": 2, "M": 3},
    aliases={"dL/dY": "G", "dY": "G", "dout": "G"},
)

question = Question(
    "ch7.body.stanford",
    also=("ch7.dw_entry",),
    title="The affine layer, entry by entry",
    section="VII.1.c",
    points=9,
    difficulty=3,
    minutes=15,
    topics=("matrix gradients", "affine layer", "backpropagation"),
    u=integers(1, 2),
    v=integers(1, 3),
    X=integers(-3, 4, shape=(2, 2)),
    G=integers(-3, 3, shape=(2, 3), nonzero=True),
    weight=derived(lambda u, v: f"w_{{{u}{v}}}"),
    notes=dict(u=1, v=1, X=[[0, 1], [2, 3]], G=[[2, 1, -1], [3, -2, 1]]),
    text=r"""
An affine layer computes $Y = XW + \mathbf{1} b$, where $X$ is $2 \times 2$ (two samples with two features), $W$ is $2 \times 3$, and the
column $\mathbf{1}$ of ones copies the row $b$ into every row. The loss is a number $L$ that depends on $Y$; its gradient
$G = \partial L / \partial Y$ has the entries $g_{ij} = \partial L / \partial y_{ij}$. In formulas write `x11` for $x_{11}$, and so on.
""",
    hints=(
        r"The chain rule adds over all entries of $Y$: $\frac{\partial L}{\partial w_{uv}} = \sum_{i,j} g_{ij} \frac{\partial y_{ij}}{\partial w_{uv}}$.",
        "A weight appears in one column of $Y$ only. With which factors?",
        "A gradient has the shape of what it is taken for; that leaves few products.",
    ),
)


def where(X, G, u, v):
    """Keep inputs that are not symmetric, without zeros in the column asked for."""
    return X[0, 1] != X[1, 0] and np.all(X[:, u - 1] != 0) and weight_gradient(X, G, u - 1, v - 1) != 0


def in_g(step):
    """Write the upstream gradient and the entries as the question does."""
    return replace(step, **{field: _short(getattr(step, field)) for field in ("reason", "formula", "result")})


def _short(text):
    text = re.sub(r"b_\{1,(\d)\}", r"b_\1", text)
    text = re.sub(r"_\{(\w),(\w)\}", r"_{\1\2}", text)
    text = re.sub(r"\\frac\{\\partial L\}\{\\partial y_\{(\w\w)\}\}", r"g_{\1}", text)
    return text.replace(r"\frac{\partial L}{\partial Y}", "G")


def work(X, G, u, v):
    """One entry, its numbers, and then the pattern as matrix products."""
    collected = (
        Step("Multiply out.", "g_1 x_{11} w_1 + g_1 x_{12} w_2 + g_2 x_{21} w_1 + g_2 x_{22} w_2", name="collect"),
        Step("Put together what belongs to the same weight. What stands behind a weight is the derivative with respect to it.",
             "w_1 (g_1 x_{11} + g_2 x_{21}) + w_2 (g_1 x_{12} + g_2 x_{22})", name="collect"),
    )  # fmt: skip
    return (
        *collected,
        *under("entry", map(in_g, affine_entries("W", entry=(u, v)).steps[2:5])),
        *under("number", weight_gradient_steps(X, G, u - 1, v - 1)),
        *under("dW", map(in_g, affine_entries("W").steps[-2:])),
        *under("dX", map(in_g, affine_entries("X").steps[-4:])),
        *under("db", map(in_g, affine_entries("b").steps[-4:])),
    )


def check(X, G, u, v):
    """Differentiate L = sum of G times Y by one symbol with SymPy; the products from the rules of matrix calculus."""
    import sympy

    x, g, w = (
        sympy.Matrix(2, columns, lambda i, j, letter=letter: sympy.Symbol(f"{letter}{i + 1}{j + 1}"))
        for letter, columns in (("x", 2), ("g", 3), ("w", 3))
    )
    loss = sum(g.multiply_elementwise(x * w))
    one = sympy.diff(loss, w[u - 1, v - 1])
    numbers = {**dict(zip(x, X.ravel().tolist(), strict=True)), **dict(zip(g, G.ravel().tolist(), strict=True))}
    terms = sorted(map(str, sympy.Add.make_args(one)))
    return {
        "entry": " + ".join(terms),
        "number": int(one.subs(numbers)),
        "dW": affine_entries("W").value.plain(),
        "dX": affine_entries("X").value.plain(),
        "db": affine_entries("b").value.plain().replace(", keepdims=True", "").replace("np.", ""),
    }


@part(
    "One column of $Y$, without the bias, reaches the loss as $g_1 (x_{11} w_1 + x_{12} w_2) + g_2 (x_{21} w_1 + x_{22} w_2)$. Sort this by "
    "the weights, one step a line, until each weight stands once, times its derivative. Write `g1`, `w1` and so on.",
    Derivation(variables=dict.fromkeys(("g1", "g2", "w1", "w2", "x11", "x12", "x21", "x22"), "real")),
    points=2,
)
def collect():
    return (
        "g1 (x11 w1 + x12 w2) + g2 (x21 w1 + x22 w2)",
        "g1 x11 w1 + g1 x12 w2 + g2 x21 w1 + g2 x22 w2",
        "w1 (g1 x11 + g2 x21) + w2 (g1 x12 + g2 x22)",
    )


@part(
    r"$\partial L / \partial <<weight>>$ as a formula in the entries of $X$ and $G$.",
    Expression(variables=ENTRIES),
)
def entry(u, v):
    return f"g1{v}*x1{u} + g2{v}*x2{u}"


@slip(entry, "This weight meets input $<<u>>$ of every sample: a column of $X$, not a row.", credit=0.25)
def row_of_X(u, v):
    return f"g1{v}*x{u}1 + g2{v}*x{u}2"


@slip(entry, "Both samples use the weight, so their contributions add up.", credit=0.25)
def one_sample(u, v):
    return f"g1{v}*x1{u}"


@slip(entry, "This weight leads to output $<<v>>$ only; the other columns of $G$ have no part in it.", credit=0.25)
def all_outputs(u):
    return " + ".join(f"x{i}{u}*(g{i}1 + g{i}2 + g{i}3)" for i in (1, 2))


@part(r"Its value for $X = <<X>>$ and $G = <<G>>$.", Number(integer=True))
def number(X, G, u, v):
    return round(weight_gradient(X, G, u - 1, v - 1))


@slip(number, "This weight meets input $<<u>>$ of every sample: a column of $X$, not a row.", credit=0.25)
def number_row(X, G, u, v):
    return X[u - 1] @ G[:, v - 1]


@slip(
    number,
    "Both samples use the weight, so their contributions add up; this is the first sample alone.",
    credit=0.25,
)
def number_one(X, G, u, v):
    return X[0, u - 1] * G[0, v - 1]


@slip(
    number, "This weight leads to output $<<v>>$ only; the other columns of $G$ have no part in it.", credit=0.25
)
def number_all(X, G, u):
    return X[:, u - 1] @ G.sum(axis=1)


@part(r"All entries together: $\partial L / \partial W$ as a matrix formula in $X$, $W$ and $G$.", LAYER, points=2)
def dW():
    return "X.T @ G"


@slip(dW, "This is the transpose of the gradient: it must have the shape of $W$.", credit=0.5)
def transposed_W():
    return "G.T @ X"


@slip(dW, "The layer is linear in $W$, so the gradient holds $X$, not $W$.")
def with_W():
    return "X.T @ G + W"


@part(r"$\partial L / \partial X$ as a matrix formula.", LAYER, points=2)
def dX():
    return "G @ W.T"


@slip(dX, "This is the transpose of the gradient: it must have the shape of $X$.", credit=0.5)
def transposed_X():
    return "W @ G.T"


@slip(dX, "Each input collects from all outputs through its weights; nothing else is added.")
def with_X():
    return "G @ W.T + X"


@part(
    r"$\partial L / \partial b$ as a formula. A sum can be written `sum(G, axis=0)`, or with a row of ones $\mathbf{1}^T$.",
    LAYER,
)
def db():
    return "sum(G, axis=0)"


@slip(
    db, "The sum goes over the samples (rows), one value for each output; this adds over the outputs.", credit=0.25
)
def over_outputs():
    return "sum(G, axis=1)"


@slip(db, "The contributions of the samples add up; the mean would belong to a loss that says so.", credit=0.5)
def mean_of_samples():
    return "mean(G, axis=0)"
