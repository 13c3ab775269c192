"""The library of the language: NumPy's functions, each with a bound that is paid before it is called."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.programs.arrays import as_array, broadcast, checked, failed, lengths, multiplied, size_of
from grader.programs.language import ELEMENTWISE, SHRINKING
from grader.programs.meter import LARGEST, Meter, product

Function = Callable[..., Any]
_SUBSCRIPTS = re.compile(r"[a-zA-Z]*(,[a-zA-Z]*)*(->[a-zA-Z]*)?")
_DECIMALS = 15


def call_library(name: str, meter: Meter, arguments: list[Any], keywords: dict[str, Any]) -> Any:
    """Call a function of the library; raises `Unreadable` for whatever goes wrong in it."""
    try:
        return checked(FUNCTIONS[name](meter, *arguments, **keywords))
    except (ValueError, TypeError, IndexError, ArithmeticError, AttributeError) as error:
        raise failed(f"is refused: {plain_words(error)}.") from None


def plain_words(error: Exception) -> str:
    """Give the first words of an error of Python's own, without our own names in it."""
    words = str(error.args[-1]) if isinstance(error, ArithmeticError) and error.args else str(error)
    return re.sub(r"\b_(?:\w+\.<locals>\.)?(\w+\(\))", r"\1", " ".join(words.split()))[:160].rstrip(".")


def _elementwise(name: str) -> Function:
    function = getattr(np, name)
    most = getattr(function, "nin", None)

    def call(meter: Meter, *arguments: Any, **keywords: Any) -> Any:
        if most is not None and len(arguments) > most:  # one more would be the array to write into
            raise TypeError(f"{name} takes {most} argument{'' if most == 1 else 's'}, not {len(arguments)}")
        arrays = [as_array(argument, meter) for argument in arguments if argument is not None]
        named = {key: value if value is None else as_array(value, meter) for key, value in keywords.items()}
        shape: tuple[int, ...] = ()
        for array in [*arrays, *(value for value in named.values() if value is not None)]:
            shape = broadcast(shape, np.shape(array))
        meter.array(product(shape))
        given = iter(arrays)
        return function(*(None if argument is None else next(given) for argument in arguments), **named)

    return call


def _shrinking(name: str) -> Function:
    function = np.linalg.norm if name == "linalg.norm" else getattr(np, name.replace("empty", "zeros"))

    def call(meter: Meter, subject: Any, *arguments: Any, **keywords: Any) -> Any:
        several = name in ("concatenate", "stack", "vstack", "hstack", "column_stack")
        array = [as_array(item, meter) for item in _list(subject)] if several else as_array(subject, meter)
        meter.array(sum(np.size(item) for item in array) if several else np.size(array))
        for setting in (*arguments, *keywords.values()):
            _modest(setting)
        return function(array, *arguments, **keywords)

    return call


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise failed("joins arrays given as a list, such as [x, y].")
    return list(value)


def _modest(setting: Any) -> None:
    """Let pass what may configure a function: whole numbers of modest size, tuples of them, types, arrays."""
    parts = setting if isinstance(setting, list | tuple) else (setting,)
    for part in parts:
        if isinstance(part, int) and not -LARGEST <= part <= LARGEST:
            raise failed(f"is given {part}, which is too large here.")
        if isinstance(part, list | tuple):
            raise failed("is given lists in lists, which are not expected here.")


def _round(meter: Meter, a: Any, decimals: int = 0) -> Any:
    if not isinstance(decimals, int) or not -_DECIMALS <= decimals <= _DECIMALS:
        raise failed(f"rounds to a whole number of decimals from -{_DECIMALS} to {_DECIMALS}.")
    array = as_array(a, meter)
    meter.array(np.size(array))
    return np.round(array, decimals)


