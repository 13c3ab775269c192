"""A network in one line: `x=[1,2]; affine(2,3,seed=1); relu; affine(3,1); mse(target=[3.2]); sgd(lr=0.1)`.

Read by a parser of its own; nothing is executed. A statement is an input (`x = [1, 2]`), a layer, a loss or an update;
`q = add(x, y)` names a layer and what it reads. Numbers without a name are a layer's sizes, then its other settings, in
the order of the documentation. A line of formulas (`q = x + y; f = q * z`) is a circuit of scalars instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from quizbank.errors import QuizbankError, did_you_mean
from solvers.engine.losses import all_losses
from solvers.engine.optimisers import all_optimisers
from solvers.walkthrough.spelling import KINDS, LOSSES, UPDATES, canonical
from solvers.walkthrough.tidying import members

TOKENS = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>[^\W\d]\w*(?:-[^\W\d]\w*)*)|(?P<sign>[\[\](),;=]))"
)
WORDS = {"true": True, "false": False, "True": True, "False": False}
LONGEST = 100_000
DEEPEST = 12


class Token(NamedTuple):
    """A word of the line and where it stands."""

    kind: str
    text: str
    place: int


@dataclass
class Call:
    """A name with what stands in its brackets."""

    name: str
    bare: bool = True
    values: list[Any] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


def read_calls(line: str) -> dict[str, Any]:
    """Read a line as the tables of a problem; raises `QuizbankError` pointing at the place of the trouble.

    >>> read_calls("x=[1,2]; affine(2,1,seed=3); relu")
    {'input': {'x': [1, 2]}, 'layer': [{'kind': 'affine', 'in': 2, 'out': 1, 'seed': 3}, {'kind': 'relu'}]}
    """
    if is_circuit(line):
        return read_circuit(line)
    tree: dict[str, Any] = {}
    for statement in _Reader(line).statements():
        name, value = statement if isinstance(statement, tuple) else ("", statement)
        if isinstance(value, Call):
            _add(tree, value, name)
        elif name in tree.setdefault("input", {}):
            raise QuizbankError(f"The input {name} is given twice.")
        else:
            tree["input"][name] = value
    return tree


def is_circuit(line: str) -> bool:
    """Say whether a line has formulas: a statement with an arithmetic sign outside of brackets, or of names only.

    >>> is_circuit("x = -2; y = 5; f = x * y"), is_circuit("x=[1,2]; leaky-relu(0.1); bce-logits(target=[-1])")
    (True, False)
    """
    return any(_is_formula(statement) for statement in line.split(";"))


def read_circuit(line: str) -> dict[str, Any]:
    """Read numbers as inputs and all else as the program of a circuit.

    >>> read_circuit("x = -2; f = x * 3")
    {'circuit': 'f = x * 3', 'input': {'x': -2}}
    """
    inputs: dict[str, Any] = {}
    program = []
    for statement in filter(str.strip, line.split(";")):
        number = re.fullmatch(r"\s*([^\W\d]\w*)\s*=\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*", statement)
        if number:
            inputs[number[1]] = _Reader(number[2]).value()
        else:
            program.append(statement.strip())
    return {"circuit": "; ".join(program), "input": inputs}


def _is_formula(statement: str) -> bool:
    """Say whether a statement computes something from names."""
    left, equals, right = statement.partition("=")
    named = re.fullmatch(r"\s*[^\W\d]\w*\s*[-+*/]?", left)
    return bool(
        equals and named and re.search(r"[^\W\d]", right) and re.search(r"[-+*/^]\s*[\w(.]|\w\s*\(", right)
    ) and not (
        re.match(r"\s*[\w-]+\s*\(", right)
        and canonical(right.partition("(")[0].strip(), members(), KINDS) in members()
    )


def _add(tree: dict[str, Any], call: Call, name: str = "") -> None:
    """Put a call where it belongs: among the layers, or as loss or update."""
    layers, losses, updates = members(), all_losses(), all_optimisers()
    kind = canonical(call.name, layers, KINDS)
    if kind in layers:
        tree.setdefault("layer", []).append(_layer(call) | ({"name": name} if name else {}))
        return
    for section, known, others in (("loss", losses, LOSSES), ("update", updates, UPDATES)):
        kind = canonical(call.name, known, others)
        if kind in known:
            if section in tree:
                raise QuizbankError(
                    f"There are two of a kind, {tree[section]['kind']} and {kind}; give one {section}."
                )
            names = ["target"] if section == "loss" else [one.name for one in fields(known[kind])]
            tree[section] = {"kind": kind, **_settings(call, names)}
            return
    hint = did_you_mean(call.name, [*layers, *losses, *updates])
    raise QuizbankError(f"There is no layer, loss or update “{call.name}”. {hint}".strip())


def _layer(call: Call) -> dict[str, Any]:
    """Give a call as the table of a layer; calls in its brackets are the layers within it."""
    kind = canonical(call.name, members(), KINDS)
    if kind not in members():
        hint = did_you_mean(call.name, members())
        raise QuizbankError(f"There is no layer “{call.name}”. {hint}".strip())
    member = members()[kind]
    read = [value.name for value in call.values if isinstance(value, Call) and value.bare and not _is_layer(value)]
    inner = [_layer(value) for value in call.values if isinstance(value, Call) and value.name not in read]
    sizes = [dict(zip(member.sizes, ("in", "out"), strict=False)).get(size, size) for size in member.sizes]
    call.values = [value for value in call.values if not isinstance(value, Call)]
    names = [*sizes, *(one.name for one in fields(member) if one.name not in ("layer", "shortcut", "branch"))]
    held = {"layer": inner} if inner else {}
    sources = {"inputs": read} if read else {}
    return {"kind": kind, **held, **sources, **_settings(call, names)}


def _is_layer(call: Call) -> bool:
    return canonical(call.name, members(), KINDS) in members()


def _settings(call: Call, names: list[str]) -> dict[str, Any]:
    if len(call.values) > len(names):
        raise QuizbankError(f"{call.name} takes at most {len(names)} values without a name ({', '.join(names)}).")
    placed = dict(zip(names, call.values, strict=False))
    return placed | {name: _tables(value) for name, value in call.settings.items()}


def _tables(value: Any) -> Any:
    """Give calls within lists as tables, so that `shortcut=[conv2d(1,2,1)]` works."""
    if isinstance(value, list):
        return [_tables(one) for one in value]
    return _layer(value) if isinstance(value, Call) else value


class _Reader:
    """Reads statements from left to right."""

    def __init__(self, line: str) -> None:
        if len(line) > LONGEST:
            raise QuizbankError(f"The line is longer than {LONGEST} characters; write a file instead.")
        self.line, self.tokens, self.next, self.depth = line, _tokens(line), 0, 0

    def statements(self) -> list[Call | tuple[str, Any]]:
        """Read all statements, between semicolons."""
        found: list[Call | tuple[str, Any]] = []
        while self.peek().kind != "end":
            if not self.taken(";"):
                found.append(self.statement())
                if self.peek().kind != "end":
                    self.expect(";")
        return found

    def statement(self) -> Call | tuple[str, Any]:
        name = self.take("name", "a layer, a loss, an update, or an input such as x = [1, 2]")
        return (name, self.value()) if self.taken("=") else self.call(name)

    def call(self, name: str) -> Call:
        call = Call(name)
        if self.taken("("):
            call.bare = False
            self.series(")", lambda: self.argument(call))
        return call

    def argument(self, call: Call) -> None:
        following = self.tokens[self.next + 1]
        if self.peek().kind == "name" and following.text == "=":
            name = self.take("name", "a name")
            self.expect("=")
            if name in call.settings:
                self.fail(f"{name} is given twice")
            call.settings[name] = self.value()
        elif call.settings:
            self.fail("a value without a name cannot follow one with a name")
        else:
            call.values.append(self.value())

    def value(self) -> Any:
        token = self.peek()
        if self.taken("["):
            values: list[Any] = []
            self.series("]", lambda: values.append(self.value()))
            return values
        self.next += 1
        if token.kind == "number":
            return float(token.text) if re.search(r"[.eE]", token.text) else int(token.text[:400])
        if token.kind == "text":
            return token.text[1:-1]
        if token.kind == "name":
            return WORDS[token.text] if token.text in WORDS else self.call(token.text)
        self.next -= 1
        return self.fail("expected a value")

    def series(self, end: str, read: Callable[[], None]) -> None:
        """Read what stands between commas up to a closing bracket."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"brackets are nested more than {DEEPEST} deep")
        while not self.taken(end):
            read()
            if not self.taken(","):
                self.expect(end)
                break
        self.depth -= 1

    def peek(self) -> Token:
        return self.tokens[self.next]

    def taken(self, sign: str) -> bool:
        found = self.peek().kind == "sign" and self.peek().text == sign
        self.next += found
        return found

    def take(self, kind: str, what: str) -> str:
        if self.peek().kind != kind:
            self.fail(f"expected {what}")
        self.next += 1
        return self.tokens[self.next - 1].text

    def expect(self, sign: str) -> None:
        if not self.taken(sign):
            self.fail(f"expected “{sign}”")

    def fail(self, reason: str) -> Any:
        token = self.peek()
        what = f"“{token.text}”" if token.text else "the end"
        raise QuizbankError(f"At character {token.place + 1} of the line, {what}: {reason}.")


def _tokens(line: str) -> list[Token]:
    tokens, place = [], 0
    while place < len(line.rstrip()):
        found = TOKENS.match(line, place)
        if not found:
            rest = line[place:].lstrip()
            raise QuizbankError(
                f"At character {len(line) - len(rest) + 1} of the line: “{rest[0]}” is not understood."
            )
        kind = str(found.lastgroup)
        tokens.append(Token(kind, found[kind], found.start(kind)))
        place = found.end()
    return [*tokens, Token("end", "", len(line)), Token("end", "", len(line))]
