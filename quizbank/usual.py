"""What many questions share, so that their files need not repeat it: slips, and where working is shown."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from inspect import Parameter, Signature
from typing import Any

from quizbank.part import Part, SlipRule
from solvers.worked import Step, Worked

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


def under(part: str, working: Worked | Iterable[Step]) -> tuple[Step, ...]:
    """Show all steps of a working under one part of a question, whatever they were named.

    >>> under("y", (Step("Add.", "a + b"), Step("Done.", name="sum")))[1].name
    'y'
    """
    steps = working.steps if isinstance(working, Worked) else working
    return tuple(replace(step, name=part) for step in steps)


def _named(function: Callable[..., Any], *names: str) -> Callable[..., Any]:
    """Give a function whose arguments have these names."""

    def renamed(**values: Any) -> Any:
        return function(*(values[name] for name in names))

    renamed.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY) for name in names]
    )
    return renamed
