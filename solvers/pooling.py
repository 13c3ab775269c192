"""Max and average pooling and nearest-neighbour up-sampling by hand, forwards and backwards, on a matrix.

Each `…_steps` function returns the working, the function beside it only the value. The stride is that of the kernel
where it is not given; ties of the maximum follow the rule named.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, shapes, show, signed
from solvers.shapes import conv_size
from solvers.worked import Step, Worked, worked

TIES = {"first": "the first of them gets it all", "all": "each of them gets it all", "split": "each gets an equal share"}


def pool(image: ArrayLike, kernel: int, stride: int = 0, kind: str = "max") -> Array:
    """Max or average pooling.

    >>> pool([[1, 2], [3, 4]], 2).tolist(), pool([[1, 2], [3, 4]], 2, kind="average").tolist()
    ([[4.0]], [[2.5]])
    """
    x = matrix(image, "the image")
    result = np.zeros([conv_size(side, kernel, stride or kernel) for side in x.shape])
    for place, window in _windows(x, kernel, stride or kernel):
        result[place] = x[window].max() if _known(kind) == "max" else x[window].mean()
    return result


def pool_steps(image: ArrayLike, kernel: int, stride: int = 0, kind: str = "max") -> Worked:
    """Work out pooling, window by window (the first six where there are more)."""
    x, value = matrix(image, "the image"), pool(image, kernel, stride, kind)
    what, name = ("largest", r"\max") if kind == "max" else ("mean", r"\operatorname{mean}")
    steps = [
        Step(f"Window ({place[0] + 1}, {place[1] + 1}): take the {what}.", "", rf"{name} {show(x[window])}", show(value[place]))
        for place, window in list(_windows(x, kernel, stride or kernel))[:6]
    ]  # fmt: skip
    last = Step("All windows.", "Y", "", show(value), "Y", shapes(X=x, Y=value))
    return worked(value, (*steps, last))


def pool_gradient(
    image: ArrayLike, upstream: ArrayLike, kernel: int, stride: int = 0, kind: str = "max", ties: str = "first"
) -> Array:
    """Gradient at the input of pooling; `ties` says who gets it where a maximum is shared: first, all, split.

    >>> pool_gradient([[1, 2], [3, 4]], [[5]], 2).tolist()
    [[0.0, 0.0], [0.0, 5.0]]
    >>> pool_gradient([[4, 2], [3, 4]], [[6]], 2, ties="split").tolist()
    [[3.0, 0.0], [0.0, 3.0]]
    """
    x, g = matrix(image, "the image"), matrix(upstream, "the upstream gradient")
    expected = tuple(conv_size(side, kernel, stride or kernel) for side in x.shape)
    if g.shape != expected:
        raise ValueError(f"the upstream gradient must have the output's shape {expected}, got {g.shape}")
    result = np.zeros_like(x)
    for place, window in _windows(x, kernel, stride or kernel):
        result[window] += g[place] * _shares(x[window], _known(kind), ties)
    return result


def pool_gradient_steps(
    image: ArrayLike, upstream: ArrayLike, kernel: int, stride: int = 0, kind: str = "max", ties: str = "first"
) -> Worked:
    """Work out the gradient at the input of pooling."""
    x, g, value = matrix(image), matrix(upstream), pool_gradient(image, upstream, kernel, stride, kind, ties)
    rule = ("Only the winner of a window decides its output, so it gets the whole upstream gradient; the others get 0."
            if kind == "max" else
            "Every pixel of a window adds its share to the mean, so each gets the upstream gradient divided by their "
            "number.")  # fmt: skip
    steps = [Step(rule)]
    if kind == "max" and any(
        (x[window] == x[window].max()).sum() > 1 for _, window in _windows(x, kernel, stride or kernel)
    ):
        steps.append(
            Step(f"Where several pixels share the maximum, {TIES[ties]}: this rule is a convention.")
        )
    steps += [
        Step(f"Window ({place[0] + 1}, {place[1] + 1}).", "",
             rf"{signed(g[place])} \cdot {show(_shares(x[window], kind, ties))}",
             show(g[place] * _shares(x[window], kind, ties)))
        for place, window in list(_windows(x, kernel, stride or kernel))[:6]
    ]  # fmt: skip
    end = "Windows that overlap add up." if stride and stride < kernel else "All windows side by side."
    return worked(
        value, (*steps, Step(end, r"\frac{\partial L}{\partial X}", "", show(value), "dX", shapes(X=x, G=g)))
    )


def live_entries(shape: tuple[int, ...], kernel: int) -> dict[str, float]:
    """Entries that receive gradient in max pooling without overlap or ties, for (…, height, width): number and share.

    >>> live_entries((2, 3, 8, 8), 2)
    {'entries': 96, 'share': 0.25}
    """
    *front, height, width = shape
    windows = int(np.prod(front, dtype=int)) * (height // kernel) * (width // kernel)
    return {"entries": windows, "share": windows / int(np.prod(shape, dtype=int))}


def live_entries_steps(shape: tuple[int, ...], kernel: int) -> Worked:
    """Work out how many entries receive gradient in max pooling."""
    found, count = live_entries(shape, kernel), int(np.prod(shape, dtype=int))
    return worked(found, (
        Step("Each window has one winner, and windows do not overlap: one live entry per output number.",
             r"B \cdot C \cdot \frac{H}{k} \cdot \frac{W}{k}",
             r" \cdot ".join(map(str, (*shape[:-2], shape[-2] // kernel, shape[-1] // kernel))),
             str(found["entries"]), "entries"),
        Step("Of all input numbers that is the share:", r"\frac{1}{k^2}", rf"\frac{{{found['entries']}}}{{{count}}}",
             show(found["share"]), "share"),
    ))  # fmt: skip


def upsample(image: ArrayLike, factor: int) -> Array:
    """Nearest-neighbour up-sampling: every pixel becomes a block.

    >>> upsample([[1, 2]], 2).tolist()
    [[1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 2.0, 2.0]]
    """
    return np.asarray(np.kron(matrix(image, "the image"), np.ones((factor, factor))))


def upsample_steps(image: ArrayLike, factor: int) -> Worked:
    """Work out nearest-neighbour up-sampling."""
    value = upsample(image, factor)
    return worked(value, (
        Step(f"Every pixel is repeated {factor} times to the right and {factor} times downwards; nothing is computed "
             "and nothing learnt. Rows $i$ and columns $j$ are counted from 0.",
             r"Y_{ij} = X_{\lfloor i / f \rfloor, \lfloor j / f \rfloor}", "", show(value), "Y"),
    ))  # fmt: skip


def _windows(x: Array, kernel: int, stride: int) -> Iterator[tuple[tuple[int, int], tuple[slice, slice]]]:
    rows, columns = (conv_size(side, kernel, stride) for side in x.shape)
    for row, column in product(range(rows), range(columns)):
        top, left = row * stride, column * stride
        yield (row, column), (slice(top, top + kernel), slice(left, left + kernel))


def _shares(window: Array, kind: str, ties: str) -> Array:
    if kind == "average":
        return np.full(window.shape, 1 / window.size)
    if ties not in TIES:
        raise ValueError(f"ties must be one of {', '.join(TIES)}; got {ties!r}")
    winners = (window == window.max()).astype(float)
    if ties == "first":
        winners = np.eye(1, window.size, int(window.argmax())).reshape(window.shape)
    return np.asarray(winners / (winners.sum() if ties == "split" else 1))


def _known(kind: str) -> str:
    if kind not in ("max", "average"):
        raise ValueError(f"the kind of pooling must be 'max' or 'average', got {kind!r}")
    return kind
