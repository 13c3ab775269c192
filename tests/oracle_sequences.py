"""How the stored PyTorch cases of recurrent layers, attention and transformer blocks are put to ours.

PyTorch has the steps first, stacks the gates as rows of one matrix and gives every gate two biases; ours has the
samples first, one matrix per gate, and one bias, but for the candidate of a GRU that resets after the product.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from oracle import Case, Found, array, make, run_network, transposed

from solvers.engine.blocks.encoder_block import EncoderBlock
from solvers.engine.layer import Backward
from solvers.engine.network import chain


def gate_rows(stack: Any, gates: Sequence[str]) -> dict[str, Any]:
    """The rows of each gate."""
    return dict(zip(gates, np.split(array(stack), len(gates)), strict=True))


def parameters(case: Case, gates: Sequence[str], level: int) -> dict[str, Any]:
    """Our parameters of one level of a stack of recurrent layers; `gates` in PyTorch's order."""
    inputs = case["inputs"]
    ours = {f"W{gate}x": rows.T for gate, rows in gate_rows(inputs[f"weight_ih_l{level}"], gates).items()}
    ours |= {f"W{gate}h": rows.T for gate, rows in gate_rows(inputs[f"weight_hh_l{level}"], gates).items()}
    if f"bias_ih_l{level}" in inputs:
        of_states = gate_rows(inputs[f"bias_hh_l{level}"], gates)
        ours |= {f"b{gate}": rows for gate, rows in gate_rows(inputs[f"bias_ih_l{level}"], gates).items()}
        for gate, bias in of_states.items():
            if gate == "n":
                ours["bnh"] = bias
            else:
                ours[f"b{gate}"] = ours[f"b{gate}"] + bias
    return ours


def parameter_grads(grads: Mapping[str, Any], gates: Sequence[str], level: int) -> dict[str, Any]:
    """Our gradients of one level under PyTorch's names."""
    found = {f"weight_ih_l{level}": np.concatenate([grads[f"W{gate}x"].T for gate in gates])}
    found[f"weight_hh_l{level}"] = np.concatenate([grads[f"W{gate}h"].T for gate in gates])
    if f"b{gates[0]}" in grads:
        found[f"bias_ih_l{level}"] = np.concatenate([grads[f"b{gate}"] for gate in gates])
        found[f"bias_hh_l{level}"] = np.concatenate(
            [grads["bnh" if gate == "n" else f"b{gate}"] for gate in gates]
        )
    return found


def recurrent(kind: str, gates: Sequence[str], **config: Any) -> Callable[[Case], Found]:
    """A call of a stack of recurrent layers, from its bottom to its top and back."""

    def call(case: Case) -> Found:
        more = {"activation": case["config"]["nonlinearity"]} if kind == "rnn" else {}
        layer = make(kind, **config, **more)
        starts = [name for name in ("h0", "c0") if name in case["inputs"]]
        X, last = array(case["inputs"]["x"]).swapaxes(0, 1), []
        ways: list[Backward] = []
        for level in range(case["config"]["num_layers"]):
            given = [array(case["inputs"][name])[level] for name in starts]
            (X, *states), back = layer(parameters(case, gates, level), X, *given)
            last.append(states)
            ways.append(back)
        outputs = {"y": X.swapaxes(0, 1)}
        outputs |= {f"{name[0]}n": np.stack([s[k] for s in last]) for k, name in enumerate(starts)}
        return Found(outputs, gradients(case, gates, ways, starts))

    return call


def gradients(case: Case, gates: Sequence[str], ways: list[Backward], starts: list[str]) -> dict[str, Any]:
    """The gradients of a stack of recurrent layers under PyTorch's names."""
    upstream = array(case["grad_out"]["y"]).swapaxes(0, 1)
    found: dict[str, Any] = {}
    dstarts: list[Any] = [None] * len(ways)
    for level in reversed(range(len(ways))):
        dlast = [array(case["grad_out"][f"{name[0]}n"])[level] for name in starts]
        (upstream, *dstarts[level]), grads = ways[level](upstream, *dlast)
        found |= parameter_grads(grads, gates, level)
    found["x"] = upstream.swapaxes(0, 1)
    return found | {name: np.stack([d[k] for d in dstarts]) for k, name in enumerate(starts)}


