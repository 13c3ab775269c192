"""Explanations: every kind of layer and loss has one, in every format, and the numbers on the way are those of the engine."""

import json
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solve_calls import plain, table
from solve_calls import settings as settings_of

from quizbank.blockmath import block, columns, equation, wrapped
from quizbank.calls import read_calls
from quizbank.walkthroughs import FORMS, circuit_page, network_page, render
from solvers.drawing.graph import Edge, Node, graph
from solvers.engine.blocks import all_blocks
from solvers.engine.layers import all_layers
from solvers.engine.losses import all_losses
from solvers.walkthrough.circuit import solve_circuit
from solvers.walkthrough.explanations import all_explanations
from solvers.walkthrough.explanations.attention import attending_heads
from solvers.walkthrough.explanations.gru import unrolled as gru_unrolled
from solvers.walkthrough.explanations.lstm import unrolled as lstm_unrolled
from solvers.walkthrough.explanations.rnn import unrolled as rnn_unrolled
from solvers.walkthrough.loss_explanations import all_loss_explanations
from solvers.walkthrough.paths import Ways
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.remarks import remarks
from solvers.walkthrough.sequences import by_time
from solvers.walkthrough.solution import Solution, solve_problem
from solvers.walkthrough.symbols import symbols
from solvers.walkthrough.view import View
from solvers.walkthrough.walkthrough import DETAILS, views, walkthrough

SPECIFIC = [
    "affine",
    "relu",
    "sigmoid",
    "tanh",
    "leaky-relu",
    "prelu",
    "elu",
    "gelu",
    "softmax",
    "log-softmax",
    "maxout",
    "conv1d",
    "conv2d",
    "convtranspose2d",
    "maxpool2d",
    "avgpool2d",
    "batchnorm",
    "layernorm",
    "instancenorm",
    "groupnorm",
    "dropout",
    "embedding",
    "rnn",
    "lstm",
    "gru",
    "attention",
    "add",
    "flatten",
]
SPECIFIC_LOSSES = [
    "squared-error",
    "half-squared-error",
    "mse",
    "mae",
    "bce",
    "bce-logits",
    "cross-entropy",
    "nll",
    "hinge",
    "kl",
    "sum",
]
PLACES = {"rnn": rnn_unrolled, "lstm": lstm_unrolled, "gru": gru_unrolled}


def solution(tree: dict[str, Any] | str) -> Solution:
    return solve_problem(read_problem(read_calls(tree) if isinstance(tree, str) else tree))


def drawn(seed: int) -> Any:
    rng = np.random.default_rng(seed)
    return lambda *shape: rng.normal(size=shape)


def layer_tables() -> list[Any]:
    """A problem for every specimen of every layer."""
    found = []
    for kind, member in all_layers().items():
        for number, specimen in enumerate(member.specimens(drawn(3))):
            inputs = {f"X{place}": plain(array) for place, array in enumerate(specimen.inputs)}
            layer = table(specimen.layer, specimen.params, inputs=list(inputs))
            tree = {"input": inputs, "layer": [layer], "loss": {"kind": "sum"}, "update": {"kind": "sgd"}}
            found.append(pytest.param(tree, id=f"{kind}-{number}"))
    return found


def loss_tables() -> list[Any]:
    """A problem for every specimen of every loss of one prediction."""
    found = []
    for kind, member in all_losses().items():
        for number, specimen in enumerate(member.specimens(drawn(4))):
            target = {} if specimen.target is None else {"target": plain(specimen.target)}
            loss = {"kind": kind, **settings_of(specimen.loss), **target}
            X = plain(specimen.predictions[0])
            if len(specimen.predictions) == 1:
                tree = {"input": {"X": X}, "layer": [{"kind": "identity"}], "loss": loss}
                found.append(pytest.param(tree, id=f"{kind}-{number}"))
    return found


PROBLEMS = [*layer_tables(), *loss_tables()]


@pytest.mark.parametrize("tree", PROBLEMS)
def test_every_layer_and_loss_is_explained_in_every_format(tree: dict[str, Any]) -> None:
    solved = solution(tree)
    for detail in DETAILS:
        page = network_page(walkthrough(solved, detail))
        shown = {form: render(page, form) for form in FORMS}

        assert json.loads(shown["json"])["steps"]
        assert max(map(columns, shown["text"].splitlines())) <= 84
        assert "<math" in shown["html"] and "<script" not in shown["html"]
        assert "\\" not in shown["text"] and "$$" in shown["md"]


