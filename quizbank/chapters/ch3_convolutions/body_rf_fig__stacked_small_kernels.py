"""How the receptive field grows with small kernels of stride 1, and how many of them are needed."""

from itertools import pairwise

from grader.kinds.expression import Expression
from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.drawing.cone import cone
from solvers.receptive_field import layers_needed, layers_needed_steps
from solvers.worked import Step

question = Question(
    "ch3.body.rf_fig",
    also=("ch3.rf_depth",),
    title="Small kernels in a row",
    section="III.3",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("receptive field", "convolution"),
    k=one_of(3, 5, 7, 9),
    region=integers(17, 90),
    notes=dict(k=3, region=32),
    text=r"""
Convolutions with $<<k>> \times <<k>>$ kernels follow each other, all with stride 1.
The receptive field of a unit is the side length $r$ of the square of input pixels that it can depend on.
""",
    hints=(
        "The first layer sees a window; each further layer sees a window of windows that are one pixel apart.",
        r"$r_n = r_{n-1} + (k_n - 1) \cdot s_1 \cdots s_{n-1}$, starting from $r_0 = 1$.",
    ),
)


def where(region, k):
    """Keep regions that no whole number of layers meets exactly."""
    return (region - 1) % (k - 1) != 0


def figure(k):
    """The cone that one unit sees, not to scale."""
    return Figure(
        cone([(f"conv {k} × {k}", "stride 1")] * 3),
        "The first three layers side by side, the image first. Dashed lines run from one unit behind the last of them back "
        "to the image: the part of a map that this unit can depend on is wider in every earlier map. Not to scale.",
    )


def work(k, region):
    """Layer by layer, then in general, then backwards."""
    growth = Step("Each layer adds $k - 1$, because all strides are 1.", "1 + n (k - 1)", f"1 + n ({k} - 1)",
                  f"1 + {k - 1} n", "formula")  # fmt: skip
    first = Step("The first layer sees one window.", "r_1 = k", "", f"{k}", "fields")
    further = [
        Step("The windows of the layer before are one pixel apart, so only $k - 1$ new pixels come in." if n == 2
             else "The third layer in the same way.",
             rf"r_{n} = r_{n - 1} + (k - 1)", f"{1 + (n - 1) * (k - 1)} + {k - 1}", f"{1 + n * (k - 1)}", "fields")
        for n in (2, 3)
    ]  # fmt: skip
    return (first, *further, growth, *under("layers", layers_needed_steps(region, k)))


def check(k, region):
    """Trace the pixels that a unit reads back to the image; the formula is the line through these counts."""

    def seen(depth):
        pixels = {0}
        for _ in range(depth):
            pixels = {pixel + offset for pixel in pixels for offset in range(k)}
        return len(pixels)

    counts = [seen(depth) for depth in range(1, 6)]
    steps = {after - before for before, after in pairwise(counts)}
    assert len(steps) == 1
    line = f"{counts[0] - max(steps)} + {max(steps)}*n"
    return {"fields": counts[:3], "formula": line, "layers": next(n for n in range(99) if seen(n) >= region)}


@part("The receptive field after the first, the second and the third layer, as a list.", IntegerList())
def fields(k):
    return [1 + n * (k - 1) for n in (1, 2, 3)]


@slip(fields, "The windows of neighbouring units overlap, so a layer adds $k - 1$ pixels, not $k$.", credit=0.25)
def side_by_side(k):
    return [k, 2 * k, 3 * k]


@slip(fields, "With stride 1 the field grows by adding, not by multiplying.")
def multiplied(k):
    return [k, k**2, k**3]


@slip(fields, "With an odd kernel a layer adds pixels on both sides, $k - 1$ in all.", credit=0.25)
def one_side(k):
    return [k, k + (k - 1) // 2, k + (k - 1)]


@part("The receptive field after $n$ such layers, as a formula in $n$.", Expression(variables={"n": "natural"}))
def formula(k):
    return f"1 + {k - 1}*n"


@slip(formula, "The windows of neighbouring units overlap, so a layer adds $k - 1$ pixels, not $k$.", credit=0.25)
def sum_of_kernels(k):
    return f"{k}*n"


@slip(formula, "Already the first layer has the field $k$: put $n = 1$ in.", credit=0.5)
def one_layer_late(k):
    return f"{k} + {k - 1}*n"


@part(r"How many layers are needed at least so that a unit can depend on a region of $<<region>> \times <<region>>$ pixels?",
      Number(integer=True), points=2)  # fmt: skip
def layers(region, k):
    return layers_needed(region, k)


@slip(layers, "With this number of layers the field is still too small: round up.", credit=0.5)
def rounded_down(region, k):
    return (region - 1) // (k - 1)


@slip(layers, "The windows overlap: a layer adds $k - 1$ pixels, not $k$.", credit=0.25)
def whole_kernels(region, k):
    return -(-region // k)
