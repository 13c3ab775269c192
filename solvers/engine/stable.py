"""Functions that layers and losses share, computed so that large numbers do no harm."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def sigmoid(X: Array, out: Array | None = None) -> Array:
    """Give 1/(1 + e^-x) without overflow, as (1 + tanh(x/2))/2.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    half = np.tanh(np.multiply(X, 0.5, out=out), out=out)
    return np.multiply(np.add(half, 1, out=out), 0.5, out=out)


def softplus(X: Array) -> Array:
    """Give ln(1 + e^x), which is x for large x.

    >>> float(softplus(np.array(800.0)))
    800.0
    """
    Y: Array = np.logaddexp(X, np.zeros((), np.asarray(X).dtype))
    return Y


def softmax(X: Array, axis: int = -1, out: Array | None = None) -> Array:
    """Give e^x over the sum of e^x along an axis; the largest entry is subtracted first.

    >>> softmax(np.array([0.0, np.log(3.0)]))
    array([0.25, 0.75])
    """
    Y = np.subtract(X, np.maximum.reduce(X, axis=axis, keepdims=True), out=out)
    np.exp(Y, out=Y)
    Y /= np.add.reduce(Y, axis=axis, keepdims=True)
    return Y


def softmax_gradient(Y: Array, dY: Array, axis: int = -1, out: Array | None = None) -> Array:
    """Give the gradient of the logits, Y ⊙ (dY - Σ dY ⊙ Y), where Y is their softmax along an axis.

    >>> softmax_gradient(np.array([0.25, 0.75]), np.array([1.0, 0.0]))
    array([ 0.1875, -0.1875])
    """
    dX = np.multiply(Y, dY, out=out)
    dX -= Y * np.add.reduce(dX, axis=axis, keepdims=True)
    return dX


def log_softmax(X: Array, axis: int = -1, out: Array | None = None) -> Array:
    """Give the logarithm of the softmax: x less the logarithm of the sum of e^x.

    >>> log_softmax(np.array([1000.0, 0.0]))
    array([    0., -1000.])
    """
    Y = np.subtract(X, np.maximum.reduce(X, axis=axis, keepdims=True), out=out)
    Y -= np.log(np.add.reduce(np.exp(Y), axis=axis, keepdims=True))
    return Y
