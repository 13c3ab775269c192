"""How an LSTM keeps gradients from vanishing."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q2",
    title="How an LSTM keeps gradients alive",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("LSTM", "vanishing gradients"),
    need=2,
    text="How does an LSTM counter the vanishing gradients of a plain recurrent network?",
    hints=(
        "Look at how the cell state is updated.",
        "Which factor multiplies the gradient from one cell state to the one before?",
    ),
    key_points="""
        highway: highway|skip|residual|shortcut|addit|adding|added|addition|sum|plus|flow|runs|pass|unchanged|directly|carried along|straight & cell state|state|memory|path|highway|connection|shortcut|c_t|gradient => The cell state is updated by adding, a highway for gradients like a skip connection.
        forget: forget gate|gate|f_t|f & 1|one|open|control|learn|decid|keep|kept|remain|regulat|multiplied by forget|multiplied by the gate|scale => Along it the factor is the forget gate, which can stay near 1.
    """,
    forbid="relu & instead|uses|replac => An LSTM has sigmoid gates and tanh, not ReLU. [0.5]",
    models=(
        "The cell state is updated additively, which is a highway for the gradient like a skip connection; the forget gate, close to 1, decides how much is kept.",
        "Gradients flow along the cell state, where they are only multiplied by the forget gate, and this gate can be learnt to be near one.",
        "Instead of multiplying by the recurrent weight at each step, the memory is carried along by addition, with forget gates that stay open.",
    ),
    samples="""
        1.0 | the cell state is a highway for gradients and the forget gate can be near 1 so that they do not shrink
        0.5 | through the cell state, which works like a skip connection
        0.0 | it uses ReLU instead of tanh
        0.0 | it clips the gradients
        0.0 | the forget gate is close to 0, so the gradient is not changed
    """,
    statements="""
        + The cell state is carried along by addition. | C_t = f C_{t−1} + i C̃: the old state is scaled and added to.
        + Along the cell state the gradient is multiplied by the forget gate. | With gates held fixed, ∂C_t/∂C_{t−1} = f_t.
        + A forget gate near 1 lets the gradient pass almost unchanged. | The product of factors near 1 shrinks slowly.
        + The path along the cell state works like a skip connection. | Both add to what is carried through.
        + How much of the past is kept can differ from step to step. | The gates are computed from the input and the state.
        + Gradients along the cell state can still shrink if the forget gates are small. | Their product may be close to 0.
        - Its gates enlarge gradients that have become too small. | A gate lies between 0 and 1 and never enlarges.
        - Its activations do not saturate. | Its gates are sigmoids, and its candidate is a tanh.
        - The gradient along the cell state is multiplied by the recurrent weight matrix in every step. | That is the plain recurrent network.
        - It shortens the sequence, so that fewer factors are multiplied. | All steps are still made.
        - It clips gradients to a fixed norm. | Clipping is a separate technique, and it helps against explosion only.
        - Its output gate decides which gradients reach the cell state of earlier steps. | The factor between cell states is the forget gate.
    """,
)
