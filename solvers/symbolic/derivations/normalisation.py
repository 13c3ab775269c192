"""Gradients of batch norm and layer norm: of scale, shift and input. Population variance throughout.

Batch norm: i and j count the N samples of one feature. Layer norm: they count the D features of one sample.
`g` is the upstream gradient ∂L/∂y.
"""

from functools import cache

from solvers.symbolic.derivation import Line, Setup, derive, join
from solvers.worked import Worked

_STATISTICS = {
    "mu": "sum(k, {n}, x[k]) / {n}",
    "variance": "sum(k, {n}, (x[k] - mu) ^ 2) / {n}",
    "s": "sqrt(variance + epsilon)",
    "xhat[i]": "(x[i] - mu) / s",
}
_BATCH_OPENING = "All samples of one feature are centred, divided by their standard deviation, scaled and shifted."
_LAYER_OPENING = (
    "All features of one sample are centred and divided by their standard deviation; each has its own scale."
)


def _setup(size: str, scaled: str, **extra: dict[str, str]) -> Setup:
    """The forward pass over `size` entries; the loss is known by its upstream gradient alone."""
    where = {head: body.format(n=size) for head, body in _STATISTICS.items()} | {"y[i]": scaled}
    return Setup(
        where=where,
        hidden={"L": f"sum(k, {size}, g[k] * y[k])"},
        lengths={size: "x"},
        positive=frozenset({"epsilon"}),
        over=extra.get("over", {}),
    )


@cache
def batchnorm_gamma() -> Worked:
    """Derive ∂L/∂γ, the column sum of upstream gradient times normalised input.

    >>> batchnorm_gamma().value.plain()
    'sum(i, N, g[i] * xhat[i])'
    """
    return derive(
        "d(L, gamma)",
        (
            r"Broadcasting uses the one $\gamma$ of a feature in every sample, so the chain rule sums over samples.",
            "sum(i, N, d(L, y[i]) * d(y[i], gamma))",
        ),
        (
            r"Write $g_i$ for $\frac{\partial L}{\partial y_i}$; the factor beside $\gamma$ is $\hat x_i$. For all "
            "features at once this is the sum over axis 0 of the product of both matrices, entry by entry.",
            "sum(i, N, g[i] * xhat[i])",
        ),
        setup=_setup("N", "gamma * xhat[i] + beta"),
        opening=_BATCH_OPENING,
        name="dgamma",
    )


@cache
def batchnorm_beta() -> Worked:
    """Derive ∂L/∂β, the column sum of the upstream gradient.

    >>> batchnorm_beta().value.plain()
    'sum(i, N, g[i])'
    """
    return derive(
        "d(L, beta)",
        (
            r"The one $\beta$ of a feature is added in every sample, so the chain rule sums over samples.",
            "sum(i, N, d(L, y[i]) * d(y[i], beta))",
        ),
        (
            r"The derivative by $\beta$ is 1. For all features at once this is the sum over axis 0.",
            "sum(i, N, g[i])",
        ),
        setup=_setup("N", "gamma * xhat[i] + beta"),
        opening=_BATCH_OPENING,
        name="dbeta",
    )


@cache
def batchnorm_input() -> Worked:
    """Derive ∂L/∂x_j of batch norm in training, where mean and variance depend on x_j, too.

    >>> gradient = batchnorm_input().value.evaluate({"x": [1, 2, 4], "g": [1, 1, 1], "gamma": 3, "epsilon": 0})
    >>> bool(max(abs(gradient)) < 1e-12)  # a constant added to all samples changes nothing
    True
    """
    setup = _setup("N", "gamma * xhat[i] + beta", over={"j": "N"})
    chain = derive(
        "d(L, x[j])",
        (
            r"Through mean and variance $x_j$ reaches the outputs of all samples.",
            "sum(i, N, g[i] * gamma * d(xhat[i], x[j]))",
        ),
        *_through_the_statistics("N", "gamma * g[i]", "gamma * g[j]"),
        (
            r"Take $\gamma$ and $\frac{1}{N}$ out. The mean of the upstream gradients is removed, and so is their "
            r"part along $\hat x$.",
            "gamma / (N * s) * (N * g[j] - sum(i, N, g[i]) - xhat[j] * sum(i, N, g[i] * xhat[i]))",
        ),
        setup=setup,
        name="dx",
    )
    return join(_normalised("N", _BATCH_OPENING), chain)


