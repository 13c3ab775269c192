"""Gradient clipping: by the norm of all gradients together, or entry by entry."""

from collections.abc import Sequence

import numpy as np

from solvers.engine.layer import Array


def total_norm(gradients: Sequence[Array]) -> float:
    """Give the Euclidean norm of all gradients taken as one long vector.

    >>> total_norm([np.array([3.0]), np.array([[4.0]])])
    5.0
    """
    return float(np.sqrt(sum(float(np.vdot(g, g)) for g in gradients)))


def clip_norm(gradients: Sequence[Array], max_norm: float, eps: float = 0.0) -> tuple[Array, ...]:
    """Scale all gradients by one factor so that their total norm is at most `max_norm`.

    The factor is max_norm / (norm + eps), never above 1; PyTorch has eps = 1e-6.

    >>> clip_norm([np.array([3.0]), np.array([4.0])], max_norm=2.5)
    (array([1.5]), array([2.]))
    """
    if max_norm <= 0:
        raise ValueError(f"max_norm must be positive; got {max_norm!r}")
    norm = total_norm(gradients) + eps
    return tuple(g * (max_norm / norm) if norm > max_norm else g for g in gradients)


def clip_value(gradients: Sequence[Array], limit: float) -> tuple[Array, ...]:
    """Cut every entry to the interval from -limit to limit; this may turn the direction.

    >>> clip_value([np.array([3.0, -0.5])], limit=1.0)
    (array([ 1. , -0.5]),)
    """
    if limit <= 0:
        raise ValueError(f"limit must be positive; got {limit!r}")
    return tuple(np.clip(g, -limit, limit) for g in gradients)
