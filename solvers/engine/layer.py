"""The contract of a layer: what one file of `layers/` contains.

A layer file defines one subclass of `Layer` and, where it is natural, the plain function of its forward
computation under the file's own name (`relu.py` holds the class `Relu` and the function `relu`). Nothing
else is needed: `layers.all_layers()` finds the file by walking the folder. Layers never import each other;
what several need lives one folder up. They know nothing of networks, tracing, losses or optimisers.

- **Kind.** The file's name with hyphens (`leaky_relu.py` is the kind `leaky-relu`); it is set by itself.
- **Configuration.** The layer is a frozen dataclass whose fields are the keys of a network file (`stride`,
  `padding`, `eps`, `alpha`), with defaults where there is a usual choice; `__post_init__` refuses senseless
  values. Lists of a file arrive as tuples. What differs in training hangs on a field `training: bool = True`.
- **Parameters.** Arrays, kept outside the layer in a dictionary by name: `W`, `b`, `gamma`, `beta`, `Wq` …
  `parameters` names those that are learnt, `optional` those of them that may be missing (then the term is
  left out), `state` those that are not learnt (`running_mean`). All of a layer's arrays have one dtype, and
  results have it, too.
- **Drawing.** `sizes` names the keys from which parameters can be drawn (`in`, `out`, `kernel`), and
  `draw(sizes, weight)` gives them: `weight(shape, fan_in, fan_out)` draws a weight as the initialiser in use
  says, biases are zeros.
- **Shapes.** `shapes(params, *inputs)` takes shapes, not arrays, and gives the shapes of the outputs, or raises
  `ShapeError` naming what was expected and what came (use `expect`). It is asked before anything is computed.
- **Forward and backward.** `forward(params, *inputs, space)` returns the tuple of outputs (most have one) and
  the function `backward`, which takes the upstream gradient of each output and returns the gradients of all
  inputs (a tuple; None for integer inputs) and of all parameters present (a dictionary by name; not of state).
  Both are pure: never write into inputs, parameters, upstream gradients or anything already returned. Calling the
  layer itself, `layer(params, *inputs)`, checks the shapes first.
- **Integers.** A layer that looks its input up (word numbers) says `reads_integers = True`; others get real numbers.
- **State.** `next_state(params, *inputs)` gives the arrays of `state` after a training step.
- **Space.** Results may be put where `space` says: `np.matmul(X, W, out=space("Y", shape, X.dtype))`. A name means
  one shape within one layer. A network keeps the arrays from one step to the next, so that a step allocates
  nothing; called by itself, a layer gets fresh ones. The gradient of a parameter `W` is put in `space("dW", …)`.
  Where `space.skip_inputs` is true nobody wants the gradients of the inputs, and None may be returned for them.
- **Saving room.** A layer whose backward pass does not look at its outputs may say `reads_output = False`; one that
  may put `Y` over its input and `dX` over the upstream gradient may say `in_place = True`. A network then decides.
- **Specimens.** `specimens(draw)` yields examples (layer, parameters, inputs) that cover the configurations worth
  testing; `draw(*shape)` gives random float64 numbers. `tests/test_every_layer.py` compares each with finite
  differences, checks shapes, dtypes, purity and the reuse of `space`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Shape = tuple[int, ...]
Params = Mapping[str, Array]
Gradients = tuple[tuple[Array | None, ...], dict[str, Array]]
Backward = Callable[..., Gradients]
Draw = Callable[..., Array]
Weight = Callable[[Shape, int, int], Array]


class ShapeError(ValueError):
    """Shapes that do not fit: says what was expected and what came."""

    def __init__(self, what: str, expected: str, actual: Shape) -> None:
        super().__init__(f"{what}: expected shape {expected}, got {actual}")
        self.what, self.expected, self.actual = what, expected, actual


def expect(what: str, actual: Shape, *expected: int | str | None) -> None:
    """Raise `ShapeError` unless `actual` has the `expected` sizes; a letter or None stands for any size.

    >>> expect("W", (3, 2), 2, "out")
    Traceback (most recent call last):
    solvers.engine.layer.ShapeError: W: expected shape (2, out), got (3, 2)
    """
    if actual == expected:
        return
    fits = len(actual) == len(expected) and all(
        not isinstance(want, int) or want == size for want, size in zip(expected, actual, strict=True)
    )
    if not fits:
        sizes = ", ".join("any" if want is None else str(want) for want in expected)
        raise ShapeError(what, f"({sizes},)" if len(expected) == 1 else f"({sizes})", actual)


class Space:
    """Arrays by name, kept from one step to the next."""

    def __init__(self, skip_inputs: bool = False) -> None:
        self.skip_inputs = skip_inputs
        self.arrays: dict[str, Array] = {}
        self.parts: dict[str, Space] = {}

    def __call__(self, name: str, shape: Shape, dtype: DTypeLike) -> Array:
        """Give the array of this name, made at the first call; its contents are arbitrary."""
        try:
            return self.arrays[name]
        except KeyError:
            return self.arrays.setdefault(name, np.empty(shape, dtype))

    def like(self, name: str, array: Array) -> Array:
        """Give the array of this name, with the shape and dtype of another."""
        try:
            return self.arrays[name]
        except KeyError:
            return self.arrays.setdefault(name, np.empty(array.shape, array.dtype))

    def inner(self, name: str) -> "Space":
        """Give a space within this one, for a part whose names would clash with the layer's own."""
        return self.parts.setdefault(name, Space())

    def zeros(self, name: str, shape: Shape, dtype: DTypeLike) -> Array:
        """Give the array of this name, filled with zeros at every call."""
        array = self(name, shape, dtype)
        array.fill(0)
        return array


