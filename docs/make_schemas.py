"""Make docs/schemas/: the JSON schema of every file and every `--json` output."""

import json
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from grader.decisions import Decisions
from grader.key import Key
from grader.verdict import Verdict
from quizbank.blueprint import Blueprint
from quizbank.checking import Checked, Failed, Request
from quizbank.cli.list import Row
from quizbank.issue import PublicExam
from quizbank.regrading import Change
from quizbank.report import Results
from quizbank.solved import SolvedProblem
from quizbank.submission import AnswersFile
from quizbank.verify import Proof

SCHEMAS: dict[str, Any] = {
    "answers": AnswersFile,
    "blueprint": Blueprint,
    "changes": tuple[Change, ...],
    "check": Checked,
    "check-batch-request": Request,
    "check-batch-failed": Failed,
    "decisions": Decisions,
    "exam": PublicExam,
    "key": Key,
    "list": tuple[Row, ...],
    "results": Results,
    "solve": SolvedProblem,
    "verdict": Verdict,
    "verify": tuple[Proof, ...],
}
FOLDER = Path(__file__).parent / "schemas"


def schema_text(type_: Any) -> str:
    """Write one schema, laid out to be read."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(type_)}
    return json.dumps(_undented(schema), indent=1, ensure_ascii=False) + "\n"


def _undented(schema: Any) -> Any:
    """Take the indentation out of descriptions, which some versions of Python and msgspec leave in."""
    if isinstance(schema, list):
        return list(map(_undented, schema))
    if not isinstance(schema, dict):
        return schema
    described = schema.get("description")
    clean = {"description": cleandoc(described)} if isinstance(described, str) else {}
    return {name: _undented(value) for name, value in schema.items()} | clean


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, type_ in SCHEMAS.items():
        (FOLDER / f"{name}.json").write_text(schema_text(type_), encoding="utf-8")
