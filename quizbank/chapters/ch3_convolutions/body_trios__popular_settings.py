"""Popular settings of kernel, stride and padding, and what they do to the size."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.matching import Matching
from quizbank import Question, integers, part, slip, some_of
from solvers.shapes import conv_size
from solvers.worked import Step

TRIOS = {
    (1, 1, 0): "keeps the size; each output pixel sees one pixel, across the channels",
    (3, 1, 1): "keeps the size and looks at the nearest neighbours",
    (3, 2, 1): "halves the side with a small window",
    (7, 4, 3): "brings the side to a quarter",
    (2, 2, 0): "halves the side with windows that do not overlap",
    (3, 1, 0): "takes one pixel off every side",
}
EFFECTS = tuple(TRIOS.values())

question = Question(
    "ch3.body.trios",
    title="Popular settings of a convolution",
    section="III.1",
    points=4,
    difficulty=1,
    minutes=4,
    topics=("convolution", "padding", "stride", "shapes"),
    trios=some_of(4, *TRIOS),
    effects=some_of(6, *EFFECTS),
    H=integers(17, 67),
    notes=dict(trios=((1, 1, 0), (3, 1, 1), (3, 2, 1), (7, 4, 3)), effects=EFFECTS, H=32),
    text=r"""
Convolution and pooling layers are used with a few popular settings of the kernel size $k$, the stride $s$ and the padding $p$ on every side.
""",
    hints=(
        "The stride decides by how much the side shrinks; the padding, whether the border is lost.",
        r"$\lfloor (H + 2p - k) / s \rfloor + 1$",
    ),
)


def where(trios, H):
    """Keep sides that are no multiple of the largest stride, and settings with different results."""
    return H % 4 not in (0, 3) and len({conv_size(H, *trio) for trio in trios}) >= 3


def work(trios, H):
    """The formula for each setting."""
    return (
        *(Step(f"$k = {k}$, $s = {s}$, $p = {p}$: {TRIOS[k, s, p]}.", name="pairs") for k, s, p in map(tuple, trios.tolist())),
        *(
            Step(f"Setting {index}, rounded down.", r"\lfloor (H + 2p - k) / s \rfloor + 1",
                 rf"\lfloor ({H} + {2 * p} - {k}) / {s} \rfloor + 1", f"{conv_size(H, k, s, p)}", "sides")
            for index, (k, s, p) in enumerate(trios.tolist(), 1)
        ),
    )  # fmt: skip


def check(trios, H):
    """List the places of the window one by one."""
    return {"sides": [len(range(-p, H + p - k + 1, s)) for k, s, p in trios.tolist()]}


def pairing(trios, effects) -> Matching:
    """Settings on the left, effects on the right."""
    return Matching(
        left=tuple(f"$k = {k}$, $s = {s}$, $p = {p}$" for k, s, p in trios.tolist()),
        right=tuple(effects),
        explanations=tuple(f"It {TRIOS[tuple(trio)]}." for trio in trios.tolist()),
    )


@part(
    "What does each setting do to a map whose side is a multiple of 4? Two descriptions remain without a setting.",
    pairing,
    points=2,
)
def pairs(trios, effects):
    return tuple(effects.index(TRIOS[tuple(trio)]) for trio in trios.tolist())


@part("The side of the output for an input of $<<H>> \\times <<H>>$ pixels, for each of the settings 1 to 4 in order, as a list.",
      IntegerList(), points=2)  # fmt: skip
def sides(trios, H):
    return [conv_size(H, *trio) for trio in trios.tolist()]


@slip(
    sides,
    "With padding, a side that is no multiple of the stride comes out rounded up: use the formula.",
    credit=0.5,
)
def divided(H, trios):
    return [H // s - (2 if (k, p) == (3, 0) else 0) for k, s, p in trios.tolist()]


@slip(sides, "The window in the first place counts, too: add 1 after dividing.", credit=0.25)
def no_one(H, trios):
    return [(H + 2 * p - k) // s for k, s, p in trios.tolist()]


@slip(sides, "The padding stands on both sides, so it counts twice.", credit=0.25)
def padding_once(H, trios):
    return [(H + p - k) // s + 1 for k, s, p in trios.tolist()]
