"""Diagnosing training runs from their losses."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.matching import Matching
from grader.kinds.matrix import Matrix
from quizbank import Figure, Question, derived, integers, one_of, part, slip, some_of
from solvers.drawing.plot import Axes, Curve, plots
from solvers.worked import Step

EPOCHS = (1, 5, 10, 20, 40)
RUNS = {
    "overfitting": ((2.3, 1.2, 0.6, 0.2, 0.07), (2.3, 1.5, 1.2, 1.5, 1.9)),
    "mismatch": ((2.3, 1.2, 0.6, 0.3, 0.1), (2.2, 2.1, 2.2, 2.3, 2.4)),
    "easy": ((2.3, 1.8, 1.5, 1.3, 1.2), (2.0, 1.3, 0.8, 0.6, 0.5)),
    "underfitting": ((2.3, 2.2, 2.1, 2.0, 1.95), (2.3, 2.22, 2.13, 2.06, 2.0)),
    "good": ((2.3, 1.2, 0.6, 0.35, 0.25), (2.3, 1.3, 0.7, 0.45, 0.35)),
}
DIAGNOSES = {
    "overfitting": (
        "Overfitting after a good start",
        "The training loss keeps falling while the validation loss falls at first and then rises.",
    ),
    "mismatch": (
        "Training and validation data differ in distribution",
        "The training loss falls, but the validation loss never gets clearly below its start.",
    ),
    "easy": (
        "The validation set is too easy, or data has leaked into it",
        "The validation loss is clearly below the training loss throughout.",
    ),
    "underfitting": ("Underfitting", "Both losses are close together and hardly below where they started."),
    "good": ("A good fit", "Both losses become small and stay close together."),
}

question = Question(
    "ch4.body.curves",
    also=("ch4.generalisation_case",),
    title="Diagnosing training runs",
    section="IV.2.h",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("overfitting", "underfitting", "validation", "loss curves"),
    cases=some_of(3, *RUNS),
    order=some_of(5, *RUNS),
    scale=one_of(0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.5),
    jitter=integers(-2, 2, shape=(3, 2, 5)),
    losses=derived(
        lambda cases, scale, jitter: tuple(
            tuple(
                tuple(round(scale * value + change / 100, 2) for value, change in zip(line, noise, strict=True))
                for line, noise in zip(RUNS[case], both, strict=True)
            )
            for case, both in zip(cases, jitter, strict=True)
        )
    ),
    run1=derived(lambda losses: losses[0]),
    run2=derived(lambda losses: losses[1]),
    run3=derived(lambda losses: losses[2]),
    text=r"""
Three runs were recorded after epochs 1, 5, 10, 20 and 40. The first row is the training loss, the second the validation loss; both are computed without dropout and augmentation.

$$\text{Run 1:}\ <<run1>>$$

$$\text{Run 2:}\ <<run2>>$$

$$\text{Run 3:}\ <<run3>>$$
""",
    hints=(
        "Look at the training loss first: did the model learn its own data?",
        "Then ask when the validation loss parted from it: never, later, or from the start, and to which side.",
    ),
)


def where(losses):
    """Keep runs whose lowest validation loss is reached once, and positive losses."""
    return losses.min() > 0.01 and all((run[1] == run[1].min()).sum() == 1 for run in losses)


def figure(losses):
    """The losses of the three runs over the epochs."""
    top = int(losses.max()) + 1
    panels = [
        Axes(
            f"Run {number}",
            (
                Curve(list(zip(EPOCHS, training, strict=True)), "training loss", marked=True),
                Curve(list(zip(EPOCHS, validation, strict=True)), "validation loss", dashed=True, marked=True),
            ),
            (0, 10, 20, 30, 40),
            range(top + 1),
            "epoch",
        )
        for number, (training, validation) in enumerate(losses, 1)
    ]
    return Figure(
        plots(panels),
        "Three panels, one for each run: training loss (solid) and validation loss (dashed) over the epochs, with the values "
        "of the table.",
    )


def work(cases, losses, gaps, best):
    """Why each diagnosis, then the numbers."""
    return (
        *(Step(f"Run {number}: {DIAGNOSES[case][1]}", name="diagnosis") for number, case in enumerate(cases, 1)),
        Step("Validation loss less training loss in the last column.", r"L_\text{val} - L_\text{train}", "",
             r",\; ".join(f"{gap:.2f}" for gap in gaps), "gaps"),
        Step("The smallest number in the second row says which weights generalise best; a checkpoint of that epoch is worth keeping.", "", "",
             r",\; ".join(map(str, best)), "best"),
    )  # fmt: skip


def check(losses):
    """Go through the recorded numbers one by one."""
    gaps, best = [], []
    for training, validation in losses.tolist():
        gaps.append(round(100 * validation[-1] - 100 * training[-1]) / 100)
        lowest = 0
        for place, loss in enumerate(validation):
            lowest = place if loss < validation[lowest] else lowest
        best.append(EPOCHS[lowest])
    return {"gaps": gaps, "best": best}


def diagnoses(cases, order) -> Matching:
    return Matching(
        left=("Run 1", "Run 2", "Run 3"),
        right=tuple(DIAGNOSES[name][0] for name in order),
        explanations=tuple(DIAGNOSES[case][1] for case in cases),
    )


@part("Which diagnosis fits each run best?", diagnoses, points=2)
def diagnosis(cases, order):
    return tuple(list(order).index(case) for case in cases)


@part(
    "The generalisation gap (validation loss less training loss) of each run at the end, as a row of three numbers.",
    Matrix(decimals=2),
)
def gaps(losses):
    return (losses[:, 1, -1] - losses[:, 0, -1]).round(10)


@slip(gaps, "The gap is the validation loss less the training loss, not the other way round.", credit=0.5)
def turned(losses):
    return (losses[:, 0, -1] - losses[:, 1, -1]).round(10)


@slip(gaps, "This is the gap after the first epoch.", credit=0.25)
def at_first(losses):
    return (losses[:, 1, 0] - losses[:, 0, 0]).round(10)


@slip(gaps, "These are the final validation losses; the training losses have to be taken off.", credit=0.25)
def validation_only(losses):
    return losses[:, 1, -1]


@part(
    "The program has kept a checkpoint of each recorded epoch. Which epoch's would you use, for each run? (Three whole numbers.)",
    IntegerList(),
)
def best(losses):
    return np.array(EPOCHS)[losses[:, 1].argmin(axis=1)]


@slip(best, "This is where the training loss is lowest; what counts is the validation loss.", credit=0.25)
def by_training(losses):
    return np.array(EPOCHS)[losses[:, 0].argmin(axis=1)]


@slip(best, "This is where the validation loss is highest.")
def worst(losses):
    return np.array(EPOCHS)[losses[:, 1].argmax(axis=1)]


@slip(best, "These are columns counted from 1; give the epochs.", credit=0.5)
def columns(losses):
    return losses[:, 1].argmin(axis=1) + 1
