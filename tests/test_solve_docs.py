"""The examples of docs/solve.md are what the command does."""

import re
import shlex
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from quizbank.cli import cli
from quizbank.solved import SolvedProblem
from solvers.engine.losses import all_losses
from solvers.engine.optimisers import all_optimisers
from solvers.walkthrough.tidying import members

DOC = (Path(__file__).parent.parent / "docs" / "solve.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```toml\n(.*?)\n```", DOC, re.DOTALL))
RUNS = re.findall(r"<!-- run: (quizbank solve .*?) -->\n```\n(.*?)\n```", DOC, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "shown"), RUNS, ids=[command for command, _ in RUNS])
def test_what_is_shown_is_what_is_printed(command: str, shown: str, folder: Path) -> None:
    printed = CliRunner().invoke(cli, shlex.split(command)[1:]).stdout.strip()

    if shown.startswith("quizbank solve"):  # then these are further lines to try
        for line in shown.splitlines():
            assert CliRunner().invoke(cli, shlex.split(line)[1:]).exit_code == 0, line
    else:
        assert printed == shown


def test_there_are_examples() -> None:
    assert set(FILES) == {"net.toml", "mine.toml", "mazur.toml", "published.toml"} and len(RUNS) == 5


@pytest.mark.parametrize("kind", [*members(), *all_losses(), *all_optimisers()])
def test_everything_that_can_be_handed_in_is_in_the_tables(kind: str) -> None:
    penalties = ("l1-penalty", "l2-penalty", "gan-discriminator", "gan-generator", "gaussian-kl")

    assert kind in penalties or f"`{kind}`" in DOC


@pytest.mark.parametrize(
    "line", ["x=[1,2]; affine(2,2,seed=1); residual(relu); batchnorm(2,training=false); sum", "x=3; f=x*x"]
)
def test_the_json_output_keeps_its_schema(line: str) -> None:
    line = line.replace("x=[1,2]", "x=[[1,2],[3,5]]").replace(",training=false", "")
    printed = CliRunner().invoke(cli, ["solve", line, "--format", "json"]).stdout

    assert msgspec.json.decode(printed.encode(), type=SolvedProblem).layers
