"""How many units dropout drops: a share on average, not exactly."""

from itertools import combinations

from grader.kinds.number import Number
from quizbank import Question, depending, integers, one_of, part, slip
from solvers.dropout import drop_counts, drop_counts_steps
from solvers.worked import Step

question = Question(
    "ch4.dropout_binomial",
    title="How many units are dropped?",
    section="IV.2.d",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("dropout", "probability"),
    n=one_of(4, 5, 6, 8, 10, 12),
    p=one_of(0.1, 0.2, 0.25, 0.3, 0.4),
    k=depending(lambda n: integers(1, n - 2)),
    text=r"""
A layer has $<<n>>$ units. In every training step dropout drops each of them with the probability $p = <<p>>$, independently of the others. A calculator may be used.
""",
    hints=(
        "Independent units: think of tossing a coin for each.",
        "In how many ways can the dropped units be chosen?",
    ),
)


def where(n, p, k):
    """Keep probabilities that are felt."""
    return drop_counts(n, p, k)["exactly"] > 0.005


def work(n, p, k):
    """Average, then the binomial distribution."""
    return (
        *drop_counts_steps(n, p, k).steps,
        Step("All units stay if none is dropped.", "(1 - p)^n", f"{1 - p:g}^{{{n}}}", f"{(1 - p) ** n:.6g}", "none"),
    )  # fmt: skip


def check(n, p, k):
    """Count the masks one by one."""
    chances = [
        (size, p**size * (1 - p) ** (n - size)) for size in range(n + 1) for _ in combinations(range(n), size)
    ]
    return {
        "expected": sum(size * chance for size, chance in chances),
        "exactly": sum(chance for size, chance in chances if size == k),
        "none": chances[0][1],
    }


@part("How many units are dropped on average?", Number(decimals=2))
def expected(n, p):
    return n * p


@slip(expected, "This is how many stay on average.", credit=0.5)
def staying(n, p):
    return n * (1 - p)


@slip(expected, "This is the share; multiply it by the number of units.", credit=0.25)
def share(p):
    return p


@part("What is the probability that the number of dropped units is exactly $<<k>>$?", Number(decimals=4))
def exactly(n, p, k):
    return drop_counts(n, p, k)["exactly"]


@slip(exactly, "This is the probability of one particular choice of units; there are several.", credit=0.25)
def one_choice(n, p, k):
    return p**k * (1 - p) ** (n - k)


@slip(exactly, "Dropped and kept are exchanged.", credit=0.5)
def exchanged(n, p, k):
    return drop_counts(n, 1 - p, k)["exactly"]


@slip(exactly, "The number of dropped units is not fixed at $np$: each unit is dropped by its own chance.")
def fixed_number(n, p, k):
    return 1.0 if abs(k - n * p) < 1e-9 else 0.0


@part("What is the probability that no unit is dropped at all?", Number(decimals=4))
def none(n, p):
    return (1 - p) ** n


@slip(none, "This is the probability that all are dropped.")
def all_dropped(n, p):
    return p**n


@slip(none, "This is the probability that one given unit stays; all of them have to.", credit=0.25)
def one_stays(p):
    return 1 - p
