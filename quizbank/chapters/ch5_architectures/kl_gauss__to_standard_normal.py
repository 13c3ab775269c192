"""The KL divergence of an encoder's Gaussian from the standard normal distribution."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, multiples, part, slip, some_of
from quizbank.usual import under
from solvers.arrays import show
from solvers.gaussians import kl_gaussians, kl_gaussians_steps
from solvers.worked import Step

question = Question(
    "ch5.kl_gauss",
    title="How far from the standard normal",
    section="V.10.a",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("variational autoencoder", "KL divergence"),
    mu=multiples(0.5, -4, 4, shape=(2,), nonzero=True, distinct=True),
    s=some_of(2, 0.4, 0.5, 0.6, 0.8, 1.25, 1.5, 2.0, 2.5, 3.0),
    text=r"""
For one image the encoder of a variational autoencoder gives independent Gaussians in two latent dimensions, with the means $\mu = <<mu>>$ and the standard deviations $\sigma = <<s>>$.
The loss holds them close to the standard normal distribution by $\mathrm{KL}\big(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1)\big)$, with natural logarithms and added up over the dimensions.
A calculator may be used.
""",
    hints=(
        r"The divergence is 0 for $\mu = 0$ and $\sigma = 1$, and positive elsewhere.",
        r"For one dimension: $\tfrac{1}{2} (\mu^2 + \sigma^2 - 1 - \ln \sigma^2)$.",
    ),
)


def where(mu, s):
    """Keep dimensions that cost differently."""
    return mu[0] ** 2 != mu[1] ** 2 and abs(s[0] * s[1] - 1) > 0.01


def work(mu, s, each, pull):
    """Each dimension, their sum, and the gradient."""
    *single, total = kl_gaussians_steps(mu, s).steps
    return (
        *under("each", single),
        *under("kl", (total,)),
        Step("Only the squared mean depends on the mean.", r"\frac{\partial \mathrm{KL}}{\partial \mu} = \mu", "", show(mu), "dmu"),
        Step("The square pulls wide Gaussians in, the logarithm keeps narrow ones from collapsing.", r"\frac{\partial \mathrm{KL}}{\partial \sigma} = \sigma - \frac{1}{\sigma}",
             "", show(np.round(pull, 6)), "pull"),
    )  # fmt: skip


def check(mu, s):
    """Integrate the definition numerically; differences for the gradients."""

    def divergence(m, d):
        x = np.linspace(m - 12 * d, m + 12 * d, 40001)
        log_p, log_q = -0.5 * ((x - m) / d) ** 2 - np.log(d), -0.5 * x**2
        p = np.exp(log_p) / np.sqrt(2 * np.pi)
        return float(np.sum(p * (log_p - log_q)) * (x[1] - x[0]))

    each, h = [divergence(m, d) for m, d in zip(mu, s, strict=True)], 1e-4
    return {
        "each": each,
        "kl": sum(each),
        "dmu": [(divergence(m + h, d) - divergence(m - h, d)) / (2 * h) for m, d in zip(mu, s, strict=True)],
        "pull": [(divergence(m, d + h) - divergence(m, d - h)) / (2 * h) for m, d in zip(mu, s, strict=True)],
    }


@part("The divergence of each of the two dimensions.", Matrix(decimals=3))
def each(mu, s):
    return np.array([kl_gaussians(m, d) for m, d in zip(mu, s, strict=True)])


@slip(each, "The notes print ½((μ − μ_target)² + ln σ² − ln σ²_target − 1): there the variance is missing and the logarithm has the wrong sign; "
      "for μ = 0 and σ = 1 it would give −½ instead of 0.", credit=0.25)  # fmt: skip
def as_printed(mu, s):
    return 0.5 * (mu**2 + np.log(s**2) - 1)


@slip(each, "The factor ½ is missing.", credit=0.5)
def no_half(mu, s):
    return mu**2 + s**2 - 1 - np.log(s**2)


@slip(each, "The standard deviations have to be squared.", credit=0.25)
def deviation(mu, s):
    return 0.5 * (mu**2 + s - 1 - np.log(s))


@slip(
    each,
    "This is the divergence the other way round, of the standard normal from the encoder's Gaussian.",
    credit=0.25,
)
def reverse(mu, s):
    return np.log(s) + (1 + mu**2) / (2 * s**2) - 0.5


@part("The divergence that enters the loss.", Number(decimals=2))
def kl(each):
    return each.sum()


@slip(kl, "The question adds the dimensions up; this is their mean.", credit=0.5)
def mean(each):
    return each.mean()


@slip(kl, "Both dimensions count, not the larger one alone.", credit=0.25)
def larger(each):
    return each.max()


@part(r"Its gradient by $\mu$.", Matrix(decimals=2))
def dmu(mu):
    return mu


@slip(dmu, "The factor ½ cancels with the 2 of the square.", credit=0.5)
def half(mu):
    return mu / 2


@slip(dmu, "The gradient points away from 0, where the divergence grows; descent goes against it.", credit=0.5)
def downhill(mu):
    return -mu


@part(r"Its gradient by $\sigma$.", Matrix(decimals=2))
def pull(s):
    return s - 1 / s


@slip(pull, "The logarithm depends on σ, too: its derivative is missing.", credit=0.25)
def no_logarithm(s):
    return s


@slip(pull, "The derivative of ln σ² is 2/σ, and with the factor ½ it is 1/σ.", credit=0.25)
def by_variance(s):
    return s - 1 / s**2