@pytest.mark.parametrize("tree", PROBLEMS)
def test_every_gradient_has_a_step_with_a_reason(tree: dict[str, Any]) -> None:
    solved = solution(tree)
    told = walkthrough(solved)
    names = {step.name: step for step in told.steps}

    for (node, name), symbol in told.symbols.params.items():
        if solved.gradient(node, name) is not None:
            assert names[f"d{symbol}"].formula
    for place in solved.problem.places:
        assert names[told.symbols.values[place.name]].reason or solved.problem.loss is None


def test_the_common_kinds_have_explanations_of_their_own() -> None:
    assert set(SPECIFIC) <= set(all_explanations()) and set(SPECIFIC_LOSSES) <= set(all_loss_explanations())


def view_of(kind: str, number: int) -> View:
    """A specimen of a layer as its explanation sees it."""
    tree = next(param.values[0] for param in PROBLEMS if param.id == f"{kind}-{number}")
    solved = solution(tree)
    (view,) = views(solved, symbols(solved.problem)).values()
    return view


@pytest.mark.parametrize(
    ("kind", "number"),
    [(kind, number) for kind in PLACES for number in range(len(list(all_layers()[kind].specimens(drawn(1)))))],
)
def test_recurrent_layers_are_explained_with_the_engines_own_states(kind: str, number: int) -> None:
    view = view_of(kind, number)
    _, moments = PLACES[kind](view)
    states = moments[1:] if kind == "rnn" else [moment.state for moment in moments]

    np.testing.assert_allclose(states, by_time(view, view.Y), atol=1e-12)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("kind", ["attention", "scaled-dot-product"])
def test_attention_is_explained_with_the_engines_own_output(kind: str, number: int) -> None:
    view = view_of(kind, number)
    O = attending_heads(view).output
    if kind == "attention":
        O = O.swapaxes(-2, -3).reshape(*view.Y.shape[:-1], -1) if view.layer.heads > 1 else O
        O = O @ view.param("Wo") + view.record.params.get("bo", 0) if view.has("Wo") else O

    np.testing.assert_allclose(O, view.Y, atol=1e-12)


@pytest.mark.parametrize(
    "line",
    ["x=[[1,-2]]; affine(2,3,seed=1); relu; affine(3,2,seed=2); mse(target=[[1,0]])",
     "x=[[1,2],[0.5,-1]]; affine(2,2,seed=1); softmax; affine(2,1,seed=2); tanh; squared-error(target=[1,0])",
     "x=[[[[1,2,0],[0.5,-1,1],[2,1,3]]]]; conv2d(1,1,2,seed=2); maxpool2d(2,stride=1); flatten; affine(1,1,seed=2); sum",
     "x=[[1,2]]; affine(2,2,seed=3); residual(affine(2,2,seed=4), relu); affine(2,2,seed=1); cross-entropy([1])",
     "x=[[1,2,4],[0,3,1]]; layernorm(3); affine(3,2,seed=1); sigmoid; bce(target=[[1,0],[0,1]])"],
)  # fmt: skip
def test_the_paths_of_every_weight_add_up_to_its_gradient(line: str) -> None:
    """The chain rule over paths, entry by entry, is a second route to what the layers compute in matrix form."""
    solved = solution(line)
    ways = Ways(solved)
    for node, params in solved.problem.network.learnt(solved.problem.weights).items():
        for name, array in params.items():
            by_paths = np.zeros_like(array)
            for index in np.ndindex(array.shape):
                by_paths[index] = sum(path.product for path in ways.paths((node, name), index))
            np.testing.assert_allclose(by_paths, solved.gradient(node, name), atol=1e-12)


def test_scalar_detail_follows_the_notes() -> None:
    told = walkthrough(solution("x=[[1,2]]; affine(2,3,seed=1); affine(3,2,seed=2); sum"), "scalar")
    step = next(step for step in told.steps if step.name == "dW1[0, 0]")

    assert step.formula.count("+") == 1  # two outputs, so two paths
    assert step.formula.startswith(r"\frac{\partial L}{\partial w_{1 \, 1 \, 1}}")