@cache
def layernorm_gamma() -> Worked:
    """Derive one sample's part of ∂L/∂γ_j of layer norm; a batch adds the parts of its samples.

    >>> layernorm_gamma().value.plain()
    'g[j] * xhat[j]'
    """
    return derive(
        "d(L, gamma[j])",
        (
            r"Each feature has its own $\gamma_j$, so of all outputs only $y_j$ depends on it.",
            "d(L, y[j]) * d(y[j], gamma[j])",
        ),
        (r"The factor beside $\gamma_j$ is $\hat x_j$. Over a batch the samples add up.", "g[j] * xhat[j]"),
        setup=_setup("D", "gamma[i] * xhat[i] + beta[i]", over={"j": "D"}),
        opening=_LAYER_OPENING,
        name="dgamma",
    )


@cache
def layernorm_input() -> Worked:
    """Derive ∂L/∂x_j of layer norm for one sample.

    >>> values = {"x": [1, 2, 4], "g": [1, 1, 1], "gamma": [2, 2, 2], "epsilon": 0}
    >>> bool(max(abs(layernorm_input().value.evaluate(values))) < 1e-12)
    True
    """
    chain = derive(
        "d(L, x[j])",
        (
            "Through mean and variance $x_j$ reaches all features of its sample.",
            "sum(i, D, g[i] * gamma[i] * d(xhat[i], x[j]))",
        ),
        *_through_the_statistics("D", "gamma[i] * g[i]", "gamma[j] * g[j]"),
        (
            r"Take $\frac{1}{D}$ out. Unlike in batch norm, every feature has its own $\gamma_i$, which stays inside "
            "the sums.",
            "1 / (D * s) * (D * gamma[j] * g[j] - sum(i, D, gamma[i] * g[i])"
            " - xhat[j] * sum(i, D, gamma[i] * g[i] * xhat[i]))",
        ),
        setup=_setup("D", "gamma[i] * xhat[i] + beta[i]", over={"j": "D"}),
        name="dx",
    )
    return join(_normalised("D", _LAYER_OPENING), chain)


def _through_the_statistics(n: str, every: str, own: str) -> tuple[Line, ...]:
    """The lines that both norms share; `every` and `own` are the gradients at x̂_i and x̂_j."""
    return (
        (
            r"Put the derivative of $\hat x_i$ in.",
            f"sum(i, {n}, {every} / s * (delta(i, j) - 1 / {n} - xhat[i] * xhat[j] / {n}))",
        ),
        (
            r"Split the sum: $\delta_{ij}$ keeps one term, and $\hat x_j$ does not depend on $i$.",
            f"1 / s * ({own} - sum(i, {n}, {every}) / {n} - xhat[j] * sum(i, {n}, {every} * xhat[i]) / {n})",
        ),
    )


def _normalised(n: str, opening: str) -> Worked:
    """Derive how x̂_i depends on x_j: directly, through the mean and through the variance."""
    scaled = "gamma * xhat[i] + beta" if n == "N" else "gamma[i] * xhat[i] + beta[i]"
    one, both = _setup(n, scaled, over={"j": n}), _setup(n, scaled, over={"i": n, "j": n})
    mean = derive(
        "d(mu, x[j])",
        (f"Every entry has the weight $\\frac{{1}}{{{n}}}$ in the mean.", f"1 / {n}"),
        setup=one, opening=opening, name="dmu",
    )  # fmt: skip
    whole = derive(
        "d(xhat[i], x[j])",
        ("Quotient rule.", "(delta(i, j) - d(mu, x[j])) / s - (x[i] - mu) / s ^ 2 * d(s, x[j])"),
        ("Put the derivatives in.", f"1 / s * (delta(i, j) - 1 / {n} - xhat[i] * xhat[j] / {n})"),
        setup=both, name="dxhat",
    )  # fmt: skip
    return join(mean, *_spread(n, one), whole)


def _spread(n: str, setup: Setup) -> tuple[Worked, Worked]:
    """Derive how the variance and the standard deviation depend on x_j."""
    variance = derive(
        "d(variance, x[j])",
        ("Chain rule; the mean inside depends on $x_j$, too.",
         f"sum(k, {n}, 2 * (x[k] - mu) * (delta(k, j) - 1 / {n})) / {n}"),
        ("The deviations add up to 0, so the part with the mean vanishes.", f"2 * (x[j] - mu) / {n}"),
        setup=setup, name="dvar",
    )  # fmt: skip
    deviation = derive(
        "d(s, x[j])",
        ("Derivative of the root.", "1 / (2 * s) * d(variance, x[j])"),
        (r"Put the variance's derivative in and write $x_j - \mu = s\, \hat x_j$.", f"xhat[j] / {n}"),
        setup=setup, name="ds",
    )  # fmt: skip
    return variance, deviation
