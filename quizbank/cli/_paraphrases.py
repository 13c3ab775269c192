"""The option `--paraphrases`, shared by the commands that mark."""

import click

from grader.text.embedding import NoEmbeddings, encoder
from quizbank.errors import QuizbankError


def _ready(context: click.Context, option: click.Parameter, asked: bool) -> bool:
    """Load the model before anything is marked."""
    if asked:
        try:
            encoder()
        except NoEmbeddings as trouble:
            raise QuizbankError(str(trouble)) from None
    return asked


paraphrases_option = click.option(
    "--paraphrases",
    is_flag=True,
    callback=_ready,
    help="Send answers that may say a missing key point in other words to review; no credit changes. "
    "Needs the extra “embeddings”.",
)
