"""Names as people write them: any case, with hyphens, underscores or neither, and other libraries' words."""

import re
from collections.abc import Collection, Mapping

KEYS = {
    "kernelsize": "kernel", "poolsize": "kernel", "bias": "b", "negativeslope": "alpha", "slope": "alpha",
    "numheads": "heads", "nheads": "heads", "numgroups": "groups", "epsilon": "eps", "infeatures": "in",
    "inchannels": "in", "inputsize": "in", "outfeatures": "out", "outchannels": "out", "hiddensize": "hidden",
    "numfeatures": "channels", "numchannels": "channels", "embeddim": "dim", "embeddingdim": "dim",
    "numembeddings": "vocabulary", "vocabsize": "vocabulary", "normalizedshape": "dim", "scalefactor": "scale",
    "countincludepad": "count_padding", "iscausal": "causal", "layers": "layer", "branches": "branch",
    "wxh": "Wx", "whh": "Wh", "bh": "b", "numpieces": "pieces", "k": "pieces", "initialiser": "init",
    "initializer": "init", "nonlinearity": "activation",
}  # fmt: skip
"""Keys of a layer under the names that libraries and textbooks use."""

KINDS = {
    "batchnorm1d": "batchnorm", "batchnorm2d": "batchnorm", "instancenorm1d": "instancenorm",
    "instancenorm2d": "instancenorm", "batchnormalisation": "batchnorm", "batchnormalization": "batchnorm",
    "layernormalisation": "layernorm", "layernormalization": "layernorm", "dropout1d": "dropout",
    "averagepool2d": "avgpool2d", "averagepool1d": "avgpool1d", "multiheadattention": "attention",
    "selfattention": "attention", "swish": "silu", "skipconnection": "residual", "globalaveragepool": "global-avgpool",
    "globalavgpool2d": "global-avgpool", "globalmaxpool2d": "global-maxpool", "convtransposed2d": "convtranspose2d",
    "rmsnormalisation": "rmsnorm",
}  # fmt: skip
"""Kinds of layers under other spellings that can mean nothing else."""

LOSSES = {
    "meansquarederror": "mse", "l2": "mse", "meanabsoluteerror": "mae", "l1": "mae", "sumsquarederror": "squared-error",
    "sumofsquarederrors": "squared-error", "sse": "squared-error", "halfsquarederrors": "half-squared-error",
    "halfmse": "half-squared-error", "binarycrossentropy": "bce", "bcewithlogits": "bce-logits",
    "binarycrossentropylogits": "bce-logits", "ce": "cross-entropy", "softmaxcrossentropy": "cross-entropy",
    "crossentropylogits": "cross-entropy", "crossentropyloss": "cross-entropy", "negativeloglikelihood": "nll",
    "kldiv": "kl", "kldivergence": "kl", "huber": "smooth-l1", "multimargin": "hinge",
}  # fmt: skip
"""Losses under other names."""

TARGETS = {
    "gradient": "target", "targets": "target", "y": "target", "t": "target", "label": "target", "labels": "target",
    "expected": "target",
}  # fmt: skip
"""The target of a loss under other names."""

UPDATES = {
    "gradientdescent": "gd", "stochasticgradientdescent": "sgd", "sgdmomentum": "momentum", "nag": "nesterov",
    "nesterovmomentum": "nesterov",
}  # fmt: skip
"""Updates under other names."""

SETTINGS = {
    "learningrate": "lr", "alpha": "lr", "eta": "lr", "stepsize": "lr", "momentum": "beta", "mu": "beta",
    "rho": "beta", "decay": "beta", "epsilon": "eps", "wd": "weight_decay", "lambda": "weight_decay", "b1": "beta1",
    "b2": "beta2", "maxnorm": "clip_norm", "clipgradnorm": "clip_norm", "clipgradvalue": "clip_value",
}  # fmt: skip
"""Settings of an update under other names."""


def bare(name: str) -> str:
    """Take away case, spaces, hyphens and underscores.

    >>> bare("Leaky-ReLU"), bare("half_squared error")
    ('leakyrelu', 'halfsquarederror')
    """
    return re.sub(r"[\s_\-]+", "", name).casefold()


def canonical(name: str, known: Collection[str], others: Mapping[str, str] | None = None) -> str:
    """Give the known name that is meant, or the name itself if none or several could be.

    >>> canonical("LeakyReLU", ["relu", "leaky-relu"]), canonical("W_fx", ["Wfx", "Wfh"]), canonical("tahn", ["tanh"])
    ('leaky-relu', 'Wfx', 'tahn')
    """
    if name in known:
        return name
    same = [one for one in known if bare(one) == bare(name)]
    if len(same) == 1:
        return same[0]
    other = (others or {}).get(bare(name), "")
    return other if other in known else name
