"""A student's own values: what they are called, and how exactly they were written down."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.bounds import check_tree
from solvers.walkthrough.problem import Place, Problem
from solvers.walkthrough.spelling import bare
from solvers.walkthrough.symbols import Symbols
from solvers.walkthrough.trouble import ProblemError

MOST_GIVEN = 400
OUTPUTS = ("output", "out", "yhat", "o", "prediction", "logits")
LOSSES = ("L", "J", "E", "cost", "error")
FACETS = {"output": "", "value": "", "gradoutput": "d", "gradient": "d", "grad": "d"}


@dataclass(frozen=True)
class Given:
    """One value as the student has it; `step` is the unit of its last decimal place (0: exact)."""

    name: str
    array: Array
    step: float

    def agrees(self, value: Array, slack: float = 0.5) -> bool:
        """Say whether a computed value could have been written down so, `slack` units of the last place apart at most.

        >>> Given("loss", np.array(0.34), 0.01).agrees(np.array(0.3391))
        True
        """
        if np.squeeze(self.array).shape != np.squeeze(value).shape:
            return False
        mine, theirs = self.array.ravel(), np.asarray(value, float).ravel()
        tolerance = slack * 1.001 * self.step + 1e-7 * np.abs(theirs) + 1e-12
        return bool((np.abs(mine - theirs) <= tolerance).all())

    def like(self, value: Array) -> Array:
        """Give the student's value in the shape of the computed one, where only axes of size 1 differ."""
        fits = np.squeeze(self.array).shape == np.squeeze(value).shape
        return self.array.reshape(value.shape) if fits else self.array


def read_given(tree: Any, problem: Problem, names: Symbols, known: Mapping[str, Array]) -> list[Given]:
    """Read a student's values in the order of computation; raises `ProblemError` for a name that is not known.

    Values stand under their names (`Z1`, `dW1`, `loss`, `new_b2`), or in tables `layer.2` by the layer's number with
    `output`, `grad_output`, `grad_input`, `grads` and `updated`.
    """
    check_tree(_floats(tree))
    if not isinstance(tree, Mapping) or not tree:
        raise ProblemError(
            "there are no values to check; give some by name, such as Z1 = [[0.6, 1.3]] or loss = 0.34"
        )
    aliases = _aliases(problem, names, known)
    found: dict[str, Given] = {}
    for name, value in _flat(tree, problem, names):
        meant = _meant(name, aliases, known)
        if meant in found:
            raise ProblemError(f"{name}: this value is given twice")
        found[meant] = _given(meant, value, name)
    if len(found) > MOST_GIVEN:
        raise ProblemError(f"at most {MOST_GIVEN} values are checked, got {len(found)}")
    return [found[name] for name in known if name in found]


def _flat(tree: Mapping[str, Any], problem: Problem, names: Symbols) -> Iterator[tuple[str, Any]]:
    """Give names and values, those of tables by the layer's number under the names they have elsewhere."""
    for key, value in tree.items():
        if key == "values" and isinstance(value, Mapping):
            yield from _flat(value, problem, names)
        elif key == "layer":
            entries = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
            for number, table in entries:
                yield from _of_layer(str(table.get("number", number)), table, problem, names)
        else:
            yield key, value


def _of_layer(number: str, table: Any, problem: Problem, names: Symbols) -> Iterator[tuple[str, Any]]:
    place = next((one for one in problem.places if str(one.number) == number), None)
    if place is None or not isinstance(table, Mapping):
        raise ProblemError(f"there is no layer {number}; layers are numbered from 1 to {len(problem.places)}")
    output = names.values[place.nodes[-1]]
    for key, value in table.items():
        facet = bare(key)
        if facet in FACETS:
            yield FACETS[facet] + output, value
        elif facet == "gradinput":
            yield f"d{_read_by(place, problem, names)}", value
        elif facet in ("grads", "updated") and isinstance(value, Mapping):
            for param, array in value.items():
                plain = names.params.get((place.nodes[0], param), param)
                yield ("d" if facet == "grads" else "new_") + plain, array
        elif facet != "number":
            raise ProblemError(
                f"layer {number}: unknown value {key!r}; known: output, grad_output, grad_input, grads, updated"
            )


def _read_by(place: Place, problem: Problem, names: Symbols) -> str:
    node = next(one for one in problem.network.nodes if one.name == place.nodes[0])
    return names.values[node.sources[0].partition(":")[0]]


def _aliases(problem: Problem, names: Symbols, known: Mapping[str, Array]) -> dict[str, str]:
    """Map other spellings to the names of quantities: a1 for H1, the output by what it is, numbers left out."""
    last = names.values[problem.network.outputs[0]]
    others = {last: list(OUTPUTS), "loss": list(LOSSES)}
    for name in names.values.values():
        stem = re.fullmatch(r"([A-Z])(\d*)", name)
        if stem:
            letters = (stem[1], "A") if stem[1] == "H" else (stem[1],)
            numbers = (stem[2],) if stem[2] else ("", "1")
            others.setdefault(name, []).extend(letter + number for letter in letters for number in numbers)
    for name in names.params.values():
        if name[-1:].isalpha():
            others.setdefault(name, []).append(f"{name}1")
    found = {name: name for name in known}
    for name, spellings in others.items():
        for spelling in (name, *spellings):
            for alias, quantity in _forms(spelling, name):
                if quantity in known:
                    found.setdefault(alias, quantity)
    return found


def _forms(spelling: str, name: str) -> Iterator[tuple[str, str]]:
    yield spelling, name
    yield f"d{spelling}", f"d{name}"
    yield f"new_{spelling}", f"new_{name}"


def _meant(name: str, aliases: Mapping[str, str], known: Mapping[str, Array]) -> str:
    """Give the quantity that a name stands for."""
    tidy = re.sub(r"^(grad(ient)?|dL_?/?_?d|∂L/∂|delta)_?(?=\w)", "d", name.strip())
    tidy = re.sub(r"^(.+?)(_?new|_?after|_?updated|')$", r"new_\1", tidy)
    tidy = re.sub(r"^(updated|after)_?", "new_", tidy)
    for spelling in dict.fromkeys((name, tidy)):
        if spelling in aliases:
            return aliases[spelling]
    near = [one for one in dict.fromkeys(aliases) if bare(one) == bare(tidy)]
    meant = {aliases[one] for one in near}
    if len(meant) == 1:
        return meant.pop()
    listed = ", ".join(one for one in known if not re.match(r"[gmv](_hat|_max)?_", one))
    raise ProblemError(f"there is no value {name!r} to check; there are {listed}")


def _given(name: str, value: Any, spelling: str) -> Given:
    try:
        array = np.asarray(_floats(value), float)
    except (TypeError, ValueError):
        raise ProblemError(f"{spelling} must be a number, or rows of numbers of one length") from None
    return Given(name, array, _step(value))


def _floats(value: Any) -> Any:
    """Replace decimals, which remember how they were written, by numbers."""
    if isinstance(value, Mapping):
        return {key: _floats(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_floats(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def _step(value: Any) -> float:
    """Give the unit of the last place of the most exactly written entry; whole numbers alone count as exact.

    >>> _step([Decimal("0.5"), Decimal("1.25")]), _step([1, 2])
    (0.01, 0.0)
    """
    if isinstance(value, list):
        return min((step for step in map(_step, value) if step), default=0.0)
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return 10.0**exponent if isinstance(exponent, int) and exponent < 0 else 0.0
