"""Published worked examples through `quizbank solve`: what their authors printed comes out."""

import json
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from published import published

from quizbank.cli import cli


def solved(line: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["solve", line, "--format", "json"])
    assert result.exit_code == 0, result.exception
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def one_line(**arrays: Any) -> str:
    return "; ".join(f"{name}={json.dumps(value)}" for name, value in arrays.items())


def test_mazurs_network_has_his_numbers_but_for_the_loss_after_the_step() -> None:
    inputs, expected = published("mazur_2-2-2")
    w = inputs["w1_to_w8"]
    first, second = [[w[0], w[2]], [w[1], w[3]]], [[w[4], w[6]], [w[5], w[7]]]
    found = solved(
        f"x={inputs['x']}; affine(W={first}, b={[inputs['b1']] * 2}); sigmoid; affine(W={second}, b={[inputs['b2']] * 2});"
        f"sigmoid; half-squared-error(target={inputs['target']}); sgd(lr={inputs['lr']}, frozen=['b'])"
    )
    Z1, H1, Z2, H2 = found["layers"]

    np.testing.assert_allclose(Z1["output"], [expected["net_h1"], expected["net_h2"]])
    np.testing.assert_allclose(H1["output"], [expected["out_h1"], expected["out_h2"]])
    np.testing.assert_allclose(Z2["output"], [expected["net_o1"], expected["net_o2"]])
    np.testing.assert_allclose(H2["output"], [expected["out_o1"], expected["out_o2"]])
    np.testing.assert_allclose(Z2["grad_output"], [expected["delta_o1"], expected["delta_o2"]])
    np.testing.assert_allclose(Z1["grad_output"], [expected["delta_h1"], expected["delta_h2"]])
    dw = expected["dE_dw"]
    np.testing.assert_allclose(Z1["grads"]["W"], [[dw[0], dw[2]], [dw[1], dw[3]]])
    np.testing.assert_allclose(Z2["grads"]["W"], [[dw[4], dw[6]], [dw[5], dw[7]]])
    after = expected["w_after"]
    np.testing.assert_allclose(Z1["updated"]["W"], [[after[0], after[2]], [after[1], after[3]]])
    np.testing.assert_allclose(Z2["updated"]["W"], [[after[4], after[6]], [after[5], after[7]]])
    assert found["loss"] == pytest.approx(expected["E"])
    assert found["loss_after"] == pytest.approx(expected["E_after_weights_only"])
    assert Z1["updated"].keys() == {"W"}


def test_the_tanh_neuron_of_the_micrograd_lecture() -> None:
    inputs, expected = published("micrograd_lecture_tanh_neuron")
    W = [[inputs["w1"]], [inputs["w2"]]]
    neuron, _ = solved(f"x={[inputs['x1'], inputs['x2']]}; affine(W={W}, b=[{inputs['b']}]); tanh; sum")["layers"]

    np.testing.assert_allclose(neuron["grad_output"], [expected["dn"]])
    np.testing.assert_allclose(neuron["grads"]["W"], [[expected["dw1"]], [expected["dw2"]]], atol=1e-15)
    np.testing.assert_allclose(neuron["grads"]["b"], [expected["db"]])
    np.testing.assert_allclose(neuron["grad_input"], [expected["dx1"], expected["dx2"]])


def test_the_expression_of_micrograds_own_test() -> None:
    inputs, expected = published("micrograd_test_sanity")
    found = solved(f"x={inputs['x']}; z=2*x+2+x; q=relu(z)+z*x; h=relu(z*z); y=h+q+q*x")

    assert found["output"] == expected["y"] and found["inputs"]["x"]["grad"] == expected["dy_dx"]


def test_d2ls_convolution_and_its_gradients() -> None:
    inputs, expected = published("d2l_conv")
    (layer,) = solved(f"x={[[inputs['x']]]}; conv2d(W={[[inputs['k']]]}); sum")["layers"]

    assert layer["output"] == [[expected["y"]]]
    assert layer["grad_input"] == [[expected["dx_of_sum"]]] and layer["grads"]["W"] == [[expected["dk_of_sum"]]]


def test_deep_mls_padded_and_strided_convolution() -> None:
    inputs, expected = published("deepml_41c")
    line = f"x={[[inputs['x']]]}; conv2d(W={[[inputs['k']]]}, padding={inputs['padding']}, stride={inputs['stride']}); sum"

    np.testing.assert_allclose(solved(line)["output"], [[expected["y"]]])


@pytest.mark.parametrize(("name", "kind"), [("deepml_115", "batchnorm"), ("deepml_109", "layernorm")])
def test_published_normalisations(name: str, kind: str) -> None:
    inputs, expected = published(name)

    np.testing.assert_allclose(
        solved(f"x={inputs['x']}; {kind}(eps={inputs['eps']}); sum")["output"], expected["y"], atol=1e-9
    )


def test_a_published_residual_block() -> None:
    inputs, expected = published("deepml_113")
    W1, W2 = (np.transpose(inputs[name]).tolist() for name in ("W1", "W2"))
    line = f"x={inputs['x']}; residual(affine(W={W1}), relu, affine(W={W2})); relu; sum"

    assert solved(line)["output"] == expected["y"]


def test_published_self_attention() -> None:
    inputs, expected = published("deepml_53b")
    weights = ", ".join(f"{name}={inputs[name]}" for name in ("Wq", "Wk", "Wv"))

    np.testing.assert_allclose(solved(f"x={inputs['X']}; attention({weights}); sum")["output"], expected["out"])


def test_a_published_rnn() -> None:
    inputs, expected = published("deepml_54")
    steps = [[value] for value in inputs["x"]]
    found = solved(f"x={steps}; rnn(Wx=[[{inputs['Wx']}]], Wh=[[{inputs['Wh']}]], b=[0]); last-step; sum")

    np.testing.assert_allclose(found["output"], [expected["h_test"]])


def test_cross_entropy_with_label_smoothing() -> None:
    inputs, expected = published("ce_2_1_0.1_ls0.1")
    found = solved(f"x={[inputs['logits']]}; identity; cross-entropy(target=[{inputs['y']}], label_smoothing=0.1)")

    assert found["loss"] == pytest.approx(expected["loss"])
    np.testing.assert_allclose(found["layers"][0]["grad_output"], [expected["dlogits"]])
