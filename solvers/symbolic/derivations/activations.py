"""Derivatives of activation functions, and tanh as a stretched sigmoid."""

from functools import cache

from solvers.symbolic.derivation import Setup, derive
from solvers.worked import Worked

_ELU = Setup(where={"ELU(x)": "branch(x, x, alpha * (exp(x) - 1))"}, positive=frozenset({"alpha"}))
_TANH_GELU = {"GELU(x)": "x/2 * (1 + tanh(u))", "u": "sqrt(2 / pi) * (x + 0.044715 * x^3)"}


@cache
def sigmoid_derivative() -> Worked:
    """Derive σ′(x) = σ(x)(1 − σ(x)).

    >>> sigmoid_derivative().value.plain()
    'sigma(x) * (1 - sigma(x))'
    """
    return derive(
        "d(sigma(x), x)",
        (
            "Write the fraction as a power, so that the power rule and the chain rule apply.",
            "d((1 + exp(-x)) ^ (-1), x)",
        ),
        (
            "Power rule for the outer function, times the derivative of the inner one, $-e^{-x}$.",
            "-(1 + exp(-x)) ^ (-2) * (-exp(-x))",
        ),
        ("The two signs cancel.", "exp(-x) / (1 + exp(-x)) ^ 2"),
        ("Split the fraction into two factors.", "1 / (1 + exp(-x)) * (exp(-x) / (1 + exp(-x)))"),
        (
            "Add and subtract 1 in the second numerator: the part that equals the denominator becomes 1.",
            "1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x)))",
        ),
        (
            r"Both factors hold the sigmoid itself, so its output, kept from the forward pass, is all that is needed.",
            "sigma(x) * (1 - sigma(x))",
        ),
        name="dsigma",
    )


@cache
def tanh_derivative() -> Worked:
    """Derive tanh′(x) = 1 − tanh²(x).

    >>> tanh_derivative().value.plain()
    '1 - tanh(x) ^ 2'
    """
    return derive(
        "d(tanh(x), x)",
        ("Write tanh by exponentials.", "d((exp(x) - exp(-x)) / (exp(x) + exp(-x)), x)"),
        (
            "Quotient rule: the numerator's derivative is the denominator, and the other way round.",
            "((exp(x) + exp(-x)) * (exp(x) + exp(-x)) - (exp(x) - exp(-x)) * (exp(x) - exp(-x)))"
            "/ (exp(x) + exp(-x)) ^ 2",
        ),
        (
            "Divide each of the two terms by the squared denominator.",
            "1 - ((exp(x) - exp(-x)) / (exp(x) + exp(-x))) ^ 2",
        ),
        ("The bracket is tanh again, so the output is all that is needed.", "1 - tanh(x) ^ 2"),
        name="dtanh",
    )


@cache
def tanh_by_sigmoid() -> Worked:
    """Derive tanh(x) = 2σ(2x) − 1.

    >>> tanh_by_sigmoid().value.plain()
    '2 * sigma(2 * x) - 1'
    """
    return derive(
        "tanh(x)",
        ("Write tanh by exponentials.", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))"),
        (
            "Multiply numerator and denominator by $e^{-x}$.",
            "(1 - exp(-2 * x)) / (1 + exp(-2 * x))",
        ),
        (
            "Write the numerator as 2 minus the denominator.",
            "(2 - (1 + exp(-2 * x))) / (1 + exp(-2 * x))",
        ),
        ("Split the fraction.", "2 / (1 + exp(-2 * x)) - 1"),
        ("What stands beside the 2 is the sigmoid of $2x$.", "2 * sigma(2 * x) - 1"),
        name="tanh",
    )


@cache
def elu_derivative() -> Worked:
    """Derive the slope of ELU on both sides, and show when the two meet at 0.

    >>> elu_derivative().value.plain()
    'branch(x, 1, ELU(x) + alpha)'
    """
    return derive(
        "d(ELU(x), x)",
        (
            "Away from 0 only one branch counts, so each is differentiated by itself.",
            "branch(x, d(x, x), d(alpha * (exp(x) - 1), x))",
        ),
        (
            r"The constant $-\alpha$ vanishes; $e^x$ is its own derivative. At 0 the slopes are 1 from the right "
            r"and $\alpha$ from the left: they meet only for $\alpha = 1$.",
            "branch(x, 1, alpha * exp(x))",
        ),
        (
            r"For negative inputs $\alpha e^x = \alpha (e^x - 1) + \alpha$: the output is all that is needed.",
            "branch(x, 1, ELU(x) + alpha)",
        ),
        setup=_ELU,
        opening="The function keeps positive inputs and bends negative ones.",
        name="delu",
    )


@cache
def gelu_derivative() -> Worked:
    """Derive the derivative of the exact GELU, x Φ(x), with the normal distribution Φ and its density φ.

    >>> gelu_derivative().value.plain()
    'Phi(x) + x * phi(x)'
    """
    return derive(
        "d(GELU(x), x)",
        ("Product rule.", "d(x, x) * Phi(x) + x * d(Phi(x), x)"),
        ("The derivative of $x$ is 1.", "Phi(x) + x * d((1 + erf(x / sqrt(2))) / 2, x)"),
        (
            r"The derivative of $\operatorname{erf}(u)$ is $\frac{2}{\sqrt{\pi}} e^{-u^2}$; the inner derivative is "
            r"$\frac{1}{\sqrt{2}}$.",
            "Phi(x) + x * (1/2 * (2 / sqrt(pi)) * exp(-(x / sqrt(2)) ^ 2) * (1 / sqrt(2)))",
        ),
        ("Collect the constants.", "Phi(x) + x * (1 / sqrt(2 * pi) * exp(-x ^ 2 / 2))"),
        ("The bracket is the density of the standard normal distribution.", "Phi(x) + x * phi(x)"),
        setup=Setup(where={"GELU(x)": "x * Phi(x)"}),
        opening=r"GELU weighs its input by the probability that a standard normal variable is smaller.",
        name="dgelu",
    )


@cache
def gelu_tanh_derivative() -> Worked:
    """Derive the derivative of GELU's approximation by tanh; u stands for the argument of tanh.

    >>> gelu_tanh_derivative().value.plain()
    '(1 + tanh(u)) / 2 + x / 2 * (1 - tanh(u) ^ 2) * sqrt(2 / pi) * (1 + 0.134145 * x ^ 2)'
    """
    return derive(
        "d(GELU(x), x)",
        ("Product rule.", "d(x / 2, x) * (1 + tanh(u)) + x / 2 * d(1 + tanh(u), x)"),
        ("Chain rule for tanh with its argument $u$.", "(1 + tanh(u)) / 2 + x / 2 * d(tanh(u), u) * d(u, x)"),
        (r"The derivative of tanh is $1 - \tanh^2$.", "(1 + tanh(u)) / 2 + x / 2 * (1 - tanh(u) ^ 2) * d(u, x)"),
        (
            "The derivative of $u$ is a constant times $1 + 3 \\cdot 0.044715\\, x^2$.",
            "(1 + tanh(u)) / 2 + x / 2 * (1 - tanh(u) ^ 2) * sqrt(2 / pi) * (1 + 0.134145 * x ^ 2)",
        ),
        setup=Setup(where=_TANH_GELU),
        opening="The approximation replaces the normal distribution by a tanh.",
        name="dgelu",
    )
