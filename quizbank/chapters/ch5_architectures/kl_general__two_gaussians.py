"""The KL divergence between two Gaussians, in both directions."""

from dataclasses import replace

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.gaussians import kl_gaussians, kl_gaussians_steps
from solvers.worked import Step

question = Question(
    "ch5.kl_general",
    title="From one Gaussian to another",
    section="V.10.a",
    points=3,
    difficulty=2,
    minutes=6,
    topics=("KL divergence", "variational autoencoder"),
    m1=multiples(0.5, -4, 6),
    s1=one_of(0.5, 0.8, 1.0, 1.5, 2.0),
    m2=multiples(0.5, -4, 6),
    s2=one_of(0.5, 0.8, 1.25, 2.0, 3.0),
    text=r"""
Let $p = \mathcal{N}(\mu_1, \sigma_1^2)$ with $\mu_1 = <<m1>>$ and the standard deviation $\sigma_1 = <<s1>>$, and
$q = \mathcal{N}(\mu_2, \sigma_2^2)$ with $\mu_2 = <<m2>>$ and $\sigma_2 = <<s2>>$. Logarithms are natural, and

$$\mathrm{KL}(p \,\|\, q) = \int p(x) \ln\left(\frac{p(x)}{q(x)}\right) dx .$$

A calculator may be used.
""",
    hints=(
        "The divergence is the mean of the logarithm under the Gaussian that is named first.",
        r"For Gaussians it is $\ln(\sigma_2 / \sigma_1) + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac{1}{2}$.",
        "For the other direction, exchange the roles.",
    ),
)


def where(m1, s1, m2, s2):
    """Keep Gaussians that differ in both, but not by worlds."""
    return m1 != m2 and s1 != s2 and abs(m1 - m2) <= 3


def work(m1, s1, m2, s2, forward, backward):
    """One direction, then the other."""
    (back,) = kl_gaussians_steps(m2, s2, m1, s1).steps
    swapped = back.formula.replace("_1", "_q").replace("_2", "_1").replace("_q", "_2")
    return (
        *under("forward", kl_gaussians_steps(m1, s1, m2, s2)),
        replace(back, reason="The other direction: the two Gaussians exchange their roles.", formula=swapped, name="backward"),
        Step("The two directions differ: a divergence is no distance. It is costly if the second Gaussian has little mass where the first has much.", "",
             f"{forward:.3f} - {backward:.3f}", f"{forward - backward:.2f}", "gap"),
    )  # fmt: skip


def check(m1, s1, m2, s2):
    """Integrate the definition numerically."""

    def divergence(m, d, n, e):
        x = np.linspace(m - 12 * d, m + 12 * d, 40001)
        log_p, log_q = -0.5 * ((x - m) / d) ** 2 - np.log(d), -0.5 * ((x - n) / e) ** 2 - np.log(e)
        return float(np.sum(np.exp(log_p) * (log_p - log_q)) * (x[1] - x[0]) / np.sqrt(2 * np.pi))

    there, back = divergence(m1, s1, m2, s2), divergence(m2, s2, m1, s1)
    return {"forward": there, "backward": back, "gap": there - back}


@part(r"$\mathrm{KL}(p \,\|\, q)$.", Number(decimals=3))
def forward(m1, s1, m2, s2):
    return kl_gaussians(m1, s1, m2, s2)


@slip(
    forward,
    "The notes print ½((μ₁ − μ₂)² + ln σ₁² − ln σ₂² − 1): there the variances are missing and the logarithms have the wrong signs.",
    credit=0.25,
)
def as_printed(m1, s1, m2, s2):
    return 0.5 * ((m1 - m2) ** 2 + np.log(s1**2) - np.log(s2**2) - 1)


@slip(
    forward,
    "The distance of the means is measured in units of the second Gaussian: divide by its variance.",
    credit=0.25,
)
def not_scaled(m1, s1, m2, s2):
    return np.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / 2 - 0.5


@slip(forward, "This is the other direction; p stands first.", credit=0.25)
def exchanged(m1, s1, m2, s2):
    return kl_gaussians(m2, s2, m1, s1)


@slip(forward, "The logarithm is upside down: a wider second Gaussian costs.", credit=0.25)
def logarithm_reversed(m1, s1, m2, s2):
    return np.log(s1 / s2) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5


@part(r"$\mathrm{KL}(q \,\|\, p)$.", Number(decimals=3))
def backward(m1, s1, m2, s2):
    return kl_gaussians(m2, s2, m1, s1)


@slip(backward, "The divergence is not symmetric; work the other direction out.", credit=0.25)
def symmetric(forward):
    return forward


@slip(backward, "Exchanging the roles is not a change of sign: both directions are positive.")
def negative(forward):
    return -forward


@part(r"The difference $\mathrm{KL}(p \,\|\, q) - \mathrm{KL}(q \,\|\, p)$.", Number(decimals=2))
def gap(forward, backward):
    return forward - backward


@slip(gap, "The divergence is not symmetric, so the difference is not 0.")
def none():
    return 0.0


@slip(gap, "The difference was taken the other way round.", credit=0.5)
def reversed_gap(forward, backward):
    return backward - forward
