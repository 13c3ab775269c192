"""The loss to expect before anything is learnt: a first check of any training run.

Each `…_steps` function returns the working, the function beside it only the number.
"""

import math

from numpy.typing import ArrayLike

from solvers.arrays import real, show, signed
from solvers.worked import Step, Worked, worked


def cross_entropy(classes: int) -> float:
    """Cross-entropy of a classifier that gives every class the same probability: ln C, for 2 or more classes.

    >>> round(cross_entropy(100), 3), round(cross_entropy(4), 3)
    (4.605, 1.386)
    """
    return math.log(_several(classes))


def cross_entropy_steps(classes: int) -> Worked:
    """Work out the cross-entropy of an untrained classifier.

    >>> [step.result for step in cross_entropy_steps(4).steps]
    ['0.25', '1.38629']
    """
    loss = cross_entropy(classes)
    return worked(loss, (
        Step("Small random weights give logits near 0, so softmax treats all classes alike.",
             r"p_c = \frac{1}{C}", rf"\frac{{1}}{{{classes}}}", show(1 / classes), "p"),
        Step("Cross-entropy takes the negative natural logarithm of the true class's probability. The mean over "
             "the batch changes nothing, because every sample contributes the same.",
             r"L = -\ln p_c = \ln C", rf"\ln {classes}", show(loss), "L"),
    ))  # fmt: skip


def binary_cross_entropy(probability: float = 0.5, positive_share: float = 0.5) -> float:
    """Binary cross-entropy when every sample is given the same probability, in (0, 1), of the positive class.

    >>> round(binary_cross_entropy(), 4), round(binary_cross_entropy(0.1, 0.1), 4)
    (0.6931, 0.3251)
    """
    if not 0 < probability < 1 or not 0 <= positive_share <= 1:
        raise ValueError(
            f"probability must lie in (0, 1) and the share in [0, 1], got {probability}, {positive_share}"
        )
    return -positive_share * math.log(probability) - (1 - positive_share) * math.log(1 - probability)


def binary_cross_entropy_steps(probability: float = 0.5, positive_share: float = 0.5) -> Worked:
    """Work out the binary cross-entropy of an output that does not depend on the input."""
    loss = binary_cross_entropy(probability, positive_share)
    p, q = show(probability), show(positive_share)
    return worked(loss, (
        Step("Before training the sigmoid gives every sample about the same probability: 0.5 when the logits are "
             "near 0.", r"\hat y = \sigma(z)", "", p, "p"),
        Step("The positive samples, a share $q$ of all, pay for $\\hat y$; the others pay for $1 - \\hat y$.",
             r"L = -q \ln \hat y - (1 - q) \ln(1 - \hat y)",
             rf"-{q} \ln {p} - {show(1 - positive_share)} \ln {show(1 - probability)}", show(loss), "L"),
    ))  # fmt: skip


def mean_squared_error(targets: ArrayLike, output: float = 0.0) -> float:
    """Mean squared error, over all residuals, of a network that still gives one constant.

    >>> mean_squared_error([1, 2, 3])
    4.666666666666667
    """
    return float(((real(targets, "targets") - output) ** 2).mean())


def mean_squared_error_steps(targets: ArrayLike, output: float = 0.0) -> Worked:
    """Work out the mean squared error of a constant output from the targets' mean and variance."""
    t = real(targets, "targets")
    loss, bias = mean_squared_error(t, output), float(t.mean()) - output
    return worked(loss, (
        Step("With small weights the output hardly depends on the input.", r"\hat y \approx c", "", show(output)),
        Step("The targets' mean says how far off the constant is on average.", r"\bar t = \frac{1}{N} \sum_i t_i",
             "", show(t.mean()), "mean"),
        Step("The targets' (population) variance is what no constant can explain.",
             r"\operatorname{Var}(t) = \frac{1}{N} \sum_i (t_i - \bar t)^2", "", show(t.var()), "variance"),
        Step("The mean squared residual is the sum of the two.", r"L = \operatorname{Var}(t) + (\bar t - c)^2",
             f"{show(t.var())} + {signed(bias)}^2", show(loss), "L"),
    ))  # fmt: skip


def expected_squared_error(output_variance: float, target_variance: float, difference: float = 0.0) -> float:
    """Expected squared residual of independent output and target; `difference` is that of their means.

    >>> expected_squared_error(0.5, 2.0, difference=3.0)
    11.5
    """
    if min(output_variance, target_variance) < 0:
        raise ValueError(f"variances must not be negative, got {output_variance} and {target_variance}")
    return output_variance + target_variance + difference**2


def expected_squared_error_steps(
    output_variance: float, target_variance: float, difference: float = 0.0
) -> Worked:
    """Work out the expected squared residual of an untrained network."""
    loss = expected_squared_error(output_variance, target_variance, difference)
    return worked(loss, (
        Step("Before training the output knows nothing of the target: they are independent, so the variance of "
             "their difference is the sum of their variances.",
             r"\operatorname{Var}(\hat y - t) = \operatorname{Var}(\hat y) + \operatorname{Var}(t)",
             f"{show(output_variance)} + {show(target_variance)}", show(output_variance + target_variance)),
        Step("The mean of a square is the variance plus the squared mean.",
             r"E[(\hat y - t)^2] = \operatorname{Var}(\hat y - t) + (E[\hat y] - E[t])^2",
             f"{show(output_variance + target_variance)} + {signed(difference)}^2", show(loss), "L"),
    ))  # fmt: skip


def hinge(classes: int, margin: float = 1.0, per_class: bool = False) -> float:
    """Multi-class hinge loss of equal scores: (C − 1) · margin, or that divided by C as PyTorch does.

    >>> hinge(10), hinge(10, per_class=True)
    (9.0, 0.9)
    """
    return (_several(classes) - 1) * margin / (classes if per_class else 1)


def hinge_steps(classes: int, margin: float = 1.0, per_class: bool = False) -> Worked:
    """Work out the multi-class hinge loss of an untrained classifier."""
    loss, everything = hinge(classes, margin, per_class), hinge(classes, margin)
    steps = [
        Step("Scores near 0 are all equal, so each wrong class violates the margin by the whole margin.",
             r"\max(0, s_j - s_y + \Delta) = \Delta", rf"\max(0, 0 - 0 + {show(margin)})", show(margin)),
        Step("Every class but the true one contributes that much.", r"L = (C - 1) \Delta",
             rf"({classes} - 1) \cdot {show(margin)}", show(everything), "" if per_class else "L"),
    ]  # fmt: skip
    if per_class:
        steps.append(Step("This convention divides by the number of classes.", r"L = \frac{C - 1}{C} \Delta",
                          rf"\frac{{{show(everything)}}}{{{classes}}}", show(loss), "L"))  # fmt: skip
    return worked(loss, steps)


def perplexity(loss: float) -> float:
    """The number of equally likely classes that a cross-entropy stands for: e^L.

    >>> round(perplexity(math.log(50)))
    50
    """
    return math.exp(loss)


def perplexity_steps(loss: float) -> Worked:
    """Work out how many equally likely classes would cost as much as this cross-entropy."""
    value = perplexity(loss)
    reason = "A uniform guess among $C$ classes costs $\\ln C$; the exponential undoes the logarithm."
    return worked(value, (Step(reason, r"C = e^L", f"e^{{{show(loss)}}}", show(value), "C"),))


def _several(classes: int) -> int:
    if classes < 2:
        raise ValueError(f"a classifier needs at least 2 classes, got {classes}")
    return classes
