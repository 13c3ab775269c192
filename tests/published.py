"""Stored cases for tests of solvers: PyTorch runs and published worked examples."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def pytorch_cases() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, (DATA / "pytorch_oracle.jsonl").read_text().splitlines()))


def pytorch(op: str, variant: str = "") -> list[dict[str, Any]]:
    """Stored PyTorch cases of one operation whose variant begins so."""
    return [case for case in pytorch_cases() if case["op"] == op and case["variant"].startswith(variant)]


@cache
def _worked() -> dict[str, dict[str, Any]]:
    return {case["id"]: case for case in json.loads((DATA / "worked_backprop.json").read_text())["cases"]}


def published(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inputs and recomputed values of one published worked example."""
    return _worked()[name]["inputs"], _worked()[name]["expected"]
