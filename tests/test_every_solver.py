"""Laws that every solver with working keeps, also those added later."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

import numpy as np
import pytest
from solver_calls import CALLS

import solvers
from quizbank.mathml import mathml
from solvers.arrays import show
from solvers.worked import Worked

MODULES = [found.name for found in pkgutil.iter_modules(solvers.__path__) if not found.ispkg]
EVERY = [
    pytest.param(name, args, id=f"{name}-{i}") for name, calls in CALLS.items() for i, args in enumerate(calls)
]


def public(module: str) -> dict[str, Callable[..., Any]]:
    found = importlib.import_module(f"solvers.{module}")
    own = (
        item
        for item in vars(found).items()
        if inspect.isfunction(item[1]) and item[1].__module__ == found.__name__
    )
    return {name: function for name, function in own if not name.startswith("_")}


def solve(name: str, args: tuple[object, ...]) -> Worked:
    module, function = name.split(".")
    return public(module)[function](*args)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, np.ndarray | Real) and not isinstance(one, bool):
        return bool(np.allclose(np.asarray(one, float), np.asarray(other, float), rtol=1e-12))
    return bool(one == other)


def test_every_solver_with_working_is_called_here():
    every = {f"{module}.{name}" for module in MODULES for name in public(module) if name.endswith("_steps")}

    assert set(CALLS) == every


@pytest.mark.parametrize(("name", "args"), EVERY)
def test_the_plain_function_beside_it_gives_the_same_value(name, args):
    module, function = name.split(".")
    plain = public(module).get(function.removesuffix("_steps"))
    if plain is None:
        assert solve(name, args).value is not None
        return
    wanted = inspect.signature(plain).parameters
    given = inspect.signature(public(module)[function]).bind(*args).arguments
    shared = {key: value for key, value in given.items() if key in wanted}
    value = plain(**shared) if next(iter(wanted), None) in shared else plain(*args)
    assert same(value, solve(name, args).value)


@pytest.mark.parametrize(("name", "args"), EVERY)
def test_every_step_says_why_and_its_formulas_can_be_typeset(name, args):
    work = solve(name, args)

    assert work.steps
    for step in work.steps:
        assert step.reason[0].isupper() or not step.reason[0].isalpha()
        assert step.reason.rstrip()[-1] in ".:?…"
        assert step.reason.count("$") % 2 == 0
        for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
            assert "nan" not in text.lower()
            mathml(text)


@pytest.mark.parametrize(("name", "args"), EVERY)
def test_step_names_are_unique_and_show_the_values_they_name(name, args):
    work = solve(name, args)
    named = {step.name: step for step in work.steps if step.name}

    assert len(named) == sum(bool(step.name) for step in work.steps)
    if not isinstance(work.value, Mapping):
        return
    for key in work.value.keys() & named.keys():
        if isinstance(work.value[key], np.ndarray | float):
            shown, plain = show(work.value[key]), show(np.squeeze(work.value[key]))
            assert named[key].result in (shown, plain, show(np.atleast_2d(work.value[key]).T)), key


@pytest.mark.parametrize(("name", "args"), EVERY)
def test_a_solver_leaves_what_it_was_given_untouched(name, args):
    arrays = tuple(
        np.array(arg, float) if isinstance(arg, list) and not hasattr(arg[0], "output") else arg for arg in args
    )
    copies = [np.copy(arg) if isinstance(arg, np.ndarray) else arg for arg in arrays]
    module, function = name.split(".")
    public(module)[function](*arrays)

    assert all(np.array_equal(a, b) for a, b in zip(arrays, copies, strict=True) if isinstance(a, np.ndarray))
