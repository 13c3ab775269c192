"""Layers as plain descriptions: each knows its output shape, its parameters and its multiply-adds.

Shapes leave out the batch: an image is (channels, height, width), a sequence (tokens, features), a flat vector
(features,). Whole networks are tuples of these layers (`solvers.architecture`, `solvers.models`).
"""

from dataclasses import dataclass
from math import prod
from typing import Literal

from solvers.multiply_adds import attention_multiply_adds, conv_multiply_adds, linear_multiply_adds
from solvers.parameters import conv_parameters, linear_parameters, recurrent_parameters
from solvers.shapes import Pair, conv_shape, conv_size, pair, transposed_size
from solvers.transformer_parameters import attention_parameters, embedding_parameters
from solvers.worked import Shape


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What every layer can say; by itself a layer that keeps the shape and learns nothing."""

    name: str = ""

    def output(self, given: Shape) -> Shape:
        """Shape of the output for an input of this shape; ValueError where the layer cannot take it."""
        return given

    def parameters(self, given: Shape) -> int:
        """Number of learnable parameters."""
        return 0

    def multiply_adds(self, given: Shape) -> int:
        """Multiply-adds for one sample; cheap element-wise work is not counted."""
        return 0


@dataclass(frozen=True)
class Activation(Layer):
    """An element-wise function, or dropout: it changes values, not shapes."""

    kind: str = "relu"


@dataclass(frozen=True)
class Conv(Layer):
    """A convolution; `connections` counts the joined pairs of channels where not all are (LeNet's sparse layer)."""

    channels: int
    kernel: Pair
    stride: Pair = 1
    padding: Pair = 0
    dilation: Pair = 1
    groups: int = 1
    bias: bool = True
    connections: int = 0

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "a convolution")
        return conv_shape(given, self.channels, self.kernel, self.stride, self.padding, self.dilation)

    def parameters(self, given: Shape) -> int:
        if self.connections:
            return prod(pair(self.kernel)) * self.connections + self.bias * self.channels
        return conv_parameters(given[0], self.channels, self.kernel, self.groups, self.bias)

    def multiply_adds(self, given: Shape) -> int:
        if self.connections:
            return prod(pair(self.kernel)) * self.connections * prod(self.output(given)[1:])
        geometry = self.kernel, self.stride, self.padding, self.dilation
        return conv_multiply_adds(given, self.channels, *geometry, self.groups)


@dataclass(frozen=True)
class TransposedConv(Layer):
    """A transposed convolution (up-convolution)."""

    channels: int
    kernel: int
    stride: int = 1
    padding: int = 0
    output_padding: int = 0
    bias: bool = True

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "a transposed convolution")
        size = self.kernel, self.stride, self.padding, 1, self.output_padding
        return (self.channels, *(transposed_size(side, *size) for side in given[1:]))

    def parameters(self, given: Shape) -> int:
        return conv_parameters(given[0], self.channels, self.kernel, 1, self.bias)

    def multiply_adds(self, given: Shape) -> int:
        return prod(given) * self.channels * self.kernel**2


@dataclass(frozen=True)
class Pool(Layer):
    """Max or average pooling; stride 0 means that of the kernel, `ceil` rounds up, `trainable` adds LeNet's two."""

    kernel: int
    stride: int = 0
    padding: int = 0
    ceil: bool = False
    trainable: bool = False

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "pooling")
        stride = self.stride or self.kernel
        sides = []
        for size in given[1:]:
            floor = conv_size(size, self.kernel, stride, self.padding)
            more = (
                self.ceil
                and (size + 2 * self.padding - self.kernel) % stride
                and floor * stride < size + self.padding
            )
            sides.append(floor + bool(more))
        return (given[0], *sides)

    def parameters(self, given: Shape) -> int:
        return 2 * given[0] if self.trainable else 0


@dataclass(frozen=True)
class GlobalPool(Layer):
    """The mean of each channel: (channels,)."""

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "global pooling")
        return given[:1]


@dataclass(frozen=True)
class Upsample(Layer):
    """Every side grows by a factor; nothing is learnt."""

    factor: int = 2

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "up-sampling")
        return (given[0], *(self.factor * side for side in given[1:]))


@dataclass(frozen=True)
class Flatten(Layer):
    """Everything in one row."""

    def output(self, given: Shape) -> Shape:
        return (prod(given),)


@dataclass(frozen=True)
class Tokens(Layer):
    """Every pixel of an image becomes one token: (height · width, channels)."""

    def output(self, given: Shape) -> Shape:
        _rank(given, 3, "turning pixels into tokens")
        return (given[1] * given[2], given[0])


