"""Fit what the short-text grader knows on openly licensed answers: `fit_short_text.py FOLDER`.

The folder holds `saf.jsonl`, `beetle.jsonl` and `scientsbank.jsonl`, one object a line with `question`,
`references`, `student` and `score_0_1`. Written are `rarity.txt`, `order.json` and `model.json` beside the grader.
"""

import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # a file beside this one has the name of a package

import grader.text  # noqa: E402
from benchmarks.course_answers import UNSEEN, Judged, course_texts, fit_trust, read_answers, without  # noqa: E402
from benchmarks.regression import Array, logistic, within  # noqa: E402
from grader.text.assess import PASSING, weigh  # noqa: E402
from grader.text.features import Features, features  # noqa: E402
from grader.text.guards import unanswered  # noqa: E402
from grader.text.model import Line, Model, Opinion, Trust  # noqa: E402
from grader.text.nearness import neighbours  # noqa: E402
from grader.text.notation import read_lines, read_rubric, read_sample  # noqa: E402
from grader.text.order import Order, fit_order  # noqa: E402
from grader.text.passage import passage  # noqa: E402
from grader.text.plan import Knowledge, Plan, plan_with, read_answer  # noqa: E402
from grader.text.rarity import Rarity  # noqa: E402
from grader.text.rubric import Rubric, Sample  # noqa: E402
from grader.text.terms import Terms, terms  # noqa: E402

HOME = Path(grader.text.__file__).parent
AUTHORED = ROOT / "tests" / "data" / "rubrics.toml"
WEIGHED = tuple(name for name in Features._fields if name != "precision")  # it helps guards, not the model
SETS = ("saf", "beetle", "scientsbank")
RIDGE = 100.0
GRADED = 5
COURSE = 5  # how often what was written about the bank's questions counts for the order of words
LEAST_QUESTIONS = 3


class Case(NamedTuple):
    """A graded answer to a question; `group` names the question."""

    data: str
    group: str
    question: str
    references: tuple[str, ...]
    text: str
    score: float


def load(folder: Path) -> list[Case]:
    """Read the three data sets."""
    return [case for name in SETS for case in map(_case, _lines(folder / f"{name}.jsonl"))]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _case(row: Mapping[str, Any]) -> Case:
    group = f"{row['qid']}: {row['question']}"
    return Case(
        row["dataset"],
        group,
        row["question"],
        tuple(row["references"]),
        row["student"],
        float(row["score_0_1"]),
    )


