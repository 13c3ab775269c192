"""What can go wrong, and who reads it.

    QuizbankError              one sentence for the person at the edge; exit code 2
    ├── QuestionError          for an author: names file, question and remedy
    ├── UnknownName            a question, part, student … that does not exist, with a did-you-mean
    └── FileError              a file that cannot be read or does not fit: names file, line and remedy

A student's unreadable answer is not here: it is an outcome (`grader.answer.Unreadable`).
"""

from collections.abc import Iterable
from difflib import get_close_matches


class QuizbankError(Exception):
    """A mistake that the person at the edge can mend."""


class QuestionError(QuizbankError):
    """A mistake in a question file."""


class FileError(QuizbankError):
    """A file that is missing, malformed, or belongs to something else."""


class UnknownName(QuizbankError):  # noqa: N818 - named for what it says
    """A name that is not known, with the nearest one that is."""

    def __init__(self, what: str, name: str, known: Iterable[str], remedy: str = "") -> None:
        super().__init__(
            " ".join(filter(None, (f"There is no {what} “{name}”.", did_you_mean(name, known), remedy)))
        )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest known name, or nothing.

    >>> did_you_mean("ch2.q4.q", ["ch2.q4.k", "ch7.q1"])
    'Did you mean “ch2.q4.k”?'
    """
    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return f"Did you mean “{folded[near[0]]}”?" if near else ""
