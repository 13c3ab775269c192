"""Every line of a derivation follows; the notes' slips cannot be derived; numbers put in can be typeset."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from every_derivation import EVERY

from quizbank.mathml import mathml
from solvers.arrays import show
from solvers.symbolic.derivation import Setup, derive, put_in
from solvers.symbolic.derivations import activations, normalisation, variance
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.symbolic.derivations.binary_cross_entropy import bce_gradient
from solvers.symbolic.derivations.bptt import bptt
from solvers.symbolic.derivations.gaussian_kl import gaussian_kl
from solvers.symbolic.derivations.highway import residual_gradient
from solvers.symbolic.derivations.receptive_formula import receptive_field
from solvers.symbolic.derivations.softmax import softmax_jacobian
from solvers.symbolic.derivations.solving import solve_for


@pytest.mark.parametrize("name", EVERY)
def test_every_step_says_why_and_can_be_typeset(name):
    work = EVERY[name]()
    names = [step.name for step in work.steps if step.name]

    assert len(names) == len(set(names))
    for step in work.steps:
        assert step.reason.rstrip()[-1] in ".:"
        assert step.reason.count("$") % 2 == 0
        for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
            mathml(text)


SLIPS = {
    "variance of a product with the mean square (a term too many)": (
        "Var(w * x)", "E(w)^2 * Var(x) + E(x^2) * Var(w) + Var(w) * Var(x)", variance.product_variance,
    ),
    "divergence with the parts of another formula": (
        "E(ln(q(x) / p(x)))", "1/2 * ((mu - mu_t)^2 + ln(sigma^2) - ln(sigma_t^2) - 1)", gaussian_kl,
    ),
    "output weight taken for the recurrent one": ("d(o, W_h)", "W_h * (h_1 + W_h * h_0) + h_2", bptt),
    "no second factor": ("d(sigma(x), x)", "sigma(x)", activations.sigmoid_derivative),
    "softmax without the other logits": ("d(p[i], x[j])", "p[i] * delta(i, j) * (1 - p[i])", softmax_jacobian),
    "sigmoid's derivative twice": ("d(L, z)", "(yhat - y) * yhat * (1 - yhat)", bce_gradient),
    "batch norm with fixed statistics": ("d(L, x[j])", "gamma * g[j] / s", normalisation.batchnorm_input),
    "sum over time cut off": ("d(o, W_h)", "W_o * h_1", bptt),
}  # fmt: skip
POSITIVE = frozenset({"sigma", "sigma_t", "v_w", "v_x"})


@pytest.mark.parametrize("slip", SLIPS)
def test_a_line_that_does_not_follow_cannot_be_built(slip):
    subject, wrong, derivation = SLIPS[slip]
    formula = derivation().value
    loss = {"L": "sum(k, N, g[k] * y[k])"} if "g[" in wrong else {}
    setup = Setup(formula.setting.where, loss, formula.over, formula.lengths, formula.setting.chances, POSITIVE)

    assert derive(subject, ("Right.", formula.plain()), setup=setup).value.plain() == formula.plain()
    with pytest.raises(ValueError, match="line 1 does not follow"):
        derive(subject, ("Wrong.", wrong), setup=setup)


@pytest.mark.parametrize(
    "call",
    [lambda: bptt("W_o"), lambda: bptt(steps=7), lambda: bptt(activation="gelu"), lambda: residual_gradient(0),
     lambda: receptive_field(9), lambda: affine_entries("Z"), lambda: affine_entries("W", (2, 9, 2)),
     lambda: affine_entries("W", (2, 2, 2), (3, 1)), lambda: solve_for("c", "c^2", "c^2", reason="?")],
)  # fmt: skip
def test_what_cannot_be_derived_is_refused_with_a_sentence(call):
    with pytest.raises(ValueError, match=r"expected|entries"):
        call()


def test_numbers_are_put_into_every_entry_and_into_the_forward_pass():
    work = put_in(softmax_jacobian(), {"x": [1, 2]}, name="J")

    assert work.steps[-1].name == "J"
    assert work.value.shape == (2, 2)
    assert work.steps[-1].numbers.count("&") == 2
    assert work.steps[-2].name == "p"
    picked = put_in(softmax_jacobian(), {"x": [1, 2], "i": 1, "j": 2})
    assert picked.value == pytest.approx(work.value[0, 1])


def test_long_sums_are_not_written_out():
    values = {"x": np.arange(10) / 10, "g": np.ones(10), "gamma": 1, "epsilon": 0}
    step = put_in(normalisation.batchnorm_gamma(), values).steps[-1]

    assert "+" not in step.numbers


NUMBERS = {
    "softmax_jacobian": {"x": [1, 2, -1]},
    "cross_entropy_gradient": {"x": [1, 2, -1], "y": [0, 1, 0]},
    "bce_gradient": {"z": -0.5, "y": 1},
    "batchnorm_input": {"x": [1, 2, 4], "g": [1, -1, 2], "gamma": 2, "beta": 0, "epsilon": 0.1},
    "layernorm_gamma": {"x": [1, 2, 4], "g": [1, -1, 2], "epsilon": 0.1},
    "gaussian_kl": {"mu": 1, "sigma": 2, "mu_t": -1, "sigma_t": 0.5},
    "receptive_field": {"k_1": 3, "k_2": 2, "k_3": 1, "k_4": 4, "s_1": 1, "s_2": 2, "s_3": 1, "s_4": 2},
    "bptt": {"x_1": 1, "x_2": -1, "x_3": 2, "W_x": 0.5, "W_h": -0.3, "b_h": 0, "W_o": 2, "b_o": 0, "h_0": 0},
    "elu_derivative": {"x": -1, "alpha": 0.5},
    "gelu_tanh_derivative": {"x": 0.5},
    "kaiming_variance": {"n": 8, "a": 0.1},
    "product_variance": {"m_w": 0, "v_w": 1, "m_x": 2, "v_x": 3},
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_put_in_can_be_typeset_and_have_their_own_names(name):
    work = put_in(EVERY[name](), NUMBERS[name], name="numbers")
    names = [step.name for step in work.steps if step.name]

    assert len(names) == len(set(names))
    assert work.steps[-1].result == show(np.asarray(work.value))
    for step in work.steps:
        assert step.reason.endswith(".")
        for text in (step.formula, step.numbers, step.result):
            mathml(text)


def test_importing_the_derivations_does_not_import_sympy():
    package = Path(__file__).parent.parent / "solvers" / "symbolic"
    modules = [
        ".".join(("solvers.symbolic", *path.relative_to(package).with_suffix("").parts))
        for path in package.rglob("*.py")
    ]
    script = (
        f"import sys, {', '.join(m.removesuffix('.__init__') for m in modules)}\nsys.exit('sympy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], cwd=package.parent.parent, check=False).returncode == 0
