"""Group near-identical answers, so that one decision of a person serves all of them."""

from collections.abc import Sequence

from grader.text.nearness import alikeness
from grader.text.passage import passage
from grader.text.terms import Terms, terms

ALIKE = 0.75


def groups(texts: Sequence[str], alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Give the places of answers that say nearly the same, largest group first.

    An answer joins the first group whose first member it is like; what one denies and the other says keeps
    them apart. Texts without a telling word are alike only if they are equal.

    >>> groups(["It is steeper.", "it is steeper", "It is not steeper."])
    ((0, 1), (2,))
    """
    read = [terms(passage(text)) for text in texts]
    found: list[list[int]] = []
    for place, one in enumerate(read):
        home = next((group for group in found if _joins(one, read[group[0]], alike)), None)
        if home is None:
            found.append([place])
        else:
            home.append(place)
    return tuple(sorted(map(tuple, found), key=lambda group: (-len(group), group)))


def _joins(one: Terms, first: Terms, alike: float) -> bool:
    return one.sequence == first.sequence if not one.content else alikeness(one, first) >= alike
