"""One option out of several."""

from grader.answer import Answer, Reading, Specimen
from grader.reading.labels import check_options, label, read_label
from grader.scoring import Weights
from grader.verdict import Note, Outcome, Verdict, correct, wrong
from grader.widgets import Options


class SingleChoice(Answer, frozen=True, kw_only=True, tag="single choice"):
    """Exactly one of the options is right; the truth is its index, counted from 0.

    `explanations`, if given, has one sentence for each option: why it is right or wrong.
    Raises `ValueError` if there are fewer than two options or the explanations do not match them.
    """

    options: tuple[str, ...]
    explanations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_options(self.options, self.explanations)

    def read(self, text: str) -> Reading:
        """Read `b`, `B)`, `(b)`, `2` or the option's own words."""
        index = read_label(text, self.options)
        return Reading(index, self.typeset(index))

    def judge(self, value: int, truth: int, slack: float = 0.0) -> Verdict:
        """Compare the indices and explain the option chosen."""
        notes = (Note(f"chose:{label(value)}", self.explanations[value]),) if self.explanations else ()
        return correct(*notes) if value == truth else wrong(*notes)

    def write(self, truth: int) -> str:
        """Give the option's letter."""
        return label(truth)

    def typeset(self, truth: int) -> str:
        """Show the option's letter."""
        return rf"\text{{{label(truth)}}}"

    def widget(self, truth: int) -> Options:
        """Show the options, one of which may be ticked."""
        return Options(self.options)

    def scoring(self, truth: int) -> Weights:
        """Give the right option everything."""
        return Weights(tuple(float(index == truth) for index in range(len(self.options))))

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways an option may be named."""
        kind = cls(
            options=("the sigmoid", "tanh", "2"), explanations=("It is positive.", "It is odd.", "A number.")
        )
        return (
            Specimen(kind, 1, "b", Outcome.CORRECT, "chose:b"),
            Specimen(kind, 1, "(B)", Outcome.CORRECT),
            Specimen(kind, 1, "Tanh", Outcome.CORRECT),
            Specimen(kind, 1, "b) tanh", Outcome.CORRECT),
            Specimen(kind, 1, "1", Outcome.WRONG, "chose:a"),
            Specimen(kind, 1, "2", Outcome.UNREADABLE, "ambiguous"),
            Specimen(kind, 1, "a) tanh", Outcome.UNREADABLE, "ambiguous"),
            Specimen(kind, 1, "d", Outcome.UNREADABLE, "no-option"),
            Specimen(kind, 1, " ", Outcome.BLANK, "blank"),
        )
