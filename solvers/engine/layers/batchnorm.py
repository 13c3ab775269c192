"""Batch normalisation: each feature, or each channel of images, is normalised over the batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import Array, Draw, Params, Shape, Specimen, Weight
from solvers.engine.normalise import Axes, Back, Normalisation

RUNNING = ("running_mean", "running_var")


@dataclass(frozen=True)
class Batchnorm(Normalisation):
    """Y = γX̂ + β per feature (N × C) or channel (N × C × …); the population variance normalises.

    In training the statistics are the batch's; with `training = false` the running ones, which each training
    step moves to momentum · old + (1 - momentum) · batch (PyTorch's momentum weights the new value instead).
    With `unbiased` the running variance takes the batch's sum of squares over n - 1, as PyTorch does.
    """

    state = RUNNING
    optional = ("gamma", "beta", *RUNNING)
    sizes = ("channels",)
    momentum: float = 0.9
    unbiased: bool = False
    training: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.momentum <= 1:
            raise ValueError(f"momentum weights the old running value and lies in [0, 1], got {self.momentum}")

    def axes(self, ndim: int) -> Axes:
        return (0, *range(2, ndim))

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input; at test time the running statistics must be there."""
        missing = [name for name in RUNNING if name not in params]
        if missing and not self.training:
            raise ValueError(f"batch norm at test time needs running_mean and running_var; missing: {missing[0]}")
        return super().shapes(params, *inputs)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """Gamma and the running variance one, beta and the running mean zero."""
        running = {"running_mean": np.zeros(sizes["channels"]), "running_var": np.ones(sizes["channels"])}
        return super().draw(sizes, weight) | running

    def normalised(self, params: Params, X: Array) -> tuple[Array, Back]:
        if self.training:
            return super().normalised(params, X)
        mean, variance = (params[name].reshape(-1, *(1,) * (X.ndim - 2)) for name in RUNNING)
        inverse = 1 / np.sqrt(variance + X.dtype.type(self.eps))
        return (X - mean) * inverse, lambda G: G * inverse

    def next_state(self, params: Params, *inputs: Array) -> dict[str, Array]:
        """Give the running statistics after a training step, where there are any."""
        (X,), axes = inputs, self.axes(inputs[0].ndim)
        if not self.training or any(name not in params for name in RUNNING):
            return {}
        batch = {"running_mean": X.mean(axes), "running_var": X.var(axes, ddof=int(self.unbiased))}
        return {name: self.momentum * params[name] + (1 - self.momentum) * batch[name] for name in RUNNING}

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Features and images, in training and at test time, with and without gamma and beta."""
        running = {"running_mean": draw(3), "running_var": draw(3) ** 2}
        for shape in ((4, 3), (2, 3, 2), (2, 3, 2, 2)):
            yield Specimen(cls(), {"gamma": draw(3), "beta": draw(3)}, (draw(*shape),))
            yield Specimen(cls(training=False), {"gamma": draw(3), "beta": draw(3), **running}, (draw(*shape),))
        yield Specimen(cls(eps=0.1), {}, (draw(4, 3),))
