"""Slips that the computation itself suggests."""

import numpy as np
import pytest

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import part
from quizbank.mutations import mutant_values, mutants
from quizbank.part import Part, as_plain, call


@part("gradient", Matrix(decimals=2))
def gradient(x, g, z):  # type: ignore[no-untyped-def]
    return x.T @ (g * (z > 0))


@part("bias", Matrix(decimals=2))
def bias(g):  # type: ignore[no-untyped-def]
    return g.sum(axis=0, keepdims=True)


@part("loss", Number(decimals=3))
def loss(p, n, b):  # type: ignore[no-untyped-def]
    return np.log(p) / n + b


@part("places", Number(integer=True))
def places(h, k, s):  # type: ignore[no-untyped-def]
    return (h - k) // s + 1


VALUES = {
    "x": ((1.0, 2.0), (3.0, 5.0)),
    "g": ((1.0, -2.0), (4.0, 8.0)),
    "z": ((1.0, -1.0), (2.0, 3.0)),
    "p": 0.25, "n": 4.0, "b": 0.5, "h": 9, "k": 3, "s": 2,
}  # fmt: skip


def found(one: Part) -> dict[str, object]:
    values = {**VALUES, one.name: as_plain(call(one.compute, VALUES))}
    return {name: value for name, _, value in mutant_values(one, values)}


@pytest.mark.parametrize(
    ("one", "name", "value"),
    [
        (gradient, "no-transpose", ((9.0, 16.0), (23.0, 40.0))),
        (gradient, "no-mask", ((13.0, 22.0), (22.0, 36.0))),
        (gradient, "other-order", ((1.0, 3.0), (20.0, 52.0))),
        (loss, "no-term", np.log(0.25) / 4),
        (loss, "no-divisor", np.log(0.25) + 0.5),
        (loss, "log-base", np.log10(0.25) / 4 + 0.5),
        (places, "one-less", 3),
    ],
)
def test_a_changed_computation_gives_its_value(one: Part, name: str, value: object) -> None:
    assert found(one)[name] == pytest.approx(np.array(value))


def test_a_value_of_another_shape_is_no_answer() -> None:
    wide = {**VALUES, "g": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))}
    values = {**wide, "bias": as_plain(call(bias.compute, wide))}

    assert "other-axis" not in {name for name, _, _ in mutant_values(bias, values)}
    assert "other-axis" in found(bias)


def test_the_truth_is_never_among_them_and_the_function_is_left_alone() -> None:
    truth = as_plain(call(gradient.compute, VALUES))

    assert truth not in found(gradient).values()
    assert as_plain(call(gradient.compute, VALUES)) == truth


def test_a_function_without_readable_source_has_none() -> None:
    assert mutants(max) == () and mutants(lambda x: x + 1) == ()
