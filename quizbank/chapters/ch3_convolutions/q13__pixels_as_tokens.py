"""A feature map turned into tokens for a transformer."""

import numpy as np

from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.numpy_program import NumpyProgram
from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip, statements
from solvers.tensor_shapes import token_shape
from solvers.worked import Step

ROUTES = (
    (True, "Move the channel axis to the end, then join height and width.", "Every pixel keeps its channels together."),
    (True, "Join height and width, then swap the joined axis with the channel axis.", "The joined axis counts pixels, and the swap puts their channels last."),
    (True, "Collect for each height and each width the vector of channels, in a fixed order of the places.", "This is the definition of the tokens, done slowly."),
    (True, "Flatten each channel's map to a row, stack the rows to a matrix, and transpose it.", "The transposed matrix has a pixel in each row."),
    (False, "Reshape the map to (batch, height · width, channels) at once.", "The order in memory stays: a token would hold neighbouring pixels of one channel."),
    (False, "Flatten each image to one vector, then cut the vector into pieces of as many numbers as there are channels.", "The pieces hold neighbouring pixels of one channel."),
    (False, "Swap height and channels, then join the last two axes.", "This makes a token of every row of the map and mixes width and channels."),
    (False, "Join channels and height, then swap the joined axis with the width.", "Then the columns would be tokens."),
)  # fmt: skip

question = Question(
    "ch3.q13",
    also=("ch3.tokens",),
    title="Pixels as tokens",
    section="III.5",
    points=5,
    difficulty=2,
    minutes=5,
    topics=("transformer", "shapes", "NumPy"),
    B=one_of(2, 4, 8, 16),
    C=one_of(12, 24, 32, 64, 96),
    H=integers(5, 15),
    V=integers(5, 15),
    routes=statements(ROUTES, 4),
    notes=dict(B=4, C=32, H=7, V=9, routes=ROUTES[0:1] + ROUTES[4:6] + ROUTES[1:2]),
    text=r"""
A convolution layer gives a feature map of the shape $<<B>> \times <<C>> \times <<H>> \times <<V>>$ (batch, channels, height, width). A
transformer is to relate its pixels to one another. It takes input of the shape (batch, tokens, features), where a token is one pixel with all
its channels.
""",
    hints=(
        "What are the features of one pixel, and along which axis do they lie?",
        "A reshape keeps the order of the numbers in memory: which axis must be the last before it?",
    ),
)


def where(B, C, H, V):
    """Keep the sizes apart."""
    return len({B, C, H, V}) == 4


def work(B, C, H, V, routes):
    """Channels to the end, then height and width together."""
    return (
        Step("Every pixel becomes a token, so there are as many tokens as pixels.", r"H \cdot W", rf"{H} \cdot {V}", f"{H * V}", "tokens"),
        Step("The channels are its features.", r"B \times H W \times C", "", rf"{B} \times {H * V} \times {C}", "tokens"),
        *(Step(f"{letter}) {'Right' if right else 'Not right'}: {why}", name="right_routes")
          for letter, (right, _, why) in zip("abcd", routes, strict=True)),
        Step("NumPy moves axes with transpose, and joins neighbouring axes with reshape; here $B, C, H, W$ are the sizes in `x.shape`.",
             r"\texttt{x.transpose(0, 2, 3, 1).reshape(B, H * W, C)}", "", "", "program"),
    )  # fmt: skip


def check(B, C, H, V):
    """Collect the pixels one by one."""
    x = np.arange(B * C * H * V).reshape(B, C, H, V)
    tokens = np.array([[image[:, i, j] for i in range(H) for j in range(V)] for image in x])
    assert np.array_equal(tokens, x.transpose(0, 2, 3, 1).reshape(B, H * V, C))
    return {"tokens": tokens.shape}


@part("The shape of the transformer's input.", Shape(), points=2)
def tokens(B, C, H, V):
    return token_shape((B, C, H, V))


@slip(
    tokens,
    "Here the tokens are the channels; a token is to be a pixel, with the channels as its features.",
    credit=0.5,
)
def channel_tokens(B, C, H, V):
    return B, C, H * V


@slip(tokens, "This makes one long vector of every image; the pixels have to stay apart as tokens.", credit=0.25)
def one_vector(B, C, H, V):
    return B, C * H * V


@slip(tokens, "The channels are in place; height and width still have to become one axis of tokens.", credit=0.5)
def not_joined(B, C, H, V):
    return B, H, V, C


@slip(tokens, "Images of a batch are not mixed: the batch axis stays.", credit=0.25)
def batch_joined(B, C, H, V):
    return B * H * V, C


def choices(routes) -> MultipleChoice:
    """The ways drawn."""
    return MultipleChoice(
        options=tuple(way for _, way, _ in routes), explanations=tuple(why for _, _, why in routes)
    )


@part("Which of these ways give the transformer the right input?", choices)
def right_routes(routes):
    return tuple(place for place, (right, _, _) in enumerate(routes) if right)


def code(B, C, H, V) -> NumpyProgram:
    """A program for a map x."""
    return NumpyProgram(shapes={"x": "B C H W"}, sizes={"B": B, "C": C, "H": H, "W": V})


@part("Write it in NumPy, for a map `x` of any such shape; take the sizes from `x.shape`.", code, points=2)
def program():
    return "x.transpose(0, 2, 3, 1).reshape(x.shape[0], -1, x.shape[1])"


@slip(program, "The shape is right, but a reshape alone mixes pixels of one channel into a token: move the channels to the end first.",
      credit=0.25)  # fmt: skip
def reshape_only():
    return "x.reshape(x.shape[0], -1, x.shape[1])"


@slip(program, "Here the tokens are the channels: swap the last two axes.", credit=0.5)
def channels_first():
    return "x.reshape(x.shape[0], x.shape[1], -1)"
