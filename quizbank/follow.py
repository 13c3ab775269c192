"""Errors carried forward: a part is recomputed from the student's own earlier values."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.answer import Slip, Target
from grader.key import KeyItem, KeyPart
from quizbank import bank
from quizbank.errors import UnknownName
from quizbank.identity import parse_identity
from quizbank.part import as_plain, call
from quizbank.question import Variant


def follow(item: KeyItem, part: KeyPart, own: Mapping[str, Any]) -> Target | None:
    """Give what the part is judged against, taking the student's own earlier values for true.

    Gives None where that would be a gift or a guess: the question is gone or was revised, an own value or the
    recomputed one is trivial (zero, identity, not finite), or the computation does not go through.
    """
    variant = stored_variant(item)
    if variant is None:
        return None
    needed = {name: _fitted(own[name], variant.truths[name]) for name in part.needs if name in own}
    if not needed or any(map(is_trivial, _changed(variant, needed).values())):
        return None
    values = {**variant.everything, **needed}
    truth = _computed(variant, part.name, values)
    if truth is None or (is_trivial(truth) and not is_trivial(part.target.truth)):
        return None
    return Target(truth, _slips(variant, part.name, values), (), part.target.slack)


def is_trivial(value: Any) -> bool:
    """Say whether a value would make a later step trivial: all zero, the identity, or not finite.

    >>> is_trivial(0), is_trivial([[1, 0], [0, 1]]), is_trivial([[1, 2]]), is_trivial("text")
    (True, True, False, False)
    """
    try:
        entries = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return False
    square = entries.ndim == 2 and entries.shape[0] == entries.shape[1] > 1
    identity = square and np.array_equal(entries, np.eye(len(entries)))
    return bool(identity or not entries.any() or not np.isfinite(entries).all())


def stored_variant(item: KeyItem) -> Variant | None:
    """Make the variant of a key's item again, unless its question is gone or was revised since."""
    identity = parse_identity(item.identity)
    try:
        question = bank.find(identity.id).face(identity.form)
    except UnknownName:
        return None
    return Variant(question, identity.seed, item.values) if question.revision == identity.revision else None


def _fitted(value: Any, truth: Any) -> Any:
    """Give a value the truth's shape where only axes of size 1 differ: a row may be written flat.

    An entry that was left out counts as exact, as a blank part does.
    """
    try:
        entries, expected = np.asarray(value, dtype=float), np.asarray(truth)
        alike = entries.squeeze().shape == expected.squeeze().shape
        if not alike:
            return as_plain(entries)
        entries = entries.reshape(expected.shape)
        return as_plain(np.where(np.isnan(entries), expected, entries))
    except (TypeError, ValueError):
        return as_plain(value)


def _changed(variant: Variant, own: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in own.items() if value != variant.truths[name]}


def _computed(variant: Variant, name: str, values: Mapping[str, Any]) -> Any:
    """Compute a part from other values; a shape that no longer fits gives None."""
    try:
        with np.errstate(all="ignore"):
            return as_plain(call(variant.question.part(name).compute, values))
    except (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError):
        return None


def _slips(variant: Variant, part: str, values: Mapping[str, Any]) -> tuple[Slip, ...]:
    found = []
    for rule in variant.rules(part):
        try:
            found.append(Slip(rule.name, as_plain(call(rule.compute, values)), rule.text, rule.credit))
        except (ValueError, TypeError, IndexError, ArithmeticError):
            continue
    return tuple(found)
