"""Where Xavier's variance comes from, line by line."""

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from solvers.arrays import show
from solvers.symbolic.derivations.variance import product_variance, sum_variance
from solvers.worked import Step

question = Question(
    "ch4.body.xavier",
    title="Deriving Xavier initialisation",
    section="IV.2.g",
    points=7,
    difficulty=3,
    minutes=12,
    topics=("initialisation", "variance", "derivations"),
    n=one_of(16, 25, 50, 64, 80, 100, 200, 250, 400, 500),
    variance=multiples(0.5, 1, 10),
    aim=one_of(2, 3, 4, 5),
    text=r"""
A unit computes $s = \sum_{i=1}^n w_i x_i$. The weights $w_i$ are independent with mean $a$ and variance $v$; the inputs $x_i$ are independent of each other and of the
weights, with mean $b$ and variance $u$. For any random variable $y$, $\mathbb{E}[y^2] = \operatorname{Var}(y) + \mathbb{E}[y]^2$. A calculator may be used.
""",
    hints=(
        "For independent factors, the mean of a product is the product of the means; the same holds for their squares.",
        "In the second term stands the squared mean $b^2$, not the mean square.",
        "Variances of independent terms add up.",
    ),
)


def work(n, variance, aim, std, wide):
    """Product, sum, equation, numbers."""
    return (
        *(Step(step.reason, step.formula, step.numbers, step.result, "product") for step in product_variance().steps),
        *(Step(step.reason, step.formula, step.numbers, step.result, "total_variance") for step in sum_variance().steps),
        Step("With $a = b = 0$ this is $n v u$.", name="total_variance"),
        Step("The sum is to vary as much as an input: $u = n v u$. Divide by $u$ and by $n$.", r"n v = 1 \iff v = \frac{1}{n}", "", "", "solve"),
        Step("Put the number of inputs in and take the root.", r"\sqrt{\frac{1}{n}}", rf"\sqrt{{\frac{{1}}{{{n}}}}}", show(std), "std"),
        Step("The variance of the sum is in proportion to that of the weights.", r"n v u", rf"{n} \cdot \frac{{{aim}}}{{{n}}} \cdot {show(variance)}", show(wide), "wide"),
    )  # fmt: skip


def check(n, variance, aim):
    """Enumerate two-valued weights and inputs for a product, and add up n of them."""

    def spread(w_variance, x_variance):
        products = [
            w * x for w in (-(w_variance**0.5), w_variance**0.5) for x in (-(x_variance**0.5), x_variance**0.5)
        ]
        return np.var(products)

    low, high = 0.0, 10.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if sum(spread(middle**2, variance) for _ in range(int(n))) < variance else (low, middle)
        )
    return {"total_variance": "n v u", "std": low, "wide": sum(spread(aim / n, variance) for _ in range(int(n)))}


@part(
    "Show line by line that $\\operatorname{Var}(w_i x_i) = a^2 u + b^2 v + v u$. Start from $\\mathbb{E}[w_i^2]\\, \\mathbb{E}[x_i^2] - (\\mathbb{E}[w_i]\\, \\mathbb{E}[x_i])^2 = (v + a^2)(u + b^2) - (a b)^2$.",
    Derivation(variables={"a": "real", "b": "real", "v": "positive", "u": "positive"}, labels=("Var",), least=2),
    points=2,
)
def product():
    return "(v + a^2)(u + b^2) - (a b)^2", "v u + v b^2 + a^2 u + a^2 b^2 - a^2 b^2", "a^2 u + b^2 v + v u"


@part(
    "Now $a = b = 0$. The variance of $s$ as a formula in $n$, $v$ and $u$.",
    Expression(variables={"n": "natural", "v": "positive", "u": "positive"}),
)
def total_variance():
    return "n v u"


@slip(total_variance, "This is one product; the variances of all $n$ add up.", credit=0.25)
def one_product():
    return "v u"


@slip(
    total_variance,
    "Variances of independent terms add up; the factor $n^2$ belongs to $n$ times the same term.",
    credit=0.25,
)
def squared_count():
    return "n^2 v u"


@slip(
    total_variance,
    "This takes the mean square of the inputs twice: for mean 0 it is their variance already.",
    credit=0.25,
)
def twice():
    return "2 n v u"


@part(
    "The sum is to have the variance of an input. Write this as an equation and solve it for $v$, one line at a time.",
    Derivation(variables={"n": "natural", "v": "positive", "u": "positive"}, unknown="v", least=1),
)
def solve():
    return "u = n v u", "1 = n v", "v = 1/n"


@part("The standard deviation of the weights for $n = <<n>>$.", Number(decimals=4))
def std(n):
    return 1 / np.sqrt(n)


@slip(std, "This is the variance; take the root.", credit=0.5)
def variance_itself(n):
    return 1 / n


@slip(std, "The factor 2 belongs to ReLU, which is not there.", credit=0.25)
def with_two(n):
    return np.sqrt(2 / n)


@part(
    r"The weights are drawn with the variance $<<aim>>/<<n>>$ instead, and the inputs have the variance $<<variance>>$. The variance of $s$ for $n = <<n>>$.",
    Number(decimals=3),
)
def wide(variance, aim):
    return aim * variance


@slip(wide, "This would be the result of Xavier's variance, $1/n$.", credit=0.25)
def kept(variance):
    return variance


@slip(wide, "This is one product; the sum has <<n>> of them.", credit=0.25)
def single(n, variance, aim):
    return aim / n * variance