def _split(meter: Meter, ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    array = as_array(ary, meter)
    pieces = indices_or_sections if isinstance(indices_or_sections, int) else len(_list(indices_or_sections))
    meter.array(max(np.size(array), pieces))
    if pieces > 1000:
        raise failed("makes more than 1000 pieces.")
    return np.split(array, indices_or_sections, axis)


def _arange(meter: Meter, start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Any:
    low, high = (0, start) if stop is None else (start, stop)
    meter.array(max(0, int(min((float(high) - float(low)) / float(step), LARGEST + 1.0))))
    return np.arange(low, high, step, dtype=dtype)


def _linspace(meter: Meter, start: Any, stop: Any, num: int = 50, endpoint: bool = True) -> Any:
    size_of(num, meter)
    return np.linspace(float(start), float(stop), num, endpoint)


def _filled(value: float) -> Function:
    def call(meter: Meter, shape: Any, dtype: Any = float) -> Any:
        return np.full(size_of(shape, meter), value, dtype)

    return call


def _full(meter: Meter, shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    return np.full(size_of(shape, meter), as_array(fill_value, meter), dtype)


def _full_like(meter: Meter, a: Any, fill_value: Any, dtype: Any = None) -> Any:
    array = as_array(a, meter)
    return np.full(size_of(np.shape(array), meter), as_array(fill_value, meter), dtype or array.dtype)


def _eye(meter: Meter, n: int, m: int | None = None, k: int = 0, dtype: Any = float) -> Any:
    rows, columns = size_of((n, n if m is None else m), meter)
    return np.eye(rows, columns, k, dtype)


def _broadcast_to(meter: Meter, array: Any, shape: Any) -> Any:
    return np.broadcast_to(as_array(array, meter), size_of(shape, meter)).copy()


def _diag(meter: Meter, v: Any, k: int = 0) -> Any:
    array = as_array(v, meter)
    meter.array((np.size(array) + abs(k)) ** 2 if np.ndim(array) == 1 else np.size(array))
    return np.diag(array, k)


def _repeat(meter: Meter, a: Any, repeats: Any, axis: int | None = None) -> Any:
    array, counts = as_array(a, meter), as_array(repeats, meter)
    meter.array(np.size(array) * int(np.max(counts, initial=0)))
    return np.repeat(array, counts, axis)


def _tile(meter: Meter, a: Any, reps: Any) -> Any:
    array = as_array(a, meter)
    meter.array(np.size(array) * product(lengths(reps)))
    return np.tile(array, lengths(reps))


def _pad(meter: Meter, array: Any, pad_width: Any, mode: str = "constant", constant_values: Any = 0) -> Any:
    padded, widths = as_array(array, meter), as_array(pad_width, meter)
    most = int(np.max(widths, initial=0))
    meter.array(product(length + 2 * most for length in np.shape(padded)))
    extra = {"constant_values": as_array(constant_values, meter)} if mode == "constant" else {}
    return np.pad(padded, pad_width, mode, **extra)  # type: ignore[call-overload]


def _outer(meter: Meter, a: Any, b: Any) -> Any:
    left, right = as_array(a, meter), as_array(b, meter)
    meter.array(np.size(left) * np.size(right))
    return np.outer(left, right)


def matmul(meter: Meter, x1: Any, x2: Any) -> Any:
    """Multiply matrices, paid by the size of the result and the length summed over."""
    left, right = as_array(x1, meter), as_array(x2, meter)
    shape, inner = multiplied(np.shape(left), np.shape(right))
    meter.array(product(shape), product(shape) * inner // 8)
    return np.matmul(left, right)


def _dot(meter: Meter, a: Any, b: Any) -> Any:
    left, right = as_array(a, meter), as_array(b, meter)
    if not np.ndim(left) or not np.ndim(right):
        return _elementwise("multiply")(meter, left, right)
    if np.ndim(left) > 2 or np.ndim(right) > 2:
        raise failed("is for vectors and matrices here: for more axes write @ or np.einsum.")
    return matmul(meter, left, right)


def _inner(meter: Meter, a: Any, b: Any) -> Any:
    left, right = as_array(a, meter), as_array(b, meter)
    if np.ndim(left) > 2 or np.ndim(right) > 2:
        raise failed("is for vectors and matrices here: for more axes write np.einsum.")
    return matmul(meter, left, np.transpose(right)) if np.ndim(left) and np.ndim(right) else left * right


def _einsum(meter: Meter, subscripts: Any, *operands: Any) -> Any:
    text = subscripts.replace(" ", "") if isinstance(subscripts, str) else "?"
    if len(text) > 60 or not _SUBSCRIPTS.fullmatch(text):
        raise failed('needs its subscripts first, such as "ij,jk->ik".')
    arrays = [as_array(operand, meter) for operand in operands]
    labels = text.split("->")[0].split(",")
    longest: dict[str, int] = {}
    for letters, array in zip(labels, arrays, strict=False):
        for letter, length in zip(letters, np.shape(array), strict=False):
            longest[letter] = max(longest.get(letter, 0), length)
    meter.array(0, product(longest.values()))
    result = text.split("->")[1] if "->" in text else "".join(longest)
    meter.array(product(longest.get(letter, 1) for letter in result))
    return np.einsum(text, *arrays)


FUNCTIONS: dict[str, Function] = {
    **{name: _elementwise(name) for name in ELEMENTWISE},
    **{name: _shrinking(name) for name in SHRINKING},
    "round": _round,
    "split": _split,
    "arange": _arange,
    "linspace": _linspace,
    "zeros": _filled(0.0),
    "empty": _filled(0.0),
    "ones": _filled(1.0),
    "full": _full,
    "full_like": _full_like,
    "eye": _eye,
    "identity": _eye,
    "broadcast_to": _broadcast_to,
    "diag": _diag,
    "repeat": _repeat,
    "tile": _tile,
    "pad": _pad,
    "outer": _outer,
    "matmul": matmul,
    "dot": _dot,
    "inner": _inner,
    "einsum": _einsum,
}
"""Each takes the meter first, then what NumPy's function takes."""
