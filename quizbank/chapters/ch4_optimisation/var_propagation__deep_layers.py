"""How the variance of pre-activations grows or fades through many layers."""

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.arrays import show
from solvers.variance import propagated_variance
from solvers.worked import Step

question = Question(
    "ch4.var_propagation",
    title="Variance through many layers",
    section="IV.2.g",
    points=3,
    difficulty=3,
    minutes=5,
    topics=("initialisation", "variance", "vanishing and exploding"),
    n=one_of(50, 100, 200, 250, 400, 500),
    gain=one_of(0.5, 0.8, 1.2, 1.5, 2.5, 3),
    v=derived(lambda n, gain: round(gain / n, 8)),
    L=integers(3, 8),
    start=one_of(1, 2, 4),
    text=r"""
A network has $<<L>>$ fully connected layers, each with $<<n>>$ inputs and $<<n>>$ outputs and without biases. All weights are independent, distributed symmetrically about their mean 0, and have the variance $<<v>>$. The inputs of the
network are independent with mean 0 and variance $<<start>>$. A calculator may be used.
""",
    hints=(
        r"For weights of mean 0 a sum has the variance $n \operatorname{Var}(w)\, \mathbb{E}[x^2]$.",
        "ReLU stands between two layers, so there is one fewer of it than of layers.",
    ),
)


def work(n, v, L, start, linear, relu, keep):
    """Without an activation, with ReLU, and the variance that keeps all as it is."""
    gain = n * v
    return (
        Step("A sum has $n$ independent terms of mean 0, and the variance of each is that of the weight times the mean square of the input. "
             "Without an activation that mean square is the variance before, so every layer multiplies it by the same number.",
             r"n \operatorname{Var}(w)", rf"{n} \cdot {show(v)}", show(gain), "linear"),
        Step("Layer after layer.", r"(n \operatorname{Var}(w))^L \operatorname{Var}(x)",
             rf"{show(gain)}^{{{L}}} \cdot {start}", show(linear), "linear"),
        Step("A sum is as likely to be positive as negative, so ReLU keeps half of its mean square. It does so between two layers, once less than there are layers.",
             r"(n \operatorname{Var}(w))^L \left(\tfrac12\right)^{L - 1} \operatorname{Var}(x)",
             rf"{show(linear)} \cdot \left(\tfrac12\right)^{{{L - 1}}}", show(relu), "relu"),
        Step("The factor of a layer with ReLU before it is half as large; it must be 1.", r"\frac{n \operatorname{Var}(w)}{2} = 1 \iff \operatorname{Var}(w) = \frac{2}{n}",
             "", show(keep), "keep"),
    )  # fmt: skip


def check(n, v, L, start):
    """Walk through the layers: sums add up the variances of their terms; ReLU keeps the positive one of two signs."""

    def walk(variance, relu):
        square = start
        for _layer in range(L):
            spread = sum(variance * square for _ in range(n))
            square = sum(0.5 * spread for sign in (-1, 1) if sign > 0 or not relu)
        return spread

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if n * middle * 0.5 < 1 else (low, middle)
    return {"linear": walk(v, False), "relu": walk(v, True), "keep": low}


@part("The variance of an output of the last layer, without any activation.", Number(significant=3))
def linear(n, v, L, start):
    return propagated_variance(n, v, L, start=start)


@slip(linear, "This is one layer; every layer multiplies again.", credit=0.25)
def one_layer(n, v, start):
    return n * v * start


@slip(linear, "The factors of the layers multiply; they do not add up.")
def added(n, v, L, start):
    return L * n * v * start


@slip(linear, "Each output adds up as many terms as the layer has inputs.", credit=0.25)
def no_width(v, L, start):
    return v**L * start


@part(
    "The variance of the last layer's sums if ReLU stands between the layers (not after the last).",
    Number(significant=3),
)
def relu(linear, L):
    return linear * 0.5 ** (L - 1)


@slip(relu, "ReLU halves the mean square between the layers.")
def no_relu(linear):
    return linear


@slip(relu, "There is no ReLU after the last layer: one half too many.", credit=0.5)
def one_half_more(linear, L):
    return linear * 0.5**L


@slip(relu, "Every ReLU takes half away, not one of them alone.", credit=0.25)
def one_relu(linear):
    return linear / 2


@part(
    "Which variance of the weights keeps the variance of the sums the same from layer to layer with ReLU?",
    Number(significant=3),
)
def keep(n):
    return 2 / n


@slip(keep, "This keeps it without ReLU; ReLU takes half away.", credit=0.5)
def xavier(n):
    return 1 / n


@slip(keep, "This is the standard deviation.", credit=0.5)
def deviation(n):
    return (2 / n) ** 0.5
