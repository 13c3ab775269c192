"""`quizbank solve`: a network's training step, worked out."""

import sys

import click

from quizbank.errors import QuizbankError
from quizbank.solving import read_network, read_values
from quizbank.walkthroughs import FORMS, render
from solvers.walkthrough.checking.judging import Check, check_values
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.solution import Solution, solve_problem
from solvers.walkthrough.trouble import ProblemError
from solvers.walkthrough.walkthrough import DETAILS, walkthrough


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
    solution = solved(network)
    check = checked(solution, values) if values else None
    click.echo(render(walkthrough(solution, detail), format_, check), nl=False)
    sys.exit(0 if check is None or check.right else 1)


def solved(network: str) -> Solution:
    """Read and work out a problem; raises `QuizbankError` naming where it came from."""
    name, tree = read_network(network, sys.stdin)
    try:
        return solve_problem(read_problem(tree))
    except ProblemError as trouble:
        raise QuizbankError(sentence(name, str(trouble))) from None


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
