"""The bank: finds question files, joins each with its parts and slips, and refuses those with a mistake."""

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from quizbank import chapters
from quizbank.checks import refuse_mistakes
from quizbank.errors import QuestionError, UnknownName
from quizbank.part import Part, SlipRule
from quizbank.question import Question

ROOT = Path(chapters.__path__[0])
CHAPTERS = {
    "ch1": "ch1_basics",
    "ch2": "ch2_neural_networks",
    "ch3": "ch3_convolutions",
    "ch4": "ch4_optimisation",
    "ch5": "ch5_architectures",
    "ch6": "ch6_sequences",
    "ch7": "ch7_derivatives",
    "s1": "sources_1_2",
    "s2": "sources_1_2",
}
ROLES = ("where", "work", "check", "figure")
TITLES = {
    "ch1": "I Machine learning basics",
    "ch2": "II Neural networks",
    "ch3": "III Convolutions",
    "ch4": "IV Optimisation",
    "ch5": "V Popular architectures",
    "ch6": "VI Recurrent networks and transformers",
    "ch7": "VII Derivatives in several dimensions",
    "s1": "Second source: a linear layer trained by hand",
    "s2": "Third source: a linear class",
}


@cache
def all_questions() -> tuple[Question, ...]:
    """Load every question of the bank, in the order of the notes; raises `QuestionError`."""
    questions = tuple(sorted(map(load, question_files()), key=_place))
    refuse_twins(questions)
    return questions


def find(id: str) -> Question:
    """Load the one question with this id, without loading the others; raises `UnknownName`."""
    for file in _likely_files(id):
        question = load(file)
        if id in question.ids:
            return question
    known = [one for question in all_questions() for one in question.ids]
    raise UnknownName("question", id, known, "`quizbank list` shows them all.")


def question_files() -> Iterator[Path]:
    """Name the files of the bank, one question each."""
    return (path for path in sorted(ROOT.glob("*/*.py")) if not path.name.startswith("_"))


@cache
def load(file: Path) -> Question:
    """Load one file; raises `QuestionError` naming file, question and remedy."""
    name = f"{chapters.__name__}.{file.parent.name}.{file.stem}"
    try:
        return assemble(importlib.import_module(name))
    except QuestionError as mistake:
        raise QuestionError(f"{file.parent.name}/{file.name}: {mistake}") from mistake
    except Exception as mistake:  # whatever an author's module raises is the author's to mend
        raise QuestionError(f"{file.parent.name}/{file.name}: it cannot be loaded ({mistake!r}).") from mistake


def assemble(module: ModuleType) -> Question:
    """Join a module's question with its parts, slips and functions; raises `QuestionError`."""
    question = getattr(module, "question", None)
    if not isinstance(question, Question):
        raise QuestionError("this file declares no `question = Question(…)`.")
    declared = vars(module).values()
    roles = {role: getattr(question, role) or vars(module).get(role) for role in ROLES}
    question = question.changed(
        parts=question.parts or tuple(one for one in declared if isinstance(one, Part)),
        slips=question.slips or tuple(_rules(declared)),
        file=Path(module.__file__ or "").name,
        **roles,
    )
    refuse_mistakes(question)
    return question


def _rules(declared: Iterable[object]) -> Iterator[SlipRule]:
    """Give the slips of a module, declared one by one or several at once."""
    for one in declared:
        yield from (rule for rule in (one if isinstance(one, tuple) else (one,)) if isinstance(rule, SlipRule))


def refuse_twins(questions: Iterable[Question]) -> None:
    """Refuse two questions that answer to the same id."""
    owner: dict[str, Question] = {}
    for question in questions:
        for id in question.ids:
            if id in owner:
                raise QuestionError(
                    f"{question.file}: the id {id} is taken by {owner[id].file}; give one of them another id."
                )
            owner[id] = question


def chapter_name(text: str) -> str:
    """Read a chapter as a user writes it; raises `UnknownName`.

    >>> chapter_name("2"), chapter_name("ch3"), chapter_name("IV"), chapter_name("s1")
    ('ch2', 'ch3', 'ch4', 's1')
    """
    cleaned = text.strip().lower()
    roman = {title.split()[0].lower(): chapter for chapter, title in TITLES.items() if chapter.startswith("ch")}
    for name in (cleaned, f"ch{cleaned}", roman.get(cleaned, "")):
        if name in CHAPTERS:
            return name
    raise UnknownName("chapter", text, CHAPTERS, "There are 1 to 7, s1 and s2.")


def heading(chapter: str) -> str:
    """Give a chapter's title."""
    return TITLES[chapter]


def _likely_files(id: str) -> Iterator[Path]:
    """Give the file named after the id first, then those that mention it."""
    chapter, _, tail = id.partition(".")
    folder = ROOT / CHAPTERS.get(chapter, "-")
    stem = (f"{chapter}_{tail}" if chapter.startswith("s") else tail).replace(".", "_")
    yield from sorted(folder.glob(f"{stem}__*.py"))
    quoted = f'"{id}"'
    yield from (file for file in question_files() if quoted in file.read_text(encoding="utf-8"))


def _place(question: Question) -> tuple[int, int, str]:
    chapter = list(CHAPTERS).index(question.chapter)
    tail = question.id.split(".", 1)[1]
    rank = 0 if tail.startswith("q") and tail[1:2].isdigit() else 1 if tail.startswith("body.") else 2
    return chapter, rank, _natural(tail)


def _natural(text: str) -> str:
    """Pad numbers so that q10 comes after q9."""
    return ".".join(piece[0] + piece[1:].zfill(3) if piece[1:].isdigit() else piece for piece in text.split("."))
