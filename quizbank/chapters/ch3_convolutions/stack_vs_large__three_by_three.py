"""A stack of 3 × 3 layers against one large kernel."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.parameters import stack_parameters, stack_parameters_steps
from solvers.worked import Step

question = Question(
    "ch3.stack_vs_large",
    title="Several small kernels or one large one",
    section="III.3",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("receptive field", "parameters", "convolution"),
    n=one_of(2, 3, 4, 5),
    c=one_of(8, 10, 16, 20, 24, 32, 48, 64),
    text=r"""
A block of $<<n>>$ convolutions with $3 \times 3$ kernels and stride 1 is to be replaced by a single convolution with stride 1 whose units have
the same receptive field. All layers have $<<c>>$ input and $<<c>>$ output channels and no bias. A calculator may be used.
""",
    hints=(
        "What is the receptive field after the last of the small layers?",
        "A layer has a kernel for every pair of an input and an output channel.",
    ),
)


def work(n, c):
    """The field, then both counts, then their quotient."""
    small, side, large = stack_parameters_steps(c, n).steps
    found = stack_parameters(c, n)
    share = Step("The stack's share, and what it saves.", r"1 - \frac{9 n}{(2n + 1)^2}",
                 rf"1 - \frac{{{found['stack']}}}{{{found['single']}}}",
                 rf"{100 - 100 * found['stack'] / found['single']:.4g}\,\%", "saved")  # fmt: skip
    return Step(side.reason, side.formula, side.numbers, side.result, "kernel"), small, large, share


def check(n, c):
    """Find the field by tracing one unit, and count weights in arrays."""
    pixels = {0}
    for _ in range(n):
        pixels = {pixel + offset for pixel in pixels for offset in (-1, 0, 1)}
    side = len(pixels)
    small = sum(np.ones((c, c, 3, 3), bool).size for _ in range(n))
    large = np.ones((c, c, side, side), bool).size
    return {"kernel": side, "stack": small, "single": large, "saved": 100 * (large - small) / large}


@part("The side of the single kernel.", Number(integer=True))
def kernel(n):
    return 2 * n + 1


@slip(kernel, "The windows overlap: each layer adds two pixels to the field, not three.", credit=0.25)
def added_up(n):
    return 3 * n


@slip(kernel, "With stride 1 the field grows by two pixels a layer; it does not multiply.")
def multiplied(n):
    return 3**n


@part("The number of weights of the small layers together.", Number(integer=True))
def stack(n, c):
    return 9 * n * c * c


@slip(
    stack,
    "Every layer has a kernel for each pair of an input and an output channel; only one pair was counted.",
    credit=0.25,
)
def no_channels(n):
    return 9 * n


@slip(stack, "This is one of the small layers; there are <<n>>.", credit=0.5)
def one_layer(c):
    return 9 * c * c


@part("The number of weights of the single layer.", Number(integer=True))
def single(kernel, c):
    return kernel**2 * c * c


@slip(single, "A filter has a kernel for every input channel.", credit=0.25)
def one_filter(kernel, c):
    return kernel**2 * c


@slip(single, "A kernel is a square: its side counts twice.", credit=0.25)
def one_row(kernel, c):
    return kernel * c * c


@part(
    "How many per cent of the single layer's weights does the stack save, to one decimal?",
    Number(decimals=1, unit="%"),
)
def saved(stack, single):
    return 100 * (1 - stack / single)


@slip(saved, "This is the share that remains; what is saved was asked for.", credit=0.5)
def remains(stack, single):
    return 100 * stack / single


@slip(
    saved,
    "The saving is measured against the single layer, which is to be replaced, not against the stack.",
    credit=0.5,
)
def against_stack(stack, single):
    return 100 * (single - stack) / stack
