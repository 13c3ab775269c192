"""The gradient of one first-layer weight by the chain rule over paths."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, part, slip
from quizbank.differences import differences
from solvers.affine import path_gradient_steps
from solvers.drawing.canvas import indexed
from solvers.drawing.network import network, neurons
from solvers.worked import Step

question = Question(
    "ch2.body.w111",
    also=("ch2.w111_chain",),
    title="One weight and all its paths",
    section="II.1.b",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("backpropagation", "chain rule"),
    x=integers(-3, 4, shape=(1, 3), nonzero=True),
    V=integers(-2, 3, shape=(4, 2), nonzero=True),
    g=integers(-3, 4, shape=(1, 2), nonzero=True),
    i=integers(1, 3),
    h=integers(1, 4),
    text=r"""
A network with 3 inputs, 4 hidden neurons and 2 outputs has two affine layers and no activation,

$$h = xU + b, \qquad y = hV + c .$$

For one sample $x = <<x>>$ the gradient of the loss at the outputs is $\partial L / \partial y = <<g>>$. The second layer's weight is

$$V = <<V>> .$$

Consider the weight $u_{<<i>>,<<h>>}$ of the first layer, which joins input <<i>> to hidden neuron <<h>> (both counted from 1).
""",
    hints=(
        "Which hidden neurons change if this one weight is moved?",
        "Each output gives one path; the paths add up.",
    ),
)


def where(x, V, g, i, h, dh):
    """Keep an input that shows, and paths that do not cancel."""
    return abs(x[0, i - 1]) > 1 and dh != 0 and (V @ g.T).sum() != dh and dh not in V[h - 1] * g[0]


def figure(V, i, h):
    """The network with the weight in question; the weights of the second layer stand on its lines."""
    U = [
        [indexed("u", i) + "," + indexed("", h) if (j, k) == (i, h) else "" for k in range(1, 5)]
        for j in range(1, 4)
    ]
    layers = neurons("x", [""] * 3), neurons("h", [""] * 4), neurons("y", [""] * 2)
    return Figure(
        network(layers, (U, V)),
        f"The network: three inputs, four hidden neurons, two outputs, each joined to all of the next layer. The line from "
        f"input {i} to hidden neuron {h} carries the weight in question; the lines to the outputs carry the entries of V.",
    )


def work(x, V, g, i, h):
    """One hidden neuron, two paths."""
    return (
        Step("Moving the weight moves one hidden neuron only, and that one reaches every output.",
             "", "", r"\text{one path for each of the } 2 \text{ outputs}", "paths"),
        Step("Every path multiplies what stands on it; paths add up.", r"\frac{\partial L}{\partial u}", "",
             "x (v_1 g_1 + v_2 g_2)", "formula"),
        *(Step(s.reason, s.formula.replace(r"\partial w", r"\partial u"), s.numbers, s.result, s.name) for s in path_gradient_steps(x[0], V, g[0], i - 1, h - 1).steps),
    )  # fmt: skip


def check(x, V, g, i, h, formula):
    """Move the weight, and the neuron, and watch the loss; count the outputs that change."""
    U = np.ones((3, 4))
    at = (i - 1, h - 1)

    def outputs(U, hidden=0):
        return (x @ U + hidden) @ V

    bump = np.zeros((3, 4))
    bump[at] = 1
    change = outputs(U + bump) - outputs(U)
    letters = dict(x=x[0, at[0]], v1=V[at[1], 0], v2=V[at[1], 1], g1=g[0, 0], g2=g[0, 1])
    by_hand = letters["x"] * letters["v1"] * letters["g1"] + letters["x"] * letters["v2"] * letters["g2"]
    dw = differences(lambda U: (outputs(U) * g).sum(), U, step=1)[at]
    dh = differences(lambda hidden: (outputs(U, hidden) * g).sum(), np.zeros((1, 4)), step=1)[0, at[1]]
    return {
        "paths": np.count_nonzero(change),
        "formula": formula if np.isclose(by_hand, dw) else "",
        "dh": dh,
        "dw": dw,
    }


@part(
    "Through how many paths from this weight to an output does a change of it act on the loss?",
    Number(integer=True),
)
def paths(V):
    return V.shape[1]


@slip(paths, "The other hidden neurons do not depend on this weight, so their paths carry nothing.", credit=0.25)
def all_paths(V):
    return V.size


@slip(paths, "One hidden neuron is reached, but from there each output is a path of its own.", credit=0.25)
def one_path():
    return 1


def letters(i) -> Expression:
    """Let the input be written with its number, too."""
    return Expression(
        variables={"x": "real", "v1": "real", "v2": "real", "g1": "real", "g2": "real"},
        aliases={"x_i": "x", f"x_{i}": "x"},
    )


@part(
    r"$\partial L / \partial u_{<<i>>,<<h>>}$ as a formula in the input $x$ of this weight, the weights $v_1, v_2$ that leave its hidden "
    r"neuron, and the gradients $g_1, g_2$ at the outputs.",
    letters,
)
def formula():
    return "x (v1 g1 + v2 g2)"


@slip(formula, "The weight's local derivative is the input it multiplies; it is missing.", credit=0.5)
def formula_no_input():
    return "v1 g1 + v2 g2"


@slip(formula, "This follows the first output only; the second path adds its share.", credit=0.5)
def formula_one_output():
    return "x v1 g1"


@part(r"The gradient $\partial L / \partial h_{<<h>>}$ at the hidden neuron.", Number(integer=True))
def dh(V, g, h):
    return V[h - 1] @ g[0]


@slip(dh, "This follows the first output only; the second one adds its share.", credit=0.25)
def first_output(V, g, h):
    return V[h - 1, 0] * g[0, 0]


@slip(dh, "This adds up all four hidden neurons; only number <<h>> was asked.", credit=0.25)
def all_neurons(V, g):
    return (V @ g[0]).sum()


@slip(dh, "The weights that leave the neuron are missing: each gradient comes back through its weight.")
def unweighted(g):
    return g.sum()


@part(r"The gradient $\partial L / \partial u_{<<i>>,<<h>>}$.", Number(integer=True))
def dw(x, i, dh):
    return x[0, i - 1] * dh


@slip(dw, "The weight's local derivative is the input it multiplies; it is missing.", credit=0.5)
def no_input(dh):
    return dh


@slip(dw, "This weight multiplies input <<i>> alone, not the sum of all inputs.")
def all_inputs(x, dh):
    return x.sum() * dh
