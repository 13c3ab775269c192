"""True or false, with a reason where one is asked for."""

import re
from typing import Any

from grader.answer import Answer, Reading, Specimen, Unreadable
from grader.reading.labels import plain
from grader.scoring import Manual, Scoring, Weights
from grader.verdict import Note, Outcome, Verdict, correct, partial, review, wrong
from grader.widgets import Box, Options, Widget

LONGEST = 4000
_TRUE = "true|t|yes|y|right|correct|holds|wahr|✓"
_FALSE = "false|f|no|n|wrong|incorrect|untrue|falsch|✗"
_OPENING = re.compile(
    r"(?:(?:answer|it's|it|this|that|the|statement|claim|is)\b[\s:=]*)*"
    rf"(?P<no>not\s+|\\neg\s*|¬\s*)?(?P<word>{_TRUE}|{_FALSE})(?!\w)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"\s*[,;:.–—-]+\s*(?:(?:because|since|as|for|reason)\b[\s:]*)?|\s+(?:because|since|as|for)\b\s*"
)
_HEDGE = re.compile(r"\b(?:but|or|unless|except|only if|maybe|true|false)\b|\?", re.IGNORECASE)


class TrueFalse(Answer, frozen=True, kw_only=True, tag="true/false"):
    """A statement holds or it does not.

    Without `reason` the truth is a boolean. With `reason` the truth is a pair (holds, model reason), the
    student must give a reason of at least `words` words, and a person confirms it; the bare word earns `bare`.
    """

    reason: bool = False
    words: int = 3
    bare: float = 0.0

    def read(self, text: str) -> Reading:
        """Read `true`, `F`, `no`, `not true`, `true, because …`: the value is (holds, reason)."""
        if len(text) > LONGEST:
            raise Unreadable(f"The answer is longer than {LONGEST} characters: be brief.", code="too-long")
        stripped = {"a": "true", "b": "false"}.get(text.strip("() .\n").lower(), text.strip())
        match = _OPENING.fullmatch(stripped)
        if match is None or not (link := self._link(match)):
            raise Unreadable("The answer must begin with true or false.", code="no-truth")
        holds = bool(re.fullmatch(_TRUE, match["word"], re.IGNORECASE)) != bool(match["no"])
        return Reading((holds, link.string[link.end() :].strip()), self._show(holds))

    def judge(self, value: tuple[bool, str], truth: Any, slack: float = 0.0) -> Verdict:
        """Compare the truth values; a reason that is not the model's own goes to a person."""
        holds, model = truth if self.reason else (truth, "")
        if value[0] != holds:
            return wrong()
        if not self.reason or plain(value[1]) == plain(model):
            return correct()
        if len(value[1].split()) < self.words:
            sentence = f"A reason of at least {self.words} words is asked for: write “true, because …”."
            return partial(self.bare, Note("reason-missing", sentence.replace("true", _word(holds))))
        return review(1.0, Note("reason-unread", "The truth value is right; a person reads the reason."))

    def write(self, truth: Any) -> str:
        """Give the word, with the model reason where one is asked for."""
        return f"{_word(truth[0])}, because {truth[1]}" if self.reason else _word(truth)

    def typeset(self, truth: Any) -> str:
        """Show the word."""
        return self._show(truth[0] if self.reason else truth)

    def widget(self, truth: Any) -> Widget:
        """Leave lines for the reason, or two boxes to tick."""
        return Box(2) if self.reason else Options(("true", "false"))

    def scoring(self, truth: Any) -> Scoring:
        """Let a platform score the bare word; a reason needs a person."""
        return Manual(self.write(truth)) if self.reason else Weights((float(truth), float(not truth)))

    def _link(self, match: re.Match[str]) -> re.Match[str] | None:
        rest = match["rest"]
        if _HEDGE.match(rest.lstrip(" ,;:.-")) or (not self.reason and _HEDGE.search(rest)):
            raise Unreadable("Decide for true or false; a reason begins with “because”.", code="undecided")
        spelled = not rest or match["word"].lower() in ("true", "false")
        return _LINK.match(rest) or (re.match("", rest) if spelled else None)

    def _show(self, holds: bool) -> str:
        return rf"\text{{{_word(holds)}}}"

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the words understood and how a reason is asked for."""
        bare, reasoned = cls(), cls(reason=True)
        truth = (False, "the slope of the sigmoid is at most 1/4")
        return (
            Specimen(bare, True, "True", Outcome.CORRECT),
            Specimen(bare, False, "not true", Outcome.CORRECT),
            Specimen(bare, True, "F", Outcome.WRONG),
            Specimen(bare, True, "true, because it is odd", Outcome.CORRECT),
            Specimen(bare, True, "true or false", Outcome.UNREADABLE, "undecided"),
            Specimen(bare, True, "perhaps", Outcome.UNREADABLE, "no-truth"),
            Specimen(reasoned, truth, "false", Outcome.WRONG, "reason-missing"),
            Specimen(reasoned, truth, "false: its slope never exceeds 1/4", Outcome.REVIEW, "reason-unread"),
            Specimen(reasoned, truth, "true, because it is steep", Outcome.WRONG),
        )


def _word(holds: bool) -> str:
    return "true" if holds else "false"
