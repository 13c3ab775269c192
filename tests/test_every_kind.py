"""What every answer kind keeps to, whichever it is; a new kind inherits these tests."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Answer, Specimen, Target, mark, specimen_table
from grader.kinds import all_kinds
from grader.verdict import Outcome

SPECIMENS = specimen_table(all_kinds())
NASTY = [
    "",
    "\0",
    "[" * 5000,
    "9" * 10000,
    "__import__('os')",
    r"\frac{}{}",
    "🙂",
    "\ud800",
    "1e999999999",
    "(((((",
]
by_name = pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.__name__)


def ident(specimen: Specimen) -> str:
    return f"{type(specimen.answer).__name__}-{specimen.text[:30]!r}"


@pytest.mark.parametrize("specimen", SPECIMENS, ids=ident)
def test_every_specimen_has_its_outcome(specimen: Specimen) -> None:
    verdict = mark(specimen.answer, specimen.text, Target(specimen.truth))
    assert (verdict.outcome, verdict.credit) == (specimen.outcome, verdict.credit), verdict
    assert not specimen.code or specimen.code in [note.code for note in verdict.notes], verdict


@pytest.mark.parametrize("specimen", SPECIMENS, ids=ident)
def test_what_is_written_is_read_back_as_correct(specimen: Specimen) -> None:
    written = specimen.answer.write(specimen.truth)
    verdict = mark(specimen.answer, written, Target(specimen.truth))
    assert verdict.outcome is Outcome.CORRECT, (written, verdict)


@by_name
def test_specimens_show_every_outcome(kind: type[Answer]) -> None:
    outcomes = {specimen.outcome for specimen in kind.specimens()}
    assert outcomes >= {Outcome.CORRECT, Outcome.WRONG}
    assert outcomes & {Outcome.UNREADABLE, Outcome.BLANK, Outcome.REVIEW}


@by_name
@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_nasty_text_has_an_outcome(kind: type[Answer], text: str) -> None:
    specimen = kind.specimens()[0]
    assert 0 <= mark(specimen.answer, text, Target(specimen.truth)).credit <= 1


@by_name
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_has_an_outcome(kind: type[Answer], text: str) -> None:
    specimen = kind.specimens()[0]
    assert 0 <= mark(specimen.answer, text, Target(specimen.truth)).credit <= 1


def test_kinds_travel_as_json() -> None:
    union = all_kinds()[0]
    for kind in all_kinds()[1:]:
        union = union | kind  # type: ignore[assignment]
    for specimen in SPECIMENS:
        text = msgspec.json.encode(specimen.answer)
        assert msgspec.json.decode(text, type=union) == specimen.answer


@pytest.mark.parametrize("specimen", SPECIMENS, ids=ident)
def test_truths_can_be_shown(specimen: Specimen) -> None:
    assert specimen.answer.typeset(specimen.truth)
    assert specimen.answer.widget(specimen.truth) is not None
    assert specimen.answer.scoring(specimen.truth) is not None
