"""Softmax and what follows from it: probabilities, Jacobian, gradient of the cross-entropy.

Each `…_steps` function returns the working, the function beside it only the value. Logarithms are natural.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, show, signed, total, vector
from solvers.worked import Step, Worked, worked


def softmax(z: ArrayLike, axis: int = -1) -> Array:
    """Probabilities e^z / Σ e^z along an axis, without overflow.

    >>> softmax([0, 0]).tolist(), softmax([1000, 0]).tolist()
    ([0.5, 0.5], [1.0, 0.0])
    """
    z = real(z, "the logits")
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def log_softmax(z: ArrayLike, axis: int = -1) -> Array:
    """Logarithm of softmax, exact even where a probability underflows.

    >>> log_softmax([1000, 0]).tolist()
    [0.0, -1000.0]
    """
    z = real(z, "the logits")
    shifted = z - z.max(axis=axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def softmax_steps(z: ArrayLike) -> Worked:
    """Work out the softmax of one row of logits.

    >>> [step.result.count("&") for step in softmax_steps([1, 2, 3]).steps]
    [2, 0, 2]
    """
    z = vector(z, "the logits")
    p, powers = softmax(z), np.exp(z - z.max())
    shift = "" if z.max() == 0 else f" - {signed(z.max())}"
    return worked(p, (
        Step("Softmax does not change when all logits move by the same amount; with the largest at 0 nothing can "
             "overflow. The exponential makes everything positive.", r"e^{z_i - \max z}",
             r",\; ".join(f"e^{{{show(value)}{shift}}}" for value in z), show(powers), "powers"),
        Step("Their sum normalises.", r"\sum_j e^{z_j - \max z}", total(powers), show(powers.sum()), "sum"),
        Step("Divide: the shares add up to 1.", r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", "", show(p), "p"),
    ))  # fmt: skip


def jacobian(p: ArrayLike) -> Array:
    """Derivatives ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ) from the probabilities.

    >>> jacobian([0.5, 0.5]).tolist()
    [[0.25, -0.25], [-0.25, 0.25]]
    """
    p = vector(p, "the probabilities")
    return np.asarray(np.diag(p) - np.outer(p, p))


def jacobian_entry_steps(p: ArrayLike, i: int, j: int) -> Worked:
    """Work out one entry ∂pᵢ/∂zⱼ of the softmax Jacobian, counted from 0."""
    p = vector(p, "the probabilities")
    value = float(jacobian(p)[i, j])
    same = i == j
    reason = ("A logit raises its own probability, less the more certain it already is." if same else
              "Raising one logit takes probability away from all others, because they share the sum.")  # fmt: skip
    return worked(value, (
        Step(reason, r"\frac{\partial p_i}{\partial z_j} = " + ("p_i (1 - p_i)" if same else "-p_i p_j"),
             rf"{show(p[i])} (1 - {show(p[i])})" if same else rf"-{show(p[i])} \cdot {show(p[j])}", show(value), "entry"),
    ))  # fmt: skip


def jacobian_steps(p: ArrayLike) -> Worked:
    """Work out the whole softmax Jacobian."""
    p = vector(p, "the probabilities")
    return worked(jacobian(p), (
        Step("On the diagonal each logit acts on its own probability.", r"p_i (1 - p_i)", "", show(p * (1 - p))),
        Step("Elsewhere it takes probability away; both cases in one matrix, whose rows add up to 0.",
             r"\operatorname{diag}(p) - p p^T", "", show(jacobian(p)), "jacobian"),
    ))  # fmt: skip


def transformed_steps(z: ArrayLike, shift: float = 0.0, scale: float = 1.0) -> Worked:
    """Work out what shifting and scaling the logits does to the largest probability."""
    z = vector(z, "the logits")
    before, after = float(softmax(z).max()), softmax(scale * z + shift)
    scaled = Step("A factor does not cancel: differences between the logits grow by it. Above 1 the distribution "
                  "becomes sharper, below 1 flatter.", r"p_i = \frac{e^{s z_i}}{\sum_j e^{s z_j}}, \quad "
                  rf"s z = {show(scale * z)}", "", rf"p = {show(after)}", "p")  # fmt: skip
    return worked(float(after.max()), (
        Step("A constant added to every logit multiplies all powers by the same factor, which the division removes.",
             r"\frac{e^{z_i + c}}{\sum_j e^{z_j + c}} = \frac{e^{z_i}}{\sum_j e^{z_j}}", "", show(before), "before"),
        *([scaled] if scale != 1 else ()),
        Step("The largest probability.", r"\max_i p_i", "", show(after.max()), "largest"),
    ))  # fmt: skip


def logit_gradient(p: ArrayLike, target: int, rows: int = 1) -> Array:
    """Gradient of the cross-entropy at the logits of one sample: (p − y) / R for a mean over R samples.

    >>> logit_gradient([0.25, 0.75], 0, rows=2).tolist()
    [-0.375, 0.375]
    """
    p = vector(p, "the probabilities")
    if not 0 <= target < p.size:
        raise ValueError(f"the target must be a class from 0 to {p.size - 1}, got {target}")
    return np.asarray((p - np.eye(p.size)[target]) / rows)


def logit_gradient_steps(p: ArrayLike, target: int, rows: int = 1) -> Worked:
    """Work out the gradient of softmax with cross-entropy at the logits of one sample."""
    p, value = vector(p, "the probabilities"), logit_gradient(p, target, rows)
    y = np.eye(p.size)[target]
    mean = [Step("The loss is a mean: every sample's share is divided by their number.",
                 r"\frac{1}{R} (p - y)", rf"\frac{{1}}{{{rows}}} {show(p - y)}", show(value), "dz")]  # fmt: skip
    return worked(value, (
        Step("The target as one-hot vector.", "y", "", show(y), "y"),
        Step("The logarithm of the loss and the exponential of softmax cancel; what remains is prediction minus "
             "target.", r"\frac{\partial L}{\partial z} = p - y", f"{show(p)} - {show(y)}", show(p - y),
             "dz" if rows == 1 else "row"),
        *(mean if rows > 1 else ()),
    ))  # fmt: skip


def batch_logit_gradient(Z: ArrayLike, targets: ArrayLike) -> Array:
    """Gradient of the mean cross-entropy at a batch of logits; targets are class numbers.

    >>> batch_logit_gradient([[0, 0], [0, 0]], [0, 1]).tolist()
    [[-0.25, 0.25], [0.25, -0.25]]
    """
    Z, classes = matrix(Z, "the logits"), vector(targets, "the targets").astype(int)
    return np.asarray((softmax(Z) - np.eye(Z.shape[1])[classes]) / len(Z))
