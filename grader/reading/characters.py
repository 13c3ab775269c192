"""What a single character stands for, and which characters are refused."""

import unicodedata

from grader.answer import Unreadable

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

HATS = {"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde", "\u0307": "dot"}

ACCENTED = "âĉêĝĥîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐāēḡīōūȳĀĒĪŌŪȲãẽĩñõũṽỹÃẼĨÑÕŨỸȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż"
"""Latin letters under a hat, bar, tilde or dot, which are names of their own."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣᵏᵀ", "0123456789+-()nixkT", strict=True))

SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))

VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip

MARKS: dict[str, tuple[str, str]] = {
    "−": ("op", "-"), "–": ("op", "-"), "—": ("op", "-"), "‐": ("op", "-"), "‑": ("op", "-"), "﹣": ("op", "-"),
    "·": ("op", "·"), "⋅": ("op", "·"), "∙": ("op", "·"), "•": ("op", "·"), "×": ("op", "×"), "✕": ("op", "×"),
    "∗": ("op", "*"), "⁎": ("op", "*"), "÷": ("op", "/"), "∕": ("op", "/"), "⁄": ("op", "/"),
    "⊙": ("op", "⊙"), "∘": ("op", "⊙"), "⊤": ("op", "⊤"), "′": ("op", "'"), "’": ("op", "'"), "‖": ("op", "‖"), "°": ("op", "°"),
    "≈": ("op", "≈"), "≃": ("op", "≈"), "≅": ("op", "≈"), "≤": ("op", "<="), "≥": ("op", ">="), "⩽": ("op", "<="),
    "⩾": ("op", ">="), "≠": ("op", "!="), "∈": ("op", "in"), "∪": ("op", "∪"), "∩": ("op", "∩"), "∖": ("op", "∖"),
    "→": ("op", "->"), "⇒": ("op", "=>"), "⇔": ("op", "<=>"), "∞": ("name", "inf"), "∅": ("name", "emptyset"),
    "√": ("name", "sqrt"), "∛": ("name", "cbrt"), "∑": ("name", "Sum"), "∏": ("name", "Prod"),
    "∇": ("op", "∇"), "⌊": ("open", "⌊"), "⌋": ("close", "⌋"), "⌈": ("open", "⌈"), "⌉": ("close", "⌉"),
    "⟨": ("open", "⟨"), "⟩": ("close", "⟩"), "…": ("op", "..."), "⋯": ("op", "..."), "𝟙": ("name", "indicator"),
    "ℝ": ("name", "reals"), "ℕ": ("name", "naturals"), "ℤ": ("name", "integers"),
}  # fmt: skip

_HARMLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2061\u2062\u2063\ufe0e\ufe0f"), " ")
_LOOKALIKES = dict(
    zip("АВСЕНКМОРТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοԁɡ", "ABCEHKMOPTXaeopcyxijsABEZHIKMNOPTYXodg", strict=True)
)


def tidy(text: str) -> str:
    """Replace characters that only look different (𝑥, full-width signs, hard blanks), one for one.

    >>> tidy("𝑥＋１")
    'x+1'
    """
    if text.isascii():
        return text
    return "".join(map(_same, text))


def _same(character: str) -> str:
    if character in MARKS or character in VULGAR or character in SUPERSCRIPTS or character in SUBSCRIPTS:
        return character
    if character in GREEK or ord(character) in _HARMLESS:
        return " " if ord(character) in _HARMLESS else character
    same = unicodedata.normalize("NFKC", character)
    return same if len(same) == 1 else character


def refuse_hidden(text: str) -> None:
    """Refuse text that is not what it seems: control characters, and marks that change its direction."""
    for at, character in enumerate(text):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and character not in "\n\t\r\f\v":
            name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
            sentence = (
                f"The answer holds a character that cannot be seen ({name}); delete it and type the answer anew."
            )
            raise Unreadable(sentence, at, at + 1, code="hidden-character")


def stranger(text: str, at: int) -> Unreadable:
    """Make the error for a character that belongs to no notation read here."""
    character = text[at]
    if character in _LOOKALIKES:
        script = unicodedata.name(character).split()[0].title()
        sentence = (
            f"This “{character}” is a {script} letter; type the Latin “{_LOOKALIKES[character]}” in its place."
        )
        return Unreadable(sentence, at, at + 1, code="lookalike")
    if character == "±":
        return Unreadable("“±” stands for two values; give one.", at, at + 1, code="character")
    if character in '"`':
        return Unreadable(
            "Quotation marks are not read here; type the formula alone.", at, at + 1, code="character"
        )
    return Unreadable(f"The character “{character}” is not read here.", at, at + 1, code="character")
