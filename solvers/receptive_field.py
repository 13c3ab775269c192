"""How much of the input one unit sees: receptive field, jump, start and effective padding.

Positions count input pixels along one side from 0; those in the padding are negative or past the end. A layer
is a `Window`, the plain numbers (kernel, stride, padding, dilation), or `Branches` whose results are joined.
Each `…_steps` function returns the working, the function beside it only the value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from fractions import Fraction
from math import ceil, floor, prod

from solvers.shapes import span
from solvers.worked import Step, Worked, worked

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """One convolution or pooling layer, or a transposed convolution; `padding` is that of the left (top) side."""

    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    _: KW_ONLY
    transposed: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if min(self.kernel, self.stride, self.dilation) < 1 or self.padding < 0:
            raise ValueError(f"kernel, stride and dilation must be at least 1 and padding at least 0, got {self}")
        if self.transposed and self.dilation > 1:
            raise ValueError("a transposed window must have dilation 1")

    def reads(self, first: int, last: int) -> Interval:
        """First and last input that the outputs first … last read; none when the first comes after the last."""
        reach = span(self.kernel, self.dilation) - 1
        if self.transposed:
            return ceil((first + self.padding - reach) / self.stride), floor((last + self.padding) / self.stride)
        return first * self.stride - self.padding, last * self.stride - self.padding + reach

    def taps(self, unit: int) -> set[int]:
        """Every input that one output reads."""
        if self.transposed:
            stamps = [unit + self.padding - tap for tap in range(self.kernel)]
            return {stamp // self.stride for stamp in stamps if stamp % self.stride == 0}
        return {unit * self.stride - self.padding + tap * self.dilation for tap in range(self.kernel)}

    @property
    def step(self) -> Fraction:
        """How far the input position moves when the output position moves by one."""
        return Fraction(1, self.stride) if self.transposed else Fraction(self.stride)


@dataclass(frozen=True, slots=True)
class Branches:
    """Paths that start from the same input and are added or concatenated; an empty path is a skip connection."""

    paths: tuple[tuple["Layer", ...], ...]
    name: str = ""

    def __post_init__(self) -> None:
        if len({jump(path) for path in self.paths}) != 1:
            raise ValueError(f"branches must have the same total stride, got {[str(jump(p)) for p in self.paths]}")


Layer = Window | Branches | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What the units of one layer see: side `size`; unit 0 sees pixels first … last, unit i lies i · jump further.

    For transposed convolutions the size is the largest over all units.
    """

    size: int
    jump: Fraction
    first: int
    last: int

    @property
    def padding(self) -> int:
        """Effective padding: how far unit 0 looks past the edge."""
        return -self.first

    @property
    def start(self) -> Fraction:
        """Centre of what unit 0 sees, as a pixel position."""
        return Fraction(self.first + self.last, 2)


def stack(kernels: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()) -> tuple[Window, ...]:
    """Windows from lists of kernels, strides (1 where not given) and paddings (0 where not given).

    >>> [window.stride for window in stack([3, 2, 3], [1, 2, 1])]
    [1, 2, 1]
    """
    count = len(kernels)
    sizes = zip(kernels, list(strides) or [1] * count, list(paddings) or [0] * count, strict=True)
    return tuple(Window(int(kernel), int(stride), int(padding)) for kernel, stride, padding in sizes)


def receptive_field(layers: Sequence[Layer]) -> int:
    """Side of the input region that one unit after the last layer sees.

    >>> receptive_field([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)])
    32
    """
    return field(layers).size


def field(layers: Sequence[Layer]) -> Field:
    """Size, jump and place of what the units after the last layer see.

    >>> seen = field([Window(7, 2, 3), Window(3, 2, 1)])
    >>> seen.size, int(seen.jump), seen.padding, str(seen.start)
    (11, 4, 5, '0')
    """
    intervals = [seen for unit in range(_period(layers)) if (seen := interval(layers, unit, unit))]
    if not intervals:
        raise ValueError("no unit after the last layer sees any input")
    size = max(last - first + 1 for first, last in intervals)
    return Field(size, jump(layers), *(interval(layers, 0, 0) or intervals[0]))


