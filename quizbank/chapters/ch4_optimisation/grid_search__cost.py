"""What a grid search costs."""

from itertools import product

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.arrays import show
from solvers.data_split import grid_search, grid_search_steps
from solvers.worked import Step

question = Question(
    "ch4.grid_search",
    title="The cost of a grid search",
    section="IV.2.f",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("hyperparameters", "grid search"),
    values=integers(2, 6, shape=(4,)),
    minutes_each=one_of(10, 15, 20, 30, 45),
    more=one_of(3, 4, 5, 6),
    a=derived(lambda values: values[0]),
    b=derived(lambda values: values[1]),
    c=derived(lambda values: values[2]),
    d=derived(lambda values: values[3]),
    text=r"""
A grid search tries $<<a>>$ learning rates, $<<b>>$ batch sizes, $<<c>>$ widths and $<<d>>$ dropout probabilities, in all combinations. One training run takes $<<minutes_each>>$ minutes; runs follow
one after the other.
""",
    hints=(
        "How many widths are tried for each pair of a learning rate and a batch size?",
        "A new hyperparameter repeats the whole grid for each of its values.",
    ),
)


def where(values):
    """Keep counts that differ and do not make the sum and the product alike."""
    return len(set(values.tolist())) > 2


def work(values, minutes_each, more, runs, hours, extended):
    """Multiply, convert, multiply again."""
    return (
        *grid_search_steps(values.tolist(), minutes_each).steps,
        Step("Every combination so far is tried with each new value: cost grows by a factor with every hyperparameter.",
             r"n_\text{more} \cdot \text{hours}", rf"{more} \cdot {show(hours)}", show(extended), "extended"),
    )  # fmt: skip


def check(values, minutes_each, more):
    """List the combinations and add up the minutes."""
    combinations = list(product(*(range(count) for count in values)))
    minutes = sum(minutes_each for _ in combinations)
    return {"runs": len(combinations), "hours": minutes / 60, "extended": sum(minutes for _ in range(more)) / 60}


@part("The number of runs.", Number(integer=True))
def runs(values):
    return grid_search(values.tolist(), 1)["runs"]


@slip(runs, "Each value is combined with each of the others: the counts multiply.")
def added(values):
    return values.sum()


@slip(runs, "This leaves the last hyperparameter out.", credit=0.25)
def three_only(values):
    return values[:3].prod()


@part("The duration of the search in hours.", Number(decimals=2))
def hours(runs, minutes_each):
    return runs * minutes_each / 60


@slip(hours, "These are minutes.", credit=0.5)
def in_minutes(runs, minutes_each):
    return runs * minutes_each


@slip(hours, "The minutes of a run are missing.", credit=0.25)
def one_minute_each(runs):
    return runs / 60


@part(
    "A fifth hyperparameter with $<<more>>$ values joins the grid. The duration in hours now.", Number(decimals=2)
)
def extended(hours, more):
    return hours * more


@slip(extended, "The new values do not come once: each is combined with every old combination.", credit=0.25)
def few_more(runs, minutes_each, more):
    return (runs + more) * minutes_each / 60


@slip(extended, "Compared with one value there are <<more>> times as many runs, not one time more.", credit=0.25)
def one_more_time(hours, more):
    return hours * (more + 1)
