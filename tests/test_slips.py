"""Slips that authors name, and the numbers they say nothing of."""

from dataclasses import replace

import pytest

from quizbank import bank
from quizbank.keys import key_part
from quizbank.question import Variant

LEAKY = bank.find("ch2.leaky_alpha")


def variant(alpha: float) -> Variant:
    return replace(LEAKY.variant(0), values={**LEAKY.variant(0).values, "alpha": alpha, "a": 4})


@pytest.mark.parametrize(("alpha", "said"), [(2, True), (0.5, False), (-0.5, False)])
def test_a_slip_that_gives_none_is_not_in_the_key(alpha: float, said: bool) -> None:
    made = variant(alpha)
    slips = {slip.name for slip in key_part(made, LEAKY.part("left")).target.slips}

    assert ("always-alpha" in slips) == said
    assert "as-relu" in slips


def test_a_slip_that_gives_none_does_not_keep_numbers_from_being_drawn() -> None:
    drawn = {LEAKY.variant(seed).values["alpha"] for seed in range(60)}

    assert not variant(0.5).collisions()
    assert {-0.5, 0.25, 1, 2} <= drawn
