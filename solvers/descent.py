"""Gradient descent, momentum and Nesterov by hand, one update after the other.

θ and the gradients are numbers or vectors. The values are dicts from the steps' names (theta1, m1, theta2, …) to
what each update gives. Each `…_steps` function returns the working, the function beside it only the values.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, product, real, show, signed, total
from solvers.worked import Step, Worked, worked

Values = dict[str, Array]
FORMS = {
    "velocity": (r"m \leftarrow \beta m - \alpha g", r"\theta \leftarrow \theta + m",
               "The velocity keeps a share of its old value and is pulled against the gradient; the learning rate is "
               "inside."),
    "rate-outside": (r"m \leftarrow \beta m + g", r"\theta \leftarrow \theta - \alpha m",
                "The velocity adds the gradient to a share of its old value; the learning rate comes later."),
    "average": (r"m \leftarrow \beta m + (1 - \beta) g", r"\theta \leftarrow \theta - \alpha m",
                "The velocity is a running average of the gradients."),
}  # fmt: skip


def descent(theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, ascend: bool = False) -> Values:
    """Plain steps θ ← θ − αg along given gradients (θ + αg to increase the loss).

    >>> {name: value.item() for name, value in descent(1.0, [2, -4], lr=0.1).items()}
    {'theta1': 0.8, 'theta2': 1.2000000000000002}
    """
    theta = real(theta)
    values: Values = {}
    for t, g in enumerate(gradients, 1):
        theta = theta + (lr if ascend else -lr) * real(g)
        values[f"theta{t}"] = np.asarray(theta)
    return values


def descent_steps(theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, ascend: bool = False) -> Worked:
    """Work out plain gradient steps."""
    values, before, steps = descent(theta, gradients, lr, ascend), real(theta), []
    sign, way = ("+", "along the gradient, uphill") if ascend else ("-", "against the gradient, downhill")
    for t, g in enumerate(gradients, 1):
        after = values[f"theta{t}"]
        steps.append(Step(f"Update {t}: a small step {way}.", rf"\theta \leftarrow \theta {sign} \alpha g",
                          rf"{show(before)} {sign} {show(lr)} \cdot {signed(real(g))}", show(after), f"theta{t}"))  # fmt: skip
        before = after
    return worked(values, steps)


def momentum(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta: float,
    velocity: ArrayLike = 0.0, form: str = "velocity",
) -> Values:  # fmt: skip
    """Steps with momentum. Forms: "velocity" m ← βm − αg, θ ← θ + m; "rate-outside" m ← βm + g, θ ← θ − αm;
    "average" m ← βm + (1 − β)g, θ ← θ − αm.

    >>> {name: round(value.item(), 4) for name, value in momentum(1.0, [2, 2], lr=0.1, beta=0.5).items()}
    {'m1': -0.2, 'theta1': 0.8, 'm2': -0.3, 'theta2': 0.5}
    """
    theta, m = real(theta), real(velocity)
    values: Values = {}
    pull, move = {"velocity": (-lr, 1.0), "rate-outside": (1.0, -lr), "average": (1 - beta, -lr)}[_form(form)]
    for t, g in enumerate(gradients, 1):
        m = np.asarray(beta * m + pull * real(g))
        theta = np.asarray(theta + move * m)
        values |= {f"m{t}": m, f"theta{t}": theta}
    return values


def momentum_steps(
    theta: ArrayLike, gradients: Sequence[ArrayLike], lr: float, beta: float,
    velocity: ArrayLike = 0.0, form: str = "velocity",
) -> Worked:  # fmt: skip
    """Work out steps with momentum, in one of the three forms of `momentum`."""
    values = momentum(theta, gradients, lr, beta, velocity, form)
    rule, move, why = FORMS[form]
    old, before, steps = real(velocity), real(theta), []
    for t, g in enumerate(gradients, 1):
        m, after = values[f"m{t}"], values[f"theta{t}"]
        size = {"velocity": rf"- {show(lr)} \cdot", "rate-outside": "+", "average": rf"+ {show(1 - beta)} \cdot"}[
            form
        ]
        go = f"+ {signed(m)}" if form == "velocity" else rf"- {show(lr)} \cdot {signed(m)}"
        steps += [
            Step(f"Update {t}. {why}", rule, rf"{show(beta)} \cdot {signed(old)} {size} {signed(real(g))}",
                 show(m), f"m{t}"),
            Step("Move by the velocity.", move, f"{show(before)} {go}", show(after), f"theta{t}"),
        ]  # fmt: skip
        old, before = m, after
    return worked(values, steps)


def nesterov(
    theta: float,
    lr: float,
    beta: float,
    curvature: float,
    linear: float = 0.0,
    velocity: float = 0.0,
    count: int = 1,
) -> dict[str, float]:
    """Look-ahead steps on L = (a/2)θ² + bθ: ahead = θ + βm, m ← βm − αL′(ahead), θ ← θ + m.

    >>> nesterov(1.0, lr=0.5, beta=0.5, curvature=1.0, velocity=-1.0)
    {'ahead1': 0.5, 'g1': 0.5, 'm1': -0.75, 'theta1': 0.25}
    """
    m = velocity
    values: dict[str, float] = {}
    for t in range(1, count + 1):
        ahead = theta + beta * m
        g = curvature * ahead + linear
        m = beta * m - lr * g
        theta = theta + m
        values |= {f"ahead{t}": ahead, f"g{t}": g, f"m{t}": m, f"theta{t}": theta}
    return values


def nesterov_steps(
    theta: float,
    lr: float,
    beta: float,
    curvature: float,
    linear: float = 0.0,
    velocity: float = 0.0,
    count: int = 1,
) -> Worked:
    """Work out Nesterov's look-ahead steps on a parabola."""
    values = nesterov(theta, lr, beta, curvature, linear, velocity, count)
    old, before, steps = velocity, theta, []
    for t in range(1, count + 1):
        ahead, g, m, after = (values[f"{name}{t}"] for name in ("ahead", "g", "m", "theta"))
        plus = f" + {signed(linear)}" if linear else ""
        steps += [
            Step("Look ahead first: where the velocity alone would lead.", r"\tilde\theta = \theta + \beta m",
                 rf"{show(before)} + {show(beta)} \cdot {signed(old)}", show(ahead), f"ahead{t}"),
            Step("The gradient is taken there, not here.", r"g = L'(\tilde\theta) = a \tilde\theta" + (" + b" if linear else ""),
                 rf"{show(curvature)} \cdot {signed(ahead)}{plus}", show(g), f"g{t}"),
            Step("The velocity.", r"m \leftarrow \beta m - \alpha g",
                 rf"{show(beta)} \cdot {signed(old)} - {show(lr)} \cdot {signed(g)}", show(m), f"m{t}"),
            Step("The move starts from θ itself, not from the point ahead.", r"\theta \leftarrow \theta + m",
                 f"{show(before)} + {signed(m)}", show(after), f"theta{t}"),
        ]  # fmt: skip
        old, before = m, after
    return worked(values, steps)


