"""The Markdown is read by pandoc as what it is meant to be: headings, lists, tables, formulas, task lists."""

import json
import shutil
import subprocess
from collections import Counter
from typing import Any

import pytest
from specimen_sheets import PARTS, sheet

from quizbank.formats.markdown import render

needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")


def read(solved: bool) -> Any:
    command = ["pandoc", "--from", "gfm+tex_math_dollars", "--to", "json"]
    data = render((sheet(solved=solved),))
    return json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)["blocks"]


def elements(tree: Any) -> list[dict[str, Any]]:
    """List every element of pandoc's tree."""
    if isinstance(tree, list):
        return [one for child in tree for one in elements(child)]
    if not isinstance(tree, dict):
        return []
    own = [tree] if "t" in tree else []
    return own + [one for child in tree.values() for one in elements(child)]


@needs_pandoc
def test_questions_are_headings_and_formulas_are_formulas() -> None:
    found = elements(read(solved=False))
    kinds = Counter(one["t"] for one in found)
    formulas = [one["c"][1] for one in found if one["t"] == "Math"]

    assert kinds["Header"] == 1 + 1 + len(PARTS)
    assert "a_1 = 2" in formulas and any("bmatrix" in latex for latex in formulas)
    assert kinds["Table"] == 2 and kinds["RawInline"] == kinds["RawBlock"] == 0


@needs_pandoc
def test_every_step_of_a_solution_is_an_item_of_a_list() -> None:
    found = elements(read(solved=True))
    shown = [one for one in found if one["t"] == "Math" and one["c"][0]["t"] == "DisplayMath"]

    assert sum(one["c"][1] == r"a \cdot b = 2 \cdot 3 = 6" for one in shown) == 2 * len(PARTS)
    assert sum(one["t"] == "OrderedList" for one in found) >= 2 * len(PARTS)


def test_a_name_is_not_taken_for_markup() -> None:
    assert r"Zoë \{O'Neil\} \#1" in render((sheet(),)).decode()
