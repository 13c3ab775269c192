"""Formulas for the receptive field of a chain of layers, derived by walking back from one output.

Layer l has kernel k_l, stride s_l, padding p_l and dilation d_l; r counts input pixels along one side.
"""

from functools import cache

from solvers.symbolic.derivation import Setup, derive
from solvers.worked import Worked

MAX_LAYERS = 6


@cache
def receptive_field(layers: int, dilated: bool = False) -> Worked:
    """Derive r_L = 1 + Σ (k_l − 1) Π_{i<l} s_i for 1 to 6 layers; with dilation k_l − 1 becomes d_l (k_l − 1).

    >>> receptive_field(2).value.plain()
    '1 + (k_1 - 1) + s_1 * (k_2 - 1)'
    >>> receptive_field(4).value.evaluate(dict(k_1=3, k_2=2, k_3=1, k_4=4, s_1=1, s_2=2, s_3=1))
    10.0
    """
    _check(layers)
    where = {f"n_{layers}": "1"}
    for l in range(layers, 0, -1):
        where[f"n_{l - 1}"] = f"(n_{l} - 1) * s_{l} + {_reach(l, dilated)} + 1"
    walks = ((_walk(l, dilated), _unwound(l, layers, dilated)) for l in range(1, layers + 1))
    return derive(
        "n_0",
        *walks,
        (
            "Only one output is left at the end, so its term vanishes. Multiply out: every layer adds its kernel "
            "less one, stretched by the strides of all layers before it.",
            _summed(layers, dilated),
        ),
        setup=Setup(where=where),
        opening=f"Walk backwards: $n_l$ is the number of outputs of layer $l$ that count, $n_{layers} = 1$.",
        name="r",
    )


@cache
def jump(layers: int) -> Worked:
    """Derive that neighbouring outputs of L layers lie Π s_l input pixels apart.

    >>> jump(3).value.plain()
    's_1 * s_2 * s_3'
    """
    _check(layers)
    strides = [f"s_{l}" for l in range(1, layers + 1)]
    where = {"j_0": "1"} | {f"j_{l}": f"j_{l - 1} * s_{l}" for l in range(1, layers + 1)}
    lines = [
        (
            f"Neighbouring outputs of layer {l} lie $s_{l}$ of its inputs apart.",
            " * ".join((f"j_{l - 1}", *strides[l - 1 :])),
        )
        for l in range(layers, 0, -1)
    ]
    return derive(
        f"j_{layers}",
        *lines,
        ("Pixels of the input lie 1 apart.", " * ".join(strides)),
        setup=Setup(where=where),
        name="jump",
    )


@cache
def effective_padding(layers: int) -> Worked:
    """Derive P = Σ p_l Π_{i<l} s_i, by how much the first output's field begins before the first pixel.

    >>> effective_padding(2).value.plain()
    'p_1 + s_1 * p_2'
    """
    _check(layers)
    where = {f"a_{layers}": "0"} | {f"a_{l - 1}": f"a_{l} * s_{l} - p_{l}" for l in range(layers, 0, -1)}
    nested = f"p_{layers}"
    for l in range(layers - 1, 0, -1):
        nested = f"p_{l} + s_{l} * ({nested})"
    return derive(
        "-a_0",
        ("Put each position into the one before it, beginning with output 0 of the last layer.", nested),
        (
            "Multiply out: every padding counts in input pixels, so it is stretched by the strides before it.",
            " + ".join(f"{_strides(l)}p_{l}" for l in range(1, layers + 1)),
        ),
        setup=Setup(where=where),
        opening="Output $a$ of a layer starts reading at its input $a\\, s - p$.",
        name="padding",
    )


def _check(layers: int) -> None:
    if not 1 <= layers <= MAX_LAYERS:
        raise ValueError(f"expected 1 to {MAX_LAYERS} layers, got {layers}")


def _walk(l: int, dilated: bool) -> str:
    seen = f"d_{l} (k_{l} - 1) + 1" if dilated else f"k_{l}"
    return (
        f"One output of layer {l} sees ${seen}$ inputs; the next one begins $s_{l}$ further on, so $n_{l}$ neighbours "
        f"see $(n_{l} - 1)\\, s_{l}$ more."
    )


def _reach(l: int, dilated: bool) -> str:
    """How far the last tap of a window lies from its first."""
    return f"d_{l} * (k_{l} - 1)" if dilated else f"(k_{l} - 1)"


def _strides(l: int) -> str:
    return "".join(f"s_{i} * " for i in range(1, l))


def _unwound(depth: int, layers: int, dilated: bool) -> str:
    """n_0 in terms of n_depth."""
    reach = "".join(f" + {_strides(l)}{_reach(l, dilated)}" for l in range(1, depth + 1))
    rest = f"{_strides(depth + 1)}(n_{depth} - 1)" if depth < layers else f"{_strides(layers + 1)}(1 - 1)"
    return f"1 + {rest}{reach}"


def _summed(layers: int, dilated: bool) -> str:
    return "1" + "".join(f" + {_strides(l)}{_reach(l, dilated)}" for l in range(1, layers + 1))
