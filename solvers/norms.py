"""Batch, layer, instance and group normalisation by hand (population variance).

ε is added to the variance, under the root; it is 0 unless given. Each `…_steps` function returns the working, the
function beside it only the value.
"""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, show, signed, total, vector
from solvers.worked import Shape, Step, Worked, worked


def normalise(x: ArrayLike, eps: float = 0.0, axis: int | tuple[int, ...] = -1) -> Array:
    """Subtract the mean and divide by the standard deviation along an axis (0: batch norm of a matrix, −1: layer norm).

    >>> normalise([1, 3]).tolist(), normalise([[1, 10], [3, 30]], axis=0).tolist()
    ([-1.0, 1.0], [[-1.0, -1.0], [1.0, 1.0]])
    """
    x = real(x, "x")
    variance = x.var(axis=axis, keepdims=True) + eps
    if (variance == 0).any():
        raise ValueError("the values are all equal: give an epsilon above 0")
    return np.asarray((x - x.mean(axis=axis, keepdims=True)) / np.sqrt(variance))


def batch_norm_steps(x: ArrayLike, gamma: float = 1.0, beta: float = 0.0, eps: float = 0.0) -> Worked:
    """Work out batch norm of one feature over a batch; the value is γ·x̂ + β."""
    x = vector(x, "x")
    x_hat = normalise(x, eps)
    value = gamma * x_hat + beta
    return worked(value, (
        *_statistics(x, eps, "Over the batch, for this feature alone"),
        Step("Scale and shift by the learnt parameters, so that the layer can undo the normalisation.",
             r"y = \gamma \hat x + \beta", rf"{show(gamma)} \cdot {show(x_hat)} + {signed(beta)}", show(value), "y"),
    ))  # fmt: skip


def layer_norm_steps(x: ArrayLike, eps: float = 0.0) -> Worked:
    """Work out layer norm of one token: the mean and variance of its own features."""
    x = vector(x, "x")
    return worked(normalise(x, eps), _statistics(x, eps, "Over the features of this token alone"))


def group_norm(x: ArrayLike, groups: int, eps: float = 0.0) -> Array:
    """Group norm of a vector of channels: consecutive channels form a group.

    >>> group_norm([1, 3, 10, 30], 2).tolist()
    [-1.0, 1.0, -1.0, 1.0]
    """
    x = vector(x, "x")
    if groups < 1 or x.size % groups:
        raise ValueError(f"{x.size} channels cannot be split into {groups} groups")
    return normalise(x.reshape(groups, -1), eps).ravel()


def group_norm_steps(x: ArrayLike, groups: int, eps: float = 0.0) -> Worked:
    """Work out group norm of a vector of channels."""
    value, steps = group_norm(x, groups, eps), []
    for index, part in enumerate(vector(x).reshape(groups, -1), 1):
        steps += [Step(step.reason, step.formula, step.numbers, step.result, f"{step.name}{index}")
                  for step in _statistics(part, eps, f"Group {index}")]  # fmt: skip
    return worked(value, (*steps, Step("The groups one after the other.", "", "", show(value), "y")))


def batch_norm_gradients(G: ArrayLike, x_hat: ArrayLike) -> dict[str, Array]:
    """Gradients of γ and β for a batch (rows) of features: Σ G·x̂ and Σ G over the batch.

    >>> found = batch_norm_gradients([[1, 2], [3, 4]], [[1, -1], [-1, 1]])
    >>> found["dgamma"].tolist(), found["dbeta"].tolist()
    ([-2.0, 2.0], [4.0, 6.0])
    """
    G, x_hat = matrix(G, "G"), matrix(x_hat, "x_hat")
    return {"dgamma": (G * x_hat).sum(axis=0), "dbeta": G.sum(axis=0)}


def batch_norm_gradients_steps(G: ArrayLike, x_hat: ArrayLike) -> Worked:
    """Work out the gradients of γ and β."""
    found, G, x_hat = batch_norm_gradients(G, x_hat), matrix(G, "G"), matrix(x_hat, "x_hat")
    return worked(found, (
        Step("The scale γ multiplied the normalised input of every sample: upstream times that input, added over the batch.",
             r"\frac{\partial L}{\partial \gamma} = \sum_n G_n \odot \hat x_n",
             rf"\mathbf{{1}}^\top \left({show(G)} \odot {show(x_hat)}\right)",
             show(found["dgamma"]), "dgamma"),
        Step("The shift β was added with factor 1: the column sums of the upstream gradient.",
             r"\frac{\partial L}{\partial \beta} = \sum_n G_n", "", show(found["dbeta"]), "dbeta"),
    ))  # fmt: skip


