"""Backpropagation through time for a scalar recurrent network with one output at the end.

h_t = f(x_t W_x + h_{t-1} W_h + b_h) and o = h_T W_o + b_o: the output has a weight of its own, W_o.
"""

from functools import cache

from solvers.symbolic.derivation import Line, Setup, derive
from solvers.worked import Worked

MAX_STEPS = 6

# The activation, and its slope at step t by its output h_t (relu: by its input y_t).
_SLOPES = {
    "identity": ("y_{t}", ""),
    "tanh": ("tanh(y_{t})", "(1 - h_{t}^2)"),
    "sigmoid": ("sigma(y_{t})", "h_{t} * (1 - h_{t})"),
    "relu": ("relu(y_{t})", "step(y_{t})"),
}
# What each parameter is multiplied by where step t uses it directly.
_DIRECT = {"W_h": "h_{before}", "W_x": "x_{t}", "b_h": "1"}


@cache
def bptt(by: str = "W_h", steps: int = 2, activation: str = "identity") -> Worked:
    """Derive ∂o/∂W_h, ∂o/∂W_x or ∂o/∂b_h through 1 to 6 time steps.

    The activation is identity, tanh, sigmoid or relu. For numbers give x_1 … x_T, h_0, W_x, W_h, b_h, W_o, b_o.

    >>> bptt().value.plain()
    'W_o * (h_1 + W_h * h_0)'
    >>> bptt().value.evaluate({"W_x": 2, "W_h": 0.5, "W_o": 3, "x_1": 1, "x_2": 1, "h_0": 1, "b_h": 0})
    9.0
    """
    if by not in _DIRECT or activation not in _SLOPES or not 1 <= steps <= MAX_STEPS:
        raise ValueError(
            f"expected one of {', '.join(_DIRECT)}, 1 to {MAX_STEPS} steps and one of {', '.join(_SLOPES)}; "
            f"got {by!r}, {steps} and {activation!r}"
        )
    return derive(
        f"d(o, {by})",
        ("The output meets its own weight after the last state.", f"W_o * d(h_{steps}, {by})"),
        *(_unrolled(by, steps, activation, depth) for depth in range(1, steps + 1)),
        *(_collected(by, steps, activation) if steps > 1 else ()),
        setup=_forward(steps, activation),
        opening="Forward pass; the same weights serve every step.",
        name=f"d{by}",
    )


def _forward(steps: int, activation: str) -> Setup:
    where = {}
    for t in range(1, steps + 1):
        where[f"y_{t}"] = f"x_{t} * W_x + h_{t - 1} * W_h + b_h"
        where[f"h_{t}"] = _SLOPES[activation][0].format(t=t)
    return Setup(where=where | {"o": f"h_{steps} * W_o + b_o"})


def _unrolled(by: str, steps: int, activation: str, depth: int) -> Line:
    """Apply the product rule to the last `depth` states."""
    t = steps - depth + 1
    if t == 1:
        reason = "The initial state $h_0$ does not depend on the parameter, so here the recursion ends."
    else:
        reason = (
            f"State {t} depends on the parameter twice: directly, and through state {t - 1}. The product rule keeps "
            "both."
        )
    return reason, f"W_o * {_state(by, steps, activation, depth)}"


def _collected(by: str, steps: int, activation: str) -> tuple[Line, ...]:
    """The gradient as a sum over time, and back in the form that needs the fewest products."""
    terms = " + ".join(_term(by, steps, activation, t) for t in range(steps, 0, -1))
    return (
        ("Multiply out: one term per step at which the parameter was used. The earlier the step, the more factors "
         "$W_h$, so for $|W_h| < 1$ early steps fade and for $|W_h| > 1$ they may explode.", terms),
        ("Take the common factors out again, as the chain rule built it.",
         f"W_o * {_state(by, steps, activation, steps)}"),
    )  # fmt: skip


def _state(by: str, t: int, activation: str, depth: int) -> str:
    """The derivative of h_t with its last `depth` states unrolled, as a factor."""
    if depth == 0:
        return f"d(h_{t}, {by})"
    slope = _SLOPES[activation][1].format(t=t)
    direct = _DIRECT[by].format(t=t, before=t - 1)
    total = direct if t == 1 else f"({direct} + W_h * {_state(by, t - 1, activation, depth - 1)})"
    return f"{slope} * {total}" if slope else total


def _term(by: str, steps: int, activation: str, t: int) -> str:
    """The part of the gradient that comes from using the parameter at step t."""
    slopes = [_SLOPES[activation][1].format(t=k) for k in range(steps, t - 1, -1)]
    power = {0: [], 1: ["W_h"]}.get(steps - t, [f"W_h^{steps - t}"])
    direct = _DIRECT[by].format(t=t, before=t - 1)
    return " * ".join(filter(None, ("W_o", *power, *slopes, direct)))
