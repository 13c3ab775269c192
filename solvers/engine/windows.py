"""Windows that slide over the last axes of an array: shared by convolutions and pooling.

Arrays are (samples, channels, *sizes), with one size (signals) or two (images). A convolution is a matrix product
once the windows are unfolded into columns; folding, which adds up what overlaps, is the adjoint of unfolding.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from solvers.engine.layer import Array, Shape, ShapeError, Space

Sides = tuple[tuple[int, int], ...]
PerAxis = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A window's kernel, stride and dilation along each axis, and the padding before and after it."""

    kernel: Shape
    stride: Shape
    dilation: Shape
    padding: Sides

    def outputs(self, sizes: Shape) -> Shape:
        """Give the number of positions along each axis: ⌊(n + padding - extent)/stride⌋ + 1.

        >>> window(3, 2, 1, axes=2).outputs((5, 8))
        (3, 4)
        """
        room = self._room(sizes)
        if min(room) < 0:
            padded = tuple(n + sum(sides) for n, sides in zip(sizes, self.padding, strict=True))
            raise ShapeError("input with its padding", f"of at least {self.extent} under the window", padded)
        return tuple(r // s + 1 for r, s in zip(room, self.stride, strict=True))

    @property
    def extent(self) -> Shape:
        """The span of the window along each axis, holes included: d (k - 1) + 1."""
        return tuple(d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True))

    def _room(self, sizes: Shape) -> Shape:
        return tuple(n + sum(p) - e for n, p, e in zip(sizes, self.padding, self.extent, strict=True))

    def reaching(self, sizes: Shape) -> "Window":
        """Give the window padded further at the end, so that positions are rounded up, not down.

        A position that would begin in the padding at the end is left out, as in PyTorch.
        """
        return replace(self, padding=tuple(map(_reach, sizes, self._room(sizes), self.stride, self.padding)))

    def offsets(self, outputs: Shape) -> Iterator[tuple[Shape, tuple[Any, ...]]]:
        """Give each place in the kernel and the slices of the padded array that meet it."""
        for place in product(*map(range, self.kernel)):
            starts = (i * d for i, d in zip(place, self.dilation, strict=True))
            spans = zip(starts, self.stride, outputs, strict=True)
            yield place, (..., *(slice(start, start + s * (n - 1) + 1, s) for start, s, n in spans))

    def pad(self, X: Array, space: Space, value: float = 0.0) -> Array:
        """Give X with its padding filled with a value; X itself where there is none."""
        if not any(map(any, self.padding)):
            return X
        sizes = (n + sum(sides) for n, sides in zip(X.shape[2:], self.padding, strict=True))
        padded = space("padded", (*X.shape[:2], *sizes), X.dtype)
        padded.fill(value)
        padded[self.inside(X.shape[2:])] = X
        return padded

    def inside(self, sizes: Shape) -> tuple[Any, ...]:
        """Give the slices of the padded array that hold the array itself."""
        return (..., *(slice(before, before + n) for (before, _), n in zip(self.padding, sizes, strict=True)))

    def unfold(self, X: Array, space: Space) -> Array:
        """Give the windows as columns: (samples, channels, kernel places, positions)."""
        outputs = self.outputs(X.shape[2:])
        shape = (*X.shape[:2], prod(self.kernel), prod(outputs))
        if self.is_pointwise and X.flags.c_contiguous:
            return X.reshape(shape)
        columns = space("columns", (*X.shape[:2], *self.kernel, *outputs), X.dtype)
        np.copyto(columns, self._view(self.pad(X, space), outputs))
        return columns.reshape(shape)

    @property
    def is_pointwise(self) -> bool:
        """Whether the windows are the entries themselves."""
        return max(*self.kernel, *self.stride, *map(max, self.padding)) <= 1 and not any(map(any, self.padding))

    def _view(self, padded: Array, outputs: Shape) -> Array:
        steps = padded.strides[2:]
        inner = (d * step for d, step in zip(self.dilation, steps, strict=True))
        outer = (s * step for s, step in zip(self.stride, steps, strict=True))
        shape, strides = (*padded.shape[:2], *self.kernel, *outputs), (*padded.strides[:2], *inner, *outer)
        return as_strided(padded, shape, strides, writeable=False)

    def fold(self, columns: Array, sizes: Shape, space: Space) -> Array:
        """Add columns up where their windows lie: the adjoint of `unfold`, (samples, channels, *sizes)."""
        outputs = self.outputs(sizes)
        places = columns.reshape(*columns.shape[:2], *self.kernel, *outputs)
        padded = (n + sum(sides) for n, sides in zip(sizes, self.padding, strict=True))
        total = space.zeros("folded", (*columns.shape[:2], *padded), columns.dtype)
        for place, slices in self.offsets(outputs):
            at: tuple[Any, ...] = (slice(None), slice(None), *place)
            total[slices] += places[at]
        interior: Array = total[self.inside(sizes)]
        return interior


def _reach(size: int, room: int, stride: int, sides: tuple[int, int]) -> tuple[int, int]:
    before, after = sides
    last = -(-room // stride) * stride
    return (before, after + last - room) if last < size + before else sides


@lru_cache(maxsize=1024)
def window(
    kernel: PerAxis, stride: PerAxis = 1, padding: PerAxis | str = 0, dilation: PerAxis = 1, *, axes: int = 2
) -> Window:
    """Give a window over one or two axes; a single number holds for every axis.

    Padding is the same on both sides; `"valid"` is none, and `"same"` keeps the size at stride 1, with the odd
    entry at the end. Raises `ValueError` for numbers out of range.
    """
    k = per_axis("kernel", kernel, axes, 1)
    s, d = per_axis("stride", stride, axes, 1), per_axis("dilation", dilation, axes, 1)
    return Window(k, s, d, _sides(padding, k, s, d))


def per_axis(name: str, value: PerAxis, axes: int, least: int) -> Shape:
    """Give one whole number per axis.

    >>> per_axis("stride", 2, 2, 1)
    (2, 2)
    """
    numbers = tuple(value) if isinstance(value, tuple | list) else (value,) * axes
    if len(numbers) != axes or not all(isinstance(n, int) and n >= least for n in numbers):
        raise ValueError(f"{name} must be a whole number of at least {least}, or {axes} of them, got {value!r}")
    return numbers


def _sides(padding: PerAxis | str, kernel: Shape, stride: Shape, dilation: Shape) -> Sides:
    if padding == "same":
        if max(stride) > 1:
            raise ValueError(f"padding 'same' needs stride 1, got {stride}")
        spare = (d * (k - 1) for k, d in zip(kernel, dilation, strict=True))
        return tuple((total // 2, total - total // 2) for total in spare)
    if padding == "valid":
        padding = 0
    if isinstance(padding, str):
        raise ValueError(f"padding must be numbers, 'same' or 'valid', got {padding!r}")
    return tuple((p, p) for p in per_axis("padding", padding, len(kernel), 0))
