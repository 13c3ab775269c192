"""The gradient of a sum of scaled entries, and the Jacobian on the way."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, accept, derived, integers, one_of, part, slip
from solvers.arrays import show, signed, total
from solvers.chain_rule import power_sum_slope
from solvers.worked import Step

question = Question(
    "ch7.body.two_x",
    also=("ch7.linear_then_sum",),
    title="The gradient of a sum",
    section="VII.1.b",
    points=5,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("gradient", "Jacobian", "chain rule"),
    a=one_of(-3, -2, 2, 3, 4),
    p=one_of(1, 2, 2, 3),
    x=integers(-2, 3, shape=(3,), distinct=True),
    rule=derived(lambda a, p: f"{a} u" if p == 1 else f"({a} u)^{p}"),
    notes=dict(a=2, p=1, x=[1, 2, 3]),
    text=r"""
A function works on each entry of a vector, and the loss is the sum of the results:

$$z_i = f(x_i) \text{ with } f(u) = <<rule>>, \qquad L = z_1 + z_2 + z_3, \qquad x = <<x>> .$$
""",
    hints=(
        "Which entries of $z$ change if only $x_1$ changes?",
        "The cross terms of the chain rule vanish; the slope of $f$ at each entry remains.",
    ),
)


def where(x):
    """Keep vectors without zeros."""
    return np.all(x != 0)


def slopes(a, p, x):
    """The slope of the function at each entry."""
    return [power_sum_slope(a, p, float(value)) for value in x]


def work(a, p, x):
    """Forward, the matrix of all derivatives, then the sum over its rows."""
    found, z = np.array(slopes(a, p, x)), (a * x) ** p
    power = {1: "", 2: rf"\cdot ({a} u)", 3: rf"\cdot ({a} u)^2"}[p]
    return (
        Step("Forward, entry by entry.", "z = f(x)", "", show(z), "L"),
        Step("The loss adds the entries.", "L = z_1 + z_2 + z_3", total(z.tolist()), str(z.sum()), "L"),
        Step("The slope of $f$" + (" is its factor." if p == 1 else ": the outer derivative times the inner one."), "f'(u)",
             str(a) if p == 1 else rf"{p} {power} \cdot {signed(a)}", "", "J"),
        Step("An entry of $z$ depends on the entry of $x$ in its own place only, so the slopes stand on the diagonal and everything else is 0.",
             r"\frac{\partial z}{\partial x}", "", show(np.diag(found)), "J"),
        Step("The chain rule adds over all entries of $z$, each with $\\partial L / \\partial z_i = 1$; of the three terms only the one in the same place is not 0.",
             r"\frac{\partial L}{\partial x_j} = \sum_i 1 \cdot \frac{\partial z_i}{\partial x_j} = f'(x_j)", "", "", "dx"),
        Step("So the gradient adds up the rows of the Jacobian.", r"\frac{\partial L}{\partial x}", "", show(found), "dx"),
    )  # fmt: skip


def check(a, p, x):
    """Differentiate with SymPy."""
    import sympy

    names = sympy.symbols("x1:4")
    z = sympy.Matrix([(a * name) ** p for name in names])
    here = dict(zip(names, x.tolist(), strict=True))
    jacobian = z.jacobian(names).subs(here)
    gradient = [sympy.diff(sum(z), name).subs(here) for name in names]
    return {"L": int(sum(z.subs(here))), "J": jacobian.tolist(), "dx": gradient}


@part("The loss $L$.", Number(integer=True))
def L(a, p, x):
    return ((a * x) ** p).sum()


@slip(L, "This is the first entry alone; the loss adds all three.", credit=0.25)
def first_only(a, p, x):
    return (a * x[0]) ** p


@slip(L, "The factor in front of $u$ is missing.", credit=0.25)
def no_factor(p, x):
    return (x**p).sum()


@part(r"The Jacobian $\partial z / \partial x$, with a row for each entry of $z$.", Matrix(integer=True), points=2)
def J(a, p, x):
    return np.diag(slopes(a, p, x)).round().astype(int)


@slip(J, "An entry of $z$ does not change with the other entries of $x$: off the diagonal are zeros.", credit=0.25)
def full(a, p, x):
    return np.tile(slopes(a, p, x), (3, 1))


@slip(J, "The slope is needed on the diagonal, not the value.", credit=0.25)
def values(a, p, x):
    return np.diag((a * x) ** p)


@slip(J, "The inner derivative, the factor in front of $u$, is missing.", credit=0.25)
def no_inner_J(a, p, x):
    return np.diag(np.array(slopes(a, p, x)) / a)


@part(r"The gradient $\partial L / \partial x$.", Matrix(integer=True), points=2)
def dx(J):
    return J.sum(axis=0)


@accept(dx, "A gradient may be written as a column as well as in the shape of $x$, which is a row here.")
def as_column(J):
    return J.sum(axis=0)[:, None]


@slip(dx, "The cross terms are 0: each entry gets its own slope, not three times as much.", credit=0.25)
def times_n(J):
    return 3 * J.sum(axis=0)


@slip(dx, "The inner derivative, the factor in front of $u$, is missing.", credit=0.25)
def no_inner(a, p, x):
    return np.array(slopes(a, p, x)) / a
