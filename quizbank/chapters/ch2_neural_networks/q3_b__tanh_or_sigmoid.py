"""What tanh has over the sigmoid."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.b",
    title="tanh or sigmoid",
    section="II.7",
    points=2,
    minutes=2,
    need=2,
    topics=("activations",),
    text="Name two advantages of tanh over the sigmoid as an activation function of hidden layers.",
    hints=("Compare the ranges of the two functions.", "Compare their slopes at 0."),
    key_points="""
        centred: zero cent|cent zero|centred at zero|mean zero|mean value zero|mean close to zero|mean about zero|mean output|mean of its output|mean of the output|average zero|average output|average out|symmetr zero|symmetr origin|odd function|output around zero|value around zero|distributed around zero|both sign|both side|either side|positive and negative|negative and positive|both positive|are not only positive|negative output|output negative|output be negative|value be negative|take negative|give negative|-1 1 => Its outputs take both signs, centred at zero.
        steeper: gradient|slope|deriv|steep & larg|big|steep|strong|high|great|1|more => Its slope reaches 1; the sigmoid's only 1/4.
    """,
    swap=("tanh", "sigmoid"),
    forbid="""
        never saturat|not saturat|no saturat|without saturat => Both flatten for inputs of large size.
        no vanish|not vanish|solves & vanish => It weakens the problem, but far from 0 its slope vanishes as well.
    """,
    models=(
        "It is zero-centred and its largest gradient is bigger.",
        "The outputs of tanh have mean zero, and its derivative reaches 1 instead of 0.25.",
        "Its values lie on both sides of zero; its slope at the origin is steeper than that of the sigmoid.",
    ),
    samples="""
        1.0 | zero centred and steeper gradients
        1.0 | tanh is symmetric around 0 and the maximal derivative is larger than that of the sigmoid
        0.5 | its outputs have mean zero
        0.5 | the gradient is larger
        0.0 | tanh does not saturate
        0.0 | it is faster to compute than the sigmoid
    """,
    statements=r"""
        + The outputs of tanh can be negative as well as positive. | Its range is (−1, 1), that of the sigmoid (0, 1).
        + The slope of tanh at 0 is four times as large. | $\tanh'(0) = 1$ and $\sigma'(0) = 1/4$.
        + At input 0 the output of tanh is 0. | The sigmoid gives ½ there.
        + Behind tanh, one sample's gradients of the weights into a neuron can have both signs. | They are products with the inputs, which can take both signs here.
        + Near 0 tanh passes gradients on almost undiminished. | Its slope there is close to 1.
        + The tanh is odd, so its outputs average out for symmetric inputs. | $\tanh(-x) = -\tanh(x)$.
        + The tanh is a sigmoid that was stretched and shifted. | $\tanh(x) = 2\sigma(2x) - 1$.
        - The tanh does not saturate for large inputs. | Both functions flatten there.
        - The slope of tanh exceeds 1 for some inputs. | It is largest at 0, and there it is 1.
        - The slope of tanh is larger than the sigmoid's at every input. | Beyond about ±1.7 it is smaller, because tanh saturates earlier.
        - The outputs of tanh can be read as probabilities directly. | Negative values are no probabilities.
        - The outputs of tanh grow without bound like those of ReLU. | They stay between −1 and 1.
        - The tanh needs no exponential function. | It is a quotient of exponentials, like the sigmoid.
        - The tanh is zero for all negative inputs. | That is ReLU; tanh is negative there.
    """,
)
