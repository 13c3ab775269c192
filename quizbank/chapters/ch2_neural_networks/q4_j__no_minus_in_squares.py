"""Why squared and absolute errors need no minus sign."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.j",
    title="No minus for squares",
    section="II.7",
    points=1,
    minutes=2,
    need=2,
    topics=("losses", "regression"),
    text="The cross-entropy has a minus sign in front. Why have the mean squared and the mean absolute error none?",
    hints=(
        "Which sign have squares and absolute values?",
        "And which sign has the logarithm of a probability?",
    ),
    key_points="""
        nonneg*2: positiv|non-negative|nonnegative|not negative|never negative|no negative|>= 0|≥ 0|at least 0|at least zero|not below => Squares and absolute values are never negative.
        minimise: minimis|is small|are small|be small|small value|small loss|loss small|error small|low loss|small error|low error|as small|as low|small for|smaller for|gets small|gets smaller|get smaller|become smaller|smaller is|the smaller|lower is|the lower|towards 0|perfect|better => They are small for good predictions, so they can be minimised as they are.
    """,
    forbid="""
        square negative|absolute value negative|error negative|mse negative|mae negative|already negative|always negative => Squares and absolute values are never negative. [0]
        want to maximis|should be maximis|should maximis|must be maximis|goal maximis|aim maximis & loss|error|mse|mae|they|it|we => Errors are to be minimised. [0]
    """,
    models=(
        "They are already non-negative and can be minimised directly.",
        "Squares and absolute values are never negative, so the loss is positive without a minus.",
        "The value is at least 0 and gets smaller for better predictions; a minus would make it something to maximise.",
    ),
    samples="""
        1.0 | because squares and absolute values are always positive
        1.0 | the loss should be positive and minimised, which is the case already
        0.5 | since we minimise the loss anyway
        0.0 | because the residuals are negative
        0.0 | because regression has no classes
    """,
    statements=r"""
        + Squares and absolute values are never negative. | So their mean is not negative either.
        + They are 0 for a perfect prediction and larger otherwise. | That is what a loss to be minimised should do.
        + With a minus, descent would drive predictions away from the targets. | Minimising the negative error maximises the error.
        + The residual's own sign is removed by the square. | $(-r)^2 = r^2$.
        + They contain no logarithm of a probability. | That logarithm is what makes the cross-entropy's sum negative.
        + Exchanging prediction and target does not change them. | Only the size of the residual counts.
        - The residuals are positive, so no minus is needed. | Residuals have both signs; their squares and absolute values have not.
        - The minus is contained in the residual $\hat y - y$. | A difference is not a minus in front of the loss.
        - They are to be maximised, unlike the cross-entropy. | All three are minimised.
        - Regression losses may be negative for good predictions. | Means of squares and of absolute values are at least 0.
        - A minus would make no difference to training. | It would reverse the direction of every step.
        - The square of a negative residual is negative. | It is positive, like that of a positive residual.
        - They have none because their gradient is always positive. | It has the sign of the residual.
    """,
)
