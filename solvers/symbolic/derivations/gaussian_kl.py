"""The Kullback-Leibler divergence of two Gaussians, as in the loss of a variational autoencoder."""

from functools import cache

from solvers.symbolic.derivation import Setup, derive, join
from solvers.worked import Worked

# Gauss and Hermite's three points: exact for polynomials up to degree 5, so for the squares met here.
_NORMAL = {"x": (("1/6", "mu - sqrt(3) * sigma"), ("2/3", "mu"), ("1/6", "mu + sqrt(3) * sigma"))}
_SETUP = Setup(
    where={
        "q(x)": "exp(-(x - mu) ^ 2 / (2 * sigma ^ 2)) / (sigma * sqrt(2 * pi))",
        "p(x)": "exp(-(x - mu_t) ^ 2 / (2 * sigma_t ^ 2)) / (sigma_t * sqrt(2 * pi))",
    },
    chances=_NORMAL,
    positive=frozenset({"sigma", "sigma_t"}),
)


@cache
def gaussian_kl() -> Worked:
    """Derive KL(N(μ, σ²) ‖ N(μ_t, σ_t²)) per dimension; σ are standard deviations.

    >>> gaussian_kl().value.evaluate({"mu": 1, "sigma": 1, "mu_t": 0, "sigma_t": 1})
    0.5
    """
    return derive(
        "E(ln(q(x) / p(x)))",
        (
            r"The divergence is the mean, over the first distribution, of the logarithm of the ratio. The constant "
            r"$\sqrt{2 \pi}$ cancels, the logarithm of a power is its exponent.",
            "E(ln(sigma_t / sigma) - (x - mu) ^ 2 / (2 * sigma ^ 2) + (x - mu_t) ^ 2 / (2 * sigma_t ^ 2))",
        ),
        (
            "The mean of a sum is the sum of the means; constants come out.",
            "ln(sigma_t / sigma) - E((x - mu) ^ 2) / (2 * sigma ^ 2) + E((x - mu_t) ^ 2) / (2 * sigma_t ^ 2)",
        ),
        (
            r"By definition the mean squared deviation from $\mu$ is $\sigma^2$.",
            "ln(sigma_t / sigma) - 1/2 + E((x - mu_t) ^ 2) / (2 * sigma_t ^ 2)",
        ),
        (
            r"Around any other point the mean square is the variance plus the squared distance to the mean.",
            "ln(sigma_t / sigma) - 1/2 + (sigma ^ 2 + (mu - mu_t) ^ 2) / (2 * sigma_t ^ 2)",
        ),
        (
            r"Take $\frac{1}{2}$ out; $\ln \sigma = \frac{1}{2} \ln \sigma^2$.",
            "1/2 * ((sigma ^ 2 + (mu - mu_t) ^ 2) / sigma_t ^ 2 - ln(sigma ^ 2) + ln(sigma_t ^ 2) - 1)",
        ),
        setup=_SETUP,
        opening="Both distributions are Gaussian.",
        name="kl",
    )


@cache
def standard_normal_kl() -> Worked:
    """Derive the divergence from the standard normal distribution, the usual loss of a latent dimension.

    >>> standard_normal_kl().value.plain()
    '1 / 2 * (sigma ^ 2 + mu ^ 2 - ln(sigma ^ 2) - 1)'
    """
    special = derive(
        gaussian_kl().value.plain(),
        (
            r"With $\mu_t = 0$ and $\sigma_t = 1$ the last logarithm is 0.",
            "1/2 * (sigma^2 + mu^2 - ln(sigma^2) - 1)",
        ),
        setup=Setup(hidden={"mu_t": "0", "sigma_t": "1"}, positive=frozenset({"sigma"})),
        name="standard",
    )
    return join(gaussian_kl(), special)
