"""Computing expressions: one small method for each node of the tree that is known, and none for others."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.answer import Unreadable
from grader.programs.arithmetic import combine, compare, signed, truth
from grader.programs.arrays import failed, is_array, kind_of
from grader.programs.functions import call_library
from grader.programs.language import BUILTINS, DTYPES, LIBRARY, LISTS, METHODS, PROPERTIES, WORDS
from grader.programs.meter import Meter
from grader.programs.values import call_builtin, call_method, items_of, look_up, part_of
from grader.reading.program import Source, library_name

Scope = dict[str, Any]
Handler = Callable[[Any, Any, Scope], Any]
_NUMBERS = {
    "pi": 3.141592653589793,
    "e": 2.718281828459045,
    "inf": float("inf"),
    "nan": float("nan"),
    "newaxis": None,
}
_TYPES = {"float": float, "int": int, "bool": bool}


class Expressions:
    """Computes expressions of one program within one budget."""

    def __init__(self, source: Source) -> None:
        self.source, self.meter = source, Meter()
        self.functions: dict[str, ast.FunctionDef] = {}
        self.outer: Scope = {}

    def value(self, node: ast.expr, scope: Scope) -> Any:
        """Compute an expression; an error in it is given its place and its code."""
        self.meter.step()
        compute: Handler = EXPRESSIONS.get(type(node), unknown)
        return self.placing(node, lambda: compute(self, node, scope))

    def placing(self, node: ast.AST, action: Callable[[], Any]) -> Any:
        """Do something; an error that has no place yet is placed at the node."""
        try:
            return action()
        except Unreadable as trouble:
            raise trouble if trouble.start >= 0 else self.source.placed(trouble, node) from None

    def call_own(self, function: ast.FunctionDef, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
        """Call a function of the program's own."""
        raise NotImplementedError

    def constant(self, node: ast.Constant, scope: Scope) -> Any:
        """A number, a truth value, None or `...`."""
        if isinstance(node.value, str | bytes | complex):
            raise failed("is no number.")
        if isinstance(node.value, int):
            self.meter.whole(node.value.bit_length())
        return node.value

    def name(self, node: ast.Name, scope: Scope) -> Any:
        """A variable."""
        for names in (scope, self.outer):
            if node.id in names:
                return names[node.id]
        raise failed("has no value here yet.")

    def binary(self, node: ast.BinOp, scope: Scope) -> Any:
        """An operator between two operands."""
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        return combine(type(node.op), left, right, self.meter)

    def unary(self, node: ast.UnaryOp, scope: Scope) -> Any:
        """An operator before its operand."""
        operand = self.value(node.operand, scope)
        return not truth(operand) if isinstance(node.op, ast.Not) else signed(type(node.op), operand, self.meter)

    def logical(self, node: ast.BoolOp, scope: Scope) -> Any:
        """`and` and `or`, which stop early."""
        result: Any = None
        for operand in node.values:
            result = self.value(operand, scope)
            if truth(result) != isinstance(node.op, ast.And):
                break
        return result

    def comparison(self, node: ast.Compare, scope: Scope) -> Any:
        """A comparison, or a chain of them."""
        left, result = self.value(node.left, scope), True
        for kind, operand in zip(node.ops, node.comparators, strict=True):
            right = self.value(operand, scope)
            result = compare(type(kind), left, right, self.meter)
            if len(node.ops) > 1 and not truth(result):
                break
            left = right
        return result

    def choice(self, node: ast.IfExp, scope: Scope) -> Any:
        """`a if condition else b`."""
        return self.value(node.body if truth(self.value(node.test, scope)) else node.orelse, scope)

    def sequence(self, node: ast.List | ast.Tuple, scope: Scope) -> Any:
        """A list or tuple written out."""
        items = [self.value(item, scope) for item in node.elts]
        self.meter.items(len(items))
        return tuple(items) if isinstance(node, ast.Tuple) else items

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> list[Any]:
        """`[f(x) for x in xs if condition]`."""
        found = []
        for inner in self._loops(list(node.generators), dict(scope)):
            found.append(self.value(node.elt, inner))
            self.meter.items(1)
        return found

    def part(self, node: ast.Subscript, scope: Scope) -> Any:
        """`x[index]`."""
        return part_of(self.value(node.value, scope), self.index(node.slice, scope), self.meter)

    def attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        """A constant of the library, or a property of an array."""
        path = library_name(node)
        if path in _NUMBERS:
            return _NUMBERS[path]
        if path or node.attr not in PROPERTIES:
            raise failed("is not part of the language of answers.")
        return look_up(self.value(node.value, scope), node.attr, self.meter)

    def call(self, node: ast.Call, scope: Scope) -> Any:
        """A call of the library, of a method, of a built-in function or of the program's own."""
        path, target = library_name(node.func), node.func
        method = target.attr if isinstance(target, ast.Attribute) and not path else ""
        arguments = [self._argument(argument, scope, path or method) for argument in node.args]
        keywords = {word.arg or "": self._argument(word.value, scope, path or method) for word in node.keywords}
        if path in LIBRARY:
            return call_library(path, self.meter, arguments, keywords)
        if method in METHODS | LISTS and isinstance(target, ast.Attribute):
            return call_method(self.value(target.value, scope), method, arguments, keywords, self.meter)
        return self._named_call(target, arguments, keywords, scope)

    def _named_call(self, target: ast.expr, arguments: list[Any], keywords: dict[str, Any], scope: Scope) -> Any:
        name = target.id if isinstance(target, ast.Name) else ""
        if name in scope:
            raise failed(f"calls {name}, which is {kind_of(scope[name])} here and no function.")
        if name in self.functions:
            return self.call_own(self.functions[name], arguments, keywords)
        if name in BUILTINS:
            if keywords:
                raise failed(f"takes no keywords: write np.{name} for arrays.")
            return call_builtin(name, arguments, self.meter)
        raise failed("is not part of the language of answers.")

    def index(self, node: ast.expr, scope: Scope) -> Any:
        """What stands in square brackets: values, slices, several of them."""
        if isinstance(node, ast.Slice):
            return slice(*(part and self._bound(part, scope) for part in (node.lower, node.upper, node.step)))
        if isinstance(node, ast.Tuple):
            return tuple(self.index(part, scope) for part in node.elts)
        return self.value(node, scope)

    def _bound(self, node: ast.expr, scope: Scope) -> int | None:
        bound = self.value(node, scope)
        if bound is None or isinstance(bound, int):
            return bound
        if is_array(bound) and np.size(bound) == 1 and bound.dtype.kind == "i":
            return int(bound)
        raise failed(f"is cut at whole numbers, and {kind_of(bound)} came.")

    def _argument(self, node: ast.expr, scope: Scope, taker: str) -> Any:
        """Compute an argument; types and words exist only where a library function takes them."""
        if not taker:
            return self.value(node, scope)
        name = node.id if isinstance(node, ast.Name) and node.id not in scope else library_name(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value
            if taker == "einsum" or (name in WORDS and name not in DTYPES):
                return name
        return _TYPES[name.rstrip("_0123456789")] if name in DTYPES else self.value(node, scope)

    def _loops(self, generators: list[ast.comprehension], scope: Scope) -> Iterator[Scope]:
        if not generators:
            yield scope
            return
        first, rest = generators[0], generators[1:]
        for item in self.loop_items(first.iter, scope):
            self.meter.step()
            self.assign(first.target, item, scope)
            if all(truth(self.value(condition, scope)) for condition in first.ifs):
                yield from self._loops(rest, scope)

    def loop_items(self, node: ast.expr, scope: Scope) -> Any:
        """What a loop goes through."""
        items = self.value(node, scope)
        return self.placing(node, lambda: items_of(items, self.meter))

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to a name, to several, or to a part of an array."""
        raise NotImplementedError


def unknown(runner: Expressions, node: Any, scope: Scope) -> Any:
    """Refuse a node that is not known."""
    raise failed("is not part of the language of answers.")


EXPRESSIONS: dict[type[ast.expr], Handler] = {
    ast.Constant: Expressions.constant,
    ast.Name: Expressions.name,
    ast.BinOp: Expressions.binary,
    ast.UnaryOp: Expressions.unary,
    ast.BoolOp: Expressions.logical,
    ast.Compare: Expressions.comparison,
    ast.IfExp: Expressions.choice,
    ast.List: Expressions.sequence,
    ast.Tuple: Expressions.sequence,
    ast.ListComp: Expressions.comprehension,
    ast.GeneratorExp: Expressions.comprehension,
    ast.Subscript: Expressions.part,
    ast.Attribute: Expressions.attribute,
    ast.Call: Expressions.call,
}
"""What is computed; any other node is refused."""
