"""Every layer and loss against finite differences in a random direction, and the manners all of them keep."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from solvers.engine.blocks import all_blocks
from solvers.engine.graph import BlockSpecimen, Node
from solvers.engine.layer import Layer, Space, Specimen
from solvers.engine.layers import all_layers
from solvers.engine.loss import LossSpecimen
from solvers.engine.losses import all_losses
from solvers.engine.network import network, shapes_of
from solvers.engine.trace import Trace, trace_upstream


def drawer(seed: int) -> Callable[..., Any]:
    rng = np.random.default_rng(seed)
    return lambda *shape: rng.normal(size=shape)


def specimens_of(registry: Mapping[str, Any], seed: int) -> list[Any]:
    """All specimens of all members; a member without any fails the test that asks for them, and only that."""
    found = []
    for kind, member in registry.items():
        with suppress(NotImplementedError):
            specimens = enumerate(member.specimens(drawer(seed)))
            found += [pytest.param(specimen, id=f"{kind}-{number}") for number, specimen in specimens]
    return found


EVERY = {**all_layers(), **all_blocks(), **all_losses()}
LAYERS, LOSSES, BLOCKS = (
    specimens_of(all_layers(), 1),
    specimens_of(all_losses(), 2),
    specimens_of(all_blocks(), 5),
)


def slope_along(function: Callable[..., float], arrays: Sequence[Any], direction: Sequence[Any]) -> float:
    """The derivative of a scalar function along a direction, by Richardson's improved central difference."""

    def difference(step: float) -> float:
        ahead, behind = (
            function(*(a + sign * step * d for a, d in zip(arrays, direction, strict=True))) for sign in (1, -1)
        )
        return (ahead - behind) / (2 * step)

    return (4 * difference(0.5e-4) - difference(1e-4)) / 3


def is_real(array: Any) -> bool:
    return bool(np.issubdtype(array.dtype, np.floating))


def learnt(specimen: Specimen) -> dict[str, Any]:
    return {name: array for name, array in specimen.params.items() if name in specimen.layer.parameters}


@pytest.mark.parametrize("specimen", LAYERS)
def test_gradients_of_a_layer_agree_with_finite_differences(specimen: Specimen) -> None:
    """The gradients of all real inputs and of all parameters, each along its own random direction."""
    draw, layer = drawer(3), specimen.layer
    outputs, backward = layer.forward(specimen.params, *specimen.inputs)
    upstream = [draw(*output.shape) for output in outputs]
    dinputs, dparams = backward(*upstream)

    def weigh(results: Sequence[Any]) -> float:
        return sum(float(np.sum(g * y)) for g, y in zip(upstream, results, strict=True))

    assert set(dparams) == set(learnt(specimen))
    for name, gradient in dparams.items():
        array, direction = specimen.params[name], draw(*specimen.params[name].shape)
        slope = slope_along(
            lambda changed, name=name: weigh(
                layer.forward({**specimen.params, name: changed}, *specimen.inputs)[0]
            ),
            [array],
            [direction],
        )
        assert gradient.shape == array.shape
        assert np.sum(gradient * direction) == pytest.approx(slope, rel=1e-6, abs=1e-7), name
    for place, (array, gradient) in enumerate(zip(specimen.inputs, dinputs, strict=True)):
        if not is_real(array):
            assert gradient is None
            continue
        direction = draw(*array.shape)

        def shifted(changed: Any, place: int = place) -> float:
            inputs = [changed if i == place else x for i, x in enumerate(specimen.inputs)]
            return weigh(layer.forward(specimen.params, *inputs)[0])

        assert gradient is not None and gradient.shape == array.shape
        assert np.sum(gradient * direction) == pytest.approx(
            slope_along(shifted, [array], [direction]), rel=1e-6, abs=1e-7
        ), place


@pytest.mark.parametrize("specimen", LAYERS)
def test_a_layer_foretells_its_output_shapes(specimen: Specimen) -> None:
    outputs, _ = specimen.layer.forward(specimen.params, *specimen.inputs)
    shapes = {name: array.shape for name, array in specimen.params.items()}

    assert specimen.layer.shapes(shapes, *(x.shape for x in specimen.inputs)) == tuple(y.shape for y in outputs)


def narrow(array: Any) -> Any:
    return array.astype(np.float32) if is_real(array) else array


def arrays_of(result: tuple[Any, Any]) -> Iterator[Any]:
    """All arrays of a forward and backward pass with all-one upstream gradients."""
    outputs, backward = result
    dinputs, dparams = backward(*(np.linspace(-1, 2, y.size, dtype=y.dtype).reshape(y.shape) for y in outputs))
    yield from (*outputs, *(d for d in dinputs if d is not None), *(dparams[name] for name in sorted(dparams)))


@pytest.mark.parametrize("specimen", LAYERS)
def test_a_layer_computes_in_single_precision_when_given_it(specimen: Specimen) -> None:
    params = {name: narrow(array) for name, array in specimen.params.items()}
    single = list(arrays_of(specimen.layer.forward(params, *map(narrow, specimen.inputs))))
    double = list(arrays_of(specimen.layer.forward(specimen.params, *specimen.inputs)))

    for narrow_one, wide_one in zip(single, double, strict=True):
        assert narrow_one.dtype == np.float32
        np.testing.assert_allclose(narrow_one, wide_one, rtol=2e-3, atol=2e-4)


