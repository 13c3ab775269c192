"""Optimisers against stored PyTorch runs, published numbers, and their own printed recursions."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.engine.layer import Space
from solvers.engine.optimiser import Optimiser, State
from solvers.engine.optimisers import all_optimisers, optimiser
from solvers.engine.optimisers.newton import Newton, root_step

DATA = Path(__file__).parent / "data" / "pytorch_oracle.jsonl"
CASES = [case for case in map(json.loads, DATA.read_text().splitlines()) if case["op"] == "optimizer"]
KINDS = {"sgd": "sgd", "momentum": "momentum", "nesterov": "nesterov", "adagrad": "adagrad", "adam": "adam"}
KINDS |= {"adamw": "adamw", "rmsprop": "rmsprop"}
FORMS = {"momentum": {"form": "rate-outside"}, "nesterov": {"form": "rewritten"}}
FORMS |= {kind: {"eps_place": "outside"} for kind in ("adam", "adamw", "rmsprop", "amsgrad")}
CARRIED = {"momentum_buffer": "m", "exp_avg": "m", "exp_avg_sq": "v", "max_exp_avg_sq": "v_max", "sum": "v"}


def near(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)


def pytorch_optimiser(case: dict[str, Any]) -> Optimiser:
    """Make our optimiser for a stored case: PyTorch's names and conventions become ours."""
    config = dict(case["config"])
    kind = "amsgrad" if config.pop("amsgrad", False) else KINDS[case["variant"].split("_")[0]]
    config.pop("nesterov", None)
    beta = config.pop("momentum", None)
    if beta is not None:
        config["beta"] = beta
    if "betas" in config:
        config["beta1"], config["beta2"] = config.pop("betas")
    return optimiser(kind, **FORMS.get(kind, {}), **config)


def walk(optimiser: Optimiser, theta: Any, gradients: Any) -> list[tuple[Any, State]]:
    """Make one step per gradient and give every parameter and state on the way."""
    theta, path = np.array(theta, float), []
    state = optimiser.start(theta)
    for gradient in gradients:
        theta, state = optimiser.step(theta, np.array(gradient, float), state)
        path.append((theta, state))
    return path


def descend(optimiser: Optimiser, theta: float, steps: int) -> list[float]:
    """Minimise x² from a start, taking the gradient where the optimiser asks for it."""
    at, path = np.array([theta]), []
    state = optimiser.start(at)
    for _ in range(steps):
        at, state = optimiser.step(at, 2 * optimiser.gradient_at(at, state), state)
        path.append(float(at[0]))
    return path


@pytest.mark.parametrize("case", [c for c in CASES if "textbook" not in c["variant"]], ids=lambda c: c["id"])
def test_a_stored_pytorch_run_comes_out(case: dict[str, Any]) -> None:
    if "epsilon_conventions" in case["variant"]:
        return check_epsilon(case)
    ours = pytorch_optimiser(case)
    path = walk(ours, case["params0"], [step["grad"] for step in case["steps"]])
    scale = -1 / ours.lr if ours.kind == "nesterov" else 1  # PyTorch's buffer holds no learning rate

    for (theta, state), step in zip(path, case["steps"], strict=True):
        near(theta, step["params"])
        for name, value in step["state"].items():
            near(state.t if name == "step" else scale * state.moments[CARRIED[name]], value)
    return None


def check_epsilon(case: dict[str, Any]) -> None:
    """Compare the places of epsilon in Adam's step, and the step without bias correction."""
    b1, b2 = case["config"]["betas"]
    common = {"lr": case["config"]["lr"], "eps": case["config"]["eps"], "beta1": b1, "beta2": b2}
    settings = {place: {"eps_place": place} for place in ("inside", "outside")}
    settings["eps_hat_keras"] = {"eps_place": "efficient"}
    settings["no_bias_correction"] = {"eps_place": "outside", "bias_correction": False}
    for name, choice in settings.items():
        path = walk(optimiser("adam", **common, **choice), case["params0"], [s["grad"] for s in case["steps"]])
        for (theta, _), step in zip(path, case["steps"], strict=True):
            near(theta, step["params"][name])


def test_nesterov_looks_ahead_as_the_textbook_run() -> None:
    (case,) = (c for c in CASES if c["variant"].startswith("nesterov_textbook"))
    A, b = np.array(case["quadratic"]["A"]), np.array(case["quadratic"]["b"])
    ours = optimiser("nesterov", lr=case["config"]["lr"], beta=case["config"]["momentum"])
    theta = np.array(case["params0"])
    state = ours.start(theta)

    for step in case["steps"]:
        ahead = ours.gradient_at(theta, state)
        near(ahead, step["lookahead_point"])
        theta, state = ours.step(theta, A @ ahead - b, state)
        near(state.moments["m"], step["velocity"])
        near(theta, step["params"])
        near(ours.gradient_at(theta, state), step["pytorch_params"])


