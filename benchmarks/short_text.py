"""How well short texts are graded, on answers that people have graded: `short_text.py FOLDER [--write]`.

The folder holds the data sets that `fit_short_text.py` reads. Everything is fitted anew with whole questions left out,
a twentieth of them at a time, and measured on those. `--write` renews the tables in `docs/short-text.md`.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # a file beside this one has the name of a package
from benchmarks import course_answers, embeddings  # noqa: E402
from benchmarks import fit_short_text as fitting  # noqa: E402
from benchmarks.fit_short_text import Case, by_question  # noqa: E402
from grader.text.adversary import NOTHING, REQUESTS, key_words, negated, shuffled, word_lists  # noqa: E402
from grader.text.assess import PASSING, SURE, Assessment, assess  # noqa: E402
from grader.text.plan import Knowledge, Plan, knowledge, plan, plan_with  # noqa: E402
from grader.text.rubric import Rubric, Sample  # noqa: E402

PAGE = ROOT / "docs" / "short-text.md"
BEGIN, END = "<!-- benchmarks/short_text.py: begin -->", "<!-- benchmarks/short_text.py: end -->"
FOLDS = 20
Array = np.ndarray[Any, np.dtype[np.float64]]
Row = Sequence[object]


class Graded(NamedTuple):
    """A case with what the machine made of it."""

    case: Case
    credit: float
    odds: float
    review: bool
    guarded: bool


def fold_of(group: str) -> int:
    """Give the fold a question belongs to."""
    return sha256(group.encode()).digest()[0] % FOLDS


def fitted_without(cases: Sequence[Case]) -> list[Knowledge]:
    """Fit everything once for each fold, on the questions of the others."""
    words = fitting.vocabularies(cases)
    rows, samples = fitting.matrix(cases, words), np.array(fitting.sample_table(cases))
    folds = np.array([fold_of(case.group) for case in cases])
    return [_fitted(cases, rows, words, samples, folds != fold) for fold in range(FOLDS)]


def _fitted(
    cases: Sequence[Case], rows: Array, words: Mapping[str, frozenset[str]], samples: Array, kept: Array
) -> Knowledge:
    places = [int(place) for place in np.flatnonzero(kept)]
    return fitting.fit([cases[place] for place in places], rows[places], words, samples[places])


def grade(cases: Sequence[Case], known: Sequence[Knowledge], make: Callable[[Case], Rubric]) -> list[Graded]:
    """Grade every case with the knowledge that was fitted without its question."""
    ready: Callable[[Rubric, int], Plan] = lru_cache(512)(lambda rubric, fold: plan_with(rubric, known[fold]))
    return [_graded(case, ready(make(case), fold_of(case.group))) for case in cases]


def _graded(case: Case, ready: Plan) -> Graded:
    if not fitting.answered(case):
        return Graded(case, 0.0, -9.0, False, False)
    seen = assess(ready, case.text)
    model = ready.known.model
    credit = seen.odds / model.slope + model.cut  # before rounding; without key points the odds are the model's
    return Graded(case, min(1.0, max(0.0, credit)), seen.odds, bool(seen.reasons), is_guarded(seen))


def is_guarded(seen: Assessment) -> bool:
    """Say whether a guard fired, apart from mere doubt."""
    return any(alarm.code not in ("unsure", "disagreement") for alarm in seen.reasons)


def accepted(ready: Plan, text: str) -> bool:
    """Say whether a text passes without anybody looking."""
    seen = assess(ready, text)
    right = seen.credit >= PASSING if ready.points else seen.odds > 0
    return right and not seen.reasons


def agreement(rows: Sequence[Graded], passing: float) -> tuple[float, float, float]:
    """Give two-way accuracy on all answers and on the most confident half, and the share of right answers."""
    odds = np.array([row.odds for row in rows])
    right = np.array([row.case.score >= passing for row in rows])
    hit, sure = (odds > 0) == right, np.abs(odds)
    return float(hit.mean()), float(hit[sure >= np.median(sure)].mean()), float(right.mean())


def agreement_row(name: str, rows: Sequence[Graded]) -> Row:
    """Measure one data set."""
    together = np.corrcoef([row.credit for row in rows], [row.case.score for row in rows])[0, 1]
    sure = [row for row in rows if not row.review]
    kept = np.mean([(row.odds > 0) == (row.case.score >= PASSING) for row in sure])
    whole, half, base = agreement(rows, PASSING)
    others = [f"{agreement(rows, passing)[1]:.3f}" for passing in (0.5, 1.0)]
    shares = [f"{value:.3f}" for value in (base, whole, half)]
    return (
        name,
        len(rows),
        f"{together:.3f}",
        *shares,
        *others,
        f"{1 - len(sure) / len(rows):.0%}",
        f"{kept:.3f}",
    )


AGREEMENT_HEAD = (
    "set", "answers", "Pearson r", "right (base rate)", "two-way, all", "**most confident half**",
    "half, pass at ½", "half, pass at 1", "to review", "accuracy of the rest",
)  # fmt: skip


def agreements(cases: Sequence[Case], known: Sequence[Knowledge], make: Callable[[Case], Rubric]) -> list[Row]:
    """Measure each data set."""
    rows = grade(cases, known, make)
    return [agreement_row(name, [row for row in rows if row.case.data == name]) for name in fitting.SETS]


def with_samples(cases: Sequence[Case]) -> Callable[[Case], Rubric]:
    """Make rubrics with five graded answers of the same question, never the one to be graded."""
    members = by_question(cases)

    def make(case: Case) -> Rubric:
        given = fitting.graded(members[case.group], case)
        samples = tuple(Sample(one.score, one.text) for one in given)
        return msgspec.structs.replace(fitting.rubric_of(case), samples=samples)

    return make


def pointed_rows(cases: Sequence[Case], known: Sequence[Knowledge]) -> list[Row]:
    """Compare key points and model on the Beetle questions that have key points here."""
    entries = fitting.rubrics()
    chosen = [case for case in cases if fitting.entry_of(case, entries)]
    both = grade(chosen, known, lambda case: fitting.rubric_of(case, fitting.entry_of(case, entries)))
    alone = grade(chosen, known, fitting.rubric_of)
    return [_pointed_row("model alone", alone), _pointed_row("key points and model", both)]


def _pointed_row(name: str, rows: Sequence[Graded]) -> Row:
    whole, half, _ = agreement(rows, PASSING)
    chances = 1 / (1 + np.exp(-np.array([row.odds for row in rows])))
    right = np.array([row.case.score >= PASSING for row in rows])
    return (name, len(rows), f"{whole:.3f}", f"{half:.3f}", f"{calibration_error(chances, right):.3f}")


def calibration_error(chances: Array, right: Array, bins: int = 10) -> float:
    """Give the mean gap between the chance announced and the share that came true, over equal-sized bins."""
    parts = np.array_split(np.argsort(chances), bins)
    return float(np.mean([abs(chances[part].mean() - right[part].mean()) for part in parts]))


def attacks(rubric: Rubric, elsewhere: str) -> dict[str, list[str]]:
    """Make, from a rubric, texts that must not pass."""
    models = rubric.models
    long = [model for model in models if len(key_words(model)) >= 4]  # two or three words may be an answer
    return {
        "no answer": list(NOTHING),
        "question copied": [rubric.question],
        "request to the grader": [f"{request} {model}" for request in REQUESTS for model in models[:1]]
        + list(REQUESTS),
        "word list, stuffing": [text for model in long for text in word_lists(model)],
        "shuffled words": [shuffled(model) for model in models if len(model.split()) >= 6],
        "another question's answer": [elsewhere],
        "negated model answer": [negated(model) for model in models],
    }


def attack_counts(pairs: Iterable[tuple[Plan, str]]) -> dict[str, tuple[int, int]]:
    """Count, for each sort of attack, how many passed unseen and how many there were."""
    counts: dict[str, tuple[int, int]] = {}
    for ready, elsewhere in pairs:
        for name, texts in attacks(ready.rubric, elsewhere).items():
            passed, tried = counts.get(name, (0, 0))
            counts[name] = passed + sum(accepted(ready, text) for text in texts), tried + len(texts)
    return counts


def attack_rows(cases: Sequence[Case], known: Sequence[Knowledge]) -> list[Row]:
    """Attack the questions of the data sets (graded by their references alone) and the bank's rubrics."""
    firsts = [members[0] for members in by_question(cases).values()]
    others = [case.references[0] for case in (*firsts[60:], *firsts[:60])]
    public = [
        (plan_with(fitting.rubric_of(case), known[fold_of(case.group)]), far)
        for case, far in zip(firsts, others, strict=True)
    ]
    rubrics = list(course_answers.bank_rubrics().values())
    own = [(plan(rubric), rubrics[place - 1].models[0]) for place, rubric in enumerate(rubrics)]
    counts = attack_counts(public), attack_counts(own)
    return [(name, *(_share(one[name]) for one in counts)) for name in counts[0]]


