"""Random initial weights that keep the variance of a layer's output near that of its input."""

import math
from collections.abc import Callable
from difflib import get_close_matches

import numpy as np

from solvers.engine.layer import Array, Shape, Weight

Variance = Callable[[int, int], float]


def fans(shape: Shape) -> tuple[int, int]:
    """Count the inputs and outputs of one unit: of a matrix (in × out) or of kernels (out × in × …).

    >>> fans((784, 256)), fans((16, 3, 5, 5))
    ((784, 256), (75, 400))
    """
    if len(shape) < 2:
        raise ValueError(f"weights have at least two axes; got shape {tuple(shape)}")
    if len(shape) == 2:
        return shape[0], shape[1]
    window = math.prod(shape[2:])
    return shape[1] * window, shape[0] * window


def xavier_variance(fan_in: int, fan_out: int, fan: str = "in") -> float:
    """Give Xavier's variance of one weight: 1/n_in, or 2/(n_in + n_out) where `fan` is "both".

    >>> xavier_variance(100, 300), xavier_variance(100, 300, fan="both")
    (0.01, 0.005)
    """
    if fan not in ("in", "both"):
        raise ValueError(f"fan must be 'in' or 'both'; got {fan!r}")
    return 1 / fan_in if fan == "in" else 2 / (fan_in + fan_out)


def kaiming_variance(fan_in: int, slope: float = 0.0) -> float:
    """Give Kaiming's variance of one weight, 2/n_in; with a leaky ReLU of that slope, 2/((1 + slope²) n_in).

    >>> kaiming_variance(50)
    0.04
    """
    return 2 / ((1 + slope**2) * fan_in)


def xavier_normal(shape: Shape, seed: int, fan: str = "in") -> Array:
    """Draw from N(0, 1/n_in), the course's choice, or from N(0, 2/(n_in + n_out)) where `fan` is "both"."""
    return _normal(np.random.default_rng(seed), shape, xavier_variance(*fans(shape), fan))


def xavier_uniform(shape: Shape, seed: int, fan: str = "both") -> Array:
    """Draw evenly from ±√(6/(n_in + n_out)), or from ±√(3/n_in) where `fan` is "in"."""
    return _uniform(np.random.default_rng(seed), shape, xavier_variance(*fans(shape), fan))


def kaiming_normal(shape: Shape, seed: int, slope: float = 0.0) -> Array:
    """Draw from N(0, 2/n_in)."""
    return _normal(np.random.default_rng(seed), shape, kaiming_variance(fans(shape)[0], slope))


def kaiming_uniform(shape: Shape, seed: int, slope: float = 0.0) -> Array:
    """Draw evenly from ±√(6/n_in)."""
    return _uniform(np.random.default_rng(seed), shape, kaiming_variance(fans(shape)[0], slope))


def drawing(scheme: str, seed: int) -> Weight:
    """Give the function `weight(shape, fan_in, fan_out)` that draws one weight after another from a seed.

    Raises `ValueError` for an unknown scheme.

    >>> drawing("kaiming-uniform", seed=1)((2, 3), 2, 3).shape
    (2, 3)
    """
    if scheme not in SCHEMES:
        near = get_close_matches(scheme, SCHEMES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(SCHEMES)}"
        raise ValueError(f"unknown initialiser {scheme!r}; {hint}")
    variance, distribution = SCHEMES[scheme]
    rng = np.random.default_rng(seed)

    def weight(shape: Shape, fan_in: int, fan_out: int) -> Array:
        return distribution(rng, shape, variance(fan_in, fan_out))

    return weight


def _normal(rng: np.random.Generator, shape: Shape, variance: float) -> Array:
    return rng.normal(0, math.sqrt(variance), tuple(shape))


def _uniform(rng: np.random.Generator, shape: Shape, variance: float) -> Array:
    bound = math.sqrt(3 * variance)
    return rng.uniform(-bound, bound, tuple(shape))


def _xavier_both(fan_in: int, fan_out: int) -> float:
    return xavier_variance(fan_in, fan_out, "both")


def _kaiming(fan_in: int, fan_out: int) -> float:
    return kaiming_variance(fan_in)


SCHEMES: dict[str, tuple[Variance, Callable[[np.random.Generator, Shape, float], Array]]] = {
    "xavier": (xavier_variance, _normal),
    "xavier-normal": (xavier_variance, _normal),
    "xavier-normal-both": (_xavier_both, _normal),
    "xavier-uniform": (_xavier_both, _uniform),
    "kaiming": (_kaiming, _normal),
    "kaiming-normal": (_kaiming, _normal),
    "kaiming-uniform": (_kaiming, _uniform),
}
