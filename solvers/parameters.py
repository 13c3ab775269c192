"""Learnable parameters of every layer, counted by formula.

Each `…_steps` function returns the working, the function beside it only the count. Recurrent cells have one bias
per gate as in the course and Keras, or two as in PyTorch (`biases=2`).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from solvers.shapes import Pair, pair
from solvers.worked import Step, Worked, worked

GATES = {"rnn": 1, "gru": 3, "lstm": 4}


def linear_parameters(inputs: int, outputs: int, bias: bool = True) -> int:
    """Weights and biases of a fully connected layer.

    >>> linear_parameters(784, 10)
    7850
    """
    return inputs * outputs + bias * outputs


def linear_parameters_steps(inputs: int, outputs: int, bias: bool = True) -> Worked:
    """Work out the parameters of a fully connected layer."""
    weights, result = inputs * outputs, linear_parameters(inputs, outputs, bias)
    steps = [Step("Every input has one weight to every output.", "D M", rf"{inputs} \cdot {outputs}", str(weights),
                  "weights")]  # fmt: skip
    if bias:
        steps.append(Step("Every output has one bias.", "D M + M", f"{weights} + {outputs}", str(result), "total"))
    return worked(result, steps)


def mlp_parameters(widths: Sequence[int], bias: bool = True) -> int:
    """Parameters of fully connected layers in a row; the widths begin with the input's.

    >>> mlp_parameters([3, 4, 2])
    26
    """
    return sum(linear_parameters(int(before), int(after), bias) for before, after in pairwise(widths))


def mlp_parameters_steps(widths: Sequence[int], bias: bool = True) -> Worked:
    """Work out the parameters of a multilayer perceptron, layer by layer."""
    counts = [linear_parameters(int(a), int(b), bias) for a, b in pairwise(widths)]
    one = r"D M + M" if bias else "D M"
    steps = [
        Step(f"Layer {index}: a weight from every unit to every unit of the next layer"
             f"{', and a bias for each of these' if bias else ''}." if index == 1 else f"Layer {index} in the same way.", one,
             rf"{a} \cdot {b}" + (f" + {b}" if bias else ""), str(count), f"layer{index}")
        for index, ((a, b), count) in enumerate(zip(pairwise(widths), counts, strict=True), 1)
    ]  # fmt: skip
    return worked(sum(counts), (*steps, Step("All layers together.", "", " + ".join(map(str, counts)),
                                             str(sum(counts)), "total")))  # fmt: skip


def conv_parameters(inputs: int, outputs: int, kernel: Pair, groups: int = 1, bias: bool = True) -> int:
    """Parameters of a convolution (or a transposed one) between so many channels.

    >>> conv_parameters(3, 96, 11), conv_parameters(8, 8, 3, groups=8, bias=False)
    (34944, 72)
    """
    if inputs % groups or outputs % groups:
        raise ValueError(f"{inputs} and {outputs} channels cannot be split into {groups} groups")
    height, width = pair(kernel)
    return height * width * (inputs // groups) * outputs + bias * outputs


def conv_parameters_steps(inputs: int, outputs: int, kernel: Pair, groups: int = 1, bias: bool = True) -> Worked:
    """Work out the parameters of a convolution."""
    result, (height, width) = conv_parameters(inputs, outputs, kernel, groups, bias), pair(kernel)
    depth = inputs // groups
    filter_size = height * width * depth
    seen = f"each of the {depth} channels of its group" if groups > 1 else "every input channel"
    share = " / g" if groups > 1 else ""
    steps = [
        Step(f"One filter has a weight for every pixel of its window, in {seen}.", r"k_h k_w C_\text{in}" + share,
             rf"{height} \cdot {width} \cdot {depth}", str(filter_size), "filter"),
        Step("There is one filter for each output channel. The image size does not matter: the same weights are "
             "used everywhere.", r"k_h k_w C_\text{in} C_\text{out}" + share,
             rf"{filter_size} \cdot {outputs}", str(filter_size * outputs), "weights"),
    ]  # fmt: skip
    if bias:
        steps.append(
            Step("Every filter has one bias.", "", f"{filter_size * outputs} + {outputs}", str(result), "total")
        )
    return worked(result, steps)


def separable_parameters(inputs: int, outputs: int, kernel: int, bias: bool = False) -> dict[str, int]:
    """Parameters of a depth-wise convolution, the point-wise one after it, and both together.

    >>> separable_parameters(32, 64, 3)
    {'depthwise': 288, 'pointwise': 2048, 'total': 2336}
    """
    depthwise = conv_parameters(inputs, inputs, kernel, groups=inputs, bias=bias)
    pointwise = conv_parameters(inputs, outputs, 1, bias=bias)
    return {"depthwise": depthwise, "pointwise": pointwise, "total": depthwise + pointwise}


def separable_parameters_steps(inputs: int, outputs: int, kernel: int, bias: bool = False) -> Worked:
    """Work out the parameters of a depth-wise separable convolution and what it saves."""
    found, full = (
        separable_parameters(inputs, outputs, kernel, bias),
        conv_parameters(inputs, outputs, kernel, 1, bias),
    )
    deep, point, both = found.values()
    plus = [f" + {count}" if bias else "" for count in (inputs, outputs)]
    return worked(found, (
        Step("The depth-wise part has one flat kernel per channel: no mixing of channels.", r"k^2 C_\text{in}",
             rf"{kernel}^2 \cdot {inputs}{plus[0]}", str(deep), "depthwise"),
        Step("The point-wise part mixes the channels with a 1 × 1 kernel.", r"C_\text{in} C_\text{out}",
             rf"{inputs} \cdot {outputs}{plus[1]}", str(point), "pointwise"),
        Step("Together they replace one full convolution.", r"k^2 C_\text{in} + C_\text{in} C_\text{out}",
             f"{deep} + {point}", str(both), "total"),
        Step(f"The full convolution has {full} parameters, so this share remains.",
             r"\frac{1}{C_\text{out}} + \frac{1}{k^2}" if not bias else "", rf"\frac{{{both}}}{{{full}}}",
             f"{both / full:.4g}", "ratio"),
    ))  # fmt: skip


def stack_parameters(channels: int, count: int) -> dict[str, int]:
    """Weights of so many 3 × 3 layers, and of the one kernel with their receptive field (equal channels, no bias).

    >>> stack_parameters(32, 3)
    {'stack': 27648, 'single': 50176}
    """
    square = channels * channels
    return {"stack": count * 9 * square, "single": (2 * count + 1) ** 2 * square}


def stack_parameters_steps(channels: int, count: int) -> Worked:
    """Work out what small kernels in a row save over a large one."""
    found, side = stack_parameters(channels, count), 2 * count + 1
    return worked(found, (
        Step("Each 3 × 3 layer has nine weights for every pair of channels.", r"n \cdot 9 C^2",
             rf"{count} \cdot 9 \cdot {channels}^2", str(found["stack"]), "stack"),
        Step("Each adds two pixels to the receptive field.", "2n + 1", rf"2 \cdot {count} + 1", str(side), "side"),
        Step("One kernel of that side has its square for every pair.", "(2n + 1)^2 C^2",
             rf"{side}^2 \cdot {channels}^2", str(found["single"]), "single"),
    ))  # fmt: skip


def resolution_parameters(
    inputs: int, outputs: int, kernel: int, side: int, factor: int, classes: int
) -> dict[str, int]:
    """Parameters of a size-keeping convolution, and weights of the linear layer behind it, at `factor` times the side.

    >>> resolution_parameters(8, 16, 3, 32, 4, 20)
    {'conv': 1168, 'linear': 5242880}
    """
    return {"conv": conv_parameters(inputs, outputs, kernel), "linear": outputs * (side * factor) ** 2 * classes}


def resolution_parameters_steps(
    inputs: int, outputs: int, kernel: int, side: int, factor: int, classes: int
) -> Worked:
    """Work out what a larger image does to the parameters."""
    found, new = resolution_parameters(inputs, outputs, kernel, side, factor, classes), side * factor
    return worked(found, (
        Step("A convolution uses the same filters at every place: the image does not matter.",
             r"k^2 C_\text{in} C_\text{out} + C_\text{out}",
             rf"{kernel}^2 \cdot {inputs} \cdot {outputs} + {outputs}", str(found["conv"]), "conv"),
        Step("A linear layer has a weight for every pixel: it grows with the square of the side.",
             r"C_\text{out} (f H)^2 M", rf"{outputs} \cdot {new}^2 \cdot {classes}", str(found["linear"]), "linear"),
    ))  # fmt: skip


def dense_share(conv: int, widths: Sequence[int]) -> dict[str, float]:
    """Parameters of the fully connected layers behind a convolutional part, and their share of all.

    >>> dense_share(74, [3, 4, 2])
    {'dense': 26, 'share': 0.26}
    """
    dense = mlp_parameters(widths)
    return {"dense": dense, "share": dense / (dense + conv)}


def dense_share_steps(conv: int, widths: Sequence[int]) -> Worked:
    """Work out the share of parameters in the fully connected layers."""
    found = dense_share(conv, widths)
    share = Step("Their share of all parameters.", r"\frac{\text{dense}}{\text{dense} + \text{conv}}",
                 rf"\frac{{{found['dense']}}}{{{found['dense'] + conv}}}", f"{found['share']:.6g}", "share")  # fmt: skip
    *layers, last = mlp_parameters_steps(widths).steps
    return worked(found, (*layers, replace(last, name="dense"), share))


def recurrent_parameters(
    cell: str, inputs: int, hidden: int, biases: int = 1, outputs: int = 0, layers: int = 1, directions: int = 1
) -> int:
    """Parameters of an "rnn", "gru" or "lstm": per gate M² + DM and one or two biases of M.

    `outputs` adds an affine output layer; upper layers read the states of all directions below.

    >>> recurrent_parameters("lstm", 10, 20), recurrent_parameters("lstm", 10, 20, biases=2)
    (2480, 2560)
    """
    if cell not in GATES:
        raise ValueError(f"the cell must be one of {', '.join(GATES)}; got {cell!r}")
    depths = [inputs] + [hidden * directions] * (layers - 1)
    cells = sum(GATES[cell] * (hidden * hidden + depth * hidden + biases * hidden) for depth in depths)
    return cells * directions + (linear_parameters(hidden * directions, outputs) if outputs else 0)


def recurrent_parameters_steps(cell: str, inputs: int, hidden: int, biases: int = 1, outputs: int = 0) -> Worked:
    """Work out the parameters of one recurrent cell; the sequence length does not matter."""
    result, gates = recurrent_parameters(cell, inputs, hidden, biases, outputs), GATES.get(cell, 1)
    gate, core = (
        hidden * hidden + inputs * hidden + biases * hidden,
        recurrent_parameters(cell, inputs, hidden, biases),
    )
    bias = "M" if biases == 1 else f"{biases} M"
    steps = [
        Step("One affine map takes the old state and the new input to the new state, with "
             f"{'one bias' if biases == 1 else 'a bias for each of the two products'}.",
             rf"M^2 + D M + {bias}", rf"{hidden}^2 + {inputs} \cdot {hidden} + {biases * hidden}",
             str(gate), "gate"),
        Step("All time steps share these weights, so the length of the sequence does not count. "
             f"{'A' if cell == 'gru' else 'An'} {cell.upper()} has {f'{gates} such maps' if gates > 1 else 'no other map'}.",
             rf"{gates} (M^2 + D M + {bias})" if gates > 1 else "", rf"{gates} \cdot {gate}" if gates > 1 else "",
             str(core), "cell"),
    ]  # fmt: skip
    if outputs:
        steps.append(Step("The output layer is affine.", "M O + O", rf"{hidden} \cdot {outputs} + {outputs}",
                          str(result - core), "output"))  # fmt: skip
        steps.append(Step("Both together.", "", f"{core} + {result - core}", str(result), "total"))
    return worked(result, steps)
