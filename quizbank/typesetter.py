"""Typst to PDF; the one place that knows the compiler."""

from functools import cache
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
