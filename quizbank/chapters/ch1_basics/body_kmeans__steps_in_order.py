"""The steps of k-means in their order."""

from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.ordering import Ordering
from quizbank import Question, part, some_of
from solvers.worked import Step

STEPS = (
    "Choose the number of clusters $K$.",
    "Place $K$ centres at $K$ samples drawn at random.",
    "Compute the distance of every sample from every centre.",
    "Assign every sample to the centre with the smallest distance.",
    "Replace every centre by the mean of the samples assigned to it.",
    "Stop if no centre has moved; otherwise go on with the next iteration.",
)
REASONS = (
    "The number of clusters is a hyperparameter: it is fixed before anything else.",
    "There must be centres before distances can be computed.",
    "The distances are what the assignment is decided by.",
    "The assignment must be known before means are taken over clusters.",
    "The new centres follow from the assignment.",
    "Only after the update can one see whether anything has changed.",
)
FIRST_OF_LOOP = 2

question = Question(
    "ch1.body.kmeans",
    title="The steps of k-means",
    section="I.3",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("k-means", "unsupervised learning"),
    order=some_of(6, *range(6)),
    text="The steps of the k-means algorithm are given in a mixed order.",
    hints=(
        "What has to be known before a distance can be computed?",
        "Means can be taken only when it is known which samples belong together.",
    ),
)


def work():
    """Why each step stands where it does."""
    return (
        *(Step(f"{step} {reason}", name="procedure") for step, reason in zip(STEPS, REASONS, strict=True)),
        Step("The number of clusters and the starting centres are chosen once; all other steps are made in every iteration.",
             name="repeated"),
    )  # fmt: skip


def procedures(order) -> Ordering:
    return Ordering(items=tuple(STEPS[step] for step in order))


def choices(order) -> MultipleChoice:
    return MultipleChoice(
        options=tuple(STEPS[step] for step in order),
        explanations=tuple(
            "This is done in every iteration."
            if step >= FIRST_OF_LOOP
            else "This is done once, before the first iteration."
            for step in order
        ),
    )


@part("Put the steps in the order in which they are first carried out.", procedures, points=2)
def procedure(order):
    return tuple(list(order).index(step) for step in range(len(STEPS)))


@part("Which of the steps are carried out in every iteration?", choices)
def repeated(order):
    return tuple(place for place, step in enumerate(order) if step >= FIRST_OF_LOOP)
