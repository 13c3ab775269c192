"""The review queue in the browser: who is let in, what is shown, and what a decision leaves behind."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.decisions import Decisions
from grader.paper import ItemReport, PartReport, Report
from grader.verdict import Note, review
from quizbank.desk import Desk, open_desk
from quizbank.report import report_data

testclient = pytest.importorskip("starlette.testclient", reason="starlette serves the browser (extra `web`)")
from quizbank.web.review import review_app  # noqa: E402

TOKEN = "a-long-token"
EVIL = '<script>alert("x")</script> & $x<y$ tanh is zero centred'


def report(student: str, answer: str) -> Report:
    verdict = review(0.5, Note("review:unsure", "The machine is not sure enough."))
    part = PartReport("answer", answer, verdict, 1.0, 2.0)
    return Report(student, student.title(), (ItemReport("1", "ch2.q3.b@1+open:1", (part,)),), True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    answers = {"ada": "tanh is zero centred", "ben": "Tanh is zero-centred.", "eve": EVIL}
    reports = [report(student, answer) for student, answer in answers.items()]
    (tmp_path / "results.json").write_bytes(msgspec.json.encode(report_data("e", reports)))
    return open_desk(tmp_path)


def browser(desk: Desk, *, admitted: bool = True, base: str = "http://127.0.0.1") -> "testclient.TestClient":
    client = testclient.TestClient(review_app(desk, TOKEN), base_url=base)
    if admitted:
        assert client.get(f"/?key={TOKEN}").status_code == 200
    return client


def decisions(desk: Desk) -> dict[str, tuple[float, str]]:
    stored = msgspec.toml.decode(desk.file.read_bytes(), type=Decisions)
    return {one.student: (one.points, one.reason) for one in stored.override}


def test_only_who_has_the_key_of_the_address_is_let_in(desk: Desk) -> None:
    stranger = browser(desk, admitted=False)
    path = f"/case/{desk.cases[0].id}"

    assert [stranger.get(url).status_code for url in ("/", path, "/?key=wrong")] == [403] * 3
    assert stranger.post(path, data={"share": "1"}).status_code == 403 and not desk.file.exists()
    assert browser(desk, admitted=False, base="http://evil.example").get(f"/?key={TOKEN}").status_code == 400


def test_the_cookie_stays_with_the_browser_and_pages_run_no_script(desk: Desk) -> None:
    client = browser(desk, admitted=False)
    first = client.get(f"/?key={TOKEN}", follow_redirects=False)
    page = client.get("/")

    assert {"HttpOnly", "SameSite=strict"} <= set(first.headers["set-cookie"].split("; "))
    assert "default-src 'none'" in page.headers["content-security-policy"] and "<script" not in page.text


def test_near_identical_answers_are_one_line_and_what_students_wrote_is_only_text(desk: Desk) -> None:
    client = browser(desk)
    listed = client.get("/").text
    cases = {case.students: client.get(f"/case/{case.id}").text for case in desk.cases}

    assert listed.count("<tr>") == 3 and "0 of 2 decided" in listed
    assert "Name two advantages of tanh" in cases["ada", "ben"] and "Model answers" in cases["ada", "ben"]
    assert "&lt;script&gt;" in cases["eve",] and "<script" not in cases["eve",]


def test_a_decision_serves_the_whole_group_is_kept_and_leads_to_the_next_case(desk: Desk) -> None:
    client = browser(desk)
    both, eve = desk.cases
    answer = client.post(
        f"/case/{both.id}",
        data={"share": "0.75", "reason": "Half  “of it”.", "sample": "yes"},
        follow_redirects=False,
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"/case/{eve.id}")
    assert decisions(desk) == {"ada": (1.5, "Half “of it”."), "ben": (1.5, "Half “of it”.")}
    assert desk.samples.read_text() == "ch2.q3.b: 0.75 | tanh is zero centred\n"
    assert "1 of 2 decided" in client.get("/").text and [case.id for case in desk.waiting()] == [eve.id]


def test_a_later_decision_replaces_the_first_and_another_share_may_be_typed(desk: Desk) -> None:
    client, path = browser(desk), f"/case/{desk.cases[0].id}"
    client.post(path, data={"share": "1"})
    client.post(path, data={"share": "1", "other": "0,3"})

    assert decisions(desk)["ada"] == (0.6, "Decided by a person.")
    assert "Decided: 0.6 of 2 points" in client.get(path).text


def test_the_provisional_credit_is_a_share_to_choose_and_no_other_is_filled_in(tmp_path: Path) -> None:
    part = PartReport("answer", "tanh", review(2 / 3), 4 / 3, 2.0)
    reports = [Report("ada", "Ada", (ItemReport("1", "ch2.q3.b@1+open:1", (part,)),), True)]
    (tmp_path / "results.json").write_bytes(msgspec.json.encode(report_data("e", reports)))
    desk = open_desk(tmp_path)
    client, path = browser(desk), f"/case/{desk.cases[0].id}"
    form = client.get(path).text
    [chosen] = re.findall(r'name="share" value="([\d.]+)" checked', form)
    typed = "".join(re.findall(r'name="other"[^>]* value="([^"]*)"', form))
    found = []
    for share in (chosen, "1.0"):
        client.post(path, data={"share": share, "other": typed, "reason": "😀"})
        found.append(decisions(desk)["ada"])

    assert found == [(1.3333, "😀"), (2.0, "😀")]


def test_decisions_that_cannot_be_read_are_named(desk: Desk) -> None:
    desk.file.write_text("broken = ")
    answer = browser(desk, admitted=False).get(f"/?key={TOKEN}")

    assert answer.status_code == 500 and "decisions.toml: these are no decisions" in answer.text


@pytest.mark.parametrize(
    "form", [{}, {"share": "2"}, {"share": "nan"}, {"other": "much"}, {"other": "-1", "share": "1"}]
)
def test_a_form_that_says_nothing_sensible_decides_nothing(desk: Desk, form: dict[str, str]) -> None:
    answer = browser(desk).post(f"/case/{desk.cases[0].id}", data=form)

    assert answer.status_code == 400 and re.search(r'role="alert">“.*” is no share', answer.text)
    assert not desk.file.exists()


def test_a_case_that_is_gone_is_said_to_be(desk: Desk) -> None:
    assert browser(desk).get("/case/none").status_code == 404
    assert browser(desk).post("/case/none", data={"share": "1"}).status_code == 404


def test_ctrl_c_ends_the_command_and_tells_where_the_decisions_are(desk: Desk) -> None:
    httpx = pytest.importorskip("httpx", reason="httpx fetches the page")
    pytest.importorskip("uvicorn", reason="uvicorn serves the browser (extra `web`)")
    arguments = [sys.executable, "-m", "quizbank", "review", str(desk.file.parent), "--browser", "--port", "0"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = process.stdout.readline().split()[-1]
    with httpx.Client(follow_redirects=True) as client:
        page = client.get(address).text
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=30)

    assert "0 of 2 decided" in page and process.returncode == 0
    assert f"Decisions are in {desk.file}" in told
