"""Training steps with our engine."""

from collections.abc import Callable

from engine_steps.tasks import LEARNING_RATE, Task
from solvers.engine.graph import Node
from solvers.engine.layers import all_layers
from solvers.engine.losses import all_losses
from solvers.engine.network import Network, chain, network
from solvers.engine.optimisers import optimiser
from solvers.engine.trainer import Trainer


def steps(task: Task) -> Callable[[int], float]:
    """Give the function that makes some steps on the same data and returns the loss before the first."""
    net, loss = MODELS[task.model](task), "cross-entropy" if task.target.dtype.kind == "i" else "mse"
    sgd = optimiser("sgd", lr=LEARNING_RATE)
    trainer = Trainer(net, task.weights, all_losses()[loss](), sgd, task.X.dtype)
    return lambda count: trainer.train(count, task.target, X=task.X)[0]


def mlp(task: Task) -> Network:
    kinds = ["affine", *["relu", "affine"] * (len(task.weights) - 1)]
    return chain(*(all_layers()[kind]() for kind in kinds))


def lenet(task: Task) -> Network:
    make = all_layers()
    kinds = ("conv2d", "relu", "maxpool2d", "flatten", "affine", "relu", "affine", "relu", "affine")
    first = make["conv2d"](padding=2), make["relu"](), make["maxpool2d"]()
    return chain(*first, *(make[kind]() for kind in kinds))


def lstm(task: Task) -> Network:
    return chain(*(all_layers()[kind]() for kind in ("lstm", "last-step", "affine")))


def attention(task: Task) -> Network:
    return network([Node("attention", all_layers()["attention"](heads=4), ("X",))])


MODELS = {"mlp": mlp, "lenet": lenet, "lstm": lstm, "attention": attention}
