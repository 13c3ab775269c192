"""The chain rule by hand: a composition of simple functions at one point.

Stages are pairs, innermost first: ("power", n), ("scale", c), ("shift", b), or (name, α) of `solvers.functions`.
"""

from collections.abc import Callable, Sequence

from solvers.arrays import product, show, signed
from solvers.functions import apply, function, slope, substitute
from solvers.worked import Step, Worked, worked

Stage = tuple[str, float]
Rule = Callable[[float, float], float]
STAGES: dict[str, tuple[Rule, Rule]] = {
    "power": (lambda u, n: u**n, lambda u, n: n * u ** (n - 1)),
    "scale": (lambda u, c: c * u, lambda u, c: c),
    "shift": (lambda u, b: u + b, lambda u, b: 1.0),
}


def composition(x: float, stages: Sequence[Stage]) -> dict[str, float]:
    """Value and derivative at x of functions applied one after the other.

    >>> composition(2.0, [("power", 2), ("shift", 1), ("scale", 3)])
    {'value': 15.0, 'slope': 12.0}
    """
    value, derivative = float(x), 1.0
    for stage in stages:
        value, derivative = _value(stage, value), derivative * _slope(stage, value)
    return {"value": value, "slope": derivative}


def composition_steps(x: float, stages: Sequence[Stage]) -> Worked:
    """Work out the derivative of a composition: forwards the values, then the product of the local slopes."""
    found, now = composition(x, stages), float(x)
    slopes: list[float] = []
    steps: list[Step] = []
    for index, stage in enumerate(stages, 1):
        before, now = now, _value(stage, now)
        slopes.append(_slope(stage, before))
        formula, derivative = _formulas(stage)
        steps.append(Step(f"Stage {index} at the value that reaches it, with its local derivative there.",
                          rf"{formula}, \quad {derivative}", rf"u = {show(before)}",
                          rf"{show(now)}, \quad {show(slopes[-1])}", f"stage{index}"))  # fmt: skip
    last = Step("The chain rule multiplies the local derivatives, each taken once.", r"\frac{dy}{dx} = \prod_i f_i'(u_i)",
                product(slopes), show(found["slope"]), "slope")  # fmt: skip
    return worked(found, (*steps, last))


def power_sum_slope(factor: float, power: int, x: float) -> float:
    """Derivative of Σ(a·xᵢ)ᵖ with respect to one entry of value x: p·a·(ax)ᵖ⁻¹.

    >>> power_sum_slope(-3, 2, 1)
    18.0
    """
    return composition(x, [("scale", factor), ("power", power)])["slope"]


def power_sum_slope_steps(factor: float, power: int, x: float, count: int) -> Worked:
    """Work out the derivative of a sum of powers with respect to one of its entries."""
    value = power_sum_slope(factor, power, x)
    return worked(value, (
        Step(f"Only one of the {count} terms contains this entry; the others do not change with it.",
             r"\frac{\partial}{\partial x_1} \sum_i (a x_i)^p = \frac{\partial}{\partial x_1} (a x_1)^p", "", ""),
        Step("The chain rule: outer derivative at the inner value, times the inner derivative.", "p (a x_1)^{p-1} a",
             rf"{power} \cdot {signed(factor * x)}^{{{power - 1}}} \cdot {signed(factor)}", show(value), "slope"),
    ))  # fmt: skip


def _value(stage: Stage, u: float) -> float:
    name, number = stage
    return float(STAGES[name][0](u, number) if name in STAGES else apply(name, u, number))


def _slope(stage: Stage, u: float) -> float:
    name, number = stage
    return float(STAGES[name][1](u, number) if name in STAGES else slope(name, u, number))


def _formulas(stage: Stage) -> tuple[str, str]:
    name, n = stage[0], show(stage[1])
    plain = {
        "power": (f"u^{{{n}}}", "1" if n == "1" else f"{n} u" if n == "2" else f"{n} u^{{{show(stage[1] - 1)}}}"),
        "scale": (f"{n} u", n),
        "shift": (f"u + {signed(stage[1])}", "1"),
    }
    if name in plain:
        return plain[name]
    rule = function(name)
    return substitute(rule.formula, "u"), substitute(rule.slope_formula, "u")
