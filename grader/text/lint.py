"""Lints of a rubric: what must earn full credit does, what must not does not, and samples are graded as given."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from grader.text.adversary import NOTHING, REQUESTS, key_words, negated, shuffled, word_lists
from grader.text.assess import Assessment, assess
from grader.text.guards import unanswered
from grader.text.matching import State
from grader.text.plan import plan
from grader.text.rubric import Rubric, Sample, rounded

FEWEST_MODELS, FEWEST_SAMPLES, LONG = 3, 4, 4
ELSEWHERE = "The learning rate was lowered by a factor of ten after thirty epochs."


class Finding(NamedTuple):
    """What is wrong with a rubric: a stable code, the text concerned, and what to do."""

    code: str
    text: str
    remedy: str


def lint(rubric: Rubric, elsewhere: str = ELSEWHERE) -> tuple[Finding, ...]:
    """Try a rubric; `elsewhere` is a right answer to another question. No finding means that all is well."""
    checks: tuple[Callable[[Rubric], Iterable[Finding]], ...] = (
        thin_material,
        poor_models,
        wrong_samples,
        partial(passing_attacks, elsewhere=elsewhere),
    )
    return tuple(finding for check in checks for finding in check(rubric))


def thin_material(rubric: Rubric) -> Iterator[Finding]:
    """Ask for three models and four samples, among them a full, a partial (if there is one) and a wrong one."""
    if len(rubric.models) < FEWEST_MODELS:
        yield Finding(
            "few-models",
            "",
            f"There are {len(rubric.models)} model answers: write {FEWEST_MODELS} in other words.",
        )
    if len(rubric.samples) < FEWEST_SAMPLES:
        yield Finding(
            "few-samples", "", f"There are {len(rubric.samples)} graded samples: add up to {FEWEST_SAMPLES}."
        )
    for sample in rubric.samples:
        if abs(rounded(sample.score, rubric.scale) - sample.score) > 0.01:
            yield Finding(
                "off-scale", sample.text, f"{sample.score:g} is no step of 1/{rubric.scale}: mend the score."
            )
    scores = {sample.score for sample in rubric.samples}
    partly = rubric.scale == 1 or any(0 < score < 1 for score in scores)
    for sort, there in (("full", 1.0 in scores), ("partial", partly), ("no", 0.0 in scores)):
        if not there:
            yield Finding("no-sample", "", f"No sample earns {sort} credit: add one.")


def poor_models(rubric: Rubric) -> Iterator[Finding]:
    """Model answers must earn full credit by their key points alone."""
    for model in rubric.models:
        seen = judged_afresh(rubric, model)
        if seen.credit < 1:
            fared = zip(rubric.key_points, seen.points, strict=True)
            missed = ", ".join(point.name for point, one in fared if one.state is not State.FOUND)
            yield Finding("poor-model", model, f"It earns {seen.credit:g}; not found: {missed}. Add stems.")


def wrong_samples(rubric: Rubric) -> Iterator[Finding]:
    """Samples, left out of the rubric, must be graded as given or be sent to review."""
    for sample in rubric.samples:
        seen = assess(plan(without_sample(rubric, sample)), sample.text)
        if abs(seen.credit - sample.score) > 0.01 and not seen.reasons and not unanswered(sample.text):
            remedy = f"Graded {seen.credit:g} instead of {sample.score:g} without review: mend the key points."
            yield Finding("wrong-sample", sample.text, remedy)


def passing_attacks(rubric: Rubric, elsewhere: str = ELSEWHERE) -> Iterator[Finding]:
    """Texts that are no answers must not earn full credit without review."""
    for code, text, remedy in attacks(rubric, elsewhere):
        seen = assess(plan(rubric), text)
        if seen.credit >= 1 and not seen.reasons and not unanswered(text):
            yield Finding(code, text, remedy)


def attacks(rubric: Rubric, elsewhere: str) -> Iterator[Finding]:
    """Make the texts, each with its code and with what to do should it pass."""
    yield Finding("question-passes", rubric.question, "The question passes: take its words out of the stems.")
    yield Finding("elsewhere-passes", elsewhere, "An answer to another question passes: use more telling stems.")
    yield from (Finding("nothing-passes", text, "No answer passes: check the key points.") for text in NOTHING)
    yield from (Finding("request-passes", text, "A request passes: check the stems.") for text in REQUESTS)
    for model in rubric.models:
        yield Finding("negation-passes", negated(model), "A denied model passes: forbid it, or add `not …` stems.")
        yield Finding("shuffle-passes", shuffled(model), "Shuffled words pass: write a longer model answer.")
        lists = word_lists(model) if len(key_words(model)) >= LONG else ()
        yield from (Finding("list-passes", text, "Key words pass: write a longer model answer.") for text in lists)


def judged_afresh(rubric: Rubric, model: str) -> Assessment:
    """Judge a model answer as if it were none, by the others and the key points."""
    others = tuple(text for text in rubric.models if text != model)
    fewer = msgspec.structs.replace(rubric, models=others) if others and rubric.key_points else rubric
    return assess(plan(fewer), model)


def without_sample(rubric: Rubric, sample: Sample) -> Rubric:
    """Take a sample out of a rubric."""
    return msgspec.structs.replace(rubric, samples=tuple(one for one in rubric.samples if one != sample))
