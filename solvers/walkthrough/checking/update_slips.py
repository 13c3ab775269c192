"""Slips with the update, and updates that are right under another named convention."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from solvers.engine.layer import Array
from solvers.engine.optimiser import Optimiser, Quantities
from solvers.engine.optimisers import optimiser

PLACES = {
    "inside": "epsilon inside the root (the course's notes)",
    "outside": "epsilon outside the root (Adam's paper, PyTorch)",
    "added": "epsilon added after the division",
    "efficient": "the efficient form of Adam's paper (Keras)",
}
FORMS = {
    "velocity": "the learning rate inside the running term (the course's notes)",
    "rate-outside": "the learning rate outside the running term (PyTorch)",
    "average": "an exponential average with β and 1 − β",
    "look-ahead": "Nesterov's look-ahead form (the course's notes)",
    "rewritten": "Nesterov's rewritten form (PyTorch)",
}


@dataclass(frozen=True)
class UpdateMistake:
    """One thing done wrongly with the update: `follow` gives its quantities, the new parameter last."""

    code: str
    text: str
    follow: Callable[[Array, Array], Quantities]
    convention: bool = False


def update_slips(rule: Optimiser) -> Iterator[UpdateMistake]:
    """Give conventions first, then slips."""
    yield from _conventions(rule)
    yield UpdateMistake(
        "update-sign", "The step goes uphill: the gradient is subtracted.", lambda W, g: _uphill(rule, W, g)
    )
    if rule.lr != 1:
        yield UpdateMistake("rate-missing", "The learning rate is missing.", _with(replace(rule, lr=1.0)))
    for name, code, text in (
        ("bias_correction", "no-bias-correction", "The moments were not corrected for their start at 0 (m̂, v̂)."),
    ):
        if getattr(rule, name, False):
            yield UpdateMistake(code, text, _with(_changed(rule, **{name: False})))
    if getattr(rule, "eps_place", None):
        text = "The root is missing: the step is divided by √v, not by v."
        yield UpdateMistake("root-missing", text, lambda W, g: _without_root(rule, W, g))
    decay = getattr(rule, "weight_decay", 0.0)
    if decay:
        yield UpdateMistake(
            "decay-missing", "The weight decay was left out.", _with(_changed(rule, weight_decay=0.0))
        )
    if rule.kind in ("adam", "adamw") and decay:
        other = "adamw" if rule.kind == "adam" else "adam"
        text = (
            "The decay was decoupled (AdamW); here it is an L2 penalty that passes through the moments."
            if other == "adamw"
            else "The decay was added to the gradient (Adam with L2); AdamW keeps it apart from the moments."
        )
        settings = {one.name: getattr(rule, one.name) for one in fields(rule)}
        yield UpdateMistake("decay-place", text, _with(optimiser(other, **settings)))


def followed(rule: Optimiser, W: Array, g: Array) -> Quantities:
    """Give the quantities of a rule's first step."""
    return rule.follow(W, g, rule.start(W))


def _changed(rule: Optimiser, **settings: Any) -> Optimiser:
    return replace(rule, **settings)


def _with(rule: Optimiser) -> Callable[[Array, Array], Quantities]:
    return lambda W, g: followed(rule, W, g)


def _conventions(rule: Optimiser) -> Iterator[UpdateMistake]:
    for setting, names in (("eps_place", PLACES), ("form", FORMS)):
        mine = getattr(rule, setting, None)
        for value in rule.choices.get(setting, ()):
            if value != mine:
                other = _changed(rule, **{setting: value})
                yield UpdateMistake(
                    f"other-{setting.replace('_', '-')}", f"Right with {names[value]}.", _with(other), True
                )


def _uphill(rule: Optimiser, W: Array, g: Array) -> Quantities:
    found = followed(rule, W, g)
    return {**found, "theta": 2 * W - found["theta"]}


def _without_root(rule: Optimiser, W: Array, g: Array) -> Quantities:
    found = followed(rule, W, g)
    m, v = found.get("m_hat", found.get("m", found["g"])), found.get("v_hat", found["v"])
    return {**found, "theta": W - rule.lr * m / (v + getattr(rule, "eps", 0.0))}
