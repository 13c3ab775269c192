"""Gradient clipping by norm and by value."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, one_of, part, slip
from solvers.engine.clipping import clip_norm, clip_value
from solvers.regularisation import clip_norm_steps, clip_value_steps
from solvers.worked import Step

TRIPLES = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 15, 17), (9, 12, 15), (7, 24, 25), (12, 16, 20), (20, 21, 29))

question = Question(
    "ch4.clip_norm",
    title="Gradient clipping by norm and by value",
    section="IV.2.b",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("gradient clipping", "exploding gradients"),
    triple=one_of(*TRIPLES),
    signs=one_of((1, 1), (1, -1), (-1, 1), (-1, -1)),
    turn=one_of(0, 1),
    g=derived(
        lambda triple, signs, turn: tuple(s * v for s, v in zip(signs, triple[:2][:: 1 - 2 * turn], strict=True))
    ),
    c=one_of(1, 2, 4, 5, 10),
    small=one_of(
        (0.3, 0.4), (-0.3, 0.4), (0.4, -0.3), (0.6, 0.8), (-0.8, 0.6), (0.6, -0.8), (-0.5, 0.2), (0.7, 0.1)
    ),
    text=r"""
Gradients are clipped with the limit $c = <<c>>$: either *by norm* (the Euclidean length is limited to $c$) or *by value* (every entry is
limited to the range from $-c$ to $c$). In one step the gradient is $g = <<g>>$, in another it is $h = <<small>>$.
""",
    hints=("By norm, the direction stays and the length becomes $c$.", "When does clipping do nothing?"),
)


def where(triple, c, small):
    """Keep a long gradient, entries of which at least one is cut, and a short one within the limit."""
    return triple[2] > c < max(triple[:2]) and np.hypot(*small) < c


def work(g, c, small):
    """Length, scaling, cutting."""
    length, scaled = clip_norm_steps(g, c).steps
    (cut,) = clip_value_steps(g, c).steps
    return (
        length,
        Step(scaled.reason, scaled.formula, scaled.numbers, scaled.result, "by_norm"),
        Step(cut.reason, cut.formula, "", cut.result, "by_value"),
        Step("It is shorter than the limit, so it stays as it is: clipping never enlarges, and so it does not help against "
             "vanishing gradients.", r"\|h\| \le c", "", "", "short"),
    )  # fmt: skip


def check(g, c, small):
    """Let the engine clip, and measure by arithmetic."""
    return {
        "norm": sum(int(v) ** 2 for v in g) ** 0.5,
        "by_norm": clip_norm((g.astype(float),), c)[0],
        "by_value": clip_value((g.astype(float),), c)[0],
        "short": clip_norm((small,), c)[0],
    }


@part("The norm of $g$.", Number(decimals=2))
def norm(g):
    return np.linalg.norm(g)


@slip(
    norm, "This adds the sizes of the entries; the Euclidean norm is the root of the sum of squares.", credit=0.25
)
def sum_of_sizes(g):
    return np.abs(g).sum()


@slip(norm, "The root is missing.", credit=0.5)
def squared(g):
    return (g**2).sum()


@part("$g$ clipped by norm.", Matrix(decimals=3))
def by_norm(g, c, norm):
    return g * c / norm


@slip(by_norm, "This is clipping by value, which cuts each entry for itself.", credit=0.25)
def cut_entries(g, c):
    return np.clip(g, -c, c)


@slip(by_norm, "This has the length 1; it has to have the length <<c>>.", credit=0.5)
def unit_length(g, c, norm):
    return g / norm if c != 1 else None


@slip(by_norm, "This limits the sum of the sizes, not the Euclidean length.", credit=0.25)
def by_sum(g, c):
    return g * c / np.abs(g).sum()


@part("$g$ clipped by value.", Matrix(decimals=3))
def by_value(g, c):
    return np.clip(g, -c, c)


@slip(
    by_value,
    "This is clipping by norm; by value, entries within the range stay, and the others go to its end.",
    credit=0.25,
)
def scaled(by_norm):
    return by_norm


@slip(by_value, "The limit is not subtracted: what lies outside goes to the end of the range.")
def shrunk(g, c):
    return np.sign(g) * np.maximum(np.abs(g) - c, 0)


@slip(by_value, "Negative entries are limited at $-c$ and keep their sign.", credit=0.25)
def upper_only(g, c):
    return np.minimum(np.abs(g), c) if (g < 0).any() else None


@part("$h$ clipped by norm.", Matrix(decimals=3))
def short(small):
    return small


@slip(short, "Clipping shortens gradients that are too long; it never lengthens one.")
def lengthened(small, c):
    return small * c / np.linalg.norm(small)


@slip(short, "It is within the limit: nothing has to be removed.")
def removed(small):
    return 0 * small
