"""Practising in the terminal: hints, second tries, unreadable answers, new numbers, errors carried forward."""

from click.testing import CliRunner

from quizbank import bank
from quizbank.cli.practice import command


def practised(*lines: str, ids: tuple[str, ...] = ("ch2.q4.k",), seed: int = 4) -> str:
    result = CliRunner().invoke(
        command, [*ids, "--seed", str(seed)], input="\n".join(lines) + "\n", catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_a_right_answer_earns_everything_and_the_end_says_how_to_begin_again() -> None:
    shown = practised("ln(64)", "q")

    assert "✓ correct" in shown and "1 of 1 points." in shown
    assert shown.rstrip().endswith("1 question, 1 of 1 points. The same again: --seed 4")


def test_an_unreadable_answer_costs_nothing_and_a_second_try_a_quarter() -> None:
    assert "1 of 1 points." in practised("ln(64", "ln(64)", "q")
    assert "0.75 of 1 points." in practised("log10(64)", "ln(64)", "q")
    assert "0.5 of 1 points." in practised("log10(64)", "2", "q")


def test_hints_come_one_after_the_other() -> None:
    shown = practised("?", "?", "?", "", "q")

    assert "Which probability does an untrained network give" in shown and "There is no further hint." in shown


def test_the_solution_is_shown_when_asked_for_and_other_numbers_when_wanted() -> None:
    shown = practised("", "s", "a", "ln(50)", "q")

    assert "classifies into 64 classes" in shown and "classifies into 50 classes" in shown
    assert "Small random weights give logits near 0" in shown and "2 questions, 1 of 2 points" in shown


def test_errors_are_carried_forward() -> None:
    variant = bank.find("ch2.body.train_step").draw(3)
    target = float(variant.values["t"])
    shown = practised("", "9.5", "9.5", f"{(9.5 - target) ** 2 / 2:.4f}", ids=("ch2.body.train_step",), seed=3)

    assert "This follows correctly from your own earlier result" in shown


def test_the_end_of_the_input_ends_the_session() -> None:
    assert "0 questions, 0 of 0 points" in practised("?")
