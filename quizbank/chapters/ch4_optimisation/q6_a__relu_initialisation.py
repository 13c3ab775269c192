"""The initialisation that fits ReLU, and what it does to activations."""

import math

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, accept, one_of, part, slip, some_of
from solvers.arrays import show
from solvers.engine.initialisers import kaiming_variance, xavier_variance
from solvers.variance import weight_deviation_steps, weight_variance
from solvers.worked import Step

SCHEMES = {
    "kaiming": (
        "Kaiming (He) initialisation",
        "It doubles the variance because ReLU removes half of the second moment.",
    ),
    "xavier": (
        "Xavier (Glorot) initialisation",
        "It is made for functions such as tanh, which are nearly linear around 0.",
    ),
    "zero": ("All weights 0", "Then all units compute and learn the same."),
    "unit": ("A normal distribution with variance 1", "In wide layers the sums would grow from layer to layer."),
}

question = Question(
    "ch4.q6.a",
    also=("ch4.init_std",),
    title="Initial weights for ReLU",
    section="IV.4",
    points=6,
    difficulty=2,
    minutes=8,
    topics=("initialisation", "relu", "variance"),
    order=some_of(4, *SCHEMES),
    n=one_of(50, 72, 98, 100, 128, 200, 242, 256, 392, 450, 512, 784, 800, 1024),
    m=one_of(10, 30, 64, 120, 150, 300),
    B=one_of(16, 24, 40, 48),
    layers=one_of(3, 4, 5, 6, 8, 10),
    square=one_of(1, 2, 4, 8),
    text=r"""
A deep network has ReLU after every fully connected layer. All its layers are initialised by the same scheme, with independent weights, distributed symmetrically about their mean 0. One layer has $<<n>>$ inputs and $<<m>>$ outputs;
the batch has $<<B>>$ samples. A calculator may be used.
""",
    hints=(
        "Xavier keeps the variance of sums. What does ReLU take away from it?",
        r"For weights of mean 0 a sum over $n$ inputs has the variance $n \operatorname{Var}(w)\, \mathbb{E}[x^2]$.",
        "Of a symmetric sum, ReLU keeps half of the mean square.",
    ),
)


def where(n, m, B):
    """Keep all sizes apart."""
    return len({n, m, B}) == 3


def work(n, layers, square, kept, faded):
    """Scheme, variances, and what happens over many layers."""
    variance, deviation = weight_deviation_steps("kaiming", n).steps
    short, root = weight_deviation_steps("lecun", n).steps
    return (
        Step(f"Kaiming: {SCHEMES['kaiming'][1]}", name="scheme"),
        Step(variance.reason, r"\operatorname{Var}(w)", "", r"\frac{2}{n}", "variance"),
        Step("With numbers.", variance.formula, variance.numbers, variance.result, "std"),
        Step(deviation.reason, deviation.formula, deviation.numbers, deviation.result, "std"),
        Step(short.reason, short.formula, short.numbers, short.result, "xavier_std"),
        Step(root.reason, root.formula, root.numbers, root.result, "xavier_std"),
        Step("With Kaiming a layer multiplies the mean square by $n$ (the sum), by the variance of a weight, and by one half (ReLU): by 1. So the activations keep "
             "their scale through all layers.", r"n \cdot \frac{2}{n} \cdot \frac{1}{2}", "", "1", "kept"),
        Step("The mean square after all layers.", r"1^L \cdot \mathbb{E}[x^2]", rf"1^{{{layers}}} \cdot {square}", show(kept), "kept"),
        Step("With $1/n$ the factor of a layer is one half.", r"\left(\tfrac12\right)^L \mathbb{E}[x^2]", rf"0.5^{{{layers}}} \cdot {square}", show(faded), "faded"),
    )  # fmt: skip


