"""Variance of a product of independent numbers with non-zero means."""

from itertools import product

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.variance import product_variance_steps
from solvers.worked import Step

question = Question(
    "ch4.var_product",
    title="Variance of a product",
    section="IV.2.g",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("variance", "initialisation"),
    mw=integers(-3, 3, nonzero=True),
    mx=integers(-3, 4, nonzero=True),
    vw=integers(1, 5),
    vx=integers(1, 6),
    n=one_of(2, 3, 5, 10, 20),
    text=r"""
A weight $w$ has the mean $<<mw>>$ and the variance $<<vw>>$, an input $x$ the mean $<<mx>>$ and the variance $<<vx>>$; they are independent.
""",
    hints=(
        r"$\operatorname{Var}(wx) = \mathbb{E}[w^2 x^2] - \mathbb{E}[wx]^2$; for independent factors each mean is a product.",
        "A mean square is the variance plus the squared mean.",
    ),
)


def where(mw, mx, vw, vx):
    """Keep variances that are told apart."""
    return vw != vx and abs(mw) != abs(mx)


def work(mw, mx, vw, vx, n, variance, total):
    """Mean square less squared mean; then n independent terms."""
    return (
        *product_variance_steps(mw, vw, mx, vx).steps,
        Step("Variances of independent terms add up.", r"n \operatorname{Var}(wx)", rf"{n} \cdot {variance}", f"{total}", "total"),
    )  # fmt: skip


def check(mw, mx, vw, vx, n):
    """Two equally likely values have these means and variances: enumerate the products."""
    pairs = product((mw - vw**0.5, mw + vw**0.5), (mx - vx**0.5, mx + vx**0.5))
    products = [w * x for w, x in pairs]
    return {
        "mean_square": np.mean(np.square(products)),
        "variance": np.var(products),
        "total": sum(np.var(products) for _ in range(int(n))),
    }


@part(r"$\mathbb{E}[w^2 x^2]$.", Number(integer=True))
def mean_square(mw, mx, vw, vx):
    return (vw + mw**2) * (vx + mx**2)


@slip(mean_square, "These are the squared means; a mean square also has the variance.", credit=0.25)
def squared_means(mw, mx):
    return mw**2 * mx**2


@slip(mean_square, "These are the variances; a mean square also has the squared mean.", credit=0.25)
def variances_only(vw, vx):
    return vw * vx


@part(r"$\operatorname{Var}(wx)$.", Number(integer=True))
def variance(mean_square, mw, mx):
    return mean_square - (mw * mx) ** 2


@slip(variance, "This holds for means of 0 only.", credit=0.25)
def zero_means(vw, vx):
    return vw * vx


@slip(variance, "The second term has the squared mean of the input, not its mean square.", credit=0.5)
def mean_square_for_mean(mw, mx, vw, vx):
    return mw**2 * vx + (mx**2 + vx) * vw + vw * vx


@slip(variance, "Variances add up for sums, not for products.")
def added(vw, vx):
    return vw + vx


@slip(variance, "The squared mean has to be taken off the mean square.", credit=0.25)
def nothing_off(mean_square):
    return mean_square


@part(
    r"The variance of $w_1 x_1 + \ldots + w_{<<n>>} x_{<<n>>}$, with independent copies of $w$ and $x$.",
    Number(integer=True),
)
def total(variance, n):
    return n * variance


@slip(total, "The terms are independent: their variances add up, without a square of their number.", credit=0.25)
def squared_count(variance, n):
    return n**2 * variance


@slip(total, "A mean would have a smaller variance; this is a sum.", credit=0.25)
def as_mean(variance, n):
    return variance / n
