"""Plain tables, as a file holds them, read as a problem: every mistake is a `ProblemError` of one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from solvers.engine.build import ConfigError, build, build_loss
from solvers.engine.layer import Array, ShapeError
from solvers.engine.loss import Loss, TargetError
from solvers.engine.losses import all_losses
from solvers.engine.network import GraphError, TooLargeError, shapes_of
from solvers.engine.optimisers import all_optimisers, optimiser
from solvers.walkthrough.bounds import check_tree, check_values, finite
from solvers.walkthrough.layout import places
from solvers.walkthrough.problem import ParamName, Problem, Update
from solvers.walkthrough.spelling import LOSSES, SETTINGS, UPDATES, bare, canonical
from solvers.walkthrough.targets import class_axis, fitted_target
from solvers.walkthrough.tidying import Notes, numbers, tidy_layers
from solvers.walkthrough.trouble import ProblemError

SECTIONS = {"inputs": "input", "layers": "layer", "network": "layer", "optimizer": "update", "optimiser": "update"}
KNOWN = ("input", "layer", "loss", "update", "title")
CLIPS = ("clip_norm", "clip_value")


def read_problem(tree: Any) -> Problem:
    """Read a problem: `input`, the list `layer`, `loss` and `update` (section 7 of the file format).

    >>> problem = read_problem({"input": {"X": [[1, 2]]}, "layer": [{"kind": "affine", "W": [[1], [1]]}],
    ...                         "loss": {"kind": "mse", "target": 2}})
    >>> problem.places[0].label, problem.target
    ('layer 1 (affine)', array([[2]]))
    """
    check_tree(tree)
    sections, notes = _sections(tree), Notes()
    inputs = _inputs(sections.get("input"))
    tables = _layers(sections.get("layer"), notes)
    try:
        network, weights = build(tables, tuple(inputs))
    except (ConfigError, GraphError) as error:
        raise ProblemError(str(error)) from None
    kinds = {table["name"]: table["kind"] for table in tables}
    title = sections.get("title", "")
    problem = Problem(network, weights, inputs, places(network.nodes, kinds), given_shapes=notes.shapes,
                      title=title if isinstance(title, str) else "")  # fmt: skip
    problem = replace(problem, inputs=_fitted_inputs(problem))
    shapes = check_shapes(problem)
    loss, target = _loss(sections["loss"], shapes[network.outputs[0]]) if "loss" in sections else (None, None)
    update = _update(sections["update"], problem, notes) if "update" in sections else None
    if update and not loss:
        raise ProblemError("an update needs a loss: add one, such as kind = 'mse' with a target, or kind = 'sum'")
    return replace(problem, loss=loss, target=target, update=update, frozen=frozenset(_frozen(problem, notes)))


def check_shapes(problem: Problem) -> dict[str, tuple[int, ...]]:
    """Give the shape of every value; raises `ProblemError` naming the layer where something does not fit."""
    labels = problem.labels()
    try:
        shapes = problem.network.shapes(
            shapes_of(problem.weights), {name: X.shape for name, X in problem.inputs.items()}
        )
    except (ShapeError, GraphError, TooLargeError) as error:
        raise ProblemError(relabelled(str(error), labels)) from None
    check_values(shapes, labels)
    return shapes


def relabelled(message: str, labels: Mapping[str, str]) -> str:
    """Name the layer for the reader where a message begins with the name of its node."""
    node, colon, rest = message.partition(":")
    return labels[node] + colon + rest if node in labels else message


def _sections(tree: Any) -> dict[str, Any]:
    if not isinstance(tree, Mapping):
        raise ProblemError("a problem has [input], a list of [[layer]], [loss] and [update]")
    sections: dict[str, Any] = {}
    for key, value in tree.items():
        meant = canonical(key, KNOWN, SECTIONS)
        if meant not in KNOWN:
            near = get_close_matches(meant, [*KNOWN, *SECTIONS], 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(KNOWN)}"
            raise ProblemError(f"unknown section {key!r}; {hint}")
        if meant in sections:
            raise ProblemError(f"the section {meant} is given twice")
        sections[meant] = value
    return sections


def _inputs(table: Any) -> dict[str, Array]:
    if table is not None and not isinstance(table, Mapping):
        table = {"X": table}
    if not table:
        raise ProblemError("the input is missing; give it, such as X = [[1, 2]] under [input]")
    return {
        name: finite(numbers(value, f"the input {name}"), f"the input {name}") for name, value in table.items()
    }


def _layers(tables: Any, notes: Notes) -> list[dict[str, Any]]:
    if isinstance(tables, Mapping):
        tables = [tables]
    if not isinstance(tables, Sequence) or isinstance(tables, str) or not tables:
        raise ProblemError("the layers are missing; give a list of them, each with a kind such as 'affine'")
    if len(tables) > 200:
        raise ProblemError(f"at most 200 layers are worked out, got {len(tables)}")
    return tidy_layers(tables, notes)


def _fitted_inputs(problem: Problem) -> dict[str, Array]:
    """Make a single number a vector where a layer with weights reads it."""
    readers = {source for node in problem.network.nodes if node.layer.parameters for source in node.sources}
    return {name: X.reshape(1) if X.ndim == 0 and name in readers else X for name, X in problem.inputs.items()}


def _loss(table: Any, prediction: tuple[int, ...]) -> tuple[Loss, Array | None]:
    if isinstance(table, str):
        table = {"kind": table}
    ready = _spelt(table, "the loss")
    ready["kind"] = canonical(ready["kind"], all_losses(), LOSSES)
    member = all_losses().get(ready["kind"])
    if member:
        known = [*member.__dataclass_fields__, "target", "kind"]
        ready = {canonical(key, known, {"gradient": "target", "targets": "target", "y": "target", "t": "target",
                                        "labels": "target"}): value for key, value in ready.items()}  # fmt: skip
    try:
        loss, given = build_loss(ready)
    except ConfigError as error:
        raise ProblemError(str(error)) from None
    if given is None or not loss.targeted:
        return loss, _prepared(loss, None, prediction)
    target = finite(numbers(given, "the target"), "the target")
    if "axis" not in ready and hasattr(loss, "axis") and class_axis(target, prediction):
        loss = replace(loss, axis=1)  # type: ignore[call-arg]
    return loss, _prepared(loss, fitted_target(target, loss, prediction), prediction)


def _prepared(loss: Loss, target: Array | None, prediction: tuple[int, ...]) -> Array | None:
    """Have the loss check the target's shape and range before anything is computed, as far as it can."""
    import numpy as np

    try:
        loss.prepare(target, np.full(prediction, 0.5))
    except (ShapeError, TargetError) as error:
        text = str(error)
        raise ProblemError(text if text.startswith(loss.kind) else f"the loss ({loss.kind}): {text}") from None
    return target if target is None or target.dtype.kind in "iu" else target.astype(float)


