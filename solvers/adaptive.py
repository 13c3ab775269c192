"""RMSprop, Adam and AdamW by hand, one update after the other.

θ and the gradients are numbers or vectors. ε stands inside the root (as in the course's Adam) or outside (as in its
RMSprop and in PyTorch); the recursion used is in the working. The values are dicts from the steps' names.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real, show, signed
from solvers.worked import Step, Worked, worked

Values = dict[str, Array]


def rmsprop(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta: float = 0.99,
    average: ArrayLike = 0.0, eps: float = 0.0, inside: bool = False,
) -> Values:  # fmt: skip
    """Steps v ← βv + (1 − β)g², θ ← θ − αg/(√v + ε), with ε under the root where `inside`.

    >>> {name: round(value.item(), 4) for name, value in rmsprop(1.0, [3.0], 0.1, beta=0.75, average=12).items()}
    {'v1': 11.25, 'theta1': 0.9106}
    """
    theta, v = real(theta), real(average)
    values: Values = {}
    for t, g in enumerate(map(real, gradients), 1):
        v = np.asarray(beta * v + (1 - beta) * g**2)
        theta = np.asarray(theta - lr * g / _root(v, eps, inside))
        values |= {f"v{t}": v, f"theta{t}": theta}
    return values


def rmsprop_steps(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta: float = 0.99,
    average: ArrayLike = 0.0, eps: float = 0.0, inside: bool = False,
) -> Worked:  # fmt: skip
    """Work out steps of RMSprop."""
    values = rmsprop(theta, gradients, lr, beta, average, eps, inside)
    old, before, steps = real(average), real(theta), []
    for t, g in enumerate(map(real, gradients), 1):
        v, after = values[f"v{t}"], values[f"theta{t}"]
        steps += [
            Step(f"Update {t}. The running average of squared gradients measures how large gradients usually are.",
                 r"v \leftarrow \beta v + (1 - \beta) g^2",
                 rf"{show(beta)} \cdot {show(old)} + {show(1 - beta)} \cdot {signed(g)}^2", show(v), f"v{t}"),
            Step("Dividing by its root makes the step independent of the gradient's scale.",
                 rf"\theta \leftarrow \theta - \alpha \frac{{g}}{{{_root_formula('v', eps, inside)}}}",
                 rf"{show(before)} - {show(lr)} \cdot \frac{{{show(g)}}}{{{_root_numbers(v, eps, inside)}}}", show(after),
                 f"theta{t}"),
        ]  # fmt: skip
        old, before = v, after
    return worked(values, steps)


def adam(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta1: float = 0.9, beta2: float = 0.999,
    eps: float = 0.0, inside: bool = True, decay: float = 0.0, decoupled: bool = True, corrected: bool = True,
) -> Values:  # fmt: skip
    """Steps of Adam from moments 0; with a decay those of AdamW (`decoupled`) or of Adam with L2 in the loss.

    >>> values = adam(1.0, [4.0, 4.0], lr=0.1)
    >>> round(values["m1"].item(), 6), round(values["m_hat1"].item(), 6), round(values["theta2"].item(), 6)
    (0.4, 4.0, 0.8)
    """
    theta, m, v = real(theta), real(0), real(0)
    values: Values = {}
    for t, raw in enumerate(map(real, gradients), 1):
        g = np.asarray(raw + (0 if decoupled else decay) * theta)
        m, v = np.asarray(beta1 * m + (1 - beta1) * g), np.asarray(beta2 * v + (1 - beta2) * g**2)
        m_hat, v_hat = (m / (1 - beta1**t), v / (1 - beta2**t)) if corrected else (m, v)
        shrunk = lr * decay * theta if decoupled else 0
        theta = np.asarray(theta - shrunk - lr * m_hat / _root(v_hat, eps, inside))
        found = {"g": g, "m": m, "v": v, "m_hat": m_hat, "v_hat": v_hat, "theta": theta}
        values |= {f"{name}{t}": np.asarray(value) for name, value in found.items()}
    return values


def adam_steps(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta1: float = 0.9, beta2: float = 0.999,
    eps: float = 0.0, inside: bool = True, decay: float = 0.0, decoupled: bool = True, corrected: bool = True,
) -> Worked:  # fmt: skip
    """Work out steps of Adam or AdamW."""
    values = adam(theta, gradients, lr, beta1, beta2, eps, inside, decay, decoupled, corrected)
    before, m, v, steps = real(theta), real(0), real(0), []
    for t, raw in enumerate(map(real, gradients), 1):
        now = {name: values[f"{name}{t}"] for name in ("g", "m", "v", "m_hat", "v_hat", "theta")}
        if decay and not decoupled:
            steps.append(Step("L2 in the loss adds to the gradient, so Adam rescales it, too.", r"g + \lambda \theta",
                              rf"{show(raw)} + {show(decay)} \cdot {signed(before)}", show(now["g"]), f"g{t}"))  # fmt: skip
        steps += _moment_steps(t, now, m, v, beta1, beta2, corrected)
        steps.append(_adam_move(t, now, before, lr, eps, inside, decay if decoupled else 0.0, corrected))
        before, m, v = now["theta"], now["m"], now["v"]
    return worked(values, steps)


def correction_ratio(t: int, beta1: float = 0.9, beta2: float = 0.999) -> float:
    """Size of Adam's uncorrected step t over the corrected one: (1 − β₁ᵗ) / √(1 − β₂ᵗ).

    >>> round(correction_ratio(1), 4), round(correction_ratio(1, 0.9, 0.9), 4)
    (3.1623, 0.3162)
    """
    return float((1 - beta1**t) / np.sqrt(1 - beta2**t))


def correction_ratio_steps(t: int, beta1: float = 0.9, beta2: float = 0.999) -> Worked:
    """Work out how much larger Adam's step would be without the correction."""
    value, first, second = correction_ratio(t, beta1, beta2), 1 - beta1**t, 1 - beta2**t
    size = "too large, because the root below is even smaller" if value > 1 else "too small"
    return worked(value, (
        Step("From 0 the first moment has reached this share of its final size.", r"1 - \beta_1^t",
             rf"1 - {show(beta1)}^{{{t}}}", show(first), "first"),
        Step("The second moment, under the root, this one.", r"\sqrt{1 - \beta_2^t}",
             rf"\sqrt{{1 - {show(beta2)}^{{{t}}}}}", show(np.sqrt(second)), "second"),
        Step(f"Without the correction the step is this many times the right one: {size}.",
             r"\frac{1 - \beta_1^t}{\sqrt{1 - \beta_2^t}}",
             rf"\frac{{{show(first)}}}{{{show(np.sqrt(second))}}}", show(value), "ratio"),
    ))  # fmt: skip


