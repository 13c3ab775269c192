"""Every page we write can be read by a screen reader: axe-core, in a browser, finds nothing to mend."""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from specimen_sheets import paper, sheet

from grader.paper import Report, mark_paper
from quizbank import bank
from quizbank.calls import read_calls
from quizbank.cli.show import question_sheet
from quizbank.desk import Desk
from quizbank.exam import Draft, Exam, Item, Student, key_paper
from quizbank.follow import follow
from quizbank.formats import find_format
from quizbank.reportpage import class_page, student_page
from quizbank.reviewing import queue
from quizbank.sheet import exam_sheet
from quizbank.walkthroughs import circuit_page, network_page, to_html
from quizbank.web.review import review_app
from solvers.walkthrough.checking.judging import check_values
from solvers.walkthrough.circuit import solve_circuit
from solvers.walkthrough.reading import read_problem
from solvers.walkthrough.solution import solve_problem
from solvers.walkthrough.walkthrough import walkthrough

TESTS = Path(__file__).parent
AXE = TESTS / "readers/node_modules/axe-core/axe.min.js"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {"type": "rule", "values": ["color-contrast", "scrollable-region-focusable", "target-size"]}
MODES = {
    "light": (ALL, "--blink-settings=preferredColorScheme=1", "--window-size=1280,1000"),
    "dark, narrow": (LOOKS, "--blink-settings=preferredColorScheme=0", "--window-size=500,900"),
}
"""How a page is looked at: by which rules, and how the browser is set; what depends on looks is asked in both modes."""
ASKED = ("ch2.body.train_step", "ch4.body.curves", "ch5.q2.c", "ch2.q3.b", "ch2.q4.k")
ANSWERS = {
    "1": {"H": "[[0.6, 0.9, 1.2]]", "o": "(", "dZ": "1, 2"},
    "2": {"diagnosis": "1-e, 2-a, 3-b"},
    "4": {"answer": "zero centred gradient bigger tanh"},
    "5": {"loss": "-1.386"},
}
NETWORK = (
    "x=[[1,2]]; affine(2,3,seed=1); relu; affine(3,1,seed=2); half-squared-error(target=[[3.2]]); sgd(lr=0.1)"
)
HTML = find_format("html")
RUN = """
axe.run(document, {runOnly: RULES, resultTypes: ["violations"]})
  .then(found => found.violations, trouble => String(trouble.stack))
  .then(found => {
    const said = document.body.appendChild(document.createElement("pre"));
    said.textContent = "AXE " + JSON.stringify(found) + " AXE";
  });
"""


@cache
def exam() -> Exam:
    """Draw a paper for each student of a small class."""
    questions = [bank.find(name) for name in ASKED]
    drafts = (
        Draft(
            Student(f"s{seed}", f"Student {seed}"),
            tuple(Item(str(number), one.draw(seed), one.points) for number, one in enumerate(questions, 1)),
            f"{seed} of 3",
        )
        for seed in (1, 2, 3)
    )
    return Exam("practice-x", "Practice", tuple(drafts), 1)


def sheets(*, solved: bool = False) -> bytes:
    """Print the first paper and, for the teacher, its solutions."""
    return HTML.render((exam_sheet(exam(), exam().papers[0], solved=solved),))


def one_question() -> bytes:
    return HTML.render((question_sheet(exam().papers[0].items[0].variant, HTML, solved=False),))


def reports() -> list[Report]:
    return [mark_paper(key_paper(draft), ANSWERS, follow) for draft in exam().papers]


def worked(calls: str, values: dict[str, object] | None = None) -> bytes:
    """Work a network or a circuit out, with a student's values if there are any."""
    tree = read_calls(calls)
    if "circuit" in tree:
        return to_html(circuit_page(solve_circuit(tree))).encode()
    solution = solve_problem(read_problem(tree))
    check = check_values(solution, values) if values else None
    return to_html(network_page(walkthrough(solution, "full"), check)).encode()


def reviewing(case: bool = False) -> bytes:
    """Open the review queue, or its first case, as a browser gets it."""
    cases = queue(reports())
    app = review_app(Desk(cases, Path("no-decisions.toml"), Path("no-samples.txt")), "key")

    async def opened() -> bytes:
        door = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=door, base_url="http://127.0.0.1", follow_redirects=True) as client:
            listed = await client.get("/?key=key")
            return (await client.get(f"/case/{cases[0].id}")).content if case else listed.content

    return asyncio.run(opened())


