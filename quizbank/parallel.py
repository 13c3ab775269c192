"""Run many small tasks: in this process, or on all cores."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
FEWEST = 4


def run_all(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int | None = None
) -> Iterator[Result]:
    """Apply a function to every task, in order; `workers` processes, by default one for each core.

    The function must be importable, and tasks and results must be picklable.
    """
    tasks = list(tasks)
    workers = min(workers or os.cpu_count() or 1, len(tasks))
    if workers < 2 or len(tasks) < FEWEST:
        yield from map(function, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(function, tasks, chunksize=max(1, len(tasks) // (workers * 16)))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
