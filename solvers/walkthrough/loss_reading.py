"""The loss of a problem, read from its table."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from solvers.engine.build import ConfigError, build_loss
from solvers.engine.layer import Array, Shape, ShapeError
from solvers.engine.loss import Loss, TargetError
from solvers.engine.losses import all_losses
from solvers.walkthrough.bounds import finite
from solvers.walkthrough.spelling import LOSSES, TARGETS, canonical
from solvers.walkthrough.targets import class_axis, fitted_target
from solvers.walkthrough.tidying import numbers
from solvers.walkthrough.trouble import ProblemError

Target = Array | None


def read_loss(table: Any, prediction: Shape) -> tuple[Loss, Target]:
    """Read the loss and its target, which is fitted to the prediction's shape; raises `ProblemError`.

    >>> read_loss({"kind": "MSE", "target": 3}, (1, 1))
    (Mse(reduction='mean'), array([[3]]))
    """
    try:
        loss, given = build_loss(_tidied({"kind": table} if isinstance(table, str) else table))
    except ConfigError as error:
        raise ProblemError(str(error)) from None
    if not loss.targeted and given is not None:
        raise ProblemError(f"the loss ({loss.kind}) has no target; leave it out")
    if given is None:
        return loss, _checked(loss, None, prediction)
    target = finite(numbers(given, "the target"), "the target")
    if "axis" not in table and hasattr(loss, "axis") and class_axis(target, prediction):
        loss = replace(loss, axis=1)  # type: ignore[call-arg]
    return loss, _checked(loss, fitted_target(target, loss, prediction), prediction)


def _tidied(table: Any) -> dict[str, Any]:
    """Give a table with the engine's names for the loss and its keys."""
    if not isinstance(table, Mapping) or not isinstance(table.get("kind"), str):
        raise ProblemError("the loss needs a kind, such as kind = 'mse'")
    kind = canonical(table["kind"], all_losses(), LOSSES)
    member = all_losses().get(kind)
    known = ["kind", "target", *(one.name for one in fields(member))] if member else list(table)
    ready: dict[str, Any] = {}
    for key, value in table.items():
        meant = canonical(key, known, TARGETS)
        if meant in ready:
            raise ProblemError(f"the loss ({kind}): {meant} is given twice")
        ready[meant] = value
    return ready | {"kind": kind}


def _checked(loss: Loss, target: Target, prediction: Shape) -> Target:
    """Have the loss check the target's shape and range before anything is computed."""
    try:
        loss.prepare(target, np.full(prediction, 0.5))
    except (ShapeError, TargetError) as error:
        text = str(error)
        raise ProblemError(text if text.startswith(loss.kind) else f"the loss ({loss.kind}): {text}") from None
    return target
