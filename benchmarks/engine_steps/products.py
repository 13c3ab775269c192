"""The matrix products that no implementation of a training step can avoid, and nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine_steps.tasks import Product, Task

Triple = tuple[Any, Any, Any]


def steps(task: Task) -> Callable[[int], None]:
    """Give the function that computes them for some steps, each from its own arrays into its own."""
    forward, backward = [], []
    for product in task.products:
        for _ in range(product.times):
            ahead, *back = triples(product)
            forward.append(ahead)
            backward = [*back, *backward]
    work = [*forward, *backward]

    def run(count: int) -> None:
        for _ in range(count):
            for A, B, out in work:
                np.matmul(A, B, out=out)

    return run


def triples(product: Product) -> Iterator[Triple]:
    """Give Y = A B, then dB = Aᵀ dY, then dA = dY Bᵀ where it is needed."""
    rng = np.random.default_rng(0)
    A, B = (rng.normal(size=shape).astype(np.float32) for shape in (product.A, product.B))
    Y, dY = A @ B, A @ B
    yield A, B, Y
    yield A.swapaxes(-1, -2), dY, np.empty_like(B)
    if product.inner:
        yield dY, B.swapaxes(-1, -2), np.empty_like(A)
