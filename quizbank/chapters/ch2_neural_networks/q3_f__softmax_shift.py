"""Softmax does not notice a shift of all logits; a factor it does notice."""

import re

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, integers, part, slip, some_of
from solvers.softmax import softmax, transformed_steps
from solvers.symbolic.derivations.softmax import softmax_shift
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.q3.f",
    also=("ch2.softmax_transform",),
    title="Softmax and a shift of its logits",
    section="II.7",
    points=6,
    difficulty=2,
    minutes=9,
    topics=("softmax", "numerical stability", "derivation"),
    base=integers(720, 990),
    gaps=some_of(3, 0, 1, 2, 3, 4),
    z=derived(lambda base, gaps: (tuple(base + gap for gap in gaps),)),
    scale=integers(2, 4),
    text=r"""
Softmax turns logits into probabilities, $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. A network gives the three logits $z = <<z>>$.
Their exponentials overflow in 64-bit floating point, and the program returns NaN.
""",
    hints=(
        "The power of a difference is a quotient, or a product, of powers.",
        "What do all the terms of the sum have in common?",
        "A common factor in numerator and denominator cancels.",
    ),
)


def work(z, scale, shifted, p, largest):
    """The proof, the shift, then the factor."""
    return (
        *(Step(*(_in_z(text) for text in (s.reason, s.formula, s.numbers, s.result)), "proof") for s in softmax_shift().steps),
        Step("Subtract the largest logit; every exponent is now 0 or negative, and nothing can overflow.",
             r"z_i - \max_j z_j", "", array(shifted), "shifted"),
        Step("Exponentials of these, divided by their sum.", r"\frac{e^{z_i - m}}{\sum_j e^{z_j - m}}", "", array(p, 5), "p"),
        Step("For the new logits, too, the maximum can be subtracted: it is the old one times the factor, so the shifted logits, "
             "called $z$ from here on, are multiplied.", name="largest"),
        *(Step(s.reason, s.formula, s.numbers, s.result, "largest") for s in transformed_steps(shifted[0], scale=scale).steps[1:]),
    )  # fmt: skip


def _in_z(text):
    """Write the logits as the question does."""
    return re.sub(r"\bx_", "z_", text)


def check(z, scale):
    """Compute with whole-number powers of e in SymPy, which does not overflow."""
    from sympy import Rational, exp

    def shares(logits):
        powers = [exp(Rational(int(value))) for value in logits]
        return [float((power / sum(powers)).simplify().evalf(30)) for power in powers]

    smallest_shift = [int(value) - int(max(z[0])) for value in z[0]]
    return {"shifted": smallest_shift, "p": shares(z[0]), "largest": max(shares([scale * int(v) for v in z[0]]))}


@part(
    "Show for any three logits $u, v, w$ that subtracting one number $c$ from all of them changes nothing. Begin with "
    r"$\frac{e^{u-c}}{e^{u-c} + e^{v-c} + e^{w-c}}$, write one step a line, and end with the softmax of the unchanged logits.",
    Derivation(variables={"u": "real", "v": "real", "w": "real", "c": "real"}),
    points=2,
)
def proof():
    return (
        "exp(u-c)/(exp(u-c) + exp(v-c) + exp(w-c))",
        "exp(u) exp(-c)/(exp(u) exp(-c) + exp(v) exp(-c) + exp(w) exp(-c))",
        "exp(-c) exp(u)/(exp(-c) (exp(u) + exp(v) + exp(w)))",
        "exp(u)/(exp(u) + exp(v) + exp(w))",
    )


@part(
    "The logits that the stable program exponentiates instead of $z$, if it subtracts their maximum.",
    Matrix(integer=True),
)
def shifted(z):
    return z - z.max()


@slip(
    shifted,
    "The smallest was subtracted: the others stay positive, and differences of hundreds would still overflow.",
    credit=0.25,
)
def minimum(z):
    return z - z.min()


@slip(shifted, "The signs are reversed: the maximum is subtracted from the logits.", credit=0.25)
def reversed_shift(z):
    return z.max() - z


@part("The probabilities.", Matrix(decimals=3))
def p(shifted):
    return softmax(shifted)


@slip(p, "The exponentials still have to be divided by their sum.", credit=0.25)
def not_normalised(shifted):
    return np.exp(shifted)


@slip(p, "This divides the logits by their sum; the exponential comes first.")
def no_exponential(z):
    return z / z.sum()


@part(
    "Now all the logits are multiplied by <<scale>> before the softmax. What is the largest probability then?",
    Number(decimals=4),
)
def largest(shifted, scale):
    return softmax(scale * shifted).max()


@slip(largest, "A common summand cancels, a common factor does not: the distribution becomes sharper.")
def unchanged(p):
    return p.max()


@slip(largest, "The logits are multiplied, not the probabilities.")
def scaled_probability(p, scale):
    return scale * p.max()


@slip(
    largest,
    "The logits grow by the factor; this divides by it, which makes the distribution flatter.",
    credit=0.25,
)
def flatter(shifted, scale):
    return softmax(shifted / scale).max()
