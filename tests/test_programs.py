"""The interpreter of programs against Python and NumPy themselves, and its bounds."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Unreadable
from grader.programs.functions import FUNCTIONS
from grader.programs.interpreter import run
from grader.programs.language import BUILTINS, LIBRARY, METHODS
from grader.programs.values import BUILTIN
from grader.reading.program import read_program
from grader.reading.program_words import check_program

INPUTS = {
    "x": np.linspace(-1, 2, 12).reshape(4, 3),
    "w": np.linspace(2, -1, 15).reshape(3, 5),
    "g": np.cos(np.arange(20.0)).reshape(4, 5),
    "y": np.array([0, 2, 4, 1]),
    "b": np.linspace(0.5, 1, 5),
}

EXPRESSIONS = """
x @ w + b
x.T @ g
np.sum(g, axis=0)
np.mean((x - x.mean(axis=0)) ** 2, axis=0, keepdims=True)
np.var(x, 0, ddof=1)
np.exp(g) / np.sum(np.exp(g), axis=1, keepdims=True)
-np.log(np.exp(g[np.arange(4), y]) / np.exp(g).sum(axis=-1)).mean()
np.where(x > 0, x, 0.01 * x)
np.maximum(0, x) * (x != 0)
(x > 0) & ~(x > 1) | (x < -0.5)
np.dot(x, w)[..., ::-1]
np.outer(x[0], b)
np.einsum("nd,ndm->m", x, x[:, :, None] * b)
np.concatenate([x, x], axis=1).reshape(-1, 2)
np.stack([x[0], x[1]], 1)
np.pad(x, ((1, 1), (0, 2)), mode="constant")
np.pad(x, 1, mode="edge")
np.eye(3, k=1) + np.diag([1, 2, 3]) - np.identity(3)
np.zeros((2, 3)) + np.ones(3) * np.full((2, 1), 7.5) - np.zeros_like(x[:2])
np.tile(b, (2, 2)) * np.repeat(b, 2)[:10]
np.linspace(0, 1, 5) + np.arange(5) - np.arange(1, 6, 1.0)
x.shape[0] * x.size + x.ndim - len(y)
x.astype(int) // 2 % 3
np.array([[1, 2], [3, 4]], dtype=float).T
np.clip(x, -0.5, None).round(2)
np.linalg.norm(x, axis=1) + np.sqrt(np.square(x).sum(1))
np.transpose(x[None], (2, 0, 1)).squeeze()
np.argmax(g, axis=1) == y
np.cumsum(x, axis=0)[-1] / np.prod(x.shape)
np.logical_and(x > 0, x < 1).any()
np.broadcast_to(b, (3, 5)).copy()
np.split(g.T, 5)[2]
[i * j for i in range(3) for j in range(3) if i != j]
sum(x[i, 0] * y[i] for i in range(4))
max(len(x), 7) if 1 < 2 <= 3 else min(1, 2)
not (1 > 2) and (3 or 4)
round(2.567, 1) + abs(-3) + int(7.9) + float(2)
[a * k for k, a in enumerate(b)]
[p + q for p, q in zip(y, list(reversed(range(4))))]
np.expand_dims(b, 0).swapaxes(0, 1) * np.flip(b)
np.tril(g[:, :4]) + np.triu(g[:, :4], 1)
np.log1p(np.abs(x)) + np.expm1(x) + np.sign(x) * np.pi + np.e
np.inner(x, x) - np.matmul(x, x.T)
(2**10 - 7 // 2) ** 0.5
x.max(axis=1, keepdims=True) - x.min() + x.std()
y[[0, -1]] * 2
g[y > 0].sum(0)
np.average(x, axis=0, weights=[1, 2, 3, 4])
np.unique(y % 2)
b[1:-1:2]
(x, (3, 4.5), y)
"""

PROGRAMS = [
    "\nz = x @ w\nz += b\nz\n",
    "\np = np.exp(g - g.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)\np[np.arange(4), y] -= 1\np / 4\n",
    "\nimport numpy as np\n\nout = np.zeros((4, 5))\nfor i in range(4):\n    for j in range(5):\n        for k in range(3):\n            out[i, j] += x[i, k] * w[k, j]\nout\n",
    "\n'''A remark.'''\ndef softmax(z, shift=0.0):\n    e = np.exp(z - shift)\n    return e / e.sum()\nrows = []\nfor row in g:\n    rows.append(softmax(row, shift=row.max()))\nnp.array(rows)\n",
    "\nn, d = x.shape\ntotal = 0\ni = 0\nwhile True:\n    i += 1\n    if i > n:\n        break\n    elif i % 2 == 0:\n        continue\n    total = total + x[i - 1].sum()\nelse:\n    total = -1\ntotal / n\n",
    "\nalias = x\nalias *= 2\nfirst, (second, third) = 1, (2, 3)\nx + first - second * third\n",
    "\nstate = [0.0]\nfor t in range(3):\n    state.append(0.5 * state[-1] + t)\nstate[1:] + [1.0] * 2\n",
    "\ndx = np.zeros_like(x)\ndx[:, 0], dx[:, 1] = x[:, 1], 5\ndx[dx == 5] = 7\ndx\n",
]


def outcome(text: str) -> object:
    source = read_program(text)
    check_program(source, list(INPUTS))
    return run(source, {name: value.copy() for name, value in INPUTS.items()})


def by_python(text: str) -> object:
    """Run a trusted text of this file by Python itself."""
    tree, scope = ast.parse(text.strip()), {"np": np, **{name: value.copy() for name, value in INPUTS.items()}}
    *before, last = tree.body
    exec(compile(ast.Module(before, []), "test", "exec"), scope)  # noqa: S102
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "test", "eval"), scope)  # noqa: S307


@pytest.mark.parametrize("text", [*EXPRESSIONS.strip().split("\n"), *PROGRAMS])
def test_programs_give_what_python_gives(text: str) -> None:
    mine, right = outcome(text), by_python(text)

    if isinstance(right, tuple):
        assert isinstance(mine, tuple) and len(mine) == len(right)
    for one, other in zip(mine, right) if isinstance(right, tuple) else [(mine, right)]:
        np.testing.assert_allclose(np.asarray(one, float), np.asarray(other, float), rtol=1e-12)
        assert np.shape(one) == np.shape(other)


HOSTILE = {
    "limit": ["x[10**30]", "np.split(np.zeros(0), 10**9)", "np.roll(x, 10**30)", "np.sum(x, axis=10**30)",
        "np.zeros(10**9)", "np.ones((10**6, 10**6))", "np.empty(10**12)", "np.full((10**5, 10**5), 1.0)", "np.eye(10**6)",
        "np.arange(10**12)", "np.arange(0, 1, 1e-12)", "np.linspace(0, 1, 10**10)", "np.tile(x, 10**9)",
        "np.repeat(x, 10**9)", "x.repeat(10**12)", "np.pad(x, 10**9)", "np.outer(np.ones(10**5), np.ones(10**5))",
        "np.broadcast_to(x, (10**9, 4, 3))", "np.diag(np.ones(10**5))", "np.ones(10**5)[:, None] * np.ones(10**5)",
        "np.einsum('a,b,c,d->abcd', b, b, b, np.ones(10**5))", "np.einsum('a,b->', np.ones(10**5), np.ones(10**5))",
        "10**10**10", "9**9**9**9", "2**(10**9)", "2**63 * 2**63", "[0] * 10**10", "(0,) * 10**10",
        "while True:\n    pass", "for i in range(10**15):\n    i", "[i for i in range(10**15)]",
        "sum(i for i in range(10**15))", "[i for i in range(10**5) for j in range(10**5)]",
        "a = [1]\nwhile True:\n    a = a + a", "a = x\nwhile True:\n    a = np.concatenate([a, a])",
        "a = []\na.append(a)\nnp.array(a)", "a = [1, 1]\nfor i in range(60):\n    a = [a, a]\nnp.array(a)",
        "def f(n):\n    return f(n) + f(n)\nf(1)", "list(range(10**12))", "list(zip(range(10**9), range(10**9)))",
        "x[np.zeros(10**5, int)][:, np.zeros(10**5, int)]", "a = list(range(20000))\nfor i in range(9**9):\n    b = a[:]",
        "a = np.ones((700, 700))\nfor i in range(9999):\n    a = a @ a", "np.identity(10**5) @ np.identity(10**5)",
        "max(range(10**12))", "tuple(range(10**9))", "reversed(range(10**9))[0]", "10000000000000000000000",
    ],
    "run-error": [
        "round(5, -10**9)", "np.round(x, 10**9)", "x.round(-10**9)", "(-8) ** (1 / 3)", "1 / 0", "1.5 ** 1e9 ** 1e9",
        "np.zeros(3, 'O')", "np.zeros(3, [('a', float, 10**9)])", "np.zeros(3, (float, 10**9))", "x.astype('O')",
        "np.array([None])", "np.array(['a'])",  "x['a']",
         "x.reshape(-1, -1)", "x.sum(x)", "np.reshape(x, (0, 10**9))", "float(float)", "...",
        "a = a", "x(3)", "np.zeros(-5)", "np.zeros((2, -5))", "[[1, 2], [3]] + x", "x + None", "len(5)", "x == 'a'",
        "np.einsum('i->' * 9, x)", "np.einsum(x, x)", "None", "np.linalg.norm(x, 'nuc')", "'text' * 5", "x if x else x",
    ],
    "": [
        "x.__class__", "x.T.__class__.__mro__", "().__class__.__bases__[0].__subclasses__()", "np.__loader__", "np.os",
        "np.sum.__globals__", "np.load('a')", "np.save('a', x)", "np.fromfile('a')", "np.ctypeslib", "np.f2py", "x.tofile('a')",
        "x.dump('a')", "x.tobytes()", "x.base", "x.ctypes", "x.data", "x.setflags()", "__import__('os')", "__builtins__",
        "import os", "import numpy.f2py as np", "from os import system", "open('/etc/passwd')", "exec('1')", "eval('1')",
        "globals()", "vars()", "getattr(x, 'T')", "lambda: 1", "class A: pass", "def f(*a): return a", "x.T = 3", "del x",
        "f'{x.__class__}'", "'{0.__class__}'.format(x)", "{1: 2}", "{1, 2}", "{i: i for i in x}", "global x", "yield x",
        "await x", "async def f(): pass", "try:\n    x\nexcept: pass", "with x: pass", "raise x", "assert x", "(y := 3)",
        "@f\ndef f(x): return x", "def f(x):\n    def g(): return x\n    return g", "break", "for i in x: pass\nelse: break",
        "np.random.rand(10)", "np.add.reduce(x)", "np.vectorize(x)", "np.frompyfunc", "np.apply_along_axis", "match x:\n    case 1: pass",
        "x\x00", "x\u202e", "x # \u202e", "1j", "b'a'", "(" * 9000, "[" * 60 + "]" * 60, "-" * 3000 + "1", "not " * 900 + "x",
        "x" + ".T" * 900, "x" + "[0]" * 900, "~" * 900 + "x", "1 if x else " * 300 + "1", "x" * 5000, "x\n" * 500, "9" * 3900,
        "1e" + "9" * 3000, "0x" + "f" * 3000, "a" + "=a" * 900, "x**" * 300 + "2", "if x:\n " * 90, "lambda:" * 500 + "0",
        "x\\\n+1", "r'\\d'", "\\frac{1}{2}", "${x}", "`x`", "x;;y", "np.zeros(3, out=x)", "np.sum(x, where=True)", "*x", "**x",
        "print", "print(x, file=y)", "def __init__(x): return x\n__init__(1)", "_ = __name__", "x.__array_interface__", "np.core", "np.lib",
        "np = 3", "__builtins__ = 3", "np.array(x, copy=False)", "np.array(x, object)", "x.astype(object)", "import numpy as numpy, os",
    ],
}  # fmt: skip


@pytest.mark.parametrize("code, text", [(code, text) for code, texts in HOSTILE.items() for text in texts])
def test_hostile_programs_end_in_a_sentence(code: str, text: str) -> None:
    """An empty code means that the text is refused before it is run."""
    with pytest.raises(Unreadable) as trouble:
        source = read_program(text)
        check_program(source, list(INPUTS))
        assert code, "this text was to be refused before it is run"
        run(source, {name: value.copy() for name, value in INPUTS.items()})

    assert trouble.value.sentence.endswith((".", "?", ")"))
    assert not code or trouble.value.code == code


@pytest.mark.parametrize(
    "text, words",
    [
        ("x @ x", "`x @ x` multiplies 4×3 by 4×3: 3 and 4 differ."),
        ("x + b", "`x + b` combines 4×3 with (5,), which do not broadcast: 3 and 5 differ."),
        ("np.smu(x)", "Did you mean np.sum?"),
        ("exp(x)", "“exp” needs np. before it: np.exp."),
        ("dot(x, w)", "np.dot"),
        ("xx + 1", "Did you mean"),
        ("x'", "Write .T for the transpose."),
        ("2x", "a * is missing"),
        ("x .* w", "element-wise already"),
        ("x ^ 2", "write **"),
        ("sum(x, axis=0)", "write np.sum"),
        ("np.sum(x, axis=5)", "axis 5 is out of bounds"),
        ("if x > 0:\n    x", "np.where"),
        ("def f(x):\n    y = x\nf(x)", "f returns nothing: end it with return."),
        ("def f(q):\n    return q", "must take the arguments x, w, g, y, b"),
        ("a = np.zeros(3, int)\na[0] = 0.5\na", "make it of floats"),
        ("for i in range(3):\n    i + 1", "computes nothing"),
        ("a, c = x", "unpacks 4 values into 2 names"),
        ("torch.relu(x)", "must be NumPy"),
        ("(x + 1", "never closed"),
        ("x + 1)", "closes nothing"),
    ],
)
def test_errors_say_what_to_do(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as trouble:
        outcome(text)

    assert words in trouble.value.sentence


def test_errors_point_into_the_text_as_it_was_typed() -> None:
    text = "\n  \n```python\n  a = x\n  b = a + β\n```"
    with pytest.raises(Unreadable) as trouble:
        outcome(text)

    assert text[trouble.value.start : trouble.value.end] == "β"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="xwgynp.sum()[]:,=+-*/@<>0123 \n'\"T_if", max_size=30))
def test_no_text_breaks_the_reader_or_the_interpreter(text: str) -> None:
    try:
        outcome(text)
    except Unreadable as trouble:
        assert trouble.sentence


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), st.lists(st.sampled_from(["x", "w", "y", "b", "3", "-1", "10**9", "None", "(2, 3)",
       "[x, x]", "True", "float", "'edge'", "1.5", "...", "range(3)", "axis=0", "axis=(0, 1)", "k=1", "dtype=int"]), max_size=4))  # fmt: skip
def test_no_arguments_break_the_library(name: str, arguments: list[str]) -> None:
    try:
        outcome(f"np.{name}({', '.join(arguments)})")
    except Unreadable as trouble:
        assert trouble.sentence


def test_the_tables_agree() -> None:
    assert set(FUNCTIONS) == LIBRARY
    assert set(BUILTIN) == BUILTINS
    assert METHODS - {"astype", "flatten"} <= LIBRARY


def test_inputs_are_taken_by_name_or_one_by_one() -> None:
    assert np.array_equal(np.asarray(outcome("def f(b, x, w, y, g):\n    return x")), INPUTS["x"])
    assert np.array_equal(np.asarray(outcome("def f(one, two, three, four, five):\n    return two")), INPUTS["w"])
