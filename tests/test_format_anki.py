"""The deck is imported by Anki's own library: its cards are sound, can be answered, and are updated by the next import."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from specimen_sheets import PARTS, paper, sheet

pytest.importorskip("genanki", reason="the extra anki is not installed")

from quizbank.formats.anki import FORMAT, render

collection = pytest.importorskip("anki.collection", reason="Anki's library is not installed")
ALWAYS = collection.ImportAnkiPackageOptions(update_notes=1)


def imported(folder: Path, *decks: bytes) -> Any:
    """Import decks one after the other into an empty collection."""
    found = collection.Collection(str(folder / "collection.anki2"))
    for deck in decks:
        path = folder / "deck.apkg"
        path.write_bytes(deck)
        request = collection.ImportAnkiPackageRequest(package_path=str(path), options=ALWAYS)
        found.import_anki_package(request)
    return found


def cards(found: Any) -> list[Any]:
    return [found.get_card(one) for one in sorted(found.find_cards(""))]


def test_every_question_is_a_card_with_its_solution_behind(tmp_path: Path) -> None:
    found = imported(tmp_path, render((sheet(solved=True),)))

    assert found.note_count() == found.card_count() == len(PARTS) + 1
    assert "Deep <Learning> & $ 100%" in [deck.name for deck in found.decks.all_names_and_ids()]
    for card in cards(found):
        assert "Multiply" not in card.question() and "Multiply" in card.answer()
    found.close()


def test_the_collection_is_sound_and_cards_can_be_answered(tmp_path: Path) -> None:
    found = imported(tmp_path, render((sheet(solved=True),)))
    found.decks.select(found.decks.id_for_name("Deep <Learning> & $ 100%"))
    card = found.sched.getCard()
    card.start_timer()
    found.sched.answerCard(card, 3)
    message, sound = found.fix_integrity()

    assert sound, message
    assert found.get_card(card.id).reps == 1
    found.close()


def test_formulas_signs_and_pictures_reach_the_card(tmp_path: Path) -> None:
    found = imported(tmp_path, render((sheet(solved=True),)))
    first = cards(found)[0].question()

    assert r"\(a_1 = 2\)" in first and "100% of #tags &amp; _under_scores" in first and "<svg" in first
    assert 'aria-label="A neuron h₁ &amp; its one output"' in first
    found.close()


def test_importing_again_updates_instead_of_adding(tmp_path: Path) -> None:
    before = sheet(solved=True)
    after = replace(before, items=(replace(before.items[0], text="A clearer text."), *before.items[1:]))
    found = imported(tmp_path, render((before,)), render((after,)))

    assert found.note_count() == len(PARTS) + 1
    assert "A clearer text." in cards(found)[0].question()
    assert "Always" in next(iter(FORMAT.remarks(before))).text
    found.close()


def test_variants_of_a_class_are_notes_of_one_deck(tmp_path: Path) -> None:
    found = imported(tmp_path, render(tuple(paper(number, solved=True) for number in (1, 2, 3))))

    assert found.note_count() == 3 * (len(PARTS) + 1)
    found.close()


def test_the_same_exam_gives_the_same_file() -> None:
    assert render((sheet(solved=True),)) == render((sheet(solved=True),))
