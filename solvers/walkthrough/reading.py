"""Plain tables, as a file holds them, read as a problem: every mistake is a `ProblemError` of one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from solvers.engine.build import ConfigError, build
from solvers.engine.layer import Array, Shape, ShapeError
from solvers.engine.network import GraphError, TooLargeError, shapes_of
from solvers.walkthrough.bounds import MOST_LAYERS, check_tree, check_values, finite
from solvers.walkthrough.layout import places
from solvers.walkthrough.loss_reading import read_loss
from solvers.walkthrough.problem import ParamName, Problem
from solvers.walkthrough.spelling import canonical
from solvers.walkthrough.tidying import Notes, numbers, tidy_layers
from solvers.walkthrough.trouble import ProblemError
from solvers.walkthrough.update_reading import read_update

SECTIONS = {"inputs": "input", "layers": "layer", "network": "layer", "optimizer": "update", "optimiser": "update"}
KNOWN = ("input", "layer", "loss", "update", "title")


@dataclass
class Sections:
    """The parts of a file."""

    input: dict[str, Any] = field(default_factory=dict)
    layer: Any = None
    loss: Any = None
    update: Any = None
    title: str = ""


def read_problem(tree: Any) -> Problem:
    """Read a problem: `input`, the list `layer`, `loss` and `update`.

    >>> problem = read_problem({"input": {"X": [[1, 2]]}, "layer": [{"kind": "affine", "W": [[1], [1]]}],
    ...                         "loss": {"kind": "mse", "target": 2}})
    >>> problem.places[0].label, problem.target
    ('layer 1 (affine)', array([[2]]))
    """
    check_tree(tree)
    sections, notes = _sections(tree), Notes()
    problem = _network(sections, notes)
    shapes = _shapes(problem)
    if sections.loss is not None:
        loss, target = read_loss(sections.loss, shapes[problem.network.outputs[0]])
        problem = replace(problem, loss=loss, target=target)
    if sections.update is not None:
        if problem.loss is None:
            raise ProblemError(
                "an update needs a loss: add one, such as kind = 'mse' with a target, or kind = 'sum'"
            )
        problem = replace(problem, update=read_update(sections.update))
    return replace(problem, frozen=frozenset(_frozen(problem, notes)))


def _sections(tree: Any) -> Sections:
    """Take the tree apart; numbers outside of all sections are inputs."""
    if not isinstance(tree, Mapping):
        raise ProblemError("a problem has [input], a list of [[layer]], [loss] and [update]")
    sections: dict[str, Any] = {}
    inputs: dict[str, Any] = {}
    for key, value in tree.items():
        meant = canonical(key, KNOWN, SECTIONS)
        if meant in sections:
            raise ProblemError(f"the section {meant} is given twice")
        if meant in KNOWN:
            sections[meant] = value
        elif isinstance(value, list | int | float):
            inputs[key] = value
        else:
            near = get_close_matches(meant, [*KNOWN, *SECTIONS], 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(KNOWN)}"
            raise ProblemError(f"unknown section {key!r}; {hint}")
    given = sections.pop("input", {})
    inputs |= given if isinstance(given, Mapping) else {"X": given}
    return Sections(inputs, **sections)


def _network(sections: Sections, notes: Notes) -> Problem:
    inputs = _inputs(sections.input)
    tables = _layers(sections.layer, notes)
    labels = {table["name"]: f"layer {number} ({table['kind']})" for number, table in enumerate(tables, 1)}
    try:
        network, weights = build(tables, tuple(inputs))
    except (ConfigError, GraphError) as error:
        raise ProblemError(relabelled(str(error), labels)) from None
    kinds = {table["name"]: table["kind"] for table in tables}
    read = {source for node in network.nodes for source in node.sources}
    unused = [name for name in inputs if name not in read]
    if unused:
        raise ProblemError(f"no layer reads the input {unused[0]!r}; name it in a layer's inputs, or leave it out")
    with_weights = {source for node in network.nodes if node.layer.parameters for source in node.sources}
    fitted = {name: X.reshape(1) if X.ndim == 0 and name in with_weights else X for name, X in inputs.items()}
    title = sections.title if isinstance(sections.title, str) else ""
    return Problem(network, weights, fitted, places(network.nodes, kinds), given_shapes=notes.shapes, title=title)


def _inputs(table: Mapping[str, Any]) -> dict[str, Array]:
    if not table:
        raise ProblemError("the input is missing; give it, such as X = [[1, 2]] under [input]")
    return {
        name: finite(numbers(value, f"the input {name}"), f"the input {name}") for name, value in table.items()
    }


def _layers(tables: Any, notes: Notes) -> list[dict[str, Any]]:
    tables = [tables] if isinstance(tables, Mapping) else tables
    if not isinstance(tables, list | tuple) or not tables:
        raise ProblemError("the layers are missing; give a list of them, each with a kind such as 'affine'")
    if len(tables) > MOST_LAYERS:
        raise ProblemError(f"at most {MOST_LAYERS} layers are worked out, got {len(tables)}")
    return tidy_layers(tables, notes)


def _shapes(problem: Problem) -> dict[str, Shape]:
    """Give the shape of every value; raises `ProblemError` naming the layer where something does not fit."""
    labels = problem.labels()
    try:
        shapes = problem.network.shapes(
            shapes_of(problem.weights), {name: X.shape for name, X in problem.inputs.items()}
        )
    except (ShapeError, GraphError, TooLargeError) as error:
        raise ProblemError(relabelled(str(error), labels)) from None
    check_values(shapes, labels)
    _check_lookups(problem, labels)
    return shapes


def _check_lookups(problem: Problem, labels: Mapping[str, str]) -> None:
    """Have layers that look up whole numbers check those of the input."""
    for node in problem.network.nodes:
        if node.layer.reads_integers and node.sources[0] in problem.inputs:
            try:
                node.layer.forward(problem.weights[problem.network.owner(node)], problem.inputs[node.sources[0]])
            except ValueError as error:
                raise ProblemError(f"{labels[node.name]}: {error}") from None


def relabelled(message: str, labels: Mapping[str, str]) -> str:
    """Name the layer for the reader where a message begins with the name of its node.

    >>> relabelled("relu1: X: too small", {"relu1": "layer 2 (relu)"})
    'layer 2 (relu): X: too small'
    """
    found = re.match(r"[^\s:]+", message)
    node = found[0] if found else ""
    return labels[node] + message[len(node) :] if node in labels else message


def _frozen(problem: Problem, notes: Notes) -> set[ParamName]:
    """Give the parameters that are frozen; a frozen block freezes everything in it."""
    blocks = tuple(f"{path}/" for path, name in notes.frozen if not name)
    everywhere = problem.update.frozen if problem.update else ()
    return {
        (node, name)
        for node, params in problem.network.learnt(problem.weights).items()
        for name in params
        if (node, name) in notes.frozen or name in everywhere or node.startswith(blocks)
    }
