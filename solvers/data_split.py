"""Counting what a training run sees: splits, batches, updates, augmentation, grid search, memory.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from collections.abc import Sequence
from math import prod

from solvers.arrays import show, total
from solvers.worked import Step, Worked, worked

Counts = dict[str, float]


def split_counts(samples: int, percentages: Sequence[int]) -> tuple[int, ...]:
    """Samples in each part; percentages must add up to 100. What rounding leaves over goes to the first part.

    >>> split_counts(200, (70, 15, 15)), split_counts(101, (50, 50))
    ((140, 30, 30), (51, 50))
    """
    if sum(percentages) != 100 or min(percentages) < 0:
        raise ValueError(f"percentages must add up to 100, got {tuple(percentages)}")
    rest = [samples * share // 100 for share in percentages[1:]]
    return (samples - sum(rest), *rest)


def split_counts_steps(samples: int, percentages: Sequence[int]) -> Worked:
    """Work out how many samples land in each part."""
    counts = split_counts(samples, percentages)
    names = (
        ("training", "validation", "test") if len(counts) == 3 else [f"part {i + 1}" for i in range(len(counts))]
    )
    steps = [
        Step(f"The share of the {name} data, whole samples only.", r"N \cdot \frac{s}{100}",
             rf"{samples} \cdot \frac{{{share}}}{{100}}", str(samples * share // 100), name)
        for name, share in zip(names, percentages, strict=True)
    ]  # fmt: skip
    left = counts[0] - samples * percentages[0] // 100
    if left:
        steps.append(Step(f"Rounding down leaves {left} over; the first part takes what is left.", "",
                          f"{counts[0] - left} + {left}", str(counts[0]), f"{names[0]} in all"))  # fmt: skip
    return worked(counts, steps)


def batches(samples: int, size: int) -> dict[str, int]:
    """Batches in an epoch when the last, smaller one is kept, and how many samples the last one has.

    >>> batches(100, 32), batches(96, 32)
    ({'batches': 4, 'last': 4}, {'batches': 3, 'last': 32})
    """
    if samples < 1 or size < 1:
        raise ValueError(f"samples and batch size must be at least 1, got {samples} and {size}")
    return {"batches": -(-samples // size), "last": samples % size or size}


def batches_steps(samples: int, size: int) -> Worked:
    """Work out how many batches an epoch has."""
    found = batches(samples, size)
    return worked(found, (
        Step("Every sample is seen once; a last batch that is not full counts as well, so round up.",
             r"\left\lceil \frac{N}{B} \right\rceil", rf"\left\lceil \frac{{{samples}}}{{{size}}} \right\rceil",
             str(found["batches"]), "batches"),
        Step("The last batch holds what the ones before it leave.",
             r"N - \left( \left\lceil \frac{N}{B} \right\rceil - 1 \right) B",
             rf"{samples} - {found['batches'] - 1} \cdot {size}", str(found["last"]), "last"),
    ))  # fmt: skip


def updates(samples: int, size: int, epochs: int) -> dict[str, int]:
    """Updates in so many epochs: of full gradient descent and of mini-batch descent.

    >>> updates(100, 32, epochs=5)
    {'full': 5, 'minibatch': 20}
    """
    return {"full": epochs, "minibatch": epochs * batches(samples, size)["batches"]}


def updates_steps(samples: int, size: int, epochs: int) -> Worked:
    """Work out how often the weights are updated."""
    found, each = updates(samples, size, epochs), batches(samples, size)["batches"]
    return worked(found, (
        Step("Full gradient descent updates once per epoch, after all data.", "E", "", str(epochs), "full"),
        Step("Mini-batch descent updates after every batch, also after the last, smaller one.",
             r"E \left\lceil \frac{N}{B} \right\rceil", rf"{epochs} \cdot {each}", str(found["minibatch"]), "minibatch"),
    ))  # fmt: skip


def augmented_counts(samples: int, probability: float, epochs: int) -> Counts:
    """On-the-fly augmentation: images stored, and transformed images expected to be seen in all epochs.

    >>> augmented_counts(1000, 0.5, epochs=10)
    {'stored': 1000, 'transformed': 5000.0}
    """
    return {"stored": samples, "transformed": samples * probability * epochs}


def augmented_counts_steps(samples: int, probability: float, epochs: int) -> Worked:
    """Work out what augmentation stores and shows."""
    found = augmented_counts(samples, probability, epochs)
    return worked(found, (
        Step("Images are transformed when they are loaded: nothing is added to the stored data.", "N", "",
             str(samples), "stored"),
        Step("Each of the images shown is transformed with the given probability.", "N E p",
             rf"{samples} \cdot {epochs} \cdot {show(probability)}", show(found["transformed"]), "transformed"),
    ))  # fmt: skip


def grid_search(values: Sequence[int], minutes: float) -> Counts:
    """Runs of a grid search over so many values per hyperparameter, and the hours they take one after the other.

    >>> grid_search([3, 4, 2], minutes=10)
    {'runs': 24, 'hours': 4.0}
    """
    return {"runs": prod(values), "hours": prod(values) * minutes / 60}


def grid_search_steps(values: Sequence[int], minutes: float) -> Worked:
    """Work out the cost of a grid search."""
    found = grid_search(values, minutes)
    return worked(found, (
        Step("Every value is combined with every value of the others: the counts multiply.", r"\prod_i n_i",
             r" \cdot ".join(map(str, values)), str(found["runs"]), "runs"),
        Step("One run after the other.", r"\frac{n\, t}{60}", rf"\frac{{{found['runs']} \cdot {show(minutes)}}}{{60}}",
             show(found["hours"]), "hours"),
    ))  # fmt: skip


def matrix_memory(rows: float, features: int, size: int = 4) -> Counts:
    """Gigabytes (10⁹ bytes) of a data matrix with entries of so many bytes, and the entries of XᵀX.

    >>> matrix_memory(5e9, 100, 4)
    {'gigabytes': 2000.0, 'gram_entries': 10000}
    """
    return {"gigabytes": rows * features * size / 1e9, "gram_entries": features * features}


def matrix_memory_steps(rows: float, features: int, size: int = 4) -> Worked:
    """Work out the memory of a data matrix and of its Gram matrix."""
    found = matrix_memory(rows, features, size)
    return worked(found, (
        Step("Rows times columns times bytes per entry; a gigabyte has $10^9$ bytes.", r"N D \cdot \text{bytes}",
             rf"{show(float(rows))} \cdot {features} \cdot {size} / 10^9", show(found["gigabytes"]), "gigabytes"),
        Step("$X^T X$ no longer depends on the number of rows, and can be summed up batch by batch.", "D^2",
             f"{features}^2", str(found["gram_entries"]), "gram_entries"),
    ))  # fmt: skip


def new_head(backbone: int, features: int, classes: int) -> dict[str, int]:
    """Trainable and all parameters when a backbone is frozen and gets a new linear head.

    >>> new_head(1000, 8, 3)
    {'trainable': 27, 'total': 1027}
    """
    head = features * classes + classes
    return {"trainable": head, "total": backbone + head}


def new_head_steps(backbone: int, features: int, classes: int) -> Worked:
    """Work out what is trained when only the head is replaced."""
    found = new_head(backbone, features, classes)
    return worked(found, (
        Step("Only the new head learns: a weight per feature and class, a bias per class.", "F K + K",
             rf"{features} \cdot {classes} + {classes}", str(found["trainable"]), "trainable"),
        Step("The frozen backbone still counts among all parameters.", "",
             total([backbone, found["trainable"]]), str(found["total"]), "total"),
    ))  # fmt: skip