def test_momentum_as_velocity_and_as_average_follow_the_textbook_run() -> None:
    (case,) = (c for c in CASES if c["variant"].startswith("momentum_textbook"))
    gradients = [step["grad"] for step in case["steps"]]
    for form, m, params in (("velocity", "velocity", "velocity_params"), ("average", "ema_m", "ema_params")):
        path = walk(optimiser("momentum", form=form, **case["config"]), case["params0"], gradients)
        for (theta, state), step in zip(path, case["steps"], strict=True):
            near(state.moments["m"], step[m])
            near(theta, step[params])


@pytest.mark.parametrize(
    ("kind", "form", "path"),
    [
        ("momentum", "rate-outside", [4.0, 2.3, 0.31, -1.543, -2.9021]),
        ("momentum", "velocity", [4.0, 2.3, 0.31, -1.543, -2.9021]),
        ("momentum", "average", [4.9, 4.712, 4.44856, 4.1224928, 3.7465824640]),
        ("nesterov", "rewritten", [3.1, 1.112, -0.54176, -1.6241152, -2.078587904]),
        ("nesterov", "look-ahead", [4.0, 2.48, 0.8896, -0.433408, -1.29929216]),
    ],
)
def test_one_name_has_several_paths_down_a_parabola(kind: str, form: str, path: list[float]) -> None:
    """f = x² from 5 with rate 0.1 and β = 0.9: the forms called momentum part ways."""
    near(descend(optimiser(kind, form=form, lr=0.1, beta=0.9), 5.0, 5), path)


def test_published_single_steps_come_out() -> None:
    theta, state = optimiser("momentum", lr=0.01, beta=0.9).step(
        np.array([1.0]), np.array([0.1]), State(3, {"m": np.array([-0.5])})
    )
    near((theta[0], state.moments["m"][0]), (0.549, -0.451))
    adam = optimiser("adam", lr=0.001, eps_place="outside")
    theta, state = adam.step(np.array([1.0]), np.array([0.1]), adam.start(np.array([1.0])))
    near((theta[0], state.moments["m"][0], state.moments["v"][0]), (0.9990000001, 0.01, 1e-5))


def test_penalty_and_decoupled_decay_differ_only_under_adaptive_steps() -> None:
    """w = 2, g = 0.5, rate 0.1, λ = 0.3: 1.89 under SGD; Adam gives 1.9 with the penalty, 1.84 decoupled."""
    w, g, common = np.array([2.0]), np.array([0.5]), {"lr": 0.1, "weight_decay": 0.3}
    results = [optimiser(k, **common).step(w, g, optimiser(k).start(w))[0][0] for k in ("sgd", "adam", "adamw")]

    np.testing.assert_allclose(results, [1.89, 1.9, 1.84], atol=1e-8)


def configurations() -> list[Optimiser]:
    """Give every kind under every combination of its choices, with and without weight decay."""
    made = []
    for kind, cls in all_optimisers().items():
        names, options = list(cls.choices), [*cls.choices.values()]
        if "weight_decay" in cls.__dataclass_fields__:
            names, options = [*names, "weight_decay"], [*options, (0.0, 0.3)]
        if "bias_correction" in cls.__dataclass_fields__:
            names, options = [*names, "bias_correction"], [*options, (True, False)]
        made += [
            optimiser(kind, **dict(zip(names, chosen, strict=True))) for chosen in itertools.product(*options)
        ]
    return made


def evaluate(rule: str, value: Any) -> Any:
    """Compute what a printed rule says, from its LaTeX."""
    text = re.sub(r"<([a-z_0-9]+'?)>", lambda hole: f'value("{hole[1]}")', rule)
    for sign, meaning in (
        (r"\cdot", "*"),
        (r"\odot", "*"),
        (r"\left", ""),
        (r"\right", ""),
        (r"\max", "np.maximum"),
    ):
        text = text.replace(sign, meaning)
    changed = ""
    while changed != text:
        changed = text
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1) / (\2))", text)
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"np.sqrt(\1)", text)
        text = re.sub(r"\^\{([^{}]*)\}", r"**(\1)", text)
    return eval(text, {"np": np, "value": value})  # noqa: S307 - our own printed rule


