"""Gaussians in variational autoencoders by hand: KL divergence and reparametrisation.

σ is always the standard deviation; natural logarithms. Each `…_steps` function returns the working, the function
beside it only the value.
"""

from collections.abc import Callable
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real, show, signed, total
from solvers.worked import Step, Worked, worked

SPREADS: dict[str, tuple[Callable[[float], float], str, str]] = {
    "std": (lambda s: s, "%s", "The spread given is the standard deviation itself."),
    "variance": (sqrt, r"\sqrt{%s}", "The spread given is the variance: its root is the standard deviation."),
    "log-variance": (lambda s: exp(s / 2), r"e^{%s / 2}", "The spread given is the logarithm of the variance: half of it, "
                     "exponentiated, is the standard deviation."),
}  # fmt: skip


def kl_gaussians(mu1: ArrayLike, sigma1: ArrayLike, mu2: ArrayLike = 0.0, sigma2: ArrayLike = 1.0) -> float:
    """KL(N(μ₁, σ₁²) ‖ N(μ₂, σ₂²)), added up over independent dimensions; by default to the standard normal.

    >>> kl_gaussians(1, 1), kl_gaussians([1, 2], 1), round(kl_gaussians(0, 2), 4)
    (0.5, 2.5, 0.8069)
    """
    return float(_terms(mu1, sigma1, mu2, sigma2).sum())


def kl_gaussians_steps(mu1: ArrayLike, sigma1: ArrayLike, mu2: ArrayLike = 0.0, sigma2: ArrayLike = 1.0) -> Worked:
    """Work out the KL divergence between two (diagonal) Gaussians."""
    each, value = _terms(mu1, sigma1, mu2, sigma2), kl_gaussians(mu1, sigma1, mu2, sigma2)
    m1, s1, m2, s2 = (np.broadcast_to(real(given), each.shape).ravel() for given in (mu1, sigma1, mu2, sigma2))
    standard = not m2.any() and (s2 == 1).all()
    formula = (r"\tfrac{1}{2} (\mu^2 + \sigma^2 - 1 - \ln \sigma^2)" if standard else
               r"\ln(\sigma_2 / \sigma_1) + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \tfrac{1}{2}")  # fmt: skip
    why = ("To the standard normal: it grows as the mean leaves 0 and as the deviation leaves 1." if standard else
           "For Gaussians the integral has a closed form: a logarithm compares the widths, a fraction the means.")  # fmt: skip
    steps = []
    for index, (a, s, b, t, kl) in enumerate(zip(m1, s1, m2, s2, each.ravel(), strict=True), 1):
        numbers = (rf"\tfrac{{1}}{{2}} ({signed(a)}^2 + {show(s)}^2 - 1 - \ln {show(s**2)})" if standard else
                   rf"\ln({show(t)} / {show(s)}) + \frac{{{show(s)}^2 + ({show(a)} - {signed(b)})^2}}"
                   rf"{{2 \cdot {show(t)}^2}} - \tfrac{{1}}{{2}}")  # fmt: skip
        reason = why if index == 1 else f"Dimension {index} in the same way."
        steps.append(Step(reason, formula, numbers, show(kl), "KL" if each.size == 1 else f"KL{index}"))
    if each.size > 1:
        steps.append(Step("Independent dimensions add up.", r"\sum_d \mathrm{KL}_d", total(each.ravel()), show(value),
                          "KL"))  # fmt: skip
    return worked(value, steps)


def reparametrise(mu: ArrayLike, spread: ArrayLike, noise: ArrayLike, meaning: str = "std") -> Array:
    """Latent sample z = μ + σε; `meaning` says what the spread is: "std", "variance" or "log-variance".

    >>> reparametrise([1, 2], 4, [0.5, -1], "variance").tolist()
    [2.0, 0.0]
    """
    return np.asarray(real(mu, "mu") + _deviation(spread, meaning) * real(noise, "the noise"))


def reparametrise_steps(mu: ArrayLike, spread: ArrayLike, noise: ArrayLike, meaning: str = "std") -> Worked:
    """Work out a latent sample by the reparametrisation trick."""
    value, sigma = reparametrise(mu, spread, noise, meaning), _deviation(spread, meaning)
    _, formula, reason = SPREADS[meaning]
    return worked(value, (
        Step(reason, r"\sigma", formula % show(real(spread)), show(sigma), "sigma"),
        Step("All chance sits in ε, so the sample is a differentiable function of μ and σ.",
             r"z = \mu + \sigma \odot \varepsilon", rf"{show(real(mu))} + {show(sigma)} \odot {show(real(noise))}",
             show(value), "z"),
    ))  # fmt: skip


def _terms(mu1: ArrayLike, sigma1: ArrayLike, mu2: ArrayLike, sigma2: ArrayLike) -> Array:
    m1, s1, m2, s2 = real(mu1, "mu1"), real(sigma1, "sigma1"), real(mu2, "mu2"), real(sigma2, "sigma2")
    if (s1 <= 0).any() or (s2 <= 0).any():
        raise ValueError("standard deviations must be above 0")
    return np.asarray(np.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5)


def _deviation(spread: ArrayLike, meaning: str) -> Array:
    if meaning not in SPREADS:
        raise ValueError(f"the meaning of the spread must be one of {', '.join(SPREADS)}; got {meaning!r}")
    values = real(spread, "the spread")
    if meaning != "log-variance" and (values < 0).any():
        raise ValueError(f"a {meaning} must not be negative, got {values.tolist()}")
    return np.asarray(np.vectorize(SPREADS[meaning][0], otypes=[float])(values))
