"""The reviewer's desk: the queue of a results folder, and the files into which decisions and new samples go."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.decisions import Decisions, Override
from quizbank.errors import FileError
from quizbank.files import append_text, read_bytes
from quizbank.report import Results
from quizbank.reviewing import Case, decisions_text, overrides, queue, sample_line, standing


@dataclass(frozen=True)
class Desk:
    """All cases of a marking, and where decisions (`file`) and answers that should become samples are kept."""

    cases: tuple[Case, ...]
    file: Path
    samples: Path

    def decided(self) -> dict[str, Override]:
        """Give the latest decision on each case that has one, by the case's id; raises `FileError`."""
        known = read_decisions(self.file).override if self.file.exists() else ()
        found = ((case.id, standing(case, known)) for case in self.cases)
        return {id: one for id, one in found if one is not None}

    def waiting(self) -> tuple[Case, ...]:
        """Give the cases that are not decided yet."""
        decided = self.decided()
        return tuple(case for case in self.cases if case.id not in decided)

    def decide(self, case: Case, credit: float, reason: str, *, sample: bool = False) -> None:
        """Keep a decision on a case; with `sample`, its first answer is collected for the question's samples."""
        append_text(self.file, decisions_text(overrides(case, credit, reason)))
        if sample:
            append_text(self.samples, f"{case.question}: {sample_line(case.answers[0], credit)}\n")


def open_desk(results: Path, decisions: Path | None = None) -> Desk:
    """Lay out the queue of a folder that `quizbank grade` wrote; raises `FileError`."""
    cases = queue(read_results(results / "results.json").reports)
    return Desk(cases, decisions or results / "decisions.toml", results / "new-samples.txt")


def read_results(path: Path) -> Results:
    """Read the results of an earlier marking; raises `FileError` where there are none."""
    try:
        return msgspec.json.decode(read_bytes(path), type=Results)
    except msgspec.DecodeError as trouble:
        raise FileError(f"{path}: these are no results of `quizbank grade` ({trouble}).") from None


def read_decisions(path: Path) -> Decisions:
    """Read a teacher's decisions; raises `FileError` naming the remedy."""
    try:
        return msgspec.toml.decode(read_bytes(path), type=Decisions)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as trouble:
        raise FileError(f"{path}: these are no decisions ({trouble}); docs/grading.md shows some.") from None
