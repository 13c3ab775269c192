"""Images through a fully connected layer: flattening and the weight's shape."""

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, one_of, part, slip
from solvers.worked import Step

question = Question(
    "ch2.q2.b",
    also=("ch2.flatten_fc",),
    title="Images through a fully connected layer",
    section="II.7",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("fully connected", "shapes", "parameters"),
    B=one_of(4, 6, 8, 12, 16, 32),
    C=one_of(3, 4, 6),
    H=one_of(6, 8, 10, 12, 16, 28),
    V=one_of(6, 8, 10, 14, 20, 32),
    M=one_of(1, 2, 5, 10),
    notes=dict(B=8, C=3, H=8, V=8, M=1),
    text=r"""
A batch of images has the shape $<<B>> \times <<C>> \times <<H>> \times <<V>>$ (batch, channels, height, width).
The images are to be processed by one fully connected layer $Y = XW + b$ with one sample a row;
the number of its output neurons is $<<M>>$.
""",
    hints=("A fully connected layer takes one row vector a sample.", "The batch axis stays what it is."),
)


def where(B, H, V, M):
    """Keep height and width apart, and the batch from the outputs."""
    return H != V and B != M


def work(B, C, H, V, M):
    """Flatten all axes but the first, then fit the weight between the two widths."""
    D = C * H * V
    return (
        Step("Every image becomes one row with all its values; the batch axis stays.",
             rf"D = \text{{channels}} \cdot \text{{height}} \cdot \text{{width}} = {C} \cdot {H} \cdot {V} = {D}", "", rf"X \in \mathbb{{R}}^{{{B} \times {D}}}", "flattened", (("X", (B, D)),)),
        Step("The weight has a row for each input value and a column for each neuron.",
             r"W \in \mathbb{R}^{D \times M}", "", rf"W \in \mathbb{{R}}^{{{D} \times {M}}}", "weight"),
        Step("Every neuron has a weight for each input value and one bias.",
             r"D \cdot M + M", rf"{D} \cdot {M} + {M}", f"{D * M + M}", "parameters"),
    )  # fmt: skip


def check(B, C, H, V, M):
    """Count the values of one image and the edges of the layer one by one."""
    pixels = sum(1 for _ in range(C) for _ in range(H) for _ in range(V))
    edges = sum(1 for _ in range(pixels) for _ in range(M))
    return {"flattened": (B, pixels), "weight": (pixels, M), "parameters": edges + sum(1 for _ in range(M))}


@part("The shape of the input $X$ after flattening.", Shape())
def flattened(B, C, H, V):
    return B, C * H * V


@slip(flattened, "The batch axis was flattened, too: each sample must keep a row of its own.")
def whole_batch(B, C, H, V):
    return 1, B * C * H * V


@slip(flattened, "The channels were forgotten: all of them belong to the same row.", credit=0.25)
def no_channels(B, H, V):
    return B, H * V


@part("The shape of the weight matrix $W$.", Shape())
def weight(flattened, M):
    return flattened[1], M


@slip(weight, "This is the transpose: in $Y = XW + b$ the weight has a row for each input value.", credit=0.5)
def transposed(flattened, M):
    return M, flattened[1]


@slip(weight, "The weight does not know the batch: it joins input values to neurons.")
def batch_in_weight(B, M):
    return B, M


@part("The number of parameters of the layer, biases included.", Number(integer=True))
def parameters(weight):
    return weight[0] * weight[1] + weight[1]


@slip(parameters, "The biases are missing: one for each neuron.", credit=0.5)
def no_bias(weight):
    return weight[0] * weight[1]


@slip(parameters, "There is one bias for each neuron, not for each input value.", credit=0.5)
def bias_per_input(weight):
    return weight[0] * weight[1] + weight[0]
