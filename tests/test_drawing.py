"""Figures: well-formed, small, in the page's own colours, and showing what is given, never what is asked."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank import bank
from quizbank.domains import arguments_of
from quizbank.exam import Draft, Exam, Item, Student
from quizbank.formats import html, markdown
from quizbank.part import call
from quizbank.question import Figure, Question, Variant
from quizbank.sheet import exam_sheet
from solvers.drawing.blocks import skip_block, unet
from solvers.drawing.canvas import signed
from solvers.drawing.cone import cone
from solvers.drawing.grid import Grid, Window, grids
from solvers.drawing.network import network, neurons

DRAWN = [question for question in bank.all_questions() if question.figure]
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {f"{SVG}{name}" for name in ("svg", "rect", "line", "path", "circle", "text")}
LARGEST = 12_000


def drawn(variant: Variant) -> Figure:
    assert variant.question.figure
    figure = call(variant.question.figure, variant.values)
    assert isinstance(figure, Figure)
    return figure


def elements(svg: str, name: str = "") -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(svg).iter() if not name or one.tag == SVG + name]


def words(svg: str) -> list[str]:
    return [one.text or "" for one in elements(svg, "text")]


def numbers(svg: str) -> Counter[float]:
    """Count the numbers that stand alone in a drawing."""
    found = (one.replace("−", "-") for one in words(svg))
    return Counter(float(one) for one in found if re.fullmatch(r"[-+]?\d+(\.\d+)?", one))


def entries(*values: Any) -> Counter[float]:
    return Counter(float(entry) for value in values for entry in np.ravel(value))


def variants(id: str) -> Iterator[tuple[Variant, Figure]]:
    for seed in range(12):
        variant = bank.find(id).draw(seed)
        yield variant, drawn(variant)


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.id)
def test_a_figure_is_small_well_formed_and_in_the_colours_of_the_page(question: Question) -> None:
    for seed in range(8):
        svg = drawn(question.draw(seed)).svg
        inks = {one.get(key) for one in elements(svg) for key in ("fill", "stroke")} - {None}

        assert {one.tag for one in elements(svg)} <= ELEMENTS
        assert inks <= {"currentColor", "none"} and "style" not in svg
        assert len(svg.encode()) < LARGEST
        assert not re.search(r"\bnan\b|\binf\b", svg)


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.id)
def test_everything_is_inside_the_picture(question: Question) -> None:
    for seed in range(8):
        svg = drawn(question.draw(seed)).svg
        root = ElementTree.fromstring(svg)
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for one in elements(svg, "text"):
            size, room = float(one.attrib["font-size"]), len(one.text or "")
            long = 0.5 * size * room
            left = (
                float(one.attrib["x"]) - {"start": 0, "middle": long / 2, "end": long}[one.attrib["text-anchor"]]
            )
            assert left >= -3 and left + long <= width + 3 and size * 0.6 < float(one.attrib["y"]) < height, (
                one.text
            )


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.id)
def test_its_alternative_text_is_plain_sentences(question: Question) -> None:
    alt = drawn(question.draw(2)).alt

    assert len(alt) > 40 and alt.endswith(".") and alt == " ".join(alt.split())
    assert not set(alt) & set("$\\<>{}[]")


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.id)
def test_a_figure_is_drawn_without_knowing_the_answers(question: Question) -> None:
    assert question.figure
    assert not set(arguments_of(question.figure)) & {part.name for part in question.parts}


@pytest.mark.parametrize(
    ("id", "shown"),
    [
        ("ch2.body.train_step", "x W b V c"),
        ("ch2.fc_forward", "W b"),
        ("ch2.body.w111", "V"),
        ("ch2.q2.d", "W1 b1 W2 b2"),
        ("ch3.conv_value", "X K"),
        ("ch3.conv_multichannel", "X W"),
        ("ch3.q9", "X G"),
        ("ch3.maxpool_ties", "X G"),
        ("ch3.avgpool_backward", "G"),
        ("ch3.tconv_value", "x w"),
    ],
)
def test_the_numbers_drawn_are_the_given_ones_and_no_others(id: str, shown: str) -> None:
    for variant, figure in variants(id):
        assert numbers(figure.svg) == entries(*(variant.values[name] for name in shown.split()))


def test_the_attention_matrix_is_left_empty() -> None:
    for variant, figure in variants("ch6.body.attention"):
        assert numbers(figure.svg) == entries(*(variant.values[name] for name in "QKV"), (1, 2, 3))


def test_equal_weights_stand_on_every_line() -> None:
    for variant, figure in variants("ch4.symmetry"):
        h, c = variant.values["h"], variant.values["c"]
        assert numbers(figure.svg) == entries(variant.values["x"], [c] * (3 * h))


def test_the_mask_is_not_drawn() -> None:
    for variant, figure in variants("ch6.causal_mask"):
        T, i = variant.values["T"], variant.values["i"]
        tinted = elements(figure.svg, "rect")
        assert len(tinted) == T and len({one.get("y") for one in tinted}) == 1
        assert numbers(figure.svg) == entries(range(1, T + 1), range(1, T + 1))
        assert f"Row {i} is shaded" in figure.alt


def test_the_points_of_the_curves_are_the_losses() -> None:
    for variant, figure in variants("ch4.body.curves"):
        heights = [float(one.attrib["cy"]) for one in elements(figure.svg, "circle")]
        losses = np.ravel(variant.values["losses"])
        slope, start = np.polyfit(losses, heights, 1)
        assert slope < 0 and np.abs(slope * losses + start - heights).max() < 0.2


def test_the_points_on_the_line_are_the_data() -> None:
    for variant, figure in variants("ch1.kmeans_step"):
        places = [float(one.attrib["cx"]) for one in elements(figure.svg, "circle")]
        assert np.corrcoef(places, np.ravel(variant.values["points_x"]))[0, 1] == pytest.approx(1, abs=1e-5)


def test_the_points_of_a_plane_are_the_data_and_no_line_joins_them() -> None:
    for variant, figure in variants("ch2.body.closed_form"):
        points = elements(figure.svg, "circle")
        for axis, name, sign in (("cx", "x", 1), ("cy", "y", -1)):
            places = [float(one.attrib[axis]) for one in points]
            assert np.corrcoef(places, np.ravel(variant.values[name]))[0, 1] == pytest.approx(sign, abs=1e-4)
        assert len(points) == 4 and len(elements(figure.svg, "path")) == 1


def test_every_branch_has_its_kernels() -> None:
    for variant, figure in variants("ch5.inception_channels"):
        boxes = [one for one in words(figure.svg) if one.startswith("conv")]
        sides = (*variant.values["kernels"], 1)
        assert boxes == [
            f"conv {k} × {k}, {count} kernels" for k, count in zip(sides, variant.values["c"], strict=True)
        ]


def test_the_width_of_a_cone_says_nothing_about_the_field() -> None:
    def shapes(kernel: int) -> list[dict[str, str]]:
        svg = cone([(f"conv {kernel} × {kernel}", "stride 1")] * 3)
        return [one.attrib for one in elements(svg) if one.tag != SVG + "text"]

    assert shapes(3) == shapes(9)


def test_layers_of_a_stack_are_named_in_order() -> None:
    for variant, figure in variants("ch3.body.rf_example"):
        kernels, strides = variant.values["kernels"], variant.values["strides"]
        labels = [one for one in words(figure.svg) if one.startswith(("conv", "pool", "stride"))]
        kinds = ("conv", "pool", "conv", "pool")
        assert labels[::2] == [f"{kind} {k} × {k}" for kind, k in zip(kinds, kernels, strict=True)]
        assert labels[1::2] == [f"stride {s}" for s in strides]


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_weights_on_the_lines_do_not_lie_on_each_other(sizes: list[int]) -> None:
    layers = [neurons("h", [""] * size) for size in sizes]
    weights = [[["−0.5"] * after for _ in range(before)] for before, after in pairwise(sizes)]
    labels = [one for one in elements(network(layers, weights), "text") if one.text == "−0.5"]
    columns: dict[str, list[float]] = {}
    for one in labels:
        columns.setdefault(one.attrib["x"], []).append(float(one.attrib["y"]))

    assert len(columns) == len(sizes) - 1 and len(labels) == sum(a * b for a, b in pairwise(sizes))
    assert all(np.diff(sorted(column)).min(initial=99) > 12 for column in columns.values())


def test_a_window_frames_its_cells() -> None:
    (frame,) = elements(grids((Grid("", [[1, 2, 3]] * 3, (Window(1, 0, 2, 3),)),)), "rect")

    assert float(frame.attrib["width"]) / float(frame.attrib["height"]) == 3 / 2


def test_a_missing_cell_is_not_drawn() -> None:
    assert len(elements(grids((Grid("", [["a", None], [None, "b"]]),)), "rect")) == 2


@pytest.mark.parametrize("levels", [2, 3, 4])
def test_a_unet_has_three_maps_on_each_level_but_the_lowest(levels: int) -> None:
    maps = elements(unet(levels, "8 × 64 × 64", (1, levels)), "rect")

    assert len(maps) == 3 * levels + 1
    assert sum(one.get("fill-opacity") is not None for one in maps) == 4


def test_names_are_escaped() -> None:
    assert "a < b & c" in words(skip_block(("a < b & c",)))


def test_signs_stand_before_biases() -> None:
    assert [signed(one) for one in (np.float64(0.1), np.int64(-3), 0)] == ["+0.1", "−3", "+0"]


def test_the_figure_reaches_the_page_with_its_alternative_text() -> None:
    draft = Draft(Student(), (Item("1", bank.find("ch2.body.train_step").draw(3), 13.0),))
    sheet = exam_sheet(Exam("exam", "A network", (draft,), 3), draft)
    figure = sheet.items[0].figure
    assert figure

    page = html.render((sheet,)).decode()
    assert figure.svg in page and f'aria-label="{figure.alt}"' in page
    assert figure.alt in markdown.render((sheet,)).decode()
