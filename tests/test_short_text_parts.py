"""The parts that read a short text: words, clauses, negation, roles, stems and their matches."""

import pytest

from grader.text.matching import State, match, match_claim
from grader.text.passage import passage
from grader.text.patterns import compiled, read_pattern
from grader.text.roles import Role, roles
from grader.text.spelling import nearest
from grader.text.synonyms import meanings, others
from grader.text.terms import terms
from grader.text.words import words

PAIR = (read_pattern("tanh").pieces, read_pattern("sigmoid").pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It doesn't, can’t and won't.", "it does not can not and will not"),
        ('didn^t isn"t', "did not is not"),
        ("normalized, centered, labeled, behavior", "normalised centred labelled behaviour"),
        ("pre-processing and non linear auto-encoders", "preprocessing and nonlinear autoencoders"),
        (r"$\sigma(x) \geq \frac{1}{4}$", "sigma x greater equal 0.25"),
        ("σ ≥ 25 % = 0,25", "sigma greater equal 0.25 equals 0.25"),
        ("from -1 to 1, i.e. 1,000 points (e.g. 2/4)", "from -1 to 1 ie 1000 points eg 0.5"),
        ("zero-mean; the sigmoid's slope", "zero mean the sigmoid slope"),
    ],
)
def test_words_are_made_even(text: str, expected: str) -> None:
    assert " ".join(word.text for word in words(text)) == expected


def test_words_know_where_they_stood() -> None:
    text = "Tanh isn’t σ: −0.5"

    assert [text[word.start : word.end] for word in words(text)] == ["Tanh", "isn’t", "isn’t", "σ", "−0.5"]


def test_numbers_are_numbers_and_one_is_a_pronoun() -> None:
    assert [word.number for word in words("one two 0.50 zero 1e")] == [None, 2.0, 0.5, 0.0, 1.0, None]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("It is not zero-centred and its slope is small.", "zero centred and"),
        ("It does not saturate or die, but it is steep.", "saturate or die"),
        ("It is not only fast but steep.", ""),
        ("It cannot be trained without labels.", "be trained without"),
        ("Neither steep nor centred.", "steep nor centred"),
        ("ReLU instead of sigmoid, because it is fast.", "of sigmoid"),
        ("Instead of the squared error we minimise the cross-entropy.", "of the squared error"),
        ("They are not steep and they learn.", "steep and"),
        ("No because it does not fit.", "fit"),
        ("It helps, but not because it is steep.", "because it is steep"),
    ],
)
def test_negation_reaches_to_the_end_of_its_clause(text: str, denied: str) -> None:
    found = passage(text)

    assert " ".join(word.text for word, no in zip(found.words, found.denied, strict=True) if no) == denied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tanh is steeper", [Role.MAIN]),
        ("the sigmoid is flat", [Role.OTHER]),
        ("steeper than the sigmoid", [Role.MAIN]),
        ("smaller than that of tanh", [Role.OTHER]),
        ("unlike the sigmoid, it is centred", [Role.MAIN, Role.MAIN]),
        ("compared to the sigmoid tanh is steeper", [Role.MAIN]),
        ("the sigmoid is flat. It is not centred", [Role.OTHER, Role.OTHER]),
        ("the sigmoid is flat. Gradients are larger", [Role.OTHER, Role.MAIN]),
        ("Sigmoid: flat, never negative. Gradients are larger", [Role.OTHER, Role.OTHER, Role.OTHER, Role.MAIN]),
        ("both tanh and sigmoid saturate", [Role.BOTH]),
    ],
)
def test_a_clause_is_about_one_side_or_both(text: str, expected: list[Role]) -> None:
    assert list(roles(passage(text), PAIR)) == expected


