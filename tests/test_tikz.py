"""Figures become TikZ pictures element by element, and what is not known is refused."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quizbank import bank
from quizbank.exam import Draft, Exam, Item, Student
from quizbank.formats import latex
from quizbank.part import call
from quizbank.question import Figure, Question
from quizbank.sheet import exam_sheet
from quizbank.tikz import label, tikz
from solvers.drawing.canvas import arrow, circle, lattice, line, path, picture, rect, text

DRAWN = [one.face(form) for one in bank.all_questions() if one.figure for form in one.forms or ("",)]
SIGNS = {"₁": r"\textsubscript{1}", "−": r"\textminus{}", "×": r"\texttimes{}", "σ": r"\ensuremath{\sigma}"}


def drawn(*elements: str) -> list[str]:
    """Give the lines that a picture of these elements becomes, without the frame of every picture."""
    head, box, *lines, end = tikz(picture(100, 50, *elements), "A figure.").split("\n")
    assert head.startswith(r"\begin{tikzpicture}[x=0.75bp, y=-0.75bp,") and head.endswith("alt={A figure.}]")
    assert (box, end) == (r"\useasboundingbox (0,0) rectangle (100,50);", r"\end{tikzpicture}")
    return lines


def words(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("}text")]


@pytest.mark.parametrize(
    ("element", "line"),
    [
        (rect(1, 2, 30, 4), r"\path[draw, line width=0.75bp] (1,2) rectangle +(30,4);"),
        (rect(1, 2, 3, 4, stroke=0, shade=0.2), r"\path[fill, fill opacity=0.2] (1,2) rectangle +(3,4);"),
        (
            rect(1, 2, 3, 4, stroke=2, shade=1, dashed=True),
            r"\path[draw, line width=1.5bp, dash pattern=on 3.75bp off 2.25bp, fill] (1,2) rectangle +(3,4);",
        ),
        (circle(9, 8, 4), r"\path[draw, line width=0.75bp] (9,8) circle[radius=3bp];"),
        (line((0, 1), (2.5, -3), stroke=1.2), r"\path[draw, line width=0.9bp] (0,1) -- (2.5,-3);"),
        (
            path([(0, 0), (5, 0), (5, 9)], dashed=True),
            r"\path[draw, line width=0.75bp, dash pattern=on 3.75bp off 2.25bp] (0,0) -- (5,0) -- (5,9);",
        ),
        (
            lattice(2, 3, 1, 1, 10),
            r"\path[draw, line width=0.375bp] (2,3) -- (12,3) (2,13) -- (12,13) (2,3) -- (2,13) (12,3) -- (12,13);",
        ),
        (
            text(5, 6, "a_1 & b", size=12, anchor="end"),
            r"\node[anchor=base east, node font=\fontsize{9bp}{12bp}\selectfont] at (5,10.2) {a\_1 \& b};",
        ),
        (
            text(5, 6, "Run 1", size=12, bold=True),
            r"\node[anchor=base, node font=\fontsize{9bp}{12bp}\bfseries] at (5,10.2) {Run 1};",
        ),
        ("<path d='M1 2H5V6z'/>".replace("z", "Z"), r"\path[fill] (1,2) -- (5,2) -- (5,6) -- cycle;"),
    ],
)
def test_each_element_keeps_its_place_its_pen_and_its_fill(element: str, line: str) -> None:
    assert drawn(element) == [line]


def test_an_arrow_is_a_line_and_a_filled_head() -> None:
    shaft, head = drawn(arrow((0, 10), (20, 10)))

    assert shaft == r"\path[draw, line width=0.75bp] (0,10) -- (20,10);"
    assert head == r"\path[fill] (20,10) -- (12,6.5) -- (12,13.5) -- cycle;"


def test_words_are_set_in_the_font_of_the_figure() -> None:
    for sign, written in SIGNS.items():
        assert label(f"a{sign}b") == f"a{written}b"
    assert label("x₁₂ 100%") == r"x\textsubscript{12} 100\%"


@pytest.mark.parametrize(
    "element",
    [
        "<g><rect x='0' y='0' width='1' height='1'/></g>",
        "<ellipse cx='1' cy='1' rx='1' ry='2'/>",
        "<text x='1' y='1' font-size='12'>a<tspan>b</tspan></text>",
        "<line x1='0' y1='0' x2='1' y2='1' stroke='black' transform='scale(2)'/>",
        "<line x1='0' y1='0' x2='1' y2='1' stroke='black' stroke-linecap='round'/>",
        "<rect x='0' y='0' width='1' height='1' rx='3'/>",
        "<path d='M0 0C1 1 2 2 3 3'/>",
        "<path d='M0 0 5 5'/>",
        "<path d='M0 0l5 5'/>",
        "<text x='1' y='1' font-size='12'>☃</text>",
    ],
)
def test_what_is_not_known_is_refused(element: str) -> None:
    with pytest.raises(ValueError, match="figure"):
        drawn(element)


@pytest.mark.parametrize("attribute", ["stroke='red'", "fill='#ccc'"])
def test_a_colour_is_refused(attribute: str) -> None:
    with pytest.raises(ValueError, match="a figure has one colour.*" + attribute.split("'")[1]):
        drawn(f"<circle cx='1' cy='1' r='1' {attribute}/>")


def test_a_picture_of_another_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="scales a figure"):
        tikz(picture(100, 50).replace("0 0 100 50", "0 0 10 5"), "")


def figure(question: Question, seed: int) -> Figure:
    assert question.figure
    found = call(question.figure, question.draw(seed).everything)
    assert isinstance(found, Figure)
    return found


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.id)
def test_every_figure_of_the_bank_keeps_all_elements_and_all_words(question: Question) -> None:
    for seed in range(3):
        one = figure(question, seed)
        _, _, *lines, _ = tikz(one.svg, one.alt).split("\n")
        nodes = [line for line in lines if line.startswith(r"\node")]

        assert len(lines) == len(list(ElementTree.fromstring(one.svg)))
        assert [node.partition(") {")[2].removesuffix("};") for node in nodes] == list(map(label, words(one.svg)))


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no TeX is installed (pdflatex)")
def test_every_figure_of_the_bank_compiles_and_shows_its_words(tmp_path: Path) -> None:
    items = tuple(Item(str(number), one.draw(1), 2) for number, one in enumerate(DRAWN, 1))
    draft = Draft(Student(), items)
    sheet = exam_sheet(Exam("practice-x", "Figures", (draft,), 1), draft)
    (tmp_path / "sheet.tex").write_bytes(latex.render((sheet,)))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "sheet.tex"]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False
    )

    assert result.returncode == 0, re.findall(r"^!.*(?:\n.*){4}", result.stdout, re.MULTILINE)
    pypdf = pytest.importorskip("pypdf", reason="reading what TeX made needs pypdf")
    shown = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "sheet.pdf").pages)
    signs = letters(shown)
    for item in sheet.items:
        assert item.figure
        for said in words(item.figure.svg):
            assert letters(said) in signs, said


def letters(text: str) -> str:
    """Keep letters and digits, indices as digits, since TeX sets the rest in places of its own."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))
