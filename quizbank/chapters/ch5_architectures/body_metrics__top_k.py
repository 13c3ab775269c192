"""Top-1 accuracy, top-k accuracy and top-k error of a few samples."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.metrics import ranks, top_k_steps
from solvers.worked import Step

question = Question(
    "ch5.body.metrics",
    also=("ch5.topk",),
    title="Top-1 and top-k",
    section="V",
    points=4,
    difficulty=1,
    minutes=5,
    topics=("metrics", "classification"),
    S=integers(1, 99, shape=(5, 6), distinct=True),
    t=integers(0, 5, shape=(5,)),
    k=one_of(2, 3),
    text=r"""
A classifier gives scores to 6 classes, numbered from 0 to 5. These are the scores of 5 samples, one row for each:

$$S = <<S>> .$$

The true classes are $t = <<t>>$, in the order of the rows.
""",
    hints=(
        "Sort each row in your mind: in which place does the true class stand?",
        "The top-$k$ accuracy counts all places from 1 to $k$.",
    ),
)


def where(S, t, k):
    """Keep tables in which top-1 and top-k differ and neither is empty or full."""
    above = ranks(S, t)
    return 0 < (above < 1).sum() < (above < k).sum() < 5 and len(set(t.tolist())) >= 3


def work(S, t, k):
    """Find the places, then count."""
    places = (ranks(S, t) + 1).tolist()
    *samples, top1, topk, error = top_k_steps(S, t, k).steps
    listed = Step("So these are the places.", "", "", r",\; ".join(map(str, places)), "places")
    rename = (
        Step(s.reason, s.formula, s.numbers, rf"{100 * float(s.result):g}\,\%", name)
        for s, name in zip((top1, topk, error), ("top1", "topk", "error"), strict=True)
    )
    return (*samples, listed, *rename)


def check(S, t, k):
    """Sort every row and look the true class up."""
    places = [sorted(row, reverse=True).index(row[true]) + 1 for row, true in zip(S.tolist(), t, strict=True)]
    hits = [true in sorted(range(6), key=lambda c: -row[c])[:k] for row, true in zip(S.tolist(), t, strict=True)]
    return {
        "places": places,
        "top1": 100 * places.count(1) / 5,
        "topk": 100 * sum(hits) / 5,
        "error": 100 * hits.count(False) / 5,
    }


@part(
    "In which place (1 for the highest score) does the true class of each sample stand? Give five numbers.",
    IntegerList(),
)
def places(S, t):
    return ranks(S, t) + 1


@slip(places, "Places begin with 1: this counts the classes that score higher.", credit=0.5)
def from_zero(S, t):
    return ranks(S, t)


@slip(places, "The scores were sorted upwards; the first place belongs to the highest score.", credit=0.25)
def upwards(S, t):
    return 6 - ranks(S, t)


@part("The top-1 accuracy in percent.", Number(unit="%"))
def top1(places):
    return 100 * sum(place == 1 for place in places) / 5


@slip(top1, "This is the error; the accuracy counts the hits.", credit=0.25)
def top1_error(places):
    return 100 * sum(place != 1 for place in places) / 5


@slip(top1, "This counts the places up to <<k>>; the top-1 accuracy counts first places only.", credit=0.25)
def top1_within(places, k):
    return 100 * sum(place <= k for place in places) / 5


@part("The top-<<k>> accuracy in percent.", Number(unit="%"))
def topk(places, k):
    return 100 * sum(place <= k for place in places) / 5


@slip(topk, "This counts place <<k>> alone; all places from 1 to <<k>> are hits.", credit=0.25)
def exactly(places, k):
    return 100 * sum(place == k for place in places) / 5


@slip(topk, "Place <<k>> counts, too.", credit=0.5)
def below(places, k):
    return 100 * sum(place < k for place in places) / 5


@part("The top-<<k>> error in percent.", Number(unit="%"))
def error(topk):
    return 100 - topk


@slip(error, "This is the error of the first place alone.", credit=0.25)
def of_top1(top1):
    return 100 - top1


@slip(error, "This is the accuracy again; the error is the share of samples whose true class is missed.")
def accuracy(topk):
    return topk