@dataclass(frozen=True)
class Linear(Layer):
    """A fully connected layer on the last axis."""

    outputs: int
    bias: bool = True

    def output(self, given: Shape) -> Shape:
        if len(given) > 2:
            raise ValueError(
                f"a fully connected layer needs a flat input or tokens, got shape {given}: flatten it first"
            )
        return (*given[:-1], self.outputs)

    def parameters(self, given: Shape) -> int:
        return linear_parameters(given[-1], self.outputs, self.bias)

    def multiply_adds(self, given: Shape) -> int:
        return linear_multiply_adds(given[-1], self.outputs, prod(given[:-1]))


@dataclass(frozen=True)
class Norm(Layer):
    """Batch, layer, instance or group norm: a scale and a shift per channel (image) or feature."""

    def parameters(self, given: Shape) -> int:
        return 2 * (given[0] if len(given) == 3 else given[-1])


@dataclass(frozen=True)
class Embedding(Layer):
    """A vector for each token of a sequence (tokens,); `positions` adds a learnt table of so many positions."""

    vocabulary: int
    features: int
    positions: int = 0

    def output(self, given: Shape) -> Shape:
        _rank(given, 1, "an embedding")
        return (*given, self.features)

    def parameters(self, given: Shape) -> int:
        return embedding_parameters(self.vocabulary, self.features, self.positions)


@dataclass(frozen=True)
class Attention(Layer):
    """Multi-head attention; `memory` is the shape of the sequence that keys and values come from (cross-attention)."""

    heads: int = 1
    bias: bool = True
    memory: Shape = ()

    def output(self, given: Shape) -> Shape:
        _rank(given, 2, "attention")
        if given[1] % self.heads:
            raise ValueError(f"{given[1]} features cannot be cut into {self.heads} heads")
        return given

    def parameters(self, given: Shape) -> int:
        return attention_parameters(given[1], self.bias, self.memory[1] if self.memory else 0)

    def multiply_adds(self, given: Shape) -> int:
        tokens, features = given
        keys, key_features = self.memory or given
        both = attention_multiply_adds(tokens, features, keys)
        return both["total"] + 2 * keys * features * (key_features - features)


@dataclass(frozen=True)
class Recurrent(Layer):
    """An "rnn", "gru" or "lstm" that gives every state: (tokens, hidden · directions)."""

    cell: str
    hidden: int
    biases: int = 1
    directions: int = 1

    def output(self, given: Shape) -> Shape:
        _rank(given, 2, "a recurrent layer")
        return (given[0], self.hidden * self.directions)

    def parameters(self, given: Shape) -> int:
        return recurrent_parameters(self.cell, given[1], self.hidden, self.biases, directions=self.directions)

    def multiply_adds(self, given: Shape) -> int:
        weights = recurrent_parameters(self.cell, given[1], self.hidden, 0, directions=self.directions)
        return given[0] * weights


@dataclass(frozen=True)
class Join(Layer):
    """Paths from one input, added or concatenated; an empty path is a skip connection, `crop` cuts to the smallest."""

    paths: tuple[tuple[Layer, ...], ...]
    how: Literal["add", "concat"] = "add"
    crop: bool = False

    def output(self, given: Shape) -> Shape:
        ends = [through(path, given) for path in self.paths]
        if self.how == "add":
            if len(set(ends)) > 1:
                raise ValueError(f"only equal shapes can be added, got {' and '.join(map(str, ends))}")
            return ends[0]
        axis = 0 if len(given) == 3 else len(given) - 1
        rest = [(*end[:axis], *end[axis + 1 :]) for end in ends]
        if len(set(rest)) > 1 and not self.crop:
            raise ValueError(f"shapes may differ in their channels only, got {' and '.join(map(str, ends))}")
        sides = tuple(map(min, zip(*rest, strict=True)))
        return (*sides[:axis], sum(end[axis] for end in ends), *sides[axis:])


def through(layers: tuple[Layer, ...], given: Shape) -> Shape:
    """Shape after several layers.

    >>> through((Conv(6, 5), Pool(2), Flatten()), (1, 32, 32))
    (1176,)
    """
    for layer in layers:
        given = layer.output(given)
    return given


def _rank(given: Shape, rank: int, what: str) -> None:
    kinds = {
        1: "a flat vector (features,)",
        2: "a sequence (tokens, features)",
        3: "an image (channels, height, width)",
    }
    if len(given) != rank:
        raise ValueError(f"{what} needs {kinds[rank]}, got shape {given}")
