"""Two advantages of stochastic gradient descent."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.b",
    title="Advantages of SGD",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("optimisers", "stochastic gradient descent"),
    need=2,
    text="Name two advantages of stochastic gradient descent over gradient descent on all data at once.",
    hints=(
        "Compare the number of steps in the same time.",
        "Is it only bad that the gradient of a batch is noisy?",
    ),
    key_points="""
        speed: more steps|optimisation steps|optimiser steps|updated many|many times|more gradient steps|in a given time|same time|per unit of time|more updates|many steps|many updates|more often|often|frequent|faster|fast|quick|sooner|cheap|less time|less computation|more steps per epoch|several updates per epoch|several steps per epoch|progress early|before all data => It makes more steps in the same time, so it gets on faster.
        noise: noise|noisy|random|saddle|local minim|escape|generalis|regularis|jump out|sharp => The noise of its steps helps past saddle points, and it regularises a little.
        memory: memory|fit into|fits into|fits in|gpu|store|large data set|huge data set|big data set => A batch needs less memory than the whole training set.
    """,
    forbid="""
        more accurate gradient|exact gradient|smoother|less noise|less noisy|no noise|without noise => Its gradient is an estimate, and therefore noisier. [0.5]
        SGD makes fewer|SGD does fewer|SGD needs fewer|SGD needs more memory|SGD uses more memory => It makes more steps than GD, and a step needs less memory. [0.0]
    """,
    models=(
        "It makes more steps in the same time and therefore converges faster, and its noise can help to leave saddle points.",
        "Only one batch has to fit into memory, and the weights are updated many times in an epoch.",
        "The random fluctuations of the gradient act like a regulariser, and a step needs far less memory than with the full data set.",
    ),
    samples="""
        1.0 | it is faster because it does more updates, and the noise helps to escape saddle points
        0.5 | it needs less memory
        0.5 | the noise of its gradient regularises a little
        0.0 | its gradient is more exact
        0.0 | it always finds the global minimum
    """,
    statements="""
        + It makes many steps while GD makes one. | It steps after every batch, GD after all data.
        + Its noisy steps can carry it past saddle points. | The gradient of a batch is rarely zero where that of all data is.
        + One step needs the activations of one batch in memory. | GD has to deal with all samples for a step.
        + It makes progress before all samples have been seen. | The first batch already gives a step.
        + Its noise can act like a weak regulariser. | The weights cannot follow peculiarities of single batches for long.
        + It suits data sets in which many samples are similar. | A batch then says nearly as much as all of them.
        - Its gradient is closer to the true one than that of GD. | It is an estimate; GD computes the gradient of the training loss itself.
        - Its path to the minimum is smoother than that of GD. | Batches differ, so the path is more jagged.
        - It reaches the global minimum of a non-convex loss. | Neither method promises that.
        - It works without a learning rate. | It needs one as GD does, often one that decreases.
        - It settles exactly in a minimum even with a constant learning rate. | The noise keeps it moving around the minimum.
        - It needs no gradients, only values of the loss. | It uses backpropagation on every batch.
    """,
)
