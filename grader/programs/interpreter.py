"""The interpreter of students' programs: runs statements, and calls the program's own functions."""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.programs.arithmetic import combine, truth
from grader.programs.arrays import as_array, failed, kind_of
from grader.programs.expressions import Expressions, Handler, Scope, unknown
from grader.programs.meter import CALLS, over
from grader.programs.values import items_of, part_of, set_part
from grader.reading.program import Source


class _Return(Exception):  # noqa: N818 - control flow of the program that is run, as are the next two
    def __init__(self, value: Any) -> None:
        self.value = value


class _Break(Exception):  # noqa: N818
    pass


class _Continue(Exception):  # noqa: N818
    pass


def run(source: Source, inputs: Mapping[str, Any]) -> Any:
    """Run a program on its inputs and give its value: an array or a tuple of them.

    The value is what the last function returns, or else what the last line computes. Raises `Unreadable` for
    whatever goes wrong, with the code `run-error`, or `limit` for a budget that is spent.
    """
    runner = Interpreter(source)
    try:
        with np.errstate(all="ignore"):
            value = runner.program(inputs)
            if value is None:
                raise failed("The program computes nothing: end with the value or return it.")
            several = isinstance(value, tuple)
            return (
                tuple(as_array(part, runner.meter) for part in value) if several else as_array(value, runner.meter)
            )
    except RecursionError:
        raise over("The program is nested too deeply.") from None
    except MemoryError:
        raise over("The arrays became too large.") from None