def eps_effect(gradient: float, eps: float) -> dict[str, float]:
    """Adam's first step over the learning rate, for ε outside and inside the root.

    >>> {name: round(value, 4) for name, value in eps_effect(1e-4, 1e-8).items()}
    {'outside': 0.9999, 'inside': 0.7071}
    """
    size = abs(gradient)
    return {"outside": gradient / (size + eps), "inside": gradient / float(np.sqrt(size**2 + eps))}


def eps_effect_steps(gradient: float, eps: float) -> Worked:
    """Work out what the place of ε does to Adam's first step."""
    found, g, e = eps_effect(gradient, eps), show(gradient), show(eps)
    return worked(found, (
        Step("After the correction the moments of the first step are $g$ and $g^2$.", r"\hat m = g,\; \hat v = g^2", "", ""),
        Step("Outside the root ε is compared with the gradient's size.",
             r"\frac{g}{\sqrt{g^2} + \varepsilon}", rf"\frac{{{g}}}{{{show(abs(gradient))} + {e}}}",
             show(found["outside"]), "outside"),
        Step("Inside it is compared with the gradient's square, which is far smaller.",
             r"\frac{g}{\sqrt{g^2 + \varepsilon}}", rf"\frac{{{g}}}{{\sqrt{{({g})^2 + {e}}}}}",
             show(found["inside"]), "inside"),
    ))  # fmt: skip


def _moment_steps(
    t: int, now: Values, m: Array, v: Array, beta1: float, beta2: float, corrected: bool
) -> list[Step]:
    g = signed(now["g"])
    steps = [
        Step(f"Update {t}. The first moment averages the gradients.", r"m \leftarrow \beta_1 m + (1 - \beta_1) g",
             rf"{show(beta1)} \cdot {signed(m)} + {show(1 - beta1)} \cdot {g}", show(now["m"]), f"m{t}"),
        Step("The second moment averages their squares.", r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2",
             rf"{show(beta2)} \cdot {show(v)} + {show(1 - beta2)} \cdot {g}^2", show(now["v"]), f"v{t}"),
    ]  # fmt: skip
    if corrected:
        steps += [
            Step("Both started at 0 and are too small by a known factor; divide by it.",
                 r"\hat m = \frac{m}{1 - \beta_1^t}", rf"\frac{{{show(now['m'])}}}{{1 - {show(beta1)}^{{{t}}}}}",
                 show(now["m_hat"]), f"m_hat{t}"),
            Step("The same for the second.", r"\hat v = \frac{v}{1 - \beta_2^t}",
                 rf"\frac{{{show(now['v'])}}}{{1 - {show(beta2)}^{{{t}}}}}", show(now["v_hat"]), f"v_hat{t}"),
        ]  # fmt: skip
    return steps


def _adam_move(
    t: int, now: Values, before: Array, lr: float, eps: float, inside: bool, decay: float, corrected: bool
) -> Step:
    m, v = (r"\hat m", r"\hat v") if corrected else ("m", "v")
    rule = rf"\theta \leftarrow \theta - \alpha \frac{{{m}}}{{{_root_formula(v, eps, inside)}}}"
    numbers = rf"\frac{{{show(now['m_hat'])}}}{{{_root_numbers(now['v_hat'], eps, inside)}}}"
    shrink, why = ("", "The step: average gradient over typical size.")
    if decay:
        rule += r" - \alpha \lambda \theta"
        shrink = rf" - {show(lr)} \cdot {show(decay)} \cdot {signed(before)}"
        why += " Decoupled decay pulls the weight itself, past the rescaling."
    return Step(
        why, rule, rf"{show(before)} - {show(lr)} \cdot {numbers}{shrink}", show(now["theta"]), f"theta{t}"
    )


def _root(v: Array, eps: float, inside: bool) -> Array:
    root = np.sqrt(v + eps) if inside else np.sqrt(v) + eps
    if (root == 0).any():
        raise ValueError("the average of squared gradients is 0: give an epsilon above 0")
    return np.asarray(root)


def _root_formula(v: str, eps: float, inside: bool) -> str:
    if not eps:
        return rf"\sqrt{{{v}}}"
    return rf"\sqrt{{{v} + \varepsilon}}" if inside else rf"\sqrt{{{v}}} + \varepsilon"


def _root_numbers(v: Array, eps: float, inside: bool) -> str:
    if not eps:
        return rf"\sqrt{{{show(v)}}}"
    return rf"\sqrt{{{show(v)} + {show(eps)}}}" if inside else rf"\sqrt{{{show(v)}}} + {show(eps)}"
