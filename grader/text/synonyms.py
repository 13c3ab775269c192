"""What may stand for what: the course's vocabulary, one meaning a line of `synonyms.txt`."""

from functools import cache
from pathlib import Path

from grader.text.words import word_forms, words

Phrase = tuple[str, ...]
FILE = Path(__file__).parent / "synonyms.txt"


@cache
def meanings() -> tuple[tuple[Phrase, ...], ...]:
    """Load the lines; each name is the tuple of its words as they are compared."""
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return tuple(tuple(dict.fromkeys(phrase(name) for name in line.split(","))) for line in lines)


def phrase(text: str) -> Phrase:
    """Give a phrase as the words it is compared by."""
    return tuple(word.text for word in words(text))


@cache
def others(name: Phrase) -> tuple[Phrase, ...]:
    """Give what else may be said for a phrase, whose words may be cut short.

    >>> ("learning", "rate") in others(("lr",))
    True
    """
    lines = [line for line in meanings() if any(_begins(name, member) for member in line)]
    return tuple(dict.fromkeys(member for line in lines for member in line if not _begins(name, member)))


def _begins(name: Phrase, member: Phrase) -> bool:
    cut = len(name) == len(member) and all(len(a) > 3 or a == b for a, b in zip(name, member, strict=True))
    return cut and all(full.startswith(part) for part, full in zip(name, member, strict=True))


@cache
def canonical() -> dict[Phrase, str]:
    """Give, for each name as stems, the one name that stands for its meaning."""
    table: dict[Phrase, str] = {}
    for line in meanings():
        for member in line:
            stems = tuple(form.stem for word in member for form in word_forms(word))
            table.setdefault(stems, "_".join(line[0]))
    return table