@pytest.mark.parametrize(
    ("stems", "text", "state"),
    [
        ("centr", "it is centred", State.FOUND),
        ("big", "a bigger step", State.FOUND),
        ("big", "a bigot", State.MISSING),
        ("0.25", "at most 1/4", State.FOUND),
        ("0.25", "at most 1/3", State.MISSING),
        ("1", "one advantage", State.MISSING),
        ("both sign", "both the signs occur", State.FOUND),
        ("both sign", "both have a sign", State.MISSING),
        ("not saturat", "it does not saturate", State.FOUND),
        ("not saturat", "it saturates", State.MISSING),
        ("not label", "labels are not needed", State.FOUND),
        ("few", "it has fewer weights", State.FOUND),
        ("not", "note the slope", State.MISSING),
        ("saturat", "it never saturates", State.DENIED),
        ("gradient & larg", "the gradient is smaller", State.DENIED),
        ("gradient & larg", "the gradient is not smaller", State.FOUND),
        ("gradient & larg", "the slope is larger", State.FOUND),
        ("overfit", "it memorises the training set", State.FOUND),
        ("lr", "the learning rate", State.FOUND),
    ],
)
def test_stems_meet_words(stems: str, text: str, state: State) -> None:
    groups = compiled(tuple(tuple(stem.strip() for stem in group.split("|")) for group in stems.split("&")))

    assert match(passage(text), groups).state is state


def test_key_points_span_two_sentences_and_claims_one_clause() -> None:
    groups = compiled((("mean",), ("zero",)))
    near, far = passage("It has a mean. It is zero."), passage("It has a mean. So it goes. It is zero.")

    assert match(near, groups).state is State.FOUND
    assert match(far, groups).state is State.MISSING
    assert match_claim(near, groups).state is State.MISSING
    assert match_claim(passage("the mean is zero"), groups).state is State.FOUND


def test_a_denial_between_the_words_of_a_phrase_denies_it() -> None:
    broken = compiled((("symmetry is broken",),))

    assert match(passage("The symmetry is broken."), broken).state is State.FOUND
    assert match(passage("The symmetry is never broken."), broken).state is State.DENIED
    assert match(passage("No, the symmetry is broken."), broken).state is State.FOUND


def test_dropout_is_no_drop_of_a_value() -> None:
    more = compiled((("more",),))

    assert match(passage("Its value drops."), more).state is State.DENIED
    assert match(passage("Dropout."), more).state is State.MISSING


def test_too_small_and_too_large_are_two_clauses() -> None:
    found = passage("too few merge different groups and too many split similar ones")

    assert list(roles(found, (read_pattern("few").pieces, read_pattern("many").pieces))) == [Role.MAIN, Role.OTHER]


def test_roles_turn_a_statement_round() -> None:
    groups = compiled((("gradient",), ("larg",)))
    for text, state in {
        "tanh has a larger gradient than the sigmoid": State.FOUND,
        "the sigmoid has a larger gradient than tanh": State.SWAPPED,
        "the sigmoid has a smaller gradient": State.FOUND,
        "tanh has a smaller gradient": State.DENIED,
    }.items():
        found = passage(text)
        assert match(found, groups, roles(found, PAIR)).state is state, text


def test_polarity_says_what_is_wanted() -> None:
    groups = compiled((("label",),))
    without, with_ = passage("it does not use labels"), passage("it uses labels")

    assert [match(one, groups, (), "denied").state for one in (without, with_)] == [State.FOUND, State.DENIED]
    assert [match(one, groups, (), "either").state for one in (without, with_)] == [State.FOUND, State.FOUND]


def test_a_match_knows_its_span() -> None:
    text = "Well, its mean value is near zero indeed."
    found = match(passage(text), compiled((("mean",), ("zero",))))

    assert text[found.start : found.end] == "mean value is near zero"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("gradeint", "gradient"), ("graident", "gradient"), ("grad", None), ("weigth", "weight")],
)
def test_small_slips_of_the_pen_are_mended(text: str, expected: str | None) -> None:
    assert nearest(text, ("gradient", "weight", "increase")) == expected


def test_opposites_are_no_slips_of_the_pen() -> None:
    assert nearest("decrease", ("increase",)) is None
    assert nearest("underfitting", ("overfitting",)) is None


def test_no_name_stands_for_two_meanings() -> None:
    names = [name for line in meanings() for name in line]

    assert sorted({" ".join(name) for name in names if names.count(name) > 1}) == []


def test_synonyms_count_in_both_directions() -> None:
    assert ("learning", "rate") in others(("lr",))
    assert ("lr",) in others(("learning", "rate"))


def test_terms_merge_what_has_several_names() -> None:
    one, other = terms(passage("The network overfits.")), terms(passage("The net memorises the training set."))

    assert one.content == other.content
