"""The interpreter of programs against Python and NumPy themselves, and its bounds."""

import ast
import json
import re
from pathlib import Path
from typing import Any

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

PROGRAMS = """
z = x @ w
z += b
z
===
p = np.exp(g - g.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
p[np.arange(4), y] -= 1
p / 4
===
import numpy as np

out = np.zeros((4, 5))
for i in range(4):
    for j in range(5):
        for k in range(3):
            out[i, j] += x[i, k] * w[k, j]
out
===
'''A remark.'''
def softmax(z, shift=0.0):
    e = np.exp(z - shift)
    return e / e.sum()
rows = []
for row in g:
    rows.append(softmax(row, shift=row.max()))
np.array(rows)
===
n, d = x.shape
total = 0
i = 0
while True:
    i += 1
    if i > n:
        break
    elif i % 2 == 0:
        continue
    total = total + x[i - 1].sum()
else:
    total = -1
total / n
===
alias = x
alias *= 2
first, (second, third) = 1, (2, 3)
x + first - second * third
===
state = [0.0]
for t in range(3):
    state.append(0.5 * state[-1] + t)
state[1:] + [1.0] * 2
===
dx = np.zeros_like(x)
dx[:, 0], dx[:, 1] = x[:, 1], 5
dx[dx == 5] = 7
dx
"""


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


@pytest.mark.parametrize("text", [*EXPRESSIONS.strip().split("\n"), *re.split("={3}", PROGRAMS)])
def test_programs_give_what_python_gives(text: str) -> None:
    mine, right = outcome(text), by_python(text)

    if isinstance(right, tuple):
        assert isinstance(mine, tuple) and len(mine) == len(right)
    for one, other in zip(mine, right, strict=True) if isinstance(right, tuple) else [(mine, right)]:
        np.testing.assert_allclose(np.asarray(one, float), np.asarray(other, float), rtol=1e-12)
        assert np.shape(one) == np.shape(other)


HOSTILE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "hostile_programs.jsonl").read_text().splitlines()
]


def hostile_text(case: dict[str, Any]) -> str:
    """Spell out a text, which may be given as a piece that is repeated."""
    return case.get("text") or case["begin"] + case["repeat"] * case["times"] + case["then"]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: hostile_text(case)[:40])
def test_hostile_programs_end_in_a_sentence(case: dict[str, Any]) -> None:
    """The code `refused` means that a text must not even be run."""
    text, code = hostile_text(case), case["code"]
    with pytest.raises(Unreadable) as trouble:
        source = read_program(text)
        check_program(source, list(INPUTS))
        assert code != "refused"
        run(source, {name: value.copy() for name, value in INPUTS.items()})

    assert trouble.value.sentence.endswith((".", "?", ")"))
    assert code == "refused" or trouble.value.code == code


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


ARGUMENTS = """
x | w | y | b | 3 | -1 | 10**9 | None | (2, 3) | [x, x]
True | float | 'edge' | 1.5 | ... | range(3) | axis=0 | axis=(0, 1) | k=1 | dtype=int
"""


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(LIBRARY)),
    st.lists(st.sampled_from(re.split(r" \| |\n", ARGUMENTS.strip())), max_size=4),
)
def test_no_arguments_break_the_library(name: str, arguments: list[str]) -> None:
    try:
        outcome(f"np.{name}({', '.join(arguments)})")
    except Unreadable as trouble:
        assert trouble.sentence


@pytest.mark.parametrize("program", ["np.maximum(x, x, x)", "np.exp(x, x)"])
def test_no_argument_is_taken_for_an_array_to_write_into(program: str) -> None:
    with pytest.raises(Unreadable, match="takes"):
        outcome(program)


def test_the_tables_agree() -> None:
    assert set(FUNCTIONS) == LIBRARY
    assert set(BUILTIN) == BUILTINS
    assert METHODS - {"astype", "flatten"} <= LIBRARY


def test_inputs_are_taken_by_name_or_one_by_one() -> None:
    assert np.array_equal(np.asarray(outcome("def f(b, x, w, y, g):\n    return x")), INPUTS["x"])
    assert np.array_equal(np.asarray(outcome("def f(one, two, three, four, five):\n    return two")), INPUTS["w"])
