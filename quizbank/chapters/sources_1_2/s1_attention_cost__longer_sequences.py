"""What grows how fast with the sequence in self-attention, and why scores are divided by a root."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.number import Number
from quizbank import Question, derived, one_of, part, slip, statements
from solvers.worked import Step

CLAIMS = (
    (True, "Without the division the scores spread the more, the longer the queries and keys are.", "Their variance is the number of entries."),
    (True, "With widely spread scores the softmax is close to 1 for one token and close to 0 for the others.", "It compares differences of the scores."),
    (True, "Where the softmax is saturated its derivatives are close to 0, so little can be learnt.", "Each derivative is p(1 - p) or -pq."),
    (True, "The division keeps the variance of the scores near 1, whatever the dimension is.", "It divides the variance by the number of entries."),
    (True, "The number of attention weights does not depend on the length of the token vectors.", "There is one weight for each pair of tokens."),
    (True, "Doubling the sequence doubles the work of the projections to queries, keys and values.", "Each token is projected by itself."),
    (False, "The division makes the weights of a row add up to 1.", "The softmax does that, with or without it."),
    (False, "The division is by the length of the sequence, so that long texts do not count more.", "The divisor is the root of the queries' dimension, whatever the length."),
    (False, "Without the division the outputs could become larger than every value vector.", "Outputs are weighted means of the values, with or without it."),
    (False, "The division lowers the number of operations from quadratic to linear in the sequence.", "It costs one operation more for each score."),
    (False, "The division is needed because dot products are negative half of the time.", "The softmax takes negative scores as well."),
    (False, "With small scores the softmax gives one token all the weight.", "With scores near 0 the weights are nearly alike."),
)  # fmt: skip

question = Question(
    "s1.attention_cost",
    title="What attention costs, and why it is scaled",
    section="second document",
    points=6,
    difficulty=2,
    minutes=7,
    topics=("attention", "cost", "softmax"),
    N=one_of(20, 32, 50, 64, 100),
    f=one_of(2, 3, 4, 5, 10),
    longer=derived(lambda N, f: N * f),
    d=one_of(16, 25, 36, 49, 64, 100, 144),
    claims=statements(CLAIMS, 4),
    text=r"""
A self-attention layer with one head gets <<N>> tokens. Queries, keys and values are made from each token by matrices whose sizes do not depend on
the number of tokens; queries and keys have <<d>> entries. Every token attends to all tokens, itself included.
""",
    hints=(
        "For which pairs of tokens is there a weight?",
        "The variance of a sum of independent terms is the sum of their variances.",
    ),
)


def work(N, f, d, claims):
    """Count pairs; compare lengths; add variances."""
    return (
        Step("One weight for every pair of a query and a key.", "N^2", f"{N}^2", f"{N * N}", "weights"),
        Step("Projections work on each token alone: linear. Weights belong to pairs: quadratic.", r"f, \; f^2", rf"{f}, \; {f}^2",
             rf"{f}, \; {f * f}", "factors"),
        Step(f"A score adds {d} independent products, each of variance 1.", r"\operatorname{Var}(q \cdot k) = d", "", f"{d}", "spread"),
        Step("The standard deviation is the root, by which the scores are divided.", r"\sqrt{d}", rf"\sqrt{{{d}}}", f"{round(d**0.5)}",
             "spread"),
        *(Step(f"{letter}) {'Right' if right else 'Not right'}: {why}", name="reasons")
          for letter, (right, _, why) in zip("abcd", claims, strict=True)),
    )  # fmt: skip


def check(N, f, d):
    """Count weights and projected rows of arrays; scores of every sign pattern of few entries show the variance per entry."""
    short, long = np.ones((N, N)), np.ones((N * f, N * f))
    signs = np.array(np.meshgrid(*[[-1, 1]] * 4)).reshape(4, -1).T
    per_entry = (signs @ signs.T).var() / 4
    return {
        "weights": short.size,
        "factors": (long.shape[0] // short.shape[0], long.size // short.size),
        "spread": (per_entry * d) ** 0.5,
    }


@part("How many attention weights does the layer compute?", Number(integer=True))
def weights(N):
    return N * N


@slip(weights, "Every token has a weight for every token, not a single one.", credit=0.25)
def one_each(N):
    return N


@slip(weights, "Pairs count in both directions, and a token attends to itself.", credit=0.5)
def unordered(N):
    return N * (N - 1) // 2


@slip(
    weights,
    "The length of queries and keys makes each weight more expensive to compute; it does not add weights.",
    credit=0.25,
)
def times_length(N, d):
    return N * N * d


@part("The sequence gets $<<f>>$ times as long, $<<longer>>$ tokens. By which factors do the multiplications of the projections and the number of "
      "attention weights grow? Give both, in this order.", IntegerList(whole=False), points=2)  # fmt: skip
def factors(f):
    return f, f * f


@slip(factors, "The projections grow with the tokens; the weights belong to pairs of tokens.", credit=0.25)
def both_linear(f):
    return f, f


@slip(factors, "Each token is projected by itself, which is linear; only the weights are quadratic.", credit=0.25)
def both_quadratic(f):
    return f * f, f * f


@part("The entries of queries and keys are independent with mean 0 and variance 1. What is the standard deviation of a score $q \\cdot k$?",
      Number(decimals=2))  # fmt: skip
def spread(d):
    return d**0.5


@slip(spread, "This is the variance; the standard deviation is its root.", credit=0.5)
def variance(d):
    return d


@slip(
    spread,
    "A score is a sum of <<d>> products; each of them has variance 1, and the variances add up.",
    credit=0.25,
)
def one_product():
    return 1


def choices(claims) -> MultipleChoice:
    """The statements drawn."""
    return MultipleChoice(
        options=tuple(text for _, text, _ in claims), explanations=tuple(why for _, _, why in claims)
    )


@part(
    "Before the softmax, scores are divided by the square root of the number of entries of a query. Which statements are right?",
    choices,
    points=2,
)
def reasons(claims):
    return tuple(place for place, (right, _, _) in enumerate(claims) if right)
