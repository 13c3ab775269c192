"""Affine (fully connected, dense, linear) layer."""

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


def affine(X: Array, W: Array, b: Array | None = None, out: Array | None = None) -> Array:
    """Give X W + b: X is (…, in), W is (in, out), b is (out,).

    >>> affine(np.array([[1, 2]]), np.array([[0.5], [0.25]]), np.array([3.0]))
    array([[4.]])
    """
    Y: Array = np.dot(X, W, out=out)
    return Y if b is None else np.add(Y, b, out=out)


@dataclass(frozen=True)
class Affine(Layer):
    """Y = X W + b, each row of X by itself."""

    parameters = ("W", "b")
    optional = ("b",)
    sizes = ("in", "out")
    reads_output = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """X is (…, in) and W (in, out), so Y is (…, out)."""
        (X,), W = inputs, params["W"]
        expect("W", W, "in", "out")
        expect("X", X, *X[:-1], W[0])
        if "b" in params:
            expect("b", params["b"], W[1])
        return ((*X[:-1], W[1]),)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """W from the initialiser, b zero."""
        fan_in, fan_out = sizes["in"], sizes["out"]
        return {"W": weight((fan_in, fan_out), fan_in, fan_out), "b": np.zeros(fan_out)}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY Wᵀ, dW = Xᵀ dY, db = the column sums of dY."""
        (X,), W, b = inputs, params["W"], params.get("b")
        rows = X.reshape(-1, W.shape[0])
        Y = affine(rows, W, b, out=space("Y", (len(rows), W.shape[1]), X.dtype))

        def backward(dY: Array) -> Gradients:
            upstream = dY.reshape(Y.shape)
            grads = {"W": np.dot(rows.T, upstream, out=space.like("dW", W))}
            if b is not None:
                grads["b"] = np.add.reduce(upstream, axis=0, out=space.like("db", b))
            if space.skip_inputs:
                return (None,), grads
            return (np.dot(upstream, W.T, out=space.like("dX", rows)).reshape(X.shape),), grads

        return (Y.reshape(*X.shape[:-1], W.shape[1]),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One row, several rows, more axes, no bias."""
        for rows in ((1,), (4,), (2, 3), ()):
            yield Specimen(cls(), {"W": draw(3, 2), "b": draw(2)}, (draw(*rows, 3),))
        yield Specimen(cls(), {"W": draw(3, 2)}, (draw(5, 3),))
