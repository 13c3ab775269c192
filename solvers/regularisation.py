"""Penalties, weight decay, gradient clipping and learning-rate schedules by hand.

The penalties are λ Σ|w| (L1) and (λ/2) Σw² (L2), so that the gradient of L2 is λw. Each `…_steps` function returns
the working, the function beside it only the value.
"""

from math import inf

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real, show, signed, total
from solvers.worked import Step, Worked, worked


def penalised_loss(loss: float, weights: ArrayLike, strength: float, kind: str = "l2") -> float:
    """Loss plus its L1 or L2 penalty.

    >>> penalised_loss(1.0, [3, -4], 0.1, "l1"), penalised_loss(1.0, [3, -4], 0.1, "l2")
    (1.7000000000000002, 2.25)
    """
    return float(loss + strength * _penalty(real(weights, "the weights"), kind))


def penalised_loss_steps(loss: float, weights: ArrayLike, strength: float, kind: str = "l2") -> Worked:
    """Work out a regularised loss."""
    value, w = penalised_loss(loss, weights, strength, kind), real(weights).ravel()
    penalty = _penalty(w, kind)
    terms = w**2 if kind == "l2" else np.abs(w)
    half = r"\tfrac{1}{2} " if kind == "l2" else ""
    reason = (
        "The half makes the gradient plain $\\lambda w$."
        if kind == "l2"
        else "The sign of a weight does not count."
    )
    return worked(value, (
        Step(f"Large weights cost extra. {reason}", half + (r"\sum_i w_i^2" if kind == "l2" else r"\sum_i |w_i|"),
             half + (f"({total(terms)})" if kind == "l2" else total(terms)), show(penalty), "penalty"),
        Step("The strength λ weighs it against the loss.", r"L + \lambda R(w)",
             rf"{show(loss)} + {show(strength)} \cdot {show(penalty)}", show(value), "L"),
    ))  # fmt: skip


def penalised_update(w: float, gradient: float, lr: float, strength: float, kind: str = "l2") -> float:
    """One descent step on a loss with an L1 or L2 penalty; the slope of |w| at 0 counts as 0.

    >>> penalised_update(2.0, 0.5, lr=0.1, strength=0.3), penalised_update(2.0, 0.5, lr=0.1, strength=0.5, kind="l1")
    (1.89, 1.9)
    """
    return float(w - lr * (gradient + strength * _pull(w, kind)))


def penalised_update_steps(w: float, gradient: float, lr: float, strength: float, kind: str = "l2") -> Worked:
    """Work out one descent step on a regularised loss."""
    value, pull = penalised_update(w, gradient, lr, strength, kind), _pull(w, kind)
    full = gradient + strength * pull
    reason, rule = (("The L2 penalty pulls in proportion to the weight.", r"g + \lambda w") if kind == "l2" else
                    ("The L1 penalty pulls with constant force towards 0.", r"g + \lambda \operatorname{sign}(w)"))  # fmt: skip
    return worked(value, (
        Step(reason, rule, rf"{show(gradient)} + {show(strength)} \cdot {signed(pull)}", show(full), "gradient"),
        Step("Walk against the whole gradient.", r"w \leftarrow w - \alpha (\ldots)",
             rf"{show(w)} - {show(lr)} \cdot {signed(full)}", show(value), "w"),
    ))  # fmt: skip


def clip_norm(gradient: ArrayLike, limit: float) -> Array:
    """Scale a gradient to the limit where its length exceeds it; never enlarge it.

    >>> clip_norm([3, 4], 1).tolist(), clip_norm([0.3, 0.4], 1).tolist()
    ([0.6000000000000001, 0.8], [0.3, 0.4])
    """
    g = real(gradient, "the gradient")
    length = float(np.sqrt((g**2).sum()))
    return np.asarray(g * min(1.0, limit / length if length else inf))


