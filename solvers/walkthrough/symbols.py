"""What values and parameters are called: Z1 and W1 in files, the same as LaTeX on paper.

Every value has a letter for what it is (Z: weighted sums, H: activations, P: pooled, N: normalised, …). Where a letter
occurs more than once it is numbered; an activation takes the number of the weighted sum before it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from solvers.engine.graph import LayerNode
from solvers.engine.layers import all_layers
from solvers.walkthrough.problem import ParamName, Problem

WEIGHTED = {"affine", "conv1d", "conv2d", "convtranspose1d", "convtranspose2d", "matmul"}
LETTERS = {
    **dict.fromkeys(WEIGHTED, "Z"), "softmax": "S", "log-softmax": "S", "embedding": "E", "positional-encoding": "E",
    "dropout": "D", "flatten": "F", "reshape": "F", "permute": "F", "attention": "C", "scaled-dot-product": "C",
    "add": "R", "concat": "J", "multiply": "M", "rnn": "H", "lstm": "H", "gru": "H", "prelu": "H", "maxout": "H",
    "upsample": "U",
}  # fmt: skip
GREEK = {"gamma": r"\gamma", "beta": r"\beta", "alpha": r"\alpha"}


@dataclass(frozen=True)
class Symbols:
    """The names of values (by node or input) and of parameters (by node and name)."""

    values: Mapping[str, str]
    params: Mapping[ParamName, str]

    def value(self, source: str) -> str:
        """Give the LaTeX of a value; a further output of a layer, such as the last cell state, has a number."""
        node, _, output = source.partition(":")
        return latex(self.values[node]) + (f"^{{({output})}}" if output else "")

    def param(self, node: str, name: str) -> str:
        """Give the LaTeX of a parameter."""
        return latex(self.params[node, name])


def symbols(problem: Problem) -> Symbols:
    """Name all values and parameters of a problem."""
    nodes, named = problem.network.nodes, {place.name for place in problem.places}
    given = [node.name for node in nodes if node.name in named and not _automatic(node)]
    values = {name: name for name in (*problem.inputs, *given)}
    letters = {node.name: letter(node.layer.kind) for node in nodes if node.name not in given}
    count, taken = Counter(letters.values()), set(values)
    sums = 0
    for node in nodes:
        sums += node.layer.kind in WEIGHTED
        if node.name in given:
            continue
        base = letters[node.name]
        values[node.name] = (
            base if count[base] == 1 and base not in taken else _numbered(base, max(sums, 1), taken)
        )
        taken.add(values[node.name])
    return Symbols(values, _param_names(problem))


def letter(kind: str) -> str:
    """Give the letter for what a layer of this kind puts out.

    >>> letter("affine"), letter("tanh"), letter("maxpool2d"), letter("batchnorm"), letter("last-step")
    ('Z', 'H', 'P', 'N', 'Y')
    """
    if kind in LETTERS:
        return LETTERS[kind]
    if "pool" in kind:
        return "P"
    if kind.endswith("norm") or kind == "l2-normalise":
        return "N"
    return "H" if is_activation(kind) else "Y"


def is_activation(kind: str) -> bool:
    """Say whether a layer acts on every entry by itself, without parameters."""
    layer = all_layers().get(kind)
    elementwise = layer is not None and any(base.__name__ == "Elementwise" for base in layer.__mro__)
    return elementwise or kind in ("relu", "sigmoid", "tanh")


def latex(name: str) -> str:
    """Give a name as LaTeX: letters with indices, Greek letters, words upright.

    >>> latex("Z1"), latex("Wfx2"), latex("gamma"), latex("hidden"), latex("running_mean"), latex("x_1")
    ('Z_{1}', 'W_{fx2}', '\\\\gamma', '\\\\text{hidden}', '\\\\text{running mean}', 'x_{1}')
    """
    found = re.fullmatch(r"(gamma|beta|alpha)_?(\d*)|([A-Za-z])_?(\d*)|([Wbhc])([a-zA-Z]{0,2}h?\d*)", name)
    if not found:
        return rf"\text{{{re.sub(r'[^A-Za-z0-9]+', ' ', name).strip() or 'value'}}}"
    base = GREEK.get(found[1] or "", found[1] or found[3] or found[5])
    index = found[2] or found[4] or found[6] or ""
    return f"{base}_{{{index}}}" if index else base


def _automatic(node: LayerNode) -> bool:
    return bool(re.fullmatch(rf"{re.escape(node.layer.kind)}\d+", node.name))


def _numbered(base: str, start: int, taken: Iterable[str]) -> str:
    number = start
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def _param_names(problem: Problem) -> dict[ParamName, str]:
    """Number parameters of one name by their layers; W and b of a layer have the same number."""
    groups: dict[str, list[str]] = {}
    for node, params in problem.weights.items():
        for name in params:
            group = groups.setdefault("W" if name in ("W", "b") else name, [])
            if node not in group:
                group.append(node)
    return {
        (node, name): name + (str(group.index(node) + 1) if len(group) > 1 else "")
        for node, params in problem.weights.items()
        for name in params
        for group in [groups["W" if name in ("W", "b") else name]]
    }
