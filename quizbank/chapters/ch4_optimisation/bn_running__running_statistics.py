"""Running mean and variance of batch norm."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.arrays import show
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.norms import running_average, running_average_steps
from solvers.worked import Step

question = Question(
    "ch4.bn_running",
    title="Running statistics of batch norm",
    section="IV.2.e",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("batch norm", "running averages"),
    means=integers(-4, 12, shape=(3,)),
    start=one_of(0, 1, 2),
    beta=one_of(0.6, 0.8, 0.9),
    deviations=integers(1, 6, shape=(2,), distinct=True),
    old=derived(lambda deviations: deviations[0]),
    new=derived(lambda deviations: deviations[1]),
    text=r"""
Batch norm keeps running statistics of a feature. After every training batch, $r \leftarrow \beta r + (1 - \beta)\, s$, where $s$ is the batch's statistic, with $\beta = <<beta>>$.
The running mean starts from $<<start>>$; the next three batches have the means $<<means>>$.
""",
    hints=(
        "Apply the rule once for each batch, in order.",
        "What is averaged for the variance: variances, or their roots?",
    ),
)


def where(means):
    """Keep means that differ."""
    return len(set(means.tolist())) == 3


def work(means, start, beta, old, new):
    """Batch by batch, then the variances."""
    return (
        *running_average_steps(start, means, beta).steps,
        Step("The first batch entered with $1 - \\beta$ and was multiplied by β twice since.", r"(1 - \beta)\, \beta^2",
             rf"{show(1 - beta)} \cdot {show(beta)}^2", show((1 - beta) * beta**2), "share"),
        Step("Square first, then average: the mean of roots is not the root of the mean.",
             r"\beta\, \sigma_\text{old}^2 + (1 - \beta)\, \sigma_\text{batch}^2", rf"{show(beta)} \cdot {old}^2 + {show(1 - beta)} \cdot {new}^2",
             show(beta * old**2 + (1 - beta) * new**2), "variance"),
    )  # fmt: skip


def check(means, start, beta, deviations):
    """Feed batches with these statistics to the engine's layer."""
    layer = Batchnorm(momentum=beta)
    state = {"running_mean": np.array([float(start)]), "running_var": np.array([float(deviations[0]) ** 2])}
    for mean in means:
        state = {**state, **layer.next_state(state, np.array([[mean - 1.0], [mean + 1.0]]))}
    one = {"running_mean": np.zeros(1), "running_var": np.array([float(deviations[0]) ** 2])}
    spread = layer.next_state(one, np.array([[-1.0], [1.0]]) * deviations[1])["running_var"]
    return {
        "r3": state["running_mean"][0],
        "share": running_average(0, [1, 0, 0], beta),
        "variance": spread[0],
    }


@part("The running mean after the three batches.", Number(decimals=3))
def r3(means, start, beta):
    value = start
    for mean in means:
        value = beta * value + (1 - beta) * mean
    return value


@slip(
    r3,
    "The weights are exchanged: β belongs to the old value here. (PyTorch's momentum weights the new one.)",
    credit=0.5,
)
def exchanged(means, start, beta):
    value = start
    for mean in means:
        value = (1 - beta) * value + beta * mean
    return value


@slip(r3, "This is the plain average of the batches.")
def plain(means):
    return means.mean()


@slip(r3, "This is the value after the first batch; there are three.", credit=0.25)
def one_batch(means, start, beta):
    return beta * start + (1 - beta) * means[0]


@slip(r3, "This sees the last batch only; each update starts from the running value.", credit=0.25)
def last_only(means, start, beta):
    return beta * start + (1 - beta) * means[-1]


@part("With which weight does the first of the three batches enter that running mean?", Number(decimals=4))
def share(beta):
    return (1 - beta) * beta**2


@slip(share, "This is its weight right after it came; two updates have shrunk it since.", credit=0.5)
def at_first(beta):
    return 1 - beta


@slip(share, "This is the weight of the starting value.", credit=0.25)
def of_start(beta):
    return beta**3


@slip(share, "One update too many: the first batch was followed by two others.", credit=0.5)
def one_more(beta):
    return (1 - beta) * beta**3


@part(
    "The layer averages variances. At some time the running *standard deviation* (the root of the running variance) is <<old>>, and the next "
    "batch has the standard deviation <<new>>. The running variance after it.",
    Number(decimals=3),
)
def variance(deviations, beta):
    return beta * deviations[0] ** 2 + (1 - beta) * deviations[1] ** 2


@slip(
    variance,
    "This averages the standard deviations and squares the result; the variances have to be averaged.",
    credit=0.25,
)
def averaged_roots(deviations, beta):
    return (beta * deviations[0] + (1 - beta) * deviations[1]) ** 2


@slip(variance, "This is the average of the standard deviations; square them first.", credit=0.25)
def not_squared(deviations, beta):
    return beta * deviations[0] + (1 - beta) * deviations[1]


@slip(variance, "The weights are exchanged: β belongs to the old value here.", credit=0.5)
def exchanged_variance(deviations, beta):
    return (1 - beta) * deviations[0] ** 2 + beta * deviations[1] ** 2
