"""Every stored PyTorch case, value by value and gradient by gradient, to 1e-9.

`CALLS` maps each operation to the call of ours that computes it; an operation without one fails its cases. To add
one, write a function from the case to what it should find by name, and enter it in the table.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from oracle import (
    LOSSES,
    Case,
    Found,
    Places,
    array,
    layer_call,
    make,
    make_loss,
    pair_call,
    run_layer,
    run_network,
    transposed,
)
from oracle_sequences import SEQUENCE_CALLS

from solvers.engine.blocks.residual import Residual
from solvers.engine.graph import Node
from solvers.engine.layers.positional_encoding import positional_encoding
from solvers.engine.loss import Loss, evaluate
from solvers.engine.network import chain, network

LINES = (Path(__file__).parent / "data" / "pytorch_oracle.jsonl").read_text(encoding="utf-8").splitlines()
NORM = {"gamma": "weight", "beta": "bias"}
WB = {"W": "weight", "b": "bias"}
ELSEWHERE = {"optimizer", "clip_grad_norm", "lr_schedule"}  # in test_optimisers.py

ACTIVATIONS = {"silu": "silu", "hardsigmoid": "hard-sigmoid", "hardtanh": "hard-tanh", "logsigmoid": "log-sigmoid"}


def activation(case: Case) -> Found:
    name = case["variant"].split("_0p")[0].removesuffix("_a2").removesuffix("_exact").replace("_", "-")
    config = {
        ours: case["config"][theirs]
        for ours, theirs in (("alpha", "negative_slope"), ("alpha", "alpha"))
        if theirs in case["config"]
    }
    return run_layer(case, make(ACTIVATIONS.get(name, name), **config), {"alpha": "weight"})


def batchnorm(case: Case) -> Found:
    config = case["config"]
    layer = make(
        "batchnorm", eps=config["eps"], momentum=1 - config["momentum"], unbiased=True, training=config["training"]
    )
    found = run_layer(case, layer, NORM, **case["nondiff"])
    return found if config["training"] else Found(found.outputs, found.grads)


def dropout(case: Case) -> Found:
    found = run_layer(case, make("dropout", p_drop=case["config"]["p"]), **case["nondiff"])
    X, mask, p = array(case["inputs"]["x"]), {"mask": array(case["nondiff"]["mask"])}, case["config"]["p"]
    ways = {
        "eval_output": make("dropout", p_drop=p, training=False),
        "textbook_train_unscaled": make("dropout", p_drop=p, inverted=False),
        "textbook_test_scaled": make("dropout", p_drop=p, inverted=False, training=False),
    }
    return Found(found.outputs, found.grads, {name: layer(mask, X)[0][0] for name, layer in ways.items()})


def layernorm(case: Case) -> Found:
    return run_layer(
        case, make("layernorm", dims=len(case["config"]["normalized_shape"]), eps=case["config"]["eps"]), NORM
    )


def encoding(case: Case) -> Found:
    return Found({"pe": positional_encoding(case["config"]["T"], case["config"]["D"])}, {})


def loss_of(case: Case, loss: Loss) -> Found:
    """A loss with the case's upstream gradient; without reduction, its single terms."""
    prediction, upstream = array(case["inputs"]["input"]), array(case["grad_out"]["y"])
    if case["config"].get("reduction") == "none":
        terms, slopes = loss.terms(array(case["nondiff"]["target"]), prediction)
        return Found({"y": terms}, {"input": slopes()[0] * upstream})
    value, (gradient,) = evaluate(loss, case["nondiff"]["target"], prediction)
    return Found({"y": value}, {"input": gradient * upstream})


def loss_call(kind: str, keys: Sequence[str] = (), **more: Any) -> Callable[[Case], Found]:
    def call(case: Case) -> Found:
        config = {name: case["config"][name] for name in (*keys, "reduction") if name in case["config"]}
        if config.get("reduction") == "none":
            del config["reduction"]
        return loss_of(case, LOSSES[kind](**{**config, **more}))

    return call


