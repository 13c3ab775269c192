"""How large a full Jacobian would be, how empty it is, and how small the gradient."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.tensor_shapes import jacobian_entries_steps
from solvers.worked import Step

question = Question(
    "ch7.jacobian_size",
    title="Why nobody stores the Jacobian",
    section="VII.1.b",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("Jacobian", "gradient", "affine layer"),
    N=one_of(4, 8, 16, 32, 64),
    D=one_of(10, 20, 50, 100, 200),
    M=one_of(3, 5, 12, 25, 40),
    text=r"""
An affine layer without a bias computes $Y = XW$ for a batch of $<<N>>$ samples; it has $<<D>>$ inputs and $<<M>>$ outputs. The loss $L$ is a
number.
""",
    hints=(
        "A Jacobian has one entry for each pair of an output number and a weight.",
        "Which weights does one number of $Y$ depend on?",
    ),
)


def work(N, D, M):
    """Count outputs times weights; then those that can differ from zero."""
    full, small = jacobian_entries_steps(N, D, M).steps
    alive = Step("A number of $Y$ depends on the weights of its own output alone, one for each input.", r"(N M) D",
                 rf"{N * M} \cdot {D}", f"{N * M * D}", "alive")  # fmt: skip
    return full, alive, small


def check(N, D, M):
    """Build the Jacobian of a small layer and count; its counts scale with the sizes."""
    X = np.random.default_rng(1).normal(size=(2, 3))
    units = np.eye(12).reshape(12, 3, 4)
    jacobian = np.array([(X @ unit).ravel() for unit in units])
    outputs, weights = N * M / (2 * 4), D * M / (3 * 4)
    return {
        "jacobian": jacobian.size * outputs * weights,
        "alive": np.count_nonzero(jacobian) * outputs * D / 3,
        "gradient": len(units) * weights,
    }


@part(r"How many entries has the full Jacobian $\partial Y / \partial W$?", Number(integer=True))
def jacobian(N, D, M):
    return N * M * D * M


@slip(jacobian, "This is the size of the gradient of a number; here $Y$ has many numbers.")
def as_gradient(D, M):
    return D * M


@slip(jacobian, "Every sample has outputs of its own; this is one sample.", credit=0.5)
def one_sample(D, M):
    return M * D * M


@slip(
    jacobian,
    "Each of the outputs has to be counted with all weights, also those that do not touch it.",
    credit=0.5,
)
def touching(N, D, M):
    return N * M * D


@part("How many of them can be different from 0?", Number(integer=True), points=2)
def alive(N, D, M):
    return N * M * D


@slip(alive, "One number of $Y$ depends on <<D>> weights only: those of its own output.", credit=0.25)
def everything(N, D, M):
    return N * M * D * M


@slip(alive, "A number of $Y$ depends on one weight for each input, not on a single one.", credit=0.25)
def outputs_only(N, M):
    return N * M


@part(r"How many entries has $\partial L / \partial W$?", Number(integer=True))
def gradient(D, M):
    return D * M


@slip(gradient, "The batch is summed over: the gradient has the shape of $W$.", credit=0.25)
def with_batch(N, D, M):
    return N * D * M


@slip(gradient, "This is the shape of $Y$; a gradient has the shape of what it is taken for.", credit=0.25)
def of_output(N, M):
    return N * M
