"""Sensible ratios of the three parts, and what one of them means in samples."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.number import Number
from quizbank import Question, derived, multiples, one_of, part, slip
from quizbank.domains import statements
from solvers.worked import Step

RATIOS = (
    (True, "80 : 10 : 10", "One of the two most common ratios."),
    (True, "70 : 15 : 15", "One of the two most common ratios."),
    (True, "60 : 20 : 20", "The training set is by far the largest part."),
    (True, "90 : 5 : 5", "The training set may get more where its samples are scarce."),
    (True, "75 : 15 : 10", "The parts for measuring need not be equally large."),
    (False, "10 : 80 : 10", "Nothing is learnt from the validation set; it need not be large."),
    (False, "15 : 15 : 70", "Nothing is learnt from the test set; it need not be large."),
    (False, "80 : 15 : 15", "This adds up to 110 percent, so samples would be in two parts at once."),
    (False, "20 : 40 : 40", "Too little is left to learn from."),
    (False, "80 : 20 : 0", "Without a test set there is no unbiased estimate at the end."),
    (False, "85 : 0 : 15", "Without a validation set decisions would have to be taken on the test set."),
    (False, "70 : 10 : 10", "This adds up to 90 percent, so a tenth of the data would not be used."),
)

question = Question(
    "ch1.q7.b",
    title="Usual split ratios",
    section="I.3",
    points=4,
    difficulty=1,
    minutes=4,
    topics=("data splits",),
    offered=statements(RATIOS, 5),
    shares=one_of((80, 10, 10), (70, 15, 15), (75, 15, 10), (60, 20, 20), (90, 5, 5)),
    ratio=derived(lambda shares: " : ".join(map(str, shares))),
    N=multiples(400, 5, 100),
    T=derived(lambda N, shares: N * shares[0] // 100),
    text=r"""
A data set is split into training, validation and test set, in this order. All ratios are in percent of the whole set.
""",
    hints=(
        "Which part is learnt from, and what are the other two for?",
        "The number of training samples is a known share of the whole.",
    ),
)


def where(offered, ratio):
    """Leave the ratio that is used later out of those to be judged."""
    return ratio not in [text for _, text, _ in offered]


def work(offered, shares, T, whole, rest):
    """Judge the ratios, then go back from the training set to the whole."""
    return (
        *(Step(f"{text} is {'sensible' if right else 'not sensible'}: {why}", name="usual") for right, text, why in offered),
        Step("The training samples are this share of the whole set.", r"N = \frac{100\, T}{s}",
             rf"\frac{{100 \cdot {T}}}{{{shares[0]}}}", str(whole), "whole"),
        Step("The other shares are of the whole set, too.", r"N \cdot \frac{s}{100}",
             rf"{whole} \cdot \frac{{{shares[1]}}}{{100}},\; {whole} \cdot \frac{{{shares[2]}}}{{100}}",
             r",\; ".join(map(str, rest)), "rest"),
    )  # fmt: skip


def check(shares, T):
    """Deal samples out by the hundred until the training set is full."""
    dealt = [0, 0, 0]
    while dealt[0] < T:
        dealt = [count + share for count, share in zip(dealt, shares.tolist(), strict=True)]
    return {"whole": sum(dealt), "rest": dealt[1:]}


def options(offered) -> MultipleChoice:
    return MultipleChoice(
        options=tuple(text for _, text, _ in offered), explanations=tuple(why for _, _, why in offered)
    )


@part("Which of these ratios are sensible for a data set of some ten thousand samples?", options, points=2)
def usual(offered):
    return tuple(place for place, (right, _, _) in enumerate(offered) if right)


@part(
    "Another data set has been split in the ratio $<<ratio>>$. Its training set has $<<T>>$ samples. "
    "How many samples does the whole set have?",
    Number(integer=True),
)
def whole(T, shares):
    return 100 * T // shares[0]


@slip(whole, "The training samples are a part of the whole: divide by their share instead of multiplying.")
def multiplied(T, shares):
    return T * shares[0] // 100


@slip(whole, "The missing percentages are of the whole set, not of the training set.", credit=0.25)
def added_of_training(T, shares):
    return T + T * (100 - shares[0]) // 100


@part("How many samples are in its validation set, and how many in its test set? (Two whole numbers.)", IntegerList())
def rest(whole, shares):
    return [whole * share // 100 for share in shares[1:]]


@slip(rest, "The shares are of the whole set, not of the training set.", credit=0.25)
def of_training(T, shares):
    return [T * share // 100 for share in shares[1:]]


@slip(rest, "This is what both sets have together.", credit=0.25)
def together(whole, T):
    return [whole - T, whole - T]
