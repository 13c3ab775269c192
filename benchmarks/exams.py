"""What drawing and rendering a paper costs, beside a plain Jinja page of the same length in the same run.

python -m benchmarks.exams [--students 60] [--questions 20] [--write]
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from jinja2 import Template

from quizbank import bank
from quizbank.blueprint import Blueprint
from quizbank.domains import Stream
from quizbank.exam import Student, draw_exam, key_paper
from quizbank.formats.html import render
from quizbank.selection import select
from quizbank.sheet import exam_sheet

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
HEADING = "## Drawing and printing exams"
ROUNDS = 3


def measured(action: Callable[[], object], questions: int) -> float:
    """Give the milliseconds of processor time a question, the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        rounds.append((time.process_time() - start) / questions * 1e3)
    return statistics.median(rounds)


def table(students: int, questions: int) -> str:
    """Measure and lay out."""
    slots = select(Blueprint(questions=questions), bank.all_questions(), Stream("benchmark", 1))
    class_ = [Student(f"s{n}", f"Student {n}") for n in range(students)]
    exam = draw_exam(slots, "Benchmark", seed=1, students=class_)
    sheets = [exam_sheet(exam, draft) for draft in exam.papers]
    pages = [render((sheet,)).decode() for sheet in sheets]
    plain = Template("{% for line in lines %}{{ line|e }}\n{% endfor %}")
    lines = [page.splitlines() for page in pages]
    count = students * len(slots)
    rows = {
        "drawing": measured(lambda: draw_exam(slots, "Benchmark", seed=1, students=class_), count),
        "keys with slips": measured(lambda: [key_paper(draft) for draft in exam.papers], count),
        "the sheet as HTML": measured(lambda: [render((sheet,)) for sheet in sheets], count),
        "solutions as HTML": measured(
            lambda: [render((exam_sheet(exam, draft, solved=True),)) for draft in exam.papers], count
        ),
        "peer: the same lines through a plain Jinja loop": measured(
            lambda: [plain.render(lines=one) for one in lines], count
        ),
    }
    head = (
        f"{students} papers of {len(slots)} questions, one process; milliseconds of processor time a question.\n\n"
    )
    return head + "| what | ms |\n|---|--:|\n" + "".join(f"| {name} | {ms:.2f} |\n" for name, ms in rows.items())


def main() -> None:
    """Print the table, or put it into docs/performance.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = table(given.students, given.questions)
    print(found)
    if given.write:
        text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Performance\n"
        kept = re.sub(rf"\n{HEADING}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL).rstrip()
        PAGE.write_text(f"{kept}\n\n{HEADING}\n\n{found}", encoding="utf-8")


if __name__ == "__main__":
    main()
