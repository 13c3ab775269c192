"""Typst to PDF, and files joined; the one place that knows the compiler."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from quizbank.errors import QuizbankError


def typeset_pdf(source: str) -> bytes:
    """Compile typst to a PDF whose bytes depend on the source alone, tagged for readers that speak (PDF/UA-1).

    Where a name has letters that no font of typst's own has, fonts of the machine are asked for these; where none
    has them, the file is made without the promise of PDF/UA. Raises `QuizbankError` where typst is not installed.
    """
    typst = _typst()
    attempts: tuple[tuple[bool, list[Any]], ...] = ((False, ["ua-1"]), (True, ["ua-1"]), (True, []))
    for system_fonts, standards in attempts:
        try:
            return _compile(_compiler(system_fonts), source, standards)
        except typst.TypstError as trouble:
            if "could not be displayed" not in trouble.message:
                raise
    raise AssertionError("typst sets what it has no glyph for as a box unless a standard forbids it")


def joined_pdf(files: Sequence[bytes]) -> bytes:
    """Join PDF files, each beginning on a right-hand page; one alone is given as it is."""
    if len(files) == 1:
        return files[0]
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for file in files:
        if len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(PdfReader(BytesIO(file)))
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


def _compile(compiler: Any, source: str, standards: list[Any]) -> bytes:
    compiled: bytes = compiler.compile(input=source.encode(), format="pdf", pdf_standards=standards)
    return compiled


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise QuizbankError('PDF needs typst; install it with: pip install "quizbank[pdf]"') from None
    return typst


@cache
def _compiler(system_fonts: bool) -> Any:
    typst = _typst()
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=system_fonts))
