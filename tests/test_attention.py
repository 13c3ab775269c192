"""Attention and transformer blocks: published values, and what must hold whatever the weights."""

from typing import Any

import numpy as np
import pytest
from published import published

from solvers.engine.blocks.decoder_block import DecoderBlock
from solvers.engine.blocks.encoder_block import EncoderBlock
from solvers.engine.graph import Node
from solvers.engine.layer import ShapeError, Space
from solvers.engine.layers.attention import Attention
from solvers.engine.layers.positional_encoding import positional_encoding
from solvers.engine.layers.scaled_dot_product import ScaledDotProduct, scaled_dot_product
from solvers.engine.network import chain, network, shapes_of
from solvers.engine.trace import trace_upstream


def near(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11)


def drawn(dim: int = 4) -> dict[str, Any]:
    rng = np.random.default_rng(8)
    return Attention().draw({"dim": dim}, lambda shape, *_: rng.normal(size=shape))


def tokens(*shape: int) -> Any:
    return np.random.default_rng(9).normal(size=shape)


def test_published_self_attention_comes_out() -> None:
    given, expected = published("deepml_53b")
    params = {name: np.array(given[name], float) for name in ("Wq", "Wk", "Wv")}

    near(Attention()(params, np.array(given["X"], float))[0][0], expected["out"])


def test_published_unscaled_attention_comes_out_from_its_columns() -> None:
    """The source has data in columns: its matrices are the transposes of ours, and its scores are not divided."""
    given, expected = published("udl_12_1_self_attention")
    X = np.array(given["X"])
    X = X.T if X.shape[0] == 4 else X
    Q, K, V = (X @ np.array(given[f"omega_{k}"]).T + np.array(given[f"beta_{k}"]).T for k in "qkv")
    (Y, weights), _ = ScaledDotProduct(scale=1.0, need_weights=True)({}, Q, K, V)

    near(Y, expected["X_prime_columns"])
    near(weights, expected["attention_columns"])
    near(scaled_dot_product(Q, K, V)[0], expected["scaled_X_prime_columns"])


def test_the_weights_of_a_query_sum_to_one() -> None:
    (_, weights), _ = Attention(heads=2, need_weights=True)(drawn(), tokens(3, 5, 4))

    assert weights.shape == (3, 2, 5, 5)
    near(weights.sum(axis=-1), np.ones((3, 2, 5)))


def test_attention_without_positions_does_not_see_the_order() -> None:
    layer, X, order = Attention(heads=2), tokens(5, 4), [3, 0, 4, 1, 2]

    near(layer(drawn(), X[order])[0][0], layer(drawn(), X)[0][0][order])


def test_a_causal_layer_is_blind_to_later_tokens() -> None:
    layer, X = Attention(heads=2, causal=True), tokens(5, 4)
    changed = X.copy()
    changed[3:] += 10

    near(layer(drawn(), changed)[0][0][:3], layer(drawn(), X)[0][0][:3])
    assert np.abs(layer(drawn(), changed)[0][0][3:] - layer(drawn(), X)[0][0][3:]).max() > 1e-3


def test_a_causal_layer_is_a_mask_of_lower_triangles() -> None:
    X, mask = tokens(2, 5, 4), np.tri(5)
    causal, masked = Attention(causal=True)(drawn(), X)[0][0], Attention()({**drawn(), "mask": mask}, X)[0][0]

    near(causal, masked)


def test_a_blocked_key_might_as_well_not_be_there() -> None:
    X, memory = tokens(2, 4), tokens(5, 4)
    masked = Attention()({**drawn(), "mask": np.array([1.0, 1, 0, 1, 0])}, X, memory)[0][0]

    near(masked, Attention()(drawn(), X, memory[[0, 1, 3]])[0][0])


def test_a_query_that_may_see_nothing_gets_zeros() -> None:
    layer, Q = ScaledDotProduct(need_weights=True), tokens(2, 3)
    (Y, weights), back = layer({"mask": np.array([[0.0, 0.0], [1.0, 0.0]])}, Q, Q, Q)
    dQ, dK, dV = back(np.ones((2, 3)), np.ones((2, 2)))[0]

    assert Y[0].tolist() == [0, 0, 0]
    assert weights.tolist() == [[0, 0], [1, 0]]
    assert all(np.isfinite(gradient).all() for gradient in (dQ, dK, dV))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_scores_do_no_harm(dtype: Any) -> None:
    """The best key takes everything, whatever the size of the scores; a blocked one never counts."""
    Q, K, V = (np.array(a, dtype) for a in ([[1e4]], [[1.0], [2.0], [3.0]], [[1.0], [2.0], [3.0]]))

    assert scaled_dot_product(Q, K, V)[0].tolist() == [[3.0]]
    assert ScaledDotProduct()({"mask": np.array([[1, 1, 0]], dtype)}, Q, K, V)[0][0].tolist() == [[2.0]]


