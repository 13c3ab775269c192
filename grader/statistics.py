"""How well a test measured: difficulty, discrimination, reliability, and what went wrong how often.

Points are arrays of students × items; NaN stands for an item that a student was not asked. All functions are pure,
and give NaN where a figure has no meaning (no spread, too few students).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]

_NORMAL = 1.959963984540054  # 95 % of a normal distribution lie within so many deviations
_NO_SPREAD = 1e-12


class Reliability(NamedTuple):
    """Cronbach's alpha with its standard error and 95 % interval, and the standard error of one student's points."""

    alpha: float
    error: float
    low: float
    high: float
    measurement: float


class ItemStatistics(NamedTuple):
    """One item: how many were asked, mean share of the points, both discriminations, alpha without the item."""

    name: str
    asked: int
    difficulty: float
    discrimination: float
    upper_lower: float
    alpha_without: float


class Spread(NamedTuple):
    """How points are spread; the deviation is the sample's (divided by n - 1)."""

    students: int
    mean: float
    deviation: float
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


class Frequency(NamedTuple):
    """How many answers had a code, and which share of all."""

    code: str
    answers: int
    share: float


class TopicStatistics(NamedTuple):
    """One topic: the share of its points that was earned, and who earned less than the threshold."""

    topic: str
    share: float
    weak: tuple[str, ...]


def difficulty(points: Array, maxima: Sequence[float]) -> Array:
    """Give the mean share of each item's points: 1 is an item that everybody solves.

    >>> difficulty(np.array([[1.0, 2], [0, 4]]), [1, 4]).tolist()
    [0.5, 0.75]
    """
    present = ~np.isnan(points)
    earned, asked = np.where(present, points, 0).sum(axis=0), present.sum(axis=0)
    return _divided(earned, asked * np.asarray(maxima, dtype=float))


def point_biserial(points: Array, corrected: bool = True) -> Array:
    """Correlate each item with the total of the others (or of all, if not `corrected`).

    For items that are right or wrong this is the point-biserial correlation.

    >>> point_biserial(np.array([[1.0, 1, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]])).round(3).tolist()
    [0.905, 0.905, 0.577]
    """
    totals = np.nansum(points, axis=1)
    found = []
    for item in np.asarray(points, dtype=float).T:
        asked = ~np.isnan(item)
        found.append(_correlation(item[asked], (totals - (np.nan_to_num(item) if corrected else 0))[asked]))
    return np.array(found)


def upper_lower(points: Array, maxima: Sequence[float], share: float = 0.27) -> Array:
    """Give the difference in difficulty between the best and the weakest 27 % by total (Kelley 1939).

    Students who tie at the edge of a group count for the part of it that is left, so that no order among them matters.

    >>> upper_lower(np.array([[1.0, 1], [1, 0], [0, 1], [0, 0]]), [1, 1], share=0.25).tolist()
    [1.0, 1.0]
    """
    totals = np.nansum(points, axis=1)
    size = max(1.0, share * len(totals))
    best, weakest = _group(-totals, size), _group(totals, size)
    return _mean_share(points, maxima, best) - _mean_share(points, maxima, weakest)


def cronbach_alpha(points: Array) -> Reliability:
    """Give Cronbach's alpha of the students who were asked every item.

    The standard error is that of Duhachek and Iacobucci (2004), which needs no parallel items; the error of
    measurement is the deviation of the totals times the root of 1 - alpha.

    >>> round(cronbach_alpha(np.array([[1.0, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])).alpha, 3)
    0.75
    """
    complete = np.asarray(points, dtype=float)[~np.isnan(points).any(axis=1)]
    if complete.shape[0] < 3 or complete.shape[1] < 2:
        return Reliability(*[np.nan] * 5)
    covariance = np.cov(complete.T)
    total = covariance.sum()
    if total < _NO_SPREAD:
        return Reliability(*[np.nan] * 5)
    alpha = _alpha(covariance)
    error = _alpha_error(covariance, len(complete))
    margin = _NORMAL * error
    return Reliability(alpha, error, alpha - margin, alpha + margin, float(np.sqrt(total * max(0.0, 1 - alpha))))


def alpha_without(points: Array) -> Array:
    """Give alpha with each item left out in turn; an item that raises it does not fit the others."""
    return np.array([cronbach_alpha(np.delete(points, item, axis=1)).alpha for item in range(points.shape[1])])


def item_statistics(points: Array, maxima: Sequence[float], names: Sequence[str]) -> tuple[ItemStatistics, ...]:
    """Collect the figures of every item."""
    asked = (~np.isnan(points)).sum(axis=0)
    columns = (
        difficulty(points, maxima),
        point_biserial(points),
        upper_lower(points, maxima),
        alpha_without(points),
    )
    return tuple(
        ItemStatistics(name, int(count), *map(float, figures))
        for name, count, *figures in zip(names, asked, *columns, strict=True)
    )


