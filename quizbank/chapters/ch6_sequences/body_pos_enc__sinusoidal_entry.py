"""Entries of the sinusoidal positional encoding."""

import math

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.engine.layers.positional_encoding import positional_encoding
from solvers.positional_encoding import encoding, encoding_steps

question = Question(
    "ch6.body.pos_enc",
    revision=2,
    also=("ch6.pos_enc",),
    title="The sinusoidal positional encoding",
    section="VI.4.a",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("transformers", "positional encoding"),
    d=one_of(6, 8, 10, 12),
    pos=integers(1, 15),
    pair=one_of(1, 2),
    even=derived(lambda pair: 2 * pair),
    odd=derived(lambda pair: 2 * pair + 1),
    text=r"""
A transformer with embeddings of size $d = <<d>>$ adds the encoding (angles in radians, dimensions counted from 0)

$$PE_{pos,\,2i} = \sin\!\left(\frac{pos}{10000^{2i/d}}\right), \qquad PE_{pos,\,2i+1} = \cos\!\left(\frac{pos}{10000^{2i/d}}\right) .$$

Consider the position $pos = <<pos>>$. A calculator may be used.
""",
    hints=(
        "Which $i$ belongs to the dimension asked?",
        "An even dimension and the odd one after it share their angle.",
    ),
)


def where(pos, d, even):
    """Keep angles whose cosine is told from 1."""
    return encoding(pos, even, d) ** 2 > 0.005


def work(pos, d, even, odd):
    """The shared angle, then its sine and cosine."""
    place, _, cosine = encoding_steps(pos, odd, d).steps
    return (*under("sine", encoding_steps(pos, even, d)), *under("cosine", (place, cosine)))


def check(pos, d, even, odd):
    """Read the entries off the engine's table."""
    row = positional_encoding(pos + 1, d)[pos]
    return {"sine": row[even], "cosine": row[odd]}


@part("The entry in dimension $<<even>>$.", Number(decimals=3))
def sine(pos, d, even):
    return encoding(pos, even, d)


@slip(sine, "Dimension 2i belongs to the index i; here the dimension itself was taken for i.", credit=0.25)
def index_not_halved(pos, d, even):
    return math.sin(pos / 10000 ** (2 * even / d))


@slip(sine, "Even dimensions have the sine, odd ones the cosine.", credit=0.25)
def as_cosine(pos, d, even):
    return math.cos(pos / 10000 ** (even / d))


@slip(sine, "The angle is in radians; the calculator was set to degrees.", credit=0.5)
def degrees(pos, d, even):
    return math.sin(math.radians(pos / 10000 ** (even / d)))


@part("The entry in dimension $<<odd>>$.", Number(decimals=3))
def cosine(pos, d, odd):
    return encoding(pos, odd, d)


@slip(
    cosine,
    "Dimension 2i + 1 shares the angle of dimension 2i; here the odd dimension was put into the exponent.",
    credit=0.25,
)
def own_angle(pos, d, odd):
    return math.cos(pos / 10000 ** (odd / d))


@slip(cosine, "Even dimensions have the sine, odd ones the cosine.", credit=0.25)
def as_sine(pos, d, even):
    return math.sin(pos / 10000 ** (even / d))


@slip(cosine, "The angle is in radians; the calculator was set to degrees.", credit=0.5)
def odd_degrees(pos, d, even):
    return math.cos(math.radians(pos / 10000 ** (even / d)))
