"""What cannot be worked out is refused: one sentence that says where and what was expected, exit code 2, nothing computed."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.calls import read_calls
from quizbank.errors import QuizbankError
from quizbank.solving import read_text
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.solution import solve_problem
from solvers.walkthrough.trouble import ProblemError

ROOT = Path(__file__).parent.parent
LINES = {
    "x=[1,2]; afine(2,3); mse(target=[1,2,3])": "Did you mean “affine”?",
    "x=[1,2]; affine(2,3); msee(target=[1,2,3])": "Did you mean “mse”?",
    "x=[1,2]; affine(3,3); mse(target=[1,2,3])": "layer 1 (affine): X: expected shape (3,), got (2,)",
    "x=[1,2]; affine(2,3); relu; affine(4,1); sum": "layer 3 (affine): X: expected shape (4,), got (3,)",
    "x=[1,2]; affine(W=[[1],[2]], b=[1,2]); sum": "layer 1 (affine): b: expected shape (1,), got (2,)",
    "x=[1,2]; affine(2,3); mse(target=[1,2])": "target: expected shape (3,), got (2,)",
    "x=[1,2]; residual(affine(2,3)); sum": "layer 1 (residual), sum: input 2 of the sum: expected shape (3,), got (2,)",
    "x=[1,2]; affine(2,3); cross-entropy(target=3)": "a whole number from 0 to 2, got 3",
    "x=[1,2]; affine(2,3); cross-entropy(target=-1)": "a whole number from 0 to 2, got -1",
    "x=[1,2]; affine(2,1); sigmoid; bce(target=[2])": "must lie in [0, 1], got 2",
    "x=[1,2]; affine(W=[[3],[3]]); bce(target=[1])": "must lie in [0, 1], got 9",
    "x=[[1,2]]; hinge(target=[[1,0]])": "The layers are missing",
    "x=[[1,2]]; identity; hinge(target=[[1,0]])": "must be -1 or 1, got 0",
    "x=[1e200,2]; affine(W=[[1e100],[1]]); relu; mse(target=[1])": "the loss is infinity",
    "x=[1e140,2]; affine(W=[[1e100],[1]]); affine(W=[[1e100]]); sum": "the output of layer 2 (affine) contains infinity at [0]",
    "x=[1]; affine(W=[[1e100]]); affine(W=[[1e300]]); mse(target=[1])": "contains infinity at [0]",
    "x=[1,2]; affine(1000000,1000000); sum": "up to here the sizes ask for about 1e+12 weights",
    "x=[1,2]; lstm(2,5000); sum": "weights; a worked solution takes at most",
    "x=[[[[1]]]]; conv2d(1,1,1,padding=100000); sum": "padding must be at most 1000",
    "x=[[[[1]]]]; upsample(1000); upsample(1000); sum": "layer 2 (upsample): an output of shape (1, 1, 1000000, 1000000)",
    "x=[[[[1]]]]; upsample(1000); upsample(9); sum": "may have at most",
    "x=[1,2]; affine(2,-3); sum": "out must be a whole number",
    "x=[1,2]; affine(2,true); sum": "out must be a whole number",
    "x=[1,2]; affine(2); sum": "out is missing",
    "x=[[1,2],[3]]; affine(2,1); sum": "rows of numbers of one length",
    "x=['a']; relu; sum": "must be numbers",
    "affine(2,1); sum": "the input is missing",
    "x=[1,2]": "the layers are missing",
    "x=[1,2]; relu(": "At character 15 of the line, the end: expected a value",
    "x=[1,2]; relu; §": "“§” is not understood",
    "x=[1,2]; relu; sum; sum": "two of a kind",
    "x=[1,2]; x=[1]; relu": "x is given twice",
    "x=[1,2]; relu; sum; sgd(lr=-1)": "lr must be at least 0",
    "x=[1,2]; relu; sum; sgd(lr='a')": "lr must be a number",
    "x=[1,2]; relu; sum; sgd(foo=1)": "known: lr, weight_decay",
    "x=[1,2]; relu; sgd(lr=0.1)": "an update needs a loss",
    "x=[1,2]; relu; sum; sgd(clip_norm=0)": "clip_norm must be above 0",
    "x=[1,2]; dropout(p=0.5); sum": "say p_drop",
    "x=[0.5]; embedding(W=[[1,2]]); sum": "layer 1 (embedding): an embedding looks up whole token numbers",
    "x=[0,2]; embedding(W=[[1,2],[3,4]]); sum": "layer 1 (embedding): token numbers must lie from 0 to 1",
    "x=[[1,2]]; conv2d(1,1,3); sum": "layer 1 (conv2d): X: expected shape",
    "x=[1,2]; relu(inputs=['y']); sum": "layer 1 (relu) reads from 'y'",
    "x=[1,2]; y=[3]; relu; sum": "no layer reads the input 'y'",
    "x=[1,2]; affine(2,1,name='a/b'); sum": "name must be a word",
    "x=[1,2]; affine(2,1,frozen=['Q']); sum": "frozen must be true or names",
    "x=[1,2]; affine(2,2,init='foo'); sum": "unknown initialiser 'foo'",
    "x=" + "[" * 50 + "1" + "]" * 50 + "; relu": "nested more than 12 deep",
    "x=1" + "0" * 500 + "; relu": "too many digits",
    "x=[1,2]; relu; sum(target=3)": "has no target",
    "x=2; f=x/0": "the circuit",
    "x=[1]; f=x*x": "circuit",
    "f=x*y; x=1": "circuit",
}
TEXTS = {
    '[input]\nX = [[1, 2]\n[[layer]]\nkind="relu"\n': "line 3, column 1",
    '{"input": {"X": [[1,2]],}}': "line 1, column 25",
    '[input]\nX = [[1, nan]]\n[[layer]]\nkind="relu"': "the input X contains NaN at [0, 1]",
    '[input]\nX = [[1, 2]]\n[[layer]]\nkind="affine"\nW=[[1],[inf]]': "layer 1 (affine): W contains infinity at [1, 0]",
    "[input]\nX = [[1, 2]]\n[[layer]]\nW=[[1]]": "layer 1 needs a kind",
    '[inptu]\nX = [[1, 2]]\n[[layer]]\nkind="relu"': "did you mean 'input'?",
    '[input]\nX=[[1,2]]\n[[layer]]\nkind="affine"\nw=[[1],[1]]\nbias=[1]\nfoo=3': "has no key 'foo'",
    '[input]\nX=[[1,2]]\n[[layer]]\nkind="relu"\n[loss]\nkind=3': "the loss needs a kind",
    '[input]\nX=[[1,2]]\n[[layer]]\nkind="relu"\n[loss]\nkind="sum"\n[update]\nkind="sgdd"': "did you mean 'sgd'?",
    "[input]\nX=2020-01-01\n[[layer]]\nkind='relu'": "expected numbers",
    "": "the input is missing",
    "hello": "expected",
    '{"a":' * 5000: "nested",
    "X = " + "[" * 900 + "]" * 900: "nested",
    '[input]\nX=[[1,2]]\n[[layer]]\nkind="relu"\nKind="relu"': "given twice",
}


def attempt(text: str) -> str:
    """The sentence with which a problem is refused."""
    with pytest.raises((QuizbankError, ProblemError)) as refusal:
        solve_problem(read_problem(read_text(text, "net.toml")))
    return str(refusal.value)


@pytest.mark.parametrize(("line", "sentence"), LINES.items(), ids=[line[:60] for line in LINES])
def test_a_line_that_cannot_be_worked_out_is_refused(line: str, sentence: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "quizbank", "solve", line], capture_output=True, text=True, cwd=ROOT, check=False
    ) if line in FEW else None  # fmt: skip
    if result is None:
        with pytest.raises((QuizbankError, ProblemError)) as refusal:
            work_out(line)
        said = str(refusal.value)
    else:
        assert result.returncode == 2 and "Traceback" not in result.stderr
        said = result.stderr
    assert sentence.lower() in said.lower()
    assert said.count("\n") <= 1


FEW = list(LINES)[:3]


def work_out(line: str) -> None:
    """What the command does with a line."""
    from quizbank.cli.solve import worked_page

    worked_page(read_calls(line), "full", None)


@pytest.mark.parametrize(("text", "sentence"), TEXTS.items(), ids=[text[:40] for text in TEXTS])
def test_a_file_that_cannot_be_read_is_refused_with_its_line(text: str, sentence: str) -> None:
    assert sentence in attempt(text)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        result = subprocess.run(
            [sys.executable, "-m", "quizbank", "solve", str(path)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert result.returncode == 2 and str(path) in result.stderr and "Traceback" not in result.stderr


WORDS = st.sampled_from(
    ["affine", "relu", "(", ")", "[", "]", "=", ";", ",", "x", "1", "2", "-1", "0.5", "'a'", "mse", "target", "sgd", "lr",
     "residual", "seed", "W", "conv2d", "true", "softmax", "name", "inputs", "+", "*", "q"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_line_of_words_is_anything_but_worked_out_or_refused(line: str) -> None:
    try:
        work_out(line)
    except (QuizbankError, ProblemError) as refusal:
        assert str(refusal)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(-2, 2)
    | st.sampled_from(["affine", "relu", "mse", "x", ""])
)
KEYS = st.sampled_from(["kind", "W", "b", "in", "out", "layer", "X", "target", "name", "inputs"])
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({}, optional={"input": TREES, "layer": TREES, "loss": TREES, "update": TREES}))
def test_no_tree_of_plain_data_is_anything_but_worked_out_or_refused(tree: object) -> None:
    try:
        solve_problem(read_problem(tree))
    except ProblemError as refusal:
        assert str(refusal)