class Interpreter(Expressions):
    """One run of one program."""

    depth = 0

    def program(self, inputs: Mapping[str, Any]) -> Any:
        """Run the whole text and give its value."""
        self.outer, value = dict(inputs), None
        for statement in self.source.tree.body:
            value = self._line(statement)
        final = self.source.tree.body[-1]
        if not isinstance(final, ast.FunctionDef):
            return value
        names = [argument.arg for argument in final.args.args]
        by_name = set(inputs) <= set(names)
        return self.call_own(final, [] if by_name else list(inputs.values()), inputs if by_name else {})

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        """Run one statement."""
        self.meter.step()
        execute: Handler = STATEMENTS.get(type(node), unknown)
        self.placing(node, lambda: execute(self, node, scope))

    def block(self, statements: list[ast.stmt], scope: Scope) -> None:
        """Run statements in order."""
        for statement in statements:
            self.statement(statement, scope)

    def call_own(self, function: ast.FunctionDef, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
        """Call a function of the program's own."""
        if self.depth >= CALLS:
            raise over(f"Functions call one another more than {CALLS} deep.")
        names = [argument.arg for argument in function.args.args]
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        scope = {name: self.value(node, self.outer) for name, node in defaults.items()}
        scope |= dict(zip(names, arguments, strict=False)) | dict(keywords)
        if len(arguments) > len(names) or set(scope) != set(names):
            raise failed(f"{function.name} takes the arguments {', '.join(names)}.")
        self.depth += 1
        try:
            self.block(function.body, scope)
        except _Return as result:
            return result.value
        finally:
            self.depth -= 1
        raise failed(f"{function.name} returns nothing: end it with return.")

    def define(self, node: ast.FunctionDef, scope: Scope) -> None:
        """`def f(x):` makes the function known."""
        self.functions[node.name] = node

    def assignment(self, node: ast.Assign, scope: Scope) -> None:
        """`a = b = value`."""
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def change(self, node: ast.AugAssign, scope: Scope) -> None:
        """`a += value`, which changes an array in its place as NumPy does."""
        target = node.target
        if isinstance(target, ast.Subscript):
            owner, index = self.value(target.value, scope), self.index(target.slice, scope)
            old = part_of(owner, index, self.meter)
            set_part(
                owner, index, combine(type(node.op), old, self.value(node.value, scope), self.meter), self.meter
            )
            return
        old = self.value(target, scope)
        new = combine(type(node.op), old, self.value(node.value, scope), self.meter)
        if isinstance(old, np.ndarray):
            if np.shape(new) != old.shape:
                raise failed("changes an array in its place, but the result has another shape: write a = a + b.")
            set_part(old, ..., new, self.meter)
        else:
            self.assign(target, new, scope)

    def loop(self, node: ast.For, scope: Scope) -> None:
        """`for x in items:`."""
        for item in self.loop_items(node.iter, scope):
            self.meter.step()
            self.assign(node.target, item, scope)
            if not self._round(node.body, scope):
                return
        self.block(node.orelse, scope)

    def repeat(self, node: ast.While, scope: Scope) -> None:
        """`while condition:`."""
        while truth(self.value(node.test, scope)):
            self.meter.step()
            if not self._round(node.body, scope):
                return
        self.block(node.orelse, scope)

    def branch(self, node: ast.If, scope: Scope) -> None:
        """`if condition:`."""
        self.block(node.body if truth(self.value(node.test, scope)) else node.orelse, scope)

    def give_back(self, node: ast.Return, scope: Scope) -> None:
        """`return value`."""
        raise _Return(None if node.value is None else self.value(node.value, scope))

    def expression(self, node: ast.Expr, scope: Scope) -> None:
        """A line that only computes, such as `xs.append(1)`; a text is a remark."""
        if not _is_remark(node):
            self.value(node.value, scope)

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to a name, to several, or to a part of an array."""
        if isinstance(target, ast.Name):
            scope[target.id] = value
        elif isinstance(target, ast.Subscript):
            owner, index = self.value(target.value, scope), self.index(target.slice, scope)
            self.placing(target, lambda: set_part(owner, index, value, self.meter))
        elif isinstance(target, ast.Tuple | ast.List):
            if not isinstance(value, list | tuple | np.ndarray):
                raise failed(f"unpacks {kind_of(value)} into {len(target.elts)} names.")
            parts = list(items_of(value, self.meter))
            if len(parts) != len(target.elts):
                raise failed(f"unpacks {len(parts)} values into {len(target.elts)} names.")
            for name, part in zip(target.elts, parts, strict=True):
                self.assign(name, part, scope)
        else:
            raise failed("cannot be given a value.")

    def _round(self, body: list[ast.stmt], scope: Scope) -> bool:
        """Run a loop's body once; False after `break`."""
        try:
            self.block(body, scope)
        except _Break:
            return False
        except _Continue:
            pass
        return True

    def _line(self, node: ast.stmt) -> Any:
        """Run a line outside functions and give its value, if it has one."""
        if isinstance(node, ast.Expr) and not _is_remark(node):
            return self.value(node.value, self.outer)
        try:
            self.statement(node, self.outer)
        except _Return as result:
            return result.value
        if isinstance(node, ast.Assign):
            return self._assigned(node.targets[0])
        return self._assigned(node.target) if isinstance(node, ast.AugAssign) else None

    def _assigned(self, target: ast.expr) -> Any:
        while isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Tuple):
            return tuple(self._assigned(part) for part in target.elts)
        return self.outer.get(target.id) if isinstance(target, ast.Name) else None


def _is_remark(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _break(runner: Interpreter, node: ast.Break, scope: Scope) -> None:
    raise _Break


def _continue(runner: Interpreter, node: ast.Continue, scope: Scope) -> None:
    raise _Continue


def _nothing(runner: Interpreter, node: ast.stmt, scope: Scope) -> None:
    return None


STATEMENTS: dict[type[ast.stmt], Handler] = {
    ast.FunctionDef: Interpreter.define,
    ast.Assign: Interpreter.assignment,
    ast.AugAssign: Interpreter.change,
    ast.For: Interpreter.loop,
    ast.While: Interpreter.repeat,
    ast.If: Interpreter.branch,
    ast.Return: Interpreter.give_back,
    ast.Expr: Interpreter.expression,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Pass: _nothing,
    ast.Import: _nothing,
}
"""What is run; any other statement is refused."""