def jump(layers: Sequence[Layer]) -> Fraction:
    """Distance, in input pixels, between what neighbouring units see: the product of the strides.

    >>> str(jump([(3, 2), (3, 2), Window(2, 2, transposed=True)]))
    '2'
    """
    return prod((_jump(layer) for layer in layers), start=Fraction(1))


def interval(layers: Sequence[Layer], first: int, last: int) -> Interval | None:
    """First and last input pixel behind the units first … last; None when they read nothing.

    >>> interval([(3, 1), (2, 2)], 5, 5)
    (10, 13)
    """
    for layer in reversed(layers):
        if isinstance(layer, Branches):
            reads = [seen for path in layer.paths if (seen := interval(path, first, last))]
            first, last = min((a for a, _ in reads), default=1), max((b for _, b in reads), default=0)
        else:
            first, last = _window(layer).reads(first, last)
        if first > last:
            return None
    return first, last


def inputs_seen(layers: Sequence[Layer], unit: int = 0) -> tuple[int, ...]:
    """Every input pixel, along one side, that a unit depends on; gaps inside the receptive field are left out.

    >>> inputs_seen([(2, 3), (2, 1)])
    (0, 1, 3, 4)
    """
    units = {unit}
    for layer in reversed(layers):
        if isinstance(layer, Branches):
            units = {seen for path in layer.paths for one in units for seen in inputs_seen(path, one)}
        else:
            units = {seen for one in units for seen in _window(layer).taps(one)}
    return tuple(sorted(units))


def receptive_field_steps(layers: Sequence[Layer]) -> Worked:
    """Work out the receptive field layer by layer, from the input on.

    >>> [step.result for step in receptive_field_steps([(3, 1), (2, 2), (3, 1)]).steps]
    ['r_{0} = 1, j_{0} = 1', 'r_{1} = 3, j_{1} = 1', 'r_{2} = 4, j_{2} = 2', 'r_{3} = 8, j_{3} = 2']
    """
    start = Step("A pixel of the input sees itself, and neighbours are one apart.", "", "", "r_{0} = 1, j_{0} = 1")
    return worked(receptive_field(layers), (start, *_layer_steps(layers)))


def position_steps(layers: Sequence[Layer], unit: int = 0) -> Worked:
    """Work out which pixels a unit sees: (first, last); negative ones lie in the padding.

    >>> position_steps([Window(7, 2, 3), Window(3, 2, 1)], unit=2).value
    (3, 13)
    """
    seen = interval(layers, unit, unit)
    if seen is None:
        raise ValueError(f"unit {unit} sees no input")
    steps = [Step("Walk back from the unit to the input.", "", "", rf"[{unit}, {unit}]")]
    for index in range(len(layers), 0, -1):
        after = interval(layers[index - 1 :], unit, unit)
        steps.append(_back_step(layers[index - 1], interval(layers[index:], unit, unit) or seen, after or seen))
    return worked(seen, steps)


def layers_needed(region: int, kernel: int = 3) -> int:
    """Fewest stride-1 layers whose units see a region of this side.

    >>> layers_needed(7), layers_needed(8)
    (3, 4)
    """
    if kernel < 2 or region < 1:
        raise ValueError(f"the kernel must be at least 2 and the region at least 1, got {kernel} and {region}")
    return ceil((region - 1) / (kernel - 1))


def layers_needed_steps(region: int, kernel: int = 3) -> Worked:
    """Work out how many stride-1 layers are needed to see a region."""
    result = layers_needed(region, kernel)
    return worked(result, (
        Step("A unit sees 1 pixel without any layer, and every layer of stride 1 adds $k - 1$.",
             "r = 1 + n (k - 1)", f"1 + {kernel - 1} n"),
        Step("The smallest $n$ that reaches the region.", r"n = \left\lceil \frac{r - 1}{k - 1} \right\rceil",
             rf"\left\lceil \frac{{{region - 1}}}{{{kernel - 1}}} \right\rceil", str(result), "layers"),
    ))  # fmt: skip


