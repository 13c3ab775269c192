"""The GIFT file is read by a parser made from GIFT's grammar, and its answers score as they should."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from specimen_sheets import PARTS, paper, sheet

from quizbank.formats.gift import marks, remarks, render

READERS = Path(__file__).parent / "readers"
needs_reader = pytest.mark.skipif(
    not shutil.which("node") or not (READERS / "node_modules" / "gift-pegjs").exists(),
    reason="gift-pegjs is not installed (npm install in tests/readers)",
)


def read(data: bytes) -> list[dict[str, Any]]:
    command = ["node", str(READERS / "gift.mjs")]
    found: list[dict[str, Any]] = json.loads(
        subprocess.run(command, input=data, capture_output=True, check=True).stdout
    )
    return found


def specimen() -> dict[str, dict[str, Any]]:
    """Read the sheet of specimens: its questions by name."""
    found = read(render((sheet(scored=True, solved=True),)))
    return {one["title"]: one for one in found if one["type"] != "Category"}


@needs_reader
def test_every_part_and_every_entry_is_a_question() -> None:
    kinds = [one["type"] for title, one in specimen().items() if title.startswith("1")][: len(PARTS) + 3]

    assert (
        kinds == ["Numerical"] * 2 + ["Short"] + ["Numerical"] * 4 + ["MC"] * 2 + ["Matching"] * 2 + ["Essay"] * 2
    )


@needs_reader
def test_numbers_are_right_within_their_tolerance_alone() -> None:
    choice = specimen()["2 Only number"]["choices"]
    accepts = [abs(value - choice["number"]) <= choice["range"] for value in (1.3858, 1.3868, 1.3857, 1.3869)]

    assert accepts == [True, True, False, False]
    assert specimen()["3 Only whole"]["choices"]["range"] == 0


@needs_reader
def test_ticks_earn_their_shares() -> None:
    several = {one["text"]["text"]: one["weight"] for one in specimen()["7 Only several"]["choices"]}
    single = [one["text"]["text"] for one in specimen()["6 Only one"]["choices"] if one["isCorrect"]]

    assert several == {"bounded": 33.33333, "odd": 33.33333, "convex": -100, "smooth ~ {nearly}": 33.33333}
    assert single == ["ReLU &amp; friends"]


@needs_reader
def test_texts_and_pairs_are_kept_sign_for_sign() -> None:
    shown = specimen()
    pairs = [
        (pair["subquestion"]["text"], pair["subanswer"].replace("&&061;", "="))
        for pair in shown["8 Only matching"]["matchPairs"]
    ]

    assert pairs == [("ReLU", "kinked = bent"), (r"\(\sigma\)", "range (0, 1)"), ("tanh", "odd")]
    assert [one["text"]["text"] for one in shown["4 Only shape"]["choices"]] == ["(8, 192)", "8x192", "8, 192"]
    stem = html.unescape(shown["1a Everything & more"]["stem"]["text"])
    for sign in (
        "#tags",
        "{braces}",
        "a~b",
        "3 < 4 > 2",
        "back\\slash",
        r"\(= 5\)",
        r"\begin{bmatrix} 5 & 3.5 \\ 6",
    ):
        assert sign in stem
    assert "Multiply" in shown["10 Only words"]["globalFeedback"]["text"]


@needs_reader
def test_variants_share_a_category() -> None:
    found = read(render(tuple(paper(number, scored=True, solved=True) for number in (1, 2, 3))))
    titles = [one["title"] for one in found]

    assert titles.count("$course$/top/Deep <Learning> & $ 100%/2 Only number") == 1
    assert [title for title in titles if title.startswith("2 ")] == [
        f"2 Only number (variant {n})" for n in (1, 2, 3)
    ]


def test_a_question_has_no_empty_line_in_it_and_every_brace_of_a_text_is_marked() -> None:
    blocks = render((sheet(scored=True, solved=True),)).decode().strip().split("\n\n")

    assert all(block.startswith(("$CATEGORY: ", "::")) for block in blocks)
    for block in blocks:
        assert len(re.findall(r"(?<!\\)\{", block)) == len(re.findall(r"(?<!\\)\}", block)) == (block[0] == ":")


def test_signs_of_gift_are_marked() -> None:
    assert marks("a=b~c#{d}:\\n\n\nx") == r"a\=b\~c\#\{d\}\:\\n x"


def test_what_gift_cannot_hold_is_remarked() -> None:
    said = list(remarks(sheet(scored=True, solved=True)))

    assert said[0] == ("points cannot be given; set them in the quiz.", "")
    assert ("every entry of the matrix is a question of its own.", "5") in said
    assert ("a person scores it, as an essay.", "10") in said
