"""Images with several channels, flattened into the rows of X."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, depending, derived, integers, one_of, part, slip, statements
from solvers.tensor_shapes import flat_index
from solvers.worked import Step

CLAIMS = (
    (True, "Any other order of the entries would do as well, as long as all images are flattened alike.", "The weights are learnt for whatever order they meet."),
    (True, "If test images were flattened in another order than training images, the trained weights would meet the wrong pixels.", "A column of X belongs to one row of W."),
    (True, "Flattening loses nothing: the image can be put together again from its row.", "It only changes the order in which numbers are listed."),
    (True, "Pixels that are neighbours vertically are no longer neighbours in the row.", "Their columns of X differ by the width of the image."),
    (True, "The affine layer has a weight of its own for each channel of each pixel.", "Each entry of the row has its own row of W."),
    (False, "The channels have to come last, because an affine layer reads the channels of a pixel together.", "It weights every entry by itself, wherever it stands."),
    (False, "The channels of an image become rows of X, one for each, so the batch gets longer.", "An image stays one row."),
    (False, "Each image may be flattened in an order of its own, since the affine layer adds all entries up.", "It weights them before adding."),
    (False, "The channels are averaged first, because a row of X can hold one number for a pixel only.", "All numbers of a pixel enter the row, each in its own place."),
    (False, "Shuffling the pixels of all images in the same way would make an affine network useless.", "It would learn as well: a fixed order is arbitrary."),
)  # fmt: skip

question = Question(
    "ch7.body.rgb",
    also=("ch7.flatten_index",),
    title="Images in the rows of X",
    section="VII.1.a",
    points=5,
    difficulty=1,
    minutes=5,
    topics=("affine layer", "shapes", "flattening"),
    N=one_of(2, 4, 16, 32),
    C=one_of(2, 3, 4),
    H=one_of(4, 6, 8, 10),
    V=one_of(5, 7, 8, 9),
    c=depending(lambda C: integers(1, C - 1)),
    h=depending(lambda H: integers(1, H - 1)),
    w=depending(lambda V: integers(0, V - 1)),
    place=depending(lambda C, H, V: integers(H * V + 1, C * H * V - 2)),
    claims=statements(CLAIMS, 4),
    length=derived(lambda C, H, V: C * H * V),
    notes=dict(N=2, C=3, H=8, V=8, c=1, h=3, w=5, place=150, claims=(CLAIMS[0], CLAIMS[5], CLAIMS[1], CLAIMS[7])),
    text=r"""
A batch of images has the shape $<<N>> \times <<C>> \times <<H>> \times <<V>>$ (batch, channels, height, width). For an affine layer
$Y = XW + b$ every image is flattened to one row of $X$: channel by channel, in each channel row by row. Everything is counted from 0.
""",
    hints=(
        "How many entries stand before the first one of the channel, and of the row in it?",
        "Pass over the channels before, then over the rows before in the channel, then over the entries before in the row.",
    ),
)


def where(N, C, H, V, h, w):
    """Keep the sizes apart, and the pixel off the diagonal."""
    return H != V and h != w and len({N, C, H, V}) == 4


def work(N, C, H, V, c, h, w, place, claims):
    """Count what stands before the entry; backwards, divide."""
    channel, rest = divmod(place, H * V)
    row, column = divmod(rest, V)
    return (
        Step("One row for each image, one column for each number in it.", "", rf"{N} \times ({C} \cdot {H} \cdot {V})",
             rf"{N} \times {C * H * V}", "shape"),
        Step("The channels before this one are passed over whole.", "", rf"{c} \cdot {H * V}", str(c * H * V), "column"),
        Step("In its channel, the rows above are passed over whole.", "", rf"{h} \cdot {V}", str(h * V), "column"),
        Step("In its row, the entries on the left; together they are all that stand before it.", "",
             rf"{c * H * V} + {h * V} + {w}", str(c * H * V + h * V + w), "column"),
        Step("Whole channels first, then whole rows of the rest, then what remains.", "",
             rf"{place} = {channel} \cdot {H * V} + {row} \cdot {V} + {column}", "", "origin"),
        *(Step(f"{letter}) {'Right' if right else 'Not right'}: {why}", name="true_claims")
          for letter, (right, _, why) in zip("abcd", claims, strict=True)),
    )  # fmt: skip


def check(N, C, H, V, c, h, w, place):
    """Number the entries in reading order, and look them up."""
    image = [[[(i, j, k) for k in range(V)] for j in range(H)] for i in range(C)]
    row = [entry for channel in image for line in channel for entry in line]
    return {"shape": (N, len(row)), "column": row.index((c, h, w)), "origin": row[place]}


@part("The shape of $X$.", Shape())
def shape(N, C, H, V):
    return N, C * H * V


@slip(shape, "Each image becomes one row; its channels stay in that row.", credit=0.25)
def channel_rows(N, C, H, V):
    return N * C, H * V


@slip(shape, "In the row convention samples are rows; this is the transpose.", credit=0.5)
def transposed(N, C, H, V):
    return C * H * V, N


@part(
    "In which column of $X$ is the entry with the channel $<<c>>$, the height $<<h>>$ and the width $<<w>>$?",
    Number(integer=True),
)
def column(C, H, V, c, h, w):
    return flat_index((c, h, w), (C, H, V))


@slip(column, "Within a channel this went column by column; it goes row by row.", credit=0.5)
def by_columns(H, V, c, h, w):
    return c * H * V + w * H + h


@slip(column, "This is the place if the channels came last; here whole channels follow each other.", credit=0.5)
def channels_last(C, V, c, h, w):
    return (h * V + w) * C + c


@slip(
    column, "Counting from 0, the column is the number of entries before this one; this is one more.", credit=0.5
)
def from_one(C, H, V, c, h, w):
    return flat_index((c, h, w), (C, H, V)) + 1


@part(
    "Which entry of an image stands in column $<<place>>$? Give channel, height and width.",
    IntegerList(whole=True),
)
def origin(C, H, V, place):
    return np.unravel_index(place, (C, H, V))


@slip(origin, "Within a channel this went column by column; it goes row by row.", credit=0.5)
def origin_by_columns(H, V, place):
    channel, rest = divmod(place, H * V)
    return channel, rest % H, rest // H


@slip(origin, "This is the entry if the channels came last; here whole channels follow each other.", credit=0.5)
def origin_channels_last(C, H, V, place):
    height, width, channel = np.unravel_index(place, (H, V, C))
    return channel, height, width


def choices(claims) -> MultipleChoice:
    """The statements drawn."""
    return MultipleChoice(
        options=tuple(text for _, text, _ in claims), explanations=tuple(why for _, _, why in claims)
    )


@part("Which statements are right?", choices, points=2)
def true_claims(claims):
    return tuple(place for place, (right, _, _) in enumerate(claims) if right)