def batch_norm_input_gradient(G: ArrayLike, x: ArrayLike, gamma: ArrayLike = 1.0, eps: float = 0.0) -> Array:
    """Gradient at the input of batch norm of a matrix (rows are samples).

    >>> batch_norm_input_gradient([[1], [0], [0]], [[0], [3], [-3]]).round(6).tolist()
    [[0.272166], [-0.136083], [-0.136083]]
    """
    G, x = matrix(G, "G"), matrix(x, "x")
    dx_hat, x_hat = G * real(gamma), normalise(x, eps, axis=0)
    inner = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    return np.asarray(inner / np.sqrt(x.var(axis=0) + eps))


def batch_norm_input_gradient_steps(
    G: ArrayLike, x: ArrayLike, gamma: ArrayLike = 1.0, eps: float = 0.0
) -> Worked:
    """Work out the gradient at the input of batch norm: the three ways by which an input acts."""
    value, G, x = batch_norm_input_gradient(G, x, gamma, eps), matrix(G, "G"), matrix(x, "x")
    dx_hat, x_hat = G * real(gamma), normalise(x, eps, axis=0)
    return worked(value, (
        Step("Past the scale.", r"\frac{\partial L}{\partial \hat x} = G \odot \gamma", "", show(dx_hat), "dx_hat"),
        Step("Every input also moved the batch mean; this takes the mean gradient off.",
             r"\overline{\frac{\partial L}{\partial \hat x}}", "", show(dx_hat.mean(axis=0)), "through_mean"),
        Step("And it moved the variance; this takes off the part along the normalised input.",
             r"\overline{\frac{\partial L}{\partial \hat x} \odot \hat x}", "", show((dx_hat * x_hat).mean(axis=0)),
             "through_variance"),
        Step("All three ways together, divided by the standard deviation.",
             r"\frac{\partial L}{\partial x} = \frac{1}{\sigma} \left(\frac{\partial L}{\partial \hat x} - "
             r"\overline{\frac{\partial L}{\partial \hat x}} - \hat x \odot "
             r"\overline{\frac{\partial L}{\partial \hat x} \odot \hat x}\right)", "", show(value), "dx"),
    ))  # fmt: skip


def running_average(start: float, values: Sequence[float], beta: float) -> float:
    """Running statistic r ← βr + (1 − β)·new; PyTorch's "momentum" is 1 − β.

    >>> running_average(0.0, [8, 20], beta=0.5)
    12.0
    """
    return float(running_average_steps(start, values, beta).value)


def running_average_steps(start: float, values: Sequence[float], beta: float) -> Worked:
    """Work out a running mean or variance batch by batch."""
    steps, now = [], float(start)
    for t, new in enumerate(values, 1):
        after = beta * now + (1 - beta) * new
        steps.append(Step(f"Batch {t}: mostly the old value, a little of the new one.",
                          r"r \leftarrow \beta r + (1 - \beta) \mu",
                          rf"{show(beta)} \cdot {signed(now)} + {show(1 - beta)} \cdot {signed(new)}", show(after),
                          f"r{t}"))  # fmt: skip
        now = after
    return worked(now, steps)


def inference_norm(
    x: ArrayLike, mean: float, variance: float, gamma: float = 1.0, beta: float = 0.0, eps: float = 0.0
) -> Array:
    """Batch norm at inference, by the running mean and variance.

    >>> inference_norm([1, 5], mean=3, variance=4, gamma=2, beta=1).tolist()
    [-1.0, 3.0]
    """
    return np.asarray(gamma * (real(x, "x") - mean) / np.sqrt(variance + eps) + beta)