def test_both_ways_through_the_softmax_agree() -> None:
    """Large scores are shifted first, small ones are not: a common shift of all scores changes nothing."""
    Q, K, V = tokens(3, 2), tokens(4, 2), tokens(4, 5)
    Q1, K1 = np.hstack([Q, np.full((3, 1), 10.0)]), np.hstack([K, np.full((4, 1), 10.0)])
    plain, shifted = (ScaledDotProduct(scale=1.0)({}, *both, V) for both in ((Q, K), (Q1, K1)))

    near(shifted[0][0], plain[0][0])
    near(shifted[1](np.ones((3, 5)))[0][2], plain[1](np.ones((3, 5)))[0][2])


def test_several_heads_are_single_heads_side_by_side() -> None:
    params, X = drawn(), tokens(2, 3, 4)
    parts = []
    for columns in (slice(0, 2), slice(2, 4)):
        head = {name: params[name][..., columns] for name in ("Wq", "Wk", "Wv", "bq", "bk", "bv")}
        parts.append(Attention()(head, X)[0][0])
    joined = np.concatenate(parts, axis=-1) @ params["Wo"] + params["bo"]

    near(Attention(heads=2)(params, X)[0][0], joined)


def test_cross_attention_has_one_output_for_each_query() -> None:
    (Y, weights), back = Attention(heads=2, need_weights=True)(drawn(), tokens(2, 3, 4), tokens(2, 7, 4))
    dX, dmemory = back(np.ones_like(Y), np.zeros_like(weights))[0]

    assert [a.shape for a in (Y, weights, dX, dmemory)] == [(2, 3, 4), (2, 2, 3, 7), (2, 3, 4), (2, 7, 4)]


def test_gradients_of_inputs_are_left_out_where_nobody_wants_them() -> None:
    X = tokens(2, 3, 4)
    (Y,), back = Attention().forward(drawn(), X, X, space=Space(skip_inputs=True))
    dinputs, grads = back(np.ones_like(Y))

    assert dinputs == (None, None)
    assert list(grads) == ["Wq", "Wk", "Wv", "Wo", "bq", "bk", "bv", "bo"]


def test_attention_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="at least one head, got 0"):
        Attention(heads=0)
    with pytest.raises(ShapeError, match="a multiple of 3 heads"):
        Attention(heads=3)(drawn(), tokens(2, 4))
    with pytest.raises(ShapeError, match=r"mask: expected shape \(1, 2, 2\)"):
        Attention()({**drawn(), "mask": np.ones((3, 3))}, tokens(2, 4))
    with pytest.raises(ShapeError, match=r"Wq: expected shape \(5, dq\), got \(4, 4\)"):
        Attention()(drawn(), tokens(2, 5))


def test_positions_are_told_apart_and_their_products_depend_on_the_distance() -> None:
    table = positional_encoding(20, 8)
    products = table @ table.T

    assert len({tuple(row) for row in table.round(9).tolist()}) == 20
    near(np.diag(products, 3), np.full(17, products[0, 3]))


def block_params(block: EncoderBlock | DecoderBlock, name: str) -> dict[str, dict[str, Any]]:
    """Random parameters of a block for tokens of four features, under the names of its nodes."""
    rng = np.random.default_rng(3)
    specimen = next(type(block).specimens(lambda *shape: rng.normal(size=shape)))
    return {f"{name}/{part}": dict(params) for part, params in specimen.params.items()}


def test_a_post_norm_block_gives_normalised_tokens() -> None:
    X, net = tokens(2, 3, 4), chain(EncoderBlock(heads=2))
    (output,) = net.outputs
    seen = trace_upstream(net, block_params(EncoderBlock(), "encoder-block1"), X, {output: np.ones_like(X)})

    near(seen.values[output].mean(axis=-1), np.zeros((2, 3)))


def test_a_pre_norm_block_whose_sublayers_are_silent_changes_nothing() -> None:
    X, net = tokens(2, 3, 4), chain(EncoderBlock(heads=2, norm="pre"))
    silent, (output,) = block_params(EncoderBlock(), "encoder-block1"), net.outputs
    silent["encoder-block1/attention"]["Wo"] = np.zeros((4, 4))
    silent["encoder-block1/affine2"]["W"] = np.zeros((6, 4))
    seen = trace_upstream(net, silent, X, {output: np.ones_like(X)})

    near(seen.values[output], X)
    near(seen.gradients["X"], np.ones_like(X))


def test_a_decoder_block_has_three_sublayers_and_reads_the_memory_in_the_second() -> None:
    net = network([Node("d", DecoderBlock(heads=2), ("X", "memory"))], inputs=("X", "memory"))
    cross = next(node for node in net.nodes if node.name == "d/cross")
    shapes = shapes_of(block_params(DecoderBlock(), "d"))

    assert [node.name for node in net.nodes if "norm" in node.name] == ["d/norm1", "d/norm2", "d/norm3"]
    assert cross.sources == ("d/norm1", "memory")
    assert net.shapes(shapes, {"X": (2, 3, 4), "memory": (2, 7, 4)})["d/norm3"] == (2, 3, 4)


def test_a_transformer_block_refuses_unknown_choices() -> None:
    with pytest.raises(ValueError, match="'post' or 'pre', got 'middle'"):
        EncoderBlock(norm="middle")
    with pytest.raises(ValueError, match="one of relu, gelu, gelu-tanh, got 'tanh'"):
        DecoderBlock(activation="tanh")
