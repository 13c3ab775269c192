"""Networks as graphs: wiring, shapes, traces, shared parameters, training."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from solvers.engine.graph import Node
from solvers.engine.layer import ShapeError
from solvers.engine.layers.add import Add
from solvers.engine.layers.affine import Affine
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.engine.layers.concat import Concat
from solvers.engine.layers.conv2d import Conv2d
from solvers.engine.layers.maxpool2d import Maxpool2d
from solvers.engine.layers.relu import Relu
from solvers.engine.layers.upsample import Upsample
from solvers.engine.losses.cross_entropy import CrossEntropy
from solvers.engine.losses.half_squared_error import HalfSquaredError
from solvers.engine.losses.squared_error import SquaredError
from solvers.engine.network import GraphError, Network, TooLargeError, chain, network, shapes_of
from solvers.engine.optimisers import all_optimisers
from solvers.engine.optimisers.sgd import SGD
from solvers.engine.trace import trace
from solvers.engine.trainer import Trainer

NOTES = {
    "affine1": {"W": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]), "b": np.array([0.1, 0.2, 0.3])},
    "affine2": {"W": np.array([[0.7], [0.8], [0.9]]), "b": np.array([0.1])},
}


def slope(net: Network, weights: Mapping[str, Any], X: Any, target: Any, node: str, name: str, at: Any) -> float:
    """The central difference of the squared error in one entry of one parameter."""

    def loss(shift: float) -> float:
        changed = weights[node][name].copy()
        changed[at] += shift
        found = trace(net, {**weights, node: {**weights[node], name: changed}}, X, SquaredError(), target).loss
        assert found is not None
        return found

    return (loss(1e-5) - loss(-1e-5)) / 2e-5


def assert_gradients(net: Network, weights: Mapping[str, Any], X: Any, target: Any) -> None:
    grads = trace(net, weights, X, SquaredError(), target).grads
    rng = np.random.default_rng(0)
    for node, params in weights.items():
        for name, array in params.items():
            at = tuple(rng.integers(array.shape))
            assert grads[node][name][at] == pytest.approx(slope(net, weights, X, target, node, name, at), rel=1e-5)


def test_the_network_of_the_notes_has_the_printed_gradients() -> None:
    """Input (1, 2), target 3.2, half squared error: output 3.36, so the weight gradients follow by hand."""
    seen = trace(chain(Affine(), Relu(), Affine()), NOTES, [[1, 2]], HalfSquaredError(), [[3.2]])

    assert seen.loss == pytest.approx(0.0128)
    np.testing.assert_allclose(seen.values["relu1"], [[0.6, 1.3, 2.0]])
    np.testing.assert_allclose(seen.grads["affine2"]["W"], [[0.096], [0.208], [0.32]])
    np.testing.assert_allclose(seen.grads["affine1"]["W"], [[0.112, 0.128, 0.144], [0.224, 0.256, 0.288]])
    np.testing.assert_allclose(seen.gradients["X"], seen.gradients["affine1"] @ NOTES["affine1"]["W"].T)


def test_gradients_of_a_value_used_twice_add_up() -> None:
    """A skip connection, as sum and as concatenation, around a layer with weights."""
    rng = np.random.default_rng(1)
    net = network(
        [
            Node("first", Affine(), ("X",)),
            Node("bend", Relu(), ("first",)),
            Node("second", Affine(), ("bend",)),
            Node("skip", Add(), ("first", "second", "first")),
            Node("both", Concat(), ("skip", "first", "X")),
            Node("last", Affine(), ("both",)),
        ]
    )
    sizes = {"first": (2, 3), "second": (3, 3), "last": (8, 1)}
    weights = {name: {"W": rng.normal(size=size), "b": rng.normal(size=size[1])} for name, size in sizes.items()}

    assert_gradients(net, weights, rng.normal(size=(4, 2)), rng.normal(size=(4, 1)))


def test_a_small_u_net_has_right_gradients() -> None:
    rng = np.random.default_rng(2)
    net = network(
        [
            Node("down", Conv2d(padding=1), ("X",)),
            Node("pool", Maxpool2d(), ("down",)),
            Node("deep", Conv2d(padding=1), ("pool",)),
            Node("up", Upsample(), ("deep",)),
            Node("join", Concat(), ("down", "up")),
            Node("out", Conv2d(), ("join",)),
        ]
    )
    sizes = {"down": (2, 1, 3, 3), "deep": (3, 2, 3, 3), "out": (1, 5, 1, 1)}
    weights = {name: {"W": rng.normal(size=size), "b": rng.normal(size=size[0])} for name, size in sizes.items()}

    assert_gradients(net, weights, rng.normal(size=(2, 1, 4, 4)), rng.normal(size=(2, 1, 4, 4)))


def test_gradients_of_shared_parameters_add_up() -> None:
    rng = np.random.default_rng(3)
    net = network([Node("a", Affine(), ("X",)), Node("bend", Relu(), ("a",)), Node("b", Affine(), ("bend",), "a")])
    weights = {"a": {"W": rng.normal(size=(3, 3)), "b": rng.normal(size=3)}}

    assert_gradients(net, weights, rng.normal(size=(2, 3)), rng.normal(size=(2, 3)))


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        ([], "a network needs at least one layer"),
        ([Node("X", Relu(), ("X",))], "the name 'X' is used twice"),
        ([Node("a", Relu(), ("b",))], "a reads from 'b', which is not computed before it"),
        ([Node("a", Affine(), ("X",), "z")], "a shares the parameters of 'z', which does not come before it"),
    ],
)
def test_wrong_wiring_is_refused(nodes: list[Node], sentence: str) -> None:
    with pytest.raises(GraphError, match=sentence):
        network(nodes)


def test_shapes_that_do_not_fit_name_the_layer() -> None:
    net = chain(Affine(), Relu(), Affine())
    weights = {**NOTES, "affine2": {"W": np.ones((2, 1))}}

    with pytest.raises(ShapeError, match=r"affine2: X: expected shape \(1, 2\), got \(1, 3\)"):
        trace(net, weights, [[1, 2]])


def test_missing_and_unknown_parameters_are_named() -> None:
    net = chain(Affine())
    with pytest.raises(GraphError, match="affine1: W is missing; give it, or in, out to draw it"):
        net.shapes({}, {"X": (1, 2)})
    with pytest.raises(GraphError, match="affine1: affine has no parameter V; its parameters: W, b"):
        net.shapes({"affine1": {"W": (2, 1), "V": (2, 1)}}, {"X": (1, 2)})


def test_absurd_sizes_are_refused_before_anything_is_made() -> None:
    with pytest.raises(TooLargeError, match="affine1: an output of shape"):
        chain(Affine()).shapes({"affine1": {"W": (2, 10**9)}}, {"X": (10, 2)})


def test_the_first_value_that_is_not_finite_is_found() -> None:
    weights = {**NOTES, "affine2": {"W": np.array([[0.7], [np.nan], [0.9]]), "b": np.array([0.1])}}

    assert trace(chain(Affine(), Relu(), Affine()), weights, [[1, 2]]).first_not_finite() == "affine2"


def plain_training(X: Any, target: Any, weights: Any, lr: float, steps: int) -> tuple[list[float], Any]:
    """Gradient descent by traces, in fresh arrays."""
    net, losses = chain(Affine(), Relu(), Affine()), []
    for _ in range(steps):
        seen = trace(net, weights, X, CrossEntropy(), target)
        losses.append(seen.loss)
        weights = {
            n: {p: weights[n][p] - lr * g for p, g in grads.items()} for n, grads in seen.grads.items() if grads
        }
    return losses, weights


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_training_at_speed_gives_what_traces_give(dtype: Any) -> None:
    rng = np.random.default_rng(4)
    weights = {
        "affine1": {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=4)},
        "affine2": {"W": rng.normal(size=(4, 3)), "b": rng.normal(size=3)},
    }
    X, target = rng.normal(size=(5, 3)), np.array([0, 1, 2, 1, 0])
    trainer = Trainer(chain(Affine(), Relu(), Affine()), weights, CrossEntropy(), SGD(lr=0.5), dtype)
    losses = [trainer.step(target, X=X.astype(dtype)) for _ in range(6)]
    expected, trained = plain_training(X, target, weights, 0.5, 6)
    tolerance = 1e-12 if dtype is np.float64 else 1e-4

    assert losses == pytest.approx(expected, rel=tolerance)
    assert losses[-1] < losses[0]
    for node, params in trained.items():
        for name, array in params.items():
            assert trainer.weights[node][name].dtype == dtype
            np.testing.assert_allclose(trainer.weights[node][name], array, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("kind", all_optimisers())
def test_training_follows_every_optimiser(kind: str) -> None:
    """One linear layer without bias, so that the gradient Xᵀ(XW - T) is plain to see."""
    rng = np.random.default_rng(7)
    X, W, T = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
    method = all_optimisers()[kind](lr=0.05)
    trainer = Trainer(chain(Affine()), {"affine1": {"W": W}}, HalfSquaredError(), method)
    trainer.train(4, T, X=X)
    state = method.start(W)
    for _ in range(4):
        W, state = method.step(W, X.T @ (X @ method.gradient_at(W, state) - T), state)

    np.testing.assert_allclose(trainer.weights["affine1"]["W"], W, rtol=1e-12)


def test_running_statistics_move_with_every_training_step() -> None:
    rng = np.random.default_rng(8)
    X, params = rng.normal(size=(6, 2)) + 3, Batchnorm().draw({"channels": 2}, rng.normal)
    trainer = Trainer(chain(Batchnorm(momentum=0.5)), {"batchnorm1": params}, SquaredError(), SGD(lr=0.1))
    trainer.train(2, np.zeros((6, 2)), X=X)

    np.testing.assert_allclose(trainer.weights["batchnorm1"]["running_mean"], 0.75 * X.mean(0))
    np.testing.assert_allclose(trainer.weights["batchnorm1"]["running_var"], 0.25 + 0.75 * X.var(0))


def test_training_may_change_its_batch_size() -> None:
    rng = np.random.default_rng(5)
    trainer = Trainer(chain(Affine()), {"affine1": {"W": rng.normal(size=(2, 1))}}, SquaredError(), SGD(lr=0.01))
    for size in (4, 3, 4):
        X = rng.normal(size=(size, 2))
        expected = float(np.sum((X @ trainer.weights["affine1"]["W"] - 1) ** 2))

        assert trainer.step(np.ones((size, 1)), X=X) == pytest.approx(expected)


def test_training_asks_for_inputs_in_its_own_precision() -> None:
    trainer = Trainer(
        chain(Affine()), {"affine1": {"W": np.ones((2, 1))}}, SquaredError(), SGD(lr=0.1), np.float32
    )
    with pytest.raises(TypeError, match="X is float64, but the trainer computes in float32; convert it once"):
        trainer.step([[1.0]], X=np.ones((1, 2)))


def test_a_trace_takes_the_precision_of_the_weights() -> None:
    single = {"affine1": {"W": np.ones((2, 1), np.float32)}}

    assert trace(chain(Affine()), single, [[1, 2]]).values["affine1"].dtype == np.float32


def test_training_adds_gradients_of_shared_parameters() -> None:
    rng = np.random.default_rng(6)
    net = network([Node("a", Affine(), ("X",)), Node("b", Affine(), ("a",), "a")])
    weights = {"a": {"W": rng.normal(size=(2, 2)), "b": rng.normal(size=2)}}
    X, T = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    trainer = Trainer(net, weights, SquaredError(), SGD(lr=0.1))
    trainer.step(T, X=X)
    grads = trace(net, weights, X, SquaredError(), T).grads["a"]

    np.testing.assert_allclose(trainer.weights["a"]["W"], weights["a"]["W"] - 0.1 * grads["W"])
    np.testing.assert_allclose(trainer.weights["a"]["b"], weights["a"]["b"] - 0.1 * grads["b"])
    assert shapes_of(trainer.weights) == {"a": {"W": (2, 2), "b": (2,)}}
