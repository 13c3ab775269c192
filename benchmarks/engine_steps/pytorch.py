"""Training steps with PyTorch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from engine_steps.tasks import LEARNING_RATE, Task


def steps(task: Task) -> Callable[[int], float]:
    """Give the function that makes some steps on the same data and returns the loss before the first."""
    torch.set_num_threads(1)
    model = MODELS[task.model](task)
    X, target = torch.tensor(task.X), torch.tensor(task.target)
    loss_of = nn.CrossEntropyLoss() if task.target.dtype.kind == "i" else nn.MSELoss()
    sgd = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)

    def run(count: int) -> float:
        losses = []
        for _ in range(count):
            sgd.zero_grad()
            loss = loss_of(model(X), target)
            loss.backward()
            sgd.step()
            losses.append(loss.item())
        return losses[0]

    return run


def filled(module: Any, **values: Any) -> Any:
    with torch.no_grad():
        for name, value in values.items():
            getattr(module, name).copy_(torch.tensor(value))
    return module


def linear(params: dict[str, Any]) -> Any:
    return filled(nn.Linear(*params["W"].shape), weight=params["W"].T, bias=params["b"])


def mlp(task: Task) -> Any:
    layers = [module for params in task.weights.values() for module in (linear(params), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def lenet(task: Task) -> Any:
    w = task.weights
    first = filled(nn.Conv2d(1, 6, 5, padding=2), weight=w["conv2d1"]["W"], bias=w["conv2d1"]["b"])
    second = filled(nn.Conv2d(6, 16, 5), weight=w["conv2d2"]["W"], bias=w["conv2d2"]["b"])
    dense = [module for n in (1, 2, 3) for module in (linear(w[f"affine{n}"]), nn.ReLU())]
    convolutions = (first, nn.ReLU(), nn.MaxPool2d(2), second, nn.ReLU(), nn.MaxPool2d(2))
    return nn.Sequential(*convolutions, nn.Flatten(), *dense[:-1])


class LastOfLstm(nn.Module):
    def __init__(self, task: Task) -> None:
        super().__init__()
        w = task.weights["lstm1"]
        size = len(w["Wfx"])
        stacked = {
            f"weight_{ours}h_l0": np.concatenate([w[f"W{gate}{end}"] for gate in "ifCo"], 1).T
            for ours, end in (("i", "x"), ("h", "h"))
        }
        zeros = {"bias_ih_l0": np.zeros(4 * size), "bias_hh_l0": np.zeros(4 * size)}
        self.lstm = filled(nn.LSTM(size, size, batch_first=True), **stacked, **zeros)
        self.linear = linear(task.weights["affine1"])

    def forward(self, X: Any) -> Any:
        return self.linear(self.lstm(X)[0][:, -1])


class SelfAttention(nn.Module):
    def __init__(self, task: Task) -> None:
        super().__init__()
        w = task.weights["attention"]
        together = np.concatenate([w["Wq"], w["Wk"], w["Wv"]], 1).T
        self.inner = filled(nn.MultiheadAttention(len(w["Wq"]), 4, batch_first=True), in_proj_weight=together)
        filled(self.inner.out_proj, weight=w["Wo"].T)

    def forward(self, X: Any) -> Any:
        return self.inner(X, X, X, need_weights=False)[0]


MODELS: dict[str, Callable[[Task], Any]] = {
    "mlp": mlp,
    "lenet": lenet,
    "lstm": LastOfLstm,
    "attention": SelfAttention,
}
