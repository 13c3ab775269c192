"""What sentence embeddings (the extra `embeddings`) would add to the short-text grader: tables for `short_text.py`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks import fit_short_text as fitting
from benchmarks.course_answers import SEEN, Judged, read_answers
from benchmarks.fit_short_text import Case
from benchmarks.regression import Array, logistic, within
from grader.text.assess import PASSING, Assessment, assess
from grader.text.embedding import closeness, encoder
from grader.text.features import Features
from grader.text.guards import unanswered
from grader.text.paraphrase import paraphrases
from grader.text.plan import plan

Row = Sequence[object]
NINTH_HEAD = ("set", "features", "Pearson r", "two-way, all", "most confident half")
FOUND_HEAD = (
    "answers neither right nor in review",
    "scored too low: sent to review",
    "not scored too low: sent to review",
)


def ninth_rows(cases: Sequence[Case], rows: Array, folds: Array) -> list[Row]:
    """Compare the small model with and without the cosine to the closest reference, whole questions left out.

    `rows` are the features of the cases, `folds` say which questions are left out together.
    """
    eight = rows[:, [Features._fields.index(name) for name in fitting.WEIGHED]]
    cosine = cosines(cases)[:, None]
    choices = {
        "eight": eight,
        "eight and the cosine": np.column_stack([eight, cosine]),
        "the cosine alone": cosine,
    }
    made = {name: credits(columns, cases, folds) for name, columns in choices.items()}
    return [_ninth_row(data, name, cases, *made[name]) for data in fitting.SETS for name in choices]


def cosines(cases: Sequence[Case]) -> Array:
    """Give each answer's cosine to the closest reference."""
    encode = lru_cache(None)(lambda texts: encoder()(texts))
    return np.array([closeness(encode((case.text,)), encode(case.references)).max() for case in cases], float)


def credits(columns: Array, cases: Sequence[Case], folds: Array) -> tuple[Array, Array]:
    """Fit as `fit_short_text.py` does, without each fold in turn; give credits and log-odds."""
    scores, groups = np.array([case.score for case in cases]), np.array([case.group for case in cases])
    given = np.array([fitting.answered(case) for case in cases])
    credit, odds = np.zeros(len(cases)), np.full(len(cases), -9.0)
    for fold in np.unique(folds):
        kept, left = given & (folds != fold), given & (folds == fold)
        raw = columns @ _slopes(columns[kept], scores[kept], groups[kept])
        stretch, bias = np.polyfit(raw[kept], scores[kept], 1)
        constant, slope = logistic((raw * stretch + bias)[kept][:, None], scores[kept] >= PASSING)
        credit[left] = np.clip(raw * stretch + bias, 0, 1)[left]
        odds[left] = (constant + slope * (raw * stretch + bias))[left]
    return credit, odds


def _slopes(columns: Array, scores: Array, groups: Any) -> Array:
    deviation = columns.std(axis=0) + 1e-9
    inner, target = within(columns / deviation, list(groups)), within(scores, list(groups))
    found = np.linalg.solve(inner.T @ inner + fitting.RIDGE * np.eye(inner.shape[1]), inner.T @ target)
    return np.asarray(found / deviation)


def _ninth_row(data: str, name: str, cases: Sequence[Case], credit: Array, odds: Array) -> Row:
    places = np.array([case.data == data for case in cases])
    scores = np.array([case.score for case in cases])[places]
    credit, odds = credit[places], odds[places]
    hit, sure = (odds > 0) == (scores >= PASSING), np.abs(odds)
    figures = (np.corrcoef(credit, scores)[0, 1], hit.mean(), hit[sure >= np.median(sure)].mean())
    return (data, name, *(f"{float(value):.3f}" for value in figures))


def found_rows(cases: Sequence[Case]) -> list[Row]:
    """Count what the search for paraphrases sends to review, among the answers that are neither right nor there."""
    sources = {"course, in students' words": read_answers(SEEN), "Beetle": fitting.beetle_answers(cases)}
    return [(name, *_shares(_looked(answers))) for name, answers in sources.items()]


def _looked(answers: Iterable[Judged]) -> Iterator[tuple[bool, bool]]:
    """Say of each open answer whether it was scored too low, and whether a paraphrase is found in it."""
    for one in answers:
        seen = assess(plan(one.rubric), one.text)
        if _settled(seen, one):
            continue
        yield seen.credit < one.score - 0.01, bool(paraphrases(one.rubric, one.text, seen))


def _settled(seen: Assessment, one: Judged) -> bool:
    return bool(seen.reasons) or seen.credit >= 1 or unanswered(one.text)


def _shares(looked: Iterable[tuple[bool, bool]]) -> list[str]:
    given = list(looked)
    parts = [[sent for low, sent in given if low is wanted] for wanted in (True, False)]
    return [f"{sum(part)} of {len(part)} ({sum(part) / max(1, len(part)):.0%})" for part in parts]
