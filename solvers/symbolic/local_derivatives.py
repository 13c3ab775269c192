"""The derivative of one gate by one of its inputs: SymPy's, written as one would write it on paper."""

from fractions import Fraction
from functools import cache

from solvers.symbolic.derivation import Setup, derive
from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.algebra import Setting, from_sympy, translate
from solvers.symbolic.formulas.formula import Formula
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree, substitute

# The inputs are u and v, the output is o. SymPy must agree before any of these is used.
_PREFERRED = {
    ("exp", 0): "o",
    ("sqrt", 0): "1 / (2 * o)",
    ("sigma", 0): "o * (1 - o)",
    ("tanh", 0): "1 - o^2",
    ("relu", 0): "step(u)",
    ("abs", 0): "2 * step(u) - 1",
    ("softplus", 0): "sigma(u)",
    ("Phi", 0): "phi(u)",
    ("phi", 0): "-u * o",
    ("max", 0): "1 - step(v - u)",
    ("max", 1): "step(v - u)",
    ("min", 0): "1 - step(u - v)",
    ("min", 1): "step(u - v)",
}

# By function and place of the input.
WHY = {
    ("+", 0): "An addition hands the upstream gradient on unchanged.",
    ("+", 1): "An addition hands the upstream gradient on unchanged.",
    ("-", 0): "A subtraction hands the upstream gradient on unchanged to what is subtracted from.",
    ("-", 1): "A subtraction flips the sign for what is subtracted.",
    ("neg", 0): "The sign flips.",
    ("*", 0): "A product multiplies the upstream gradient by the other factor.",
    ("*", 1): "A product multiplies the upstream gradient by the other factor.",
    ("/", 0): "A quotient divides the upstream gradient by the denominator.",
    ("/", 1): "By the denominator, a quotient's derivative is minus the numerator over the denominator squared.",
    ("^", 0): "Power rule: the exponent comes down and is lowered by 1.",
    ("^", 1): "By its exponent, a power's derivative is the power times the logarithm of its base.",
    ("exp", 0): "The exponential function is its own derivative.",
    ("ln", 0): "The logarithm's derivative is one over its input.",
    ("sigma", 0): "The sigmoid's derivative needs its output only.",
    ("tanh", 0): "The derivative of tanh needs its output only.",
    ("relu", 0): "ReLU lets the upstream gradient through where its input is positive and stops it elsewhere.",
    ("max", 0): "A maximum sends the upstream gradient to the larger input only (at a tie: to the first).",
    ("max", 1): "A maximum sends the upstream gradient to the larger input only (at a tie: to the first).",
    ("min", 0): "A minimum sends the upstream gradient to the smaller input only (at a tie: to the first).",
    ("min", 1): "A minimum sends the upstream gradient to the smaller input only (at a tie: to the first).",
}


@cache
def local_derivative(function: str, constants: tuple[Fraction | None, ...], place: int) -> Tree:
    """The derivative by input `place`, in u, v and the output o; known inputs are given in `constants`.

    >>> from solvers.symbolic.formulas.printing import plain
    >>> plain(local_derivative("^", (None, Fraction(3)), 0)), plain(local_derivative("sigma", (None,), 0))
    ('3 * u ^ 2', 'o * (1 - o)')
    """
    known = {"uv"[n]: Number(value) for n, value in enumerate(constants) if value is not None}
    gate = Call(function, tuple(Name("uv"[n]) for n in range(len(constants))))
    by = Name("uv"[place])
    preferred = _PREFERRED.get((function, place))
    if preferred:
        return substitute(_proven(Call("d", (gate, by)), gate, preferred), known)
    return from_sympy(translate(Call("d", (substitute(gate, known), by)), Setting(), {})[0])


def _proven(derivative: Tree, gate: Tree, preferred: str) -> Tree:
    """The preferred form, once SymPy has found it equal to the derivative."""
    setup = Setup(where={"o": printing.plain(gate)}, positive=frozenset({"u"} if "sqrt" in repr(gate) else ()))
    formula: Formula = derive(printing.plain(derivative), ("", preferred), setup=setup).value
    return formula.tree
