"""Why the kink of the absolute error does no harm."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.e",
    title="The kink of the absolute error",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=2,
    need=2,
    topics=("losses", "differentiability"),
    text="The mean absolute error is not differentiable where a residual is 0. Why can it be used for training all the same?",
    hints=("How often is a residual exactly 0?", "What happens at all the other points?"),
    key_points="""
        elsewhere: differentiab|deriv|gradient|slope|smooth & almost|local|elsewhere|everywhere|except|other point|all other|only at|only in|single point|one point|most|outside => It is differentiable everywhere else, which is almost everywhere.
        rare*2: rare|rarely|unlikely|improbab|hardly|seldom|never exactly|almost never|probability 0|probability zero|not happen|never happen|practically never|never zero|never 0|not exactly zero|not exactly 0|not land|never land|almost everywhere|almost all|almost always|nearly always|nearly everywhere|measure 0|measure zero|0 is zero|zero is zero|zero is 0|0 is 0 => A residual of exactly 0 hardly ever occurs.
        subgradient: subgradient|sub-gradient|convention|set to 0|set to zero|set gradient|set derivative|set slope|gradient is 0|gradient 0|take 0|use 0|define|choose|one-sided|pick => There any subgradient, such as 0, will do.
    """,
    forbid="""
        is differentiable at 0|is differentiable at zero => At 0 it has a kink: slopes of 1 and −1 meet.
        always zero|always 0|always exactly zero|always exactly 0|often zero|often 0|often exactly zero|often exactly 0|usually zero|usually 0|usually exactly zero|mostly zero|most residuals are zero|most residuals are exactly zero => A residual of exactly 0 hardly ever occurs. [0]
        is & used|only & evaluation|testing|report => It is used for training, too.
        backprop|training & not need & gradient|deriv => Training does need gradients; there is just one point without.
    """,
    models=(
        "It is differentiable almost everywhere; a residual of exactly 0 is very rare.",
        "Local differentiability is enough, which holds in almost all cases.",
        "At the kink one simply takes a subgradient, for example 0; at all other points the derivative exists.",
    ),
    samples="""
        1.0 | it is differentiable everywhere except at a single point, which practically never occurs
        1.0 | because a residual is hardly ever exactly zero, and there we can define the derivative to be 0
        0.5 | it is differentiable at all other points
        0.5 | one defines the derivative at 0 to be 0
        0.0 | because it is differentiable at 0 after all
        0.0 | because it is less sensitive to outliers
        0.0 | because gradients are not needed for training
    """,
    statements=r"""
        + Apart from residuals of exactly 0 it has a derivative. | There it is 1 or −1 (times $1/N$).
        + Residuals of exactly 0 hardly ever occur in floating point. | Predictions are sums of many rounded numbers.
        + At the kink of $|r|$ any number from −1 to 1 is a subgradient. | The lines through the kink with these slopes lie nowhere above the graph.
        + Libraries use the slope 0 for a residual of 0. | The sign function gives 0 there.
        + ReLU has a kink as well and is trained without trouble. | The same argument applies: it is a single point.
        + Its slope keeps its size however small the residual is. | So steps near the optimum do not shrink by themselves.
        + The other samples of the batch have gradients even if one residual is 0. | The loss adds terms; each has its own derivative.
        - It is smooth at 0, because both sides meet there. | They meet in value, not in slope.
        - Gradient descent needs no derivatives of the loss. | It needs them; there is just one point without.
        - A residual of 0 makes the whole batch's gradient undefined. | Only that term has a kink, and there a subgradient is taken.
        - The kink is harmless because the loss is 0 there. | A loss of 0 says nothing about the slope; the kink is harmless because it is rare.
        - Averaging over a batch removes the kinks. | A sum of functions with kinks has the kinks of all.
        - Its slope at a residual of 0 is infinite. | The slopes from both sides are −1 and 1.
        - It may be used for evaluation only. | It is trained with as well, in depth estimation for instance.
    """,
)
