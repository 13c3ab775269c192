"""How close a number must come to the truth, and how much of it must be shown."""

import math
from fractions import Fraction
from typing import Any

import msgspec

NOISE = 1e-9
"""Relative error of the arithmetic that made the truth, which no answer is blamed for."""


class Tolerance(msgspec.Struct, frozen=True):
    """Decimals or significant figures asked, or a relative and an absolute width; with none of them, exactly."""

    decimals: int | None = None
    significant: int | None = None
    rtol: float = 0.0
    atol: float = 0.0
    integer: bool = False

    @property
    def asked(self) -> str:
        """Say how exactly an answer is wanted, for the sheet; nothing where that goes without saying.

        >>> Tolerance(decimals=3).asked, Tolerance(significant=1).asked, Tolerance(integer=True).asked
        ('to 3 decimals', 'to 1 significant figure', '')
        """
        for count, word in ((self.decimals, "decimal"), (self.significant, "significant figure")):
            if count:
                return f"to {count} {word}{'' if count == 1 else 's'}"
        return ""

    def width(self, truth: float) -> float:
        """Give how far off a right answer may be: half a unit of the last place asked, or the width declared.

        >>> Tolerance(decimals=3).width(1.0), Tolerance(significant=2).width(0.0312)
        (0.0005, 0.0005)
        """
        if self.integer or not math.isfinite(truth):
            return 0.0
        widths = [self.atol, self.rtol * abs(truth)]
        places = self.places(truth)
        if places is not None:
            widths.append(float(f"5e{-places - 1}"))
        return max(widths)

    def places(self, truth: float) -> int | None:
        """Give the decimal places asked (negative: tens, hundreds …), None if digits are not what is asked."""
        if self.significant is not None:
            return self.significant - 1 - magnitude(truth)
        return self.decimals

    def close(self, value: Any, truth: float, slack: float = 0.0) -> bool:
        """Tell if a value is right; the boundary counts as right."""
        exact = getattr(value, "exact", value if isinstance(value, int) else None)
        if isinstance(truth, int | Fraction) and exact is not None and not self.width(truth) + slack:
            return bool(exact == truth)
        if math.isnan(value) or not math.isfinite(truth) or not math.isfinite(value):
            return bool(value == truth)
        room = self.width(truth) + slack
        return bool(abs(value - truth) <= room * (1 + NOISE) + NOISE * abs(truth))

    def shortened(self, value: Any, truth: float) -> str:
        """Say "rounded" or "truncated" if the value is the truth cut to fewer digits than asked, else nothing."""
        places, shown = self.places(truth), getattr(value, "decimals", None)
        if places is None or shown is None or not math.isfinite(truth) or shown > places:
            return ""
        if shown - places < 0 and shown + magnitude(truth) < 1:
            return ""  # one figure is too little to tell from a guess
        if shown < places and abs(value - truth) <= 0.5 * 10.0**-shown * (1 + NOISE):
            return "rounded"
        behind = abs(truth) - abs(value)
        return "truncated" if 0 <= behind < 10.0**-shown and value * truth > 0 else ""

    def digits_shown(self, value: Any, truth: float) -> bool:
        """Tell if the value shows as many digits as were asked; a formula shows none."""
        places = self.places(truth)
        return places is None or getattr(value, "decimals", None) == max(places, 0)

    def text(self, truth: float) -> str:
        """Write a truth with the digits asked, as one would type it.

        >>> Tolerance(decimals=2).text(-0.001), Tolerance(significant=3).text(1234.5), Tolerance().text(0.1)
        ('0.00', '1230', '0.1')
        """
        if not math.isfinite(truth):
            return "inf" if truth > 0 else "-inf"
        if self.integer or isinstance(truth, int):
            return str(round(truth))
        shown = self._rounded(float(truth))
        return shown if math.isfinite(float(shown)) else repr(float(truth))

    def _rounded(self, truth: float) -> str:
        places = self.places(truth)
        if places is None and not self.rtol and not self.atol:
            return repr(truth)
        if places is None:
            places = 1 - magnitude(self.width(truth) or 1e-12)
        if abs(truth) >= 1e15 or 0 < abs(truth) < 1e-6:
            return f"{truth:.{max(places + magnitude(truth), 0)}e}"
        shown = f"{round(truth, places):.{max(places, 0)}f}"
        return shown.lstrip("-") if not float(shown) else shown


def magnitude(number: float) -> int:
    """Give the power of ten of the first digit; 0 for zero.

    >>> magnitude(0.0312), magnitude(999.0)
    (-2, 2)
    """
    return int(f"{abs(number):e}".partition("e")[2]) if number and math.isfinite(number) else 0