def _share(count: tuple[int, int]) -> str:
    return f"{count[0]} of {count[1]} ({count[0] / count[1]:.1%})"


def honest_rows(cases: Sequence[Case], known: Sequence[Knowledge]) -> list[Row]:
    """Count the right answers that a guard sends to review."""
    rows = [row for row in grade(cases, known, fitting.rubric_of) if row.case.score >= 1]
    parts = [(name, [row.guarded for row in rows if row.case.data == name]) for name in fitting.SETS]
    return [(name, _share((sum(hits), len(hits)))) for name, hits in parts]


def embedding_parts(cases: Sequence[Case]) -> list[str]:
    """Say what sentence embeddings would add as a ninth feature, and what the search for paraphrases finds."""
    folds = np.array([fold_of(case.group) for case in cases])
    ninth = embeddings.ninth_rows(cases, fitting.matrix(cases, fitting.vocabularies(cases)), folds)
    return [
        "**Sentence embeddings as a ninth feature, reference answers only**\n\n"
        + table(embeddings.NINTH_HEAD, ninth),
        "**Paraphrases looked for (`--paraphrases`)**\n\n"
        + table(embeddings.FOUND_HEAD, embeddings.found_rows(cases)),
    ]


def speed(cases: Sequence[Case]) -> float:
    """Grade real answers, each text once, on one core; give answers a second."""
    made = {case.group: plan(fitting.rubric_of(case)) for case in cases}
    fresh = list({case.text: case for case in cases}.values())[::3]
    start = time.perf_counter()
    for case in fresh:
        assess(made[case.group], case.text)
    return len(fresh) / (time.perf_counter() - start)


