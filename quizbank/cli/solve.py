"""`quizbank solve`: a network's training step, worked out."""

import sys
from typing import Any

import click

from quizbank.errors import QuizbankError
from quizbank.solving import read_network, read_values
from quizbank.walkthroughs import FORMS, Page, circuit_page, network_page, render
from solvers.walkthrough.checking.judging import Check, check_values
from solvers.walkthrough.circuit import solve_circuit
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.solution import Solution, solve_problem
from solvers.walkthrough.trouble import ProblemError
from solvers.walkthrough.walkthrough import DETAILS, walkthrough

STYLES = {
    r"(?m)^\S.*$": "bold",
    r"(?m)^[═─]+$": "dim",
    r"(?m)^    · .*$": "dim",
    r"(?m)^✓.*$": "green",
    r"(?m)^✗.*$": "red",
    r"(?m)^[→≈].*$": "yellow",
}
"""Colours of a page in the terminal: headings, shapes, and how the values of a check are."""


@click.command("solve")
@click.argument("network", metavar="NET.toml")
@click.option(
    "--detail", type=click.Choice(DETAILS), default="full", help="How much is explained (default: full)."
)
@click.option(
    "--format", "format_", type=click.Choice(list(FORMS)), default="text", help="The output (default: text)."
)
@click.option(
    "--check",
    "values",
    metavar="STUDENT.toml",
    help="Compare your own values: where the first slip is, and which.",
)
def command(network: str, detail: str, format_: str, values: str | None) -> None:
    """Work out one training step of a network, step by step.

    NET.toml is a file (TOML or JSON), `-` for standard input, or a line such as
    "x=[1,2]; affine(2,3,seed=1); relu; affine(3,1); mse(target=[3.2]); sgd(lr=0.1)". With --check the exit code is 1
    where a value is not right.
    """
    name, tree = read_network(network, sys.stdin)
    try:
        page = worked_page(tree, detail, values)
    except ProblemError as trouble:
        raise QuizbankError(sentence(name, str(trouble))) from None
    show(render(page, format_), coloured=format_ == "text")
    sys.exit(0 if page.check is None or page.check.right else 1)


def show(text: str, *, coloured: bool) -> None:
    """Print a page, in colours where somebody reads it in a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if not (coloured and console.is_terminal):
        click.echo(text, nl=False)
        return
    page = Text(text)
    for pattern, style in STYLES.items():
        page.highlight_regex(pattern, style)
    console.print(page, end="")


def worked_page(tree: Any, detail: str, values: str | None) -> Page:
    """Work a problem out; raises `ProblemError`, and `QuizbankError` where a student's values cannot be read."""
    if isinstance(tree, dict) and "circuit" in tree:
        if values:
            raise ProblemError(
                "the values of a circuit of formulas are not checked; write it as layers, or compare them yourself"
            )
        return circuit_page(solve_circuit(tree))
    solution = solve_problem(read_problem(tree))
    return network_page(walkthrough(solution, detail), checked(solution, values) if values else None)


def checked(solution: Solution, values: str) -> Check:
    """Compare a student's values with a solution; raises `QuizbankError` naming where they came from."""
    tree = read_values(values, sys.stdin)
    try:
        return check_values(solution, tree)
    except ProblemError as trouble:
        raise QuizbankError(sentence("" if values == "-" else values, str(trouble))) from None


def sentence(name: str, trouble: str) -> str:
    """Make a sentence of what is wrong and where.

    >>> sentence("net.toml", "layer 1: unknown"), sentence("", "did you mean 'relu'?")
    ('net.toml: layer 1: unknown.', "Did you mean 'relu'?")
    """
    whole = f"{name}: {trouble}" if name else trouble[:1].upper() + trouble[1:]
    return whole if whole.endswith(("?", ".")) else f"{whole}."
