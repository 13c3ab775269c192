"""Judge pairs of formulas with our grader, with Math-Verify and with SymPy's simplify: who is right, and how fast.

    python benchmarks/grader.py [--only ours] [--limit N] [--write]

The pairs are tests/data/pairs.jsonl: what was wanted, what a student wrote, and if it is right. Math-Verify and
SymPy get the truth as LaTeX and the answer between dollar signs, as Math-Verify asks for; SymPy has no reader of its
own for such a mixture, so it simplifies what Math-Verify has read. Needs the `bench` extra.
"""

import argparse
import json
import signal
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[0] = str(ROOT)  # this file and the package have one name

from grader.answer import Answer, Target, mark  # noqa: E402
from grader.kinds.expression import Expression  # noqa: E402
from grader.kinds.number import Number  # noqa: E402
from grader.verdict import Outcome  # noqa: E402

PAIRS = ROOT / "tests" / "data" / "pairs.jsonl"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- benchmarks/grader.py: begin -->", "<!-- benchmarks/grader.py: end -->"
PATIENCE = 10  # seconds for one pair

Pair = dict[str, Any]
Judge = Callable[[Pair], bool | None]
"""True or False for right or wrong, None where the judge cannot tell."""


class Finding(NamedTuple):
    """What a judge said of a pair, and how long it took in milliseconds."""

    pair: Pair
    said: bool | None
    time: float


def main() -> None:
    """Read the command line, judge, print, and write the page if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="run only this judge: ours, math-verify or simplify")
    parser.add_argument("--limit", type=int, default=10**6, help="take only so many pairs")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()][: options.limit]
    judges = {name: judge for name, judge in JUDGES.items() if options.only in ("", name)}
    text = table({name: [judged(judge, pair) for pair in pairs] for name, judge in judges.items()})
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def judged(judge: Judge, pair: Pair) -> Finding:
    """Let a judge decide one pair, at most so long; an error or a time-out is no decision."""
    start = time.perf_counter()
    try:
        with at_most(PATIENCE):
            said = judge(pair)
    except Exception:
        said = None
    return Finding(pair, said, 1000 * (time.perf_counter() - start))


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Interrupt what takes too long; Math-Verify's own alarm is switched off for that."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def answer_of(pair: Pair) -> Answer:
    """Give the kind of answer a pair asks for."""
    return Expression(variables=pair["variables"]) if pair["variables"] else Number()


def ours(pair: Pair) -> bool | None:
    """Judge as a paper is marked, from the text to the feedback."""
    outcome = mark(answer_of(pair), pair["answer"], Target(pair["truth"])).outcome
    return None if outcome in (Outcome.REVIEW, Outcome.UNREADABLE) else outcome is Outcome.CORRECT


def math_verify(pair: Pair) -> bool | None:
    """Judge with Math-Verify; the truth is read beforehand."""
    from math_verify import verify

    gold, read = gold_of(pair), read_by_math_verify(pair["answer"])
    return verify(gold, read, timeout_seconds=None) if read else None


def simplify(pair: Pair) -> bool | None:
    """Judge by simplifying the difference of what Math-Verify has read."""
    import sympy

    gold, read = gold_of(pair), read_by_math_verify(pair["answer"])
    if not read or isinstance(read[0], str) or isinstance(gold[0], str):
        return None
    return bool(sympy.simplify(gold[0] - read[0]) == 0)


def gold_of(pair: Pair) -> Any:
    """Read the truth once."""
    return _gold(answer_of(pair).typeset(pair["truth"]))


@lru_cache(4096)
def _gold(latex: str) -> Any:
    return read_by_math_verify(latex)


def read_by_math_verify(text: str) -> Any:
    """Read as Math-Verify's manual says: as LaTeX first, as a plain expression if that fails."""
    from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse

    configs = [LatexExtractionConfig(), ExprExtractionConfig()]
    return parse(f"${text}$", configs, parsing_timeout=None) or parse(text, configs, parsing_timeout=None)


JUDGES: dict[str, Judge] = {"ours": ours, "math-verify": math_verify, "simplify": simplify}


def table(found: dict[str, list[Finding]]) -> str:
    """Show accuracy and time of every judge, for all pairs and for those whose answer is LaTeX."""
    lines = [
        "| judge | pairs | decided rightly | wrong accepted | right refused | no decision | median ms | 99 % ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, findings in found.items():
        lines.append(row(name, findings))
        lines.append(row(f"{name}, LaTeX", [f for f in findings if "\\" in f.pair["answer"]]))
    return "\n".join(lines)


def row(name: str, findings: list[Finding]) -> str:
    """Make one line of the table."""
    right = sum(f.said is f.pair["right"] for f in findings)
    accepted = sum(f.said is True and not f.pair["right"] for f in findings)
    refused = sum(f.said is False and f.pair["right"] for f in findings)
    silent = sum(f.said is None for f in findings)
    times = sorted(f.time for f in findings)
    slow = times[min(len(times) - 1, int(0.99 * len(times)))]
    share = f"{100 * right / len(findings):.1f} %"
    median = f"{statistics.median(times):.2f}"
    return f"| {name} | {len(findings)} | {share} | {accepted} | {refused} | {silent} | {median} | {slow:.1f} |"


if __name__ == "__main__":
    main()
