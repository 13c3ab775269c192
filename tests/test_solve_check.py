"""A student's own values against the solution: every slip is recognised by recomputation, and what follows is said to follow."""

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from quizbank.calls import read_calls
from quizbank.cli import cli
from solvers.walkthrough.checking.given import read_given
from solvers.walkthrough.checking.judging import Check, check_values
from solvers.walkthrough.checking.replay import Replay, Slip
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.solution import Solution, solve_problem
from solvers.walkthrough.symbols import symbols
from solvers.walkthrough.trouble import ProblemError

NETS = {
    "mlp": "x=[[1,2],[0.5,-1],[-1,0.4]]; affine(W=[[0.1,-0.3],[0.2,0.4]], b=[0.1,0.2]); relu;"
    "affine(W=[[0.7,0.1],[0.8,-0.2]], b=[0.1,0]); mse(target=[[1,0],[0,1],[0.3,0.3]]); adam(lr=0.1,eps=0.01)",
    "sigmoid": "x=[[1,2]]; affine(W=[[0.1,-0.3,0.5],[0.2,0.4,-0.6]], b=[0.1,0.2,0.3]); sigmoid;"
    "affine(W=[[0.7],[0.8],[0.9]],b=[0.1]); sigmoid; bce(target=[[1]]); sgd(lr=0.5)",
    "classes": "x=[[1,2],[0.5,-1]]; affine(W=[[0.1,-0.3,0.5],[0.2,0.4,-0.6]], b=[0.1,0.2,0.3]); tanh;"
    "affine(3,3,seed=1); cross-entropy(target=[1,2]); momentum(lr=0.1)",
    "cnn": "x=[[[[1,2,0,1],[0.5,-1,2,1],[0.3,-0.7,1.5,-2],[1,1.2,0.1,0.4]]]]; conv2d(1,2,2,seed=3,padding=1); relu;"
    "maxpool2d(2); flatten; affine(8,2,seed=1); half-squared-error(target=[[1,0]]); sgd(lr=0.1)",
    "norm": "x=[[1,2],[0.5,-1],[-1,0.4]]; affine(2,2,seed=1); batchnorm(gamma=[1.5,0.5],beta=[0.1,0.2],eps=0.1);"
    "relu; affine(2,1,seed=5); mse(target=[[1],[0],[2]]); rmsprop(lr=0.1,eps=0.1)",
    "lstm": "x=[[[1,2],[0.5,-1],[-1,0.4]]]; lstm(2,2,seed=1); affine(2,1,seed=2); mse(target=[[[1],[0],[2]]]); sgd(lr=0.1)",
    "attention": "x=[[1,2],[0.5,-1],[-1,0.4]]; attention(2,seed=1,causal=true); affine(2,2,seed=2);"
    "cross-entropy(target=[0,1,0]); sgd(lr=0.1)",
    "embedding": "x=[1,2,1]; embedding(W=[[0.1,0.2],[0.4,-0.3],[0.5,0.6]]); affine(2,2,seed=2);"
    "cross-entropy(target=[0,1,0]); sgd(lr=0.1)",
    "residual": "x=[[1,2],[0.5,-1]]; affine(2,2,seed=7); residual(affine(2,2,seed=1), relu); affine(2,2,seed=2);"
    "cross-entropy(target=[0,1]); sgd(lr=0.1)",
    "dropout": "x=[[1,2,3],[0.5,-1,2]]; dropout(p_drop=0.2,mask=[[1,0,1],[1,1,0]]); affine(3,2,seed=2); gelu;"
    "hinge(target=[0,1]); sgd(lr=0.1)",
}  # fmt: skip
NOTES = (
    "x=[[1,2]]; affine(W=[[0.1,0.3,0.5],[0.2,0.4,0.6]], b=[0.1,0.2,0.3]); relu; affine(W=[[0.7],[0.8],[0.9]], b=[0.1]);"
    "LOSS(target=[[3.2]]); sgd(lr=0.1)"
)
MAZUR = (
    "x=[0.05,0.1]; affine(W=[[0.15,0.25],[0.2,0.3]], b=[0.35,0.35]); sigmoid; affine(W=[[0.4,0.5],[0.45,0.55]], b=[0.6,0.6]);"
    "sigmoid; half-squared-error(target=[0.01,0.99]); sgd(lr=0.5, frozen=['b'])"
)


def solution(line: str) -> Solution:
    return solve_problem(read_problem(read_calls(line)))


def check(line: str, values: str) -> Check:
    return check_values(solution(line), tomllib.loads(values, parse_float=Decimal))


def outcomes(line: str, values: str) -> dict[str, tuple[str, str]]:
    return {one.name: (one.outcome, one.code) for one in check(line, values).findings}