def _update(table: Any, problem: Problem, notes: Notes) -> Update:
    if isinstance(table, str):
        table = {"kind": table}
    ready = _spelt(table, "the update")
    kind = canonical(ready.pop("kind"), all_optimisers(), UPDATES)
    known = [*(all_optimisers()[kind].__dataclass_fields__ if kind in all_optimisers() else ()), *CLIPS, "frozen"]
    settings = {canonical(key, known, SETTINGS): value for key, value in ready.items() if bare(key) != "betas"}
    betas = next((value for key, value in ready.items() if bare(key) == "betas"), None)
    if isinstance(betas, list) and len(betas) == 2:
        settings |= {"beta1": betas[0], "beta2": betas[1]}
    for name in _listed(settings.pop("frozen", ())):
        notes.frozen |= {(node.name, name) for node in problem.network.nodes}
    clips = {name: _positive(settings.pop(name), f"the update: {name}") for name in CLIPS if name in settings}
    for name, value in settings.items():
        default = getattr(all_optimisers().get(kind), name, None)
        if isinstance(default, float) and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ProblemError(f"the update ({kind}): {name} must be a number, got {value!r}")
    try:
        return Update(optimiser(kind, **settings), **clips)
    except (ValueError, TypeError) as error:
        raise ProblemError(f"the update: {error}") from None


def _spelt(table: Any, what: str) -> dict[str, Any]:
    if not isinstance(table, Mapping) or not isinstance(table.get("kind"), str):
        example = "kind = 'mse'" if what == "the loss" else "kind = 'sgd'"
        raise ProblemError(f"{what} needs a kind, such as {example}")
    return dict(table)


def _listed(value: Any) -> list[str]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ProblemError(f"the update: frozen must be names of parameters, such as ['b'], got {value!r}")
    return list(names)


def _positive(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ProblemError(f"{where} must be a number above 0, got {value!r}")
    return float(value)


def _frozen(problem: Problem, notes: Notes) -> set[ParamName]:
    """Give the parameters that are frozen; a frozen block freezes everything in it."""
    blocks = tuple(f"{path}/" for path, name in notes.frozen if not name)
    learnt = problem.network.learnt(problem.weights)
    return {
        (node, name)
        for node, params in learnt.items()
        for name in params
        if (node, name) in notes.frozen or node.startswith(blocks)
    }
