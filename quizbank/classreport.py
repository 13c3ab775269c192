"""The report of a class: how it did, how well the exam measured, and what went wrong how often."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from grader import statistics
from grader.decisions import grade
from grader.paper import Report
from quizbank import bank
from quizbank.errors import UnknownName
from quizbank.identity import parse_identity
from quizbank.plots import bars

COMMONEST = 12


class ClassReport(msgspec.Struct, frozen=True):
    """Everything the page of a class shows, as data."""

    title: str
    students: int
    of: float
    spread: Any
    reliability: Any
    items: tuple[Any, ...]
    slips: tuple[tuple[str, int, float], ...]
    topics: tuple[Any, ...]
    grades: tuple[tuple[str, int], ...]
    histogram: str
    difficulty: str


def class_report(title: str, reports: Sequence[Report], scale: dict[str, float] | None = None) -> ClassReport:
    """Sum up a graded class."""
    points = np.array([[item.points for item in report.items] for report in reports], dtype=float)
    maxima = [item.of for item in reports[0].items]
    names = [item.number for item in reports[0].items]
    totals = [report.points for report in reports]
    of = sum(maxima)
    items = statistics.item_statistics(points, maxima, names)
    counts = statistics.histogram(totals, of)
    edges = [f"{round(of * n / len(counts))}" for n in range(len(counts))]
    shares = [(one.name, one.difficulty) for one in items]
    return ClassReport(
        title,
        len(reports),
        of,
        statistics.spread(totals),
        statistics.cronbach_alpha(points),
        items,
        _slips(reports),
        _topics(reports, points, maxima),
        _grades(reports, scale),
        bars(list(zip(edges, map(float, counts), strict=True)), "Points", "Students"),
        bars(shares, "Question", "Share of the points reached", highest=1.0),
    )


def _slips(reports: Sequence[Report]) -> tuple[tuple[str, int, float], ...]:
    """Count the named slips, each with the sentence that explains it."""
    codes = [
        [note.text for note in part.verdict.notes if note.code.startswith(("slip:", "wrongly-ticked:"))]
        for report in reports
        for item in report.items
        for part in item.parts
    ]
    return tuple((one.code, one.answers, one.share) for one in statistics.frequencies(codes)[:COMMONEST])


def _topics(reports: Sequence[Report], points: Any, maxima: Sequence[float]) -> tuple[Any, ...]:
    """Give the share earned by topic; an item counts for each of its topics."""
    pairs = [(at, topic) for at, item in enumerate(reports[0].items) for topic in _item_topics(item.identity)]
    columns = [at for at, _ in pairs]
    return statistics.by_topic(
        points[:, columns],
        [maxima[at] for at in columns],
        [topic for _, topic in pairs],
        [report.name or report.student for report in reports],
    )


def _item_topics(identity: str) -> tuple[str, ...]:
    try:
        return bank.find(parse_identity(identity).id).topics
    except UnknownName:
        return ()


def _grades(reports: Sequence[Report], scale: dict[str, float] | None) -> tuple[tuple[str, int], ...]:
    given = [grade(report.points, report.of, scale) for report in reports]
    return tuple((name, given.count(name)) for name in sorted(set(given)))
