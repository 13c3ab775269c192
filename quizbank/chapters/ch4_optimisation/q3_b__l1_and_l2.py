"""What L1 and L2 penalties do to the weights."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.b",
    title="L1 and L2 on the weights",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("regularisation", "weights"),
    need=2,
    text="What does an L1 penalty do to the weights of a network, and what does an L2 penalty do?",
    hints=(
        "How strong is the pull of each penalty on a weight that is already small?",
        "Which of the two leaves weights that are exactly zero?",
    ),
    key_points="""
        l1: L1|L 1|first|former|lasso|absolute & spars|exact|zero|select|eliminat|switch off|remove => L1 makes the weights sparse: some become exactly zero.
        l2: L2|L 2|second|latter|ridge|squared|both & small|shrink|spread|not zero|not exactly|not quite|never exactly|reduc|evenly|proportional|distribut|large weights|near zero|close to zero => L2 makes all weights small, but not exactly zero.
    """,
    forbid="""
        L2 makes sparse|L2 makes the weights sparse|L2 makes weights sparse|L2 leads to sparse|L2 gives sparse|L2 produces sparse|L2 makes the weight matrix sparse|L2 makes them sparse|L2 makes many|L2 sets some|L2 sets many|L2 sets weights|L2 is sparse => It is L1 that makes weights exactly zero. [0.0]
        L1 & spread|evenly => It is L2 that spreads the penalty over all weights. [0.5]
        L1 makes all weights small|L1 makes all small|L1 makes all of the weights small|L1 shrinks all|L1 keeps all => It is L2 that makes all weights small; L1 makes some exactly zero. [0.5]
    """,
    models=(
        "L1 makes the weights sparse, some of them are exactly zero; L2 makes all of the weights small.",
        "With L1 many weights are eliminated, with L2 they shrink in proportion to their size.",
        "L1 pushes weights to zero like a feature selection, whereas L2 spreads the penalty over all of them and mainly reduces the large ones.",
    ),
    samples="""
        1.0 | L1 pushes some weights to exactly zero (sparse), L2 makes all of them smaller but not zero
        0.5 | L1 gives sparse weights
        0.0 | L2 makes sparse weights and L1 spreads the penalty evenly
        0.0 | both make the weights larger
    """,
    statements="""
        + L1 can make weights exactly zero. | Its pull has the same strength however small the weight is.
        + L2 pulls a large weight harder than a small one. | Its gradient is proportional to the weight.
        + L1 pulls all non-zero weights equally hard. | Its gradient is λ times the sign of the weight.
        + L2 prefers two weights of 1 to one weight of 2. | 1 + 1 is less than 4.
        + L1 acts like a selection of features. | Inputs whose weights are zero drop out.
        + Under L2 alone a weight shrinks by the same factor in each step of plain SGD. | With the penalty ½λθ² it is multiplied by 1 − αλ.
        - L2 makes most of the weights exactly zero. | It makes them small; L1 leaves exact zeros.
        - L1 punishes one weight of 2 harder than two weights of 1. | Both cost 2 under L1.
        - L1 pulls hardest at the largest weights. | That is L2; the pull of L1 does not depend on the size.
        - L2 makes negative weights positive. | It pulls towards zero from either side.
        - L1 leaves the weights near zero alone. | It pulls at them as hard as at the others, until they are zero.
        - L2 limits the weights to the range from −1 to 1. | It sets no bound; large weights only cost more.
    """,
)
