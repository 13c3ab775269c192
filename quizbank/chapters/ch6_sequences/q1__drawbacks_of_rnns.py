"""Two drawbacks of plain recurrent networks besides their gradients."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q1",
    title="Drawbacks of recurrent networks",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("recurrent networks",),
    need=2,
    text="Apart from vanishing and exploding gradients: name two drawbacks of plain recurrent networks.",
    hints=(
        "What must be known before step t can be computed?",
        "How much of a long past fits into one state vector?",
    ),
    key_points="""
        memory: short-term|short memory|short past|short context|short range|short span|only last|only recent|forget|forgot|lose|lost|fade|miss|overwrit|squeez|compress|bottleneck|no long-term|fixed size|limited memory|not remember|not keep|far apart & memor|past|earl|begin|start|remember|state|vector|context|depend|relation|distant|ago|input|information => Only a short past survives in the state.
        sequential: one after|after the other|step by step|one by one|token by token|word by word|slow|takes long|not parallel|hard to parallel|difficult to parallel|sequential|needs the previous|previous one|wait => Steps depend on each other, so they cannot run in parallel.
        capacity: few|same|shared|little|low|small|limited & param|weight|capacity|matri|expressive => The same small set of weights serves every step: little capacity.
    """,
    forbid="""
        many param|more param|own weight|different weight => The same few weights serve every step.
        rnn|recurrent network|they & process & in parallel|at once|same time => The steps of a sequence wait for each other.
    """,
    models=(
        "They have only a short-term memory, and the time steps must be computed one after the other, which is slow.",
        "Training cannot be parallelised over time because every state needs the previous one; early inputs are soon forgotten.",
        "The same few parameters are used for all steps, so the capacity is low, and the computation is sequential and slow.",
    ),
    samples="""
        1.0 | they are slow because the steps are sequential, and they forget the early inputs
        0.5 | no parallel computation over the time steps
        0.0 | they can only read sequences of one given length
        0.0 | they have too many parameters and overfit
        0.5 | only the last few words are remembered, so relations over a long distance are missed
    """,
    statements="""
        + The state of a step is needed before the next one can be computed. | So the steps of one sequence cannot run in parallel.
        + Inputs from long ago leave little trace in the state. | Every step overwrites part of a state of fixed size.
        + The whole past has to fit into one vector of fixed size. | The state has the same size after ten and after a thousand steps.
        + All steps share the same weights, which limits what they can express. | One small affine map has to serve every position.
        + Long sequences take time in proportion to their length, even on parallel hardware. | The steps wait for each other.
        + Two distant words can only interact through all states in between. | There is no direct path between them.
        - They can only read sequences of one fixed length. | The same cell is applied as often as the sequence is long.
        - The number of parameters grows with the length of the sequence. | The weights are shared over time.
        - They ignore the order of the inputs. | The state depends on the order in which inputs arrive.
        - They need a positional encoding to tell the first word from the last. | The order is built into the recursion; transformers need the encoding.
        - Their cost grows with the square of the sequence length. | That is self-attention; a recurrence is linear in the length.
        - They cannot be trained with gradient descent. | They are, by backpropagation through time.
    """,
)