def half_squared(case: Case) -> Found:
    reduction = "sum" if case["variant"] == "sum" else "samples"
    return loss_of(case, LOSSES["half-squared-error"](reduction=reduction))


def cross_entropy(case: Case) -> Found:
    return loss_call("cross-entropy", ["label_smoothing"], axis=1)(case)


def initial_loss(case: Case) -> Found:
    zeros, first = np.zeros((1, case["config"]["classes"])), [0]
    one_hot = np.eye(case["config"]["classes"])[:1]
    calls = {
        "ce": (LOSSES["cross-entropy"](), first, zeros),
        "ce_label_smoothing_0p1": (make_loss("cross-entropy", label_smoothing=0.1), first, zeros),
        "cs231n_svm": (LOSSES["hinge"](), first, zeros),
        "pytorch_multi_margin": (make_loss("hinge", over_classes=True), first, zeros),
        "bce_with_logits_per_unit": (LOSSES["bce-logits"](), one_hot, zeros),
        "mse_onehot_vs_uniform": (LOSSES["mse"](), one_hot, zeros + 1 / zeros.shape[1]),
    }
    return Found({name: evaluate(*call)[0] for name, call in calls.items()}, {})


MLP_LOSSES = {"ce": "cross-entropy", "mse": "mse", "bce": "bce-logits"}


def mlp(case: Case) -> Found:
    """Affine layers with an activation between them; a residual one adds each hidden layer's input."""
    config, layers, names, values = case["config"], [], [], {}
    depth, bend = len(config["sizes"]) - 1, config["activation"]
    for n in range(1, depth):
        block = f"residual{n}" if config["residual"] else ""
        pair = (make("affine"), make(bend))
        layers += [Residual(pair)] if block else pair
        names.append(f"{block}/affine1" if block else f"affine{n}")
        values |= {f"z{n}": names[-1], f"h{n}": f"{block}/sum" if block else f"{bend}{n}"}
    layers.append(make("affine"))
    names.append("affine1" if config["residual"] else f"affine{depth}")
    values[f"z{depth}"] = names[-1]
    loss = make_loss(MLP_LOSSES.get(config["loss"], "half-squared-error"))
    if config["loss"] == "half_mse_sigmoid":
        layers.append(make(bend))
        values[f"h{depth}"] = f"{bend}{depth}"
        loss = make_loss("half-squared-error", reduction="samples")
    places = {(name, "W"): (f"W{n}", transposed) for n, name in enumerate(names, 1)}
    places |= {(name, "b"): f"b{n}" for n, name in enumerate(names, 1)}
    return run_network(case, chain(*layers), places, loss, values)


def cnn(case: Case) -> Found:
    kinds = ("conv2d", "relu", "avgpool2d", "flatten", "affine")
    places: Places = {
        ("conv2d1", "W"): "w",
        ("conv2d1", "b"): "b",
        ("affine1", "W"): ("W", transposed),
        ("affine1", "b"): "c",
    }
    values = {"conv": "conv2d1", "relu": "relu1", "pool": "avgpool2d1", "logits": "affine1"}
    return run_network(case, chain(*map(make, kinds)), places, make_loss("cross-entropy"), values)


def resnet_block(case: Case) -> Found:
    stride = case["config"]["stride"]
    way = (
        make("conv2d", stride=stride, padding=1),
        make("batchnorm"),
        make("relu"),
        make("conv2d", padding=1),
        make("batchnorm"),
    )
    shortcut = (make("conv2d", stride=stride), make("batchnorm")) if case["config"]["projection"] else ()
    net = network([Node("r", Residual(way, shortcut), ("X",)), Node("relu", make("relu"), ("r",))])
    places = {
        ("r/conv2d1", "W"): "w1",
        ("r/batchnorm1", "gamma"): "g1",
        ("r/batchnorm1", "beta"): "b1",
        ("r/conv2d2", "W"): "w2",
        ("r/batchnorm2", "gamma"): "g2",
        ("r/batchnorm2", "beta"): "b2",
    }
    if shortcut:
        places |= {
            ("r/shortcut-conv2d1", "W"): "wp",
            ("r/shortcut-batchnorm1", "gamma"): "gp",
            ("r/shortcut-batchnorm1", "beta"): "bp",
        }
    return run_network(case, net, places)


