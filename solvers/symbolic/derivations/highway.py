"""Gradients through residual blocks: the highway that the skip connection opens."""

from collections.abc import Iterable
from functools import cache

from solvers.symbolic.derivation import Line, Setup, derive
from solvers.worked import Worked

MAX_BLOCKS = 6


@cache
def residual_gradient(blocks: int = 1) -> Worked:
    """Derive ∂L/∂x_0 through scalar blocks x_l = x_{l-1} + F_l(x_{l-1}), for 1 to 6 blocks.

    For numbers, `g` is ∂L/∂x after the last block and `s_l` the slope F_l′(x_{l-1}).

    >>> residual_gradient(2).value.plain()
    'g * (1 + s_1) * (1 + s_2)'
    """
    if not 1 <= blocks <= MAX_BLOCKS:
        raise ValueError(f"expected 1 to {MAX_BLOCKS} residual blocks, got {blocks}")
    where = {f"x_{n}": f"x_{n - 1} + F_{n}(x_{n - 1})" for n in range(1, blocks + 1)}
    hidden = {"L": f"g * x_{blocks}"}
    for n in range(1, blocks + 1):  # the proof needs some curved functions; which ones does not matter
        hidden |= {f"F_{n}(u)": f"u^3 / {n + 2} - {n} * u", f"s_{n}": f"d(F_{n}(x_{n - 1}), x_{n - 1})"}
    return derive(
        "d(L, x_0)",
        *_chain(blocks),
        setup=Setup(where=where, hidden=hidden),
        opening="Every block adds its input to what it computes.",
        name="dx",
    )


@cache
def activated_residual_gradient() -> Worked:
    """Derive ∂L/∂x of one block y = f(x + F(x)) whose activation f comes after the addition.

    For numbers, `g` is ∂L/∂y, `s` the slope F′(x) and `r` the slope f′(x + F(x)).

    >>> activated_residual_gradient().value.evaluate({"g": 2, "s": 0.5, "r": 0})
    0.0
    """
    return derive(
        "d(L, x)",
        ("Chain rule from the outside in.", "d(L, y) * d(y, z) * d(z, x)"),
        ("The sum's derivative is 1 for the skip connection, plus the block's own.",
         "d(L, y) * d(y, z) * (1 + d(F(x), x))"),
        (r"The activation after the addition sits on the highway: write $r$ for its slope, $s$ for the block's and "
         "$g$ for the upstream gradient. Where a ReLU is off, $r = 0$ stops everything.", "g * r * (1 + s)"),
        setup=Setup(
            where={"y": "f(z)", "z": "x + F(x)"},
            hidden={"F(u)": "u^3 - u", "f(u)": "u^2 + u", "s": "d(F(x), x)", "r": "d(y, z)", "L": "g * y"},
        ),
        opening="The activation comes after the addition.",
        name="dx",
    )  # fmt: skip


def _chain(blocks: int) -> tuple[Line, ...]:
    steps = range(blocks, 0, -1)
    chained = _times(f"d(L, x_{blocks})", (f"d(x_{n}, x_{n - 1})" for n in steps))
    split = _times(
        f"d(L, x_{blocks})", (f"(d(x_{n - 1}, x_{n - 1}) + d(F_{n}(x_{n - 1}), x_{n - 1}))" for n in steps)
    )
    ones = _times(f"d(L, x_{blocks})", (f"(1 + d(F_{n}(x_{n - 1}), x_{n - 1}))" for n in steps))
    short = _times("g", (f"(1 + s_{n})" for n in range(1, blocks + 1)))
    return (
        ("Chain rule, block by block.", chained),
        ("Each block is a sum, and so is its derivative.", split),
        ("The skip connection's derivative is 1 (for vectors: the identity matrix), whatever the block does.", ones),
        (r"Write $g$ for the upstream gradient and $s_l$ for the slope of $F_l$. Multiplied out, the product holds "
         "$g$ itself: it arrives undiminished even where all slopes are 0.", short),
    )  # fmt: skip


def _times(first: str, factors: Iterable[str]) -> str:
    return " * ".join((first, *factors))
