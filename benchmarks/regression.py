"""The regressions behind the short-text fit: differences within groups, and a logistic curve."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
Marks = np.ndarray[Any, np.dtype[np.bool_]]


def within(columns: Array, groups: Sequence[str]) -> Array:
    """Subtract from each row the mean of its question."""
    moved = columns.astype(float)
    places = defaultdict(list)
    for place, group in enumerate(groups):
        places[group].append(place)
    for one in places.values():
        moved[one] -= moved[one].mean(axis=0)
    return moved


def logistic(rows: Array, right: Marks, shares: Array | float = 1.0, ridge: float = 1e-3) -> list[float]:
    """Fit a logistic regression by Newton's method: the constant first, then the slopes."""
    rows = np.column_stack([np.ones(len(rows)), rows])
    shares = shares * np.ones(len(rows))
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (shares * (right - chances)) - ridge * found
        bend = (rows * (shares * chances * (1 - chances))[:, None]).T @ rows + ridge * np.eye(len(found))
        found = found + np.linalg.solve(bend, slope)
    return [float(value) for value in found]
