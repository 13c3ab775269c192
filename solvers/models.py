"""Well-known networks as lists of layers; the shape of the input each expects is in its docstring."""

from collections.abc import Mapping, Sequence

from solvers.layer_specs import (
    Activation,
    Attention,
    Conv,
    Embedding,
    Flatten,
    GlobalPool,
    Join,
    Layer,
    Linear,
    Norm,
    Pool,
    TransposedConv,
)
from solvers.worked import Shape

Layers = tuple[Layer, ...]
RELU = Activation(kind="relu")

VGG = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
RESNET = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
GOOGLENET = (
    ((64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)),
    ((192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64),
     (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128)),
    ((256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)),
)  # fmt: skip


def lenet(classes: int = 10) -> Layers:
    """LeNet-5 with every map connected, for (1, 32, 32)."""
    return (Conv(6, 5), RELU, Pool(2), Conv(16, 5), RELU, Pool(2), Flatten(), *mlp((120, 84, classes)))


def lenet_1998() -> Layers:
    """LeNet-5 of 1998, for (1, 32, 32): sparse third layer, trainable sub-sampling, fixed output units."""
    first, second = (Conv(6, 5), Pool(2, trainable=True)), (Conv(16, 5, connections=60), Pool(2, trainable=True))
    return (*first, *second, Conv(120, 5), Flatten(), Linear(84))


def alexnet(
    channels: Sequence[int] = (96, 256, 384, 384, 256), groups: int = 2, padding: int = 2, classes: int = 1000
) -> Layers:
    """AlexNet for (3, 224, 224); padding 0 for (3, 227, 227). Two groups as on its two graphics cards, 1 for none.

    Channels 64, 192, 384, 256, 256 without groups give the single-column version.
    """
    a, b, c, d, e = channels
    first = (Conv(a, 11, 4, padding), RELU, Pool(3, 2), Conv(b, 5, 1, 2, groups=groups), RELU, Pool(3, 2))
    second = (Conv(c, 3, 1, 1), RELU, Conv(d, 3, 1, 1, groups=groups), RELU, Conv(e, 3, 1, 1, groups=groups), RELU)
    return (*first, *second, Pool(3, 2), Flatten(), *mlp((4096, 4096, classes)))


def vgg(depth: int = 16, norm: bool = False, classes: int = 1000) -> Layers:
    """VGG-11, 13, 16 or 19 for (3, 224, 224)."""
    layers: list[Layer] = []
    for channels, count in zip((64, 128, 256, 512, 512), _known(VGG, depth, "VGG"), strict=True):
        layers += [*(Conv(channels, 3, 1, 1), *((Norm(),) if norm else ()), RELU) * count, Pool(2)]
    return (*layers, Flatten(), *mlp((4096, 4096, classes)))


def resnet(depth: int = 50, classes: int = 1000, early_stride: bool = False) -> Layers:
    """ResNet-18, 34, 50, 101 or 152 for (3, 224, 224).

    From 50 on a block is a bottleneck; `early_stride` puts its stride into the first 1 × 1 convolution, as in the
    paper, instead of the 3 × 3, as in PyTorch.
    """
    layers: list[Layer] = [*_normed(Conv(64, 7, 2, 3, bias=False)), Pool(3, 2, 1)]
    channels = 64
    for stage, count in enumerate(_known(RESNET, depth, "ResNet")):
        for index in range(count):
            stride = 2 if stage and not index else 1
            block = _bottleneck(64 << stage, stride, early_stride) if depth >= 50 else _basic(64 << stage, stride)
            after = (64 << stage) * (4 if depth >= 50 else 1)
            layers += [residual(block, after, stride if stride > 1 or channels != after else 0), RELU]
            channels = after
    return (*layers, GlobalPool(), Linear(classes))


def residual(body: Layers, channels: int = 0, stride: int = 0) -> Join:
    """x + body(x); with a stride the shortcut is a 1 × 1 convolution to so many channels, else the input itself."""
    shortcut: Layers = (Conv(channels, 1, stride, bias=False), Norm()) if stride else ()
    return Join((body, shortcut))


