"""The code under every question on a platform: what was asked, and in whose numbers.

A platform's report shows it with the question's text; it tells nothing to whoever has not the key.
"""

import re
from typing import NamedTuple

PATTERN = re.compile(r"\[(\w{6}):(\d+)(?:\.(\w+))?(?:\((\d+),(\d+)\))?#(\d+)\]")
TAIL = 6


class Code(NamedTuple):
    """A question of an exam (the end of the exam's id), a part of it, an entry of its matrix, and the variant.

    `part` is empty where several parts are one question of the platform. The variant is the paper's place in the
    key; entries and variants are counted from 1.

    >>> str(Code("5d41a0", "3", 17)), str(Code("5d41a0", "3", 17, "dW", (1, 2)))
    ('[5d41a0:3#17]', '[5d41a0:3.dW(1,2)#17]')
    """

    exam: str
    item: str
    variant: int
    part: str = ""
    cell: tuple[int, int] | None = None

    def __str__(self) -> str:
        part = f".{self.part}" if self.part else ""
        cell = f"({self.cell[0]},{self.cell[1]})" if self.cell else ""
        return f"[{self.exam}:{self.item}{part}{cell}#{self.variant}]"


def exam_tail(exam: str) -> str:
    """Give the end of an exam's id, which tells it from others."""
    return exam[-TAIL:]


def code_html(code: Code) -> str:
    """Write a code as the last, small line of a question."""
    return f"<p><small>{code}</small></p>"


def find_code(text: str) -> Code | None:
    """Find the code in a question's text.

    >>> find_code("Which loss do you expect? [5d41a0:3.loss#17]").part
    'loss'
    """
    match = PATTERN.search(text)
    if match is None:
        return None
    exam, item, part, row, column, variant = match.groups()
    return Code(exam, item, int(variant), part or "", (int(row), int(column)) if row else None)