@pytest.mark.parametrize("specimen", LAYERS)
def test_a_layer_is_pure_and_may_reuse_its_space(specimen: Specimen) -> None:
    """Nothing given is changed, and a second pass in a used space gives what a fresh one gives."""
    layer, space = specimen.layer, Space()
    before = [array.copy() for array in (*specimen.inputs, *specimen.params.values())]
    fresh = list(arrays_of(layer.forward(specimen.params, *specimen.inputs)))
    other = [x[..., ::-1].copy() if is_real(x) else x for x in specimen.inputs]
    list(arrays_of(layer.forward(specimen.params, *other, space=space)))
    reused = list(arrays_of(layer.forward(specimen.params, *specimen.inputs, space=space)))

    for mine, theirs in zip(reused, fresh, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    for now, then in zip((*specimen.inputs, *specimen.params.values()), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("specimen", [param for param in LAYERS if param.values[0].layer.in_place])
def test_a_layer_that_may_work_in_place_finds_the_same_there(specimen: Specimen) -> None:
    fresh = list(arrays_of(specimen.layer.forward(specimen.params, *specimen.inputs)))
    space, X, upstream = Space(), specimen.inputs[0].copy(), np.linspace(-1, 2, specimen.inputs[0].size)
    space.arrays |= {"Y": X, "dX": upstream.reshape(X.shape)}
    (Y,), backward = specimen.layer.forward(specimen.params, X, space=space)
    (dX,), _ = backward(space.arrays["dX"])

    assert Y is X and dX is space.arrays["dX"]
    np.testing.assert_array_equal(Y, fresh[0])
    np.testing.assert_array_equal(dX, fresh[1])


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_has_specimens(kind: str) -> None:
    member: Any = EVERY[kind]
    assert list(member.specimens(drawer(1)))


def test_layers_blocks_and_losses_have_different_kinds() -> None:
    assert len(EVERY) == len(all_layers()) + len(all_blocks()) + len(all_losses())


@pytest.mark.parametrize("specimen", LOSSES)
def test_gradients_of_a_loss_agree_with_finite_differences(specimen: LossSpecimen) -> None:
    draw, loss = drawer(4), specimen.loss
    target = loss.prepare(specimen.target, *specimen.predictions)
    value, backward = loss.forward(target, *specimen.predictions)
    gradients = backward()
    directions = [draw(*array.shape) for array in specimen.predictions]
    slope = slope_along(lambda *arrays: loss.forward(target, *arrays)[0], specimen.predictions, directions)

    assert np.isfinite(value)
    assert [g.shape for g in gradients] == [p.shape for p in specimen.predictions]
    total = sum(float(np.sum(g * d)) for g, d in zip(gradients, directions, strict=True))
    assert total == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("specimen", LOSSES)
def test_a_loss_computes_in_single_precision_and_may_reuse_its_space(specimen: LossSpecimen) -> None:
    loss, space = specimen.loss, Space()
    predictions = [narrow(array) for array in specimen.predictions]
    target = loss.prepare(specimen.target, *predictions)
    first, again = (loss.forward(target, *predictions, space=space) for _ in range(2))
    gradients = again[1]()
    value, backward = loss.forward(loss.prepare(specimen.target, *specimen.predictions), *specimen.predictions)

    assert again[0] == first[0] == pytest.approx(value, rel=1e-5)
    for mine, theirs in zip(gradients, backward(), strict=True):
        assert mine.dtype == np.float32
        np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-6)


def test_a_parameter_of_a_layer_keeps_its_name() -> None:
    """A file of a network says `W`; nothing else may be optional or learnt than what a layer names."""
    for layer in all_layers().values():
        assert set(layer.optional) <= {*layer.parameters, *layer.state}
        assert isinstance(layer, type) and issubclass(layer, Layer)


def trace_of(specimen: BlockSpecimen, inputs: Sequence[Any], params: Mapping[str, Mapping[str, Any]]) -> Trace:
    """A network of one block, with random upstream gradients."""
    names = [f"X{number}" for number in range(len(inputs))]
    net = network([Node("block", specimen.block, tuple(names))], names)
    weights = {f"block/{part}": arrays for part, arrays in params.items()}
    shapes = net.shapes(shapes_of(weights), {name: X.shape for name, X in zip(names, inputs, strict=True)})
    upstream = {name: drawer(7)(*shapes[name]) for name in net.outputs}
    return trace_upstream(net, weights, dict(zip(names, inputs, strict=True)), upstream)


def weighed(specimen: BlockSpecimen, inputs: Sequence[Any], params: Mapping[str, Mapping[str, Any]]) -> float:
    seen = trace_of(specimen, inputs, params)
    return sum(float(np.sum(seen.values[name] * seen.gradients[name])) for name in seen.predictions)


@pytest.mark.parametrize("specimen", BLOCKS)
def test_gradients_of_a_block_agree_with_finite_differences(specimen: BlockSpecimen) -> None:
    draw, params = drawer(6), specimen.params
    seen = trace_of(specimen, specimen.inputs, params)
    for part, arrays in params.items():
        for name, array in arrays.items():
            if name not in seen.grads[f"block/{part}"]:
                continue
            direction = draw(*array.shape)

            def changed(other: Any, part: str = part, name: str = name) -> float:
                return weighed(specimen, specimen.inputs, {**params, part: {**params[part], name: other}})

            total = np.sum(seen.grads[f"block/{part}"][name] * direction)
            assert total == pytest.approx(slope_along(changed, [array], [direction]), rel=1e-6, abs=1e-7), (
                part,
                name,
            )
    directions = [draw(*X.shape) for X in specimen.inputs]
    total = sum(np.sum(seen.gradients[f"X{n}"] * d) for n, d in enumerate(directions))
    slope = slope_along(lambda *inputs: weighed(specimen, inputs, params), specimen.inputs, directions)
    assert total == pytest.approx(slope, rel=1e-6, abs=1e-7)
