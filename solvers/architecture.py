"""The table of a whole architecture: shapes, parameters and multiply-adds, layer by layer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solvers import receptive_field
from solvers.layer_specs import Conv, Flatten, Join, Layer, Pool, TransposedConv
from solvers.shapes import pair, span
from solvers.typeset import shape as typeset_shape
from solvers.worked import Shape, Step, Worked, worked

REASONS = {
    "Activation": "It acts on each entry by itself: the shape stays, nothing is learnt.",
    "Conv": "One channel per filter; height and width count the places of the window.",
    "TransposedConv": "One channel per filter; stamps of the kernel make height and width grow.",
    "Pool": "Each channel is pooled by itself: the channels stay, height and width shrink.",
    "GlobalPool": "Each channel becomes one number, its mean.",
    "Upsample": "Pixels are repeated or interpolated; nothing is learnt.",
    "Flatten": "All entries in one row: the sizes multiply.",
    "Tokens": "Every pixel becomes a token, the channels become its features.",
    "Linear": "The last axis is replaced by the layer's outputs.",
    "Norm": "The shape stays; a scale and a shift are learnt per channel or feature.",
    "Embedding": "Every token is replaced by its vector from the table.",
    "Attention": "One output per query, as wide as before; four projections are learnt.",
    "Recurrent": "One state per token; all tokens share the weights.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what comes out of a layer, and what the layer costs."""

    kind: str
    name: str
    before: Shape
    shape: Shape
    parameters: int
    multiply_adds: int
    rule: str = ""


def table(layers: Iterable[Layer], given: Shape) -> tuple[Row, ...]:
    """The rows of an architecture for an input of this shape; a join follows the rows of its paths.

    >>> [(row.kind, row.shape, row.parameters) for row in table((Conv(6, 5), Pool(2)), (1, 32, 32))]
    [('Conv', (6, 28, 28), 156), ('Pool', (6, 14, 14), 0)]
    """
    return tuple(_rows(layers, given))


def parameter_count(layers: Iterable[Layer], given: Shape) -> int:
    """Learnable parameters of a whole architecture.

    >>> parameter_count((Conv(6, 5), Pool(2)), (1, 32, 32))
    156
    """
    return sum(row.parameters for row in table(layers, given))


def multiply_add_count(layers: Iterable[Layer], given: Shape) -> int:
    """Multiply-adds of a whole architecture for one sample.

    >>> multiply_add_count((Conv(6, 5), Pool(2)), (1, 32, 32))
    117600
    """
    return sum(row.multiply_adds for row in table(layers, given))


def table_steps(layers: Iterable[Layer], given: Shape, batch: int = 0) -> Worked:
    """Work out the table; a batch size, where given, is put before every shape. The value is the tuple of rows.

    >>> [step.result for step in table_steps((Conv(6, 5), Pool(2)), (1, 32, 32), batch=8).steps]
    ['8 \\\\times 6 \\\\times 28 \\\\times 28', '8 \\\\times 6 \\\\times 14 \\\\times 14', '156']
    """
    rows, front = table(layers, given), (batch,) if batch else ()
    steps = [
        Step(_reason(row), row.rule, rf"{typeset_shape((*front, *row.before))} \to", typeset_shape((*front, *row.shape)),
             row.name, (("in", (*front, *row.before)), ("out", (*front, *row.shape))))
        for row in rows
    ]  # fmt: skip
    counts = [row.parameters for row in rows if row.parameters]
    total = Step(
        "All learnable parameters together.", "", " + ".join(map(str, counts)), str(sum(counts)), "parameters"
    )
    return worked(rows, (*steps, total))


def windows(layers: Iterable[Layer]) -> tuple[receptive_field.Layer, ...]:
    """The layers as `solvers.receptive_field` wants them; those that do not mix pixels are left out.

    >>> receptive_field.receptive_field(windows((Conv(6, 5), Layer(), Pool(2))))
    6
    """
    return tuple(window for layer in layers if (window := _window(layer)))


def _rows(layers: Iterable[Layer], given: Shape, prefix: str = "") -> Iterator[Row]:
    for index, layer in enumerate(layers, 1):
        name = prefix + (layer.name or f"{type(layer).__name__.lower()}{index}")
        try:
            after = layer.output(given)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        if isinstance(layer, Join):
            for number, path in enumerate(layer.paths, 1):
                yield from _rows(path, given, f"{name}.{number}.")
            kind = "added" if layer.how == "add" else "concatenated"
            yield Row(kind, name, given, after, 0, 0)
        else:
            counts = layer.parameters(given), layer.multiply_adds(given)
            yield Row(type(layer).__name__, name, given, after, *counts, _rule(layer, given))
        given = after


def _rule(layer: Layer, given: Shape) -> str:
    """How the side of the output, or its length, is found, with the numbers put in."""
    if isinstance(layer, Conv | Pool):
        kernel, stride, padding = (
            pair(value)[0] for value in (layer.kernel, layer.stride or layer.kernel, layer.padding)
        )
        cover = span(kernel, pair(layer.dilation)[0]) if isinstance(layer, Conv) else kernel
        side = "ceil" if isinstance(layer, Pool) and layer.ceil else "floor"
        return rf"\left\l{side} \frac{{{given[1]} + 2 \cdot {padding} - {cover}}}{{{stride}}} \right\r{side} + 1"
    if isinstance(layer, TransposedConv):
        return rf"({given[1]} - 1) \cdot {layer.stride} - 2 \cdot {layer.padding} + {layer.kernel}"
    if isinstance(layer, Flatten):
        return r" \cdot ".join(map(str, given))
    return ""


def _reason(row: Row) -> str:
    joined = {
        "added": "The paths meet: equal shapes are added entry by entry.",
        "concatenated": "The paths meet: their channels are put side by side.",
    }
    cost = f" Parameters: {row.parameters}." if row.parameters else ""
    return f"Layer {row.name}. {joined.get(row.kind) or REASONS.get(row.kind, 'The shape stays.')}{cost}"


def _window(layer: Layer) -> receptive_field.Layer | None:
    if isinstance(layer, Join):
        return receptive_field.Branches(tuple(windows(path) for path in layer.paths))
    if isinstance(layer, Conv):
        sizes = (pair(value)[0] for value in (layer.kernel, layer.stride, layer.padding, layer.dilation))
        return receptive_field.Window(*sizes)
    if isinstance(layer, Pool):
        return receptive_field.Window(layer.kernel, layer.stride or layer.kernel, layer.padding)
    if isinstance(layer, TransposedConv):
        return receptive_field.Window(layer.kernel, layer.stride, layer.padding, transposed=True)
    return None
