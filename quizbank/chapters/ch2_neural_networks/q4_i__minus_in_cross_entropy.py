"""Why the binary cross-entropy has a minus sign."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.i",
    title="The minus of the cross-entropy",
    section="II.7",
    points=2,
    minutes=2,
    topics=("binary cross-entropy", "losses"),
    text="Why does the binary cross-entropy have a minus sign in front?",
    hints=("Which sign has the logarithm of a probability?", "What does training do with a loss?"),
    key_points="""
        logarithm: log|ln|logarithm & negativ|below 0|less than|<= 0|< 0|at most 0|smaller|not positive|non-positive => The logarithm of a probability is 0 or negative.
        loss: positiv|non-negative|nonnegative|not negative|>= 0|≥ 0|at least 0|minimis|minimiz|greater than 0|greater than zero|larger than 0|larger than zero|above 0|above zero|greater equal 0|maximis|maximiz|decreas|would be negative => With the minus the loss is 0 or positive, and smaller is better, so that it can be minimised.
    """,
    forbid="""
        log|ln & probab|0 and 1 & is positive|are positive|always positive => The logarithm of a probability is never positive. [0.5]
        log|ln|logarithm & negativ & greater than 1|larger than 1|above 1|bigger than 1 => It is for numbers below 1, such as probabilities, that the logarithm is negative. [0]
        the log of a probability is positive|the log of probability is positive|the logarithm of a probability is positive|the log is always positive|the logarithm is always positive & positive => The logarithm of a probability is never positive. [0]
        minus makes it negative|minus makes the loss negative|minus makes loss negative|loss should be negative => With the minus the loss is 0 or positive. [0]
        label|class & swap|flip|invert|exchange => The minus has nothing to do with the labels. [0]
    """,
    models=(
        "The logarithm of a probability is negative or 0, so the minus makes the loss non-negative.",
        "The logarithm ln p of a probability p is never positive; with the minus in front, the loss is positive and it can be minimised.",
        "The log of numbers between 0 and 1 is below zero. Maximising the likelihood becomes minimising a positive loss.",
    ),
    samples="""
        1.0 | log of a probability is negative, so we need the minus to get a positive loss
        0.5 | to get a positive loss
        0.0 | because we go against the gradient in gradient descent
        0.0 | the log of a probability is always positive
        0.0 | because the labels have to be flipped
        0.0 | because the log of a probability is positive, and the minus makes it negative
        0.0 | it is only a convention without any effect
    """,
    statements=r"""
        + The logarithm of a probability is never positive. | $\ln p \le 0$ for $0 < p \le 1$.
        + With the minus the loss is at least 0. | The mean of numbers that are not negative is not negative.
        + Without the minus, minimising would make the predictions worse. | The sum of the logarithms has to be made large.
        + Minimising it is maximising the likelihood of the labels. | The logarithm of the likelihood is the sum without the minus.
        + It is 0 only if each true class has probability 1. | Then all the logarithms are 0.
        + A smaller probability of the true class gives a larger loss. | $-\ln p$ falls as $p$ grows.
        + Without the minus one would have to climb the gradient instead. | Maximising a function is minimising its negative.
        - The minus turns descent along the gradient into ascent. | It belongs to the loss; the step's own minus stays as it is.
        - The logarithm of a probability is positive without it. | Numbers below 1 have negative logarithms.
        - The minus exchanges the roles of the two labels. | Both terms keep their labels; both change their signs.
        - It cancels the minus in the term $1 - \hat y$. | That one stands inside the logarithm and stays.
        - Without it the loss would be the same for good and bad predictions. | It would still tell them apart, with the order reversed.
        - It keeps the loss below 1. | A confident mistake has a loss of any size.
        - It is needed for label 0 only. | The logarithm is negative for both labels.
    """,
)
