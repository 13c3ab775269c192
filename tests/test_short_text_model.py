"""The small model: its features counted by hand, its data files, the word order, and the fit itself."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parent.parent))  # benchmarks/ is not installed
from benchmarks.fit_short_text import authored_answers, fit_likeness, fit_model, logistic, within
from grader.text.adversary import shuffled
from grader.text.features import Features, features, reference
from grader.text.model import chance, fitted_model
from grader.text.nearness import alikeness, neighbours
from grader.text.order import fit_order, fitted_order, naturalness
from grader.text.passage import passage
from grader.text.rarity import Rarity, rarity
from grader.text.terms import Terms, terms

FLAT = Rarity(99, {})
RARE = math.log(100 / 0.5)


def read(text: str) -> Terms:
    return terms(passage(text))


def seen(answer: str, model: str, question: str = "") -> Features:
    return features(read(answer), [reference(read(model), read(question), FLAT)], read(question), FLAT)


def test_all_is_met_by_the_model_itself() -> None:
    found = seen("red cats sleep", "red cats sleep")

    assert found[:5] == (1, 1, 1, 1, 1)
    assert (found.denial, found.brief) == (0, 0)
    assert found.mass == pytest.approx(math.log1p(3 * RARE))


def test_shares_are_those_counted_by_hand() -> None:
    found = seen("red cats jump high", "red cats sleep")

    assert found.recall == pytest.approx(math.sqrt(2 / 3))
    assert found.pairs == pytest.approx(math.sqrt(1 / 2))
    assert found.precision == pytest.approx(2 / 4)
    assert found.length == pytest.approx(math.log1p(4))


def test_words_of_the_question_count_less() -> None:
    found = seen("red cats", "red cats sleep", question="What do red cats do?")

    assert found.news == 0
    assert found.recall == pytest.approx(math.sqrt(2 * 0.4 / (2 * 0.4 + 1)))


def test_a_denied_term_is_noticed() -> None:
    assert seen("cats do not sleep", "cats sleep").denial == pytest.approx(0.5)
    assert seen("cats do not sleep", "cats do not sleep").denial == 0


def test_rare_terms_weigh_more_and_joining_words_hardly() -> None:
    table = Rarity(9, {"common": 8})

    assert table.weight("rare") > table.weight("common") > 0
    assert table.weight("the") == pytest.approx(0.1 * table.weight("rare"))
    assert table.weight("rare", ("rare",)) == pytest.approx(0.4 * table.weight("rare"))


def test_neighbours_weigh_samples_by_nearness() -> None:
    samples = [(1.0, read("red cats sleep")), (0.0, read("blue dogs run"))]

    assert neighbours(read("red cats sleep"), samples) == (1.0, 1.0)
    assert neighbours(read("green"), samples) == (0.0, 0.0)
    assert alikeness(read("red cats"), read("red dogs")) == pytest.approx(1 / 5)


def test_the_stored_model_uses_features_that_exist() -> None:
    model = fitted_model()

    assert set(model.weights) <= set(Features._fields)
    assert model.slope > 0
    assert model.rubric.met > 0 > model.rubric.against
    assert model.credit(seen("red cats sleep", "red cats sleep")) > model.credit(seen("red", "red cats sleep"))


def test_the_stored_counts_are_possible() -> None:
    table = rarity()

    assert table.questions > 100
    assert all(1 <= count <= table.questions for count in table.counts.values())


def test_sentences_are_more_natural_than_their_words_in_disorder() -> None:
    texts = [one.text for one in authored_answers() if len(one.text.split()) >= 7]
    scores = [[naturalness(passage(text), fitted_order()) for text in (one, shuffled(one))] for one in texts]

    assert sum(right > wrong for right, wrong in scores) >= 0.95 * len(scores)


def test_liking_is_learned_from_what_follows_what() -> None:
    order = fit_order([passage("the cat is on the mat")] * 50)

    assert order["the -"] > 0 > order["the the"]


def test_a_logistic_fit_finds_the_rule_that_made_the_data() -> None:
    inputs = np.linspace(-3, 3, 400)
    right = (np.arange(400) * 0.618 % 1) < 1 / (1 + np.exp(-(0.5 + 2 * inputs)))

    constant, slope = logistic(inputs[:, None], right)

    assert constant == pytest.approx(0.5, abs=0.35)
    assert slope == pytest.approx(2.0, abs=0.5)


def test_slopes_are_fitted_within_questions() -> None:
    generator = np.random.default_rng(7)
    rows = generator.uniform(size=(600, len(Features._fields)))
    groups = [f"question {place % 3}" for place in range(600)]
    easy = np.array([0.3 * (place % 3) for place in range(600)])
    scores = 0.2 + 0.5 * rows[:, 0] + easy

    model = fit_model(rows, scores, groups)

    assert model.weights["news"] == pytest.approx(0.5 / 1, rel=0.5)
    assert abs(model.weights["mass"]) < 0.1
    assert within(np.array([1.0, 3.0, 5.0]), ["a", "a", "b"]).tolist() == [-1.0, 1.0, 0.0]


def test_likeness_is_the_best_step_towards_the_samples() -> None:
    own, table = np.array([0.0, 0.0, 1.0]), np.array([[1.0, 1.0], [1.0, 0.5], [0.0, 1.0]])

    assert fit_likeness(own, table, own + 0.4 * table[:, 1] * (table[:, 0] - own)) == pytest.approx(0.4)


def test_a_chance_stays_within_bounds() -> None:
    assert chance(0) == 0.5
    assert 0 < chance(-1e9) < chance(1e9) < 1