def spread(totals: Sequence[float]) -> Spread:
    """Describe how totals are spread.

    >>> spread([1, 2, 3, 4]).median, round(spread([1, 2, 3, 4]).deviation, 3)
    (2.5, 1.291)
    """
    values = np.asarray(totals, dtype=float)
    if not values.size:
        return Spread(0, *[np.nan] * 7)
    lowest, lower, median, upper, highest = map(float, np.quantile(values, (0, 0.25, 0.5, 0.75, 1)))
    deviation = float(values.std(ddof=1)) if len(values) > 1 else np.nan
    return Spread(len(values), float(values.mean()), deviation, lowest, lower, median, upper, highest)


def histogram(totals: Sequence[float], highest: float, bins: int = 10) -> tuple[int, ...]:
    """Count totals in equal parts of the range from 0 to the highest; a total outside counts at the nearer end.

    >>> histogram([0, 4.9, 5, 10, 12], 10, bins=2)
    (2, 3)
    """
    clipped = np.clip(np.asarray(totals, dtype=float), 0, highest)
    return tuple(map(int, np.histogram(clipped, bins=bins, range=(0, highest))[0]))


def frequencies(codes: Iterable[Iterable[str]], prefix: str = "") -> tuple[Frequency, ...]:
    """Count in how many answers each code occurs, the most frequent first; only codes with the prefix.

    With the prefix `slip:` these are the slips, with `chose:` the options that were chosen.

    >>> frequencies([["slip:sign"], ["slip:sign", "slip:sign"], [], ["blank"]], "slip:")
    (Frequency(code='slip:sign', answers=2, share=0.5),)
    """
    answers = [set(answer) for answer in codes]
    counts = Counter(code for answer in answers for code in answer if code.startswith(prefix))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Frequency(code, count, count / len(answers)) for code, count in ordered)


def by_topic(
    points: Array, maxima: Sequence[float], topics: Sequence[str], students: Sequence[str], threshold: float = 0.5
) -> tuple[TopicStatistics, ...]:
    """Give, for each topic of the items, the share earned in all and who earned less than the threshold.

    >>> by_topic(np.array([[1.0, 0], [1, 1]]), [1, 1], ["loss", "pooling"], ["Ada", "Bo"])[1]
    TopicStatistics(topic='pooling', share=0.5, weak=('Ada',))
    """
    found = []
    for topic in dict.fromkeys(topics):
        chosen = [at for at, name in enumerate(topics) if name == topic]
        part, present = points[:, chosen], ~np.isnan(points[:, chosen])
        possible = (present * np.asarray(maxima, dtype=float)[chosen]).sum(axis=1)
        earned = np.nansum(part, axis=1)
        shares = _divided(earned, possible)
        weak = tuple(student for student, share in zip(students, shares, strict=True) if share < threshold)
        found.append(TopicStatistics(topic, float(_divided(earned.sum(), possible.sum())), weak))
    return tuple(found)


def _alpha(covariance: Array) -> float:
    items = len(covariance)
    return float(items / (items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _alpha_error(covariance: Array, students: int) -> float:
    """Give the asymptotic standard error of alpha (Duhachek and Iacobucci 2004, after van Zyl et al. 2000)."""
    items, total, trace = len(covariance), covariance.sum(), np.trace(covariance)
    squared = covariance @ covariance
    inner = max(0.0, total * (np.trace(squared) + trace**2) - 2 * trace * squared.sum())  # rounding goes below 0
    return float(np.sqrt(2 * items**2 / ((items - 1) ** 2 * total**3) * inner / students))


def _correlation(one: Array, other: Array) -> float:
    if len(one) < 3 or one.std() < _NO_SPREAD or other.std() < _NO_SPREAD:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _group(ranks: Array, size: float) -> Array:
    """Give each student's weight in a group of the lowest ranks; those who tie at its edge share what is left."""
    if not len(ranks):
        return ranks
    edge = np.sort(ranks)[min(len(ranks) - 1, int(np.ceil(size)) - 1)]
    inside, tied = ranks < edge, ranks == edge
    weights: Array = np.where(inside, 1.0, 0.0) + tied * (size - inside.sum()) / tied.sum()
    return weights


def _mean_share(points: Array, maxima: Sequence[float], weights: Array) -> Array:
    present = ~np.isnan(points) * weights[:, None]
    return _divided(
        (np.nan_to_num(points) * present).sum(axis=0), present.sum(axis=0) * np.asarray(maxima, dtype=float)
    )


def _divided(above: Any, below: Any) -> Array:
    """Divide; nothing by nothing is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = np.where(np.asarray(below) > 0, np.divide(above, below), np.nan)
    return found
