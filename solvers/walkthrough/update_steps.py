"""The update in words: the recursion with the numbers put in, parameter by parameter."""

import re
from collections.abc import Iterator
from dataclasses import fields

from solvers.engine.clipping import total_norm
from solvers.engine.layer import Array
from solvers.engine.optimiser import Line
from solvers.walkthrough.problem import ParamName
from solvers.walkthrough.showing import fits, show
from solvers.walkthrough.solution import Solution, Updated
from solvers.walkthrough.symbols import Symbols
from solvers.walkthrough.view import shapes_of
from solvers.worked import Step

WORDS = {
    "g": "The gradient that is used.",
    "m": "The running term of the gradients.",
    "v": "The running mean of the squared gradients.",
    "m_hat": "Its bias towards the start at 0 is corrected.",
    "v_hat": "Likewise.",
    "v_max": "The largest so far.",
    "ahead": "The point ahead, where the gradient is taken.",
}


def recursion_step(solution: Solution) -> Step:
    """Say which update is made, in symbols and with its settings."""
    update = solution.problem.update
    assert update
    rule = update.optimiser
    values = {one.name: getattr(rule, one.name) for one in fields(rule)}
    settings = ", ".join(
        f"{name} = {value:g}" if isinstance(value, float) else f"{name}: {value}"
        for name, value in values.items()
        if value != 0
    )
    lines = r",\quad ".join(rule.recursion())
    return Step(
        f"Only now, when all gradients are known, the parameters change: {rule.kind} with {settings}. All gradients "
        "come from the old weights.",
        lines,
    )


def clipping_steps(solution: Solution) -> Iterator[Step]:
    """Say how gradients were clipped, if they were."""
    update = solution.problem.update
    if update and update.clip_value is not None:
        yield Step(
            f"Every entry of a gradient is first cut to the interval from −{update.clip_value:g} to {update.clip_value:g}."
        )
    if update and update.clip_norm is not None:
        gradients = [solution.gradient(node, name) for node, name in solution.updated]
        norm = total_norm([gradient for gradient in gradients if gradient is not None])
        how = (
            "is above the limit, so all are scaled by one factor"
            if norm > update.clip_norm
            else "is within the limit"
        )
        yield Step(f"The norm of all gradients together {how}.", r"\lVert g \rVert", "", show(norm))


def param_steps(solution: Solution, symbols: Symbols, param: ParamName) -> Iterator[Step]:
    """The lines of the recursion that say something, for one parameter."""
    updated = solution.updated[param]
    symbol, plain = symbols.param(*param), symbols.params[param]
    for line in updated.lines:
        if line.name == "theta":
            yield _last(solution, symbol, plain, param, updated, line)
        elif line.name != "g" or not _same(line.value, updated.gradient):
            numbers = _numbers(line)
            yield Step(
                WORDS.get(line.name, ""),
                _of(line.formula, symbol),
                numbers,
                show(line.value),
                f"{line.name}_{plain}",
            )


def _last(solution: Solution, symbol: str, plain: str, param: ParamName, updated: Updated, line: Line) -> Step:
    problem = solution.problem
    value = problem.as_given(*param, line.value)
    new = rf"{symbol}^{{\text{{new}}}}"
    rule = line.formula.partition(" = ")[2]
    reason = f"The new ${symbol}$."
    return Step(
        reason,
        f"{new} = {_of(rule, symbol)}",
        _numbers(line),
        show(value),
        f"new_{plain}",
        shapes_of({plain: value}),
    )


def _numbers(line: Line) -> str:
    """Give the numbers of a line to as many digits as everything else."""
    if not fits(line.value):
        return ""
    return re.sub(r"\d+\.\d+", lambda found: show(float(found[0])), line.numbers)


def _of(formula: str, symbol: str) -> str:
    """Write a recursion for one parameter: its symbol for θ, without counting the steps."""
    text = formula.replace(r"\nabla L(\theta_t)", rf"\frac{{\partial L}}{{\partial {symbol}}}")
    text = text.replace(r"\nabla L(\tilde{\theta}_{t+1})", rf"\frac{{\partial L}}{{\partial {symbol}}}")
    text = text.replace(r"\theta_{t}", symbol).replace("g_{t}", rf"\frac{{\partial L}}{{\partial {symbol}}}")
    return text.replace(r"\alpha ", r"\alpha \, ")


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool((one == other).all())
