"""A layer in its place, as its explanation sees it: arrays, gradients, and the symbols they are written with."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.trace import Record
from solvers.walkthrough.showing import show
from solvers.walkthrough.symbols import Symbols
from solvers.worked import Shape, Step

Arrays = Mapping[str, Array]
NONE: Arrays = MappingProxyType({})


@dataclass(frozen=True)
class View:
    """One record and its symbols; `owner` is the node whose parameters it uses, `readers` how many read its output."""

    record: Record
    symbols: Symbols
    owner: str
    readers: int = 1

    @property
    def layer(self) -> Any:
        """The layer's configuration."""
        return self.record.layer

    @property
    def X(self) -> Array:  # noqa: N802 - as on paper
        """The first input."""
        return self.record.inputs[0]

    @property
    def Y(self) -> Array:  # noqa: N802
        """The first output."""
        return self.record.outputs[0]

    @property
    def dY(self) -> Array:  # noqa: N802
        """The upstream gradient of the first output, zeros if only other outputs have one."""
        gradient = self.record.grad_outputs[0]
        return np.zeros_like(self.Y) if gradient is None else gradient

    @property
    def dX(self) -> Array | None:  # noqa: N802
        """The gradient sent back to the first input."""
        return self.record.grad_inputs[0]

    @property
    def x(self) -> str:
        """The symbol of the first input."""
        return self.symbols.value(self.record.sources[0])

    @property
    def y(self) -> str:
        """The symbol of the output."""
        return self.symbols.value(self.record.name)

    @property
    def input_name(self) -> str:
        """The plain name of the first input."""
        return self.name_of(self.record.sources[0])

    @property
    def upstream_name(self) -> str:
        """The plain name of the upstream gradient."""
        return f"d{self.name_of(self.record.name)}"

    def has(self, name: str) -> bool:
        """Say whether a parameter is there."""
        return name in self.record.params

    def param(self, name: str) -> Array:
        """Give a parameter."""
        return self.record.params[name]

    def symbol(self, name: str) -> str:
        """Give the symbol of a parameter."""
        return self.symbols.param(self.owner, name)

    def plain(self, name: str) -> str:
        """Give the plain name of a parameter."""
        return self.symbols.params[self.owner, name]

    def grad(self, name: str) -> Array:
        """Give the gradient of a parameter that this node sends back."""
        return (self.record.grads or {})[name]

    @property
    def up(self) -> str:
        """The upstream gradient in symbols."""
        return partial(self.y)

    def name_of(self, source: str) -> str:
        """Give the plain name of a value."""
        return self.symbols.values[source.partition(":")[0]]

    def output_step(self, reason: str, formula: str, numbers: str = "", shapes: Arrays = NONE) -> Step:
        """Make the step that gives the output; `shapes` are the arrays whose shapes are named."""
        name = self.name_of(self.record.name)
        return Step(
            reason, f"{self.y} = {formula}", numbers, show(self.Y), name, shapes_of({**shapes, name: self.Y})
        )

    def input_step(
        self, reason: str, formula: str, numbers: str = "", shapes: Arrays = NONE, place: int = 0
    ) -> Step:
        """Make the step that gives the gradient of an input."""
        source, gradient = self.record.sources[place], self.record.grad_inputs[place]
        assert gradient is not None
        name, symbol = f"d{self.name_of(source)}", partial(self.symbols.value(source))
        return Step(
            reason, f"{symbol} = {formula}", numbers, show(gradient), name, shapes_of({**shapes, name: gradient})
        )

    def param_step(self, param: str, reason: str, formula: str, numbers: str = "", shapes: Arrays = NONE) -> Step:
        """Make the step that gives the gradient of a parameter."""
        name, symbol, gradient = f"d{self.plain(param)}", partial(self.symbol(param)), self.grad(param)
        return Step(
            reason, f"{symbol} = {formula}", numbers, show(gradient), name, shapes_of({**shapes, name: gradient})
        )


def partial(symbol: str, of: str = "L") -> str:
    """Write a derivative.

    >>> partial("W_1")
    '\\\\frac{\\\\partial L}{\\\\partial W_1}'
    """
    return rf"\frac{{\partial {of}}}{{\partial {symbol}}}"


def shapes_of(arrays: Arrays) -> tuple[tuple[str, Shape], ...]:
    """Name the shapes of arrays for a step."""
    return tuple((name, tuple(array.shape)) for name, array in arrays.items())
