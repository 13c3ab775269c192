"""The notebook runs in a real kernel: right answers are told right, wrong ones wrong, and what it holds is read back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from specimen_sheets import PARTS, part, sheet

from grader.scoring import Cells, Interval, Weights
from quizbank.formats.notebook import render
from quizbank.seal import seal
from quizbank.submission import read_submissions

nbformat = pytest.importorskip("nbformat", reason="nbformat checks and reads notebooks")
WRONG = {
    "number": "1.384", "whole": "72", "shape": "8x191", "grid": "[[5.00, 3.50], [6.00, 5.25]]",
    "one": "c", "several": "a, b", "matching": "1-a, 2-b, 3-c", "order": "a, b, c",
}  # fmt: skip


def notebook(**shown: bool) -> Any:
    return nbformat.reads(render((sheet(**shown),)).decode(), 4)


def filled(answers: dict[str, str], **shown: bool) -> Any:
    """Write answers, by part, below the first line of the answer cells."""
    book = notebook(**shown)
    for cell in book.cells:
        place = cell.metadata.get("quizbank")
        if place:
            cell.source += answers.get(place["part"], "")
    return book


def outputs(book: Any) -> dict[str, str]:
    """Run a notebook and give what each answer cell says."""
    nbclient = pytest.importorskip("nbclient", reason="nbclient runs notebooks")
    pytest.importorskip("ipykernel", reason="there is no kernel to run notebooks")
    nbclient.NotebookClient(book, timeout=60).execute()
    said = "".join(output["text"] for cell in book.cells for output in cell.get("outputs", ()))
    return dict(line.split(": ", 1) for line in said.splitlines() if line[0].isdigit())


def test_it_is_a_valid_notebook_with_stable_ids() -> None:
    for shown in ({}, {"solved": True}, {"sealed": True}):
        nbformat.validate(notebook(**shown))

    assert render((sheet(sealed=True),)) == render((sheet(sealed=True),))


@pytest.mark.filterwarnings("ignore")
def test_a_practice_notebook_tells_right_from_wrong_offline() -> None:
    right = outputs(filled({name: shown for name, (*_, shown) in PARTS.items()}, sealed=True))
    wrong = outputs(filled(WRONG, sealed=True))

    for name in WRONG:
        assert right[f"1.{name}"] == "right." and wrong[f"1.{name}"] == "not right yet.", name
    assert "marks it" in right["1.words"] and wrong["1.program"] == "no answer yet."


@pytest.mark.filterwarnings("ignore")
def test_a_graded_notebook_takes_answers_without_a_verdict() -> None:
    said = outputs(filled({name: shown for name, (*_, shown) in PARTS.items()}))

    assert all("marks it" in line for line in said.values()) and len(said) == 2 * len(PARTS)


def test_a_filled_notebook_is_read_as_a_submission() -> None:
    book = filled({"number": "1.386", "program": "# transposed\nX.T @ G"})
    [submission] = read_submissions("x.ipynb", nbformat.writes(book).encode())

    assert (submission.exam, submission.student) == ("practice-0a1b2c", "s_1")
    assert submission.responses["1"]["number"] == submission.responses["2"]["number"] == "1.386"
    assert submission.responses["11"]["program"] == "X.T @ G"
    assert submission.responses["10"]["words"] == ""


def test_no_answer_stands_in_clear_in_a_students_notebook() -> None:
    page = render((sheet(sealed=True),)).decode()

    assert "1.386" not in page and "centred at zero" not in page and "Multiply" not in page


def test_seals_hold_every_value_in_the_interval_and_none_outside() -> None:
    for low, high in ((1.3858, 1.3868), (-0.0005, 0.0005), (99_950.0, 100_050.0), (1e-7, 3e-7)):
        sealed = seal(Interval((low + high) / 2, low, high), "s")
        assert sealed and len(sealed.digests[0]) >= 4
    whole = seal(Interval(-72.0, -72.0, -72.0), "s")
    cells = seal(Cells(((Interval(0.5, 0.5, 0.5), Interval(2.0, 1.9, 2.1)),)), "s")

    assert whole and cells and (whole.places, len(whole.digests[0])) == ((0,), 1)
    assert cells.columns == 2 and cells.places[0] == 1


def test_the_same_answer_has_another_seal_in_another_variant() -> None:
    scoring = Weights((1.0, 0.0))

    assert seal(scoring, "one") != seal(scoring, "two")


def test_cells_carry_the_metadata_of_nbgrader() -> None:
    cells = [cell for cell in json.loads(render((sheet(),)))["cells"] if "nbgrader" in cell["metadata"]]
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]

    assert len(set(ids)) == len(ids) == 2 * len(PARTS) + 1
    for cell in cells:
        marks = cell["metadata"]["nbgrader"]
        assert marks["locked"] is not marks["solution"] and marks["cell_type"] == cell["cell_type"]
        assert ("points" in marks) is marks["grade"]


def test_a_sign_that_html_would_eat_survives() -> None:
    odd = replace(sheet(), items=(replace(sheet().items[0], text="a <b> of $x <y$", parts=(part("one"),)),))
    page = "".join(cell["source"] for cell in json.loads(render((odd,)))["cells"])

    assert "a &lt;b> of $x <y$" in page and "Deep &lt;Learning>" in page