def _layer_steps(layers: Sequence[Layer]) -> Iterator[Step]:
    told: set[str] = set()
    for index, layer in enumerate(layers, 1):
        before, after = field(layers[: index - 1]), field(layers[:index])
        result = rf"r_{{{index}}} = {after.size}, j_{{{index}}} = {after.jump}"
        reason, formula, numbers = _growth(layer, layers[: index - 1], before)
        if reason + formula in told:
            reason, formula = f"Layer {index} in the same way.", ""
        told.add(reason + formula)
        yield Step(reason, formula, numbers, result, _name(layer, index))


def _growth(layer: Layer, before: Sequence[Layer], field_before: Field) -> tuple[str, str, str]:
    if isinstance(layer, Branches):
        sizes = ", ".join(str(receptive_field((*before, *path))) for path in layer.paths)
        return f"The branches see {sizes} pixels; a joined unit sees all that any of them sees.", "", ""
    window = _window(layer)
    if window.transposed:
        return ("A transposed convolution spreads each unit over several, so its units lie closer together; each "
                "of them reads only a few of the units before.",
                r"\left\lceil \frac{k}{s} \right\rceil \text{ inputs at most}, \quad j_l = \frac{j_{l-1}}{s}",
                rf"\left\lceil \frac{{{window.kernel}}}{{{window.stride}}} \right\rceil = "
                rf"{ceil(window.kernel / window.stride)}")  # fmt: skip
    reach = span(window.kernel, window.dilation) - 1
    k = "d_l (k_l - 1)" if window.dilation > 1 else "(k_l - 1)"
    at = len(before) + 1
    return ("The window reads $k$ units: beyond the first, each lies one jump further. Its stride multiplies "
            "the jump.",
            rf"r_l = r_{{l-1}} + {k} j_{{l-1}}, \quad j_l = j_{{l-1}} s_l",
            rf"r_{{{at}}} = {field_before.size} + {reach} \cdot {field_before.jump}, \quad "
            rf"j_{{{at}}} = {field_before.jump} \cdot {window.stride}")  # fmt: skip


def _back_step(layer: Layer, units: Interval, reads: Interval) -> Step:
    result = f"[{reads[0]}, {reads[1]}]"
    if isinstance(layer, Branches):
        return Step("Each branch reads its own region; together they span this one.", "", "", result)
    window = _window(layer)
    if window.transposed:
        return Step("The inputs whose stamps touch these units.", "", "", result)
    reach = span(window.kernel, window.dilation) - 1
    s, p = window.stride, window.padding
    return Step("The first unit's window begins where its stride says, less the padding; the last unit's window "
                "ends a kernel further.", r"[a s - p,\; b s - p + k - 1]",
                rf"[{units[0]} \cdot {s} - {p},\; {units[1]} \cdot {s} - {p} + {reach}]", result)  # fmt: skip


def _window(layer: Layer) -> Window:
    if isinstance(layer, Branches):
        raise TypeError("expected one window, got branches")
    return layer if isinstance(layer, Window) else Window(*layer)


def _jump(layer: Layer) -> Fraction:
    return jump(layer.paths[0]) if isinstance(layer, Branches) else _window(layer).step


def _period(layers: Sequence[Layer]) -> int:
    """After so many units the pattern of intervals repeats: transposed strides make neighbours differ."""
    nested = [_period(path) for layer in layers if isinstance(layer, Branches) for path in layer.paths]
    windows = [_window(layer) for layer in layers if not isinstance(layer, Branches)]
    return prod(w.stride for w in windows if w.transposed) * prod(nested)


def _name(layer: Layer, index: int) -> str:
    return (not isinstance(layer, tuple) and layer.name) or f"r{index}"
