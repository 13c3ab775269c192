"""A short text, graded by key points, with a person asked where the machine is not sure."""

from grader.answer import Answer, Reading, Specimen, Unreadable
from grader.scoring import Manual
from grader.text.assess import SURE, assess
from grader.text.feedback import notes
from grader.text.guards import unanswered
from grader.text.notation import read_rubric
from grader.text.plan import plan
from grader.text.rubric import Rubric
from grader.verdict import Note, Outcome, Verdict, partial, review
from grader.widgets import Box

LONGEST = 6000
ESCAPES = str.maketrans(
    {sign: rf"\{sign}" for sign in "{}$&#_%"} | {"\\": r"\backslash ", "^": r"\^{}", "~": r"\~{}"}
)


class ShortText(Answer, frozen=True, kw_only=True, tag="short text"):
    """A few sentences, judged by a rubric; the truth is one of the rubric's model answers.

    Below the confidence `sure`, in [0, 1], the outcome is a review with a provisional credit. `lines` is the room
    left on a sheet.
    """

    rubric: Rubric
    sure: float = SURE
    lines: int = 4

    def read(self, text: str) -> Reading:
        """Take the text as it is, up to 6000 characters."""
        if len(text) > LONGEST:
            raise Unreadable(f"The answer has {len(text)} characters; at most {LONGEST} are read: shorten it.")
        if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
            raise Unreadable("The answer holds a broken character: type it again.")
        return Reading(text, "")

    def judge(self, value: str, truth: str, slack: float = 0.0) -> Verdict:
        """Look for key points, contradictions and signs that a person should look."""
        if unanswered(value):
            return Verdict(Outcome.BLANK, 0.0, (Note("blank", "No answer was given."),))
        seen = assess(plan(self.rubric), value, self.sure)
        told = notes(self.rubric, value, seen)
        return review(seen.credit, *told) if seen.reasons else partial(seen.credit, *told)

    def write(self, truth: str) -> str:
        """Give the model answer."""
        return truth

    def typeset(self, truth: str) -> str:
        """Show the model answer as text."""
        return rf"\text{{{truth.translate(ESCAPES)}}}"

    def widget(self, truth: str) -> Box:
        """Leave ruled lines."""
        return Box(self.lines)

    def scoring(self, truth: str) -> Manual:
        """Ask a person to score it, with the model answer beside."""
        return Manual(truth)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Give examples: advantages of tanh over the sigmoid."""
        kind, model = cls(rubric=EXAMPLE), EXAMPLE.models[0]
        found = "key-point:centred"
        return (
            Specimen(
                kind,
                model,
                "tanh is centred around zero and its largest gradient is bigger",
                Outcome.CORRECT,
                found,
            ),
            Specimen(kind, model, "Both functions are used in hidden layers of neural networks.", Outcome.WRONG),
            Specimen(kind, model, "tanh does not saturate", Outcome.WRONG, "claim:1"),
            Specimen(kind, model, "zero centred gradient bigger tanh", Outcome.REVIEW, "review:word-list"),
            Specimen(kind, model, "I don't know.", Outcome.BLANK),
        )


EXAMPLE = read_rubric(
    question="Name two advantages of tanh over the sigmoid as an activation function.",
    key_points="""
        centred: zero|0 & cent|mean|both sign => Its outputs take both signs, centred at zero.
        steeper: gradient|slope|deriv|steep & larg|big|steep|1 => Its slope reaches 1; the sigmoid's only 1/4.
    """,
    need=2,
    swap=("tanh", "sigmoid"),
    forbid="never saturat|not saturat => Both saturate.",
    models=(
        "It is zero-centred and its largest gradient is bigger.",
        "The outputs have mean zero, and the derivative reaches 1 instead of 0.25.",
        "Its values take both signs around zero; its slope at the origin is steeper than that of the sigmoid.",
    ),
    samples="1.0 | zero centred and steeper\n0.5 | mean zero\n0.0 | tanh does not saturate\n0.0 | faster to compute",
)
