"""Shapes of whole tensors: broadcasting, flattening, tokens, heads, attention, skip connections.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from math import prod

import numpy as np

from solvers.typeset import shape
from solvers.worked import Shape, Step, Worked, worked


def broadcast(first: Shape, second: Shape) -> Shape | None:
    """Shape of an element-wise result of two arrays as NumPy forms it, None where NumPy raises an error.

    >>> broadcast((4, 3), (1, 3)), broadcast((1, 3), (3, 1)), broadcast((4, 3), (3, 1))
    ((4, 3), (3, 3), None)
    """
    try:
        return np.broadcast_shapes(first, second)
    except ValueError:
        return None


def broadcast_steps(first: Shape, second: Shape) -> Worked:
    """Work out what NumPy makes of two shapes in an element-wise operation."""
    result = broadcast(first, second)
    length = max(len(first), len(second))
    left, right = ((1,) * (length - len(given)) + tuple(given) for given in (first, second))
    steps = [Step("Write the shapes one under the other, aligned at the right; missing sizes count as 1.", "",
                  rf"{shape(left)}, \quad {shape(right)}", "")]  # fmt: skip
    for axis, (a, b) in enumerate(zip(left, right, strict=True), 1):
        fits = a == b or 1 in (a, b)
        reason = f"Axis {axis}: {'equal sizes stay' if a == b else 'a size of 1 is repeated' if fits else 'neither is 1'}."
        steps.append(Step(reason, "", "", rf"{a}, {b} \to " + (str(max(a, b)) if fits else r"\text{error}")))
    steps.append(
        Step("So the result is:", "", "", shape(result) if result is not None else r"\text{error}", "shape")
    )
    return worked(result, steps)


def flat_index(position: Shape, sizes: Shape) -> int:
    """Place of an entry after row-major flattening, counted from 0.

    >>> flat_index((1, 2, 0), (3, 4, 5))
    30
    """
    if len(position) != len(sizes) or any(not 0 <= at < size for at, size in zip(position, sizes, strict=True)):
        raise ValueError(f"position {position} is not inside an array of shape {sizes}")
    return int(np.ravel_multi_index(position, sizes))


def flat_index_steps(position: Shape, sizes: Shape) -> Worked:
    """Work out where an entry lands after row-major flattening."""
    result, steps = flat_index(position, sizes), []
    for axis, at in enumerate(position):
        block = prod(sizes[axis + 1 :])
        entries = "entry" if block == 1 else "entries"
        steps.append(Step(f"Each step along axis {axis} skips everything behind it: {block} {entries}.", "",
                          rf"{at} \cdot {block}", str(at * block)))  # fmt: skip
    parts = " + ".join(step.result for step in steps)
    return worked(result, (*steps, Step("The index is the sum.", "", parts, str(result), "index")))


def flat_layer_shapes(image: Shape, outputs: int, batch: int) -> dict[str, Shape | int]:
    """Flattening images (channels, height, width) for a fully connected layer: X, W and the parameters.

    >>> flat_layer_shapes((3, 4, 4), 10, batch=8)
    {'X': (8, 48), 'W': (48, 10), 'parameters': 490}
    """
    features = prod(image)
    return {"X": (batch, features), "W": (features, outputs), "parameters": features * outputs + outputs}


def flat_layer_shapes_steps(image: Shape, outputs: int, batch: int) -> Worked:
    """Work out the shapes of a fully connected layer on flattened images."""
    found, features = flat_layer_shapes(image, outputs, batch), prod(image)
    return worked(found, (
        Step("Flattening keeps the samples apart and puts all pixels of all channels into one row.", "D = C H W",
             r" \cdot ".join(map(str, image)), str(features), "features"),
        Step("One row per sample.", r"B \times D", "", shape((batch, features)), "X"),
        Step("The weights take $D$ inputs to $M$ outputs.", r"D \times M", "", shape((features, outputs)), "W"),
        Step("Weights and one bias per output.", "D M + M", rf"{features} \cdot {outputs} + {outputs}",
             str(features * outputs + outputs), "parameters"),
    ))  # fmt: skip


def layer_as_conv(image: Shape, outputs: int, batch: int) -> dict[str, Shape]:
    """A fully connected layer on images as a convolution: by a kernel as large as the image, or 1 × 1.

    >>> layer_as_conv((3, 8, 8), 5, batch=4)["weights"], layer_as_conv((3, 8, 8), 5, batch=4)["pointwise"]
    ((5, 3, 8, 8), (5, 192, 1, 1))
    """
    return {
        "weights": (outputs, *image),
        "output": (batch, outputs, 1, 1),
        "pointwise": (outputs, prod(image), 1, 1),
    }


def layer_as_conv_steps(image: Shape, outputs: int, batch: int) -> Worked:
    """Work out the shapes of a fully connected layer written as a convolution."""
    found = layer_as_conv(image, outputs, batch)
    return worked(found, (
        Step("A kernel as large as the image fits at one place only and sees every pixel, as an output unit does.",
             r"M \times C \times H \times W", "", shape(found["weights"]), "weights"),
        Step("So each filter gives one number.", r"B \times M \times 1 \times 1", "", shape(found["output"]), "output"),
        Step("Or turn all pixels into channels of a single pixel first and use 1 × 1 kernels: as many weights.",
             r"M \times C H W \times 1 \times 1", "", shape(found["pointwise"]), "pointwise"),
    ))  # fmt: skip


def token_shape(images: Shape) -> Shape:
    """Images (batch, channels, height, width) with every pixel as a token: (batch, height · width, channels).

    >>> token_shape((4, 16, 14, 14))
    (4, 196, 16)
    """
    batch, channels, height, width = images
    return (batch, height * width, channels)


def token_shape_steps(images: Shape) -> Worked:
    """Work out the shape of images turned into token sequences."""
    result, (batch, channels, height, width) = token_shape(images), images
    return worked(result, (
        Step("First move the channels to the end: a reshape alone would mix pixels of one channel into a token.",
             r"B \times C \times H \times W \to B \times H \times W \times C", shape(images),
             shape((batch, height, width, channels)), "moved"),
        Step("Then join height and width to one axis of tokens.", r"B \times H W \times C", rf"{height} \cdot {width}",
             shape(result), "tokens"),
    ))  # fmt: skip


def attention_shapes(queries: int, keys: int, features: int) -> dict[str, Shape]:
    """Scores and output of attention with so many query and key tokens.

    >>> attention_shapes(5, 7, 16)
    {'scores': (5, 7), 'output': (5, 16)}
    """
    return {"scores": (queries, keys), "output": (queries, features)}


def attention_shapes_steps(queries: int, keys: int, features: int) -> Worked:
    """Work out the shapes in (cross-)attention."""
    found = attention_shapes(queries, keys, features)
    return worked(found, (
        Step("Every query meets every key: a $K \\times D$ matrix times a $D \\times N$ one.", "Q K^T",
             rf"({queries} \times {features}) ({features} \times {keys})", shape(found["scores"]), "scores"),
        Step("Softmax keeps the shape; each row of weights then mixes the $N$ values.",
             r"\operatorname{softmax}(\cdot) V", rf"({queries} \times {keys}) ({keys} \times {features})",
             shape(found["output"]), "output"),
    ))  # fmt: skip


def head_shapes(batch: int, tokens: int, features: int, head: int) -> dict[str, int | Shape]:
    """Splitting (batch, tokens, features) into heads of width `head`: how many, the shape before and of the scores.

    >>> head_shapes(2, 10, 64, 16)
    {'heads': 4, 'split': (2, 4, 10, 16), 'scores': (2, 4, 10, 10)}
    """
    if features % head:
        raise ValueError(f"{features} features cannot be split into heads of width {head}")
    heads = features // head
    return {"heads": heads, "split": (batch, heads, tokens, head), "scores": (batch, heads, tokens, tokens)}


def head_shapes_steps(batch: int, tokens: int, features: int, head: int) -> Worked:
    """Work out the shapes of multi-head attention."""
    found, heads = head_shapes(batch, tokens, features, head), features // head
    return worked(found, (
        Step("The heads share the width.", "h = D / D_h", rf"{features} / {head}", str(heads), "heads"),
        Step("A reshape cuts the last axis; the heads must then move in front of the tokens, or the product would "
             "compare heads instead of tokens.",
             "", "", rf"{shape((batch, tokens, features))} \to {shape((batch, tokens, heads, head))} \to "
             rf"{shape((batch, heads, tokens, head))}", "split"),
        Step("Every token meets every token, in each head.", "Q K^T",
             rf"({tokens} \times {head}) ({head} \times {tokens})", shape((batch, heads, tokens, tokens)), "scores"),
    ))  # fmt: skip


def unet_shape(image: Shape, level: int) -> Shape:
    """Input of a U-Net's decoder convolution at a level (0 is the top) after up-convolution and concatenation.

    The image is what the first encoder level gives; each level doubles channels and halves the sides.

    >>> unet_shape((64, 128, 128), 1)
    (256, 64, 64)
    """
    channels, height, width = image
    return (2 * channels * 2**level, height // 2**level, width // 2**level)


def unet_shape_steps(image: Shape, level: int) -> Worked:
    """Work out the shape before a decoder convolution of a U-Net."""
    channels, height, width = image
    skip = (channels * 2**level, height // 2**level, width // 2**level)
    result = unet_shape(image, level)
    return worked(result, (
        Step("On the way down every level doubles the channels and halves the sides: this is the encoder's output "
             "at the level.", r"c 2^l \times H / 2^l \times W / 2^l", "", shape(skip), "skip"),
        Step("The up-convolution from below doubles the sides and halves the channels, so it arrives with the same "
             "shape.", "", "", shape(skip), "up"),
        Step("Concatenation puts the channels side by side.", r"2 \cdot c 2^l \times H / 2^l \times W / 2^l",
             rf"({skip[0]} + {skip[0]}) \times {height // 2**level} \times {width // 2**level}", shape(result), "shape"),
    ))  # fmt: skip


def jacobian_entries(samples: int, inputs: int, outputs: int) -> dict[str, int]:
    """Entries of the full Jacobian ∂Y/∂W of Y = XW, and of the gradient ∂L/∂W.

    >>> jacobian_entries(4, 3, 2)
    {'jacobian': 48, 'gradient': 6}
    """
    return {"jacobian": samples * outputs * inputs * outputs, "gradient": inputs * outputs}


def jacobian_entries_steps(samples: int, inputs: int, outputs: int) -> Worked:
    """Work out why nobody stores the Jacobian of an affine layer."""
    found = jacobian_entries(samples, inputs, outputs)
    return worked(found, (
        Step("The Jacobian has an entry for every output number and every weight, most of them 0.",
             r"(N M) (D M)", rf"{samples * outputs} \cdot {inputs * outputs}", str(found["jacobian"]), "jacobian"),
        Step("The gradient of a scalar loss has one entry for every weight.", "D M",
             rf"{inputs} \cdot {outputs}", str(found["gradient"]), "gradient"),
    ))  # fmt: skip


def joined_shape(first: Shape, second: Shape) -> dict[str, Shape | bool | None]:
    """Two feature maps (batch, channels, height, width): their concatenation, and whether they can be added.

    The concatenation is None where batch or sides differ.

    >>> joined_shape((2, 16, 8, 8), (2, 8, 8, 8))
    {'concatenated': (2, 24, 8, 8), 'addable': False}
    """
    fits = (first[0], *first[2:]) == (second[0], *second[2:])
    together = (first[0], first[1] + second[1], *first[2:])
    return {"concatenated": together if fits else None, "addable": first == second}


def joined_shape_steps(first: Shape, second: Shape) -> Worked:
    """Work out how two feature maps can be joined."""
    found = joined_shape(first, second)
    together = found["concatenated"]
    return worked(found, (
        Step("Concatenation needs equal batch and sides; the channels are put side by side.", "C_1 + C_2",
             f"{first[1]} + {second[1]}", shape(together) if together else r"\text{error}", "concatenated"),
        Step("Addition works entry by entry, so all sizes must be equal"
             + ("; they are." if found["addable"] else "; a 1 × 1 convolution can make the channels so." if together else "."),
             "C_1 = C_2", f"{first[1]}, {second[1]}", rf"\text{{{'yes' if found['addable'] else 'no'}}}", "addable"),
    ))  # fmt: skip