def check(n, layers, square):
    """Variances from the engine's initialisers; the layers one by one, and half of a symmetric sum by its two signs."""

    def through(variance):
        value = square
        for _ in range(layers):
            spread = sum(variance * value for _ in range(n))
            value = sum(0.5 * max(sign, 0) * spread for sign in (-1, 1))
        return value

    return {
        "variance": "2/n",
        "std": math.sqrt(kaiming_variance(n)),
        "xavier_std": math.sqrt(xavier_variance(n, 1)),
        "kept": through(kaiming_variance(n)),
        "faded": through(xavier_variance(n, 1)),
    }


def choices(order) -> SingleChoice:
    return SingleChoice(
        options=tuple(SCHEMES[name][0] for name in order), explanations=tuple(SCHEMES[name][1] for name in order)
    )


@part("Which initialisation fits ReLU?", choices)
def scheme(order):
    return list(order).index("kaiming")


@part(
    "The variance of a weight under that initialisation, for a layer with $n$ inputs and $m$ outputs, as a formula (the form that looks at the inputs).",
    Expression(variables={"n": "natural", "m": "natural"}, aliases={"n_in": "n", "n_out": "m"}),
)
def variance():
    return "2/n"


@slip(variance, "This is Xavier's; ReLU takes half away, so twice as much is needed.", credit=0.25)
def xavier_formula():
    return "1/n"


@slip(variance, "This is Xavier's compromise between both directions.", credit=0.25)
def xavier_both():
    return "2/(n + m)"


@slip(variance, "This is the standard deviation; the variance is asked for.", credit=0.5)
def deviation_formula():
    return "sqrt(2/n)"


@part("The standard deviation of the weights of the layer above under that initialisation.", Number(decimals=4))
def std(n):
    return math.sqrt(weight_variance("kaiming", n))


@slip(std, "This is the variance; take the root.", credit=0.5)
def variance_again(n):
    return weight_variance("kaiming", n)


@slip(std, "This uses the outputs; a sum runs over the inputs.", credit=0.25)
def by_outputs(m):
    return math.sqrt(2 / m)


@slip(std, "The batch plays no part: a sum runs over the inputs of one sample.")
def by_batch(B):
    return math.sqrt(2 / B)


@part(
    "For comparison: the standard deviation under Xavier initialisation, in the short form that looks at the inputs alone.",
    Number(decimals=4),
)
def xavier_std(n):
    return math.sqrt(weight_variance("lecun", n))


@accept(
    xavier_std, "This is the form with both sizes, 2/(n_in + n_out); the question asks for the short form, 1/n_in."
)
def both_sizes(n, m):
    return math.sqrt(weight_variance("xavier", n, m))


@slip(xavier_std, "This is the variance; take the root.", credit=0.5)
def xavier_variance_again(n):
    return 1 / n


@slip(xavier_std, "This is Kaiming's again; Xavier has no factor 2 for ReLU.", credit=0.25)
def kaiming_again(std):
    return std


@part(
    "The inputs of the network have the mean square $\\mathbb{E}[x^2] = <<square>>$. What is the mean square of the activations after $<<layers>>$ layers with ReLU under the initialisation that fits?",
    Number(decimals=3),
)
def kept(square):
    return square


@slip(kept, "ReLU's half was forgotten: the sums have twice the mean square, ReLU takes half of it.", credit=0.25)
def doubled(square, layers):
    return square * 2**layers


@slip(kept, "The factor 2 makes up for ReLU's half: the mean square does not shrink.", credit=0.25)
def halved(square, layers):
    return square * 0.5**layers


@part("And what is it under the short form of Xavier?", Number(decimals=5))
def faded(square, layers):
    return square * 0.5**layers


@slip(
    faded,
    "ReLU's half is missing: Xavier keeps the variance of the sums, but ReLU halves the mean square.",
    credit=0.25,
)
def unchanged(kept):
    return kept


@slip(faded, "This is one layer; there are <<layers>>.", credit=0.25)
def one_layer(square):
    return square / 2


@slip(faded, "Each layer multiplies by one half; it does not divide by the number of layers.")
def divided(square, layers):
    return square / (2 * layers)
