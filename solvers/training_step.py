"""One training step of a network with one hidden ReLU layer: forward, loss, backward, update."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, shapes, show, signed
from solvers.worked import Step, Worked, worked

LOSSES: dict[str, tuple[str, Callable[[int], float]]] = {
    "half-squared-error": (r"\tfrac{1}{2} \sum (o - t)^2", lambda size: 0.5),
    "squared-error": (r"\sum (o - t)^2", lambda size: 1.0),
    "mse": (r"\tfrac{1}{N} \sum (o - t)^2", lambda size: 1.0 / size),
}
Values = dict[str, Array]


def train_step(
    x: ArrayLike, W: ArrayLike, b: ArrayLike, V: ArrayLike, c: ArrayLike, t: ArrayLike,
    lr: float = 0.1, loss: str = "half-squared-error",
) -> Worked:  # fmt: skip
    """Train o = ReLU(xW + b)V + c by one step of gradient descent.

    x is N × D, W is D × M, b has M entries, V is M × O, c has O entries, t has N · O entries. The loss is the
    squared error over all entries of o: "half-squared-error" (½ of the sum), "squared-error" (the sum) or
    "mse" (the mean). The value maps the steps' names to arrays: Z, H, o, L, dO, dV, dc, dH, dZ, dW, db and
    new_W, new_b, new_V, new_c. Raise ValueError where the shapes do not fit.

    >>> step = train_step([1, 2], [[.1, .3, .5], [.2, .4, .6]], [.1, .2, .3], [.7, .8, .9], .1, 3.2)
    >>> step.value["o"].round(2).tolist(), step.value["new_W"].round(4).tolist()
    ([[3.36]], [[0.0888, 0.2872, 0.4856], [0.1776, 0.3744, 0.5712]])
    """
    given = _read(x, W, b, V, c, t)
    formula, factor = _loss(loss)
    forward = _forward(given, factor(given["t"].size))
    values = _updates(given, forward | _backward(given, forward, factor(given["t"].size)), lr)
    steps = (*_forward_steps(given, values, formula), *_backward_steps(given, values, factor(given["t"].size)))
    originals = {"W": W, "b": b, "V": V, "c": c}
    return worked(_as_given(values, originals), (*steps, *_update_steps(given, values, lr)))


def finite_differences(
    x: ArrayLike, W: ArrayLike, b: ArrayLike, V: ArrayLike, c: ArrayLike, t: ArrayLike,
    lr: float = 0.1, loss: str = "half-squared-error",
) -> Values:  # fmt: skip
    """Find the same quantities as `train_step` without any rule of differentiation.

    The forward pass runs over plain numbers, every gradient is a central difference of the loss.

    >>> found = finite_differences([1, 2], [[.1, .3, .5], [.2, .4, .6]], [.1, .2, .3], [.7, .8, .9], .1, 3.2)
    >>> found["dZ"].round(4).tolist()
    [[0.112, 0.128, 0.144]]
    """
    given = _read(x, W, b, V, c, t)
    factor = _loss(loss)[1](given["t"].size)
    Z = _affine(given["x"], given["W"], given["b"])
    H = _relu(Z)
    o = _affine(H, given["V"], given["c"])

    def error(o: Array) -> float:
        return factor * sum((u - v) ** 2 for u, v in zip(o.flat, given["t"].flat, strict=True))

    def late(H: Array = H, V: Array = given["V"], c: Array = given["c"]) -> float:
        return error(_affine(H, V, c))

    def early(W: Array = given["W"], b: Array = given["b"]) -> float:
        return late(_relu(_affine(given["x"], W, b)))

    values = {"Z": Z, "H": H, "o": o, "L": np.asarray(error(o)), "dO": _slope(error, o)}
    values |= {"dV": _slope(lambda V: late(V=V), given["V"]), "dc": _slope(lambda c: late(c=c), given["c"])}
    values |= {"dH": _slope(late, H), "dZ": _slope(lambda Z: late(_relu(Z)), Z)}
    values |= {"dW": _slope(early, given["W"]), "db": _slope(lambda b: early(b=b), given["b"])}
    return _as_given(_updates(given, values, lr), {"W": W, "b": b, "V": V, "c": c})


def _loss(name: str) -> tuple[str, Callable[[int], float]]:
    if name not in LOSSES:
        raise ValueError(f"the loss must be one of {', '.join(LOSSES)}; got {name!r}")
    return LOSSES[name]


def _read(x: ArrayLike, W: ArrayLike, b: ArrayLike, V: ArrayLike, c: ArrayLike, t: ArrayLike) -> Values:
    x, W, V = matrix(x, "x"), matrix(W, "W"), real(V, "V")
    V = V.reshape(-1, 1) if V.ndim < 2 else V
    for name, got, expected in (("W", W.shape[0], x.shape[1]), ("V", V.shape[0], W.shape[1])):
        if got != expected:
            raise ValueError(f"{name} must have {expected} rows, one per input of its layer; it has {got}")
    return {"x": x, "W": W, "V": V, "b": _fit(b, (1, W.shape[1]), "b"), "c": _fit(c, (1, V.shape[1]), "c"),
            "t": _fit(t, (x.shape[0], V.shape[1]), "t")}  # fmt: skip


def _fit(values: ArrayLike, shape: tuple[int, int], name: str) -> Array:
    values = real(values, name)
    if values.size != shape[0] * shape[1]:
        raise ValueError(f"{name} must have shape {shape}, got {values.shape}")
    return values.reshape(shape)


def _forward(given: Values, factor: float) -> Values:
    Z = given["x"] @ given["W"] + given["b"]
    H = np.maximum(Z, 0.0)
    o = H @ given["V"] + given["c"]
    return {"Z": Z, "H": H, "o": o, "L": np.asarray(factor * ((o - given["t"]) ** 2).sum())}


def _backward(given: Values, forward: Values, factor: float) -> Values:
    dO = 2 * factor * (forward["o"] - given["t"])
    dH = dO @ given["V"].T
    dZ = dH * (forward["Z"] > 0)
    return {"dO": dO, "dV": forward["H"].T @ dO, "dc": dO.sum(axis=0, keepdims=True), "dH": dH, "dZ": dZ,
            "dW": given["x"].T @ dZ, "db": dZ.sum(axis=0, keepdims=True)}  # fmt: skip


def _updates(given: Values, values: Values, lr: float) -> Values:
    return values | {f"new_{name}": given[name] - lr * values[f"d{name}"] for name in "WbVc"}


def _as_given(values: Values, originals: dict[str, ArrayLike]) -> Values:
    """Give gradients and new parameters the shapes in which the parameters came."""
    return values | {
        key: values[key].reshape(np.shape(original))
        for name, original in originals.items() for key in (f"d{name}", f"new_{name}")
    }  # fmt: skip


def _affine(X: Array, W: Array, b: Array) -> Array:
    """Multiply and add number by number, so that nothing is shared with the worked route."""
    rows, columns = range(X.shape[0]), range(W.shape[1])
    return np.array([[sum(X[n, d] * W[d, m] for d in range(W.shape[0])) + b[0, m] for m in columns] for n in rows])


def _relu(Z: Array) -> Array:
    return np.array([max(z, 0.0) for z in Z.flat]).reshape(Z.shape)


def _slope(loss: Callable[[Array], float], values: Array, step: float = 1e-5) -> Array:
    nudges = (step * unit.reshape(values.shape) for unit in np.eye(values.size))
    return np.array([(loss(values + e) - loss(values - e)) / (2 * step) for e in nudges]).reshape(values.shape)


def _forward_steps(given: Values, v: Values, loss: str) -> list[Step]:
    x, W, b, V, c, t = (given[name] for name in ("x", "W", "b", "V", "c", "t"))
    return [
        Step("Each hidden neuron adds up its weighted inputs and its bias.", r"Z = x W + b",
             f"{show(x)} {show(W)} + {show(b)}", show(v["Z"]), "Z", shapes(x=x, W=W, b=b, Z=v["Z"])),
        Step("ReLU lets positive values through and replaces the others by 0.", r"H = \max(0, Z)",
             rf"\max\left(0, {show(v['Z'])}\right)", show(v["H"]), "H", shapes(H=v["H"])),
        Step("The output layer is linear: the hidden values weighted by $V$, plus $c$.", r"o = H V + c",
             f"{show(v['H'])} {show(V)} + {show(c)}", show(v["o"]), "o", shapes(H=v["H"], V=V, c=c, o=v["o"])),
        Step("The loss measures how far the output is from the target.", rf"L = {loss}",
             loss.replace("(o - t)", rf"\left({show(v['o'])} - {show(t)}\right)").replace("{N}", f"{{{t.size}}}"),
             show(v["L"]), "L"),
    ]  # fmt: skip


def _backward_steps(given: Values, v: Values, factor: float) -> list[Step]:
    x, V, t = given["x"], given["V"], given["t"]
    mask = v["Z"] > 0
    two = "" if factor == 0.5 else rf"{signed(2 * factor)} \cdot "
    start = "which cancels the ½ in front of it" if factor == 0.5 else "times the factor in front of the sum"
    return [
        Step(f"The backward pass begins where the loss is computed: the square gives a factor 2, {start}.",
             rf"\frac{{\partial L}}{{\partial o}} = {two}(o - t)",
             rf"{two}\left({show(v['o'])} - {show(t)}\right)", show(v["dO"]), "dO", shapes(o=v["o"], dO=v["dO"])),
        Step("Each weight of $V$ multiplied a hidden value, so its gradient is that hidden value times the "
             "upstream gradient, added over the samples; the transpose makes the shapes meet.",
             r"\frac{\partial L}{\partial V} = H^T \frac{\partial L}{\partial o}",
             f"{show(v['H'].T)} {show(v['dO'])}", show(v["dV"]), "dV", shapes(H=v["H"], dO=v["dO"], dV=v["dV"])),
        Step("The bias was added to every sample with factor 1, so it collects the upstream gradients of all.",
             r"\frac{\partial L}{\partial c} = \sum_n \frac{\partial L}{\partial o_n}", "", show(v["dc"]), "dc"),
        Step("Each hidden value reached the output through its weights in $V$; the gradient returns through the "
             "same weights.", r"\frac{\partial L}{\partial H} = \frac{\partial L}{\partial o} V^T",
             f"{show(v['dO'])} {show(V.T)}", show(v["dH"]), "dH", shapes(dO=v["dO"], V=V, dH=v["dH"])),
        Step("ReLU has slope 1 where its input was positive and 0 elsewhere: a neuron that did not fire passes "
             "no gradient.", r"\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial H} \odot [Z > 0]",
             rf"{show(v['dH'])} \odot {show(mask)}", show(v["dZ"]), "dZ", shapes(dH=v["dH"], dZ=v["dZ"])),
        Step("The hidden layer is affine as well: input transposed, times the gradient that arrives.",
             r"\frac{\partial L}{\partial W} = x^T \frac{\partial L}{\partial Z}",
             f"{show(x.T)} {show(v['dZ'])}", show(v["dW"]), "dW", shapes(x=x, dZ=v["dZ"], dW=v["dW"])),
        Step("Its bias, too, collects what arrives, added over the samples.",
             r"\frac{\partial L}{\partial b} = \sum_n \frac{\partial L}{\partial Z_n}", "", show(v["db"]), "db"),
    ]  # fmt: skip


def _update_steps(given: Values, v: Values, lr: float) -> list[Step]:
    first = "Gradient descent walks against the gradient. All gradients come from the old parameters: "
    reasons = {"W": first + "update only now, after the last gradient.", "b": "The same for the hidden bias.",
               "V": "The same for the output weights.", "c": "The same for the output bias."}  # fmt: skip
    return [
        Step(reason, rf"{name} \leftarrow {name} - \alpha \frac{{\partial L}}{{\partial {name}}}",
             rf"{show(given[name])} - {show(lr)} \cdot {show(v[f'd{name}'])}",
             show(v[f"new_{name}"]), f"new_{name}")
        for name, reason in reasons.items()
    ]  # fmt: skip
