"""Compositions have the slopes of finite differences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.chain_rule import composition, composition_steps, power_sum_slope

STAGES = st.lists(
    st.one_of(
        st.tuples(st.just("power"), st.integers(1, 3)), st.tuples(st.sampled_from(["scale", "shift"]), st.floats(-2, 2)),
        st.tuples(st.sampled_from(["tanh", "sigmoid", "exp"]), st.just(0.0)),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.floats(-1, 1), STAGES)
def test_the_product_of_local_slopes_is_the_slope_of_the_whole(x, stages):
    def value(x):
        return composition(x, stages)["value"]

    if not any(abs(value(point)) > 1e3 for point in (x - 1e-3, x, x + 1e-3)):
        assert composition(x, stages)["slope"] == pytest.approx(
            (value(x + 1e-6) - value(x - 1e-6)) / 2e-6, rel=1e-4, abs=1e-4
        )


def test_the_three_fold_example_takes_each_derivative_once():
    work = composition_steps(1.0, [("shift", 1), ("scale", 3), ("power", 2)])

    assert work.value == {"value": 36.0, "slope": 18 * 2}
    assert work.steps[-1].numbers == r"1 \cdot 3 \cdot 12"


def test_only_one_term_of_a_sum_depends_on_an_entry():
    def total(first):
        return sum((-3 * x) ** 2 for x in (first, 1.0, 1.0, 1.0))

    assert power_sum_slope(-3, 2, 1) == pytest.approx((total(1 + 1e-4) - total(1 - 1e-4)) / 2e-4)


def test_an_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="there is no function 'cosine'"):
        composition(1.0, [("cosine", 0)])