def test_scalar_detail_of_a_large_network_says_that_it_is_too_large() -> None:
    told = walkthrough(solution("x=[[1,2]]; affine(2,60,seed=1); affine(60,2,seed=2); sum"), "scalar")

    assert any("too large to follow every path" in step.reason for step in told.steps)


def test_large_networks_are_shown_by_shape_and_norm() -> None:
    solved = solution("x=[[1,2]]; affine(2,300,seed=1); relu; affine(300,20,seed=2); cross-entropy([3]); adam")
    text = render(network_page(walkthrough(solved)), "text")

    assert "⟨2 × 300, ‖ ⋅ ‖ =" in text and len(text) < 12_000


def test_values_are_numbered_only_where_there_are_several() -> None:
    names = symbols(
        solution("x=[[1,2]]; affine(2,3,seed=1); relu; affine(3,3,seed=1); affine(3,1,seed=1); tanh; sum").problem
    )

    assert list(names.values.values()) == ["x", "Z1", "H1", "Z2", "Z3", "H3"]
    named = symbols(solution("a=2; b=3; q=add(a,b); f=multiply(q,a); sum").problem)
    assert list(named.values.values()) == ["a", "b", "q", "f"]


def test_a_bias_keeps_the_shape_in_which_it_came() -> None:
    for b in ("[0.1,0.2]", "[[0.1,0.2]]", "[[0.1],[0.2]]"):
        solved = solution(f"x=[[1,2]]; affine(W=[[1,2],[3,4]], b={b}); sum; sgd(lr=1)")
        entry = network_page(walkthrough(solved)).data["layers"][0]
        shape = np.shape(json.loads(b))
        assert (
            np.shape(entry["params"]["b"])
            == np.shape(entry["grads"]["b"])
            == np.shape(entry["updated"]["b"])
            == shape
        )


def test_a_block_is_reported_as_a_whole_and_part_by_part() -> None:
    solved = solution(
        "x=[[1,2],[0.5,-1]]; affine(2,2,seed=7); residual(affine(2,2,seed=1), relu); sum; sgd(lr=0.1)"
    )
    first, block_entry = network_page(walkthrough(solved)).data["layers"]

    assert [part["name"] for part in block_entry["layers"]] == [
        "residual1/affine1",
        "residual1/relu1",
        "residual1/sum",
    ]
    assert block_entry["grads"]["affine1.W"] == block_entry["layers"][0]["grads"]["W"]
    np.testing.assert_allclose(block_entry["grad_input"], first["grad_output"])
    inner = np.array(block_entry["layers"][1]["output"])
    np.testing.assert_allclose(block_entry["output"], np.array(first["output"]) + inner)


@pytest.mark.parametrize("kind", ["encoder-block", "decoder-block"])
def test_the_parts_of_a_transformer_block_can_be_handed_in_again(kind: str) -> None:
    """What is drawn from sizes comes out under the names under which it can be given."""
    X = np.random.default_rng(1).normal(size=(3, 4)).tolist()
    inputs = {"X": X} if kind == "encoder-block" else {"X": X, "M": X[:2]}
    block_table = {"kind": kind, "dim": 4, "hidden": 5, "heads": 2, "inputs": list(inputs), "seed": 3}
    first = network_page(
        walkthrough(solution({"input": inputs, "layer": [block_table], "loss": {"kind": "sum"}}))
    ).data
    parts = {part["name"].split("/")[1]: part["params"] for part in first["layers"][0]["layers"] if part["params"]}
    again = {key: value for key, value in block_table.items() if key not in ("dim", "hidden", "seed")} | parts
    second = network_page(walkthrough(solution({"input": inputs, "layer": [again], "loss": {"kind": "sum"}}))).data

    assert first["output"] == second["output"] and kind in all_blocks()
    assert first["layers"][0]["grads"] == second["layers"][0]["grads"]


def test_a_softmax_too_many_is_remarked_on() -> None:
    assert "twice" in next(remarks(solution("x=[[1,2]]; softmax; cross-entropy([1])")))
    assert "twice" in next(remarks(solution("x=[[1,2]]; sigmoid; bce-logits([1,0])")))
    assert "log-softmax" in next(remarks(solution("x=[[1,2]]; softmax; nll([1])")))
    assert "fires" in next(remarks(solution("x=[[-1,-2]]; relu; sum")))
    assert list(remarks(solution("x=[[1,2]]; relu; cross-entropy([1])"))) == []