def written(values: Any) -> Any:
    """Values as a careful student writes them down: eight decimals."""
    return [written(value) for value in values] if isinstance(values, list) else Decimal(f"{values:.8f}")


def replayed(solved: Solution, *slips: Slip, listing: bool = False) -> Replay:
    return Replay(solved.problem, symbols(solved.problem), solved.trace.target, slips, listing=listing).run()


def possible_slips() -> Iterator[Any]:
    """Every slip that can be made in any of the networks, unless it changes nothing there."""
    for name, line in NETS.items():
        solved = solution(line)
        honest = replayed(solved, listing=True)
        for slip in honest.seen:
            if differing(replayed(solved, slip).raw, honest.raw):
                yield pytest.param(name, slip, id=f"{name}-{slip.site}-{slip.code}-{slip.target}-{slip.number}")


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [
        name
        for name, value in one.items()
        if "_" not in name.removeprefix("new_")
        and (value.shape != other[name].shape or np.abs(value - other[name]).max() > 1e-5)
    ]


@pytest.mark.parametrize(("name", "slip"), list(possible_slips()))
def test_every_slip_is_found_where_it_is_made_and_what_follows_is_said_to_follow(name: str, slip: Slip) -> None:
    solved = solution(NETS[name])
    raw = {key: value for key, value in replayed(solved, slip).raw.items() if "_" not in key.removeprefix("new_")}
    found = check_values(solved, {key: written(value.tolist()) for key, value in raw.items()})
    first, *later = [one for one in found.findings if one.outcome != "right"]

    assert first.outcome == ("convention" if slip.convention else "slip")
    if first.code != slip.code:  # then what is named gives the very same value
        twins = [twin for twin in replayed(solved, listing=True).seen if twin.code == first.code]
        assert any(agree(replayed(solved, twin).raw.get(first.name), raw[first.name]) for twin in twins)
    elif np.isfinite(raw.get("loss", np.array(0.0))):
        assert {one.outcome for one in later} <= {"follows", "convention", "slip"}


def agree(one: Any, other: Any) -> bool:
    if one is None or np.squeeze(one).shape != np.squeeze(other).shape:
        return False
    return bool(np.allclose(np.squeeze(one), np.squeeze(other), atol=1e-7))


@pytest.mark.parametrize("name", NETS)
def test_right_values_are_right_even_when_rounded(name: str) -> None:
    solved = solution(NETS[name])
    raw = replayed(solved).raw
    rounded = {
        key: written(np.round(value, 8).tolist())
        for key, value in raw.items()
        if "_" not in key.removeprefix("new_")
    }

    assert check_values(solved, rounded).right


def test_replaying_without_slips_is_the_training_step() -> None:
    """The recomputation and the trace are two routes to the same numbers."""
    for line in NETS.values():
        solved = solution(line)
        names, raw = symbols(solved.problem), replayed(solved).raw
        for node, value in solved.trace.values.items():
            if ":" not in node and node in names.values and node not in solved.problem.inputs:
                np.testing.assert_allclose(raw[names.values[node]], value, err_msg=line)
        for (node, name), updated in solved.updated.items():
            np.testing.assert_allclose(raw[f"new_{names.params[node, name]}"], updated.value, atol=1e-12)
        assert raw["new_loss"] == pytest.approx(solved.loss_after)


def test_the_famous_loss_after_one_step_comes_from_weights_that_were_updated_too_early() -> None:
    found = check(MAZUR, "loss = 0.298371109\nnew_loss = 0.291027924").findings

    assert [(one.name, one.outcome, one.code, one.place) for one in found] == [
        ("loss", "right", "", ""),
        ("new_loss", "slip", "updated-too-early", "layer 3 (affine)"),
    ]


def test_the_published_weights_are_right_and_give_another_loss_than_published() -> None:
    weights = (
        "new_W1 = [[0.149780716, 0.24975114], [0.19956143, 0.29950229]]\n"
        "new_W2 = [[0.35891648, 0.51130127], [0.408666186, 0.561370121]]\n"
    )

    assert check(MAZUR, f"{weights}new_loss = 0.2910277737").right
    found = outcomes(MAZUR, f"{weights}new_loss = 0.291027924")
    assert found["new_W1"][0] == found["new_W2"][0] == "right"
    assert found["new_loss"] == ("slip", "updated-too-early")


def test_the_other_convention_of_the_squared_error_is_called_by_name() -> None:
    line = NOTES.replace("LOSS", "half-squared-error")
    findings = check(line, "loss = 0.0256\ndZ2 = 0.32\nnew_b2 = 0.068").findings

    assert [one.outcome for one in findings] == ["convention"] * 3
    assert "mean squared error" in findings[0].text
    assert check(line, "loss = 0.0256\ndZ2 = 0.32\nnew_b2 = 0.068").right


