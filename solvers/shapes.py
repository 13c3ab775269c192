"""Sizes along one side of an image: convolution, pooling, transposed convolution, up-sampling.

Padding is counted per side, sizes that do not come out even are rounded down, as in the course and in PyTorch.
Each `…_steps` function returns the working, the function beside it only the value.
"""

from collections.abc import Sequence
from math import prod

from solvers.typeset import shape
from solvers.worked import Shape, Step, Worked, worked

Pair = int | tuple[int, int]


def span(kernel: int, dilation: int = 1) -> int:
    """Side that a dilated kernel covers: d(k − 1) + 1.

    >>> span(3), span(3, dilation=4)
    (3, 9)
    """
    return dilation * (kernel - 1) + 1


def conv_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Output side of a convolution or pooling: how many places the window fits into.

    Raise ValueError when the window is larger than the padded input.

    >>> conv_size(32, 5), conv_size(224, 7, stride=2, padding=3), conv_size(7, 3, dilation=2)
    (28, 112, 3)
    """
    _positive(size=size, kernel=kernel, stride=stride, dilation=dilation, padding=padding + 1)
    free = size + 2 * padding - span(kernel, dilation)
    if free < 0:
        raise ValueError(
            f"a window of side {span(kernel, dilation)} does not fit into {size + 2 * padding} pixels"
        )
    return free // stride + 1


def conv_size_steps(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> Worked:
    """Work out the output side of a convolution or pooling.

    >>> [step.result for step in conv_size_steps(10, 3, stride=2, padding=1).steps]
    ['12', '9', '5']
    """
    result, cover = conv_size(size, kernel, stride, padding, dilation), span(kernel, dilation)
    dilated = [
        Step("Dilation leaves gaps between the kernel's entries, so the kernel covers more pixels.",
             r"k' = d (k - 1) + 1", rf"{dilation} \cdot ({kernel} - 1) + 1", str(cover), "span"),
    ] if dilation > 1 else []  # fmt: skip
    padded = size + 2 * padding
    return worked(result, (
        *dilated,
        Step("Padding is added on both sides.", "H + 2p", rf"{size} + 2 \cdot {padding}", str(padded), "padded"),
        Step("The window starts at the first pixel; this many pixels remain for it to move over.",
             "H + 2p - k'" if dilation > 1 else "H + 2p - k", f"{padded} - {cover}", str(padded - cover), "free"),
        Step("Each move takes one stride; a move that would leave the image does not count (round down). The "
             "first position is the 1 at the end.",
             r"H_\text{out} = \left\lfloor \frac{H + 2p - k}{s} \right\rfloor + 1".replace(
                 "k", "k'" if dilation > 1 else "k"),
             rf"\left\lfloor \frac{{{padded - cover}}}{{{stride}}} \right\rfloor + 1", str(result), "size"),
    ))  # fmt: skip


def conv_shape(
    image: Shape, channels: int, kernel: Pair, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> Shape:
    """Shape (channels, height, width) after a convolution with so many filters.

    >>> conv_shape((3, 32, 20), 16, (5, 3), stride=2)
    (16, 14, 9)
    """
    window = zip(image[1:], *(pair(value) for value in (kernel, stride, padding, dilation)), strict=True)
    return (channels, *(conv_size(*side) for side in window))


def conv_shape_steps(
    image: Shape, channels: int, kernel: Pair, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> Worked:
    """Work out the shape after a convolution, height and width apart."""
    result = conv_shape(image, channels, kernel, stride, padding, dilation)
    steps = [Step(f"Each of the {channels} filters yields one channel, however many come in.",
                  r"C_\text{out}", "", str(channels), "channels")]  # fmt: skip
    window = zip(image[1:], *(pair(value) for value in (kernel, stride, padding, dilation)), strict=True)
    for name, side in zip(("Height", "Width"), window, strict=True):
        last = conv_size_steps(*side).steps[-1]
        formula = last.formula.replace("H", name[0])
        steps.append(
            Step(f"{name}: the places where the window fits.", formula, last.numbers, last.result, name.lower())
        )
    steps.append(Step("Channels first, then height and width.", "", "", shape(result), "shape"))
    return worked(result, steps)


def transposed_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1, output_padding: int = 0
) -> int:
    """Output side of a transposed convolution: (H − 1)s − 2p + d(k − 1) + 1 + output padding.

    >>> transposed_size(2, 3), transposed_size(7, 4, stride=2, padding=1)
    (4, 14)
    """
    _positive(size=size, kernel=kernel, stride=stride, dilation=dilation, padding=padding + 1)
    result = (size - 1) * stride - 2 * padding + span(kernel, dilation) + output_padding
    if result < 1:
        raise ValueError(f"padding {padding} removes the whole output")
    return result


def transposed_size_steps(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1, output_padding: int = 0
) -> Worked:
    """Work out the output side of a transposed convolution."""
    result, cover = (
        transposed_size(size, kernel, stride, padding, dilation, output_padding),
        span(kernel, dilation),
    )
    whole = (size - 1) * stride + cover
    extra, plus = ("", "") if not output_padding else (r" + p_\text{out}", f" + {output_padding}")
    return worked(result, (
        Step("Every input pixel stamps a whole kernel onto the output, and neighbouring stamps are one stride "
             "apart: the first stamp, moved on once for each further pixel.",
             "(H - 1) s + k" if dilation == 1 else "(H - 1) s + d (k - 1) + 1",
             rf"({size} - 1) \cdot {stride} + {cover}", str(whole), "stamped"),
        Step("Padding here cuts pixels off both sides, the reverse of what it does in a convolution.",
             rf"H_\text{{out}} = (H - 1) s + k - 2p{extra}", rf"{whole} - 2 \cdot {padding}{plus}",
             str(result), "size"),
    ))  # fmt: skip


def same_padding(kernel: int, dilation: int = 1) -> int:
    """Padding per side that keeps the size at stride 1; raise ValueError for an even span.

    >>> same_padding(3), same_padding(7), same_padding(3, dilation=2)
    (1, 3, 2)
    """
    if span(kernel, dilation) % 2 == 0:
        raise ValueError(f"a window of even side {span(kernel, dilation)} cannot keep the size with equal padding")
    return (span(kernel, dilation) - 1) // 2


def same_padding_steps(kernel: int, dilation: int = 1) -> Worked:
    """Work out the padding that keeps the size at stride 1."""
    result, cover = same_padding(kernel, dilation), span(kernel, dilation)
    return worked(result, (
        Step("At stride 1 the output is as large as the input when padding makes up for what the window takes.",
             r"H + 2p - k + 1 = H \;\Rightarrow\; 2p = k - 1"),
        Step("Half of it goes on each side.", r"p = \frac{k - 1}{2}", rf"\frac{{{cover} - 1}}{{2}}",
             str(result), "padding"),
    ))  # fmt: skip


def kernel_for(size: int, output: int, stride: int = 1, padding: int = 0) -> int:
    """Kernel that leads from one side to another when no pixel is dropped.

    >>> kernel_for(32, 28), kernel_for(224, 112, stride=2, padding=0)
    (5, 2)
    """
    kernel = size + 2 * padding - (output - 1) * stride
    _positive(kernel=kernel)
    return kernel


def kernel_for_steps(size: int, output: int, stride: int = 1, padding: int = 0) -> Worked:
    """Work out the kernel from the sizes before and after."""
    result = kernel_for(size, output, stride, padding)
    return worked(result, (
        Step("The first window and the moves after it use up the padded input exactly.",
             r"H + 2p = k + (H_\text{out} - 1) s \;\Rightarrow\; "
             rf"{size + 2 * padding} = k + {output - 1} \cdot {stride}"),
        Step("Solve for the kernel.", "k = H + 2p - (H_\\text{out} - 1) s",
             rf"{size + 2 * padding} - {(output - 1) * stride}", str(result), "kernel"),
    ))  # fmt: skip


def unvisited(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Rows at the far end of the padded input that no window reaches.

    >>> unvisited(10, 3, stride=2), unvisited(11, 3, stride=2)
    (1, 0)
    """
    conv_size(size, kernel, stride, padding, dilation)
    return (size + 2 * padding - span(kernel, dilation)) % stride


