"""Training at speed: all parameters in one vector, all gradients in another, and arrays that are made once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from solvers.engine.graph import LayerNode
from solvers.engine.layer import Array, Space
from solvers.engine.loss import Loss
from solvers.engine.network import Network, Weights, shapes_of
from solvers.engine.optimiser import Optimiser
from solvers.engine.running import kept_run_of


@dataclass(frozen=True)
class Packed:
    """Arrays by node and name that are parts of one vector: to change one is to change the other."""

    vector: Array
    parts: Mapping[str, Mapping[str, Array]]


def pack(arrays: Weights, dtype: DTypeLike) -> Packed:
    """Copy arrays into one vector.

    >>> packed = pack({"affine1": {"W": np.eye(2), "b": np.ones(2)}}, float)
    >>> packed.vector[:] = 3 * packed.vector
    >>> packed.parts["affine1"]["b"]
    array([3., 3.])
    """
    vector = np.empty(sum(array.size for params in arrays.values() for array in params.values()), dtype)
    parts: dict[str, dict[str, Array]] = {node: {} for node in arrays}
    start = 0
    for node, params in arrays.items():
        for name, array in params.items():
            part = parts[node][name] = vector[start : start + array.size].reshape(array.shape)
            np.copyto(part, array)
            start += array.size
    return Packed(vector, parts)


class Trainer:
    """Trains a network step by step, in place.

    - The given weights are copied; the trained ones are `weights`.
    - The optimiser treats all parameters as one vector.
    - Inputs of other shapes may come at any step; the arrays are then made anew.
    """

    def __init__(
        self, network: Network, weights: Weights, loss: Loss, optimiser: Optimiser, dtype: DTypeLike = np.float64
    ) -> None:
        self.network, self.loss, self.optimiser = network, loss, optimiser
        learnt = network.learnt(weights)
        self._theta, self._gradient = pack(learnt, dtype), pack(learnt, dtype)
        self.weights = {
            node: {name: self._theta.parts[node].get(name, array.astype(dtype)) for name, array in params.items()}
            for node, params in weights.items()
        }
        self._optimiser_state, self._rate = optimiser.start(self._theta.vector), optimiser.only_rate()
        self._scale = 1.0 if self._rate is None else self._rate  # then the gradient is already the move
        self._update_space = Space()
        self._update_space.arrays["theta"] = self._theta.vector
        self._owners = {node.name: network.owner(node) for node in network.nodes}
        self._stateful = [node for node in network.nodes if node.layer.state]
        self._layout: list[Any] = []
        self._target: Array | None = None

    def step(self, target: ArrayLike | None, **inputs: Array) -> float:
        """Make one training step and give the loss before it; inputs are named as in the network."""
        return self.train(1, target, **inputs)[0]

    def train(self, steps: int, target: ArrayLike | None, **inputs: Array) -> list[float]:
        """Make steps on the same data and give the loss before each; the target is read only once."""
        self._lay_out(inputs)
        self._target = None
        return [self._step(target, inputs) for _ in range(steps)]

    def _lay_out(self, inputs: Mapping[str, Array]) -> None:
        layout: list[Any] = [(name, X.shape, X.dtype) for name, X in inputs.items()]
        if layout == self._layout:
            return
        wrong = [name for name, X in inputs.items() if X.dtype.kind == "f" and X.dtype != self._theta.vector.dtype]
        if wrong:
            kinds = (
                f"{wrong[0]} is {inputs[wrong[0]].dtype}, but the trainer computes in {self._theta.vector.dtype}"
            )
            raise TypeError(f"{kinds}; convert it once, before training")
        self.network.shapes(shapes_of(self.weights), {name: X.shape for name, X in inputs.items()})
        spaces = {node.name: Space() for node in self.network.nodes}
        for node, gradients in self._gradient.parts.items():
            spaces[node].arrays.update({f"d{name}": gradient for name, gradient in gradients.items()})
        self._run, self._loss_space = kept_run_of(self.network, self.weights, spaces), Space()
        self._layout = layout

    def _step(self, target: ArrayLike | None, inputs: Mapping[str, Array]) -> float:
        theta, state = self._theta.vector, self._optimiser_state
        point = self.optimiser.gradient_at(theta, state)
        differentiate = self._differentiate if point is theta else partial(self._differentiate_ahead, point)
        loss = differentiate(target, inputs)
        if self._rate is None:
            new, self._optimiser_state = self.optimiser.step(
                theta, self._gradient.vector, state, self._update_space
            )
            if new is not theta:
                np.copyto(theta, new)
        else:
            theta -= self._gradient.vector
        for node in self._stateful:
            self._renew_state(node)
        return loss

    def _differentiate_ahead(self, point: Array, target: ArrayLike | None, inputs: Mapping[str, Array]) -> float:
        """Compute loss and gradient where the optimiser wants them, ahead of the parameters."""
        here = self._theta.vector.copy()
        np.copyto(self._theta.vector, point)
        loss = self._differentiate(target, inputs)
        np.copyto(self._theta.vector, here)
        return loss

    def _differentiate(self, target: ArrayLike | None, inputs: Mapping[str, Array]) -> float:
        run, outputs = self._run, self.network.outputs
        run.forward(inputs)
        predictions = [run.values[output] for output in outputs]
        if self._target is None:
            self._target = self.loss.prepare(target, *predictions)
        loss, backward = self.loss.forward(self._target, *predictions, scale=self._scale, space=self._loss_space)
        run.backward(dict(zip(outputs, backward(), strict=True)))
        self._collect()
        return loss

    def _collect(self) -> None:
        """Bring the gradients together in the vector; most layers have put them there themselves."""
        found = self._run.weight_gradients(self._owners)
        for node, places in self._gradient.parts.items():
            gradients = found[node]
            for name, place in places.items():
                gradient = gradients.get(name)
                if gradient is None:
                    place.fill(0)
                elif gradient is not place:
                    np.copyto(place, gradient)

    def _renew_state(self, node: LayerNode) -> None:
        params = self.weights[self.network.owner(node)]
        for name, array in node.layer.next_state(params, *(self._run.values[s] for s in node.sources)).items():
            np.copyto(params[name], array)
