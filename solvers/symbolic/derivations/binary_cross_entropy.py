"""The gradient of binary cross-entropy with respect to the logit of a sigmoid."""

from functools import cache

from solvers.symbolic.derivation import Setup, derive, join
from solvers.symbolic.derivations.activations import sigmoid_derivative
from solvers.worked import Worked


@cache
def bce_gradient() -> Worked:
    """Derive ∂L/∂z = ŷ − y for a sigmoid followed by binary cross-entropy; one sample with target y.

    >>> bce_gradient().value.plain(), bce_gradient().value.evaluate({"z": 0, "y": 1})
    ('yhat - y', -0.5)
    """
    chain = derive(
        "d(L, z)",
        ("Chain rule through the prediction.", "d(L, yhat) * d(yhat, z)"),
        (
            r"The derivative of $\ln \hat y$ is $\frac{1}{\hat y}$, that of $\ln(1 - \hat y)$ is "
            r"$-\frac{1}{1 - \hat y}$.",
            "(-y / yhat + (1 - y) / (1 - yhat)) * d(yhat, z)",
        ),
        (
            "Bring both fractions to one denominator.",
            "(-y * (1 - yhat) + (1 - y) * yhat) / (yhat * (1 - yhat)) * d(yhat, z)",
        ),
        (r"Multiply out: $y \hat y$ cancels.", "(yhat - y) / (yhat * (1 - yhat)) * d(yhat, z)"),
        (
            r"The sigmoid's derivative is $\hat y (1 - \hat y)$.",
            "(yhat - y) / (yhat * (1 - yhat)) * (yhat * (1 - yhat))",
        ),
        (
            "It cancels the denominator: a confident wrong prediction still gets its full gradient. Multiplying by "
            "the sigmoid's derivative once more would be a mistake.",
            "yhat - y",
        ),
        setup=Setup(where={"yhat": "sigma(z)", "L": "-(y * ln(yhat) + (1 - y) * ln(1 - yhat))"}),
        opening="The logit goes through the sigmoid and then into the loss.",
        name="dz",
    )
    return join(sigmoid_derivative(), chain)
