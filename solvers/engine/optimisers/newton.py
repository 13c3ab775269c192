"""Newton's method: a step by the inverse Hessian, exact on a quadratic; and Newton-Raphson for a root."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solvers.engine.layer import Array


@dataclass(frozen=True, kw_only=True)
class Newton:
    """Newton's method with an optional step length `lr` (1 is the plain method).

    It stands apart from the other optimisers because a step also needs the Hessian, n × n for n parameters.

    >>> Newton().step(np.array([3.0, 1.0]), np.array([2.0, 8.0]), np.array([[2.0, 0.0], [0.0, 4.0]]))
    array([ 2., -1.])
    """

    kind: ClassVar[str] = "newton"
    lr: float = 1.0

    def step(self, theta: Array, gradient: Array, hessian: Array) -> Array:
        """Give θ - α H⁻¹ g; `ValueError` for a Hessian of another size or one that cannot be inverted."""
        size = theta.size
        if hessian.shape != (size, size):
            raise ValueError(f"the Hessian of {size} parameters has shape {(size, size)}; got {hessian.shape}")
        try:
            direction = np.linalg.solve(hessian, gradient.reshape(size))
        except np.linalg.LinAlgError:
            raise ValueError("the Hessian is singular, so Newton's method has no step from here") from None
        return theta - self.lr * direction.reshape(theta.shape)

    def recursion(self) -> tuple[str, ...]:
        """Give the recursion in symbols, as LaTeX."""
        rate = "" if self.lr == 1 else r"\alpha "
        return (rf"\theta_{{t+1}} = \theta_{{t}} - {rate}H^{{-1}} \nabla L(\theta_t)",)


def root_step(x: float, value: float, slope: float) -> float:
    """Make one Newton-Raphson step towards a root of f, from f(x) and f'(x); `ValueError` for a zero slope.

    >>> root_step(2.0, 2.0, 4.0)
    1.5
    """
    if slope == 0:
        raise ValueError("the slope is zero, so the tangent meets the axis nowhere")
    return x - value / slope
