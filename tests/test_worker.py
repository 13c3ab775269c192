"""The worker process for students' programs: limits, restarts and threads."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from grader.answer import Unreadable
from grader.programs.jobs import pack, perform, unpack
from grader.worker import Failed, Job, Ran, Worker, run_job

DRAW = {"x": pack(np.arange(6.0).reshape(2, 3)), "y": pack(np.array([0, 2]))}
ROOT = Path(__file__).parent.parent


def value(text: str) -> np.ndarray:
    return np.asarray(unpack(run_job(Job(text, (DRAW,))).values[0][0]))


def test_arrays_survive_the_journey() -> None:
    for array in (np.array(1.5), np.array([[np.nan, -np.inf]]), np.arange(3), np.zeros((0, 2)), np.array([True])):
        there = unpack(pack(array))

        assert there.shape == array.shape
        np.testing.assert_array_equal(there, array)


def test_a_program_is_run_on_every_draw() -> None:
    other = {"x": pack(np.ones((4, 1))), "y": pack(np.array([0]))}
    ran = run_job(Job("x.sum(), len(y)", (DRAW, other)))

    assert [[float(unpack(tensor)) for tensor in values] for values in ran.values] == [[15, 2], [4, 1]]


@pytest.mark.parametrize(
    "text, code",
    [
        ("while True: pass", "limit"),
        ("9**9**9**9", "limit"),
        ("np.zeros((10**6, 10**6))", "limit"),
        ("[i for i in range(10**15)]", "limit"),
        ("x @ x", "run-error"),
        ("x.__class__", "unknown-name"),
    ],
)
def test_trouble_comes_back_as_a_sentence_from_any_thread(text: str, code: str) -> None:
    def trouble() -> str:
        with pytest.raises(Unreadable) as caught:
            run_job(Job(text, (DRAW,)))
        return caught.value.code

    with ThreadPoolExecutor(4) as threads:
        assert {trouble(), *threads.map(lambda _: trouble(), range(8))} == {code}


def test_threads_get_their_own_answers() -> None:
    with ThreadPoolExecutor(8) as threads:
        sums = list(threads.map(lambda number: float(value(f"x.sum() * {number}")), range(40)))

    assert sums == [15.0 * number for number in range(40)]


def test_a_worker_that_died_is_replaced() -> None:
    worker = Worker()
    try:
        worker.run(Job("x", (DRAW,)))
        assert worker._process is not None
        worker._process.kill()
        assert isinstance(worker.run(Job("x", (DRAW,))), Ran)
    finally:
        worker.close()


def test_a_computation_that_slips_through_the_bounds_ends_with_its_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Here the worker is one that never answers; the clock ends it."""
    monkeypatch.setattr("grader.worker.WAITING", 0.2)
    worker = Worker()
    deaf = "import sys; sys.stdout.buffer.write(bytes(4)); sys.stdout.buffer.flush(); sys.stdin.buffer.read()"
    worker._process = subprocess.Popen([sys.executable, "-c", deaf], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with pytest.raises(Unreadable, match="too much time or memory"):
        worker.run(Job("x", (DRAW,)))

    assert worker._process is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limits are those of Linux")
@pytest.mark.parametrize("greed", ["bytearray(2**30)", "open('stolen', 'w').write('x')", "10**10**8"])
def test_the_process_itself_is_limited(greed: str, tmp_path: Path) -> None:
    """Code that could only run if the interpreter failed: memory, files and processor time are bounded all the same."""
    program = f"from grader.worker import *; from grader.worker import _Timed; limit_resources(); _Timed().__enter__(); {greed}"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert ended.returncode != 0
    assert not [path for path in tmp_path.iterdir() if path.stat().st_size]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_the_worker_stays_below_200_megabytes() -> None:
    worker = Worker()
    greedy = [
        "a = np.ones(499999)\nb = [a + i for i in range(99)]\nb",
        "list(range(20000)) * 9",
        "[[i] * 9999 for i in range(9999)]",
    ]
    try:
        for text in [*greedy, "x"]:
            try:
                worker.run(Job(text, (DRAW,)))
            except Unreadable as trouble:
                assert trouble.code == "limit"
        assert worker._process is not None
        status = Path(f"/proc/{worker._process.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        assert peak < 200 * 1024
    finally:
        worker.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_gets_a_worker_of_its_own() -> None:
    program = (
        "import os, numpy as np\n"
        "from grader.programs.jobs import pack\n"
        "from grader.worker import Job, run_job\n"
        "job = Job('x * 2', ({'x': pack(np.ones(2))},))\n"
        "run_job(job)\n"
        "child = os.fork()\n"
        "answers = [run_job(job).values[0][0].shape for _ in range(50)]\n"
        "assert answers == [(2,)] * 50\n"
        "if child:\n"
        "    assert os.waitpid(child, 0)[1] == 0\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_job_may_be_done_without_a_process() -> None:
    assert perform(Job("x + 1", (DRAW,))) == Ran(((pack(np.arange(1.0, 7).reshape(2, 3)),),))
    assert perform(Job("x +", (DRAW,))) == Failed("syntax", "This is not a program: invalid syntax.")
