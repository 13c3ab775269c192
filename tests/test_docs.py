"""What is generated from the program is current, and what it prints keeps its published form."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from test_cli import run

DOCS = Path(__file__).parent.parent / "docs"


def script(name: str) -> ModuleType:
    """Load a script of the docs."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCHEMAS = script("make_schemas")


@pytest.mark.parametrize("name", sorted(SCHEMAS.SCHEMAS))
def test_schemas_are_current(name: str) -> None:
    stored = (DOCS / "schemas" / f"{name}.json").read_text(encoding="utf-8")

    assert stored == SCHEMAS.schema_text(SCHEMAS.SCHEMAS[name])


def test_the_catalogue_is_current() -> None:
    assert (DOCS / "catalogue.md").read_text(encoding="utf-8") == script("make_catalogue").catalogue()


def read(type_: Any, text: str) -> Any:
    """Read an output strictly by its published type."""
    return msgspec.json.decode(text.encode(), type=type_)


def test_outputs_keep_their_schemas(tmp_path: Path) -> None:
    types = SCHEMAS.SCHEMAS
    run("exam", "-o", str(tmp_path), "--seed", "2", "--questions", "2", "--chapters", "2")
    graded = run("grade", str(tmp_path / "key.json"), str(tmp_path / "answers.toml"), "--json").stdout

    assert read(types["list"], run("list", "--json").stdout)
    assert read(types["check"], run("check", "ch2.q4.k", "--notes", "1.386", "--json").stdout).credit == 1
    assert read(types["exam"], (tmp_path / "exam.json").read_text()).papers
    assert read(types["results"], graded).papers[0].points == 0
    assert read(types["verify"], run("verify", "ch2.q4.k", "--seeds", "2", "--json", "--workers", "1").stdout)[
        0
    ].id
    assert json.loads((tmp_path / "key.json").read_text())["format"] == 1
