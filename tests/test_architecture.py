"""Who may import whom, how large things may grow, and what must stay out of a light import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("solvers", "grader", "quizbank")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FORBIDDEN = {"solvers": ("grader", "quizbank"), "grader": ("solvers", "quizbank"), "quizbank": ()}
SIBLINGS = (
    "grader/kinds",
    "quizbank/formats",
    "solvers/engine/layers",
    "solvers/engine/losses",
    "solvers/engine/optimisers",
)
EDGES = ("quizbank/files.py", "quizbank/desk.py", "quizbank/cli", "quizbank/web", "quizbank/store.py")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> list[str]:
    """Name the modules a file imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = name_of(path).split("/")[0]
    for module in imports(path):
        assert module.split(".")[0] not in FORBIDDEN[room]
        if not name_of(path).startswith(("quizbank/cli", "quizbank/web", "quizbank/__main__")):
            assert not module.startswith(("quizbank.cli", "quizbank.web"))


@pytest.mark.parametrize("folder", [f for f in SIBLINGS if (ROOT / f).exists()])
def test_siblings_do_not_import_each_other(folder: str) -> None:
    package = folder.replace("/", ".")
    modules = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}
    for path in (ROOT / folder).glob("*.py"):
        siblings = {f"{package}.{name}" for name in modules - {path.stem}}
        assert not siblings & set(imports(path)), name_of(path)


def test_questions_do_not_import_each_other() -> None:
    for path in (ROOT / "quizbank" / "chapters").glob("*/*.py"):
        assert not [module for module in imports(path) if module.startswith("quizbank.chapters")], name_of(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_text_is_ever_executed(path: Path) -> None:
    if name_of(path) == "quizbank/mutations.py":  # it changes the code of question files, which is ours
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "compile", "sympify", "parse_expr", "literal_eval")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in ("sympify", "parse_expr", "literal_eval")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_chance_and_clocks_stay_where_they_belong(path: Path) -> None:
    if name_of(path) == "quizbank/domains.py" or name_of(path).startswith(EDGES):
        return
    banned = {"random", "secrets", "time", "datetime"}
    if name_of(path).startswith("grader/worker"):
        banned -= {"time"}
    assert not banned & {module.split(".")[0] for module in imports(path)}


@pytest.mark.parametrize("path", [p for p in MODULES if not name_of(p).startswith(EDGES)], ids=name_of)
def test_only_the_edges_print(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("print", "input")]


HELP = "import quizbank.cli as c; c.cli.main(['--help'], standalone_mode=False)"


@pytest.mark.parametrize("command", ["import quizbank, grader, solvers", HELP])
def test_the_light_import_stays_light(command: str) -> None:
    heavy = "{'sympy', 'typst', 'starlette', 'uvicorn', 'sqlalchemy', 'jinja2', 'matplotlib', 'torch', 'mpmath'}"
    script = f"import sys\n{command}\nsys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
