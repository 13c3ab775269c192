"""What the recurrent layers share: sequences, start states, and the products of all gates and steps at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

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


class Sent(NamedTuple):
    """What comes back through time, at each gate before its activation (steps, gates, samples, hidden).

    `to_inputs` is the gradient of the inputs' share x W_x + b, `to_states` that of the states' share; `rows` are
    what each gate's `W…h` was multiplied with (steps, samples, hidden); `starts` the start states' gradients.
    """

    to_inputs: Array
    to_states: Array
    rows: Sequence[Array]
    starts: Sequence[Array]


Back = Callable[[Array, Sequence[Array]], Sent]


@dataclass(frozen=True)
class Recurrent(Layer):
    """A layer that reads a sequence step by step, with the same weights at each step.

    - X is (samples, steps, in), or (steps, in) for one sequence; the first output has the hidden state of every
      step, (samples, steps, hidden); the others are the last states, (samples, hidden).
    - Each gate has `W…x` (in × hidden), `W…h` (hidden × hidden) and, if wanted, a bias `b…` (hidden); where the
      share of the state has one of its own, it is `b…h`.
    - The states start at zero, or at further inputs (samples, hidden), or at learnt `starts` (hidden).
    - With `reverse` the sequence is read from its end; outputs stay at the place of their input.
    - A kind computes `unroll`: from the inputs' share of the gates (steps, gates, samples, hidden), which it may
      overwrite, it gives the hidden states (steps + 1, samples, hidden), start first, the last states, and the
      function that takes the gradients of both back through time.
    """

    starts: ClassVar[tuple[str, ...]] = ("h0",)
    gates: ClassVar[tuple[str, ...]] = ("",)
    sizes = ("in", "hidden")
    reverse: bool = False

    def unroll(
        self, A: Array, Wh: Array, starts: Sequence[Array], params: Params, space: Space
    ) -> tuple[Array, Sequence[Array], Back]:
        """Go through the steps; `Wh` are the stacked recurrent weights (gates, hidden, hidden)."""
        raise NotImplementedError(self.kind)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """All hidden states, then the last ones."""
        X, *given = inputs
        if len(X) not in (2, 3) or X[-2] < 1:
            raise ShapeError("X", "(samples, steps, in) or (steps, in)", X)
        hidden = params[f"W{self.gates[0]}h"][0]
        for gate in self.gates:
            expect(f"W{gate}x", params[f"W{gate}x"], X[-1], hidden)
            expect(f"W{gate}h", params[f"W{gate}h"], hidden, hidden)
        for name in self.optional:
            if name in params:
                expect(name, params[name], hidden)
        for name, shape in zip(self.starts, given, strict=False):
            expect(name, shape, *X[:-2], hidden)
        return ((*X[:-1], hidden), *((*X[:-2], hidden),) * len(self.starts))

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """The weights of each gate from the initialiser, biases zero."""
        fan_in, hidden = sizes["in"], sizes["hidden"]
        drawn = {}
        for gate in self.gates:
            drawn[f"W{gate}x"] = weight((fan_in, hidden), fan_in, hidden)
            drawn[f"W{gate}h"] = weight((hidden, hidden), hidden, hidden)
            drawn[f"b{gate}"] = np.zeros(hidden)
        return drawn

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: from the last step to the first; the weights gather their gradients over all steps."""
        X, *given = inputs
        single = X.ndim == 2
        steps = self._steps_first(X, "X", space, ones=1)
        Wx, Wh = self._stacked(params, space)
        T, N, M = *steps.shape[:2], Wh.shape[-1]
        A = np.matmul(steps[:, None], Wx, out=space("A", (T, len(Wx), N, M), X.dtype))
        starts = [_start(place, name, params, given, (N, M), X.dtype) for place, name in enumerate(self.starts)]
        H, last, back = self.unroll(A, Wh, starts, params, space)

        def backward(dY: Array, *dlast: Array) -> Gradients:
            sent = back(self._steps_first(dY, "dY", space), [dstate.reshape(N, M) for dstate in dlast])
            grads = self._weight_gradients(params, steps, sent, space)
            for name, dstart in zip(self.starts[len(given) :], sent.starts[len(given) :], strict=True):
                if name in params:
                    grads[name] = np.add.reduce(dstart, axis=0, out=space.like(f"d{name}", params[name]))
            dgiven = [dstart.reshape(g.shape) for g, dstart in zip(given, sent.starts, strict=False)]
            if space.skip_inputs:
                return (None, *dgiven), grads
            dX = np.matmul(sent.to_inputs, Wx[:, :-1].swapaxes(1, 2)).sum(axis=1)
            return (self._samples_first(dX, single), *dgiven), grads

        return (self._samples_first(H[1:], single), *(state[0] if single else state for state in last)), backward

    def _steps_first(self, X: Array, name: str, space: Space, ones: int = 0) -> Array:
        """Copy a batch with the steps as first axis; a feature that is always one carries the biases."""
        steps = X[:, None] if X.ndim == 2 else X.swapaxes(0, 1)
        copy = space(f"{name} by steps", (*steps.shape[:2], steps.shape[2] + ones), X.dtype)
        copy[..., : steps.shape[2]] = steps[::-1] if self.reverse else steps
        copy[..., steps.shape[2] :] = 1
        return copy

    def _samples_first(self, steps: Array, single: bool) -> Array:
        ordered = steps[::-1] if self.reverse else steps
        return ordered[:, 0] if single else ordered.swapaxes(0, 1)

    def _stacked(self, params: Params, space: Space) -> tuple[Array, Array]:
        """Give the weights of all gates: of the inputs, with the bias as last row, and of the hidden states."""
        fan_in, hidden = params[f"W{self.gates[0]}x"].shape
        dtype = params[f"W{self.gates[0]}x"].dtype
        Wx = space("Wx", (len(self.gates), fan_in + 1, hidden), dtype)
        Wh = space("Wh", (len(self.gates), hidden, hidden), dtype)
        for k, gate in enumerate(self.gates):
            Wx[k, :-1], Wx[k, -1], Wh[k] = params[f"W{gate}x"], params.get(f"b{gate}", 0), params[f"W{gate}h"]
        return Wx, Wh

    def _weight_gradients(self, params: Params, X: Array, sent: Sent, space: Space) -> dict[str, Array]:
        """Give the gradients of the weights and biases, gathered over all steps and samples."""
        grads: dict[str, Array] = {}
        to_inputs = _by_gate(sent.to_inputs)
        to_states = to_inputs if sent.to_states is sent.to_inputs else _by_gate(sent.to_states)
        dWx = np.matmul(X.reshape(to_inputs.shape[1], -1).T, to_inputs)
        for k, gate in enumerate(self.gates):
            dWh = np.matmul(sent.rows[k].reshape(to_states.shape[1], -1).T, to_states[k])
            found = {f"W{gate}x": dWx[k, :-1], f"b{gate}": dWx[k, -1], f"W{gate}h": dWh}
            if f"b{gate}h" in params:
                found[f"b{gate}h"] = to_states[k].sum(axis=0)
            for name, gradient in found.items():
                if name in params:
                    grads[name] = space.like(f"d{name}", params[name])
                    np.copyto(grads[name], gradient)
        return grads


def gate_names(gates: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the weights of gates.

    >>> gate_names(["f", "i"])
    ('Wfx', 'Wfh', 'Wix', 'Wih')
    """
    return tuple(f"W{gate}{end}" for gate in gates for end in "xh")


def _start(place: int, name: str, params: Params, given: Sequence[Array], size: Shape, dtype: DTypeLike) -> Array:
    if place < len(given):
        return given[place].reshape(size)
    return np.broadcast_to(params.get(name, np.zeros((), dtype)), size)


def _by_gate(dA: Array) -> Array:
    steps, gates, samples, hidden = dA.shape
    return np.ascontiguousarray(dA.swapaxes(0, 1)).reshape(gates, steps * samples, hidden)
