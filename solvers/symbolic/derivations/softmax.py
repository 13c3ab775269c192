"""Softmax: its Jacobian, its shift invariance, and the gradient of cross-entropy with respect to the logits."""

from functools import cache

from solvers.symbolic.derivation import Setup, derive, join
from solvers.worked import Worked

_P = {"p[i]": "exp(x[i]) / sum(k, K, exp(x[k]))"}
_TOTAL = "sum(k, K, exp(x[k]))"


@cache
def softmax_jacobian() -> Worked:
    """Derive ∂p_i/∂x_j = p_i(δ_ij − p_j) for K logits x.

    >>> softmax_jacobian().value.plain()
    'p[i] * (delta(i, j) - p[j])'
    """
    return derive(
        "d(p[i], x[j])",
        (
            r"Quotient rule. The numerator holds $x_j$ only if $i = j$, which $\delta_{ij}$ says; the sum in the "
            r"denominator always holds it, once.",
            f"(delta(i, j) * exp(x[i]) * {_TOTAL} - exp(x[i]) * exp(x[j])) / ({_TOTAL}) ^ 2",
        ),
        (
            r"Take the common factor $e^{x_i}$ out and give each bracketed term its denominator.",
            f"exp(x[i]) / {_TOTAL} * (delta(i, j) - exp(x[j]) / {_TOTAL})",
        ),
        (
            r"Both fractions are softmax outputs. On the diagonal this is $p_i (1 - p_i)$, elsewhere $-p_i p_j$: "
            "raising one logit takes from all other outputs.",
            "p[i] * (delta(i, j) - p[j])",
        ),
        setup=Setup(where=_P, over={"i": "K", "j": "K"}, lengths={"K": "x"}),
        opening="Softmax divides every exponential by the sum of all.",
        name="dp",
    )


@cache
def softmax_shift() -> Worked:
    """Derive that subtracting one number c (such as the maximum) from all logits changes nothing.

    >>> softmax_shift().value.plain()
    'exp(x[i]) / sum(k, K, exp(x[k]))'
    """
    return derive(
        "exp(x[i] - c) / sum(k, K, exp(x[k] - c))",
        (
            "A difference in the exponent is a product of powers.",
            "exp(x[i]) * exp(-c) / sum(k, K, exp(x[k]) * exp(-c))",
        ),
        (
            "The factor $e^{-c}$ is the same in every term of the sum, so it comes out.",
            f"exp(x[i]) * exp(-c) / (exp(-c) * {_TOTAL})",
        ),
        (
            r"It cancels. With $c = \max_k x_k$ the largest exponent is 0, so nothing overflows.",
            f"exp(x[i]) / {_TOTAL}",
        ),
        setup=Setup(over={"i": "K"}, lengths={"K": "x"}),
        name="shift",
    )


@cache
def cross_entropy_gradient() -> Worked:
    """Derive ∂L/∂x_j = p_j − y_j for softmax followed by cross-entropy; the targets y add up to 1.

    One sample; for the mean over R samples divide by R.

    >>> cross_entropy_gradient().value.evaluate({"x": [0, 0], "y": [1, 0]}).tolist()
    [-0.5, 0.5]
    """
    setup = Setup(
        where={**_P, "L": "-sum(k, K, y[k] * ln(p[k]))"},
        hidden={"y[3]": "1 - y[1] - y[2]"},
        over={"j": "K"},
        lengths={"K": "x"},
    )
    chain = derive(
        "d(L, x[j])",
        (
            "Every output depends on $x_j$, so the chain rule sums over all of them.",
            "sum(k, K, d(L, p[k]) * d(p[k], x[j]))",
        ),
        (
            r"The logarithm's derivative is $\frac{1}{p_k}$; the Jacobian of softmax is $p_k (\delta_{kj} - p_j)$.",
            "sum(k, K, -y[k] / p[k] * (p[k] * (delta(k, j) - p[j])))",
        ),
        ("The factor $p_k$ cancels.", "sum(k, K, -y[k] * (delta(k, j) - p[j]))"),
        (
            r"Split the sum; in the first part only $k = j$ survives, in the second $p_j$ does not depend on $k$.",
            "-y[j] + p[j] * sum(k, K, y[k])",
        ),
        (
            "The targets of a sample add up to 1. What remains is prediction minus target.",
            "p[j] - y[j]",
        ),
        setup=setup,
        opening="Softmax gives probabilities; cross-entropy takes their logarithms.",
        name="dx",
    )
    return join(softmax_jacobian(), chain)
