"""Slips that many questions share, so that their files need not repeat them."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from quizbank.part import Part, SlipRule

ASCENT = "The step goes along the gradient; descent goes against it."
NO_RATE = "The learning rate is missing from the step."


def descent_slips(of: Part, value: str, gradient: str, rate: str = "lr") -> tuple[SlipRule, ...]:
    """Give the usual slips of a step of gradient descent: the wrong direction, and no learning rate.

    `value`, `gradient` and `rate` name parameters or earlier parts.
    """
    return (
        SlipRule(of.name, "ascent", ASCENT, _named(lambda v, g, r: v + r * g, value, gradient, rate), 0.5),
        SlipRule(of.name, "no-rate", NO_RATE, _named(lambda v, g: v - g, value, gradient), 0.25),
    )


def notes_rounded(of: Part, decimals: int) -> SlipRule:
    """Accept, for the notes' own numbers, the values as the notes print them."""
    text = f"These are the notes' printed values, rounded to {decimals} decimals."
    rounded = _named(lambda v: v.round(decimals) if hasattr(v, "round") else round(v, decimals), of.name)
    return SlipRule(of.name, "printed", text, rounded, 1.0, accepted=True, notes_only=True)


def _named(function: Callable[..., Any], *names: str) -> Callable[..., Any]:
    """Give a function whose arguments have these names."""

    def renamed(**values: Any) -> Any:
        return function(*(values[name] for name in names))

    renamed.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY) for name in names]
    )
    return renamed
