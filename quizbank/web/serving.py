"""Serve a page to the browser of this machine alone."""

import secrets
import socket
from contextlib import suppress

import click

from quizbank.desk import Desk
from quizbank.errors import QuizbankError

HOST = "127.0.0.1"


def serve_review(desk: Desk, port: int) -> None:
    """Serve the review queue until the command is stopped; raises `QuizbankError` where it cannot."""
    try:
        import uvicorn

        from quizbank.web.review import review_app
    except ImportError:
        raise QuizbankError('The browser needs starlette and uvicorn: pip install "quizbank[web]"') from None
    listening = _listening(port)
    token = secrets.token_urlsafe(24)
    click.echo(f"Open http://{HOST}:{listening.getsockname()[1]}/?key={token}")
    click.echo("The address is for you alone; Ctrl-C ends it.")
    config = uvicorn.Config(review_app(desk, token), log_level="warning", server_header=False)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
    click.echo(f"Decisions are in {desk.file}; `quizbank regrade … --decisions {desk.file}` applies them.")


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as trouble:
        raise QuizbankError(
            f"Port {port} cannot be used ({trouble.strerror}); choose another with --port."
        ) from None
    return listening
