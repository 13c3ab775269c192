"""Signs that an answer is not what it seems: each gives a reason for a person to look, never a score."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from grader.text.features import Features
from grader.text.language import english
from grader.text.matching import Match
from grader.text.order import naturalness
from grader.text.passage import Passage
from grader.text.plan import Plan
from grader.text.terms import Terms
from grader.text.words import Word

LONGEST_EXCUSE = 60
UNNATURAL = 0.06
ENOUGH_WORDS = 6
LONG_LIST, FEW_JOINING = 4, 0.13
SINGLES = 3
COPIED = 0.6
DENIED = 0.8
CLOSE, SLIGHTLY = 0.75, 0.02


class Evidence(NamedTuple):
    """What a guard may look at."""

    plan: Plan
    found: Passage
    answer: Terms
    seen: Features
    matches: Sequence[Match]


class Alarm(NamedTuple):
    """Why a person should look: a stable code and a sentence."""

    code: str
    text: str


def unanswered(text: str) -> bool:
    """Say whether a text says nothing but that there is no answer.

    >>> unanswered("I don't know."), unanswered("I don't know why, but it is zero-centred")
    (True, False)
    """
    if not any(map(str.isalnum, text)):
        return True
    return len(text.strip()) <= LONGEST_EXCUSE and english().unanswered.match(text.strip()) is not None


def alarms(evidence: Evidence) -> tuple[Alarm, ...]:
    """Give the alarms an answer sets off."""
    return tuple(alarm for guard, alarm in GUARDS if guard(evidence))


def copies_question(evidence: Evidence) -> bool:
    """The answer's neighbouring words are mostly the question's, and nothing of a model answer is added."""
    question = evidence.plan.question
    pairs, asked = set(pairwise(evidence.answer.sequence)), set(pairwise(question.sequence))
    news = frozenset().union(*(one.terms.content for one in evidence.plan.references)) - question.content
    return len(pairs) >= 4 and len(pairs & asked) >= COPIED * len(pairs) and not news & evidence.answer.content


def instructs(evidence: Evidence) -> bool:
    """The text speaks to whoever grades it, in words of which no model answer makes another use."""
    asked = _requests(evidence.found.text)
    return bool(asked) and not asked <= frozenset().union(*map(_requests, evidence.plan.rubric.models))


def lists_words(evidence: Evidence) -> bool:
    """Half of the text is words with hardly any that join them, or half of its phrases are single words."""
    joining = english().function_words
    phrases = _phrases(evidence.found.words)
    bare = [
        phrase for phrase in phrases if sum(word.text in joining for word in phrase) < FEW_JOINING * len(phrase)
    ]
    listed = sum(len(phrase) for phrase in bare if len(phrase) >= LONG_LIST)
    singles = sum(len(phrase) == 1 for phrase in bare)
    return 2 * listed > len(evidence.found.words) or (singles >= SINGLES and 2 * singles >= len(phrases))


def is_shuffled(evidence: Evidence) -> bool:
    """The words follow each other as they do not in sentences."""
    enough = len(evidence.found.words) >= ENOUGH_WORDS
    return enough and naturalness(evidence.found, evidence.plan.known.order) < UNNATURAL


def contradicts_itself(evidence: Evidence) -> bool:
    """A key point is said in one place and denied in another."""
    return any(match.clash for match in evidence.matches)


def denies_nearby(evidence: Evidence) -> bool:
    """A "not" stands just behind what was matched."""
    return any(match.doubtful for match in evidence.matches)


def denies_model(evidence: Evidence) -> bool:
    """Much of what is shared with the closest model answer is denied in one of the two, or they differ in nothing else."""
    seen = evidence.seen
    close = min(seen.precision, seen.recall**2) > CLOSE
    return seen.denial > (SLIGHTLY if close else DENIED)


def disclaims(evidence: Evidence) -> bool:
    """The answer begins by saying that what follows is not true."""
    return english().disclaimer.search(evidence.found.text) is not None


def is_too_long(evidence: Evidence) -> bool:
    """The answer has more words than were allowed."""
    limit = evidence.plan.rubric.word_limit
    return bool(limit) and len(evidence.found.words) > limit


def _requests(text: str) -> frozenset[tuple[str, str]]:
    """Give the first and the last word of what may be a request, as stems: "assign", "point"."""
    found = [one.group().lower().split() for one in english().instruction.finditer(text)]
    return frozenset((english().stem(said[0]), english().stem(said[-1])) for said in found if said)


def _phrases(words: Sequence[Word]) -> list[list[Word]]:
    phrases: list[list[Word]] = []
    for word in words:
        if word.gap or not phrases:
            phrases.append([])
        phrases[-1].append(word)
    return phrases


GUARDS: tuple[tuple[Callable[[Evidence], bool], Alarm], ...] = (
    (copies_question, Alarm("copies-question", "The answer repeats the question.")),
    (instructs, Alarm("instruction", "The text speaks to whoever grades it.")),
    (lists_words, Alarm("word-list", "The answer is a list of words: write sentences.")),
    (is_shuffled, Alarm("word-order", "The words do not form sentences.")),
    (contradicts_itself, Alarm("contradiction", "The answer says a thing and its opposite.")),
    (denies_nearby, Alarm("negation", "A “not” stands close to what was recognised.")),
    (denies_model, Alarm("negation", "The answer denies what was expected, or says what should be denied.")),
    (disclaims, Alarm("negation", "The answer says that something is not true: read what.")),
    (is_too_long, Alarm("too-long", "The answer is longer than allowed.")),
)
