"""Matrices of a small network, and checks of a gradient with them: by difference, as printed, step by step."""

import math
from typing import Any

import numpy as np
import pytest

from quizbank.mathml import mathml
from solvers.symbolic.matrix.elementwise import relu
from solvers.symbolic.matrix.expression import Expression, Named, Symbol, forward_order, matrices, named
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.worked import Worked

SIZES = {"N": 3, "D": 4, "M": 2, "K": 5}
X, W, b, T, G = matrices(X="N D", W="D M", b="1 M", T="N M", G="N M")
_erf = np.vectorize(math.erf)


def run(text: str, arrays: dict[str, Any]) -> Any:
    """What NumPy makes of a printed expression: the second route to its value."""
    names = {
        "np": np, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "softmax": lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True),
        "Phi": lambda x: (1 + _erf(x / np.sqrt(2))) / 2, "phi": lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
        "gelu": lambda x: x * (1 + _erf(x / np.sqrt(2))) / 2,
    }  # fmt: skip
    return eval(text, {**names, **SIZES, **arrays})  # noqa: S307 - our own printed expression


def draw_arrays(expression: Expression, seed: int = 0) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    symbols = [node for node in forward_order(expression) if isinstance(node, Symbol)]
    return {
        node.name: draw.uniform(-1.5, 1.5, [SIZES.get(size, size) for size in node.shape])  # type: ignore[arg-type]
        for node in sorted(symbols, key=lambda node: node.name)
    }


def with_names(expression: Expression, arrays: dict[str, Any]) -> dict[str, Any]:
    known = dict(arrays)
    for node in forward_order(expression):
        if isinstance(node, Named):
            known[node.name] = run(node.meaning.plain(), known)
    return known


def difference(loss: Expression, by: str, arrays: dict[str, Any], direction: Any, h: float = 1e-5) -> float:
    """The slope of the loss along a direction, from the loss as NumPy computes it from its printed text."""
    ends = []
    for sign in (h, -h):
        moved = {**arrays, by: arrays[by] + sign * direction}
        ends.append(float(run(loss.plain(), with_names(loss, moved))))
    return (ends[0] - ends[1]) / (2 * h)


def check_gradient(loss: Expression, by: str, arrays: dict[str, Any], tolerance: float = 1e-6) -> None:
    gradient = matrix_gradient(loss, by).value
    value = gradient.evaluate({**SIZES, **arrays})
    direction = np.random.default_rng(7).normal(size=np.shape(arrays[by]))
    slope = difference(loss, by, arrays, direction)
    scale = 1 + abs(slope) + float(np.abs(value).max())

    assert np.shape(value) == np.shape(arrays[by])
    assert float(np.sum(value * direction)) == pytest.approx(slope, abs=tolerance * scale)
    printed = run(gradient.plain(), with_names(loss, arrays))
    np.testing.assert_allclose(printed, value, rtol=1e-9, atol=1e-10 * scale)


def check_steps(work: Worked) -> None:
    names = [step.name for step in work.steps if step.name]
    assert len(names) == len(set(names))
    for step in work.steps:
        assert step.reason.rstrip()[-1] == "."
        assert step.reason.count("$") % 2 == 0
        for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
            mathml(text)


Y = named("Y", X @ W + b)
W2, c = matrices(W2="M K", c="1 K")
H = named("H", relu(X @ W + b))
Z, R, A = matrices(Z="N D", R="D M", A="N M")