@pytest.mark.parametrize("ours", configurations(), ids=repr)
def test_what_is_printed_is_what_is_computed(ours: Optimiser) -> None:
    rng = np.random.default_rng(0)
    theta, gradient = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    state = State(2, {name: rng.uniform(0.1, 1, (2, 3)) for name in ours.carried})
    found = ours.follow(theta, gradient, state)

    def value(hole: str) -> Any:
        name = hole.rstrip("'")
        if name == "t":
            return state.t + hole.endswith("'")
        if name.startswith("gradient"):
            return gradient
        before = {**state.moments, "theta": theta}
        return (
            getattr(ours, name) if name not in found | before else (found if hole.endswith("'") else before)[name]
        )

    assert list(found) == list(ours.rules())
    for name, rule in ours.rules().items():
        near(found[name], evaluate(rule, value))


@pytest.mark.parametrize("ours", configurations(), ids=repr)
def test_a_worked_step_shows_every_line_with_its_value(ours: Optimiser) -> None:
    theta, gradient = np.array([1.0, -2.0]), np.array([0.5, 0.25])
    lines = ours.lines(theta, gradient, ours.start(theta))

    near(lines[-1].value, ours.step(theta, gradient, ours.start(theta))[0])
    assert [line.formula for line in lines] == list(ours.recursion())
    for line in lines:
        assert line.numbers
        assert not re.search(r"<\w+'?>", line.formula + line.numbers)


@pytest.mark.parametrize("kind", list(all_optimisers()))
@given(rate=st.floats(1e-4, 0.5), gradient=st.floats(0.1, 10), sign=st.sampled_from([-1, 1]))
@settings(max_examples=20, deadline=None)
def test_the_first_step_goes_against_the_gradient(kind: str, rate: float, gradient: float, sign: int) -> None:
    ours = optimiser(kind, lr=rate)
    theta = np.zeros(1)
    moved = ours.step(theta, np.array([sign * gradient]), ours.start(theta))[0]

    assert np.sign(moved[0]) == -sign


@pytest.mark.parametrize("kind", list(all_optimisers()))
def test_a_step_keeps_the_dtype_and_leaves_its_arguments_alone(kind: str) -> None:
    theta, gradient = np.ones((2, 2), np.float32), np.full((2, 2), 0.5, np.float32)
    state = optimiser(kind).start(theta)
    moved, after = optimiser(kind).step(theta, gradient, state)

    assert moved.dtype == np.float32
    assert all(moment.dtype == np.float32 for moment in after.moments.values())
    assert (theta == 1).all()
    assert all((moment == 0).all() for moment in state.moments.values())


def test_gradient_descent_reuses_the_space_it_is_given() -> None:
    space, sgd, theta = Space(), optimiser("sgd", lr=0.5), np.array([4.0])
    first = sgd.step(theta, np.array([2.0]), State(), space)[0]
    second = sgd.step(first, np.array([2.0]), State(1), space)[0]

    assert second is first
    assert second[0] == 2.0


def test_newton_solves_a_quadratic_in_one_step() -> None:
    rng = np.random.default_rng(1)
    root = rng.normal(size=(4, 4))
    A, b, theta = root @ root.T + np.eye(4), rng.normal(size=4), rng.normal(size=(2, 2))
    moved = Newton().step(theta, A @ theta.reshape(4) - b, A)

    assert moved.shape == (2, 2)
    near(A @ moved.reshape(4), b)


def test_newton_says_why_it_has_no_step() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 2\); got \(3, 3\)"):
        Newton().step(np.zeros(2), np.zeros(2), np.eye(3))
    with pytest.raises(ValueError, match="singular"):
        Newton().step(np.zeros(2), np.ones(2), np.ones((2, 2)))
    with pytest.raises(ValueError, match="slope is zero"):
        root_step(1.0, 2.0, 0.0)


def test_newton_prints_its_step_length_only_where_it_has_one() -> None:
    assert "alpha" not in Newton().recursion()[0]
    assert "alpha" in Newton(lr=0.5).recursion()[0]


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        ("adma", {}, "unknown optimiser 'adma'; did you mean 'adam'"),
        ("adam", {"beta_1": 0.9}, "unknown setting of adam 'beta_1'; did you mean 'beta1'"),
        ("zzz", {}, "known: adagrad, adam"),
        ("sgd", {"lr": -1.0}, "lr must be at least 0"),
        ("momentum", {"beta": 1.0}, "beta must be at least 0 and below 1; got 1.0"),
        ("adam", {"lr": float("nan")}, "lr must be at least 0"),
        ("adam", {"eps_place": "within"}, "eps_place must be one of 'inside', 'outside'"),
    ],
)
def test_wrong_settings_are_explained(kind: str, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        optimiser(kind, **settings)
