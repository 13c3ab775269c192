"""Bounded conversions and shapes: nothing reaches NumPy that is not a modest array of plain numbers."""

from typing import Any, TypeGuard

import numpy as np

from grader.answer import Unreadable
from grader.programs.meter import LARGEST, NESTING, Meter, over, product

Shape = tuple[int, ...]


def failed(sentence: str) -> Unreadable:
    """Make the error of a program that cannot go on; a sentence without a subject is about the code at fault."""
    return Unreadable(sentence, code="run-error")


def is_array(value: object) -> TypeGuard[np.ndarray[Any, Any]]:
    """Tell arrays and NumPy's numbers from plain ones."""
    return isinstance(value, np.ndarray | np.generic)


def is_number(value: object) -> TypeGuard[float]:
    """Tell plain numbers and truth values."""
    return isinstance(value, bool | int | float)


def as_array(value: object, meter: Meter) -> Any:
    """Make an array of numbers, or raise `Unreadable`; lists are counted before they are copied."""
    if is_array(value):
        return value
    if isinstance(value, int):
        meter.whole(int(value).bit_length())
    elif isinstance(value, list | tuple):
        meter.array(_count(value, meter, NESTING))
        _same_lengths(value)
    elif not isinstance(value, float):
        raise failed(f"An array or a number was expected here, and {kind_of(value)} came.")
    array = np.asarray(value)
    if array.dtype.kind not in "bif":
        raise failed("An array may hold numbers and truth values only.")
    return array


def checked(value: Any) -> Any:
    """Pass a library's result on if it is made of numbers and modest arrays."""
    if isinstance(value, list | tuple):
        return type(value)(checked(item) for item in value) if type(value) in (list, tuple) else tuple(value)
    if not is_array(value) and not is_number(value):
        raise failed("Only arrays and numbers can be computed with.")
    if is_array(value) and (value.dtype.kind not in "bif" or any(length > LARGEST for length in value.shape)):
        raise failed("Only modest arrays of real numbers can be computed with.")
    return value


def broadcast(one: Shape, other: Shape) -> Shape:
    """Give the shape of two broadcast together; raises `Unreadable` if they do not fit.

    >>> broadcast((4, 1), (3,))
    (4, 3)
    """
    rank = max(len(one), len(other))
    pairs = zip((1,) * (rank - len(one)) + one, (1,) * (rank - len(other)) + other, strict=True)
    joined = []
    for left, right in pairs:
        if left != right and 1 not in (left, right):
            raise failed(
                f"combines {sizes(one)} with {sizes(other)}, which do not broadcast: {left} and {right} differ."
            )
        joined.append(right if left == 1 else left)
    return tuple(joined)


def multiplied(one: Shape, other: Shape) -> tuple[Shape, int]:
    """Give the shape of a matrix product and the length summed over; raises `Unreadable`.

    >>> multiplied((8, 192), (192, 16))
    ((8, 16), 192)
    """
    if not one or not other:
        raise failed("multiplies matrices, and a number came: write *.")
    inner, facing = one[-1], other[-2] if len(other) > 1 else other[0]
    if inner != facing:
        raise failed(f"multiplies {sizes(one)} by {sizes(other)}: {inner} and {facing} differ.")
    batch = broadcast(one[:-2], other[:-2])
    return batch + one[-2:-1] * (len(one) > 1) + other[-1:] * (len(other) > 1), inner


def sizes(shape: Shape) -> str:
    """Write a shape as students say it.

    >>> sizes((8, 192)), sizes((3,)), sizes(())
    ('8×192', '(3,)', 'a number')
    """
    return "×".join(map(str, shape)) if len(shape) > 1 else str(shape) if shape else "a number"


def kind_of(value: object) -> str:
    """Name a value for a message."""
    names = {
        list: "a list",
        tuple: "a tuple",
        str: "text",
        range: "a range",
        type(None): "nothing (None)",
        type(...): "...",
    }
    return names.get(
        type(value), "an array" if is_array(value) else "a number" if is_number(value) else "a function"
    )


def lengths(shape: object) -> Shape:
    """Read a shape given as a whole number or several."""
    parts = shape if isinstance(shape, list | tuple) else (shape,)
    if len(parts) > 16 or not all(isinstance(part, int | np.integer) for part in parts):
        raise failed("A shape was expected, such as (3, 4).")
    return tuple(int(part) for part in parts)


def size_of(shape: object, meter: Meter) -> Shape:
    """Read a shape and pay for an array of it."""
    read = lengths(shape)
    meter.array(product(read))
    return read


def _count(value: object, meter: Meter, depth: int) -> int:
    meter.step()
    if is_array(value):
        return int(np.size(value))
    if not isinstance(value, list | tuple):
        return 1
    if depth == 0:
        raise over(f"Lists may be nested {NESTING} deep.")
    return sum(_count(item, meter, depth - 1) for item in value)


def _same_lengths(value: list[Any] | tuple[Any, ...]) -> None:
    shapes = {
        np.shape(item) if is_array(item) else len(item) if isinstance(item, list | tuple) else () for item in value
    }
    if len({type(shape) for shape in shapes}) == 1 and len(shapes) > 1:
        raise failed("The rows of this list have different lengths.")
