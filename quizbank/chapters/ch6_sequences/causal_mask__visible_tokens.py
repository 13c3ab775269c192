"""What a causal mask leaves visible."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, depending, integers, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.attention import causal_counts_steps
from solvers.drawing.grid import Grid, grids
from solvers.softmax import softmax, softmax_steps
from solvers.worked import Step

question = Question(
    "ch6.causal_mask",
    title="Masked self-attention",
    section="VI.4.d",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("attention", "transformers", "masks"),
    T=integers(4, 14),
    i=depending(lambda T: integers(3, T - 1)),
    s=integers(-1, 3, shape=(1, 3)),
    text=r"""
The decoder of a transformer masks its self-attention, so that a token sees itself and the tokens before it, but none after it. A sequence has
$<<T>>$ tokens, numbered from 1. A calculator may be used.
""",
    hints=("Token number one sees one token.", "A masked score counts as −∞: its exponential is 0."),
)


def where(s):
    """Keep visible scores that differ."""
    return s[0, 0] != s[0, 1]


def figure(T, i):
    """All pairs of tokens, without the mask."""
    numbers = tuple(map(str, range(1, T + 1)))
    row = frozenset((i - 1, j) for j in range(T))
    pairs = Grid("rows look at columns", [[""] * T] * T, (), numbers, numbers, row, cell=20)
    return Figure(
        grids((pairs,)),
        f"A grid with a row for each of the {T} tokens that look and a column for each token looked at, before the mask is "
        f"applied. Row {i} is shaded.",
    )


def work(T, i, weight, s, row):
    """Count row by row; equal scores share the weight."""
    count, _ = causal_counts_steps(T, i - 1).steps
    return (
        *under("pairs", (count,)),
        Step(
            f"Token number {i} sees {i} tokens; equal scores share the weight equally.",
            rf"\frac{{1}}{{{i}}}",
            "",
            show(weight),
            "weight",
        ),
        Step("The third token comes after the second: it is masked, and only two scores go into the softmax.", "", "", show(s[0, :2]), "row"),
        *under("row", softmax_steps(s[0, :2])),
        Step("The masked token gets no weight.", "a", "", show(row), "row"),
    )  # fmt: skip


def check(T, i, s):
    """Build the mask and count; apply it to equal and to given scores."""
    mask = np.tril(np.ones((T, T)))
    powers = np.exp(np.array(s[0][:2], dtype=float))
    return {"pairs": mask.sum(), "weight": 1 / mask[i - 1].sum(), "row": [*(powers / powers.sum()), 0]}


@part("How many pairs (token, visible token) are there?", Number(integer=True))
def pairs(T):
    return T * (T + 1) // 2


@slip(pairs, "Without a mask every token would see all; here the later ones are hidden.")
def unmasked(T):
    return T * T


@slip(pairs, "A token sees itself, too.", credit=0.5)
def without_itself(T):
    return T * (T - 1) // 2


@part(
    "If all scores are equal, which weight does token number $<<i>>$ give to each token that it sees?",
    Number(decimals=3),
)
def weight(i):
    return 1 / i


@slip(weight, "The hidden tokens share nothing: their weights are 0.")
def over_all(T):
    return 1 / T


@slip(weight, "A token sees itself, too.", credit=0.5)
def over_earlier(i):
    return 1 / (i - 1)


@slip(weight, "The mask hides the later tokens, not the earlier ones.")
def other_side(T, i):
    return 1 / (T - i + 1)


@part(
    "In a sequence of three tokens, the second one has the scaled scores $<<s>>$. Which weights does it give to the three tokens?",
    Matrix(decimals=3),
)
def row(s):
    return np.append(softmax(s[0, :2]), 0.0)[None]


@slip(row, "The third token comes later: it is hidden and gets the weight 0.", credit=0.25)
def all_three(s):
    return softmax(s)


@slip(row, "Masking comes before the softmax: the weights that are left add up to 1.", credit=0.5)
def masked_late(s):
    return softmax(s) * [1, 1, 0]
