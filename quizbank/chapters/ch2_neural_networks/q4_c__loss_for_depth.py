"""Which loss suits depth maps with a few huge errors."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.c",
    title="A loss for depth maps",
    section="II.7",
    points=2,
    minutes=2,
    topics=("losses", "regression", "outliers"),
    text="""
A network estimates the depth of every pixel of an image. For most pixels the residuals are very small, for a few they are very large. Which of the losses
MAE, MSE, BCE and CE suits this best, and why?
""",
    hints=(
        "Two of the four losses are for classification.",
        "How does each loss weigh a residual ten times as large?",
    ),
    key_points="""
        choice: mae|absolute|l1 => The mean absolute error.
        outliers: outlier|not blow|not amplif|not exaggerat|not inflat|not overweight|not punish|not penalis|not affected|not domina|robust|sensitiv|large residual|large error|big error|huge|squar|domina|linear|proportion|less weight|majority|influence|equal weight|equally => It counts residuals in proportion, so the few large ones do not dominate.
    """,
    forbid="""
        bce|cross|ce & best|suits|use|choose|take|better => Cross-entropies compare probabilities with classes; depths are numbers. [0]
        mse is better|mse suits|mse is best|use mse|use the mse|choose mse|choose the mse|take mse|take the mse|mse because|mse since|mse, because|mse as it|squared error because|squared error is better => Squares make the few large residuals dominate. [0]
        mae & differentiab & everywhere => It has a kink at 0, but that is not the reason.
        mae & squar & because|since => It is the MSE that squares. [0.5]
        more sensitive|less robust & than mse|than the mse|than squared|than mean squared => It is the MSE that is sensitive to outliers. [0.5]
        weigh|weight|penalis|punish|count & more|stronger|strongly|harder|heavier & than mse|than the mse|than squared => It is the MSE that weighs large residuals more; the MAE counts them in proportion. [0.5]
    """,
    models=(
        "MAE, because it is less sensitive to outliers.",
        "The mean absolute error: the few huge residuals do not dominate it, as they would if they were squared.",
        "L1 is more robust, it weighs residuals linearly, so the majority of the pixels counts.",
    ),
    samples="""
        1.0 | MAE since it is robust against outliers
        1.0 | The absolute error, MSE would be dominated by the few large errors because it squares them.
        0.5 | MAE
        0.0 | MSE, because it punishes the large errors more
        0.0 | BCE, because depth lies between 0 and 1
    """,
    statements="""
        + The absolute error counts residuals in proportion to their size. | Ten times the residual is ten times the loss.
        + The squared error would be dominated by the few large residuals. | Ten times the residual is a hundred times the loss.
        + Under the absolute error all pixels pull with the same force. | Its slope is 1 or −1, whatever the size.
        + Under the squared error a pixel pulls in proportion to its residual. | Its slope is twice the residual.
        + Depth is a number, so this is a regression. | Cross-entropies compare probabilities with classes.
        + A constant that minimises the absolute error is the median. | It does not move when the largest value grows.
        + With small residuals the squared error gives smaller losses than the absolute one. | For sizes below 1 the square is smaller.
        - The squared error weighs outliers less than the absolute one. | Squares make large residuals larger still.
        - The absolute error ignores residuals above a bound. | It counts them all, in proportion.
        - The cross-entropy suits depths because it needs no targets. | It needs classes as targets; depths are numbers.
        - The absolute error is chosen because it has no kink. | It has one at 0; the squared error has none.
        - Under the absolute error large residuals have larger gradients. | All gradients have the same size; only the sign differs.
        - The squared error is the more robust of the two. | A single outlier can move its minimum as far as it likes.
        - A constant that minimises the squared error is the median. | It is the mean, which an outlier moves.
    """,
)
