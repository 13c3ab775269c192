"""A persistent worker process with little time and memory, in which students' programs run.

The interpreter counts steps and numbers before it computes, and refuses what is too large. The process is the
second fence: should a computation slip through, it ends with the process, and a new one is started.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from grader.answer import Unreadable

PROCESSOR_SECONDS = 1.0
MEMORY = 160 * 2**20  # bytes of data
WAITING = 20.0  # seconds by the clock, for a machine that is busy
STARTING = 60.0


class Tensor(msgspec.Struct, frozen=True):
    """An array as bytes: whole numbers (int64) or real ones (float64)."""

    shape: tuple[int, ...]
    data: bytes
    whole: bool = False


class Job(msgspec.Struct, frozen=True):
    """A program and the inputs to run it on, one mapping for each run."""

    text: str
    draws: tuple[Mapping[str, Tensor], ...]


class Ran(msgspec.Struct, frozen=True, tag=True):
    """The values a program gave, one or several for each run."""

    values: tuple[tuple[Tensor, ...], ...]


class Failed(msgspec.Struct, frozen=True, tag=True):
    """Why a program gave none."""

    code: str
    sentence: str


class Worker:
    """One worker process, started when it is first needed; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job) -> Ran:
        """Run a program; raises `Unreadable` with the code `limit` or `run-error`."""
        message = msgspec.msgpack.encode(job)
        with self._lock:
            if not self._hand_over(message, WAITING):
                self._start()
                self._hand_over(message, WAITING)
            reply = self._receive(WAITING)
            if reply is None:
                self.close()
        if reply is None:
            raise Unreadable("The program took too much time or memory and was stopped.", code="limit")
        result = msgspec.msgpack.decode(reply, type=Ran | Failed)
        if isinstance(result, Failed):
            raise Unreadable(result.sentence, code=result.code)
        return result

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _start(self) -> None:
        self.close()
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM")}
        system = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from grader.worker import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(Path(__file__).parent.parent), **threads, **system},
        )
        if not self._hand_over(b"", STARTING) or self._receive(STARTING) is None:
            raise RuntimeError("The worker for programs does not start: can grader.worker be imported?")

    def _hand_over(self, message: bytes, patience: float) -> bool:
        """Send a message; False if the process has ended and does not confirm it."""
        if self._process is None or self._process.stdin is None:
            return False
        with suppress(OSError):
            send(self._process.stdin, message)
        return self._receive(patience) == b""

    def _receive(self, patience: float) -> bytes | None:
        """Wait for a message; None if the process ended, or had to be."""
        if self._process is None or self._process.stdout is None:
            return None
        alarm = threading.Timer(patience, self._process.kill)
        alarm.start()
        try:
            return receive(self._process.stdout)
        finally:
            alarm.cancel()


def run_job(job: Job) -> Ran:
    """Run a program in the worker that everybody shares; raises `Unreadable`."""
    return _shared[-1].run(job)


def send(stream: BinaryIO | Any, message: bytes) -> None:
    """Write a message, its length first."""
    stream.write(len(message).to_bytes(4, "big") + message)
    stream.flush()


def receive(stream: BinaryIO | Any) -> bytes | None:
    """Read a message; None at the end."""
    head = stream.read(4)
    message = stream.read(int.from_bytes(head, "big")) if len(head) == 4 else None
    return message if message is not None and len(message) == int.from_bytes(head, "big") else None


def serve() -> None:
    """Be the worker: confirm and answer jobs until the input ends."""
    import grader.programs.jobs as jobs

    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.setrecursionlimit(3000)
    limit_resources()
    while (message := receive(incoming)) is not None:
        send(outgoing, b"")
        with _Timed():
            reply = (
                msgspec.msgpack.encode(jobs.perform(msgspec.msgpack.decode(message, type=Job))) if message else b""
            )
        send(outgoing, reply)


def limit_resources() -> None:
    """Bound the memory of this process, and forbid it to write files or start others, where the system can."""
    with suppress(ImportError):
        import resource

        bounds = {
            "RLIMIT_DATA": MEMORY,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_CORE": 0,
            "RLIMIT_NPROC": 0,
            "RLIMIT_NOFILE": 3,
        }
        for name, bound in bounds.items():
            with suppress(ValueError, OSError, AttributeError):
                resource.setrlimit(getattr(resource, name), (bound, bound))


class _Timed:
    """Ends this process if what is done inside takes too much of the processor's time."""

    def __enter__(self) -> None:
        self._arm(PROCESSOR_SECONDS)

    def __exit__(self, *error: object) -> None:
        self._arm(0)

    @staticmethod
    def _arm(seconds: float) -> None:
        with suppress(ImportError, AttributeError):
            import signal

            signal.setitimer(signal.ITIMER_PROF, seconds)


_shared = [Worker()]
"""The worker in use is the last; those before belong to the process this one was forked from."""


def _after_fork() -> None:
    _shared.append(Worker())


atexit.register(lambda: _shared[-1].close())
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