def by_question(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Sort answers by their question."""
    sorted_: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        sorted_[case.group].append(case)
    return dict(sorted_)


def vocabularies(cases: Sequence[Case]) -> dict[str, frozenset[str]]:
    """Give the terms that occur with each question."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for text in (case.text, case.question, *case.references):
            found[case.group].update(terms(passage(text)).sequence)
    return {group: frozenset(words) for group, words in found.items()}


def fit_rarity(words: Mapping[str, frozenset[str]], least: int = LEAST_QUESTIONS) -> Rarity:
    """Count with how many questions each term occurs."""
    counts = Counter(term for found in words.values() for term in found)
    return Rarity(len(words), {term: count for term, count in sorted(counts.items()) if count >= least})


def matrix(cases: Sequence[Case], words: Mapping[str, frozenset[str]]) -> Array:
    """Compute the features of every answer, its own question left out of the rarities."""
    rows = {}
    for group, members in by_question(cases).items():
        table = fit_rarity({name: found for name, found in words.items() if name != group})
        plan = plan_with(rubric_of(members[0]), Knowledge(table, {}, BLANK))
        for case in members:
            rows[case] = seen_by(plan, terms(read_answer(plan, case.text)))
    return np.array([rows[case] for case in cases])


def seen_by(plan: Plan, answer: Terms) -> Features:
    """Compute the features of one answer."""
    return features(answer, plan.references, plan.question, plan.known.rarity)


def fit_model(rows: Array, scores: Array, groups: Sequence[str]) -> Model:
    """Fit slopes within questions, so that easy questions do not teach what their words happen to be."""
    rows = rows[:, [Features._fields.index(name) for name in WEIGHED]]
    deviation = rows.std(axis=0) + 1e-9
    inner, target = within(rows / deviation, groups), within(scores, groups)
    slopes = np.linalg.solve(inner.T @ inner + RIDGE * np.eye(inner.shape[1]), inner.T @ target) / deviation
    raw = rows @ slopes
    stretch, bias = np.polyfit(raw, scores, 1)
    odds = logistic(np.column_stack([raw * stretch + bias]), scores >= PASSING)
    weights = {name: round(float(slope * stretch), 4) for name, slope in zip(WEIGHED, slopes, strict=True)}
    return Model(
        round(float(bias), 4), weights, round(odds[1], 3), round(-odds[0] / odds[1], 4), 0.0, PLAIN, BLIND
    )


PLAIN = Opinion(0.0, 0.0, 0.0, 1.0)
BLIND = Trust(*[Line(0.0, {})] * 3)
BLANK = Model(0.0, {}, 1.0, 0.0, 0.0, PLAIN, BLIND)


def answered(case: Case) -> bool:
    """Say whether there is anything to grade."""
    return bool(terms(passage(case.text)).sequence) and not unanswered(case.text)


def graded(members: Sequence[Case], but: Case, count: int = GRADED) -> list[Case]:
    """Choose some other answers to the same question, by a hash of their text."""
    others = {case.text: case for case in members if case.text != but.text and answered(case)}
    return [others[text] for text in sorted(others, key=lambda text: sha256(text.encode()).digest())[:count]]


def sample_table(cases: Sequence[Case]) -> list[tuple[float, float]]:
    """Give what five graded answers of the same question suggest for each answer, and how near they are."""
    members = by_question(cases)
    table: list[tuple[float, float]] = []
    for case in cases:
        given = [(one.score, terms(passage(one.text))) for one in graded(members[case.group], case)]
        near = neighbours(terms(passage(case.text)), given)
        table.append((near.credit, near.near))
    return table


def fit_likeness(own: Array, table: Array, scores: Array) -> float:
    """Find how much graded samples should count: the step towards them that fits best."""
    step = table[:, 1] * (table[:, 0] - own)
    return round(float(np.clip(step @ (scores - own) / (step @ step), 0, 1)), 3)


def rubrics(folder: Path = Path(__file__).parent) -> dict[str, dict[str, Any]]:
    """Read the key points written for the Beetle questions, by question."""
    entries = tomllib.loads((folder / "beetle_rubrics.toml").read_text(encoding="utf-8"))["rubric"]
    return {name: entry for entry in entries for name in entry["questions"]}


def rubric_of(case: Case, entry: Mapping[str, Any] | None = None) -> Rubric:
    """Make the rubric of a question: its references, with key points if there are any."""
    points, need = (entry["key_points"], entry.get("need", 0)) if entry else ("", 0)
    return read_rubric(case.question, points, need, models=case.references, steps=4)


def entry_of(case: Case, entries: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Find the key points of a question."""
    return entries.get(case.group.split(":")[0].rpartition("/")[2])


def beetle_answers(cases: Sequence[Case]) -> list[Judged]:
    """Give the answers to those Beetle questions that have key points here."""
    entries = rubrics()
    made = {case.group: rubric_of(case, entry) for case in cases if (entry := entry_of(case, entries))}
    return [
        Judged(made[case.group], case.text, case.score) for case in cases if case.group in made and answered(case)
    ]


def authored_answers(path: Path = AUTHORED) -> list[Judged]:
    """Give the graded answers of course questions; a sample is left out of the rubric it is judged by."""
    found = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).values():
        rubric, answers = authored(entry)
        found += [Judged(without(rubric, sample), sample.text, sample.score) for sample in rubric.samples]
        found += [Judged(rubric, answer.text, answer.score) for answer in answers]
    return found


def authored(entry: Mapping[str, Any]) -> tuple[Rubric, tuple[Sample, ...]]:
    """Read a rubric in the author's notation, and the graded answers kept out of it."""
    given = {name: value for name, value in entry.items() if name != "answers"}
    given["swap"] = tuple(given.get("swap", ()))
    return read_rubric(**given), read_lines(entry["answers"], read_sample)


def opinion_rows(answers: Sequence[Judged], known: Knowledge) -> Array:
    """Give for every answer what its key points earn, how many are turned round, and the model's log-odds."""
    make = lru_cache(None)(lambda rubric: plan_with(rubric, known))
    return np.array([assess_parts(make(answer.rubric), answer.text) for answer in answers])


def assess_parts(plan: Plan, text: str) -> tuple[float, int, float]:
    """Give what the key points earn, how many points and claims speak against the answer, and the log-odds."""
    parts = weigh(plan, text)
    return parts.met, parts.against, parts.second


def fit_opinion(rows: Sequence[Array], scores: Sequence[Array]) -> Opinion:
    """Fit how key points and model are put together; each source of answers counts the same."""
    shares = np.concatenate([np.full(len(one), sum(map(len, scores)) / len(scores) / len(one)) for one in scores])
    fitted = logistic(np.concatenate(rows), np.concatenate(scores) >= PASSING, shares)
    bias, met, against, model = (round(value, 3) for value in fitted)
    return Opinion(bias, met, min(against, 0.0), model)


def fit(cases: Sequence[Case], rows: Array, words: Mapping[str, frozenset[str]], samples: Array) -> Knowledge:
    """Fit everything on the answers given; `rows` and `samples` are their features and their neighbours."""
    models = {text for case in cases for text in case.references}
    texts = [passage(text) for text in (*(case.text for case in cases), *sorted(models), *course_texts() * COURSE)]
    kept = [place for place, case in enumerate(cases) if answered(case)]
    scores = np.array([case.score for case in cases])
    model = fit_model(rows[kept], scores[kept], [cases[place].group for place in kept])
    own = np.array([model.credit(Features(*row)) for row in rows[kept]])
    model = msgspec.structs.replace(model, likeness=fit_likeness(own, samples[kept], scores[kept]))
    groups = {case.group for case in cases}
    known = Knowledge(fit_rarity({g: w for g, w in words.items() if g in groups}), fit_order(texts), model)
    sources = (beetle_answers(cases), authored_answers())
    scored = [np.array([answer.score for answer in source]) for source in sources]
    opinion = fit_opinion([opinion_rows(source, known) for source in sources], scored)
    known = known._replace(model=msgspec.structs.replace(model, rubric=opinion))
    trust = fit_trust(read_answers(UNSEEN), known)
    return known._replace(model=msgspec.structs.replace(known.model, trust=trust))


def write(known: Knowledge) -> None:
    """Store what was fitted beside the grader."""
    lines = [f"{known.rarity.questions} questions", *(f"{t} {n}" for t, n in known.rarity.counts.items())]
    (HOME / "rarity.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (HOME / "order.json").write_text(_laid_out(known.order), encoding="utf-8")
    (HOME / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(known.model), indent=1) + b"\n")


def _laid_out(order: Order) -> str:
    return json.dumps(dict(sorted(order.items())), ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def main(folder: Path) -> None:
    """Fit on all answers and store the result."""
    cases = load(folder)
    words = vocabularies(cases)
    known = fit(cases, matrix(cases, words), words, np.array(sample_table(cases)))
    write(known)
    print(msgspec.json.format(msgspec.json.encode(known.model), indent=1).decode())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder that holds the three data sets: fit_short_text.py FOLDER")
    main(Path(sys.argv[1]))
