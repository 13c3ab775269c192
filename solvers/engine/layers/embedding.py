"""Embedding: a table of vectors, looked up by token number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    Space,
    Specimen,
    Weight,
    expect,
)


@dataclass(frozen=True)
class Embedding(Layer):
    """Y = the rows of W that the token numbers X name; W is vocabulary × dim, X holds whole numbers from 0."""

    parameters = ("W",)
    sizes = ("vocabulary", "dim")
    reads_integers = True

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """One more axis than the tokens: the vector."""
        expect("W", params["W"], "vocabulary", "dim")
        return ((*inputs[0], params["W"][1]),)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """A random vector for each token, with a variance of 1/dim under Xavier's initialiser."""
        vocabulary, dim = sizes["vocabulary"], sizes["dim"]
        return {"W": weight((vocabulary, dim), dim, vocabulary)}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every row of dW gathers the gradients of the places where its token stands."""
        W, X = params["W"], _tokens(inputs[0], len(params["W"]))
        Y = np.take(W, X, axis=0, out=space("Y", (*X.shape, W.shape[1]), W.dtype), mode="clip")

        def backward(dY: Array) -> Gradients:
            dW = space.zeros("dW", W.shape, W.dtype)
            np.add.at(dW, X, dY)
            return (None,), {"W": dW}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A sentence with a repeated token, and a batch of two."""
        yield Specimen(cls(), {"W": draw(5, 3)}, (np.array([4, 0, 4]),))
        yield Specimen(cls(), {"W": draw(5, 3)}, (np.array([[1, 2], [2, 3]]),))


def _tokens(X: Array, vocabulary: int) -> Array:
    if not np.issubdtype(X.dtype, np.integer):
        raise ValueError(f"an embedding looks up whole token numbers, got numbers of type {X.dtype}")
    if X.size and not 0 <= X.min() <= X.max() < vocabulary:
        raise ValueError(f"token numbers must lie from 0 to {vocabulary - 1}, got {X.min()} to {X.max()}")
    return X