def test_a_right_loss_makes_the_same_gradient_a_slip() -> None:
    found = outcomes(
        NOTES.replace("LOSS", "half-squared-error"), "loss = 0.0128\ndZ2 = 0.32\ndW2 = [0.192, 0.416, 0.64]"
    )

    assert found == {"loss": ("right", ""), "dZ2": ("slip", "half-forgotten"), "dW2": ("follows", "")}


def test_weights_rounded_as_the_notes_print_them_are_right() -> None:
    printed = "new_W1 = [[0.09, 0.29, 0.49], [0.18, 0.37, 0.57]]\nnew_b1 = [0.09, 0.19, 0.29]\nnew_b2 = 0.08"

    assert check(NOTES.replace("LOSS", "half-squared-error"), printed).right


def test_a_published_walkthrough_applies_the_slope_of_the_sigmoid_twice() -> None:
    """Its printed 0.138 and 0.069 in place of 0.562 and 0.281."""
    line = "x=[1]; affine(W=[[0.5]]); affine(W=[[0.5]]); sigmoid; bce(target=[0])"

    assert outcomes(line, "H = [0.562]\ndZ2 = [0.138]\ndW2 = [0.069]") == {
        "H": ("right", ""),
        "dZ2": ("slip", "derivative-twice"),
        "dW2": ("follows", ""),
    }


def test_values_that_no_slip_explains_are_not_guessed_at() -> None:
    found = check(NOTES.replace("LOSS", "mse"), "Z1 = [[0.6, 1.3, 5.25]]\nH = [[0.6, 1.3, 5.25]]").findings

    assert (found[0].outcome, found[0].code) == ("wrong", "")
    assert found[0].text.startswith("2 of 3 entries are right")
    assert found[1].outcome == "follows"


@pytest.mark.parametrize(
    ("spelling", "name"),
    [("Z1", "Z1"), ("z1", "Z1"), ("a", "H"), ("A1", "H"), ("H1", "H"), ("o", "Z2"), ("output", "Z2"), ("L", "loss"),
     ("dL_dW1", "dW1"), ("grad_W1", "dW1"), ("dw1", "dW1"), ("W1_new", "new_W1"), ("updated_W1", "new_W1"),
     ("loss_after", "new_loss"), ("dx", "dx"), ("b2_after", "new_b2")],
)  # fmt: skip
def test_values_have_the_names_that_students_give_them(spelling: str, name: str) -> None:
    solved = solution(NOTES.replace("LOSS", "mse"))
    raw = replayed(solved).raw
    (given,) = read_given({spelling: raw[name].tolist()}, solved.problem, symbols(solved.problem), raw)

    assert given.name == name


def test_values_may_stand_under_the_number_of_their_layer() -> None:
    values = """
    [layer.2]
    output = [[0.6, 1.3, 2.0]]
    grad_input = [[0.112, 0.128, 0.144]]
    [layer.3.grads]
    W = [[0.096], [0.208], [0.32]]
    [layer.3.updated]
    b = 0.084
    """
    found = outcomes(NOTES.replace("LOSS", "half-squared-error"), values)

    assert set(found) == {"H", "dZ1", "dW2", "new_b2"} and {outcome for outcome, _ in found.values()} == {"right"}


@pytest.mark.parametrize(
    "values", ["Q7 = 1", "[layer.9]\noutput = 1", "Z1 = 'a'", "", "Z1 = [[1],[2,3]]", "[layer.1]\nfoo = 1"]
)
def test_values_that_cannot_be_read_are_refused_in_a_sentence(values: str) -> None:
    with pytest.raises(ProblemError):
        check(NOTES.replace("LOSS", "mse"), values)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_the_command_shows_the_first_slip_in_every_format(form: str, tmp_path: Path) -> None:
    student = tmp_path / "student.toml"
    student.write_text("loss = 0.0128\ndZ2 = 0.32\n")
    line = NOTES.replace("LOSS", "half-squared-error")
    result = CliRunner().invoke(cli, ["solve", line, "--check", str(student), "--format", form])

    assert result.exit_code == 1
    assert "cancels the 2" in result.stdout
    if form == "json":
        assert json.loads(result.stdout)["check"]["first"] == "dZ2"


def test_the_command_succeeds_when_all_values_are_right(tmp_path: Path) -> None:
    student = tmp_path / "student.json"
    student.write_text('{"loss": 0.0128}')

    assert (
        CliRunner()
        .invoke(cli, ["solve", NOTES.replace("LOSS", "half-squared-error"), "--check", str(student)])
        .exit_code
        == 0
    )
