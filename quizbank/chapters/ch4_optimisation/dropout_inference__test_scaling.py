"""What dropout does at test time, in both forms."""

from itertools import product

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.arrays import show
from solvers.dropout import inference_output_steps
from solvers.worked import Step

question = Question(
    "ch4.dropout_inference",
    title="Dropout at test time",
    section="IV.2.d",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("dropout", "inference"),
    x=integers(1, 9, shape=(4,)),
    p=one_of(0.1, 0.2, 0.25, 0.3, 0.4, 0.6, 0.7, 0.75, 0.8),
    meaning=one_of("dropped", "kept"),
    keep=derived(lambda p, meaning: p if meaning == "kept" else round(1 - p, 10)),
    text=r"""
A layer with four units is followed by dropout: in training every unit is <<meaning:plain>> with the probability $p = <<p>>$, independently of the others.
At test time the units have the values $x = <<x>>$ before dropout.

*Classic* dropout scales at test time; *inverted* dropout scales in training instead.
""",
    hints=(
        "Which probability does the text give: to keep or to drop?",
        "The next layer is to see, on average, what it saw in training.",
    ),
)


def where(x):
    """Keep units that differ."""
    return len(set(x.tolist())) >= 3


def work(x, keep):
    """Scaled once, in one place or the other."""
    (classic,) = inference_output_steps(x, keep, inverted=False).steps
    return (
        Step("The probability to keep a unit.", r"p_\text{keep}", "", show(keep), "share"),
        Step(classic.reason, classic.formula, classic.numbers, classic.result, "classic"),
        Step("Inverted dropout divides the units that stay in training by the probability to keep, so that their average is what it was.",
             r"\frac{1}{p_\text{keep}}", rf"\frac{{1}}{{{show(keep)}}}", show(1 / keep), "factor"),
        Step("So at test time nothing is left to do.", "y = x", "", show(x), "inverted"),
    )  # fmt: skip


def check(x, keep):
    """Average the training output over all sixteen masks with their probabilities."""
    masks = [np.array(mask) for mask in product((0, 1), repeat=4)]
    chances = [keep ** mask.sum() * (1 - keep) ** (4 - mask.sum()) for mask in masks]
    average = sum(chance * mask * x for chance, mask in zip(chances, masks, strict=True))
    factor = x[0] / average[0]
    return {"classic": average, "factor": factor, "inverted": factor * average}


@part("The output at test time with classic dropout.", Matrix(decimals=2))
def classic(x, keep):
    return keep * x


@slip(classic, "This is scaled by the probability to drop; what counts is the share that stays.", credit=0.25)
def by_drop(x, keep):
    return (1 - keep) * x


@slip(classic, "Nothing is dropped at test time, so the values must be made smaller, not larger.", credit=0.25)
def divided(x, keep):
    return x / keep


@slip(classic, "Without scaling the next layer would see more than it was trained on.")
def unscaled(x):
    return x


@part("By which number does inverted dropout multiply a unit that stays, in training?", Number(decimals=3))
def factor(keep):
    return 1 / keep


@slip(
    factor,
    "The units that stay must make up for the dropped ones: divide by the probability to keep.",
    credit=0.25,
)
def made_smaller(keep):
    return keep


@slip(factor, "This divides by the probability to drop.", credit=0.25)
def over_drop(keep):
    return 1 / (1 - keep)


@part("The output at test time with inverted dropout.", Matrix(decimals=2))
def inverted(x):
    return x


@slip(inverted, "The scaling was done in training already; at test time the layer does nothing.")
def scaled_again(classic):
    return classic


@slip(inverted, "The division belongs to training; at test time the layer does nothing.")
def divided_again(x, keep):
    return x / keep