def clip_norm_steps(gradient: ArrayLike, limit: float) -> Worked:
    """Work out gradient clipping by norm."""
    g, value = real(gradient, "the gradient"), clip_norm(gradient, limit)
    length = float(np.sqrt((g**2).sum()))
    squares = " + ".join(f"{signed(entry)}^2" for entry in g.ravel())
    steps = [Step("Measure the gradient's length.", r"\|g\|", rf"\sqrt{{{squares}}}", show(length), "norm")]
    if length <= limit:
        steps.append(Step("It is within the limit, so the gradient stays as it is: clipping never enlarges.",
                          r"\|g\| \le c", f"{show(length)} \\le {show(limit)}", show(value), "clipped"))  # fmt: skip
    else:
        steps.append(Step("It is too long: scale it to the limit, the direction stays.", r"\frac{c}{\|g\|} g",
                          rf"\frac{{{show(limit)}}}{{{show(length)}}} {show(g)}", show(value), "clipped"))  # fmt: skip
    return worked(value, steps)


def clip_value(gradient: ArrayLike, limit: float) -> Array:
    """Cut every entry to [−limit, limit].

    >>> clip_value([3, -0.5, -4], 1).tolist()
    [1.0, -0.5, -1.0]
    """
    return np.clip(real(gradient, "the gradient"), -limit, limit)


def clip_value_steps(gradient: ArrayLike, limit: float) -> Worked:
    """Work out gradient clipping by value."""
    value = clip_value(gradient, limit)
    return worked(value, (
        Step("Every entry is cut for itself, so the direction may change.", r"\min(\max(g_i, -c), c)",
             rf"[-{show(limit)}, {show(limit)}]", show(value), "clipped"),
    ))  # fmt: skip


def step_decay(lr: float, factor: float, every: int, epoch: int) -> float:
    """Learning rate in an epoch (counted from 0) when it is multiplied by a factor every so many epochs.

    >>> step_decay(0.1, 0.5, every=3, epoch=7)
    0.025
    """
    return float(lr * factor ** (epoch // every))


def step_decay_steps(lr: float, factor: float, every: int, epoch: int) -> Worked:
    """Work out the learning rate under step decay."""
    value, times = step_decay(lr, factor, every, epoch), epoch // every
    return worked(value, (
        Step("Count the completed intervals.", r"\left\lfloor \frac{e}{k} \right\rfloor",
             rf"\left\lfloor \frac{{{epoch}}}{{{every}}} \right\rfloor", str(times), "times"),
        Step("Each multiplied the learning rate once.", r"\alpha f^{\lfloor e / k \rfloor}",
             rf"{show(lr)} \cdot {show(factor)}^{{{times}}}", show(value), "lr"),
    ))  # fmt: skip


def robbins_monro(power: float) -> dict[str, bool]:
    """Whether αₙ = c/nᵖ has a diverging sum, a converging sum of squares, and so meets both conditions.

    >>> robbins_monro(1), robbins_monro(0.5)["both"]
    ({'sum_diverges': True, 'squares_converge': True, 'both': True}, False)
    """
    far, quiet = power <= 1, 2 * power > 1
    return {"sum_diverges": far, "squares_converge": quiet, "both": far and quiet}


def robbins_monro_steps(power: float) -> Worked:
    """Work out whether step sizes c/nᵖ satisfy the convergence conditions of stochastic descent."""
    found, p = robbins_monro(power), show(power)
    words = {name: rf"\text{{{'yes' if holds else 'no'}}}" for name, holds in found.items()}
    return worked(found, (
        Step("The steps together must be able to reach any point: their sum must diverge, which it does for powers "
             "up to 1.", r"\sum_n \frac{1}{n^p} = \infty \iff p \le 1", "", rf"{p} \le 1:\; {words['sum_diverges']}",
             "sum_diverges"),
        Step("The noise must die out: the sum of squares must converge, which a sum of powers does above 1.",
             r"\sum_n \frac{1}{n^{2p}} < \infty \iff 2p > 1", "", rf"{show(2 * power)} > 1:\; {words['squares_converge']}",
             "squares_converge"),
        Step("Both hold for powers above one half and up to 1.", r"\tfrac{1}{2} < p \le 1", "", words["both"], "both"),
    ))  # fmt: skip


def _penalty(w: Array, kind: str) -> float:
    return float(0.5 * (w**2).sum() if _known(kind) == "l2" else np.abs(w).sum())


def _pull(w: float, kind: str) -> float:
    return float(w if _known(kind) == "l2" else np.sign(w))


def _known(kind: str) -> str:
    if kind not in ("l1", "l2"):
        raise ValueError(f"the penalty must be 'l1' or 'l2', got {kind!r}")
    return kind
