"""Embeddings: a table of vectors, looked up."""

from collections import Counter
from collections.abc import Iterator

from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("embedding",)


def forward(view: View) -> Iterator[Step]:
    """The rows that the numbers name."""
    W = view.symbol("W")
    yield view.output_step(
        f"Every number names a row of ${W}$, counted from 0; that row is its vector. It is the same as a one-hot "
        f"vector times ${W}$.",
        rf"{W}[{view.x}]",
        "",
        {view.input_name: view.X, view.plain("W"): view.param("W")},
    )


def backward(view: View) -> Iterator[Step]:
    """Each row gathers the gradients of the places where it was used."""
    often = sorted(token for token, count in Counter(view.X.ravel().tolist()).items() if count > 1)
    repeated = f" Row {', '.join(map(str, often))} was used more than once: its gradients add up." if often else ""
    yield view.param_step(
        "W",
        "A row takes the upstream gradients of all places where it was looked up; rows that were not used "
        f"get 0.{repeated} The number itself has no gradient.",
        rf"\sum_{{t:\, {view.x}[t] = i}} {view.up}[t]",
        "",
        {view.upstream_name: view.dY},
    )
