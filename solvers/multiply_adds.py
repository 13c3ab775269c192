"""Multiply-adds of one forward pass for one sample; a FLOP count is twice that.

Each `…_steps` function returns the working, the function beside it only the count.
"""

from solvers.shapes import Pair, conv_shape, pair
from solvers.worked import Shape, Step, Worked, worked


def linear_multiply_adds(inputs: int, outputs: int, rows: int = 1) -> int:
    """Multiply-adds of an affine layer that is applied to so many rows (tokens, samples).

    >>> linear_multiply_adds(784, 10)
    7840
    """
    return rows * inputs * outputs


def conv_multiply_adds(
    image: Shape, channels: int, kernel: Pair, stride: Pair = 1, padding: Pair = 0,
    dilation: Pair = 1, groups: int = 1,
) -> int:  # fmt: skip
    """Multiply-adds of a convolution of an image (channels, height, width).

    >>> conv_multiply_adds((3, 227, 227), 96, 11, stride=4)
    105415200
    """
    depth, height, width = conv_shape(image, channels, kernel, stride, padding, dilation)
    high, wide = pair(kernel)
    return depth * height * width * (image[0] // groups) * high * wide


def conv_multiply_adds_steps(
    image: Shape, channels: int, kernel: Pair, stride: Pair = 1, padding: Pair = 0,
    dilation: Pair = 1, groups: int = 1,
) -> Worked:  # fmt: skip
    """Work out the multiply-adds of a convolution."""
    result = conv_multiply_adds(image, channels, kernel, stride, padding, dilation, groups)
    depth, height, width = conv_shape(image, channels, kernel, stride, padding, dilation)
    (high, wide), seen = pair(kernel), image[0] // groups
    return worked(result, (
        Step("One output number needs one multiplication for each weight of its filter.",
             r"k_h k_w C_\text{in}" + (" / g" if groups > 1 else ""), rf"{high} \cdot {wide} \cdot {seen}",
             str(high * wide * seen), "filter"),
        Step("The output has this many numbers.", r"C_\text{out} H_\text{out} W_\text{out}",
             rf"{depth} \cdot {height} \cdot {width}", str(depth * height * width), "outputs"),
        Step("Every one of them costs that much: unlike the parameters, the cost grows with the image.", "",
             rf"{high * wide * seen} \cdot {depth * height * width}", str(result), "total"),
    ))  # fmt: skip


def attention_multiply_adds(tokens: int, features: int, keys: int = 0, output: bool = True) -> dict[str, int]:
    """Multiply-adds of attention: the projections, the scores QKᵀ with their use on V, and both together.

    `keys` is the length of the sequence that keys and values come from, where it differs.

    >>> attention_multiply_adds(10, 4)
    {'projections': 640, 'scores': 800, 'total': 1440}
    """
    keys = keys or tokens
    projections = ((2 if output else 1) * tokens + 2 * keys) * features**2
    scores = 2 * tokens * keys * features
    return {"projections": projections, "scores": scores, "total": projections + scores}


def attention_multiply_adds_steps(tokens: int, features: int, keys: int = 0, output: bool = True) -> Worked:
    """Work out the multiply-adds of attention: linear and quadratic part."""
    found, source = attention_multiply_adds(tokens, features, keys, output), keys or tokens
    own = 2 if output else 1
    return worked(found, (
        Step("Every token passes through the projections, each a $D \\times D$ matrix: linear in the length.",
             "(2 T + 2 S) D^2" if output else "(T + 2 S) D^2",
             rf"({own * tokens} + {2 * source}) \cdot {features}^2", str(found["projections"]), "projections"),
        Step("Every query meets every key, and every weight then multiplies a value: quadratic in the length.",
             "2 T S D", rf"2 \cdot {tokens} \cdot {source} \cdot {features}", str(found["scores"]), "scores"),
        Step("Both together.", "", f"{found['projections']} + {found['scores']}", str(found["total"]), "total"),
    ))  # fmt: skip


def bottleneck_multiply_adds(image: Shape, channels: int, kernel: int, reduced: int) -> dict[str, float]:
    """A size-keeping convolution against a 1 × 1 reduction followed by it: direct, reduced, ratio.

    >>> bottleneck_multiply_adds((192, 28, 28), 32, 5, 16)
    {'direct': 120422400, 'reduced': 12443648, 'ratio': 9.67741935483871}
    """
    padding = (kernel - 1) // 2
    direct = conv_multiply_adds(image, channels, kernel, padding=padding)
    first = conv_multiply_adds(image, reduced, 1)
    second = conv_multiply_adds((reduced, *image[1:]), channels, kernel, padding=padding)
    return {"direct": direct, "reduced": first + second, "ratio": direct / (first + second)}


def bottleneck_multiply_adds_steps(image: Shape, channels: int, kernel: int, reduced: int) -> Worked:
    """Work out what a 1 × 1 bottleneck saves."""
    found = bottleneck_multiply_adds(image, channels, kernel, reduced)
    (depth, height, width), first = image, conv_multiply_adds(image, reduced, 1)
    return worked(found, (
        Step("Directly, every output number needs a window through all input channels.",
             r"H W C_\text{out} C_\text{in} k^2",
             rf"{height} \cdot {width} \cdot {channels} \cdot {depth} \cdot {kernel}^2", str(found["direct"]), "direct"),
        Step("The 1 × 1 convolution first reduces the channels, pixel by pixel.", r"H W r C_\text{in}",
             rf"{height} \cdot {width} \cdot {reduced} \cdot {depth}", str(first), "pointwise"),
        Step("Then the large kernel works on few channels only.", r"H W r C_\text{in} + H W C_\text{out} r k^2",
             rf"{first} + {height} \cdot {width} \cdot {channels} \cdot {reduced} \cdot {kernel}^2",
             str(found["reduced"]), "reduced"),
        Step("It is cheaper by this factor.", "", rf"\frac{{{found['direct']}}}{{{found['reduced']}}}",
             f"{found['ratio']:.6g}", "ratio"),
    ))  # fmt: skip
