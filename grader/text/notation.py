"""The compact notation in which authors write rubrics.

One key point a line, `name: stems & stems => sentence`; between `&` all must be met, between `|` any:

    centred: zero|0 & cent|mean|both sign => Its outputs take both signs.
    steeper*2: gradient|slope & larg|big|steep => Its slope is larger.   (weight 2)
    ~labels: label => …                                                  (said or denied)
    !labels: label => …                                                  (must be denied)

Wrong claims, `stems & stems => sentence`, optionally followed by the cap, `[0.25]`; samples, `score | text`.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from grader.text.rubric import Forbidden, Groups, KeyPoint, Polarity, Rubric, Sample

Item = TypeVar("Item")
Pair = tuple[str, str]
HEAD = re.compile(r"(?P<mark>[~!]?)(?P<name>[A-Za-z][\w -]*)(?:\*(?P<weight>\d{1,3}(?:\.\d{1,3})?))?\Z")
POLARITY: dict[str, Polarity] = {"": "said", "!": "denied", "~": "either"}


def read_rubric(
    question: str = "",
    key_points: str = "",
    need: float = 0,
    forbid: str = "",
    swap: Pair | Sequence[Pair] = (),
    models: Sequence[str] = (),
    samples: str = "",
    word_limit: int = 0,
    steps: int = 0,
) -> Rubric:
    """Make a rubric from the author's notation; raises `ValueError` naming the line and the remedy."""
    points = read_lines(key_points, read_key_point)
    names = [point.name for point in points]
    for name in {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two key points are named “{name}”: rename one.")
    return Rubric(
        question=question,
        key_points=points,
        need=float(need),
        forbid=read_lines(forbid, read_forbidden),
        swap=_pairs(swap),
        models=_texts(models),
        samples=read_lines(samples, read_sample),
        word_limit=word_limit,
        steps=steps,
    )


def read_lines(text: str, read: Callable[[str], Item]) -> tuple[Item, ...]:
    """Read one item from every line that is not blank; a mistake names its line."""
    items = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        try:
            items += [read(line.strip())] if line.strip() else []
        except ValueError as mistake:
            raise ValueError(f"Line {number}, “{line.strip()[:60]}”: {mistake}") from None
    return tuple(items)


def read_key_point(line: str) -> KeyPoint:
    """Read `name: stems & stems => sentence`.

    >>> read_key_point("steeper*2: slope|gradient & larg => Its slope is larger.").groups
    (('slope', 'gradient'), ('larg',))
    """
    left, sentence = _halves(line, "=>", "write `name: stems => the sentence for whoever misses it`")
    name, stems = _halves(left, ":", "write a name and a colon before the stems")
    head = HEAD.match(name)
    if head is None:
        raise ValueError(f"“{name}” is no name: use letters, and `*2` for a weight.")
    return KeyPoint(
        name=head["name"],
        groups=read_groups(stems),
        feedback=sentence,
        weight=float(head["weight"] or 1),
        polarity=POLARITY[head["mark"]],
    )


def read_forbidden(line: str) -> Forbidden:
    """Read `stems & stems => sentence`, with `[cap]` at the end if it is not a half."""
    stems, sentence = _halves(line, "=>", "write `stems => the sentence that puts it right`")
    cap = re.search(r"\[([\d.]+)\]\Z", sentence)
    score = _score(cap[1]) if cap else 0.5
    return Forbidden(
        groups=read_groups(stems), text=sentence[: cap.start()].strip() if cap else sentence, cap=score
    )


def read_sample(line: str) -> Sample:
    """Read `score | text`.

    >>> read_sample("0.5 | mean zero")
    Sample(score=0.5, text='mean zero')
    """
    score, text = _halves(line, "|", "write `score | text`, as in `0.5 | mean zero`")
    return Sample(_score(score), text)


def read_groups(text: str) -> Groups:
    """Read `stems & stems`, each `stem|stem|…`."""
    groups = tuple(tuple(stem.strip() for stem in group.split("|")) for group in text.split("&"))
    if not all(stem for group in groups for stem in group):
        raise ValueError("a stem is missing beside `|` or `&`: write one there or take the sign away.")
    for stem in (stem for group in groups for stem in group if not re.search(r"\w", stem)):
        raise ValueError(f"“{stem}” has no letter or digit to match: write a word.")
    return groups


def _halves(text: str, sign: str, remedy: str) -> Pair:
    left, found, right = (part.strip() for part in text.partition(sign))
    if not (left and found and right):
        raise ValueError(f"`{sign}` with something on both sides is missing: {remedy}.")
    return left, right


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise ValueError(f"“{text}” is no score: write a number from 0 to 1.")
    return score


def _texts(models: Sequence[str]) -> tuple[str, ...]:
    given = models.splitlines() if isinstance(models, str) else models
    return tuple(text.strip() for text in given if text.strip())


def _pairs(swap: Pair | Sequence[Pair]) -> tuple[Pair, ...]:
    pairs = [tuple(swap)] if swap and isinstance(swap[0], str) else [tuple(pair) for pair in swap]
    for pair in pairs:
        if len(pair) != 2 or not all(isinstance(name, str) and name.strip() for name in pair):
            raise ValueError(f"swap={pair!r}: write two names, as in swap=('tanh', 'sigmoid').")
    return tuple((str(pair[0]), str(pair[1])) for pair in pairs)