class Fresh(Space):
    """A space that keeps nothing: every call makes a new array."""

    def __call__(self, name: str, shape: Shape, dtype: DTypeLike) -> Array:
        """Make an array."""
        return np.empty(shape, dtype)

    def like(self, name: str, array: Array) -> Array:
        """Make an array with the shape and dtype of another."""
        return np.empty(array.shape, array.dtype)

    def inner(self, name: str) -> Space:
        """Give itself: nothing is kept, so nothing clashes."""
        return self


FRESH = Fresh()


@dataclass(frozen=True)
class Specimen:
    """An example of a layer for the universal test."""

    layer: "Layer"
    params: Params
    inputs: tuple[Array, ...]


@dataclass(frozen=True)
class Layer:
    """One layer's configuration, with its forward and backward computation (see the module's text)."""

    kind: ClassVar[str] = ""
    parameters: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[tuple[str, ...]] = ()
    state: ClassVar[tuple[str, ...]] = ()
    sizes: ClassVar[tuple[str, ...]] = ()
    reads_integers: ClassVar[bool] = False
    reads_output: ClassVar[bool] = True
    in_place: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__module__.rpartition(".")[2].replace("_", "-")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Give the outputs' shapes; raises `ShapeError` where shapes do not fit. By default: as the input."""
        return (inputs[0],)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """Draw parameters of the given sizes; a layer without parameters has none to draw."""
        return {}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Give the outputs and the function that carries upstream gradients back."""
        raise NotImplementedError(self.kind)

    def __call__(self, params: Params, *inputs: Array) -> tuple[tuple[Array, ...], Backward]:
        """Check the shapes, then go forward in fresh arrays."""
        self.shapes({name: array.shape for name, array in params.items()}, *(X.shape for X in inputs))
        return self.forward(params, *inputs)

    def next_state(self, params: Params, *inputs: Array) -> dict[str, Array]:
        """Give the state after a training step; most layers have none."""
        return {}

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Yield examples that cover the configurations worth testing."""
        raise NotImplementedError(cls.kind)
