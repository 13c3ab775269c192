"""What a unit behind LeNet's convolutions sees of the image."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Figure, Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.drawing.cone import cone
from solvers.receptive_field import receptive_field, receptive_field_steps, stack
from solvers.shapes import conv_size
from solvers.worked import Step

question = Question(
    "ch5.q1.b",
    also=("ch5.lenet_rf",),
    title="What LeNet's first fully connected unit sees",
    section="V.1",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("receptive field", "LeNet", "shapes"),
    kernel=one_of(3, 5, 7),
    pool=one_of(2, 3),
    last=one_of(2, 3, 4, 5),
    blocks=one_of(2, 3),
    rest=integers(0, 1),
    kernels=derived(lambda kernel, pool, blocks, last: (kernel, pool) * blocks + (last,)),
    strides=derived(lambda pool, blocks: (1, pool) * blocks + (1,)),
    side=derived(
        lambda kernel, pool, blocks, last, rest: _input_side(kernel, pool, blocks, last) + rest * pool**blocks
    ),
    notes=dict(kernel=5, pool=2, last=5, blocks=2, rest=0),
    text=r"""
A network in the manner of LeNet takes a square image of $<<side>> \times <<side>>$ pixels. It has $<<blocks>>$ blocks, each a convolution
with a $<<kernel>> \times <<kernel>>$ kernel (stride 1, no padding) and a pooling layer with a $<<pool>> \times <<pool>>$ window and stride
$<<pool>>$. Then follow a convolution with a $<<last>> \times <<last>>$ kernel (stride 1, no padding), flattening, and a fully connected layer.
""",
    hints=(
        "How many input pixels apart are two neighbouring units of a layer? Which layers change that?",
        "The field grows by (kernel − 1) times the product of all earlier strides.",
        "What does a fully connected unit take in of the last feature map?",
    ),
)


def _input_side(kernel, pool, blocks, last):
    """The image for which the last convolution leaves exactly one pixel."""
    side = last
    for _ in range(blocks):
        side = side * pool + kernel - 1
    return side


def figure(kernels, strides, blocks):
    """The cone that one unit sees, not to scale."""
    names = [f"{name} {k} × {k}" for name, k in zip(("conv", "pool") * blocks + ("conv",), kernels, strict=True)]
    return Figure(
        cone([(name, f"stride {s}") for name, s in zip(names, strides, strict=True)]),
        "The layers up to the last convolution side by side, the image first. Dashed lines run from one unit of the last "
        "convolution back to the image: they bound the part of each map that this unit can depend on. Not to scale.",
    )


def work(kernels, strides, side, fields, map_side, r):
    """Grow the field through convolutions and pooling, then over the last map."""
    sides = [side]
    for kernel, stride in zip(kernels, strides, strict=True):
        sides.append(conv_size(sides[-1], kernel, stride))
    return (
        *under("fields", receptive_field_steps(stack(kernels.tolist(), strides.tolist()))),
        Step("The side of the map after each layer, from the image on: a window of $k$ with stride $s$ makes "
             r"$\lfloor (H - k) / s \rfloor + 1$ of $H$.", "", "", r" \to ".join(map(str, sides)), "map_side"),
        Step("A fully connected unit sees what all units of the last map see together; neighbours lie one jump apart.",
             r"r + (H - 1) j", rf"{fields[-1]} + ({map_side} - 1) \cdot {strides.prod()}", str(r), "r"),
    )  # fmt: skip


def check(kernels, strides, side):
    """Trace the pixels read by one unit of each layer, and by all units of the last map."""

    def pixels(depth, units):
        for kernel, stride in reversed(list(zip(kernels, strides, strict=True))[:depth]):
            units = {unit * stride + offset for unit in units for offset in range(kernel)}
        return max(units) - min(units) + 1

    last = side
    for kernel, stride in zip(kernels, strides, strict=True):
        last = len(range(0, last - kernel + 1, stride))
    depths = range(1, len(kernels) + 1)
    return {
        "fields": [pixels(n, {0}) for n in depths],
        "map_side": last,
        "r": pixels(len(kernels), set(range(last))),
    }


@part(
    "The receptive field (side length) after each convolution and pooling layer, in order.",
    IntegerList(),
    points=2,
)
def fields(kernels, strides):
    sizes = range(1, len(kernels) + 1)
    return [receptive_field(stack(kernels[:n].tolist(), strides[:n].tolist())) for n in sizes]


@slip(
    fields, "Each layer's growth counts in steps of all earlier strides multiplied; here the strides were ignored."
)
def no_strides(kernels):
    return [1 + sum(k - 1 for k in kernels[:n]) for n in range(1, len(kernels) + 1)]


@slip(fields, "A layer's own stride does not widen its own field, only those of the layers after it.", credit=0.25)
def own_stride(kernels, strides):
    fields, step, field = [], 1, 1
    for kernel, stride in zip(kernels, strides, strict=True):
        step *= stride
        field += (kernel - 1) * step
        fields.append(field)
    return fields


@slip(fields, "This counts the pixels of the whole square; its side length was asked.", credit=0.75)
def squares(fields):
    return [field**2 for field in fields]


@part("The side length of the last feature map, before it is flattened.", Number(integer=True))
def map_side(kernels, strides, side):
    for kernel, stride in zip(kernels, strides, strict=True):
        side = conv_size(side, kernel, stride)
    return side


@slip(map_side, "A kernel without padding takes kernel − 1 pixels, not kernel, off the side.", credit=0.25)
def kernel_off(kernel, pool, blocks, last, side):
    for _ in range(blocks):
        side = (side - kernel) // pool
    return side - last


@slip(map_side, "The pooling layers were left out; each divides the side by its stride.")
def no_pooling(kernel, blocks, last, side):
    return side - blocks * (kernel - 1) - (last - 1)


@part(
    "The receptive field (side length) of a unit of the fully connected layer.",
    Number(integer=True, unit="pixels"),
)
def r(fields, map_side, strides):
    return fields[-1] + (map_side - 1) * strides.prod()


@slip(
    r,
    "A fully connected unit takes in the whole last map, of <<side>> input pixels a side where nothing is dropped.",
)
def doubled(fields):
    return 2 * fields[-1]


@slip(r, "This is the field before the last convolution.", credit=0.25)
def one_layer_early(fields):
    return fields[-2]


@slip(r, "This counts the pixels of the whole square; its side length was asked.", credit=0.75)
def square(r):
    return r**2