def table(head: Row, rows: Iterable[Row]) -> str:
    """Lay out a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def report(cases: Sequence[Case]) -> str:
    """Measure everything and word the section of the manual."""
    rate = speed(cases)
    known = fitted_without(cases)
    pointed = ("graded by", "answers", "two-way, all", "most confident half", "calibration error")
    parts = [
        f"Fitted with whole questions left out; “right” is three quarters of the points; sure means {SURE:.0%}.",
        "**Reference answers only**\n\n" + table(AGREEMENT_HEAD, agreements(cases, known, fitting.rubric_of)),
        "**With five graded answers of the question**\n\n"
        + table(AGREEMENT_HEAD, agreements(cases, known, with_samples(cases))),
        "**Key points on Beetle questions**\n\n" + table(pointed, pointed_rows(cases, known)),
        "**Texts that must not pass, accepted without review**\n\n"
        + table(("text", "data sets, reference answers only", "the bank's rubrics"), attack_rows(cases, known)),
        "**Right answers sent to review by a guard**\n\n" + table(("answers", "share"), honest_rows(cases, known)),
        "**Answers to the bank's own questions**\n\n"
        + table(course_answers.HEAD, course_answers.course_rows(knowledge())),
        *embedding_parts(cases),
        f"Speed: {rate:.0f} answers a second on one core.",
    ]
    return "\n\n".join(parts)


def main() -> None:
    """Measure, print, and renew the page if asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--write", action="store_true", help="renew docs/short-text.md")
    given = asked.parse_args()
    knowledge()
    text = report(fitting.load(given.folder))
    print(text)
    if given.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
