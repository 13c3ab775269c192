"""An interrupted class run leaves nothing half-written and goes on where it stopped; a graded exam is never lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quizbank.cli import exam as exam_command
from quizbank.cli._unfinished import NAME
from quizbank.errors import FileError, QuizbankError

FEW = ("--questions", "2", "--chapters", "2", "--format", "html", "--workers", "1")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "class.csv"
    file.write_text("id,name\n" + "".join(f"s{n},Student {n}\n" for n in range(6)))
    return file


def draw(out: Path, roster: Path, *options: str) -> Any:
    """Run the command in this process; what it raises is raised here."""
    arguments = ["-o", str(out), "--students", str(roster), *FEW, *options]
    return CliRunner().invoke(exam_command.command, arguments, catch_exceptions=False)


def interrupted(out: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Run the command until so many papers are written, and stop it there."""
    noted: list[str] = []
    note = exam_command.note_written

    def stop(folder: Path, student: str, digest: str) -> None:
        if len(noted) == after:
            raise OSError("interrupted")
        noted.append(student)
        note(folder, student, digest)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="interrupted"):
        patch.setattr(exam_command, "note_written", stop)
        draw(out, roster)


def papers(out: Path) -> dict[str, bytes]:
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def test_a_second_run_goes_on_with_the_same_secret_and_leaves_written_papers_alone(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "exam"
    interrupted(out, roster, monkeypatch, after=3)
    secret = json.loads((out / NAME).read_text().splitlines()[0])["secret"]
    before = {name: (out / name).stat().st_mtime_ns for name in papers(out) if name.startswith("papers/s")}
    assert not (out / "key.json").exists() and (out / NAME).stat().st_mode & 0o077 == 0
    draw(out, roster)
    key = json.loads((out / "key.json").read_text())
    kept = [name for name, time in before.items() if (out / name).stat().st_mtime_ns == time]

    assert key["secret"] == secret and len(key["papers"]) == 6 and not (out / NAME).exists()
    assert {name.split("/")[1] for name in kept} == {"s0", "s1", "s2"}
    assert {name.split("/")[1] for name in papers(out) if name.startswith("papers/")} == {
        f"s{n}" for n in range(6)
    }


def test_the_result_is_what_an_uninterrupted_run_gives(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda length: "5ec4e7" * 5)
    interrupted(tmp_path / "one", roster, monkeypatch, after=2)
    draw(tmp_path / "one", roster)
    draw(tmp_path / "other", roster)

    assert papers(tmp_path / "one") == papers(tmp_path / "other")


def test_a_torn_note_and_a_paper_that_would_come_out_otherwise_are_written_again(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "exam"
    interrupted(out, roster, monkeypatch, after=3)
    head, first, second, _ = (out / NAME).read_text().splitlines()
    (out / NAME).write_text("\n".join([head, first.replace(json.loads(first)[1], "0" * 24), second, '["s2", "ab']))
    for name in ("s0", "s1", "s2"):
        (out / "papers" / name / "sheet.html").write_text("old")
    draw(out, roster)
    kept = [name for name in ("s0", "s1", "s2") if (out / "papers" / name / "sheet.html").read_text() == "old"]

    assert kept == ["s1"]


def test_a_run_may_be_torn_twice(tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "exam"
    for written in (2, 3):
        interrupted(out, roster, monkeypatch, after=written)
        with (out / NAME).open("a") as notes:
            notes.write('["s5", "ab')
    draw(out, roster)

    assert len(json.loads((out / "key.json").read_text())["papers"]) == 6 and not (out / NAME).exists()


def test_other_demands_are_refused_while_an_exam_is_unfinished(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(tmp_path / "exam", roster, monkeypatch, after=1)

    with pytest.raises(FileError, match="was interrupted and asked for something else"):
        draw(tmp_path / "exam", roster, "--title", "Another")


def test_a_graded_exam_is_not_overwritten_and_a_paper_that_cannot_be_drawn_leaves_no_note(
    tmp_path: Path, roster: Path
) -> None:
    draw(tmp_path / "exam", roster)
    key = (tmp_path / "exam" / "key.json").read_bytes()

    with pytest.raises(FileError, match="whose key would be lost"):
        draw(tmp_path / "exam", roster)
    assert (tmp_path / "exam" / "key.json").read_bytes() == key
    (tmp_path / "bad.toml").write_text('points = 5\nfixed = ["ch2.body.train_step"]\n')
    with pytest.raises(QuizbankError, match="5 points"):
        draw(tmp_path / "none", roster, "--blueprint", str(tmp_path / "bad.toml"))
    assert not (tmp_path / "none").exists()
