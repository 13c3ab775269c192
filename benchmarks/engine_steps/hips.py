"""Training steps with HIPS autograd, written as its users would: plain NumPy, whose gradient is asked for."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as np
from autograd import value_and_grad

from engine_steps.tasks import LEARNING_RATE, Task


def steps(task: Task) -> Callable[[int], float]:
    """Give the function that makes some steps on the same data and returns the loss before the first."""
    weights = {node: dict(params) for node, params in task.weights.items()}
    loss_of = cross_entropy if task.target.dtype.kind == "i" else squared_error
    loss_and_gradient = value_and_grad(lambda w: loss_of(MODELS[task.model](w, task.X), task.target))

    def run(count: int) -> float:
        losses = []
        for _ in range(count):
            loss, gradients = loss_and_gradient(weights)
            losses.append(float(loss))
            for node, params in gradients.items():
                for name, gradient in params.items():
                    weights[node][name] = weights[node][name] - LEARNING_RATE * gradient
        return losses[0]

    return run


def cross_entropy(Z: Any, target: Any) -> Any:
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(target)), target])


def squared_error(P: Any, target: Any) -> Any:
    return np.mean((P - target) ** 2)


def affine(X: Any, params: dict[str, Any]) -> Any:
    return np.dot(X, params["W"]) + params["b"]


def relu(X: Any) -> Any:
    return np.maximum(X, 0)


def mlp(w: dict[str, Any], X: Any) -> Any:
    for n in range(1, len(w)):
        X = relu(affine(X, w[f"affine{n}"]))
    return affine(X, w[f"affine{len(w)}"])


def conv(X: Any, params: dict[str, Any]) -> Any:
    W = params["W"]
    outputs, _, size, _ = W.shape
    height, width = X.shape[2] - size + 1, X.shape[3] - size + 1
    places = [X[:, :, i : i + height, j : j + width] for i in range(size) for j in range(size)]
    columns = np.reshape(np.stack(places, axis=2), (len(X), -1, height * width))
    Y = np.matmul(np.reshape(W, (outputs, -1)), columns)
    return np.reshape(Y, (len(X), outputs, height, width)) + params["b"][:, None, None]


def pool(X: Any) -> Any:
    N, C, H, W = X.shape
    return np.max(np.max(np.reshape(X, (N, C, H // 2, 2, W // 2, 2)), axis=5), axis=3)


def lenet(w: dict[str, Any], X: Any) -> Any:
    X = pool(relu(conv(np.pad(X, ((0, 0), (0, 0), (2, 2), (2, 2))), w["conv2d1"])))
    X = pool(relu(conv(X, w["conv2d2"])))
    return mlp(
        {name: params for name, params in w.items() if name.startswith("affine")}, np.reshape(X, (len(X), -1))
    )


def sigmoid(X: Any) -> Any:
    return 0.5 * (np.tanh(0.5 * X) + 1)


def lstm(w: dict[str, Any], X: Any) -> Any:
    p = w["lstm1"]
    Wx, Wh = (np.concatenate([p[f"W{gate}{end}"] for gate in "fiCo"], axis=1) for end in "xh")
    A = np.dot(X, Wx) + np.concatenate([p[f"b{gate}"] for gate in "fiCo"])
    h = c = np.zeros((len(X), len(Wh)), X.dtype)
    for t in range(X.shape[1]):
        f, i, C, o = np.split(A[:, t] + np.dot(h, Wh), 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(C)
        h = sigmoid(o) * np.tanh(c)
    return affine(h, w["affine1"])


def attention(w: dict[str, Any], X: Any) -> Any:
    p, (B, T, D) = w["attention"], X.shape
    Q, K, V = (np.reshape(np.dot(X, p[f"W{n}"]) + p[f"b{n}"], (B, T, 4, D // 4)) for n in "qkv")
    scores = np.einsum("bqhd,bkhd->bhqk", Q, K) / np.sqrt(D // 4).astype(X.dtype)
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    Y = np.reshape(np.transpose(np.matmul(weights, np.transpose(V, (0, 2, 1, 3))), (0, 2, 1, 3)), (B, T, D))
    return np.dot(Y, p["Wo"]) + p["bo"]


MODELS: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "mlp": mlp,
    "lenet": lenet,
    "lstm": lstm,
    "attention": attention,
}
