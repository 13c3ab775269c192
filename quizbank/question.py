"""A question: what is asked, where its numbers come from, and how they are drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from grader.verdict import Outcome
from quizbank.domains import Domain, Stream, arguments_of
from quizbank.errors import QuestionError, UnknownName, did_you_mean
from quizbank.part import Part, SlipRule, as_plain, call
from quizbank.template import fill

COLLISION_DRAWS = 20
MOST_DRAWS = 300


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing (SVG) with the text that stands for it where it cannot be seen."""

    svg: str
    alt: str


@dataclass(frozen=True, eq=False, init=False)
class Question:
    """One question of the bank: its fields by name, and a domain for each parameter.

    `bank.assemble` joins it with the parts and slips of its module. `section` is the section of the lecture
    notes, `difficulty` 1 to 3, `minutes` the time expected, `notes` the notes' own numbers. `where`, `work`,
    `check` and `figure` are functions of parameters and parts: which draws to keep, the worked solution
    (`Worked`), the second opinion (a value by part, or the only part's value), and a `Figure`. `solution` is
    a text with holes, for what needs no solver. `few` says why a question has fewer than 20 different answers.
    `closed` is the other face of a conceptual question.
    """

    id: str
    section: str
    text: str
    parameters: Mapping[str, Domain]
    also: tuple[str, ...] = ()
    title: str = ""
    points: float = 1.0
    difficulty: int = 1
    minutes: float = 2.0
    topics: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    few: str = ""
    revision: int = 1
    notes: Mapping[str, Any] | None = None
    where: Callable[..., bool] | None = None
    work: Callable[..., Any] | None = None
    check: Callable[..., Any] | None = None
    figure: Callable[..., Figure] | None = None
    solution: str = ""
    parts: tuple[Part, ...] = ()
    slips: tuple[SlipRule, ...] = ()
    closed: "Question | None" = None
    form: str = ""
    file: str = ""

    def __init__(self, id: str, /, **given: Any) -> None:
        known = {one.name for one in fields(self)}
        drawn = {name: given.pop(name) for name in list(given) if isinstance(given[name], Domain)}
        for name in (name for name in given if name not in known):
            raise QuestionError(
                f"{id}: “{name}” is neither a field nor a domain. {did_you_mean(name, known)}".strip()
            )
        for name in (name for name in ("section", "text") if name not in given):
            raise QuestionError(f"{id} has no {name}; every question needs one.")
        self.__dict__.update({"parameters": drawn, **given, "id": id})

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process by name: a question is found again in the bank."""
        return _found, (self.id, self.form)

    def changed(self, **changes: Any) -> "Question":
        """Give the same question with some fields replaced."""
        return Question(self.id, **{**{name: v for name, v in vars(self).items() if name != "id"}, **changes})

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids that lead here."""
        return (self.id, *self.also)

    @property
    def chapter(self) -> str:
        """The chapter, as the head of the id: ch2, s1 …"""
        return self.id.split(".")[0]

    @property
    def forms(self) -> tuple[str, ...]:
        """The faces it has: open and closed for a conceptual question, else none."""
        return ("open", "closed") if self.closed else ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of answer it asks for, in all its forms."""
        parts = (*self.parts, *(self.closed.parts if self.closed else ()))
        return tuple(dict.fromkeys(part.kind_name for part in parts))

    def face(self, form: str) -> "Question":
        """Give the open (default) or the closed face."""
        if form == "closed" and self.closed:
            return self.closed
        if form in ("", "open"):
            return self
        raise UnknownName("form of this question", form, self.forms, f"{self.id} has no closed form.")

    def part(self, name: str) -> Part:
        """Find a part; a question with one part needs no name."""
        if not name and len(self.parts) == 1:
            return self.parts[0]
        names = [one.name for one in self.parts]
        for one in self.parts:
            if one.name == name:
                return one
        if not name:
            raise QuestionError(f"{self.id} has several parts; name one of {', '.join(names)}.")
        raise UnknownName(f"part of {self.id} named", name, names, f"Its parts are {', '.join(names)}.")

    def draw(self, seed: int) -> "Variant":
        """Draw the variant of a seed: the first attempt that fits `where` and lets no slip equal the truth."""
        fitting = None
        for attempt in range(MOST_DRAWS):
            variant = Variant(self, seed, self._values(seed, attempt))
            if self.where and not call(self.where, variant.everything_for(self.where)):
                continue
            if attempt >= COLLISION_DRAWS or not variant.collisions():
                return variant
            fitting = fitting or variant
        if fitting:
            return fitting
        raise QuestionError(f"{self.file}: {self.id} found no numbers that fit `where`; widen its domains.")

    def noted(self) -> "Variant":
        """Give the variant with the notes' own numbers."""
        if self.notes is None and self.parameters:
            raise QuestionError(f"{self.id} has no numbers of the notes; draw it with a seed.")
        values: dict[str, Any] = {}
        for name, domain in self.parameters.items():
            given = (
                self.notes[name]
                if self.notes and name in self.notes
                else domain.draw(Stream(self.id, "notes", name), values)
            )
            values[name] = as_plain(given)
        return Variant(self, None, values)

    def variant(self, seed: int | None) -> "Variant":
        """Draw a seed's variant, or the notes' own for None."""
        return self.noted() if seed is None else self.draw(seed)

    def _values(self, seed: int, attempt: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, domain in self.parameters.items():
            values[name] = as_plain(domain.draw(Stream(self.id, seed, name, attempt), values))
        return values


@dataclass(frozen=True, eq=False)
class Variant:
    """A question with its numbers; everything else follows from them."""

    question: Question
    seed: int | None
    values: Mapping[str, Any]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as numbers alone; what follows from them is computed there."""
        return Variant, (self.question, self.seed, dict(self.values))

    @property
    def identity(self) -> str:
        """Question @ revision : seed, from which the program can make it again."""
        form = f"+{self.question.form}" if self.question.form else ""
        seed = "notes" if self.seed is None else self.seed
        return f"{self.question.id}@{self.question.revision}{form}:{seed}"

    @cached_property
    def text(self) -> str:
        """The question's text with its numbers."""
        return fill(self.question.text, self.values)

    @cached_property
    def truths(self) -> Mapping[str, Any]:
        """The truth of every part."""
        return MappingProxyType(self.recompute({}))

    @cached_property
    def everything(self) -> Mapping[str, Any]:
        """Parameters and truths together."""
        return {**self.values, **self.truths}

    def everything_for(self, function: Callable[..., Any]) -> Mapping[str, Any]:
        """Give the values a function asks for; the parts are computed only if it needs one."""
        needs = set(arguments_of(function))
        return self.values if needs <= self.values.keys() else self.everything

    def recompute(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """Compute every part, with some parts' values replaced."""
        values = dict(self.values)
        for one in self.question.parts:
            values[one.name] = own[one.name] if one.name in own else as_plain(call(one.compute, values))
        return {one.name: values[one.name] for one in self.question.parts}

    def rules(self, part: str = "") -> tuple[SlipRule, ...]:
        """Give the slips (of a part) that apply to this variant."""
        return tuple(
            rule
            for rule in self.question.slips
            if part in ("", rule.part) and not (rule.notes_only and self.seed is not None)
        )

    def slip_value(self, rule: SlipRule) -> Any:
        """Compute the value a slip leads to; None where it cannot be made with these numbers."""
        return as_plain(call(rule.compute, self.everything_for(rule.compute)))

    def collisions(self) -> tuple[SlipRule, ...]:
        """Name the slips that cannot be told from the truth with these numbers."""
        return tuple(rule for rule in self.rules() if not rule.accepted and self.collides(rule))

    def collides(self, rule: SlipRule) -> bool:
        """Say whether a slip's value would be marked right."""
        answer = self.question.part(rule.part).answer(self.values)
        value = self.slip_value(rule)
        if value is None:
            return False
        value = answer.read(value).value if isinstance(value, str) else value
        verdict = answer.judge(value, self.truths[rule.part])
        return verdict.outcome is Outcome.CORRECT

    def with_values(self, values: Mapping[str, Any]) -> "Variant":
        """Give the same variant with other numbers, as a stored key has them."""
        return replace(self, values=values)


def _found(id: str, form: str) -> Question:
    from quizbank import bank

    return bank.find(id).face(form)