def error_after(error: float, lr: float, curvature: float, count: int) -> float:
    """Distance from the minimum of L = (a/2)θ² after so many steps: e·(1 − αa)ⁿ.

    >>> error_after(8.0, lr=0.5, curvature=1.0, count=3)
    1.0
    """
    return float(error * (1 - lr * curvature) ** count)


def error_after_steps(error: float, lr: float, curvature: float, count: int) -> Worked:
    """Work out how gradient descent approaches, or leaves, the minimum of a parabola."""
    value, q = error_after(error, lr, curvature, count), 1 - lr * curvature
    verdict = "shrinks" if abs(q) < 1 else "keeps its size" if abs(q) == 1 else "grows"
    return worked(value, (
        Step("Every step takes off the same share of the distance $e$ from the minimum, because the gradient is "
             "proportional to it.",
             r"e \leftarrow e - \alpha a e = (1 - \alpha a)\, e \;\Rightarrow\; 1 - \alpha a",
             rf"1 - {show(lr)} \cdot {show(curvature)}", show(q), "factor"),
        Step(f"Its size says what happens: the error {verdict}. It shrinks for learning rates below $2 / a$.",
             r"\alpha < \frac{2}{a}", rf"\frac{{2}}{{{show(curvature)}}}", show(2 / curvature), "limit"),
        Step("After $n$ steps.", r"e_n = (1 - \alpha a)^n e_0", rf"{signed(q)}^{{{count}}} \cdot {signed(error)}",
             show(value), "error"),
    ))  # fmt: skip


