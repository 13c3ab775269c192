"""Points at which formulas are compared: made from hashes, spread over the declared domains and over scales."""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b

Point = Mapping[str, Fraction]
"""A value for each variable, in few decimals, so that it can be shown."""

COUNT = 24
_SCALES = (1.0, 2.0, 0.5, 3.0, 1.0, 0.2, 5.0, 1.5, 0.05, 10.0, 0.7, 30.0, 2.5, 0.01, 100.0, 1.0, 0.002, 4.0)
_CHANCES = ("0.5", "0.3", "0.7", "0.1", "0.9", "0.02", "0.98", "0.25", "0.85", "0.4")
_INTERVAL = re.compile(r"([(\[])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([)\]])")


def share(*words: object) -> float:
    """Give a number in [0, 1) that depends on words alone."""
    text = "\0".join(map(str, words)).encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=6).digest()) / 2**48


@lru_cache(256)
def points(domains: tuple[tuple[str, str], ...], seed: str) -> tuple[Point, ...]:
    """Give the points at which formulas in these variables are compared.

    >>> [sorted(p) for p in points((("x", "real"), ("p", "probability")), "")[:1]]
    [['p', 'x']]
    """
    shifts = {name: int(share(seed, name) * len(_SCALES)) if k else 0 for k, (name, _) in enumerate(domains)}
    return tuple(
        {name: sample(domain, at + shifts[name], share(seed, name, at)) for name, domain in domains}
        for at in range(COUNT)
    )


def sample(domain: str, at: int, chance: float) -> Fraction:
    """Give the value number `at` of a domain; `chance` in [0, 1) says where in its reach.

    >>> sample("natural", 0, 0.0) >= 1, 0 < sample("(0, 2)", 3, 0.9) < 2
    (True, True)
    """
    interval = _INTERVAL.fullmatch(domain.strip())
    if interval:
        return _within(_bound(interval[2]), _bound(interval[3]), at, chance)
    if domain not in _DOMAINS:
        known = ", ".join(_DOMAINS)
        raise ValueError(f"A domain is one of {known} or an interval such as (0, 2); {domain!r} came.")
    return _DOMAINS[domain](at, chance)


def _scaled(at: int, chance: float) -> Fraction:
    """Give a positive number of three figures about the scale whose turn it is; none is round."""
    digits, _, power = f"{_SCALES[at % len(_SCALES)] * (0.55 + 0.9 * chance):.1e}".partition("e")
    return Fraction(f"{digits}{(3, 7)[at % 2]}e{power}")


def _real(at: int, chance: float) -> Fraction:
    sign = -1 if int(chance * 1024) % 2 else 1
    return sign * _scaled(at, chance)


def _probability(at: int, chance: float) -> Fraction:
    near = Fraction(_CHANCES[at % len(_CHANCES)])
    return near + min(near, 1 - near) * Fraction(round(chance * 10) - 5, 20)


def _whole(at: int, chance: float) -> Fraction:
    return Fraction(1 + int(chance * (4, 8, 12, 5, 20)[at % 5]))


_DOMAINS: dict[str, Callable[[int, float], Fraction]] = {
    "real": _real,
    "nonzero": _real,
    "positive": _scaled,
    "nonnegative": _scaled,
    "negative": lambda at, chance: -_scaled(at, chance),
    "probability": _probability,
    "integer": lambda at, chance: _whole(at, chance) * (-1 if int(chance * 1024) % 2 else 1),
    "natural": _whole,
    "size": lambda at, chance: Fraction(2 + int(chance * 4)),
}
DOMAINS = tuple(_DOMAINS)
"""The domains that may be declared, beside intervals; `size` is a small number of terms."""


def _bound(text: str) -> float:
    return float(text.replace("∞", "inf").replace("−", "-").replace("oo", "inf"))


def _within(low: float, high: float, at: int, chance: float) -> Fraction:
    if low == -float("inf"):
        return _real(at, chance) if high == float("inf") else Fraction(str(high)) - _scaled(at, chance)
    if high == float("inf"):
        return Fraction(str(low)) + _scaled(at, chance)
    part = _probability(at, chance)
    return Fraction(str(low)) + part * (Fraction(str(high)) - Fraction(str(low)))


def around(numbers: Iterable[Fraction], names: Iterable[str], seed: str) -> tuple[dict[str, Fraction], ...]:
    """Give points just below and above numbers at which a formula in pieces may bend."""
    names = tuple(names)
    return tuple(
        {
            name: number * sign + step * Fraction(f"{0.5 + share(seed, name, number, sign, step):.2f}")
            for name in names
        }
        for number in sorted(set(numbers))[:6]
        for sign in (1, -1)
        for step in (Fraction(-1, 10), Fraction(1, 10))
    )
