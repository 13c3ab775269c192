"""A ReLU in place of the sigmoid of a gate."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q3",
    title="A ReLU as a gate",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("LSTM", "activations"),
    need=2,
    text="Would it be sensible to replace the sigmoid of an LSTM's input gate by a ReLU? Answer yes or no, and give the reason.",
    hints=("What does the value of a gate mean?", "What is the range of each function?"),
    key_points="""
        range: 0|zero|range|interval|between|fraction|share|percent|bound|limit => A gate says which fraction passes, so it must lie between 0 and 1.
        unbounded: unbound|not bound|no upper|not limit|without limit|larger than|greater than|above|grow|infin|explod|unstable|any size => A ReLU has no upper bound, so the state could be blown up.
    """,
    forbid="""
        yes|of course|sensible because|good idea => No: a gate has to be a fraction. [0.0]
        relu & bounded|between|limited to & 1 => The sigmoid is bounded by 1; the ReLU has no upper bound. [0.0]
    """,
    models=(
        "No. A gate must lie between 0 and 1, since it says which fraction passes; a ReLU is unbounded.",
        "No, because ReLU can become larger than one, and a gate should be in the range from 0 to 1 to act as a percentage.",
        "It would not be sensible: the gate is a share in the interval [0, 1], but the output of a ReLU can grow without limit and make the cell state explode.",
    ),
    samples="""
        1.0 | no, the gate has to be between 0 and 1 but ReLU is unbounded
        0.5 | no, because a gate should be a fraction between 0 and 1
        0.0 | yes, because ReLU does not saturate
        0.0 | yes, it would be faster to compute
    """,
    statements="""
        + A gate says which fraction of a value passes. | It multiplies the value by a number between 0 and 1.
        + A ReLU gate could enlarge what it lets through. | Its output can exceed 1.
        + With ReLU gates the cell state could grow without bound. | In every step more than the candidate could be added.
        + A sigmoid can close a gate almost, or open it almost fully. | Its range runs from near 0 to near 1.
        + The saturation of the sigmoid is useful in a gate. | A decided gate stays open or closed when its input changes a little.
        + A ReLU gate would close for every negative pre-activation. | ReLU gives 0 there, with gradient 0.
        - A ReLU gate would be better because gates must not saturate. | A gate is meant to be nearly open or nearly closed.
        - A ReLU has the range of a gate, from 0 to 1. | It has no upper bound.
        - A tanh would serve as well, since it is bounded. | It takes negative values, which would flip signs.
        - The choice does not matter, since the output gate corrects the scale. | The cell state is carried on before any output gate.
        - The sigmoid is chosen because it is cheaper to compute than a ReLU. | A ReLU is cheaper; the range decides.
        - The input gate decides what is forgotten. | That is the forget gate; the input gate decides what is added.
    """,
)
