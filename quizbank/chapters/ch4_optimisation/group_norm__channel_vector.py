"""Group norm of a vector of channels."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Question, integers, part, slip
from solvers.engine.layers.groupnorm import Groupnorm
from solvers.norms import group_norm, group_norm_steps
from solvers.worked import Step

question = Question(
    "ch4.group_norm",
    title="Group norm of six channels",
    section="IV.2.e",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("group norm",),
    x=integers(-6, 9, shape=(6,)),
    text=r"""
A feature map of one sample has six channels of size $1 \times 1$ with the values $x = <<x>>$. Group norm with two groups is applied: channels 1 to 3 form the first group,
channels 4 to 6 the second. It uses the population variance; γ, β and ε are left out. A calculator may be used.
""",
    hints=("Each group is normalised by itself.", "What would one group over all channels be called?"),
)


def where(x):
    """Keep whole means and spreads that are felt, in every way of grouping."""
    return (
        x[:3].sum() % 3 == 0
        and x[3:].sum() % 3 == 0
        and min(x[:3].var(), x[3:].var(), x[::2].var(), x[1::2].var()) > 1
    )


def work(x):
    """One group, then the other."""
    steps = [step for step in group_norm_steps(x, 2).steps if step.name != "y"]
    parts = {"mean": "means", "vari": "variances", "x_ha": "y"}
    ordered = sorted(steps, key=lambda step: list(parts).index(step.name[:4]))
    return tuple(
        Step(_of_group(step.reason, place % 2 + 1), step.formula, step.numbers, step.result, parts[step.name[:4]])
        for place, step in enumerate(ordered)
    )


def _of_group(reason, number):
    return reason if reason.startswith("Group") else f"Group {number}: {reason[0].lower()}{reason[1:]}"


def check(x):
    """Let the engine normalise the feature map; statistics by adding up."""
    (Y,), _ = Groupnorm(groups=2, eps=0.0).forward({}, x.reshape(1, 6, 1, 1).astype(float))
    groups = (x[:3].tolist(), x[3:].tolist())
    means = [sum(group) / 3 for group in groups]
    variances = [sum(v * v for v in group) / 3 - mean * mean for group, mean in zip(groups, means, strict=True)]
    return {"means": means, "variances": variances, "y": Y.ravel()}


@part("The means that are used, as a row of two numbers.", Matrix(decimals=2))
def means(x):
    return x.reshape(2, 3).mean(axis=1)


@slip(means, "Neighbouring channels form a group; these groups take every second channel.", credit=0.25)
def alternating(x):
    return np.array([x[::2].mean(), x[1::2].mean()])


@slip(means, "Each group has its own mean; this is the mean of all channels.")
def overall(x):
    return np.array([x.mean(), x.mean()])


@part("The variances that are used.", Matrix(decimals=3))
def variances(x, means):
    return ((x.reshape(2, 3) - means[:, None]) ** 2).mean(axis=1)


@slip(
    variances,
    "These divide by one less than the number of channels; here the population variance is meant.",
    credit=0.5,
)
def sample_variances(x):
    return x.reshape(2, 3).var(axis=1, ddof=1)


@slip(variances, "These are the standard deviations.", credit=0.5)
def deviations(x):
    return x.reshape(2, 3).std(axis=1)


@part("The six channels after group norm.", Matrix(decimals=3))
def y(x, means, variances):
    return ((x.reshape(2, 3) - means[:, None]) / np.sqrt(variances)[:, None]).ravel()


@slip(y, "This is one group over all channels, that is layer norm.", credit=0.25)
def one_group(x):
    return group_norm(x, 1)


@slip(y, "Neighbouring channels form a group; these groups take every second channel.", credit=0.25)
def every_second(x):
    halves = group_norm(np.concatenate([x[::2], x[1::2]]), 2)
    return np.stack([halves[:3], halves[3:]], axis=1).ravel()


@slip(y, "The values are centred but not divided by the standard deviation.", credit=0.25)
def centred_only(x, means):
    return (x.reshape(2, 3) - means[:, None]).ravel()
