"""Every derivation by name, and what their tests compare them with: PyTorch's stored cases and slopes."""

import json
import math
from collections.abc import Callable
from pathlib import Path

from solvers.symbolic.derivations import activations, normalisation, variance
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.symbolic.derivations.binary_cross_entropy import bce_gradient
from solvers.symbolic.derivations.bptt import bptt
from solvers.symbolic.derivations.gaussian_kl import gaussian_kl, standard_normal_kl
from solvers.symbolic.derivations.highway import activated_residual_gradient, residual_gradient
from solvers.symbolic.derivations.merged_affine import merged_affine
from solvers.symbolic.derivations.receptive_formula import effective_padding, jump, receptive_field
from solvers.symbolic.derivations.softmax import cross_entropy_gradient, softmax_jacobian, softmax_shift
from solvers.worked import Worked

DATA = Path(__file__).parent / "data"
TORCH = {case["id"]: case for case in map(json.loads, (DATA / "pytorch_oracle.jsonl").read_text().splitlines())}
EVERY: dict[str, Callable[[], Worked]] = {
    **{name: getattr(activations, name) for name in (
        "sigmoid_derivative", "tanh_derivative", "tanh_by_sigmoid", "elu_derivative", "gelu_derivative",
        "gelu_tanh_derivative",
    )},
    **{name: getattr(normalisation, name) for name in (
        "batchnorm_gamma", "batchnorm_beta", "batchnorm_input", "layernorm_gamma", "layernorm_input",
    )},
    **{name: getattr(variance, name) for name in (
        "product_variance", "sum_variance", "xavier_variance", "xavier_compromise", "kaiming_variance",
        "uniform_bound",
    )},
    "softmax_jacobian": softmax_jacobian, "softmax_shift": softmax_shift,
    "cross_entropy_gradient": cross_entropy_gradient, "bce_gradient": bce_gradient,
    "gaussian_kl": gaussian_kl, "standard_normal_kl": standard_normal_kl, "merged_affine": merged_affine,
    "residual_gradient": lambda: residual_gradient(3), "activated_residual_gradient": activated_residual_gradient,
    "receptive_field": lambda: receptive_field(4), "dilated": lambda: receptive_field(3, dilated=True),
    "jump": lambda: jump(3), "effective_padding": lambda: effective_padding(3),
    "bptt": lambda: bptt("W_x", 3, "sigmoid"), "bptt_relu": lambda: bptt("b_h", 2, "relu"),
    "affine_W": affine_entries, "affine_X": lambda: affine_entries("X", (1, 3, 2), (1, 3)),
    "affine_b": lambda: affine_entries("b", (3, 1, 2), (1, 2)),
}  # fmt: skip


def slope(function: Callable[[float], float], x: float) -> float:
    return (function(x + 1e-6) - function(x - 1e-6)) / 2e-6


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))
