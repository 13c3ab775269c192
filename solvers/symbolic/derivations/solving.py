"""Solve an equation between two formulas for one name, by SymPy."""

from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.algebra import Setting, from_sympy, translate
from solvers.symbolic.formulas.formula import Formula
from solvers.symbolic.formulas.reading import read
from solvers.worked import Step, Worked, worked


def solve_for(unknown: str, left: str, right: str, *, reason: str, name: str = "") -> Worked:
    """The positive value of `unknown` for which both formulas are equal, all other names being positive.

    Raises ValueError where there is not exactly one.

    >>> solve_for("c", "c^2 / 3", "V", reason="Take the root.").value.plain()
    'sqrt(3) * sqrt(V)'
    """
    import sympy

    difference, symbols = translate(read(f"{left} - ({right})"), Setting(), {})
    positive = {symbol: sympy.Symbol(symbol.name, positive=True) for symbol in symbols}
    found = sympy.solve(difference.subs(positive), sympy.Symbol(unknown, positive=True))
    if len(found) != 1:
        raise ValueError(f"{left} = {right} has {len(found)} positive solutions for {unknown}, expected 1")
    value = from_sympy(sympy.factor(found[0]))
    equation = f"{printing.latex(read(left))} = {printing.latex(read(right))}"
    result = f"{printing.latex(read(unknown))} = {printing.latex(value)}"
    return worked(Formula(value), [Step(reason, equation, result=result, name=name or unknown)])
