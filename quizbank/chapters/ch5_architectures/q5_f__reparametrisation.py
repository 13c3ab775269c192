"""Sampling from the encoder's Gaussian so that gradients can pass."""

import math

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from quizbank import Question, depending, derived, integers, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.gaussians import reparametrise, reparametrise_steps
from solvers.worked import Step

WORDS = {"std": "standard deviation", "variance": "variance", "log-variance": "logarithm of the variance"}
SPREADS = {
    "std": (0.5, 1.5, 2.0, 2.5, 3.0),
    "variance": (0.25, 2.25, 4.0, 6.25, 9.0),
    "log-variance": (-2.0, -1.0, -0.5, 0.5, 1.0),
}

question = Question(
    "ch5.q5.f",
    also=("ch5.reparam",),
    title="The reparametrisation trick",
    section="V.10.a",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("variational autoencoder", "sampling", "gradients"),
    mu=multiples(0.5, -4, 4, shape=(2,), nonzero=True),
    meaning=one_of("std", "variance", "log-variance"),
    words=derived(lambda meaning: WORDS[meaning]),
    spread=depending(
        lambda meaning: one_of(*((a, b) for a in SPREADS[meaning] for b in SPREADS[meaning] if a != b))
    ),
    noise=multiples(0.25, -6, 6, shape=(2,), nonzero=True),
    g=integers(-4, 6, shape=(2,), nonzero=True),
    text=r"""
In training, a variational autoencoder needs a sample $z$ from the Gaussian that its encoder describes. A random generator gives only numbers $\varepsilon$ from the
standard normal distribution, and gradients should reach $\mu$ and $\sigma$, where $\sigma$ is the standard deviation. For one image and two latent dimensions the encoder gives the mean $\mu = <<mu>>$ and, as
the <<words:plain>>, $<<spread>>$. Drawn was $\varepsilon = <<noise>>$. A calculator may be used.
""",
    hints=(
        "How is a standard normal number stretched and shifted?",
        "Bring what the encoder gives to a standard deviation first.",
        "In the formula for $z$, the noise is a constant for the gradient.",
    ),
)


def where(noise, g, mu):
    """Keep noise and gradients that differ between the dimensions."""
    return noise[0] != noise[1] and g[0] != g[1] and mu[0] != mu[1]


def work(mu, spread, noise, meaning, g, sigma):
    """The rule, the deviation, the sample, and the way back."""
    to_sigma, sample = reparametrise_steps(mu, spread, noise, meaning).steps
    return (
        Step("Stretch the noise by the standard deviation and shift it by the mean.", r"z = \mu + \sigma \varepsilon", name="rule"),
        *under("sigma", (to_sigma,)),
        *under("z", (sample,)),
        Step("The mean is a summand of $z$, so the derivative of $z$ by it is 1: the gradient passes unchanged.", r"\frac{\partial L}{\partial \mu} = \frac{\partial L}{\partial z} \cdot 1",
             "", show(g), "dmu"),
        Step("The mean does not depend on σ, and the noise is what σ is multiplied by.", r"\frac{\partial L}{\partial \sigma} = \frac{\partial L}{\partial z} \odot \varepsilon", rf"{show(g)} \odot {show(noise)}", show(g * noise), "dsigma"),
    )  # fmt: skip


def check(mu, spread, noise, meaning, g):
    """Find the deviation by bisection on its square's meaning, and differences of the loss."""

    def given(sigma):
        return {"std": sigma, "variance": sigma**2, "log-variance": math.log(sigma**2)}[str(meaning)]

    def solved(target):
        low, high = 1e-6, 100.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if given(middle) < target else (low, middle)
        return low

    sigma = np.array([solved(value) for value in spread])

    def slopes(change):
        at = [change(np.eye(2)[i] * h) for i in range(2) for h in (0.5, -0.5)]
        return [at[0] - at[1], at[2] - at[3]]

    return {
        "rule": "mu + sigma*epsilon",
        "sigma": sigma,
        "z": [m + s * e for m, s, e in zip(mu, sigma, noise, strict=True)],
        "dmu": slopes(lambda h: g @ (mu + h + sigma * noise)),
        "dsigma": slopes(lambda h: g @ (mu + (sigma + h) * noise)),
    }


@part(r"Write $z$ in terms of $\mu$, $\sigma$ and $\varepsilon$ (as mu, sigma and eps).",
      Expression(variables={"mu": "real", "sigma": "positive", "epsilon": "real"}, aliases={"eps": "epsilon"}))  # fmt: skip
def rule():
    return "mu + sigma*epsilon"


@slip(rule, "The noise is stretched by the standard deviation, not by the variance.", credit=0.5)
def rule_variance():
    return "mu + sigma^2*epsilon"


@slip(rule, "Mean and deviation are exchanged: the mean shifts, the deviation stretches.", credit=0.25)
def rule_swapped():
    return "sigma + mu*epsilon"


@part(r"The standard deviations $\sigma$.", Matrix(decimals=3))
def sigma(spread, meaning):
    return reparametrise(np.zeros(2), spread, np.ones(2), str(meaning))


@slip(sigma, "Look again at what the encoder gives: the <<words:plain>>; σ is the standard deviation itself.")
def taken_as_is(spread, meaning):
    return spread if meaning != "std" else np.sqrt(spread)


@slip(sigma, "This is the variance; σ is its root.", credit=0.5)
def variance(sigma):
    return sigma**2


@part("The sample $z$.", Matrix(decimals=3))
def z(mu, sigma, noise):
    return mu + sigma * noise


@slip(z, "The noise is stretched by σ, not by the variance.", credit=0.5)
def by_variance(mu, sigma, noise):
    return mu + sigma**2 * noise


@slip(z, "The mean is missing: it shifts the sample.", credit=0.5)
def not_shifted(sigma, noise):
    return sigma * noise


@slip(z, "Mean and deviation are exchanged.", credit=0.25)
def swapped(mu, sigma, noise):
    return sigma + mu * noise


@part(
    r"From the decoder comes $\partial L / \partial z = <<g>>$. The gradient $\partial L / \partial \mu$ of this path.",
    Matrix(decimals=2),
)
def dmu(g):
    return g


@slip(dmu, "The mean is added, so its derivative is 1; the noise belongs to σ.", credit=0.25)
def times_noise(g, noise):
    return g * noise


@slip(dmu, "The sample is differentiable by the mean: the noise is a constant, and the gradient passes.")
def blocked():
    return np.zeros(2)


@part(r"And the gradient $\partial L / \partial \sigma$.", Matrix(decimals=3))
def dsigma(g, noise):
    return g * noise


@slip(dsigma, "σ is multiplied by the noise, so the noise is its derivative.", credit=0.25)
def passed_on(g):
    return g


@slip(dsigma, "The derivative of $\\sigma\\varepsilon$ by σ is ε, not the product itself.", credit=0.25)
def whole_product(g, noise, sigma):
    return g * noise * sigma
