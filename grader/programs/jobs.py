"""A job for the interpreter: a program's text, run on each of several draws of its inputs."""

from typing import Any

import numpy as np

from grader.answer import Unreadable
from grader.programs.interpreter import run
from grader.reading.program import Source, read_program
from grader.reading.program_words import check_program
from grader.worker import Failed, Job, Ran, Tensor


def perform(job: Job) -> Ran | Failed:
    """Run a program on each draw, within one budget each; the first trouble ends it."""
    try:
        source = read_program(job.text)
        check_program(source, list(job.draws[0]))
        return Ran(tuple(_values(source, draw) for draw in job.draws))
    except Unreadable as trouble:
        return Failed(trouble.code, trouble.sentence)
    except (MemoryError, RecursionError):
        return Failed("limit", "The program took too much memory and was stopped.")


def pack(array: Any) -> Tensor:
    """Turn an array or number into bytes."""
    whole = np.asarray(array).dtype.kind in "bi"
    flat = np.ascontiguousarray(array, dtype=np.int64 if whole else np.float64)
    return Tensor(np.shape(array), flat.tobytes(), whole)


def unpack(tensor: Tensor) -> Any:
    """Turn bytes into an array that may be changed.

    >>> unpack(pack([[1.5, 2]]))
    array([[1.5, 2. ]])
    """
    flat = np.frombuffer(tensor.data, dtype=np.int64 if tensor.whole else np.float64)
    return flat.reshape(tensor.shape).copy()


def _values(source: Source, draw: Any) -> tuple[Tensor, ...]:
    value = run(source, {name: unpack(tensor) for name, tensor in draw.items()})
    several = isinstance(value, tuple)
    return tuple(pack(part) for part in value) if several else (pack(value),)