def dot_product(case: Case) -> Found:
    """Attention and, for the gradient of its weights, the product of weights and values by itself."""
    mask = {"mask": array(case["nondiff"]["mask"])} if "nondiff" in case else {}
    Q, K, V = (array(case["inputs"][name]) for name in "qkv")
    (Y, weights), back = make("scaled-dot-product", need_weights=True)(mask, Q, K, V)
    upstream = array(case["grad_out"]["y"])
    dinputs, _ = back(upstream, np.zeros_like(weights))
    (dweights, _), _ = make("matmul")({}, weights, V)[1](upstream)
    others = {"intermediates": {"weights": weights}, "intermediate_grads": {"weights": dweights}}
    return Found({"y": Y}, dict(zip("qkv", dinputs, strict=True)), others)


def projections(stack: Any, bias: Any) -> dict[str, Any]:
    """The weights and biases of queries, keys and values from their stacks."""
    weights = {f"W{letter}": rows.T for letter, rows in gate_rows(stack, "qkv").items()}
    return weights | {f"b{letter}": rows for letter, rows in gate_rows(bias, "qkv").items()}


def attention(case: Case) -> Found:
    inputs = case["inputs"]
    params = projections(inputs["in_proj_weight"], inputs["in_proj_bias"])
    params |= {"Wo": array(inputs["out_proj.weight"]).T, "bo": array(inputs["out_proj.bias"])}
    if "nondiff" in case:
        params["mask"] = 1 - array(case["nondiff"]["attn_mask_true_is_masked"])
    layer = make("attention", heads=case["config"]["num_heads"], need_weights=True)
    (Y, weights), back = layer(params, array(inputs["x"]))
    (dX,), grads = back(array(case["grad_out"]["y"]), np.zeros_like(weights))
    found = {
        "x": dX,
        "in_proj_weight": np.concatenate([grads[f"W{letter}"].T for letter in "qkv"]),
        "in_proj_bias": np.concatenate([grads[f"b{letter}"] for letter in "qkv"]),
        "out_proj.weight": grads["Wo"].T,
        "out_proj.bias": grads["bo"],
    }
    return Found({"y": Y}, found, {"attn_weights_per_head": weights})


def transformer_block(case: Case) -> Found:
    """An encoder block in a network; the stacks of queries, keys and values are taken apart and put together."""
    config, inputs = case["config"], case["inputs"]
    apart = projections(inputs["Wqkv"], inputs["bqkv"])
    block = EncoderBlock(config["heads"], config["norm"], config["activation"].split()[0], config["eps"])
    places: dict[Any, Any] = {("attention", name): name for name in (*apart, "bo")} | {
        ("attention", "Wo"): ("Wo", transposed),
        ("norm1", "gamma"): "g1",
        ("norm1", "beta"): "be1",
        ("affine1", "W"): ("W1", transposed),
        ("affine1", "b"): "b1",
        ("affine2", "W"): ("W2", transposed),
        ("affine2", "b"): "b2",
        ("norm2", "gamma"): "g2",
        ("norm2", "beta"): "be2",
    }
    named = {(f"encoder-block1/{part}", name): theirs for (part, name), theirs in places.items()}
    found = run_network({**case, "inputs": {**inputs, **apart}}, chain(block), named)
    for stack, letter, turn in (("Wqkv", "W", np.transpose), ("bqkv", "b", np.asarray)):
        found.grads[stack] = np.concatenate([turn(found.grads.pop(f"{letter}{k}")) for k in "qkv"])
    return found


SEQUENCE_CALLS: dict[str, Callable[[Case], Found]] = {
    "rnn": recurrent("rnn", ("",)),
    "lstm": recurrent("lstm", "ifCo"),
    "gru": recurrent("gru", "rzn", reset="after"),
    "sdpa": dot_product,
    "mha": attention,
    "transformer_block": transformer_block,
}
