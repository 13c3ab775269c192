"""Where Adam's epsilon stands matters for small gradients."""

from decimal import Decimal, getcontext

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.adaptive import eps_effect, eps_effect_steps

question = Question(
    "ch4.adam_eps",
    title="The place of epsilon",
    section="IV.1.f",
    points=2,
    difficulty=2,
    minutes=4,
    topics=("adam", "numerical stability"),
    digit=integers(1, 9),
    k=integers(3, 8),
    q=one_of(6, 8, 10),
    gradient=derived(lambda digit, k: float(f"{digit}e-{k}")),
    eps=derived(lambda q: float(f"1e-{q}")),
    text=r"""
In Adam's first step the corrected moments are $\hat m = g$ and $\hat v = g^2$. The update is written in two ways:

$$\Delta\theta = -\alpha \frac{\hat m}{\sqrt{\hat v} + \varepsilon} \quad \text{(ε outside the root)}, \qquad
\Delta\theta = -\alpha \frac{\hat m}{\sqrt{\hat v + \varepsilon}} \quad \text{(ε inside the root)} .$$

The gradient is $g = <<gradient>>$ and $\varepsilon = <<eps>>$. A calculator may be used.
""",
    hints=(
        "Compare ε with $g$ in one case, with $g^2$ in the other.",
        "The quotient is 1 where ε does not matter at all.",
    ),
)


def where(gradient, eps):
    """Keep numbers with which the two places are told apart, and neither step vanishes."""
    found = eps_effect(gradient, eps)
    return found["outside"] - found["inside"] > 0.02 and found["inside"] > 1e-4


def work(gradient, eps):
    """Both forms with the numbers."""
    return eps_effect_steps(gradient, eps)


def check(digit, k, q):
    """Reckon with forty decimal digits."""
    getcontext().prec = 40
    g, e = Decimal(digit).scaleb(-k), Decimal(1).scaleb(-q)
    return {"outside": float(g / ((g * g).sqrt() + e)), "inside": float(g / (g * g + e).sqrt())}


@part("How many times α is the size of the step with ε outside the root?", Number(significant=3))
def outside(gradient, eps):
    return gradient / (gradient + eps)


@slip(outside, "This is the step with ε inside the root.", credit=0.25)
def other_place(gradient, eps):
    return gradient / (gradient**2 + eps) ** 0.5


@slip(outside, "The root of $g^2$ is $g$; here ε was compared with the square.", credit=0.25)
def root_forgotten(gradient, eps):
    return gradient / (gradient**2 + eps)


@part("How many times α is the size of the step with ε inside the root?", Number(significant=3))
def inside(gradient, eps):
    return gradient / (gradient**2 + eps) ** 0.5


@slip(
    inside,
    "This is the step with ε outside the root; inside it is compared with the square of the gradient.",
    credit=0.25,
)
def same(outside):
    return outside


@slip(inside, "ε is not negligible here: it is compared with the square of the gradient.")
def ignored():
    return 1.0


@slip(inside, "The root over the denominator is missing.", credit=0.25)
def no_root(gradient, eps):
    return gradient / (gradient**2 + eps)