def inception(
    single: int,
    reduced3: int,
    wide3: int,
    reduced5: int,
    wide5: int,
    pooled: int,
    norm: bool = False,
    kernel: int = 5,
) -> Join:
    """The inception block: 1 × 1; 1 × 1 then 3 × 3; 1 × 1 then 5 × 5; max pooling then 1 × 1; concatenated."""
    three = (*_unit(reduced3, norm=norm), *_unit(wide3, 3, 1, 1, norm))
    five = (*_unit(reduced5, norm=norm), *_unit(wide5, kernel, 1, kernel // 2, norm))
    pool = (Pool(3, 1, 1), *_unit(pooled, norm=norm))
    return Join((_unit(single, norm=norm), three, five, pool), "concat")


def googlenet(norm: bool = False, kernel: int = 5, classes: int = 1000) -> Layers:
    """GoogLeNet for (3, 224, 224) without its auxiliary heads; PyTorch's has norms, and kernel 3 in place of 5."""
    first = (*_unit(64, 7, 2, 3, norm), Pool(3, 2, ceil=True))
    second = (*_unit(64, norm=norm), *_unit(192, 3, 1, 1, norm), Pool(3, 2, ceil=True))
    third, fourth, fifth = (tuple(inception(*sizes, norm, kernel) for sizes in stage) for stage in GOOGLENET)
    body = (*third, Pool(3, 2, ceil=True), *fourth, Pool(3, 2, ceil=True), *fifth)
    return (*first, *second, *body, GlobalPool(), Linear(classes))


def unet(outputs: int = 2, base: int = 64, levels: int = 4, padding: int = 0, norm: bool = False) -> Layers:
    """U-Net; unpadded as in the paper for (1, 572, 572), or padding 1 for sides divisible by 2^levels."""
    return (*_unet_level(base, levels, padding, norm), Conv(outputs, 1))


def autoencoder(widths: Sequence[int], features: int) -> Layers:
    """A fully connected autoencoder for (features,): widths down to the code, then back up again."""
    return mlp((*widths, *reversed(widths[:-1]), features))


def mlp(widths: Sequence[int], bias: bool = True) -> Layers:
    """Fully connected layers with ReLU between them; the input's width is not among the widths."""
    hidden = [layer for width in widths[:-1] for layer in (Linear(width, bias), RELU)]
    return (*hidden, Linear(widths[-1], bias))


def encoder(features: int, hidden: int, heads: int = 1, blocks: int = 1, bias: bool = True) -> Layers:
    """Transformer encoder blocks for (tokens, features); `bias` is that of the attention's projections."""
    return (Join(((Attention(heads, bias),), ())), Norm(), *_feed_forward(features, hidden)) * blocks


def decoder(
    features: int, hidden: int, memory: Shape, heads: int = 1, blocks: int = 1, bias: bool = True
) -> Layers:
    """Transformer decoder blocks for (tokens, features); `memory` is the shape of the encoder's output."""
    attend = (Join(((Attention(heads, bias),), ())), Norm(), Join(((Attention(heads, bias, memory),), ())), Norm())
    return (*attend, *_feed_forward(features, hidden)) * blocks


def gpt(vocabulary: int, features: int, blocks: int, context: int, heads: int) -> Layers:
    """A GPT-2-like decoder for (tokens,), up to its last norm; the output layer shares the embedding's weights."""
    block = (Join(((Norm(), Attention(heads)), ())), Join(((Norm(), *mlp((4 * features, features))), ())))
    return (Embedding(vocabulary, features, context), *block * blocks, Norm())


def _unit(channels: int, kernel: int = 1, stride: int = 1, padding: int = 0, norm: bool = False) -> Layers:
    conv = Conv(channels, kernel, stride, padding, bias=not norm)
    return _normed(conv) if norm else (conv, RELU)


def _normed(conv: Conv) -> Layers:
    return (conv, Norm(), RELU)


def _basic(channels: int, stride: int) -> Layers:
    return (*_normed(Conv(channels, 3, stride, 1, bias=False)), Conv(channels, 3, 1, 1, bias=False), Norm())


def _bottleneck(channels: int, stride: int, early: bool) -> Layers:
    first, second = (stride, 1) if early else (1, stride)
    narrow = (*_normed(Conv(channels, 1, first, bias=False)), *_normed(Conv(channels, 3, second, 1, bias=False)))
    return (*narrow, Conv(4 * channels, 1, bias=False), Norm())


def _unet_level(channels: int, levels: int, padding: int, norm: bool) -> Layers:
    unit: Layers = (Conv(channels, 3, 1, padding, bias=not norm), *((Norm(),) if norm else ()), RELU)
    if not levels:
        return unit * 2
    inner = (Pool(2), *_unet_level(2 * channels, levels - 1, padding, norm), TransposedConv(channels, 2, 2))
    return (*unit * 2, Join(((), inner), "concat", crop=not padding), *unit * 2)


def _feed_forward(features: int, hidden: int) -> Layers:
    return (Join((mlp((hidden, features)), ())), Norm())


def _known(table: Mapping[int, tuple[int, ...]], depth: int, name: str) -> tuple[int, ...]:
    if depth not in table:
        raise ValueError(f"{name} comes in depths {', '.join(map(str, table))}; got {depth}")
    return table[depth]
