"""What drawing, rendering and setting a paper cost, beside named peers in the same run.

python -m benchmarks.exams [--students 60] [--questions 20] [--write]
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import typst
from jinja2 import Template
from pypdf import PdfReader

from quizbank import bank
from quizbank.blueprint import Blueprint
from quizbank.domains import Stream
from quizbank.exam import Student, draw_exam, key_paper
from quizbank.formats import pdf
from quizbank.formats.html import render
from quizbank.selection import select
from quizbank.sheet import Sheet, exam_sheet

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
HEADING = "## Drawing and printing exams"
ROUNDS = 3
PDF_QUESTIONS, PDF_ROUNDS = 5, 20
COLD = """
import sys
from benchmarks.exams import one_sheet
from quizbank.formats.pdf import render
render((one_sheet(int(sys.argv[1])),))
"""


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


def one_sheet(seed: int) -> Sheet:
    """Draw the sheet whose setting is measured."""
    slots = select(Blueprint(questions=PDF_QUESTIONS), bank.all_questions(), Stream("benchmark", 1))
    exam = draw_exam(slots, "Benchmark", seed=seed)
    return exam_sheet(exam, exam.papers[0])


def pdf_table() -> str:
    """Measure the setting of a sheet of about four pages: cold, warm, and the same pages as plain text by typst alone."""
    plan = Blueprint(questions=PDF_QUESTIONS)
    slots = select(plan, bank.all_questions(), Stream("benchmark", 1))
    exam = draw_exam(
        slots, "Benchmark", seed=1, students=[Student(f"s{n}", f"Student {n}") for n in range(PDF_ROUNDS)]
    )
    sheets = [exam_sheet(exam, draft) for draft in exam.papers]
    pages = len(PdfReader(BytesIO(pdf.render((sheets[0],)))).pages)
    cold = [_seconds(COLD, str(number)) for number in range(ROUNDS)]
    warm = measured(lambda: [pdf.render((sheet,)) for sheet in sheets], len(sheets))
    texts = [
        f"\n#pagebreak()\n{number} ".join(["Plain words. " * 120] * pages).encode()
        for number in range(len(sheets))
    ]
    compiler = typst.Compiler()
    plain = measured(lambda: [compiler.compile(input=text) for text in texts], len(sheets))
    rows = {
        "a sheet, warm": warm,
        "a sheet, cold: a new process with its imports": statistics.median(cold) * 1e3,
        "peer: typst alone, as many pages of plain words": plain,
    }
    head = f"\nPDF of {len(slots)} questions, {pages} pages; milliseconds of processor time a sheet (sought: 30 warm).\n\n"
    return head + "| what | ms |\n|---|--:|\n" + "".join(f"| {name} | {ms:.1f} |\n" for name, ms in rows.items())


def _seconds(script: str, *arguments: str) -> float:
    """Give the processor time of a new Python process."""
    before = os.times()
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, cwd=PAGE.parent.parent)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print the table, or put it into docs/performance.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = table(given.students, given.questions) + pdf_table()
    print(found)
    if given.write:
        text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Performance\n"
        kept = re.sub(rf"\n{HEADING}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL).rstrip()
        PAGE.write_text(f"{kept}\n\n{HEADING}\n\n{found}", encoding="utf-8")


if __name__ == "__main__":
    main()
