"""Equal matrix expressions, line by line; a line that does not follow cannot be built."""

from collections.abc import Iterable
from itertools import count
from typing import Any

import numpy as np

from solvers.symbolic.matrix.expression import Expression, Symbol, forward_order
from solvers.worked import Step, Worked, worked

Line = tuple[str, Expression]


def derive_equal(subject: Expression, lines: Iterable[Line], value: Any) -> Worked:
    """Rewrite a matrix expression one line at a time; raises ValueError naming a line that does not follow."""
    steps = []
    for number, (reason, after) in enumerate(lines, 1):
        if not same(subject, after):
            raise ValueError(f"line {number} does not follow: {subject.plain()} is not {after.plain()}")
        steps.append(Step(reason, f"{subject.latex()} = {after.latex()}"))
        subject = after
    return worked(value, steps)


def same(left: Expression, right: Expression) -> bool:
    """Whether two expressions agree on random arrays whose sizes all differ.

    >>> from solvers.symbolic.matrix.expression import matrices
    >>> A, B = matrices(A="N D", B="D M")
    >>> same((A @ B).T, B.T @ A.T)
    True
    """
    if left.shape != right.shape:
        return False
    symbols = {
        node.name: node for whole in (left, right) for node in forward_order(whole) if isinstance(node, Symbol)
    }
    numbers, draw = count(2), np.random.default_rng(0)
    sizes = {size: next(numbers) for node in symbols.values() for size in node.shape if isinstance(size, str)}
    arrays = {
        name: draw.uniform(0.2, 2, [size if isinstance(size, int) else sizes[size] for size in node.shape])
        for name, node in symbols.items()
    }
    return bool(np.allclose(left.evaluate(arrays), right.evaluate(arrays), rtol=1e-9, atol=1e-12))
