"""How far gradients reach along an LSTM's cell state and through a plain recurrent cell."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.gradient_chains import cell_state_factor_steps
from solvers.worked import Step

question = Question(
    "ch6.lstm_highway",
    title="The gradient along the cell state",
    section="VI.2",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("LSTM", "vanishing gradients"),
    f=multiples(0.05, 10, 19, shape=(4,)),
    r=one_of(0.25, 0.3, 0.4, 0.5, 0.6),
    text=r"""
Along the cell state of an LSTM, $C_t = f_t C_{t-1} + i_t \tilde C_t$, the forget gates of four successive steps are $<<f>>$; gates and candidates
count as constants. In a plain recurrent cell the gradient is multiplied by $<<r>>$ in every step. A calculator may be used.
""",
    hints=(
        "Each step multiplies the gradient by one local derivative.",
        "What is $\\partial C_t / \\partial C_{t-1}$?",
    ),
)


def where(f):
    """Keep gates that differ."""
    return len(set(f.tolist())) >= 3


def work(f, r, cell, plain, ratio):
    """Multiply the local derivatives of the steps."""
    gates, weights = cell_state_factor_steps(f.tolist(), r).steps
    numbers = rf"\frac{{{show(cell)}}}{{{show(plain)}}}"
    return (
        *under("cell", (gates,)),
        *under("plain", (weights,)),
        Step(
            "Compare the two factors.", r"\frac{\partial C_4 / \partial C_0}{r^4}", numbers, show(ratio), "ratio"
        ),
    )


def check(f, r):
    """Run both recursions from two starts and compare the ends."""

    def end(start, factors):
        state = start
        for factor in factors:
            state = factor * state + 0.3
        return state

    cell = end(2.0, f) - end(1.0, f)
    return {"cell": cell, "plain": end(2.0, [r] * 4) - end(1.0, [r] * 4), "ratio": cell / r**4}


@part(r"The factor $\partial C_4 / \partial C_0$.", Number(decimals=3))
def cell(f):
    return np.prod(f)


@slip(cell, "The factors of successive steps are multiplied, not averaged.")
def mean(f):
    return f.mean()


@slip(cell, "Every step counts, not only the weakest gate.", credit=0.25)
def weakest(f):
    return f.min()


@slip(cell, "A highway is not lossless: a forget gate below 1 still shrinks the gradient.")
def lossless(f):
    return 1.0


@part("The factor of the plain cell over the same four steps.", Number(decimals=4))
def plain(r):
    return r**4


@slip(plain, "The factor is raised to the number of steps, not multiplied by it.")
def linear(r):
    return 4 * r


@slip(plain, "Four steps give four factors; one is missing.", credit=0.5)
def one_less(r):
    return r**3


@part("How many times larger is the gradient that arrives through the LSTM?", Number(significant=3))
def ratio(cell, plain):
    return cell / plain


@slip(ratio, "This is the plain cell compared with the LSTM; the question asks the other way round.", credit=0.5)
def inverse(cell, plain):
    return plain / cell


@slip(ratio, "Factors are compared by a quotient; this is their difference.")
def difference(cell, plain):
    return cell - plain
