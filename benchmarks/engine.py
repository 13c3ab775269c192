"""Time a training step of the engine against PyTorch, HIPS autograd and the bare matrix products, on one thread.

    python benchmarks/engine.py [--rounds 15] [--write]

All contenders take turns in every round; a ratio is taken within a round, and the table shows medians over rounds.
With `--write` the table is put into docs/performance.md. Needs the `bench` extra.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine_steps.tasks import Task

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- benchmarks/engine.py: begin -->", "<!-- benchmarks/engine.py: end -->"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
CONTENDERS = ("ours", "pytorch", "hips", "products")
Steps = Callable[[int], float]
SHORTEST = 0.05  # seconds that one contender runs in one round, at least


def main() -> None:
    """Read the command line, measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="measure only the networks whose name contains this")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    options = parser.parse_args()
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})
    text = table(options.rounds, options.only)
    print(text)
    if options.write:
        write(text)


def table(rounds: int, only: str) -> str:
    """Measure every network and give the table as Markdown."""
    from engine_steps.tasks import all_tasks

    lines = [
        "| network | ours (ms) | PyTorch (ms) | ours / PyTorch | ours / autograd | ours / products | aim |",
        "|---|---|---|---|---|---|---|",
    ]
    for task in all_tasks():
        if only in task.name:
            lines.append(row(task, rounds))
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def row(task: "Task", rounds: int) -> str:
    """Measure one network: medians of times and of ratios."""
    times = measure(task, rounds)
    ratios = {other: median_ratio(times["ours"], times[other]) for other in CONTENDERS[1:]}
    names = {"pytorch": "PyTorch", "products": "products"}
    aims = ", ".join(f"≤ {aim:.2f} {names[other]}" for other, aim in task.at_most.items())
    ours, theirs = (1000 * statistics.median(times[name]) for name in ("ours", "pytorch"))
    shown = " | ".join(f"{ratios[other]:.2f}" for other in ("pytorch", "hips", "products"))
    return f"| {task.name} | {ours:.3f} | {theirs:.3f} | {shown} | {aims} |"


def measure(task: "Task", rounds: int) -> dict[str, list[float]]:
    """Give the seconds per step of every contender in every round, after checking that their losses agree."""
    run = contenders(task)
    losses = [run[name](1) for name in ("ours", "pytorch", "hips")]
    if max(losses) - min(losses) > 1e-4 * max(losses):
        raise SystemExit(f"{task.name}: the contenders do not compute the same loss: {losses}")
    counts = {name: max(1, round(SHORTEST / seconds(steps, 3))) for name, steps in run.items()}
    times: dict[str, list[float]] = {name: [] for name in run}
    for _ in range(rounds):
        for name, steps in run.items():
            times[name].append(seconds(steps, counts[name]))
    return times


def contenders(task: "Task") -> dict[str, Steps]:
    """Give the function of every contender that makes a number of steps."""
    from engine_steps import hips, ours, products, pytorch

    modules = (ours, pytorch, hips, products)
    return {name: module.steps(task) for name, module in zip(CONTENDERS, modules, strict=True)}


def seconds(steps: Steps, count: int) -> float:
    """Give the seconds of one step when some are made in a row."""
    start = time.perf_counter()
    steps(count)
    return (time.perf_counter() - start) / count


def median_ratio(mine: list[float], theirs: list[float]) -> float:
    """Give the median over rounds of the ratios within a round."""
    return statistics.median(m / t for m, t in zip(mine, theirs, strict=True))


def write(text: str) -> None:
    """Put the table between its marks in the page."""
    from importlib.metadata import version

    import numpy as np

    made = f"CPython {platform.python_version()}, NumPy {np.__version__}, PyTorch {version('torch')}, float32."
    block = f"{BEGIN}\n{text}\n\n{made}\n{END}"
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    PAGE.write_text(head + block + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
