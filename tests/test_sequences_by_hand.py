"""Recurrent cells, attention and positional encodings by hand agree with PyTorch's cases and finite differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.attention import (
    attention,
    causal_counts,
    causal_mask,
    length_costs,
    query_weights_steps,
    sublayer_steps,
)
from solvers.gated import gate_input, gru, lstm, lstm_gradients
from solvers.gradient_chains import (
    cell_state_factor,
    equal_weights_gradient,
    largest_factor,
    recurrent_factor,
    residual_block,
    residual_gradient,
)
from solvers.positional_encoding import encoding_table, shift_matrix
from solvers.recurrent import bptt, rnn
from solvers.softmax import softmax

NUMBERS = st.floats(-1.5, 1.5)
SCALAR_RNN = [case for case in pytorch("rnn", "I1H1") if case["config"]["batch"] == 1]
SCALAR_GRU = pytorch("gru", "I1H1")


@pytest.mark.parametrize("case", SCALAR_RNN, ids=lambda case: case["id"])
def test_a_scalar_rnn_and_its_gradients_are_those_of_pytorch(case):
    given = {name: np.ravel(values) for name, values in case["inputs"].items()}
    w_x, w_h = given["weight_ih_l0"][0], given["weight_hh_l0"][0]
    b = given["bias_ih_l0"][0] + given["bias_hh_l0"][0]
    states = rnn(given["x"], w_x, w_h, b, given["h0"][0])

    assert [states[f"h{t}"] for t in (1, 2)] == pytest.approx(np.ravel(case["outputs"]["y"]).tolist())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(NUMBERS, min_size=1, max_size=4),
    st.lists(NUMBERS, min_size=6, max_size=6),
    st.sampled_from(["tanh", "identity", "sigmoid"]),
)
def test_every_gradient_through_time_is_that_of_finite_differences(x, weights, activation):
    names = ("w_x", "w_h", "b", "h0", "w_o", "b_o")
    values = dict(zip(names, weights, strict=True))
    found = bptt(x, **values, activation=activation)

    for name in names:
        up, down = (
            rnn(x, **{**values, name: values[name] + e}, activation=activation)["o"] for e in (1e-6, -1e-6)
        )
        assert found[f"d{name}"] == pytest.approx((up - down) / 2e-6, abs=1e-6)


def test_the_example_of_the_course_uses_the_output_weight():
    assert bptt([1, 1], 2, 0.5, 0, 1, "identity", w_o=3)["dw_h"] == 9


def test_published_states_come_out():
    given, expected = published("deepml_54")

    assert rnn(given["x"], given["Wx"], given["Wh"])["h3"] == pytest.approx(expected["h_test"])


def gomez():
    given, expected = published("gomez_lstm")
    h, c, found = 0.0, 0.0, []
    for x in given["x"]:
        z = [w @ np.array(x) + gate_input(0, h, 0, u, b)
             for w, u, b in zip(np.array(given["W_rows_a_i_f_o"]), given["U"], given["b"], strict=True)]  # fmt: skip
        found.append((lstm(z[2], z[1], z[0], z[3], c), z, c))
        h, c = found[-1][0]["h"], found[-1][0]["c"]
    return given, expected, found


def test_the_published_lstm_runs_forwards():
    _, expected, found = gomez()

    for t, (values, _, _) in enumerate(found):
        names = {"a": "g", "i": "i", "f": "f", "o": "o", "state_": "c", "out_": "h"}
        assert {f"{name}{t}": values[ours] for name, ours in names.items()} == pytest.approx(
            {f"{name}{t}": expected[f"{name}{t}"] for name in names}
        )


def test_the_published_lstm_runs_backwards():
    given, expected, found = gomez()
    dh_next, dc = 0.0, 0.0
    for t in (1, 0):
        values, z, c = found[t]
        slopes = lstm_gradients(z[2], z[1], z[0], z[3], c, values["h"] - given["target"][t] + dh_next, dc)
        gates = [slopes[f"dz_{name}"] for name in "cifo"]
        assert gates == pytest.approx(expected[f"delta_gates_{t}"])
        dh_next, dc = float(np.dot(gates, given["U"])), slopes["dc_old"]


@settings(max_examples=30, deadline=None)
@given(st.lists(NUMBERS, min_size=7, max_size=7))
def test_gradients_of_an_lstm_step_are_those_of_finite_differences(numbers):
    *inputs, weight = numbers
    names = ("dz_f", "dz_i", "dz_c", "dz_o", "dc_old")
    inputs = inputs[:5]

    def loss(inputs):
        values = lstm(*inputs)
        return weight * values["h"] + 0.7 * values["c"]

    found = lstm_gradients(*inputs, dh=weight, dc=0.7)
    for index, name in enumerate(names):
        nudge = 1e-6 * np.eye(5)[index]
        numeric = (loss(np.array(inputs) + nudge) - loss(np.array(inputs) - nudge)) / 2e-6
        assert found[name] == pytest.approx(numeric, abs=1e-7)


@pytest.mark.parametrize("case", SCALAR_GRU, ids=lambda case: case["id"])
def test_a_scalar_gru_is_that_of_pytorch(case):
    given = {name: np.ravel(values) for name, values in case["inputs"].items()}
    h, states = given["h0"][0], []
    for x in given["x"]:
        a = given["weight_ih_l0"] * x + given["bias_ih_l0"]
        r = given["weight_hh_l0"] * h + given["bias_hh_l0"]
        h = gru(a[0] + r[0], a[1] + r[1], a[2], r[2], h)["h"]
        states.append(h)

    assert states == pytest.approx(np.ravel(case["outputs"]["y"]).tolist())


@pytest.mark.parametrize(
    "case", [case for case in pytorch("sdpa") if "pad" not in case["variant"]], ids=lambda case: case["variant"]
)
def test_attention_is_that_of_pytorch(case):
    Q, K, V = (case["inputs"][name][0] for name in "qkv")
    mask = causal_mask(len(Q)) if "causal" in case["variant"] else None

    np.testing.assert_allclose(attention(Q, K, V, mask)["output"], case["outputs"]["y"][0], rtol=1e-9)


def test_published_attention_comes_out():
    given, expected = published("deepml_53b")
    X = np.array(given["X"])
    found = attention(X @ given["Wq"], X @ given["Wk"], X @ given["Wv"])

    np.testing.assert_allclose(found["output"], expected["out"])


def test_one_query_has_the_weights_of_its_row_and_masked_keys_have_none():
    Q, K = np.random.default_rng(0).normal(size=(2, 3, 4))
    full, causal = attention(Q, K, np.eye(3)), attention(Q, K, np.eye(3), causal_mask(3))

    np.testing.assert_allclose(query_weights_steps(Q[1], K).value, full["weights"][1])
    np.testing.assert_allclose(causal["weights"][1, :2], softmax(full["scores"][1, :2]))
    assert not causal["weights"][np.triu_indices(3, 1)].any()
    with pytest.raises(ValueError, match="without any key"):
        attention(Q, K, K, np.zeros((3, 3)))
    with pytest.raises(ValueError, match="equal widths"):
        attention(Q, K[:, :2], K)


def test_counts_of_attention_are_those_of_its_arrays():
    assert causal_counts(6, 3) == {"pairs": int(causal_mask(6).sum()), "weight": 1 / causal_mask(6)[3].sum()}
    assert length_costs(5, 3)["count"] == np.zeros((15, 15)).size
    normed = sublayer_steps([1, 5, 2, 8], [0, 1, -1, 2]).value
    assert (normed.mean(), normed.std()) == pytest.approx((0, 1), abs=1e-12)


def test_positional_encodings_are_those_stored_and_shift_by_rotation():
    (case,) = pytorch("positional_encoding")
    np.testing.assert_allclose(encoding_table(4, 4), case["outputs"]["pe"])
    table = encoding_table(12, 6)
    np.testing.assert_allclose(table[3:], table[:-3] @ shift_matrix(3, 6), atol=1e-12)
    with pytest.raises(ValueError, match="must be even"):
        shift_matrix(1, 3)


@settings(max_examples=30, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=5), NUMBERS)
def test_residual_chains_have_the_slope_of_finite_differences(slopes, upstream):
    def output(x, skip):
        for s in slopes:
            x = skip * x + s * x
        return upstream * x

    found = residual_gradient(slopes, upstream)
    assert found["residual"] == pytest.approx(output(1.5, 1) - output(0.5, 1), abs=1e-9)
    assert found["plain"] == pytest.approx(output(1.5, 0) - output(0.5, 0), abs=1e-9)


@given(st.floats(-2, 2), st.integers(1, 6))
def test_factors_of_recurrences_are_their_products(weight, steps):
    product = 1.0
    for _ in range(steps):
        product *= weight

    assert recurrent_factor(weight, steps)["factor"] == pytest.approx(product)
    assert largest_factor("sigmoid", weight, steps) == pytest.approx(product / 4**steps)
    assert cell_state_factor([0.9] * steps, weight) == pytest.approx({"lstm": 0.9**steps, "rnn": product})


def test_equal_weights_stay_equal_after_an_update():
    gradient = equal_weights_gradient([1.0, -2.0], 3, 0.5, 0.7)

    assert np.ptp(np.full((2, 3), 0.5) - 0.1 * gradient, axis=1).tolist() == [0, 0]
    np.testing.assert_allclose(gradient, np.array([[1.0], [-2.0]]) @ (0.7 * np.full((1, 3), 0.5)))


def test_the_published_residual_block_comes_out():
    given, expected = published("deepml_113")
    inner = np.maximum(np.array(given["W1"]) @ given["x"], 0)
    found = np.maximum(np.array(given["W2"]) @ inner + given["x"], 0)

    np.testing.assert_allclose(found, expected["y"])
    np.testing.assert_allclose(residual_block(given["x"], given["W2"]), np.maximum([-1.5, 3.0], 0))
