"""The name of a variant: question @ revision + form : seed."""

import re
from typing import NamedTuple

from quizbank.errors import QuizbankError

PATTERN = re.compile(r"(?P<id>[\w.]+)@(?P<revision>\d+)(?:\+(?P<form>[a-z]+))?:(?P<seed>\d+|notes)")


class Identity(NamedTuple):
    """What an identity says; `seed` is None for the notes' own numbers, `form` empty where there is one face."""

    id: str
    revision: int
    form: str
    seed: int | None


def parse_identity(text: str) -> Identity:
    """Read an identity.

    >>> parse_identity("ch2.q4.k@3:7001")
    Identity(id='ch2.q4.k', revision=3, form='', seed=7001)
    >>> parse_identity("ch2.q3.b@1+closed:notes").form
    'closed'
    """
    match = PATTERN.fullmatch(text)
    if match is None:
        raise QuizbankError(f"“{text}” is not the identity of a variant; expected something like ch2.q4.k@3:7001.")
    seed = None if match["seed"] == "notes" else int(match["seed"])
    return Identity(match["id"], int(match["revision"]), match["form"] or "", seed)