PAGES: dict[str, Callable[[], bytes]] = {
    "every widget": lambda: HTML.render((sheet(),)),
    "every widget, solved": lambda: HTML.render((sheet(solved=True),)),
    "a class's sheets": lambda: HTML.render(tuple(paper(number) for number in (1, 2, 3))),
    "a sheet": sheets,
    "solutions": lambda: sheets(solved=True),
    "one question": one_question,
    "a student's report": lambda: student_page("Exam", reports()[0], key_paper(exam().papers[0]), "2.3"),
    "a class's report": lambda: class_page("Exam", reports()),
    "the review queue": reviewing,
    "a case to review": lambda: reviewing(case=True),
    "a training step": lambda: worked(NETWORK),
    "a training step checked": lambda: worked(NETWORK, {"loss": 1.0, "dW2": [[1], [2], [3]]}),
    "a circuit": lambda: worked("x=-2; y=5; z=-4; q=x+y; f=q*z"),
}


def browser(folder: Path) -> list[str]:
    """Give the command of a browser without a window."""
    return [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]


def violations(page: str, folder: Path, mode: str = "light") -> list[dict[str, Any]]:
    """Let axe-core read a copy of a page in a browser without a window."""
    rules, *settings = MODES[mode]
    run = RUN.replace("RULES", json.dumps(rules))
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{run}</script>"
    copy = folder / "page.html"
    copy.write_text(page.replace("</body>", f"{script}</body>"), "utf-8")
    command = [*browser(folder), *map(str, settings), "--virtual-time-budget=60000", "--dump-dom", copy.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    found = re.search(r"<pre>AXE (.*?) AXE</pre>", shown, re.DOTALL)
    assert found, "axe-core did not finish"
    said: list[dict[str, Any]] = json.loads(unescape(found[1]))
    assert isinstance(said, list), said
    return said


def listed(found: list[dict[str, Any]]) -> list[str]:
    """Write each violation on a line, with the first places where it is."""
    return [
        f"{one['impact']}: {one['help']} ({one['id']}), {len(one['nodes'])} times: "
        + "; ".join(f"{node['html'][:120]} [{summary(node)}]" for node in one["nodes"][:3])
        for one in found
    ]


def summary(node: dict[str, Any]) -> str:
    return " ".join(str(node["failureSummary"]).split())[:160]


needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install in tests/readers)")


@needs_browser
@needs_axe
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(page: str, mode: str, tmp_path: Path) -> None:
    found = listed(violations(PAGES[page]().decode(), tmp_path, mode))

    assert not found, "\n".join(found)


@needs_browser
@needs_axe
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_what_is_planted(mode: str, tmp_path: Path) -> None:
    faint = "<style>@media (prefers-color-scheme: %s) { h1 { color: #777; background: #888 } }</style></head>"
    page = PAGES["every widget"]().decode().replace("</head>", faint % mode.split(",")[0])
    found = {one["id"] for one in violations(page.replace('lang="en"', ""), tmp_path, mode)}

    assert found == ({"color-contrast", "html-has-lang"} if mode == "light" else {"color-contrast"})


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_one_file_without_script_and_without_network(page: str) -> None:
    text = PAGES[page]().decode()

    assert not re.search(r"<script|<link|<img|<iframe|@import|\son\w+=", text)
    assert set(re.findall(r"url\(\W?(\w+):", text)) == {"data"}
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("page", PAGES)
def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGES[page]().decode())]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_headings_or_a_name(page: str) -> None:
    for table in re.findall(r"<table.*?</table>", PAGES[page]().decode(), re.DOTALL):
        assert "<th scope=" in table or "aria-label=" in table.partition(">")[0]
        assert "<th>" not in table


@needs_browser
def test_in_print_a_question_stays_with_its_answer_and_a_paper_begins_on_the_right(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="reading what the browser printed needs pypdf")
    (tmp_path / "sheet.html").write_bytes(HTML.render((paper(1), paper(2))))
    printed = [f"--print-to-pdf={tmp_path / 'sheet.pdf'}", (tmp_path / "sheet.html").as_uri()]
    subprocess.run([*browser(tmp_path), *printed], capture_output=True, timeout=300, check=True)
    pages = pypdf.PdfReader(tmp_path / "sheet.pdf").pages
    texts = [" ".join(page.extract_text().split()) for page in pages]

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    assert [number % 2 for number, text in enumerate(texts) if "Student id" in text] == [0, 0]
    assert len(re.findall(r"Answer:", "".join(texts))) == 12
    for text in texts:
        assert len(re.findall(r"Answer:", text)) == len(re.findall(r"of “(?:number|whole|shape)”", text))
