"""What a leaky ReLU loses with a negative slope."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.e",
    title="A leak with a negative slope",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("activations", "leaky relu"),
    text=r"""
The leaky ReLU is $f(x) = \max(\alpha x, x)$, usually with a small positive $\alpha$. Which property does it lose for $\alpha < 0$, and why? (The course calls a
function zero-centred if it takes both positive and negative values.)
""",
    hints=("Put a negative number into both candidates of the maximum.", "Draw the function."),
    key_points=r"""
        ~property: zero-cent|zero cent|centred|centered|both sign|negative value|negative output|monoton|sign => It is no longer zero-centred: it takes no negative values. (It is no longer monotone either.)
        reason: non-negative|nonnegative|not negative|never negative|no negative|no longer negative|positive|not all outputs positive|not all values positive|not outputs are all positive|not values are all positive|not output positive|not value positive|not output always positive|not everything positive|not is never negative|above 0|>= 0|≥ 0|greater|v-shape|v shape|fall|decreas|goes down|going down|descend|not it goes down|not it fall|not it decreas|not is decreas|not is positive => For negative inputs $\alpha x$ is positive, so no output is negative.
    """,
    forbid=r"""
        still zero cent|stays zero cent|remains zero cent|still takes negative|still both sign => It takes no negative values any more. [0]
        only takes negative|takes only negative|only negative value|only negative output|outputs only negative|loses positive|all outputs negative|all values negative|outputs always negative|values always negative|not non-negative|never positive value => It is the negative values that are gone: for $x < 0$ the product $\alpha x$ is positive.
        not & non-linear|nonlinear => With a negative slope it is still non-linear: its pieces differ.
        lose|loses|lost|no longer|not & differentiab => Its kink at 0 is there for every slope but 1.
    """,
    models=(
        "It is no longer zero-centred, because all its values are non-negative.",
        "It loses the negative outputs: for x < 0 the product αx is positive, so everything is ≥ 0.",
        "It would not be monotone any more, since it falls for negative inputs.",
    ),
    samples="""
        1.0 | not zero centered anymore as all outputs are positive
        1.0 | monotonicity, because it is decreasing on the negative side
        0.5 | it is no longer zero-centred
        0.0 | it is no longer non-linear
        0.0 | it would no longer be differentiable at 0
    """,
    statements=r"""
        + Its values are then all non-negative. | For $x < 0$ the product $\alpha x$ is positive and the larger candidate.
        + It then falls on the negative side. | Its slope there is $\alpha < 0$.
        + For $\alpha = -1$ it is the absolute value. | $\max(-x, x) = |x|$.
        + It takes the same value at two different inputs. | It falls to 0 and rises again.
        + Neurons with negative inputs still pass on gradient. | The slope $\alpha$ is not 0, only negative.
        + It stays a non-linear function. | The slopes of its two pieces differ.
        + On the positive side nothing changes. | There $x$ is the larger candidate for every $\alpha < 1$.
        - It still takes both signs, because $\alpha x$ may be negative. | Where $\alpha x$ is negative, $x$ is positive and wins.
        - It becomes a linear function. | Only $\alpha = 1$ makes it linear.
        - Neurons with negative inputs die. | A slope of 0 would kill them; here it is negative.
        - It loses the kink at 0. | The slopes of the two sides differ, so the kink is there.
        - Its gradient at negative inputs becomes positive. | The slope is $\alpha$ itself, which is negative.
        - Its values are bounded from above. | They grow without bound on both sides.
        - It turns into the ordinary ReLU. | That is the case $\alpha = 0$.
    """,
)
