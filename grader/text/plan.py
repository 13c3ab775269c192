"""A rubric made ready to grade with: patterns compiled, model answers weighed, words to expect collected."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from grader.text.features import Reference, reference
from grader.text.language import english
from grader.text.model import Model, fitted_model
from grader.text.order import Order, fitted_order
from grader.text.passage import Passage, passage
from grader.text.patterns import Group, Piece, compiled, read_pattern
from grader.text.rarity import Rarity, rarity
from grader.text.roles import Names
from grader.text.rubric import Rubric
from grader.text.spelling import Repair, mended, repair_towards
from grader.text.synonyms import canonical, others
from grader.text.terms import Terms, function_stems, terms


class Knowledge(NamedTuple):
    """What was fitted: how rare terms are, which words follow which, and the small model."""

    rarity: Rarity
    order: Order
    model: Model


@cache
def knowledge() -> Knowledge:
    """Load what was fitted."""
    return Knowledge(rarity(), fitted_order(), fitted_model())


class Plan(NamedTuple):
    """A rubric with all that can be worked out before an answer comes.

    `samples` are the graded answers, `decided` these and the model answers: whoever repeats one gets its score.
    """

    rubric: Rubric
    known: Knowledge
    points: tuple[tuple[Group, ...], ...]
    claims: tuple[tuple[Group, ...], ...]
    pairs: tuple[Names, ...]
    question: Terms
    references: tuple[Reference, ...]
    samples: tuple[tuple[float, Terms], ...]
    decided: tuple[tuple[float, Terms], ...]
    repair: Repair


@lru_cache(256)
def plan(rubric: Rubric) -> Plan:
    """Make a rubric ready."""
    return plan_with(rubric, knowledge())


def plan_with(rubric: Rubric, known: Knowledge) -> Plan:
    """Make a rubric ready with knowledge of one's own."""
    question = terms(passage(rubric.question))
    full = [sample.text for sample in rubric.samples if sample.score >= 1]
    given = [terms(passage(text)) for text in (*rubric.models, *full)]
    samples = tuple((sample.score, terms(passage(sample.text))) for sample in rubric.samples)
    return Plan(
        rubric,
        known,
        tuple(compiled(point.groups) for point in rubric.key_points),
        tuple(compiled(claim.groups) for claim in rubric.forbid),
        tuple((_pieces(first), _pieces(second)) for first, second in rubric.swap),
        question,
        tuple(reference(one, question, known.rarity) for one in given),
        samples,
        (*((1.0, one) for one in given), *samples),
        _repair(rubric, known),
    )


def read_answer(plan: Plan, text: str) -> Passage:
    """Read an answer, its small slips of the pen mended towards the words of the question."""
    return mended(passage(text), plan.repair)


def _pieces(names: str) -> tuple[Piece, ...]:
    """Give the first words of the names, separated by `|`, under which one side of a pair goes."""
    given = [read_pattern(name).pieces for name in names.split("|")]
    also = [others(tuple(piece.text for piece in pieces)) for pieces in given]
    more = [read_pattern(" ".join(other)) for found in also for other in found]
    heads = [pieces[0] for pieces in given if pieces]
    news = [one.pieces[0] for one in more if one.pieces and not one.denied and _tells(one.pieces, heads)]
    return tuple(dict.fromkeys([*heads, *news]))


def _tells(name: Sequence[Piece], heads: Sequence[Piece]) -> bool:
    """Say whether the first word of a name tells a side: not "with", nor "data" of "data augmentation".

    A word that means something else when it stands alone, as "labelled" does, tells none either.
    """
    alone = len(name) > 1 and (name[0].stem,) in canonical()
    return not alone and name[0].text not in english().function_words and not set(heads) & set(name[1:])


def _repair(rubric: Rubric, known: Knowledge) -> Repair:
    texts = (rubric.question, *rubric.models, *(sample.text for sample in rubric.samples))
    said = {word.text: word.stem for text in texts for word in passage(text).words}
    given = [point.groups for point in rubric.key_points] + [claim.groups for claim in rubric.forbid]
    groups = [compiled(one) for one in given]
    pieces = {piece for one in groups for group in one for pattern in group for piece in pattern.pieces}
    starts = tuple(piece.text for piece in pieces if len(piece.text) > 3)
    stems = {*known.rarity.counts, *said.values(), *function_stems()}
    return repair_towards(
        tuple(dict.fromkeys((*said, *sorted(starts)))),
        lambda text: english().stem(text) in stems or text.startswith(starts),
    )