CONV = {"stride": "stride", "padding": "padding", "dilation": "dilation", "groups": "groups"}
POOL = {"kernel": "kernel_size", "stride": "stride", "padding": "padding", "ceil_mode": "ceil_mode"}

CALLS: dict[str, Callable[[Case], Found]] = {
    "linear": layer_call("affine", names={"W": ("weight", transposed), "b": "bias"}),
    "matmul": pair_call("matmul"),
    "broadcast_add": pair_call("add", broadcast=True),
    "broadcast_mul": pair_call("multiply", broadcast=True),
    "conv2d": layer_call("conv2d", CONV, WB),
    "conv_transpose2d": layer_call("convtranspose2d", {**CONV, "output_padding": "output_padding"}, WB),
    "max_pool2d": layer_call("maxpool2d", {**POOL, "dilation": "dilation"}),
    "avg_pool2d": layer_call("avgpool2d", {**POOL, "count_padding": "count_include_pad"}),
    "global_avg_pool2d": layer_call("global-avgpool"),
    "batchnorm1d": batchnorm,
    "batchnorm2d": batchnorm,
    "layernorm": layernorm,
    "groupnorm": layer_call("groupnorm", {"groups": "num_groups", "eps": "eps"}, NORM),
    "instancenorm2d": layer_call("instancenorm", {"eps": "eps"}, NORM),
    "rmsnorm": layer_call("rmsnorm", {"eps": "eps"}, NORM),
    "l2_normalize": layer_call("l2-normalise", {"eps": "eps"}),
    "dropout": dropout,
    "activation": activation,
    "softmax": layer_call("softmax", {"axis": "dim", "temperature": "temperature"}),
    "log_softmax": layer_call("log-softmax", {"axis": "dim"}),
    "maxout": layer_call("maxout", {"pieces": "pieces"}),
    "l1_loss": loss_call("mae"),
    "mse_loss": loss_call("mse"),
    "half_mse_loss": half_squared,
    "smooth_l1_loss": loss_call("smooth-l1", ["beta"]),
    "bce_loss": loss_call("bce"),
    "bce_with_logits": loss_call("bce-logits"),
    "cross_entropy": cross_entropy,
    "kl_div": loss_call("kl", log_input=True),
    "multi_margin_loss": loss_call("hinge", ["margin"], over_classes=True),
    "cs231n_svm_loss": loss_call("hinge", ["margin"]),
    "positional_encoding": encoding,
    "mlp": mlp,
    "resmlp": mlp,
    "cnn": cnn,
    "resnet_block": resnet_block,
    "initial_loss": initial_loss,
    **SEQUENCE_CALLS,
}


# PyTorch's own gradient of the hard sigmoid multiplies by 1/6 in single precision.
LOOSER = {"hardsigmoid": 1e-7}


def compare(case: Case, found: Found) -> Iterator[tuple[str, Any, Any]]:
    """Every pair of a value of ours and a stored one, with its name."""
    assert set(found.outputs) == set(case["outputs"])
    assert set(found.grads) == set(case.get("grads", {}))
    yield from ((name, found.outputs[name], stored) for name, stored in case["outputs"].items())
    yield from ((f"d{name}", found.grads[name], stored) for name, stored in case.get("grads", {}).items())
    for group, values in found.others.items():
        if isinstance(case[group], Mapping):
            assert set(values) == set(case[group])
            yield from ((f"{group}: {name}", values[name], stored) for name, stored in case[group].items())
        else:
            yield group, values, case[group]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in map(json.loads, LINES)])
def test_our_call_finds_what_pytorch_found(case: Case) -> None:
    if case["op"] in ELSEWHERE:
        return
    assert case["op"] in CALLS, f"no call of ours for {case['op']}"
    tolerance = LOOSER.get(case["variant"], 1e-9)
    for name, ours, stored in compare(case, CALLS[case["op"]](case)):
        np.testing.assert_allclose(ours, stored, rtol=tolerance, atol=tolerance, err_msg=name)
