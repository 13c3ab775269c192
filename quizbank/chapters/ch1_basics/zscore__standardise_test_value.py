"""Standardising and rescaling with the statistics of the training set."""

import math

from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from quizbank.usual import under
from solvers.scaling import rescale, rescale_steps, standardise, standardise_steps

question = Question(
    "ch1.zscore",
    also=("ch1.minmax",),
    title="Scaling a new value",
    section="I.2.d",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("normalisation", "data leakage"),
    train=integers(0, 20, shape=(5,), distinct=True),
    x=integers(0, 24),
    other=integers(0, 24),
    text=r"""
A feature has the values $<<train:list>>$ in the training set. The test set contains the values $<<x>>$ and $<<other>>$.
Standard deviations are those of the population: the sum of the squared deviations is divided by the number of values. A calculator may be used.
""",
    hints=(
        "Which statistics may be used for a test value?",
        "Standardising needs mean and standard deviation, rescaling the smallest and the largest value.",
    ),
)


def where(train, x, other):
    """Keep values that are spread, and a test value that is no special one."""
    return train.std() > 2 and x not in (train.mean(), train.min(), train.max(), other) and x != other


def work(train, x):
    """First the z-score, then the two intervals."""
    low, high = train.min(), train.max()
    return (
        *standardise_steps(x, train).steps,
        *under("unit", rescale_steps(x, low, high)),
        *under("both", rescale_steps(x, low, high, (-1.0, 1.0)).steps[1:]),
    )


def check(train, x):
    """Sums written out; the intervals by the line through their ends."""
    values = [int(value) for value in train]
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum(v * v for v in values) / len(values) - mean**2)
    share = (x - min(values)) / (max(values) - min(values))
    return {"z": (x - mean) / deviation, "unit": share, "both": -1 * (1 - share) + 1 * share}


@part(
    "The test value $<<x>>$, standardised (z-score) as it should be before it enters the network.",
    Number(decimals=3),
    points=2,
)
def z(train, x):
    return standardise(x, train).item()


@slip(z, "Mean and deviation come from the training set alone; here the test values leaked in.", credit=0.25)
def leaked(train, x, other):
    return standardise(x, [*train, x, other]).item()


@slip(z, "The division is by the standard deviation, not by the variance.", credit=0.5)
def by_variance(train, x):
    return (x - train.mean()) / train.var()


@slip(z, "The squared deviations are divided by the number of values here, not by one less.", credit=0.75)
def sample_deviation(train, x):
    return standardise(x, train, sample=True).item()


@slip(z, "This is min-max scaling; standardising uses mean and standard deviation.", credit=0.25)
def rescaled(train, x):
    return (x - train.min()) / (train.max() - train.min())


@part("The same value under min-max scaling that maps the training set onto $[0, 1]$.", Number(decimals=3))
def unit(train, x):
    return rescale(x, train.min(), train.max()).item()


@slip(unit, "The smallest value is subtracted first.", credit=0.25)
def no_shift(train, x):
    return x / (train.max() - train.min())


@slip(unit, "The range is the largest minus the smallest value.", credit=0.25)
def over_maximum(train, x):
    return x / train.max()


@part("The same value under min-max scaling that maps the training set onto $[-1, 1]$.", Number(decimals=3))
def both(unit):
    return 2 * unit - 1


@slip(both, "This maps onto [0, 1].", credit=0.25)
def unit_again(unit):
    return unit


@slip(both, "Stretching [0, 1] to twice the length comes before the shift.", credit=0.25)
def shifted_only(unit):
    return unit - 1