def inference_norm_steps(
    x: ArrayLike, mean: float, variance: float, gamma: float = 1.0, beta: float = 0.0, eps: float = 0.0
) -> Worked:
    """Work out batch norm at inference."""
    value, x = inference_norm(x, mean, variance, gamma, beta, eps), real(x, "x")
    x_hat = (x - mean) / np.sqrt(variance + eps)
    return worked(value, (
        Step("The running statistics are used, so that an output does not depend on what else is in the batch.",
             r"\hat x = \frac{x - r_\mu}{\sqrt{r_{\sigma^2}" + (r" + \varepsilon" if eps else "") + "}}",
             rf"\frac{{{show(x)} - {signed(mean)}}}{{\sqrt{{{show(variance + eps)}}}}}", show(x_hat), "x_hat"),
        Step("Scale and shift as learnt.", r"\gamma \hat x + \beta", rf"{show(gamma)} \cdot {show(x_hat)} + {signed(beta)}",
             show(value), "y"),
    ))  # fmt: skip


def statistic_counts(shape: Shape, groups: int = 1) -> dict[str, int]:
    """How many (mean, variance) pairs batch, layer, instance and group norm need for (batch, channels, …).

    >>> statistic_counts((8, 6, 4, 4), groups=2)
    {'batch': 6, 'layer': 8, 'instance': 48, 'group': 16}
    """
    batch, channels = shape[:2]
    return {"batch": channels, "layer": batch, "instance": batch * channels, "group": batch * groups}


def statistic_counts_steps(shape: Shape, groups: int = 1) -> Worked:
    """Work out how many pairs of statistics each norm needs."""
    found, (batch, channels) = statistic_counts(shape, groups), shape[:2]
    return worked(found, (
        Step("Batch norm: a pair per channel, over the batch and all places.", "C", "", str(channels), "batch"),
        Step("Layer norm: a pair per sample, over channels and places.", "B", "", str(batch), "layer"),
        Step("Instance norm: a pair per sample and channel.", "B C", rf"{batch} \cdot {channels}",
             str(found["instance"]), "instance"),
        Step("Group norm: a pair per sample and group.", "B G", rf"{batch} \cdot {groups}", str(found["group"]), "group"),
    ))  # fmt: skip


def batch_norm_counts(shape: Shape) -> dict[str, int]:
    """Batch norm of (batch, features) or (batch, channels, …): numbers per mean, means, learnable parameters.

    >>> batch_norm_counts((8, 6, 4, 4)), batch_norm_counts((8, 6))["averaged"]
    ({'averaged': 128, 'means': 6, 'parameters': 12}, 8)
    """
    return {"averaged": shape[0] * prod(shape[2:]), "means": shape[1], "parameters": 2 * shape[1]}


def batch_norm_counts_steps(shape: Shape) -> Worked:
    """Work out over how many numbers batch norm averages."""
    found, sides = batch_norm_counts(shape), (shape[0], *shape[2:])
    return worked(found, (
        Step("A channel has one mean, over the batch" + (" and all its places." if len(shape) > 2 else "."),
             "B H W" if len(shape) > 2 else "B", r" \cdot ".join(map(str, sides)), str(found["averaged"]), "averaged"),
        Step("So there are as many means as channels (features).", "C", "", str(found["means"]), "means"),
        Step("A scale and a shift are learnt for each.", "2 C", rf"2 \cdot {found['means']}", str(found["parameters"]),
             "parameters"),
    ))  # fmt: skip


def _statistics(x: Array, eps: float, over: str) -> list[Step]:
    mean, variance, x_hat = x.mean(), x.var(), normalise(x, eps)
    squares = " + ".join(f"({show(v)} - {signed(mean)})^2" for v in x)
    return [
        Step(f"{over}: the mean.", r"\mu = \frac{1}{N} \sum_i x_i", rf"\frac{{{total(x)}}}{{{x.size}}}", show(mean),
             "mean"),
        Step("The variance, divided by $N$.", r"\sigma^2 = \frac{1}{N} \sum_i (x_i - \mu)^2",
             rf"\frac{{{squares}}}{{{x.size}}}", show(variance), "variance"),
        Step("Subtract the mean, divide by the standard deviation.",
             r"\hat x = \frac{x - \mu}{\sqrt{\sigma^2" + (r" + \varepsilon" if eps else "") + "}}",
             rf"\frac{{{show(x)} - {signed(mean)}}}{{\sqrt{{{show(variance + eps)}}}}}", show(x_hat), "x_hat"),
    ]  # fmt: skip
