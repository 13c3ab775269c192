"""Which words a program may use: everything else is refused before it is run, with the nearest word that is known."""

import ast
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from grader.answer import Unreadable
from grader.programs.language import (
    BUILTINS,
    CONSTANTS,
    DTYPES,
    FORBIDDEN,
    KEYWORDS,
    LIBRARY,
    LISTS,
    METHODS,
    MODULES,
    PROPERTIES,
)
from grader.programs.meter import BITS
from grader.reading.program import Source, library_name

_STATEMENTS = (
    ast.FunctionDef, ast.Return, ast.Assign, ast.AugAssign, ast.For, ast.While, ast.If, ast.Expr, ast.Pass, ast.Break,
    ast.Continue, ast.Import,
)  # fmt: skip
_EXPRESSIONS = (
    ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.ListComp, ast.GeneratorExp, ast.Compare, ast.Call, ast.Constant,
    ast.Attribute, ast.Subscript, ast.Name, ast.List, ast.Tuple, ast.Slice,
)  # fmt: skip
_PARTS = (
    ast.Module,
    ast.alias,
    ast.arguments,
    ast.arg,
    ast.keyword,
    ast.comprehension,
    ast.expr_context,
    ast.boolop,
)
_OPERATORS = (
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult, ast.BitAnd, ast.BitOr, ast.BitXor,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.USub, ast.UAdd, ast.Invert, ast.Not,
)  # fmt: skip
_KNOWN = _STATEMENTS + _EXPRESSIONS + _PARTS + _OPERATORS
_UNKNOWN = "This is not part of the language of answers: use formulas, assignments, loops and functions."


def check_program(source: Source, inputs: Sequence[str]) -> None:
    """Raise `Unreadable` for the first word that a program with these inputs may not use."""
    for line in source.tree.body:
        if isinstance(line, ast.FunctionDef):
            _check_function(source, line)
    _check_statements(source, source.tree.body, looping=False)
    known = set(inputs) | set(_bound(source.tree)) | BUILTINS | DTYPES | MODULES
    for node in sorted(ast.walk(source.tree), key=_reading_order):
        if sentence := _objection(node, known):
            raise source.placed(Unreadable(sentence, code="unknown-name"), node)
    _check_arguments(source, inputs)


def _reading_order(node: ast.AST) -> tuple[int, int, int, int]:
    """Order nodes by where they begin, the inner ones first."""
    places = (getattr(node, field, 10**6) for field in ("lineno", "col_offset", "end_lineno", "end_col_offset"))
    line, column, last, end = places
    return line, column, last, end


def _objection(node: ast.AST, known: set[str]) -> str:
    """Say what is wrong with a node by itself; empty if nothing is."""
    marks = [child for child in ast.iter_child_nodes(node) if not hasattr(child, "lineno")]
    if not all(isinstance(part, _KNOWN) for part in (node, *marks)):
        return _UNKNOWN
    if isinstance(node, ast.Name):
        return _about_name(node, known)
    if isinstance(node, ast.Attribute):
        return _about_attribute(node)
    if isinstance(node, ast.keyword):
        return "" if node.arg in KEYWORDS | known else f"The keyword “{node.arg or '**'}” is not known here."
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name | ast.Attribute):
        return "Only functions with a name can be called."
    if isinstance(node, ast.Constant):
        return _about_constant(node.value)
    if isinstance(node, ast.comprehension) and node.is_async:
        return _UNKNOWN
    if isinstance(node, ast.Import):
        fine = all(alias.name == "numpy" and alias.asname in (None, "np") for alias in node.names)
        return "" if fine else "Only NumPy may be imported, and it is there already."
    return ""


def _about_name(node: ast.Name, known: set[str]) -> str:
    if isinstance(node.ctx, ast.Store) and node.id in MODULES | {"__builtins__"}:
        return f"The name {node.id} is taken."
    if node.id in known and "__" not in node.id:
        return ""
    if node.id in LIBRARY | CONSTANTS:
        return f"“{node.id}” needs np. before it: np.{node.id}."
    return FORBIDDEN.get(node.id) or f"The name “{node.id[:30]}” is not known here.{_hint(node.id, known)}"


def _about_constant(value: object) -> str:
    if isinstance(value, bytes | complex):
        return "Numbers are real here."
    return "This whole number is too large." if isinstance(value, int) and value.bit_length() > BITS else ""


def _about_attribute(node: ast.Attribute) -> str:
    path = library_name(node)
    if path:
        if path in LIBRARY | CONSTANTS | DTYPES | {"linalg"}:
            return ""
        first = path.split(".")[0]
        return FORBIDDEN.get(first) or f"“np.{path[:30]}” is not known here.{_hint(path, LIBRARY, 'np.')}"
    if node.attr in METHODS | PROPERTIES | LISTS:
        return "" if isinstance(node.ctx, ast.Load) else "An attribute cannot be given a value."
    return f"“.{node.attr[:30]}” is not known here.{_hint(node.attr, METHODS | PROPERTIES, '.')}"


def _hint(word: str, known: set[str] | frozenset[str], lead: str = "") -> str:
    close = get_close_matches(word[:40], sorted(known), 1, 0.6)
    return f" Did you mean {lead}{close[0]}?" if close else ""


def _bound(tree: ast.Module) -> Iterator[str]:
    """Give every name the program itself gives a value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg


def _check_function(source: Source, node: ast.FunctionDef) -> None:
    form = node.args
    node.returns = None
    for argument in form.args:
        argument.annotation = None
    if form.vararg or form.kwarg or form.kwonlyargs or form.posonlyargs or node.decorator_list:
        raise source.placed(Unreadable("A function takes plain arguments only.", code="unknown-name"), node)


def _check_statements(source: Source, statements: list[ast.stmt], looping: bool, inside: bool = False) -> None:
    for node in statements:
        if isinstance(node, ast.Break | ast.Continue) and not looping:
            raise source.placed(Unreadable("This stands outside a loop.", code="syntax"), node)
        if isinstance(node, ast.FunctionDef) and inside:
            raise source.placed(
                Unreadable("Functions may not be written inside others.", code="unknown-name"), node
            )
        loops = isinstance(node, ast.For | ast.While) or (looping and not isinstance(node, ast.FunctionDef))
        for block in ("body", "orelse"):
            _check_statements(
                source, getattr(node, block, []), loops and not (block == "orelse" and not looping), True
            )


def _check_arguments(source: Source, inputs: Sequence[str]) -> None:
    """See that the last function takes the inputs, by name or one by one."""
    final = source.tree.body[-1]
    if not isinstance(final, ast.FunctionDef):
        return
    names = [argument.arg for argument in final.args.args]
    needed = len(names) - len(final.args.defaults)
    if set(inputs) <= set(names) and set(names[:needed]) <= set(inputs):
        return
    if not needed <= len(inputs) <= len(names):
        sentence = f"The function {final.name} must take the arguments {', '.join(inputs)}."
        raise source.placed(Unreadable(sentence, code="arguments"), final.args.args[0] if names else final)
