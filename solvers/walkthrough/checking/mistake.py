"""What slips are made of: a place in the computation, and what goes wrong there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from solvers.engine.layer import Array, Params

Values = dict[str, Array]


@dataclass(frozen=True)
class Mistake:
    """One thing done wrongly at a place: what it falsifies, how that comes out, and what to say.

    - `target` is what comes out wrong there: `Y`, `dX` (of the first input), or the name of a parameter, whose
      gradient it is.
    - `value` computes the wrong outcome from what entered; ValueError (shapes that do not fit) means it cannot happen.
    - `convention` says that it is right elsewhere; `text` then says where.
    """

    code: str
    target: str
    text: str
    value: Callable[[], Any]
    convention: bool = False


@dataclass(frozen=True)
class Site:
    """A layer in the middle of a recomputation: what entered, and what it honestly gives.

    `behind` is the input of the layer that made the first input (None where that is no single number per entry);
    `new` gives a parameter after its update.
    """

    layer: Any
    params: Params
    inputs: tuple[Array, ...]
    Y: Array
    dY: Array | None = None  # noqa: N815 - as on paper
    dX: Array | None = None  # noqa: N815
    grads: Mapping[str, Array] = field(default_factory=dict)
    behind: Array | None = None
    new: Callable[[str], Array] | None = None

    @property
    def X(self) -> Array:  # noqa: N802 - as on paper
        """The first input."""
        return self.inputs[0]

    def has(self, name: str) -> bool:
        """Say whether a parameter is there."""
        return name in self.params

    def rerun(self, layer: Any = None, params: Params | None = None) -> tuple[Array, Callable[[Array], Any]]:
        """Run the layer again, with another configuration or other parameters; give output and way back."""
        outputs, back = (layer or self.layer).forward(self.params if params is None else params, *self.inputs)
        return outputs[0], back
