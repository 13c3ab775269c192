"""What a student is told: the words that met each key point, the sentence for each missing one, what contradicts."""

from grader.text.assess import Assessment
from grader.text.matching import Match, State
from grader.text.rubric import KeyPoint, Rubric
from grader.verdict import Note

LONGEST = 120


def notes(rubric: Rubric, text: str, seen: Assessment) -> tuple[Note, ...]:
    """Word the notes for an assessment; never with a model answer."""
    points = [_point(text, point, one) for point, one in zip(rubric.key_points, seen.points, strict=True)]
    kept = [note for note in points if seen.credit < 1 or not note.code.startswith("missing:")]
    claims = [
        Note(f"claim:{number}", f"You write “{span(text, one)}”: {claim.text}")
        for number, (claim, one) in enumerate(zip(rubric.forbid, seen.claims, strict=True), 1)
        if one.state is State.FOUND
    ]
    return (*kept, *claims, *(Note(f"review:{alarm.code}", alarm.text) for alarm in seen.reasons))


def span(text: str, one: Match) -> str:
    """Quote the words that were matched, shortened in the middle; dollar signs would start a formula.

    >>> span("It is zero-centred.", Match(State.FOUND, 6, 18))
    'zero-centred'
    """
    quoted = " ".join(text[one.start : one.end].replace("$", "").split())
    half = LONGEST // 2
    return quoted if len(quoted) <= LONGEST else f"{quoted[:half]} … {quoted[-half:]}"


def _point(text: str, point: KeyPoint, one: Match) -> Note:
    quoted = span(text, one)
    match one.state:
        case State.FOUND:
            return Note(f"key-point:{point.name}", f"Found: “{quoted}”.")
        case State.DENIED:
            return Note(f"contradicts:{point.name}", f"“{quoted}” says the opposite. {point.feedback}")
        case State.SWAPPED:
            return Note(f"swapped:{point.name}", f"“{quoted}” is said of the wrong one. {point.feedback}")
        case _:
            return Note(f"missing:{point.name}", point.feedback)
