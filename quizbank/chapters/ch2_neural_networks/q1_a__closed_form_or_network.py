"""Whether least squares on billions of points needs a network."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q1.a",
    title="Billions of points without a network",
    section="II.7",
    points=3,
    difficulty=3,
    minutes=4,
    need=2,
    topics=("linear regression", "normal equation", "memory"),
    text=r"""
A linear model is to be fitted by least squares to 5 billion points with 100 features each. Is it feasible to find the optimum without a neural
network? Say yes or no, and give reasons: the reasons count, not the word. (The closed form is $W = (X^\top X)^{-1} X^\top Y$.)
""",
    hints=(
        "How large is $X$, and how large is the matrix that is inverted?",
        r"Is $X^\top X$ a sum over samples?",
    ),
    key_points=r"""
        small: closed form|closed-form|normal equation|formula|gram|100 x 100|100x100|100 × 100|100 by 100|x t x|xtx|small matrix|small inverse|inverse small|invert small => There is a closed form, and the matrix it inverts is only 100 × 100.
        memory: memory|ram|tb|gb|gigabyte|terabyte|too large|too big|too much data|not fit|load|storage|disk|all at once => $X$ itself, about 2000 GB in 32-bit numbers, does not fit into memory.
        batches: batch|stream|accumulat|chunk|piece by piece|iterat|sgd|gradient descent|part by part|add up => $X^\top X$ and $X^\top Y$ can be added up batch by batch, or the linear model trained by gradient descent on batches.
    """,
    forbid=r"""
        no closed form|not have a closed form|not linear|no analytic => Least squares has a closed form, whatever the number of points.
        only neural network|only network|only deep network|need neural network|need network|network is necessary|network is needed => A linear model fits without a network: by the sums of the normal equation, or by gradient descent. [0]
        invers|invert & expensive|impossible|not possible|infeasible|nobody|too large|too big => What is inverted has one row and one column for each feature: 100 × 100. [0.5]
        x t x|xtx|inverse & billion row|billion column|billion entries|billion by => It has one row and one column for each feature, however many points there are. [0]
    """,
    models=(
        "Yes: the closed form needs only the 100 × 100 matrix X^T X and X^T Y, and both can be accumulated batch by batch.",
        "No, the closed form would need the whole matrix X in RAM, which is too large, so one has to train iteratively with batches.",
        "Yes, mini-batch gradient descent on the linear model works although the data do not fit into memory.",
        "X takes 2 TB and cannot be loaded at once, but the Gram matrix is small and can be summed up over chunks of the data.",
    ),
    samples="""
        1.0 | Yes. One streams the data, adds up X^T X, which is 100x100, and inverts it at the end.
        1.0 | No, because X is too big for the memory; we must use an iterative method on batches.
        0.5 | No, the matrix does not fit into memory.
        0.0 | No, because only a neural network can learn from so much data.
        0.0 | Yes, because modern computers are fast enough.
    """,
    statements=r"""
        + The data matrix takes about 2000 GB in 32-bit numbers. | $5 \cdot 10^9 \cdot 100 \cdot 4$ bytes are $2 \cdot 10^{12}$ bytes.
        + The matrix that is inverted has 100 rows and 100 columns. | $X^\top X$ sums over the points; the features remain.
        + $X^\top X$ can be added up from batches that fit into memory. | It is a sum over samples, so the parts can be added in turn.
        + Mini-batch gradient descent on the linear model moves towards the same optimum. | The squared error of a linear model is convex, so its only minimum is found without a network.
        + One pass over the data is enough for the exact optimum. | Each point enters the two sums $X^\top X$ and $X^\top Y$ once.
        + A single affine layer without activation is this linear model. | $XW + b$ is what linear regression fits.
        + The squared error of the linear model has no second, worse minimum. | It is a convex function of the weights.
        - The matrix $X$ has to be inverted, which is impossible for so many rows. | $X$ is not square; the inverse is that of $X^\top X$.
        - Without a hidden layer a model cannot be trained on batches. | Gradients of a batch exist for any model, the linear one included.
        - The inverse of $X^\top X$ has billions of entries. | It is 100 × 100, however many points there are.
        - The optima of the batches can be averaged to the exact optimum. | Sums over the batches can be added up, the solutions they lead to cannot.
        - Least squares has a closed form for a single feature only. | The normal equation holds for any number of features.
        - The size of $X^\top X$ grows with the number of points. | It depends on the number of features alone.
        - Stacking affine layers would reach a lower squared error. | Affine layers without activations are one affine layer.
    """,
)