def unvisited_steps(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> Worked:
    """Work out how many rows at the end no window reaches."""
    result = unvisited(size, kernel, stride, padding, dilation)
    free = size + 2 * padding - span(kernel, dilation)
    return worked(result, (
        Step("After the first window this many rows remain.", "H + 2p - k", "", str(free), "free"),
        Step("Whole strides use them up; the remainder of the division stays unvisited.",
             r"(H + 2p - k) \bmod s", rf"{free} \bmod {stride}", str(result), "unvisited"),
    ))  # fmt: skip


def shifted_output(shift: int, strides: Sequence[int]) -> int:
    """Whole pixels by which the output moves when the input moves (borders ignored).

    >>> shifted_output(8, (2, 2))
    2
    """
    return shift // prod(strides)


def shifted_output_steps(shift: int, strides: Sequence[int]) -> Worked:
    """Work out how far the output moves with the input."""
    result, total = shifted_output(shift, strides), prod(strides)
    return worked(result, (
        Step("One output pixel stands for as many input pixels as the strides multiply to.", r"\prod_l s_l",
             r" \cdot ".join(map(str, strides)), str(total), "stride"),
        Step("Convolution is equivariant: the output moves along, in its own pixels.",
             r"\frac{\Delta}{\prod_l s_l}", rf"\frac{{{shift}}}{{{total}}}", str(result), "shift"),
    ))  # fmt: skip


def pair(value: Pair) -> tuple[int, int]:
    """Read one number as the same for height and width.

    >>> pair(3), pair((3, 5))
    ((3, 3), (3, 5))
    """
    return (value[0], value[1]) if isinstance(value, tuple | list) else (value, value)


def _positive(**sizes: int) -> None:
    for name, value in sizes.items():
        if value < 1:
            raise ValueError(f"{name} is too small: the least is {0 if name == 'padding' else 1}")
