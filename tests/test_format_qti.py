"""QTI packages are complete, and their items score right answers fully, by a small player and by a real one."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from qti_player import Player, Response, attribute, local
from specimen_sheets import PARTS, paper, sheet

from quizbank.formats import Format, qti3, qti21
from quizbank.qti import kebab

BUNDLE = Path(__file__).parent / "readers/node_modules/@citolab/qti-components/cdn/index.global.js"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RIGHT: dict[str, Response] = {
    "number": "1.3862", "whole": "-72", "shape": "8X192", "grid-1-1": "5.003", "grid-1-2": "3.5", "grid-2-1": "6",
    "grid-2-2": "-5.25", "one": "B", "several": ["A", "B", "D"], "matching": ["L1 RB", "L2 RA", "L3 RC"],
    "order": ["B", "C", "A"],
}  # fmt: skip
WRONG: dict[str, Response] = {
    "number": "1.3857", "whole": "72", "shape": "192x8", "grid-1-1": "5.006", "one": "A", "several": ["C"],
    "matching": ["L1 RA"], "order": ["A", "B", "C"],
}  # fmt: skip
both = pytest.mark.parametrize("form", [qti21.FORMAT, qti3.FORMAT], ids=lambda form: form.name)


def files(form: Format, *sheets: Any) -> dict[str, str]:
    shown = sheets or (sheet(scored=True, solved=True),)
    with zipfile.ZipFile(io.BytesIO(form.render(tuple(shown)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def named(responses: Mapping[str, Response]) -> dict[str, Response]:
    return {f"RESPONSE-{name}": value for name, value in responses.items()}


def item(form: Format, number: int) -> str:
    return files(form)[f"items/q{number}-v1.xml"]


@both
def test_the_manifest_names_every_file_and_the_test_every_item(form: Format) -> None:
    package = files(form)
    listed = [file.get("href") for file in fromstring(package["imsmanifest.xml"]).iter() if local(file) == "file"]
    asked = [
        attribute(one, "href")
        for one in fromstring(package["test.xml"]).iter()
        if local(one) == "assessmentItemRef"
    ]

    assert sorted(listed) == sorted(name for name in package if name != "imsmanifest.xml")
    assert asked == [f"items/q{number}-v1.xml" for number in range(1, 12)]
    assert package["images/q1-v1.svg"].startswith("<svg") and "../images/q1-v1.svg" in package["items/q1-v1.xml"]


@both
def test_papers_of_a_class_are_variants_of_which_a_test_draws_one(form: Format) -> None:
    package = files(form, *(paper(number, scored=True, solved=True) for number in (1, 2, 3)))
    test = fromstring(package["test.xml"])
    sections = [one for one in test.iter() if local(one) == "assessmentSection"]

    assert len(sections) == 11
    for section in sections:
        assert [local(one) for one in section] == ["selection", *["assessmentItemRef"] * 3]


@both
def test_every_response_has_a_declaration_and_an_interaction(form: Format) -> None:
    player = Player(item(form, 1))

    assert set(player.declared) == set(player.interactions)
    assert len(player.declared) == len(PARTS) + 3
    assert set(player.interactions.values()) == {
        "textEntryInteraction", "choiceInteraction", "matchInteraction", "orderInteraction", "extendedTextInteraction",
    }  # fmt: skip


@both
def test_right_answers_earn_all_points_and_wrong_ones_none(form: Format) -> None:
    player = Player(item(form, 1))

    assert player.score(named(RIGHT)) == pytest.approx(12)
    assert player.score(named(WRONG)) == 0
    assert player.score({}) == 0
    assert Player(item(form, 5)).score(named({"grid-1-1": "5", "grid-2-2": "-5.25"})) == pytest.approx(0.75)
    assert Player(item(form, 7)).score(named({"several": ["A", "B", "C", "D"]})) == pytest.approx(0)
    assert Player(item(form, 8)).score(named({"matching": ["L1 RB"]})) == pytest.approx(0.5)


@both
def test_formulas_are_in_the_namespace_of_mathml_without_html_entities(form: Format) -> None:
    for name, text in files(form).items():
        if name.startswith("items/"):
            assert all(
                one.startswith('<math xmlns="http://www.w3.org/1998/Math/MathML"')
                for one in re.findall(r"<math[^>]*>", text)
            )
            assert not re.search(r"&(?!amp;|lt;|gt;|quot;|apos;|#)", text)


def test_version_3_has_no_name_of_version_2_left() -> None:
    for name, text in files(qti3.FORMAT).items():
        if name.startswith("items/"):
            root = fromstring(text)
            outside = [
                one for one in root.iter() if not one.tag.startswith("{http://www.w3.org/1998/Math/MathML}")
            ]
            assert not [one.tag for one in outside if re.search(r"[a-z][A-Z]", one.tag.rpartition("}")[2])]
            assert not [key for one in outside for key in one.attrib if re.search(r"[a-z][A-Z]", key)]
            assert "<qti-content-body>" in text
    assert kebab("assessmentItemRef") == "assessment-item-ref"


def test_both_versions_hold_the_same_texts() -> None:
    older, newer = files(qti21.FORMAT), files(qti3.FORMAT)

    for name in (name for name in older if name.startswith("items/")):
        assert "".join(fromstring(older[name]).itertext()) == "".join(fromstring(newer[name]).itertext())


@both
def test_what_a_person_scores_is_remarked(form: Format) -> None:
    said = list(form.remarks(sheet(scored=True, solved=True)))

    assert ("a person scores it.", "1 i") in said and ("the order earns all or nothing.", "9") in said


def played(runs: list[tuple[str, dict[str, Response]]], folder: Path) -> list[float]:
    """Let qti-components score items in a browser without a window."""
    data = json.dumps(runs).replace("</", "<\\/")
    script = """
    const wait = time => new Promise(done => setTimeout(done, time));
    (async () => {
      const scores = [];
      for (const [xml, responses] of runs) {
        const host = document.querySelector("qti-item"), box = document.createElement("item-container");
        host.replaceChildren();
        box.itemXML = xml;
        host.append(box);
        let item = null;
        for (let turn = 0; turn < 100 && !item; turn++) {
          await wait(20);
          item = box.shadowRoot && box.shadowRoot.querySelector("qti-assessment-item");
        }
        await wait(50);
        for (const [name, value] of Object.entries(responses)) item.updateResponseVariable(name, value);
        item.processResponse();
        scores.push(Number(item.getOutcome("SCORE").value));
      }
      document.querySelector("pre").textContent = JSON.stringify(scores);
    })().catch(trouble => { document.querySelector("pre").textContent = String(trouble.stack); });"""
    page = folder / "player.html"
    head = f'<!doctype html><meta charset="utf-8"><script src="{BUNDLE.as_uri()}"></script>'
    page.write_text(
        f"{head}<qti-item></qti-item><pre></pre><script>const runs = {data};{script}</script>", "utf-8"
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command = [
        str(BROWSER),
        *flags,
        "--allow-file-access-from-files",
        "--virtual-time-budget=30000",
        "--dump-dom",
        page.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r"<pre>(.*?)</pre>", shown, re.DOTALL)
    assert found and found[1].startswith("["), found
    scores: list[float] = json.loads(found[1])
    return scores


@pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
@pytest.mark.skipif(not BUNDLE.exists(), reason="qti-components is not installed (npm install in tests/readers)")
def test_a_real_player_scores_version_3(tmp_path: Path) -> None:
    whole, grid = item(qti3.FORMAT, 1), item(qti3.FORMAT, 5)
    runs = [
        (whole, named(RIGHT)), (whole, named(WRONG)), (whole, {}), (grid, named({"grid-1-1": "5.004"})),
        (item(qti3.FORMAT, 2), named({"number": "1.3858"})), (item(qti3.FORMAT, 2), named({"number": "1.38579"})),
    ]  # fmt: skip

    assert played(runs, tmp_path) == pytest.approx([12, 0, 0, 0.375, 1.5, 0])
