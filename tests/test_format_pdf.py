"""The PDF is read back: texts, page counts, fonts, spoken formulas, and the same bytes each time."""

import io
import re
import shutil
import subprocess
from typing import Any

import pytest
from specimen_sheets import PARTS, paper, sheet

pypdf = pytest.importorskip("pypdf", reason="pypdf reads the pages back")
pytest.importorskip("typst", reason="the extra pdf is not installed")

from quizbank.formats import template  # noqa: E402
from quizbank.formats.pdf import render, source  # noqa: E402
from quizbank.typesetter import typeset_pdf  # noqa: E402
from quizbank.typstmarkup import to_typst  # noqa: E402


@pytest.fixture(scope="module")
def student() -> Any:
    return pypdf.PdfReader(io.BytesIO(render((sheet(),))))


@pytest.fixture(scope="module")
def solved() -> Any:
    return pypdf.PdfReader(io.BytesIO(render((sheet(solved=True),))))


@pytest.fixture(scope="module")
def whole_class() -> Any:
    return pypdf.PdfReader(io.BytesIO(render(tuple(paper(number) for number in (1, 2, 3)))))


def texts(reader: Any) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def spoken(reader: Any) -> list[str]:
    """Give the text of every formula and figure as it is read aloud, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node["/K"]) if "/K" in node else None
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_every_page_is_numbered_and_the_title_page_comes_first(student: Any) -> None:
    pages = texts(student)

    assert "Matriculation number s_1" in pages[0] and "Zoë {O'Neil} #1" in pages[0] and "Reached" in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert "practice-0a1b2c · seed 7" in page


def test_a_class_is_one_file_whose_papers_begin_on_right_hand_pages(whole_class: Any) -> None:
    pages = texts(whole_class)
    starts = [number for number, page in enumerate(pages) if "page 1 of" in page]

    assert len(starts) == 3 and all(start % 2 == 0 for start in starts)
    for number, start in enumerate(starts, 1):
        assert f"exam {number} of 3, page 1 of" in pages[start] and f"Student {number}" in pages[start]


def test_a_student_sees_no_answer_and_the_solutions_show_all(student: Any, solved: Any) -> None:
    asked, told = " ".join(texts(student)), " ".join(texts(solved))

    assert "centred at zero" not in asked and "1.386" not in asked and "Multiply" not in asked
    assert told.count("It is centred at zero.") == 2 and told.count("1.386") == 2
    assert told.count("Multiply") == 2 * len(PARTS) and "Put the numbers in" in told


def test_nasty_signs_are_set_as_they_are(student: Any) -> None:
    page = " ".join(texts(student))

    for sign in ("100%", "#tags", "_under_scores", "{braces}", "a~b", "3 < 4 > 2", "back\\slash", "x.T @ G"):
        assert sign in page


def test_the_file_is_tagged_and_every_formula_can_be_read_aloud(solved: Any) -> None:
    root = solved.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert "a ⋅ b = 2 ⋅ 3 = 6" in spoken(solved)
    assert "A neuron h₁ & its one output" in spoken(solved)
    assert all(text.strip() for text in spoken(solved))


def test_fonts_are_embedded(solved: Any) -> None:
    fonts = [
        child["/FontDescriptor"]
        for page in solved.pages
        for font in page["/Resources"]["/Font"].values()
        for child in font["/DescendantFonts"]
    ]

    assert fonts and all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render((sheet(),)) == render((sheet(),))


def test_a_short_practice_sheet_needs_no_title_page() -> None:
    from dataclasses import replace

    short = replace(sheet(), items=sheet().items[1:3])

    assert "Only number" in texts(pypdf.PdfReader(io.BytesIO(render((short,)))))[0]


def test_a_name_in_letters_no_font_has_does_not_stop_the_press() -> None:
    from dataclasses import replace

    assert render((replace(paper(1), name="李小龙 \U0001f600"),)).startswith(b"%PDF")


def test_a_mistake_in_the_source_is_loud() -> None:
    with pytest.raises(RuntimeError, match="unknown variable"):
        typeset_pdf("#nonsense(1)")


def test_titles_cannot_smuggle_typst() -> None:
    from dataclasses import replace

    wicked = replace(sheet(), title='"); #panic("smuggled") //')

    assert "smuggled" in " ".join(texts(pypdf.PdfReader(io.BytesIO(render((wicked,))))))
    assert '#panic("smuggled")' not in source((wicked,))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_poppler_reads_the_same_text(tmp_path: Any) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(render((sheet(solved=True),)))
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout

    assert "It is centred at zero." in text and "100% of #tags" in text


@pytest.mark.parametrize("latex", [r"\begin{bmatrix} 7 \\ 8 \\ 9 \end{bmatrix}", r"\frac{e^u}{e^v}"])
def test_what_is_tall_keeps_its_height_in_a_line(latex: str) -> None:
    inside, alone = to_typst(f"${latex}$"), to_typst(f"$${latex}$$")
    heights = f"assert(measure(block[{inside}]).height >= measure(block(width: 9cm)[{alone}]).height)"

    typeset_pdf(f"#set document(title: [x])\n{template('prelude.typ.jinja').render()}\n#context {heights}")


def letters(text: str) -> str:
    """Give the letters of a page, whatever order and gaps the reader found them in."""
    return "".join(sorted(text.replace(" ", "")))


def test_a_large_class_is_set_in_pieces_and_joined(whole_class: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = tuple(paper(number) for number in (1, 2, 3))
    monkeypatch.setattr("quizbank.formats.pdf.AT_ONCE", 2)
    joined, again = render(papers), render(papers)
    pages, plain = texts(pypdf.PdfReader(io.BytesIO(joined))), texts(whole_class)
    begins = [number for number, text in enumerate(pages) if "page 1 of" in text]

    assert joined == again
    assert [letters(text) for text in pages if text] == [letters(text) for text in plain if text]
    assert len(begins) == 3 and all(number % 2 == 0 for number in begins)
