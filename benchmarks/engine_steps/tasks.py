"""The networks that are timed, with their weights and data, the same for every contender."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

LEARNING_RATE = 0.01


@dataclass(frozen=True)
class Task:
    """A network by name, its weights under our names, its data, and the products its step cannot avoid.

    A product (A, B, twice) is that of arrays of shapes A and B in the forward pass; backward, dB = Aᵀ dY always
    follows, and dA = dY Bᵀ unless A is the input. It happens `times` over.
    """

    name: str
    model: str
    weights: dict[str, dict[str, Any]]
    X: Any
    target: Any
    products: Sequence["Product"]
    at_most: dict[str, float]  # the ratios aimed at: our time over theirs


@dataclass(frozen=True)
class Product:
    """A matrix product of the forward pass; `inner` says that the gradient of A is needed, too."""

    A: tuple[int, ...]
    B: tuple[int, ...]
    inner: bool = True
    times: int = 1


def mlp(name: str, sizes: Sequence[int], batch: int, at_most: dict[str, float]) -> Task:
    """Affine layers with ReLU between them; cross-entropy, or the mean squared error for one output."""
    rng = np.random.default_rng(1)
    pairs = list(pairwise(sizes))
    weights = {f"affine{n}": dense(rng, *pair) for n, pair in enumerate(pairs, 1)}
    X = single(rng.normal(size=(batch, sizes[0])))
    target = rng.integers(0, sizes[-1], size=batch) if sizes[-1] > 1 else single(rng.normal(size=(batch, 1)))
    products = [Product((batch, m), (m, n), inner=index > 0) for index, (m, n) in enumerate(pairs)]
    return Task(name, "mlp", weights, X, target, products, at_most)


def lenet(batch: int) -> Task:
    """LeNet-5 with ReLU and maximum pooling on 28 × 28 images."""
    rng = np.random.default_rng(2)
    weights = {"conv2d1": kernels(rng, 6, 1, 5), "conv2d2": kernels(rng, 16, 6, 5)}
    weights |= {"affine1": dense(rng, 400, 120), "affine2": dense(rng, 120, 84), "affine3": dense(rng, 84, 10)}
    X, target = single(rng.normal(size=(batch, 1, 28, 28))), rng.integers(0, 10, size=batch)
    products = [
        Product((batch, 6, 25), (batch, 25, 784), inner=True),
        Product((batch, 16, 150), (batch, 150, 100)),
    ]
    products += [Product((batch, m), (m, n)) for m, n in ((400, 120), (120, 84), (84, 10))]
    return Task(f"LeNet-5, batch {batch}", "lenet", weights, X, target, products, {"pytorch": 1.5})


def lstm(steps: int, hidden: int, batch: int) -> Task:
    """An LSTM whose last state is classified."""
    rng = np.random.default_rng(3)
    gates = {
        f"W{gate}{end}": single(rng.normal(size=(hidden, hidden)) / hidden**0.5) for gate in "fiCo" for end in "xh"
    }
    biases = {f"b{gate}": single(np.zeros(hidden)) for gate in "fiCo"}
    weights = {"lstm1": gates | biases, "affine1": dense(rng, hidden, 10)}
    X, target = single(rng.normal(size=(batch, steps, hidden))), rng.integers(0, 10, size=batch)
    products = [
        Product((batch * steps, hidden), (hidden, 4 * hidden), inner=False),
        Product((batch, hidden), (hidden, 4 * hidden), times=steps),
        Product((batch, hidden), (hidden, 10)),
    ]
    name = f"LSTM, T = {steps}, H = {hidden}, batch {batch}"
    return Task(name, "lstm", weights, X, target, products, {"pytorch": 1.0})


def attention(batch: int, tokens: int, dim: int, heads: int) -> Task:
    """Multi-head self-attention; the target is a sequence of vectors."""
    rng = np.random.default_rng(4)
    names = ("Wq", "Wk", "Wv", "Wo")
    params = {name: single(rng.normal(size=(dim, dim)) / dim**0.5) for name in names}
    params |= {name.replace("W", "b"): single(np.zeros(dim)) for name in names}
    X, target = (single(rng.normal(size=(batch, tokens, dim))) for _ in range(2))
    inside = (batch, heads, tokens, dim // heads)
    products = [
        Product((batch * tokens, dim), (dim, 3 * dim), inner=False),
        Product(inside, (batch, heads, dim // heads, tokens)),
        Product((batch, heads, tokens, tokens), inside),
        Product((batch * tokens, dim), (dim, dim)),
    ]
    name = f"attention, B = {batch}, T = {tokens}, D = {dim}, {heads} heads"
    return Task(name, "attention", {"attention": params}, X, target, products, {"pytorch": 1.0})


def all_tasks() -> list[Task]:
    """Give every network of the table."""
    sizes = (784, 256, 128, 10)
    return [
        mlp("MLP 2-3-1, batch 1", (2, 3, 1), 1, {"pytorch": 1 / 3}),
        mlp("MLP 4-5-3, batch 1", (4, 5, 3), 1, {"pytorch": 1 / 3}),
        mlp("MLP 784-256-128-10, batch 64", sizes, 64, {"pytorch": 1.0, "products": 1.3}),
        mlp("MLP 784-256-128-10, batch 512", sizes, 512, {"pytorch": 1.0, "products": 1.15}),
        lstm(16, 64, 32),
        attention(8, 64, 64, 4),
        lenet(32),
    ]


def single(array: Any) -> Any:
    return np.asarray(array, np.float32)


def dense(rng: np.random.Generator, inputs: int, outputs: int) -> dict[str, Any]:
    return {"W": single(rng.normal(size=(inputs, outputs)) / inputs**0.5), "b": single(np.zeros(outputs))}


def kernels(rng: np.random.Generator, outputs: int, inputs: int, size: int) -> dict[str, Any]:
    W = rng.normal(size=(outputs, inputs, size, size)) / (inputs * size**2) ** 0.5
    return {"W": single(W), "b": single(np.zeros(outputs))}
