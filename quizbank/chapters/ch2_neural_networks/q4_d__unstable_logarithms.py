"""What makes cross-entropies unstable, and the cure."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.d",
    title="Unstable logarithms",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("binary cross-entropy", "cross-entropy", "numerical stability"),
    text="What can make the binary or categorical cross-entropy numerically unstable, and how is this cured?",
    hints=("What is the logarithm of 0?", "When does a sigmoid come out as exactly 0 or 1?"),
    key_points=r"""
        cause: log|ln|logarithm & 0|zero|undefined|not defined|infin|inf => The logarithm of 0, where a probability comes out as exactly 0 (or 1).
        cure: clip|clamp|eps|epsilon|small constant|small number|small value|log-sum-exp|logsumexp|log sum exp|log-softmax|logsoftmax|log softmax|from logits|from the logits|with logits|on the logits|fused|combin|stable version|bound|subtract max|subtract maximum|subtract largest => Clip the probabilities to [ε, 1 − ε], or compute the loss from the logits with log-sum-exp.
    """,
    forbid="""
        clip logit|clamp logit|logits are clip|logits are clamp|logits be clip|logits be clamp => The probabilities are clipped, after sigmoid or softmax; a logit may be any number. [0.5]
        clip gradient|gradient clip|gradient be clip => Clipping gradients helps against exploding gradients; here it is probabilities that are clipped. [0]
        smaller|lower|reduc & learning rate => A smaller step does not change the logarithm of 0.
    """,
    models=(
        "The logarithm of 0 is not defined. The predicted probabilities are clipped to the range from ε to 1 − ε.",
        "If a probability is exactly zero, ln 0 gives minus infinity; adding a small epsilon inside the logarithm avoids it.",
        "log(0) occurs when the sigmoid saturates. One computes the loss from the logits with the log-sum-exp trick instead.",
    ),
    samples="""
        1.0 | log(0); clip the probabilities with a small epsilon
        0.5 | The log of zero is undefined.
        0.5 | Taking the log of 0 is a problem, so clip the logits to [eps, 1-eps].
        0.0 | Too large a learning rate; use a smaller one.
        0.0 | The square of large residuals overflows.
    """,
    statements=r"""
        + The loss is infinite if the true class has probability 0. | $-\ln 0 = \infty$.
        + A sigmoid of a large logit is rounded to exactly 1. | In 32 bits this happens beyond about 17.
        + Clipped to $[\varepsilon, 1 - \varepsilon]$, probabilities have finite logarithms. | The largest loss is then $-\ln \varepsilon$.
        + Computing the loss from the logits avoids the logarithm of a rounded 0. | Log-sum-exp never forms the probability.
        + In floating point 0 times the logarithm of 0 gives NaN. | It is computed as 0 times minus infinity.
        + Subtracting the largest logit keeps softmax from overflowing. | All exponents are then at most 0.
        + With $\varepsilon = 10^{-7}$ a sample's clipped loss is at most about 16.1. | $-\ln 10^{-7} = 7 \ln 10$.
        - The logits are clipped to $[\varepsilon, 1 - \varepsilon]$. | Logits may be any number; it is the probabilities that are clipped.
        - A smaller learning rate keeps the logarithm finite. | The logarithm of a rounded 0 is infinite at any rate.
        - The logarithm of 1 is the dangerous one. | It is 0; dangerous is $\ln(1 - \hat y)$ at $\hat y = 1$, a logarithm of 0.
        - The loss becomes unstable when it gets close to 0. | Then the true classes have probability near 1, which is harmless.
        - A batch of more samples averages an infinite loss away. | A mean with one infinite term is infinite.
        - Squares of large residuals overflow in these losses. | They contain no squares, but logarithms.
        - Without one-hot labels the logarithm of 0 cannot occur. | It depends on the predictions, not on how labels are written.
    """,
)