def accumulated_gradient(gradients: ArrayLike, sizes: ArrayLike) -> dict[str, float]:
    """Mean of the batches' mean gradients, and the mean over all samples; they differ for unequal batches.

    >>> accumulated_gradient([1.0, 4.0], [3, 1])
    {'per_batch': 2.5, 'per_sample': 1.75}
    """
    g, n = real(gradients, "the gradients"), real(sizes, "the sizes")
    return {"per_batch": float(g.mean()), "per_sample": float((g * n).sum() / n.sum())}


def accumulated_gradient_steps(gradients: ArrayLike, sizes: ArrayLike) -> Worked:
    """Work out what averaging over batches of unequal size gives."""
    found, g, n = accumulated_gradient(gradients, sizes), real(gradients), real(sizes)
    weighted = " + ".join(product(pair) for pair in zip(n, g, strict=True))
    return worked(found, (
        Step("Averaging the batches gives each the same weight, however many samples it has.",
             r"\frac{1}{K} \sum_k g_k", rf"\frac{{{total(g)}}}{{{g.size}}}",
             show(found["per_batch"]), "per_batch"),
        Step("The gradient of the whole data weights each batch by its samples.",
             r"\frac{\sum_k n_k g_k}{\sum_k n_k}", rf"\frac{{{weighted}}}{{{show(n.sum())}}}",
             show(found["per_sample"]), "per_sample"),
    ))  # fmt: skip


def loss_after(loss: float, x: ArrayLike, lr: float, count: int) -> float:
    """Loss Σ(xW + b − t)² of an affine layer on one sample x after so many steps of gradient descent.

    >>> round(loss_after(16.0, [1.0, 2.0], lr=0.05, count=1), 6)
    2.56
    """
    return float(loss * (1 - 2 * lr * (float((real(x) ** 2).sum()) + 1)) ** (2 * count))


def loss_after_steps(loss: float, x: ArrayLike, lr: float, count: int) -> Worked:
    """Work out how the loss of an affine layer on one sample falls."""
    value, size = loss_after(loss, x, lr, count), float((real(x) ** 2).sum())
    q = 1 - 2 * lr * (size + 1)
    return worked(value, (
        Step("One update moves the weights by $-2 \\alpha x^T r$ and the bias by $-2 \\alpha r$. The output, and so "
             "the residual $r$, moves by $-2 \\alpha (|x|^2 + 1) r$: a fixed share.", r"|x|^2 + 1", f"{show(size)} + 1",
             show(size + 1)),
        Step("The residual is multiplied by the same factor in every step.", r"q = 1 - 2 \alpha (|x|^2 + 1)",
             rf"1 - 2 \cdot {show(lr)} \cdot {show(size + 1)}", show(q), "factor"),
        Step("The loss is quadratic in the residual.", r"L_n = L_0 q^{2n}", rf"{show(loss)} \cdot {signed(q)}^{{{2 * count}}}",
             show(value), "L"),
    ))  # fmt: skip


def _form(form: str) -> str:
    if form not in FORMS:
        raise ValueError(f"the form of momentum must be one of {', '.join(FORMS)}; got {form!r}")
    return form
