"""Variance of a weighted sum, and the initialisations that keep it: Xavier and Kaiming."""

from functools import cache

from solvers.symbolic.derivation import Setup, derive, join
from solvers.symbolic.derivations.solving import solve_for
from solvers.worked import Worked

# Two equally likely values with mean m and variance v; products of independent factors need no more than that.
_ANY = {
    "w": (("1/2", "m_w + sqrt(v_w)"), ("1/2", "m_w - sqrt(v_w)")),
    "x": (("1/2", "m_x + sqrt(v_x)"), ("1/2", "m_x - sqrt(v_x)")),
}
_CENTRED = {
    "w": (("1/2", "sqrt(v_w)"), ("1/2", "-sqrt(v_w)")),
    "x": (("1/2", "sqrt(v_x)"), ("1/2", "-sqrt(v_x)")),
    "y": (("1/2", "sqrt(v_y)"), ("1/2", "-sqrt(v_y)")),
}
_POSITIVE = frozenset({"v_w", "v_x", "v_y", "a"})
_SUM = Setup(chances=_CENTRED, lengths={"n": "x"}, positive=_POSITIVE)


@cache
def product_variance() -> Worked:
    """Derive Var(wx) for independent w and x; values for numbers are the means m_w, m_x and variances v_w, v_x.

    >>> product_variance().value.evaluate({"m_w": 0.5, "v_w": 1, "m_x": 2, "v_x": 1})
    5.25
    """
    return derive(
        "Var(w * x)",
        ("The variance is the mean of the square minus the square of the mean.", "E((w * x)^2) - E(w * x)^2"),
        ("For independent factors the mean of a product is the product of the means.",
         "E(w^2) * E(x^2) - (E(w) * E(x))^2"),
        (r"Write every mean square as variance plus squared mean: $\mathbb{E}[w^2] = \operatorname{Var}(w) + "
         r"\mathbb{E}[w]^2$.", "(Var(w) + E(w)^2) * (Var(x) + E(x)^2) - E(w)^2 * E(x)^2"),
        (r"Multiply out; $\mathbb{E}[w]^2\, \mathbb{E}[x]^2$ cancels. In the second term stands the squared mean, "
         "not the mean square.", "E(w)^2 * Var(x) + E(x)^2 * Var(w) + Var(w) * Var(x)"),
        setup=Setup(chances=_ANY, positive=_POSITIVE),
        name="var",
    )  # fmt: skip


@cache
def sum_variance() -> Worked:
    """Derive Var(Σ w_i x_i) = n Var(w) Var(x) for n independent terms with means 0.

    >>> sum_variance().value.plain()
    'n * Var(w) * Var(x)'
    """
    return derive(
        "Var(sum(i, n, w[i] * x[i]))",
        ("The terms are independent, so their variances add up.", "sum(i, n, Var(w[i] * x[i]))"),
        ("Variance of a product of independent factors.",
         "sum(i, n, E(w[i])^2 * Var(x[i]) + E(x[i])^2 * Var(w[i]) + Var(w[i]) * Var(x[i]))"),
        ("Weights and inputs have mean 0, so only the last term remains.", "sum(i, n, Var(w[i]) * Var(x[i]))"),
        ("All weights have one variance and all inputs have one.", "n * Var(w) * Var(x)"),
        setup=_SUM,
        name="var_sum",
    )  # fmt: skip


@cache
def xavier_variance() -> Worked:
    """Derive Var(w) = 1/n, which lets n inputs leave a layer with the variance they came with.

    >>> xavier_variance().value.evaluate({"n": 4})
    0.25
    """
    keep = solve_for(
        "V_w", "n * V_w * V_x", "V_x",
        reason="The output shall vary as much as the input (write $V$ for variances). Divide by $V_x$ and by $n$.",
    )  # fmt: skip
    return join(product_variance(), sum_variance(), keep)


@cache
def xavier_compromise() -> Worked:
    """Derive Var(w) = 2/(n_in + n_out), between what the forward and the backward pass ask for.

    >>> xavier_compromise().value.evaluate({"n_in": 3, "n_out": 5})
    0.25
    """
    forward = solve_for(
        "V_w", "n_in * V_w", "1", name="forward",
        reason="The forward pass sums over the inputs (write $V$ for the variance).",
    )  # fmt: skip
    backward = solve_for(
        "V_w", "n_out * V_w", "1", name="backward",
        reason="The backward pass sums over the outputs: every input collects one gradient from each.",
    )  # fmt: skip
    both = solve_for("V_w", "(n_in * V_w + n_out * V_w) / 2", "1", reason="Ask that the two factors average to 1.")
    return join(forward, backward, both)


@cache
def kaiming_variance() -> Worked:
    """Derive Var(w) = 2/((1 + a²) n) for n inputs that come from a leaky ReLU of slope a (0 for ReLU).

    >>> kaiming_variance().value.evaluate({"n": 8, "a": 0})
    0.25
    """
    halves = derive(
        "E(branch(y, y, a * y)^2)",
        ("Positive and negative inputs are equally likely and alike in size; the negative half is shrunk by $a$.",
         "E(y^2) / 2 + a^2 * E(y^2) / 2"),
        ("With mean 0 the mean square is the variance. ReLU, with $a = 0$, keeps half of it.",
         "(1 + a^2) / 2 * Var(y)"),
        setup=Setup(chances=_CENTRED, positive=_POSITIVE),
        name="square",
    )  # fmt: skip
    weights = derive(
        "Var(w * x)",
        ("Only the weights have mean 0 now: inputs that went through the activation do not.",
         "E(w^2) * E(x^2) - (E(w) * E(x))^2"),
        ("So the mean square of the input takes the place of its variance.", "Var(w) * E(x^2)"),
        setup=Setup(chances={"w": _CENTRED["w"], "x": _ANY["x"]}, positive=_POSITIVE),
        name="var",
    )  # fmt: skip
    keep = solve_for(
        "V_w", "n * V_w * ((1 + a^2) / 2 * V_y)", "V_y",
        reason="The sum over $n$ inputs shall vary as much as the sums $y$ of the layer before (write $V$ for variances).",
    )  # fmt: skip
    return join(halves, weights, keep)


@cache
def uniform_bound() -> Worked:
    """Derive the bound c = √(3 V) of a uniform distribution on [-c, c] with variance V.

    >>> round(uniform_bound().value.evaluate({"V": 2 / 8}), 4)
    0.866
    """
    # Gauss and Legendre's two points give the mean of polynomials up to degree 3 exactly.
    chances = {"w": (("1/2", "c / sqrt(3)"), ("1/2", "-c / sqrt(3)"))}
    square = derive(
        "Var(w)",
        ("The mean is 0, so the variance is the mean square.", "E(w^2)"),
        (r"Integrate $\frac{w^2}{2 c}$ from $-c$ to $c$.", "(c^3 / 3 - (-c)^3 / 3) / (2 * c)"),
        ("Simplify.", "c^2 / 3"),
        setup=Setup(chances=chances, positive=frozenset({"c"})),
        name="var",
    )
    return join(square, solve_for("c", "c^2 / 3", "V", reason="Solve for the bound, which is positive."))
