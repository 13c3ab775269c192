"""Two affine layers without an activation between them are one."""

from dataclasses import dataclass
from functools import cache

from solvers.symbolic.matrix.expression import Expression, matrices, named
from solvers.symbolic.matrix.identity import derive_equal
from solvers.symbolic.matrix.rules import stretch
from solvers.worked import Worked


@dataclass(frozen=True)
class Merged:
    """The weight and the bias of the one layer that does the work of both."""

    weight: Expression
    bias: Expression


@cache
def merged_affine() -> Worked:
    """Derive that (X W1 + b1) W2 + b2 = X W + b with W = W1 W2 and b = b1 W2 + b2; the value is a `Merged`.

    >>> merged = merged_affine().value
    >>> merged.weight.plain(), merged.bias.plain()
    ('W1 @ W2', 'b1 @ W2 + b2')
    """
    X, W1, b1, W2, b2 = matrices(X="N D", W1="D H", b1="1 H", W2="H M", b2="1 M")
    weight, bias = W1 @ W2, b1 @ W2 + b2
    lines = (
        (
            "The matrix product distributes over the sum.",
            X @ W1 @ W2 + stretch(b1, ("N", "H")) @ W2 + b2,
        ),
        (
            "It is associative, too: the two weights can be multiplied first. Every row of the second term is "
            "$b_1 W_2$, so it is a bias like $b_2$.",
            X @ weight + stretch(bias, ("N", "M")),
        ),
        (
            "This is one affine layer. Without an activation in between, depth adds parameters but nothing that one "
            "layer could not do.",
            X @ named("W", weight) + stretch(named("b", bias), ("N", "M")),
        ),
    )
    return derive_equal((X @ W1 + b1) @ W2 + b2, lines, Merged(weight, bias))
