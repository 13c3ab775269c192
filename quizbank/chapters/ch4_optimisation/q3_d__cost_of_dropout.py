"""Dropout without extra work at inference."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.d",
    title="Dropout for free at inference",
    section="IV.4",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("regularisation", "dropout"),
    need=1,
    steps=2,
    text=r"In its original form dropout multiplies all activations by $p_{\text{keep}}$ at inference, where $p_{\text{keep}}$ is the probability that a unit is kept. How can this extra work at inference be avoided?",
    hints=(
        "The expected activations have to agree in training and at inference.",
        "At which other time can one scale?",
    ),
    key_points="""
        named: inverted|inverse => Inverted dropout does this.
        scaled: train & scal|rescal|divid|multipl|enlarg|factor|compensat & keep|probab|divid|invers|recipro|1|up|enlarg|larger => Scale the kept units by 1/p_keep already in training; at inference nothing is left to do.
        moved*0.5: train & scal|rescal|factor|compensat|multipl => The scaling is done in training.
    """,
    forbid="""
        inverse matrix|remove dropout from training|no dropout in training|without dropout in training => Dropout stays; only the scaling is moved. [0.0]
        multipl|scal & by p_keep|with p_keep|times p_keep|by keep probability & train => In training the kept units are divided by p_keep: they have to become larger. [0.0]
        divide at inference|divide during inference|divided at inference|inference divide|inference we divide|test time divide|test time we divide|leave dropout on|keep dropout on|dropout on at inference => At inference nothing is to be done: all of it happens in training. [0.0]
    """,
    models=(
        "Use inverted dropout: scale the remaining activations by 1/p_keep already during training.",
        "Divide the kept units by p_keep in training, so that nothing has to be done at inference.",
        "With the inverse variant of dropout.",
    ),
    samples="""
        1.0 | inverted dropout
        1.0 | one multiplies by 1/p_keep while training instead
        0.5 | the scaling is moved to the training
        0.0 | multiply by p_keep in training
        0.0 | use a smaller network at inference
        0.0 | drop units at inference as well
    """,
    statements="""
        + Kept units can be divided by the keep probability in training. | Their expectation is then right, and inference needs no scaling.
        + Inverted dropout is the identity at inference. | All the scaling has been done in training.
        + With inverted dropout the expected activation in training equals that without dropout. | p_keep · x / p_keep = x.
        + With a keep probability of 0.5, inverted dropout doubles the kept units. | They are multiplied by 1/0.5.
        + Inverted dropout moves the scaling from inference to training. | There a factor is applied along with the mask.
        + The backward pass of inverted dropout has the same factor as its forward pass. | The derivative of mask · x / p_keep is mask / p_keep.
        - Inverted dropout keeps the units that ordinary dropout drops. | “Inverted” refers to the factor 1/p_keep.
        - Inverted dropout drops units at inference and none in training. | It drops in training, like ordinary dropout.
        - Inverted dropout multiplies by the keep probability at inference. | That is the original form, which costs work there.
        - Kept units have to be divided by the drop probability in training. | By the keep probability.
        - Without any scaling, the expected activations agree in training and at inference. | In training they are smaller, by the factor p_keep.
        - With inverted dropout inference has to be repeated and averaged. | One pass through the whole network is enough.
    """,
)
