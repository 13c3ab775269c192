"""What the normalisation layers share: x̂ = (x - mean)/√(variance + ε) over some axes, then γx̂ + β."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Gradients,
    Layer,
    Params,
    Shape,
    ShapeError,
    Space,
    Weight,
    expect,
)

Axes = tuple[int, ...]
Back = Callable[[Array], Array]


def normalise(X: Array, axes: Axes, eps: float, centred: bool = True) -> tuple[Array, Back]:
    """Give x̂ with the population variance (or, not centred, the mean square) taken over axes, and the way back.

    The way back turns the gradient of x̂ into that of x: (dx̂ - mean(dx̂) - x̂ · mean(dx̂ ⊙ x̂))/√(variance + ε).

    >>> normalise(np.array([[1.0, 3.0]]), (1,), 0.0)[0]
    array([[-1.,  1.]])
    """
    C = X - X.mean(axes, keepdims=True) if centred else X
    inverse = 1 / np.sqrt(np.square(C).mean(axes, keepdims=True) + X.dtype.type(eps))
    X_hat: Array = C * inverse

    def back(G: Array) -> Array:
        dC = G - X_hat * (G * X_hat).mean(axes, keepdims=True)
        dX: Array = inverse * (dC - G.mean(axes, keepdims=True) if centred else dC)
        return dX

    return X_hat, back


@dataclass(frozen=True)
class Normalisation(Layer):
    """A layer Y = γ ⊙ X̂ + β; without gamma and beta it only normalises.

    - `axes` says over which axes of the `grouped` input the statistics are taken.
    - `features` says along which axes of the input gamma and beta run.
    """

    parameters: ClassVar[tuple[str, ...]] = ("gamma", "beta")
    optional: ClassVar[tuple[str, ...]] = ("gamma", "beta")
    least: ClassVar[int] = 2
    eps: float = 1e-5

    def __post_init__(self) -> None:
        if self.eps < 0:
            raise ValueError(f"eps must not be negative, got {self.eps}")

    def grouped(self, shape: Shape) -> Shape:
        """Give the shape in which the statistics are taken over whole axes; by default the input's."""
        return shape

    def axes(self, ndim: int) -> Axes:
        """Give the axes of the statistics."""
        raise NotImplementedError(self.kind)

    def features(self, ndim: int) -> Axes:
        """Give the axes of gamma and beta; by default the channels, axis 1."""
        return (1,)

    def normalised(self, params: Params, X: Array) -> tuple[Array, Back]:
        """Give X̂ and the way back."""
        grouped = self.grouped(X.shape)
        X_hat, back = normalise(X.reshape(grouped), self.axes(len(grouped)), self.eps)
        return X_hat.reshape(X.shape), lambda G: back(G.reshape(grouped)).reshape(X.shape)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input; gamma and beta have the sizes of the features."""
        (X,) = inputs
        if len(X) < self.least:
            raise ShapeError("X", f"at least {self.least} axes", X)
        for name in params:
            expect(name, params[name], *(X[axis] for axis in self.features(len(X))))
        return (X,)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """Gamma one, beta zero."""
        size = sizes[self.sizes[0]]
        return {name: np.full(size, name == "gamma", float) for name in self.parameters}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dγ and dβ are sums of dY ⊙ X̂ and of dY; the gradient dY ⊙ γ of X̂ goes the way back."""
        (X,) = inputs
        features = self.features(X.ndim)
        shape = tuple(size if axis in features else 1 for axis, size in enumerate(X.shape))
        others = tuple(axis for axis in range(X.ndim) if axis not in features)
        X_hat, back = self.normalised(params, X)
        Y = X_hat * params["gamma"].reshape(shape) if "gamma" in params else X_hat
        if "beta" in params:
            Y = Y + params["beta"].reshape(shape)

        def backward(dY: Array) -> Gradients:
            grads = {}
            for name, summands in (("gamma", dY * X_hat), ("beta", dY)):
                if name in params:
                    grads[name] = np.add.reduce(summands, axis=others, out=space.like(f"d{name}", params[name]))
            return (back(dY * params["gamma"].reshape(shape) if "gamma" in params else dY),), grads

        return (Y,), backward