def test_circuits_come_with_the_published_numbers() -> None:
    """CS231n's three circuits, gate by gate."""
    first = circuit_page(solve_circuit(read_calls("x=-2; y=5; z=-4; q=x+y; f=q*z"))).data
    assert (first["output"], {name: entry["grad"] for name, entry in first["inputs"].items()}) == (
        -12,
        {"x": -4, "y": -4, "z": 3},
    )

    neuron = "w0=2;x0=-1;w1=-3;x1=-2;w2=-3; f = 1/(1+exp(-(w0*x0+w1*x1+w2)))"
    second = circuit_page(solve_circuit(read_calls(neuron))).data
    assert round(second["output"], 2) == 0.73
    rounded = {name: round(entry["grad"], 2) for name, entry in second["inputs"].items()}
    assert rounded == {"w0": -0.2, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.2}
    assert [round(gate["grad_output"], 2) for gate in second["layers"]][::-1] == [
        1,
        -0.53,
        -0.53,
        -0.2,
        0.2,
        0.2,
        0.2,
        0.2,
    ]

    third = circuit_page(solve_circuit(read_calls("x=3; y=-4; z=2; w=-1; f = 2*(x*y + max(z, w))"))).data
    assert third["output"] == -20
    assert {name: entry["grad"] for name, entry in third["inputs"].items()} == {"x": -8, "y": 6, "z": 2, "w": 0}


@pytest.mark.parametrize("form", FORMS)
def test_circuits_are_shown_in_every_format(form: str) -> None:
    assert "12" in render(circuit_page(solve_circuit(read_calls("x=-2; y=5; z=-4; q=x+y; f=q*z"))), form)


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"', svg)
    return [tuple(map(float, box)) for box in found]  # type: ignore[misc]


def test_a_drawing_has_a_box_for_every_layer_and_both_numbers_on_every_arrow() -> None:
    svg = network_page(walkthrough(solution("x=[[1,2]]; affine(W=[[3],[4]]); relu; sum"))).drawing

    assert len(boxes(svg)) == 3  # two layers and the loss
    words = re.findall(r">([^<>]+)</text>", svg)
    assert words.count("Z") == 1 and "11" in words and "∂ 3  4" in words and "currentColor" in svg


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_boxes_never_overlap_and_stay_in_the_picture(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 12))
    nodes = [Node(str(number), "layer" * data.draw(st.integers(1, 3))) for number in range(count)]
    edges = [
        Edge(str(data.draw(st.integers(0, number - 1))), str(number), ("1.5",), ("2.5",))
        for number in range(1, count)
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    svg = graph(nodes, edges)
    width, height = (float(re.search(rf'{side}="([\d.]+)"', svg)[1]) for side in ("width", "height"))  # type: ignore[index]
    found = boxes(svg)

    assert len(found) == count
    for number, (x, y, w, h) in enumerate(found):
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        for X, Y, W, H in found[number + 1 :]:
            assert x + w <= X or x >= X + W or y + h <= Y or y >= Y + H


def test_matrices_keep_their_rows_in_the_terminal() -> None:
    lines = equation(
        ["Z = X W", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} 5 \\ 6 \end{bmatrix}"], 60
    )

    assert lines == ["Z = XW", "  = ⎡1 2⎤ ⎡5⎤", "    ⎣3 4⎦ ⎣6⎦"]
    assert block(r"\frac{1}{\begin{bmatrix} 10 \end{bmatrix}}").lines == ("1".center(4), "────", "[10]")


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 4), st.integers(1, 9), st.integers(1, 6), st.integers(24, 80))
def test_wide_formulas_are_broken_and_lose_nothing(rows: int, width: int, matrices: int, room: int) -> None:
    cells = [[f"{10 * row + column}.5" for column in range(width)] for row in range(rows)]
    matrix = r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in cells) + r" \end{bmatrix}"
    lines = [line for part in wrapped(" + ".join([matrix] * matrices), room) for line in part.lines]

    words = (
        " ".join(lines)
        .replace("[", " ")
        .replace("]", " ")
        .translate(dict.fromkeys(map(ord, "⎡⎢⎣⎤⎥⎦"), " "))
        .split()
    )
    assert max(map(columns, lines)) <= max(room, 12)
    assert all(words.count(cell) == matrices for row in cells for cell in row)
