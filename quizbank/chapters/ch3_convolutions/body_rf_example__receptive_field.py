"""The receptive field of a stack of convolutions and pooling layers."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Figure, Question, derived, one_of, part, slip
from solvers.drawing.cone import cone
from solvers.receptive_field import receptive_field, receptive_field_steps, stack

question = Question(
    "ch3.body.rf_example",
    also=("ch3.receptive_field",),
    title="The receptive field of a stack of layers",
    section="III.3",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("receptive field", "stride"),
    k1=one_of(3, 5, 7),
    s1=one_of(1, 2),
    k2=one_of(2, 3),
    s2=one_of(2, 3),
    k3=one_of(1, 3, 5),
    k4=one_of(2, 3, 4),
    s4=one_of(1, 2, 4),
    kernels=derived(lambda k1, k2, k3, k4: (k1, k2, k3, k4)),
    strides=derived(lambda s1, s2, s4: (s1, s2, 1, s4)),
    notes=dict(k1=3, s1=1, k2=2, s2=2, k3=1, k4=4, s4=2),
    text=r"""
An image passes through four layers:

1. a convolution with a $<<k1>> \times <<k1>>$ kernel and stride $<<s1>>$,
2. a pooling layer with a $<<k2>> \times <<k2>>$ window and stride $<<s2>>$,
3. a convolution with a $<<k3>> \times <<k3>>$ kernel and stride $1$,
4. a pooling layer with a $<<k4>> \times <<k4>>$ window and stride $<<s4>>$.

The receptive field of a unit is the side length $r$ of the square of input pixels that it can depend on.
""",
    hints=(
        "One unit of a layer moves over as many input pixels as all earlier strides multiply to.",
        r"$r_n = r_{n-1} + (k_n - 1) \cdot s_1 \cdots s_{n-1}$, starting from $r_0 = 1$.",
    ),
)


def where(k2, s2, k4, s4):
    """Keep windows that leave no gaps, so that every pixel of the square is really read."""
    return s2 <= k2 and s4 <= k4


def figure(kernels, strides):
    """The cone that one unit sees, not to scale."""
    names = [f"{name} {k} × {k}" for name, k in zip(("conv", "pool", "conv", "pool"), kernels, strict=True)]
    return Figure(
        cone([(name, f"stride {s}") for name, s in zip(names, strides, strict=True)]),
        "The four layers side by side, the image first. Dashed lines run from one unit behind the last layer back to the "
        "image: they bound the part of each map that this unit can depend on. Not to scale.",
    )


def work(kernels, strides):
    """Grow the field layer by layer."""
    return receptive_field_steps(stack(kernels.tolist(), strides.tolist()))


def check(kernels, strides):
    """Trace the pixels that one unit reads, layer by layer, back to the image."""

    def pixels(depth):
        seen = {0}
        for kernel, stride in reversed(list(zip(kernels, strides, strict=True))[:depth]):
            seen = {unit * stride + offset for unit in seen for offset in range(kernel)}
        return max(seen) - min(seen) + 1

    return {"fields": [pixels(depth) for depth in range(1, 5)], "pixels": pixels(4) ** 2}


@part("The receptive field after each of the four layers, as a list.", IntegerList(), points=2)
def fields(kernels, strides):
    return [receptive_field(stack(kernels[: n + 1].tolist(), strides[: n + 1].tolist())) for n in range(4)]


@slip(
    fields, "Each layer's growth counts in steps of all earlier strides multiplied; here the strides were ignored."
)
def no_strides(kernels):
    return [1 + sum(k - 1 for k in kernels[: n + 1]) for n in range(4)]


@slip(fields, "A layer's own stride does not widen its own field, only those of the layers after it.", credit=0.25)
def own_stride(kernels, strides):
    fields, step, field = [], 1, 1
    for kernel, stride in zip(kernels, strides, strict=True):
        step *= stride
        field += (kernel - 1) * step
        fields.append(field)
    return fields


@slip(fields, "These are products of the kernels; the fields add up, they do not multiply.")
def multiplied(kernels):
    products, product = [], 1
    for kernel in kernels:
        product *= kernel
        products.append(product)
    return products


@part("The number of input pixels that a unit of the last layer can depend on.", Number(integer=True, unit="pixels"))
def pixels(fields):
    return fields[-1] ** 2


@slip(pixels, "This is the side length; the square has that many pixels in each direction.", credit=0.5)
def side_only(fields):
    return fields[-1]


@slip(pixels, "This counts the pixels of the last window alone, not those of the image.")
def last_window(k4):
    return k4**2
