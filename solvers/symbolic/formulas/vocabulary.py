"""The functions a formula may use: how each is typeset, and what it means to SymPy.

`exp ln sqrt sigma tanh relu abs sin cos erf Phi phi softplus step max min` (step is 1 above 0, else 0), and the
constructions `sum(k, K, body)`, `d(body, x)`, `delta(i, j)`, `branch(x, above, below)`, `E(body)` and `Var(body)`,
which `algebra` translates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_BITS = 10_000


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its number of arguments, its LaTeX with `<0>`, `<1>` for these, and its meaning.

    `meaning` takes the module `sympy` and the arguments; constructions have none.
    """

    arity: int
    latex: str
    meaning: Callable[..., Any] | None = None


def _plain(latex: str, meaning: Callable[..., Any]) -> Function:
    return Function(1, latex + r"\left(<0>\right)", meaning)


def _power(base: Any, exponent: Any) -> Any:
    """A power; an exact one is refused before it grows beyond reason."""
    if base.is_Rational and exponent.is_Rational:
        digits = max(abs(base.p), base.q).bit_length() * abs(exponent.p)
        if max(digits, exponent.q) > MAX_BITS:
            raise ValueError(f"{base} to the power of {exponent} is too large to be worked out exactly")
    return base**exponent


FUNCTIONS: dict[str, Function] = {
    "+": Function(2, "<0> + <1>", lambda sp, u, v: u + v),
    "-": Function(2, "<0> - <1>", lambda sp, u, v: u - v),
    "*": Function(2, "<0> <1>", lambda sp, u, v: u * v),
    "/": Function(2, r"\frac{<0>}{<1>}", lambda sp, u, v: u / v),
    "^": Function(2, "<0>^{<1>}", lambda sp, u, v: _power(u, v)),
    "neg": Function(1, "-<0>", lambda sp, u: -u),
    "exp": Function(1, "e^{<0>}", lambda sp, u: sp.exp(u)),
    "ln": _plain(r"\ln", lambda sp, u: sp.log(u)),
    "sqrt": Function(1, r"\sqrt{<0>}", lambda sp, u: sp.sqrt(u)),
    "sigma": _plain(r"\sigma", lambda sp, u: 1 / (1 + sp.exp(-u))),
    "tanh": _plain(r"\tanh", lambda sp, u: sp.tanh(u)),
    "relu": _plain(r"\operatorname{ReLU}", lambda sp, u: (u + sp.Abs(u)) / 2),
    "step": Function(1, r"\mathbb{1}_{<0> > 0}", lambda sp, u: sp.Heaviside(u, 0)),
    "softplus": _plain(r"\operatorname{softplus}", lambda sp, u: sp.log(1 + sp.exp(u))),
    "abs": Function(1, r"\left|<0>\right|", lambda sp, u: sp.Piecewise((u, u > 0), (-u, True))),
    "sin": _plain(r"\sin", lambda sp, u: sp.sin(u)),
    "cos": _plain(r"\cos", lambda sp, u: sp.cos(u)),
    "erf": _plain(r"\operatorname{erf}", lambda sp, u: sp.erf(u)),
    "Phi": _plain(r"\Phi", lambda sp, u: (1 + sp.erf(u / sp.sqrt(2))) / 2),
    "phi": _plain(r"\varphi", lambda sp, u: sp.exp(-(u**2) / 2) / sp.sqrt(2 * sp.pi)),
    "max": Function(2, r"\max\left(<0>,\, <1>\right)", lambda sp, u, v: sp.Piecewise((u, u >= v), (v, True))),
    "min": Function(2, r"\min\left(<0>,\, <1>\right)", lambda sp, u, v: sp.Piecewise((u, u <= v), (v, True))),
    "sum": Function(3, r"\sum_{<0>=1}^{<1>} <2>"),
    "d": Function(2, r"\frac{\partial <0>}{\partial <1>}"),
    "delta": Function(2, r"\delta_{<0><1>}"),
    "branch": Function(3, r"\begin{cases} <1> & \text{if } <0> > 0 \\ <2> & \text{if } <0> \le 0 \end{cases}"),
    "E": Function(1, r"\mathbb{E}\left[<0>\right]"),
    "Var": Function(1, r"\operatorname{Var}\left(<0>\right)"),
}
