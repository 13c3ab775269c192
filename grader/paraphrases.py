"""A second look at short texts, if asked for: key points said in other words are named, and a person decides."""

import msgspec

from grader.answer import Answer
from grader.key import Paper
from grader.kinds.short_text import ShortText
from grader.paper import Report
from grader.text.assess import assess
from grader.text.paraphrase import Paraphrase, paraphrases
from grader.text.plan import plan
from grader.text.rubric import Rubric
from grader.verdict import Note, Outcome, Verdict

OPEN = (Outcome.WRONG, Outcome.PARTIAL, Outcome.REVIEW)


def look_again(answer: Answer, text: str, verdict: Verdict) -> Verdict:
    """Name possible paraphrases of missing key points, and ask for a review; the credit stays as it is.

    Raises `NoEmbeddings` where the extra is missing.
    """
    if not isinstance(answer, ShortText) or verdict.outcome not in OPEN:
        return verdict
    seen = assess(plan(answer.rubric), text, answer.sure)
    found = tuple(_note(answer.rubric, one) for one in paraphrases(answer.rubric, text, seen))
    changed = verdict.adding(*found)
    return msgspec.structs.replace(changed, outcome=Outcome.REVIEW) if found else verdict


def look_again_at(report: Report, paper: Paper) -> Report:
    """Look again at every short text of a marked paper."""
    answers = {(item.number, part.name): part.answer for item in paper.items for part in item.parts}
    replace = msgspec.structs.replace
    items = tuple(
        replace(
            item,
            parts=tuple(
                replace(one, verdict=look_again(answers[item.number, one.name], one.response, one.verdict))
                for one in item.parts
            ),
        )
        for item in report.items
    )
    return replace(report, items=items)


def _note(rubric: Rubric, one: Paraphrase) -> Note:
    point = rubric.key_points[one.point]
    quote = " ".join(one.quote.replace("$", "").split())
    return Note(f"paraphrase:{point.name}", f"Possible paraphrase of “{point.feedback}”: “{quote}”.")
