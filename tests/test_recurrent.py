"""Recurrent layers: a published LSTM, the notes' BPTT, and cells written out a second time step by step."""

import math
from typing import Any

import numpy as np
import pytest
from published import published

from solvers.engine.layer import ShapeError, Space
from solvers.engine.layers.gru import Gru
from solvers.engine.layers.last_step import LastStep
from solvers.engine.layers.lstm import Lstm
from solvers.engine.layers.rnn import Rnn
from solvers.engine.recurrent import Recurrent

LAYERS = [Rnn(), Lstm(), Gru(), Gru(reset="after", z_keeps="new")]


def near(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12)


def drawn(layer: Recurrent, fan_in: int = 3, hidden: int = 2) -> dict[str, Any]:
    rng = np.random.default_rng(5)
    params = layer.draw({"in": fan_in, "hidden": hidden}, lambda shape, *_: rng.normal(size=shape))
    return {name: rng.normal(size=array.shape) for name, array in params.items()}


def sigma(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_a_published_lstm_comes_out_forward_backward_and_updated() -> None:
    """Two inputs, one unit, two steps; the loss is the half squared error of both outputs."""
    given, expected = published("gomez_lstm")
    params = {}
    for gate, W, U, b in zip("Cifo", given["W_rows_a_i_f_o"], given["U"], given["b"], strict=True):
        params |= {f"W{gate}x": np.array(W)[:, None], f"W{gate}h": np.array([[U]]), f"b{gate}": np.array([b])}
    (Y, h, c), back = Lstm()(params, np.array(given["x"]))
    near(Y[:, 0], [expected["out_0"], expected["out_1"]])
    near((h[0], c[0]), (expected["out_1"], expected["state_1"]))

    _, grads = back(Y - np.array(given["target"])[:, None], np.zeros(1), np.zeros(1))
    for k, gate in enumerate("Cifo"):
        near(grads[f"W{gate}x"][:, 0], expected["dW"][k])
        near(grads[f"W{gate}h"], expected["dU"][k])
        near(grads[f"b{gate}"], expected["db"][k])
        near(params[f"W{gate}x"][:, 0] - given["lr"] * grads[f"W{gate}x"][:, 0], expected["new_W"][k])


def test_bptt_of_a_linear_rnn_is_the_sum_over_paths() -> None:
    """h₁ = x₁w + h₀u, h₂ = x₂w + h₁u: ∂h₂/∂u = h₁ + u·h₀ and ∂h₂/∂w = x₂ + u·x₁."""
    x1, x2, w, u, h0 = 2.0, -1.0, 0.5, 3.0, 0.25
    params = {"Wx": np.array([[w]]), "Wh": np.array([[u]]), "h0": np.array([h0])}
    (Y, last), back = Rnn(activation="identity")(params, np.array([[x1], [x2]]))
    (dX,), grads = back(np.zeros((2, 1)), np.ones(1))
    h1 = x1 * w + h0 * u

    near(Y[:, 0], [h1, x2 * w + h1 * u])
    near(last, [x2 * w + h1 * u])
    near((grads["Wh"].item(), grads["Wx"].item(), grads["h0"].item()), (h1 + u * h0, x2 + u * x1, u * u))
    near(dX[:, 0], [u * w, w])


@pytest.mark.parametrize("reset", ["before", "after"])
@pytest.mark.parametrize("z_keeps", ["old", "new"])
def test_a_scalar_gru_follows_its_equations(reset: str, z_keeps: str) -> None:
    layer = Gru(reset=reset, z_keeps=z_keeps)
    params = drawn(layer, 1, 1)
    p = {name: array.item() for name, array in params.items()}
    h, states = 0.0, []
    for x in (0.7, -1.2, 0.4):
        r = sigma(x * p["Wrx"] + h * p["Wrh"] + p["br"])
        z = sigma(x * p["Wzx"] + h * p["Wzh"] + p["bz"])
        product = r * (h * p["Wnh"])
        n = math.tanh(x * p["Wnx"] + p["bn"] + product)
        h = z * h + (1 - z) * n if z_keeps == "old" else (1 - z) * h + z * n
        states.append(h)

    near(layer(params, np.array([[0.7], [-1.2], [0.4]]))[0][0][:, 0], states)


def test_the_reset_gates_two_places_differ_for_more_than_one_unit() -> None:
    params, X = drawn(Gru()), np.random.default_rng(0).normal(size=(4, 3))
    before, after = (Gru(reset=place)(params, X)[0][0] for place in ("before", "after"))

    assert np.abs(before - after).max() > 1e-3


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_one_sequence_is_a_batch_of_one(layer: Recurrent) -> None:
    params, X = drawn(layer), np.random.default_rng(1).normal(size=(4, 3))
    single, batch = layer(params, X)[0], layer(params, X[None])[0]

    for alone, one in zip(single, batch, strict=True):
        near(alone, one[0])


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_reading_backwards_is_reading_the_mirrored_sequence(layer: Recurrent) -> None:
    params, X = drawn(layer), np.random.default_rng(2).normal(size=(2, 4, 3))
    backwards = type(layer)(**{**layer.__dict__, "reverse": True})
    mine, mirrored = backwards(params, X)[0], layer(params, X[:, ::-1])[0]

    near(mine[0], mirrored[0][:, ::-1])
    for last, other in zip(mine[1:], mirrored[1:], strict=True):
        near(last, other)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_a_sequence_may_be_read_in_two_parts(layer: Recurrent) -> None:
    """The last states of the first part are the start states of the second."""
    params, X = drawn(layer), np.random.default_rng(3).normal(size=(2, 5, 3))
    whole = layer(params, X)[0]
    first, *states = layer(params, X[:, :2])[0]
    second = layer(params, X[:, 2:], *states)[0]

    near(np.concatenate([first, second[0]], axis=1), whole[0])
    near(second[1], whole[1])


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_first_states_decide_as_much_as_is_learnt_or_given(layer: Recurrent) -> None:
    params, X = drawn(layer), np.random.default_rng(4).normal(size=(2, 3, 3))
    start = {name: np.random.default_rng(6).normal(size=2) for name in layer.starts}
    given = [np.tile(state, (2, 1)) for state in start.values()]

    near(layer({**params, **start}, X)[0][0], layer(params, X, *given)[0][0])
    assert np.abs(layer(params, X, *given)[0][0] - layer(params, X)[0][0]).max() > 1e-3


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_gradients_of_inputs_are_left_out_where_nobody_wants_them(layer: Recurrent) -> None:
    params, X = drawn(layer), np.random.default_rng(7).normal(size=(2, 3, 3))
    (Y, *last), back = layer.forward(params, X, space=Space(skip_inputs=True))
    dinputs, grads = back(np.ones_like(Y), *map(np.zeros_like, last))

    assert dinputs == (None,)
    assert set(grads) == set(params)


def test_an_lstm_with_its_forget_gate_open_keeps_its_cell() -> None:
    params = {name: np.zeros_like(array) for name, array in drawn(Lstm()).items()}
    params |= {"bf": np.full(2, 50.0), "bi": np.full(2, -50.0)}
    cell = np.array([[0.3, -0.8]])
    (_, _, last), back = Lstm()(params, np.ones((1, 6, 3)), np.zeros((1, 2)), cell)
    (_, _, dcell), _ = back(np.zeros((1, 6, 2)), np.zeros((1, 2)), np.ones((1, 2)))

    near(last, cell)
    near(dcell, np.ones((1, 2)))


def test_the_last_step_alone_gets_a_gradient() -> None:
    (Y,), back = LastStep()({}, np.arange(12.0).reshape(2, 3, 2))

    assert Y.tolist() == [[4, 5], [10, 11]]
    assert back(np.ones((2, 2)))[0][0].sum(axis=2).tolist() == [[0, 0, 2], [0, 0, 2]]


def test_senseless_settings_and_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="must be one of tanh, relu, sigmoid, identity, got 'gelu'"):
        Rnn(activation="gelu")
    with pytest.raises(ValueError, match="'before' or 'after' the product, got 'within'"):
        Gru(reset="within")
    with pytest.raises(ValueError, match="keeps the 'old' or the 'new' state"):
        Gru(z_keeps="both")
    params = drawn(Gru())
    with pytest.raises(ShapeError, match="bnh, which only a GRU with reset = 'after' has"):
        Gru()({**params, "bnh": np.zeros(2)}, np.zeros((2, 3)))
    with pytest.raises(ShapeError, match=r"Wrx: expected shape \(5, 2\), got \(3, 2\)"):
        Gru()(params, np.zeros((2, 5)))
    with pytest.raises(ShapeError, match=r"X: expected shape \(samples, steps, in\)"):
        Gru()(params, np.zeros(3))
    with pytest.raises(ShapeError, match=r"h0: expected shape \(4, 2\), got \(1, 2\)"):
        Gru()(params, np.zeros((4, 2, 3)), np.zeros((1, 2)))
