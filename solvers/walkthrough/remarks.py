"""What a tutor would point out at once: a softmax too many, neurons that do not fire, targets that are no distribution."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.solution import Solution

NEEDS = {
    "cross-entropy": (
        "softmax",
        "The loss cross-entropy takes logits and applies the softmax itself; here a softmax stands before it, so it is applied "
        "twice. Leave the layer out, or use the loss cross-entropy-probabilities.",
    ),
    "bce-logits": (
        "sigmoid",
        "The loss bce-logits takes logits and applies the sigmoid itself; here a sigmoid stands before it, so it is applied "
        "twice. Leave the layer out, or use the loss bce.",
    ),
}


def remarks(solution: Solution) -> Iterator[str]:
    """Give a sentence for each thing worth knowing before the numbers."""
    records, loss = solution.trace.records, solution.problem.loss
    last = records[-1].layer.kind
    if loss and NEEDS.get(loss.kind, ("",))[0] == last:
        yield NEEDS[loss.kind][1]
    if loss and loss.kind == "nll" and last == "softmax":
        yield "The loss nll takes log-probabilities; a log-softmax belongs before it, not a softmax."
    for record in records:
        if record.layer.kind == "relu" and not (record.outputs[0] > 0).any():
            label = solution.problem.labels()[record.name]
            yield f"No neuron of {label} fires for this input, so nothing before it gets any gradient."
    if loss and loss.kind in ("cross-entropy", "kl") and solution.trace.target is not None:
        sums = np.sum(solution.trace.target, axis=getattr(loss, "axis", -1))
        if not np.allclose(sums, 1):
            yield f"The probabilities of the target of a sample should sum to 1; here they sum to {np.ravel(sums)[0]:g}."
