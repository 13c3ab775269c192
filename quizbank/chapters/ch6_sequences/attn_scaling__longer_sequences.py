"""How the cost of self-attention grows with the sequence."""

from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.attention import length_costs_steps

question = Question(
    "ch6.attn_scaling",
    title="Attention over longer sequences",
    section="VI.4",
    points=3,
    revision=2,
    difficulty=2,
    minutes=3,
    topics=("attention", "complexity"),
    N=multiples(32, 2, 32),
    D=one_of(64, 96, 128),
    f=one_of(2, 3, 4, 5),
    text=r"""
A self-attention layer reads sequences of $<<N>>$ tokens with $<<D>>$ features and one head. The sequences become $<<f>>$ times as long; the features stay.
A calculator may be used.
""",
    hints=("A projection treats every token alike.", "Every token has one weight for every token."),
)


def where(N, D):
    """Keep the sizes apart."""
    return N != D


def work(N, f):
    """Projections grow with the tokens, weights with their pairs."""
    projected, grown, count = length_costs_steps(N, f).steps
    return (*under("projections", (projected,)), *under("weights", (count,)), *under("growth", (grown,)))


def check(N, D, f):
    """Count the multiplications and the pairs of a short and of a long sequence."""

    def projected(tokens):
        return sum(3 * D * D for _ in range(tokens))

    def pairs(tokens):
        return sum(tokens for _ in range(tokens))

    return {
        "projections": projected(f * N) / projected(N),
        "weights": pairs(f * N),
        "growth": pairs(f * N) / pairs(N),
    }


@part("By which factor does the work for the projections to queries, keys and values grow?", Number(integer=True))
def projections(f):
    return f


@slip(
    projections,
    "Each token is projected on its own: the work grows with their number, not with its square.",
    credit=0.25,
)
def quadratic(f):
    return f * f


@slip(projections, "The weights of a projection do not change, but they are applied to more tokens.", credit=0.25)
def unchanged(f):
    return 1


@part("How many attention weights are there for one long sequence?", Number(integer=True))
def weights(N, f):
    return (f * N) ** 2


@slip(weights, "Both queries and keys become more: the factor enters squared.", credit=0.25)
def one_side(N, f):
    return f * N * N


@slip(weights, "The number of weights does not depend on the size of the features.", credit=0.25)
def with_features(N, D, f):
    return (f * N) ** 2 * D


@part("By which factor has their number grown?", Number(integer=True))
def growth(weights, N):
    return weights / N**2


@slip(growth, "Attention compares all pairs of tokens: it grows with the square.", credit=0.25)
def linear(f):
    return f


@slip(growth, "The factor is squared, not doubled.")
def doubled(f):
    return 2 * f if f > 2 else None
