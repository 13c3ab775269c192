"""Two steps of a linear recurrent cell, forward and backward through time."""

from dataclasses import replace

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, multiples, one_of, part, slip
from solvers.drawing.blocks import unrolled
from solvers.recurrent import bptt_steps
from solvers.worked import Step

question = Question(
    "ch6.body.bptt",
    also=("ch6.bptt", "ch6.rnn_forward"),
    title="Backpropagation through two time steps",
    section="VI.1",
    points=6,
    revision=2,
    difficulty=3,
    minutes=8,
    topics=("recurrent networks", "backpropagation through time"),
    x1=integers(-2, 3, nonzero=True),
    x2=integers(-2, 3),
    w_x=multiples(0.5, -2, 4, nonzero=True),
    w_h=one_of(-1, -0.5, 0.5, 1.5),
    w_o=one_of(-2, -1.5, -1, -0.5, 0.5, 1.5, 2, 2.5, 3),
    b=multiples(0.5, -2, 2),
    h0=integers(-1, 2, nonzero=True),
    text=r"""
A recurrent cell with scalar state and no activation reads two numbers and gives one output at the end:

$$h_1 = w_x x_1 + w_h h_0 + b, \qquad h_2 = w_x x_2 + w_h h_1 + b, \qquad o = w_o h_2 ,$$

with $x_1 = <<x1>>$, $x_2 = <<x2>>$, $w_x = <<w_x>>$, $w_h = <<w_h>>$, $b = <<b>>$, $w_o = <<w_o>>$ and $h_0 = <<h0>>$.
""",
    hints=(
        "The recurrent weight is used twice, once in each step.",
        "Its gradient is a sum over both uses; the earlier one passes through $h_1$.",
    ),
)


def where(w_h, w_x, h0, h1, h2):
    """Keep numbers with which no path vanishes."""
    return w_h != w_x and 0 not in (h1, h2) and h1 + w_h * h0 != 0


def figure():
    """The cell through time."""
    return Figure(
        unrolled(("x₁", "x₂"), ("h₀", "h₁", "h₂"), "o", ("wₓ", "wₕ", "wₒ")),
        "The cell through time: h₀ leads to h₁ and h₁ to h₂, both times with the weight w_h; x₁ enters h₁ and x₂ enters h₂, "
        "both with the weight w_x; h₂ leads to the output o with the weight w_o.",
    )


def work(x1, x2, w_x, w_h, b, h0, w_o):
    """Unroll, then collect what comes back to the shared weight."""
    chain = Step(
        "The recurrent weight acts twice: directly on $h_1$ in the second step, and through $h_1$ on $h_0$.",
        r"\frac{\partial o}{\partial w_h} = w_o \left(h_1 + w_h \frac{\partial h_1}{\partial w_h}\right) = w_o (h_1 + w_h h_0)",
        name="formula",
    )
    *steps, _ = bptt_steps([x1, x2], w_x, w_h, b, h0, "identity", w_o).steps
    forward, backward = steps[:4], [step for step in steps[5:] if step.name != "dh0"]
    return (
        *forward,
        chain,
        *(replace(step, formula=step.formula.replace(r"\partial L", r"\partial o")) for step in backward),
    )


def check(x1, x2, w_x, w_h, b, h0, w_o):
    """Run the cell for weights that differ a little."""

    def states(w_h, w_x):
        h = [h0]
        for x in (x1, x2):
            h.append(w_x * x + w_h * h[-1] + b)
        return h

    def slope(f):
        return (f(0.5) - f(-0.5)) / 1.0

    return {
        "h1": states(w_h, w_x)[1],
        "h2": states(w_h, w_x)[2],
        "dw_h": slope(lambda e: w_o * states(w_h + e, w_x)[2]),
        "dw_x": slope(lambda e: w_o * states(w_h, w_x + e)[2]),
        "formula": "w_o*(h_1 + w_h*h_0)",
    }


@part("The state $h_1$.", Number(decimals=2))
def h1(x1, w_x, w_h, b, h0):
    return w_x * x1 + w_h * h0 + b


@slip(h1, "The state before is carried over by $w_h$; it is missing.", credit=0.25)
def no_state(x1, w_x, b):
    return w_x * x1 + b


@slip(h1, "The weights of the input and of the state were exchanged.", credit=0.25)
def swapped(x1, w_x, w_h, b, h0):
    return w_h * x1 + w_x * h0 + b


@part("The state $h_2$.", Number(decimals=2))
def h2(x2, w_x, w_h, b, h1):
    return w_x * x2 + w_h * h1 + b


@slip(h2, "The second step starts from $h_1$, not from $h_0$.", credit=0.25)
def from_start(x2, w_x, w_h, b, h0):
    return w_x * x2 + w_h * h0 + b


@slip(h2, "The state before is carried over by $w_h$; it is missing.", credit=0.25)
def forgets(x2, w_x, b):
    return w_x * x2 + b


@part(
    r"The formula of $\partial o / \partial w_h$ in the symbols of the question: $w_o$, $w_h$, $h_0$, $h_1$.",
    Expression(variables={"w_o": "real", "w_h": "real", "h_0": "real", "h_1": "real"}),
)
def formula():
    return "w_o*(h_1 + w_h*h_0)"


@slip(formula, "The weight is used in both steps; the path through $h_1$ is missing.", credit=0.25)
def formula_truncated():
    return "w_o*h_1"


@slip(formula, "The paths are added, not multiplied.")
def formula_product():
    return "w_o*h_1*w_h*h_0"


@slip(formula, "The output weight is missing.", credit=0.5)
def formula_no_output():
    return "h_1 + w_h*h_0"


@part(r"The value of $\partial o / \partial w_h$.", Number(decimals=2))
def dw_h(w_o, w_h, h0, h1):
    return w_o * (h1 + w_h * h0)


@slip(dw_h, "The weight is used in both steps; the path through $h_1$ is missing.", credit=0.25)
def truncated(w_o, h1):
    return w_o * h1


@slip(dw_h, "The output weight is missing.", credit=0.5)
def no_output_weight(w_h, h0, h1):
    return h1 + w_h * h0


@slip(dw_h, "The paths are added, not multiplied.")
def multiplied(w_o, w_h, h0, h1):
    return w_o * h1 * w_h * h0


@slip(
    dw_h,
    "This is the formula of the notes, which reads the output through $w_h$; here the output has its own weight $w_o$.",
    credit=0.5,
)
def as_in_notes(w_h, h0, h1, h2):
    return w_h * (h1 + w_h * h0) + h2


@part(r"The value of $\partial o / \partial w_x$.", Number(decimals=2))
def dw_x(w_o, w_h, x1, x2):
    return w_o * (x2 + w_h * x1)


@slip(dw_x, "The input weight, too, is used in both steps; the path through $h_1$ is missing.", credit=0.25)
def last_input_only(w_o, x2):
    return w_o * x2


@slip(dw_x, "The earlier input passes through the recurrent weight on its way.", credit=0.25)
def plain_sum(w_o, x1, x2):
    return w_o * (x1 + x2)
