"""The Jacobian of softmax from its probabilities, and a gradient through it."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, integers, part, slip, some_of
from quizbank.differences import differences
from solvers.softmax import jacobian, jacobian_entry_steps, jacobian_steps, softmax
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.softmax_jacobian",
    title="Derivatives of softmax",
    section="II.2.j",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("softmax", "jacobian", "backpropagation"),
    tenth=some_of(
        1,
        (1, 2, 7),
        (1, 3, 6),
        (1, 4, 5),
        (2, 3, 5),
        (2, 1, 7),
        (3, 1, 6),
        (4, 1, 5),
        (3, 2, 5),
        (5, 2, 3),
        (6, 3, 1),
        (5, 1, 4),
    ),
    p=derived(lambda tenth: tuple(entry / 10 for entry in tenth[0])),
    places=some_of(2, 1, 2, 3),
    g=integers(-3, 4, shape=(1, 3), nonzero=True),
    i=derived(lambda places: places[0]),
    j=derived(lambda places: places[1]),
    text=r"""
A softmax layer gave the probabilities $p = <<p>>$ for the logits $z_1, z_2, z_3$ of one sample.
""",
    hints=(
        "Distinguish whether a logit acts on its own probability or on another one.",
        "The probabilities always add up to 1: what does that say about the derivatives by one logit?",
    ),
)


def where(p, i, j, g, dz):
    """Keep two different probabilities and gradients that are not all alike."""
    return p[i - 1] != p[j - 1] and len(set(g[0].tolist())) == 3 and (abs(dz) > 0.005).all()


def work(p, i, j, g, J, dz):
    """One entry of each sort, all of them, then the chain rule."""
    own, other = jacobian_entry_steps(p, i - 1, i - 1).steps[0], jacobian_entry_steps(p, i - 1, j - 1).steps[0]
    return (
        Step(own.reason, r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)", own.numbers, own.result, "own"),
        Step("The numerator $e^{z_i}$ does not hold $z_j$, the sum in the denominator does: the quotient rule leaves one term.",
             r"\frac{\partial p_i}{\partial z_j} = -\frac{e^{z_i} e^{z_j}}{\left( \sum_k e^{z_k} \right)^2}", "", "-p_i p_j", "rule"),
        Step(other.reason, other.formula, other.numbers, other.result, "other"),
        *(Step(s.reason, s.formula, s.numbers, s.result, "J") for s in jacobian_steps(p).steps),
        Step("Every probability depends on every logit, so the chain rule adds up: a product with the Jacobian.",
             r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial p} J", f"{array(g)} {array(J)}", array(dz), "dz"),
    )  # fmt: skip


def check(p, i, j, g, rule):
    """Differences of the softmax of the logits ln p; a formula for two letters is tried with numbers."""
    z = np.log(p)
    J = np.array([differences(lambda z, n=n: softmax(z)[n], z) for n in range(3)])
    holds = np.isclose(J[i - 1, j - 1], -p[i - 1] * p[j - 1])
    return {
        "own": J[i - 1, i - 1],
        "rule": rule if holds else "",
        "other": J[i - 1, j - 1],
        "J": J,
        "dz": differences(lambda z: softmax(z) @ g[0], z),
    }


@part(r"$\partial p_{<<i>>} / \partial z_{<<i>>}$.", Number(decimals=2))
def own(p, i):
    return p[i - 1] * (1 - p[i - 1])


@slip(own, "This is $-p_i p_i$; on the diagonal the numerator depends on the logit as well.", credit=0.25)
def no_delta(p, i):
    return -(p[i - 1] ** 2)


@slip(
    own, "This is the probability itself; raising the logit also raises the sum in the denominator.", credit=0.25
)
def no_denominator(p, i):
    return p[i - 1]


def letters(i, j) -> Expression:
    """Let the two probabilities be written with their numbers, too."""
    return Expression(variables={"p": "probability", "q": "probability"}, aliases={f"p_{i}": "p", f"p_{j}": "q"})


@part(
    r"$\partial p_{<<i>>} / \partial z_{<<j>>}$ as a formula in $p_{<<i>>}$, written $p$, and $p_{<<j>>}$, written $q$.",
    letters,
)
def rule():
    return "-p q"


@slip(rule, "The sign: raising another logit takes probability away.", credit=0.5)
def rule_sign():
    return "p q"


@slip(rule, "This is the rule on the diagonal; another logit stands in the denominator only.")
def rule_diagonal():
    return "p (1 - p)"


@part(r"$\partial p_{<<i>>} / \partial z_{<<j>>}$ with numbers.", Number(decimals=2))
def other(p, i, j):
    return -p[i - 1] * p[j - 1]


@slip(other, "The sign: raising another logit takes probability away.", credit=0.5)
def other_sign(p, i, j):
    return p[i - 1] * p[j - 1]


@slip(other, "This is the rule on the diagonal; another logit stands in the denominator only.")
def diagonal_rule(p, i):
    return p[i - 1] * (1 - p[i - 1])


@slip(other, "Softmax does not act entry by entry: the shared sum makes every probability depend on every logit.")
def independent():
    return 0.0


@part("The whole Jacobian, with $\\partial p_i / \\partial z_j$ in row $i$ and column $j$.", Matrix(decimals=2))
def J(p):
    return jacobian(p)


@slip(J, "Softmax does not act entry by entry: the entries beside the diagonal are missing.", credit=0.25)
def diagonal_only(p):
    return np.diag(p * (1 - p))


@slip(J, "On the diagonal the numerator depends on the logit as well: add $p_i$ there.", credit=0.25)
def outer_only(p):
    return -np.outer(p, p)


@part(
    r"The upstream gradient is $\partial L / \partial p = <<g>>$. Find $\partial L / \partial z$.",
    Matrix(decimals=2),
)
def dz(J, g):
    return g @ J


@slip(
    dz, "This multiplies entry by entry with the diagonal; every probability depends on every logit.", credit=0.25
)
def entry_by_entry(p, g):
    return g * p * (1 - p)


@slip(
    dz,
    "This stops half way: the mean of $g$ under $p$ has to be subtracted before multiplying by $p$.",
    credit=0.25,
)
def not_centred(p, g):
    return g * p
