"""Why the sigmoid survives in the last layer."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.d",
    title="The sigmoid at the output",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=2,
    need=1,
    topics=("activations", "sigmoid", "binary cross-entropy"),
    text="""
In hidden layers the sigmoid contributes to vanishing gradients. Why is it still used on the logits, the output of the last layer, for instance in binary
classification?
""",
    hints=("Which values does the sigmoid take?", "What becomes of its slope behind the binary cross-entropy?"),
    key_points=r"""
        probability: probab|between 0 and 1|between zero and one|0 to 1|range [0|range (0|[0, 1]|[0,1]|(0, 1)|(0,1)|0 and 1|class membership|confidence => It maps a logit to (0, 1), which can be read as the probability of a class.
        gradient: cancel|prediction minus|minus label|minus target|p - y|p-y|no vanish|not vanish|only once|single layer|one layer & slope|deriv|gradient|factor|loss|cross|bce => With binary cross-entropy its slope cancels: the gradient at the logit is prediction minus label.
    """,
    forbid="""
        zero-cent|zero cent|centred|centered => The sigmoid is not centred at zero.
        not saturat|never saturat|no saturat => The sigmoid does saturate; the cross-entropy makes up for it.
        probability into class|probabilities into class|probability into label|probabilities into label => It gives a probability; a threshold turns that into a class. [0]
        probability to logit|probabilities to logit|probabilities into logit|probability into logit|probabilities to real|probabilities into real|probability to real|probabilities to any real => It is the other way round: the sigmoid maps a logit to a probability. [0]
        sum to 1|sums to 1|sum up to 1|sums up to 1|add up to 1|adds up to 1 => That is softmax; the outputs of several sigmoids are independent of each other.
    """,
    models=(
        "It maps the logits to values between 0 and 1, which can be interpreted as probabilities of the class.",
        "Because the output is then a probability that the binary cross-entropy can compare with the label.",
        "Together with the cross-entropy its slope cancels, so that the gradient at the logit is prediction minus label.",
    ),
    samples="""
        1.0 | the output can be read as the probability of belonging to class 1
        1.0 | it squashes the output into the range [0, 1]
        0.0 | because it is zero-centred
        0.0 | because it is fast to compute
        0.0 | because it makes the network non-linear
    """,
    statements=r"""
        + Its values lie between 0 and 1 and can be read as probabilities. | That is what a binary classifier should give.
        + With binary cross-entropy the gradient at the logit is $\hat y - y$. | The sigmoid's slope cancels against the loss's derivative.
        + A confident wrong prediction still receives a large gradient. | Behind cross-entropy the gradient is near 1 in size, although the sigmoid is flat there.
        + In the last layer its slope occurs once, not once per layer. | Vanishing comes from products over many layers.
        + It is monotone, so a larger logit means a larger probability. | The order of the logits is kept.
        + The binary cross-entropy needs an argument between 0 and 1. | It takes the logarithms of $\hat y$ and $1 - \hat y$.
        + With the squared error its slope would stay in the gradient. | Nothing in that loss cancels it.
        - It is zero-centred, which the loss requires. | Its values are all positive, and no loss requires that.
        - In the last layer its slope is larger than 1/4. | The slope depends on the logit, not on the layer.
        - There it has no slope, because the loss follows directly. | It has one; behind cross-entropy it cancels.
        - Its outputs of several neurons add up to 1. | That is softmax; sigmoids are independent of each other.
        - Without it the affine layer before it could not be trained. | Losses on logits exist; the sigmoid only gives their meaning.
        - It keeps the gradients of the hidden layers from vanishing. | It does nothing for the layers before it.
        - It decides for a class, giving either 0 or 1. | It gives a probability; a threshold decides.
    """,
)
