"""What is wrong with a question can often be seen without drawing it: those mistakes are refused on loading."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from quizbank.domains import arguments_of
from quizbank.errors import QuestionError, did_you_mean
from quizbank.question import Question
from quizbank.template import holes, lost_escape, unknown_filters


def refuse_mistakes(question: Question) -> None:
    """Raise `QuestionError` with the first mistake found, and how to mend it."""
    for mistake in mistakes(question):
        raise QuestionError(f"{question.id}: {mistake}")


def mistakes(question: Question) -> Iterator[str]:
    """Name every mistake that can be seen without drawing."""
    yield from _part_mistakes(question)
    yield from _domain_mistakes(question)
    yield from _hole_mistakes(question)
    yield from _escape_mistakes(question)
    yield from _slip_mistakes(question)
    yield from _function_mistakes(question)
    yield from _notes_mistakes(question)
    if question.closed:
        yield from (f"closed form: {mistake}" for mistake in mistakes(question.closed))


def _part_mistakes(question: Question) -> Iterator[str]:
    if not question.parts:
        yield "it has no part; declare one with @part."
    names = [part.name for part in question.parts]
    for name in {name for name in names if names.count(name) > 1 or name in question.parameters}:
        yield f"the name “{name}” is used twice; rename the part."
    known = list(question.parameters)
    for part in question.parts:
        yield from _unknown_names(f"part {part.name}", part.compute, known)
        known.append(part.name)


def _domain_mistakes(question: Question) -> Iterator[str]:
    known: list[str] = []
    for name, domain in question.parameters.items():
        for need in domain.needs:
            if need not in known:
                yield f"the domain of “{name}” needs “{need}”, which is not declared before it."
        known.append(name)


def _hole_mistakes(question: Question) -> Iterator[str]:
    parameters, parts = list(question.parameters), [part.name for part in question.parts]
    hints = [*question.hints, *(part.hint for part in question.parts)]
    texts = [(text, parameters) for text in (question.text, *(part.text for part in question.parts), *hints)]
    texts += [(question.solution, parameters + parts), *((rule.text, parameters) for rule in question.slips)]
    for text, known in texts:
        for name in holes(text):
            if name not in known:
                yield f"the hole <<{name}>> has no value. {did_you_mean(name, known)}"
        for name in unknown_filters(text):
            yield f"there is no way of writing named “:{name}” in “{text[:40]}…”."


def _escape_mistakes(question: Question) -> Iterator[str]:
    texts = [question.text, question.title, question.solution, *question.hints]
    texts += [text for part in question.parts for text in (part.text, part.hint)]
    yield from lost_backslashes([*texts, *(rule.text for rule in question.slips)])


def lost_backslashes(texts: Iterable[str]) -> Iterator[str]:
    """Name the texts in which a backslash was lost, and the remedy."""
    for around in filter(None, map(lost_escape, texts)):
        yield f'a backslash was lost in “{around}”; write the text as a raw string, r"…".'


def _slip_mistakes(question: Question) -> Iterator[str]:
    parts = [part.name for part in question.parts]
    for rule in question.slips:
        if rule.part not in parts:
            yield f"the slip {rule.name} belongs to “{rule.part}”, which is no part of it."
        yield from _unknown_names(f"slip {rule.name}", rule.compute, [*question.parameters, *parts])
    labels = [(rule.part, rule.name) for rule in question.slips]
    for label in {label for label in labels if labels.count(label) > 1}:
        yield f"two slips of {label[0]} are named {label[1]}; rename one."


def _function_mistakes(question: Question) -> Iterator[str]:
    everything = [*question.parameters, *(part.name for part in question.parts)]
    for role in ("where", "work", "check", "figure"):
        function = getattr(question, role)
        if function is not None:
            yield from _unknown_names(role, function, everything)
    if not question.form and not (question.work or question.solution):
        yield "it has no worked solution; give `work` (a solver) or `solution` (a text)."


def _notes_mistakes(question: Question) -> Iterator[str]:
    for name in question.notes or ():
        if name not in question.parameters:
            yield f"notes give “{name}”, which is no parameter. {did_you_mean(name, question.parameters)}"
    drawn = {name for name, domain in question.parameters.items() if not domain.needs}
    for name in sorted(drawn - set(question.notes or drawn)):
        yield f"notes do not give “{name}”; give every parameter that is drawn."


def _unknown_names(where: str, function: Callable[..., Any], known: Iterable[str]) -> Iterator[str]:
    known = list(known)
    for name in arguments_of(function):
        if name not in known:
            hint = did_you_mean(name, known)
            yield f"{where} asks for “{name}”, which is not declared before it. {hint}".strip()
