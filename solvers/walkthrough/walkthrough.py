"""The whole story of a solution: sections of steps, from the input to the new weights."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from solvers.walkthrough.explanations import explanation
from solvers.walkthrough.loss_explanations import loss_explanation
from solvers.walkthrough.loss_view import LossView
from solvers.walkthrough.paths import Ways, can_be_walked, path_steps
from solvers.walkthrough.problem import Place
from solvers.walkthrough.showing import show
from solvers.walkthrough.solution import Solution
from solvers.walkthrough.symbols import Symbols, symbols
from solvers.walkthrough.update_steps import clipping_steps, param_steps, recursion_step
from solvers.walkthrough.view import View, partial, shapes_of
from solvers.worked import Step

ALONG = (
    "Along a path the local derivatives multiply, and the paths from a weight to the loss add up. Read from the loss back to "
    "the weight; the first index is the layer's."
)
DETAILS = ("brief", "full", "scalar")


@dataclass(frozen=True)
class Section:
    """Steps that belong together; `phase` is forward, loss, backward, paths or update, `layer` the node it is about."""

    phase: str
    title: str
    steps: tuple[Step, ...]
    layer: str = ""


@dataclass(frozen=True)
class Walkthrough:
    """A solution explained at a level of detail."""

    solution: Solution
    symbols: Symbols
    sections: tuple[Section, ...]
    detail: str = "full"

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        return tuple(step for section in self.sections for step in section.steps)


def walkthrough(solution: Solution, detail: str = "full") -> Walkthrough:
    """Explain a solution: `brief` gives values, `full` every rule with its numbers, `scalar` every weight as well."""
    if detail not in DETAILS:
        raise ValueError(f"detail must be one of {', '.join(DETAILS)}, got {detail!r}")
    names = symbols(solution.problem)
    sections = tuple(_sections(solution, names, detail))
    sections = tuple(map(_shortened, sections)) if detail == "brief" else tuple(_told_once(sections))
    return Walkthrough(solution, names, sections, detail)


def views(solution: Solution, names: Symbols) -> dict[str, View]:
    """Give every node as an explanation sees it."""
    problem, records = solution.problem, solution.trace.records
    readers = Counter(source for record in records for source in record.sources)
    readers.update(problem.network.outputs)
    shares = {node.name: problem.network.owner(node) for node in problem.network.nodes}
    return {record.name: View(record, names, shares[record.name], readers[record.name]) for record in records}


def _sections(solution: Solution, names: Symbols, detail: str) -> Iterator[Section]:
    seen, labels = views(solution, names), solution.problem.labels()
    order = [leaf for place in solution.problem.places for leaf in place.leaves()]
    yield Section("forward", "Input", tuple(_input_steps(solution, names)))
    for place in order:
        view = seen[place.nodes[0]]
        yield Section(
            "forward", _title(labels, place), tuple(explanation(view.layer.kind).forward(view)), place.nodes[0]
        )
    if solution.problem.loss is None:
        return
    loss = _loss_view(solution, names)
    explained = loss_explanation(loss.loss.kind)
    yield Section("loss", f"Loss ({loss.loss.kind})", tuple(explained.forward(loss)))
    yield Section("backward", f"Loss ({loss.loss.kind})", tuple(explained.backward(loss)))
    for place in reversed(order):
        view = seen[place.nodes[0]]
        if view.record.grads is not None:
            steps = (*_gathered(solution, view), *explanation(view.layer.kind).backward(view))
            yield Section("backward", _title(labels, place), steps, place.nodes[0])
    if detail == "scalar":
        yield from _path_sections(solution, names)
    yield from _update_sections(solution, names)


def _path_sections(solution: Solution, names: Symbols) -> Iterator[Section]:
    """Every weight over its paths, where the network is small enough."""
    if not can_be_walked(solution):
        text = (
            "The network is too large to follow every path; the matrix form above holds for every single weight."
        )
        yield Section("paths", "All weights", (Step(text),))
        return
    labels, ways, explained = solution.problem.labels(), Ways(solution), False
    for node, params in reversed(solution.problem.network.learnt(solution.problem.weights).items()):
        for name in params:
            title = f"{_capital(labels[node])}: {names.params[node, name]}"
            steps = tuple(path_steps(solution, names, (node, name), ways))
            yield Section("paths", title, (*(() if explained else (Step(ALONG),)), *steps), node)
            explained = True


def _update_sections(solution: Solution, names: Symbols) -> Iterator[Section]:
    if not solution.problem.update:
        return
    yield Section("update", "Rule", (*clipping_steps(solution), recursion_step(solution)))
    labels = solution.problem.labels()
    for node in dict.fromkeys(node for node, _ in solution.updated):
        steps = [
            step for param in solution.updated if param[0] == node for step in param_steps(solution, names, param)
        ]
        yield Section("update", _capital(labels[node]), tuple(steps), node)
    if solution.loss_after is not None:
        yield Section(
            "update",
            "After the step",
            (
                Step(
                    "The forward pass with the new parameters gives the loss after the step.",
                    r"L^{\text{new}}",
                    "",
                    show(solution.loss_after),
                    "new_loss",
                ),
            ),
        )


def _input_steps(solution: Solution, names: Symbols) -> Iterator[Step]:
    for name, array in solution.problem.inputs.items():
        yield Step("", names.value(name), "", show(array), name, shapes_of({name: array}))


def _gathered(solution: Solution, view: View) -> Iterator[Step]:
    """Say that gradients from several readers of a value add up, where there are several."""
    if view.readers < 2:
        return
    node = view.record.name
    sent = [
        gradient
        for record in solution.trace.records
        for source, gradient in zip(record.sources, record.grad_inputs, strict=True)
        if source == node and gradient is not None
    ]
    if len(sent) > 1:
        yield Step(
            f"${view.y}$ is used {len(sent)} times, so the gradients that come back along each way add up.",
            partial(view.y),
            " + ".join(map(show, sent)),
            show(view.dY),
            f"d{view.name_of(node)}",
        )


def _loss_view(solution: Solution, names: Symbols) -> LossView:
    seen = solution.trace
    output, loss = solution.problem.network.outputs[0], solution.problem.loss
    P = np.asarray(seen.values[output])
    target = np.zeros(0) if seen.target is None else seen.target
    own = loss.forward(seen.target, P)[1]()[0] if loss else P
    value = 0.0 if seen.loss is None else seen.loss
    return LossView(loss, P, target, value, own, names.value(output), names.values[output])


def _shortened(section: Section) -> Section:
    """Keep what is found, without reasons and numbers put in."""
    kept = tuple(replace(step, reason="", numbers="") for step in section.steps if step.name)
    return replace(section, steps=kept or section.steps[:1])


def _told_once(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Give an explanation in full where it comes first; afterwards its first sentence is a reminder."""
    told: set[str] = set()
    for section in sections:
        steps = []
        for step in section.steps:
            bare = re.sub(r"\$[^$]*\$|\d+", "", step.reason)
            first = re.match(r"(.*?[.:])(?= [A-Z])", step.reason)
            steps.append(replace(step, reason=first[1].rstrip(":") if bare in told and first else step.reason))
            told.add(bare)
        yield replace(section, steps=tuple(steps))


def _title(labels: dict[str, str], place: Place) -> str:
    return _capital(labels[place.nodes[0]])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def parameter_count(solution: Solution) -> int:
    """Count the learnt parameters."""
    learnt = solution.problem.network.learnt(solution.problem.weights)
    return sum(prod(array.shape) for params in learnt.values() for array in params.values())
