"""The command line: one file per command, imported only when it is called."""

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from quizbank.errors import QuizbankError, did_you_mean


class Commands(click.Group):
    """A group whose commands are the files of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command by its name, and suggest the nearest one where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as trouble:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{trouble.message} {hint}".strip(), ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES.get(name, "")) for name in self.list_commands(ctx)])


SUMMARIES = {
    "check": "Check one answer, or a batch of them.",
    "demo": "Draw an exam, answer it in several wrong ways, grade it.",
    "exam": "Draw an exam: sheets, solutions and the secret key.",
    "grade": "Grade one student or a class.",
    "list": "List the questions.",
    "practice": "Practise question after question, with hints and feedback.",
    "regrade": "Mark again after a key was mended: who changes, and why.",
    "review": "Decide the answers that wait for a person.",
    "sheet": "Make a practice sheet of some questions, in any format.",
    "show": "Show a question, with or without its solution.",
    "solve": "Work out a training step of any network, step by step.",
    "verify": "Check every question for many seeds by second routes.",
}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quizbank")
def cli() -> None:
    """Practise and examine introductory deep learning: draw questions, grade answers, show the working."""


def main() -> None:
    """Run the command; exit with 0 when done, 1 when a check failed, 2 when it was used wrongly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        cli.main(prog_name="quizbank", standalone_mode=False)
    except click.ClickException as trouble:
        trouble.show()
        sys.exit(2)
    except QuizbankError as trouble:
        click.echo(f"Error: {trouble}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
