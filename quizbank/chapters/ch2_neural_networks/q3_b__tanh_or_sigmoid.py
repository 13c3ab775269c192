"""Two advantages of tanh over the sigmoid."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.b",
    title="tanh or sigmoid",
    section="II.7",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("activations",),
    need=2,
    text="Name two advantages of tanh over the sigmoid as an activation function.",
    hints=("Compare the ranges of their outputs.", "Compare their slopes at zero."),
    key_points="""
        centred: zero|0|both & cent|mean|sign|symmetric => Its outputs take both signs, centred at zero.
        steeper: gradient|slope|deriv & larg|big|steep|high|great|strong|1 => Its slope reaches 1; the sigmoid's only 1/4.
    """,
    swap=("tanh", "sigmoid"),
    forbid="never saturat|not saturat|no vanishing => tanh saturates, too: its slope vanishes for large inputs. [0.5]",
    models=(
        "It is zero-centred and its largest gradient is bigger.",
        "The outputs of tanh are centred around zero, and its slope at the origin is steeper, 1 instead of 0.25.",
        "tanh has a mean of zero; its derivative is larger, so the gradients that flow back are stronger.",
    ),
    samples="""
        1.0 | tanh is zero centred and it has a larger gradient
        0.5 | its outputs have zero mean
        0.0 | it is faster to compute
        0.5 | tanh is zero-centred and does not saturate
    """,
    statements="""
        + Its outputs can be negative as well as positive. | Its range is (−1, 1); the sigmoid's is (0, 1).
        + Its outputs are centred at zero. | It is an odd function, so inputs around zero give outputs around zero.
        + Its largest slope is four times that of the sigmoid. | tanh'(0) = 1, while σ'(0) = 1/4.
        + Gradients shrink less on their way through it near zero. | They are multiplied by up to 1 instead of up to 1/4.
        + The weights into the next neuron can get gradients of different signs. | Its outputs, the inputs of the next layer, have both signs.
        + It is a scaled and shifted sigmoid, so it is just as smooth. | tanh(x) = 2σ(2x) − 1.
        - It does not saturate for large inputs. | Both flatten out: the slope of tanh goes to 0, too.
        - Its outputs can be read as probabilities. | That is the sigmoid's advantage: its range is (0, 1).
        - It needs no exponential function. | Both are built from exponentials.
        - Its slope is 1 for all positive inputs. | That is ReLU; tanh has slope 1 at zero only.
        - Its range is not bounded. | It stays between −1 and 1.
        - It switches negative inputs off. | That is ReLU; tanh keeps their sign.
    """,
)
