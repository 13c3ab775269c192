"""`quizbank solve` on small networks: the published numbers, the file format, and what is printed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from quizbank.cli import cli

NOTES = """
[input]
X = [[1, 2]]
[[layer]]
kind = "affine"
W = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]
b = [0.1, 0.2, 0.3]
[[layer]]
kind = "relu"
[[layer]]
kind = "affine"
W = [[0.7], [0.8], [0.9]]
b = [[0.1]]
[loss]
kind = "LOSS"
target = [[3.2]]
[update]
kind = "sgd"
lr = 0.1
"""
ONE_LINE = "x=[1,2]; affine(2,3,seed=1); relu; affine(3,1); mse(target=[3.2]); sgd(lr=0.1)"


def solve(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["solve", *arguments], input=stdin)


def solved(*arguments: str, stdin: str = "") -> dict[str, Any]:
    """What the command gives as JSON."""
    result = solve(*arguments, "--format", "json", stdin=stdin)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_network_of_section_ii_6_gets_the_printed_weights_under_half_the_squared_error() -> None:
    first, _, last = solved("-", stdin=NOTES.replace("LOSS", "half-squared-error"))["layers"]

    np.testing.assert_allclose(first["updated"]["W"], [[0.0888, 0.2872, 0.4856], [0.1776, 0.3744, 0.5712]])
    np.testing.assert_allclose(first["updated"]["b"], [0.0888, 0.1872, 0.2856])
    np.testing.assert_allclose(last["updated"]["W"], [[0.6904], [0.7792], [0.868]])
    np.testing.assert_allclose(last["updated"]["b"], [[0.084]])


def test_the_network_of_section_ii_6_gets_the_other_weights_under_mse() -> None:
    first, _, last = solved("-", stdin=NOTES.replace("LOSS", "mse"))["layers"]

    np.testing.assert_allclose(first["updated"]["W"], [[0.0776, 0.2744, 0.4712], [0.1552, 0.3488, 0.5424]])
    np.testing.assert_allclose(first["updated"]["b"], [0.0776, 0.1744, 0.2712])
    np.testing.assert_allclose(last["updated"]["W"], [[0.6808], [0.7584], [0.836]])
    np.testing.assert_allclose(last["updated"]["b"], [[0.068]])


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_format_shows_the_result_and_the_reason(form: str) -> None:
    shown = solve("-", "--format", form, stdin=NOTES.replace("LOSS", "mse"))

    assert shown.exit_code == 0, shown.output
    assert "0.0776" in shown.stdout and "Upstream gradient times local derivative" in shown.stdout


def test_a_network_in_one_line_is_worked_out(tmp_path: Path) -> None:
    found = solved(ONE_LINE)
    tables = {
        "input": {"x": [1, 2]},
        "layer": [{"kind": "affine", "in": 2, "out": 3, "seed": 1}, {"kind": "relu"}, {"kind": "affine", "in": 3, "out": 1}],
        "loss": {"kind": "mse", "target": [3.2]},
        "update": {"kind": "sgd", "lr": 0.1},
    }  # fmt: skip
    path = tmp_path / "net.json"
    path.write_text(json.dumps(tables))

    assert found == solved(str(path))
    assert [layer["kind"] for layer in found["layers"]] == ["affine", "relu", "affine"]
