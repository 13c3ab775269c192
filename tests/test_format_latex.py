"""The LaTeX source is balanced, escapes what is text, and compiles where TeX is present."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from bank_formulas import ODD, bank_formulas
from specimen_sheets import NASTY, paper, sheet

from quizbank.formats.latex import FORMAT, render
from quizbank.latexmarkup import display_math, latex_text, to_latex


def compiled(folder: Path, source: bytes) -> str:
    """Compile and give what TeX wrote to its log; fails where TeX stops."""
    (folder / "sheet.tex").write_bytes(source)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "sheet.tex"]
    for _ in range(2):
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
        assert result.returncode == 0, re.findall(r"^!.*(?:\n.*){4}", result.stdout, re.MULTILINE)
    return result.stdout


def test_environments_and_braces_are_balanced() -> None:
    source = render((sheet(), sheet(solved=True))).decode()
    opened = re.findall(r"\\begin\{(\w+\*?)\}", source)
    unescaped = re.sub(r"\\[{}\\]", "", source)

    assert sorted(opened) == sorted(re.findall(r"\\end\{(\w+\*?)\}", source))
    assert unescaped.count("{") == unescaped.count("}")


def test_text_cannot_give_commands() -> None:
    assert latex_text(r"\input{/etc/passwd} %") == r"\textbackslash{}input\{/etc/passwd\} \%"
    assert r"100\% of \#tags \& \_under\_scores, \{braces\}" in to_latex(NASTY)


def test_formulas_pass_unchanged() -> None:
    source = render((sheet(solved=True),)).decode()

    assert r"\[A = \begin{bmatrix} 5 & 3.5 \\ 6 & 5 \end{bmatrix}.\]" in source
    assert r"\textbf{Answer:} $8 \times 192$" in source


def test_a_figure_is_drawn_with_its_description() -> None:
    source = render((sheet(),)).decode()

    assert list(FORMAT.remarks(sheet())) == []
    assert r"alt={A neuron h\ensuremath{_{1}} \& its one output}]" in source
    assert r"(30,30) circle[radius=15bp];" in source and r"{h\textsubscript{1}};" in source


def test_the_drawing_package_is_asked_for_only_where_something_is_drawn() -> None:
    bare = replace(sheet(), items=tuple(replace(item, figure=None) for item in sheet().items))

    assert r"\usepackage{tikz}" in render((bare, sheet())).decode()
    assert r"tikz" not in render((bare,)).decode()


needs_tex = pytest.mark.skipif(not shutil.which("pdflatex"), reason="no TeX is installed (pdflatex)")


@needs_tex
@pytest.mark.parametrize("solved", [False, True])
def test_it_compiles(tmp_path: Path, solved: bool) -> None:
    papers = tuple(paper(number, solved=solved) for number in (1, 2, 3))

    log = compiled(tmp_path, render(papers))

    assert "undefined" not in log and (tmp_path / "sheet.pdf").stat().st_size > 10_000


@needs_tex
def test_every_formula_of_the_bank_compiles(tmp_path: Path) -> None:
    head = render(()).decode().split(r"\begin{document}")[0]
    formulas = [latex for latex in (*bank_formulas(), *ODD) if r"\texttt{X.T" not in latex]
    body = "\n".join(map(display_math, formulas))

    compiled(tmp_path, f"{head}\\begin{{document}}\n{body}\n\\end{{document}}".encode())
