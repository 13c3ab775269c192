"""Rubrics: the author's notation, what is refused, the lints, and the answers that must not pass."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from grader.kinds.short_text import EXAMPLE
from grader.text.adversary import key_words, negated, shuffled, word_lists
from grader.text.grouping import groups
from grader.text.lint import lint
from grader.text.notation import read_rubric
from grader.text.rubric import Forbidden, KeyPoint, Rubric, Sample, rounded

ENTRIES = tomllib.loads((Path(__file__).parent / "data" / "rubrics.toml").read_text(encoding="utf-8"))
MODELS = ("It is zero-centred.",)


def test_the_notation_is_read_as_written() -> None:
    rubric = read_rubric(
        key_points="""
            centred: zero|0 & cent|both sign => Its outputs take both signs.

            !labels*2: label => No labels are needed.
            ~noise*.5: noise => …
        """.replace("*.5", "*0.5"),
        need=2,
        forbid="never saturat => Both saturate.\nmore & weight => It has fewer. [0.25]",
        swap=("tanh", "sigmoid"),
        models=MODELS,
        samples="1.0 | zero | centred\n0.5 | mean zero",
    )

    assert rubric.key_points == (
        KeyPoint(
            name="centred", groups=(("zero", "0"), ("cent", "both sign")), feedback="Its outputs take both signs."
        ),
        KeyPoint(
            name="labels", groups=(("label",),), feedback="No labels are needed.", weight=2.0, polarity="denied"
        ),
        KeyPoint(name="noise", groups=(("noise",),), feedback="…", weight=0.5, polarity="either"),
    )
    assert rubric.forbid == (
        Forbidden(groups=(("never saturat",),), text="Both saturate."),
        Forbidden(groups=(("more",), ("weight",)), text="It has fewer.", cap=0.25),
    )
    assert rubric.swap == (("tanh", "sigmoid"),)
    assert rubric.samples == (Sample(1.0, "zero | centred"), Sample(0.5, "mean zero"))


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (
            "key_points",
            "a: x => y\ncentred zero",
            r"Line 2, “centred zero”: `=>` .* is missing: write `name: stems",
        ),
        ("key_points", "zero => y", r"`:` .* is missing: write a name"),
        ("key_points", "a: x| => y", r"a stem is missing beside `\|`"),
        ("key_points", "a: x & & z => y", "a stem is missing"),
        ("key_points", "a: … => y", "has no letter or digit"),
        ("key_points", "7: x => y", "“7” is no name: use letters"),
        ("key_points", "a*x: x => y", "is no name"),
        ("key_points", "a: x => y\na: z => y", "Two key points are named “a”: rename one"),
        ("forbid", "saturat", "`=>` with something on both sides is missing"),
        ("forbid", "x => y [3]", "“3” is no score: write a number from 0 to 1"),
        ("samples", "1.0 zero", r"`\|` with something on both sides is missing: write `score \| text`"),
        ("samples", "1,0 | zero", "“1,0” is no score"),
        ("samples", "1.5 | zero", "“1.5” is no score"),
        ("swap", ("tanh",), "write two names"),
        ("need", 3, "need=3 exceeds the key points' 0: add key points or lower it"),
        ("models", (), "needs a model answer"),
    ],
)
def test_an_authors_mistake_names_the_line_and_the_remedy(field: str, text: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_rubric(**{"models": MODELS, field: text})  # type: ignore[arg-type]


def test_a_rubric_travels_as_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(EXAMPLE), type=Rubric) == EXAMPLE


def test_need_and_scale_follow_the_key_points() -> None:
    points = "a: one => .\nb: two => .\nc: three => ."

    assert read_rubric(key_points=points, models=MODELS).needed == 3
    assert read_rubric(key_points=points, need=2, models=MODELS).scale == 2
    assert read_rubric(models=MODELS).scale == 4
    assert [rounded(credit, 4) for credit in (-1, 0.124, 0.126, 0.9, 2)] == [0, 0, 0.25, 1, 1]


@pytest.mark.parametrize("name", ENTRIES)
def test_careful_rubrics_have_no_findings(name: str) -> None:
    entry = {key: value for key, value in ENTRIES[name].items() if key != "answers"}

    assert lint(read_rubric(**{**entry, "swap": tuple(entry.get("swap", ()))})) == ()


def codes(rubric: Rubric) -> set[str]:
    return {finding.code for finding in lint(rubric)}


def test_the_example_of_the_kind_has_no_findings() -> None:
    assert lint(EXAMPLE) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"models": EXAMPLE.models[:2]}, "few-models"),
        ({"models": (*EXAMPLE.models, "It is nicer.")}, "poor-model"),
        ({"samples": EXAMPLE.samples[:3]}, "few-samples"),
        ({"samples": (*EXAMPLE.samples[:1], *EXAMPLE.samples[2:], Sample(0.0, "slow"))}, "no-sample"),
        ({"samples": (*EXAMPLE.samples, Sample(1.0, "Only the weather counts today."))}, "wrong-sample"),
        ({"samples": (*EXAMPLE.samples, Sample(0.3, "steep"))}, "off-scale"),
    ],
)
def test_lints_find_what_is_amiss(change: dict[str, object], code: str) -> None:
    assert code in codes(msgspec.structs.replace(EXAMPLE, **change))


def test_a_careless_rubric_lets_attacks_pass() -> None:
    rubric = read_rubric(
        question="Which activation function saturates for large inputs in hidden layers?",
        key_points="it: activation|saturat => .",
        models=(
            "The activation function sigmoid saturates for large inputs in hidden layers.",
            "Some activation function saturates for large inputs in hidden layers, the sigmoid.",
        ),
        samples="1.0 | The learning rate was lowered by ten after thirty epochs of activation.",
    )

    assert codes(rubric) & {"elsewhere-passes", "negation-passes", "few-models", "no-sample"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is zero-centred.", "It is not zero-centred."),
        ("It does not saturate. It is fast.", "It saturate. It is not fast."),
        ("The loss would be higher.", "The loss would not be higher."),
        ("Gradients vanish.", "It is not true that Gradients vanish."),
    ],
)
def test_negation_denies_each_sentence(text: str, expected: str) -> None:
    assert negated(text) == expected


def test_shuffling_keeps_the_words_and_is_always_alike() -> None:
    text = "The outputs of tanh have mean zero, and its slope is steeper."

    assert sorted(shuffled(text).split()) == sorted(text.replace(",", "").replace(".", "").split())
    assert shuffled(text) == shuffled(text) != text


def test_word_lists_keep_what_tells() -> None:
    assert key_words("The mean of the outputs is zero.") == ("mean", "outputs", "zero")
    assert word_lists("the mean is zero")[1] == "mean, zero"


def test_near_identical_answers_form_one_group() -> None:
    texts = [
        "The outputs are centred around zero.",
        "It has fewer weights.",
        "the outputs are zero-centered",
        "The outputs are not centred around zero.",
        "outputs are centred at zero!",
        "?",
        "",
    ]

    assert groups(texts) == ((0, 2, 4), (5, 6), (1,), (3,))


def test_groups_hold_every_answer_once() -> None:
    texts = [model for entry in ENTRIES.values() for model in entry["models"]] * 2
    found = groups(texts)

    assert sorted(place for group in found for place in group) == list(range(len(texts)))
    assert all(len(group) >= 2 for group in found)
