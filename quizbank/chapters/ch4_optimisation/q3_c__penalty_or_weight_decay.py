"""Penalties in the loss against weight decay in the optimiser."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.c",
    title="Penalty or weight decay",
    section="IV.4",
    points=2,
    difficulty=3,
    minutes=4,
    topics=("regularisation", "weight decay", "optimisers"),
    need=2,
    text="Name two differences between an L1 or L2 penalty and (decoupled) weight decay.",
    hints=(
        "In which formula does each of them stand?",
        "Adam divides the gradient by the root of its second moment. Which of the two is divided, too?",
    ),
    key_points="""
        ~place: loss|objective|cost|gradient & optimi|update|step|directly|parameter rule|after => A penalty is a term of the loss; weight decay is a term of the optimiser's step.
        adaptive: not for adam|not with adam|not under adam|not in adam|adam|adaptive|rmsprop|second moment|rescal|not scaled|scaled|not divided|divided|normalised|learning rate|moment => With adaptive optimisers they differ: the penalty's gradient is rescaled like the rest, weight decay is not.
        form: L1 & sign|constant|spars|no L1|not proportional => An L1 penalty pulls with constant strength; weight decay pulls in proportion to the weight.
    """,
    forbid="""
        only weight decay is scaled|only decay is scaled|only weight decay is multiplied|only weight decay uses|also scaled by learning rate|scaled by learning rate|supervised by learning rate|multiplied by learning rate|weight decay is scaled by learning rate|decay is scaled by the learning rate|decay is multiplied by the learning rate => The gradient of a penalty is multiplied by the learning rate as well; what differs is the rescaling in adaptive optimisers. [1.0]
        weight decay added to the loss|decay added to the loss|weight decay is part of the loss|decay is a part of the loss|weight decay changes the loss|weight decay is a term of the loss|decay is in the loss|penalty applied directly|penalty applied in the optimiser|penalty in the optimiser|L2 applied in the optimiser|L2 applied in the update|L2 applied directly|decay is divided|decay is rescaled|decay gets divided|decay gets rescaled => It is the other way round: the penalty is in the loss and is rescaled; weight decay is in the step and is not. [0.0]
        weight decay & decreases learning rate|shrinks learning rate|reduces learning rate => Weight decay shrinks the weights, not the learning rate. [0.0]
    """,
    models=(
        "A penalty is added to the loss, weight decay to the optimiser step; with Adam the gradient of the penalty is rescaled by the second moment, weight decay is not.",
        "L2 is part of the objective and reaches the weights through the gradient, whereas weight decay shrinks them directly in the update. They agree for SGD but differ for adaptive optimisers.",
        "The one changes the loss, the other the update rule; and adaptive methods divide only the first by the root of the squared gradients.",
    ),
    samples="""
        1.0 | L2 is added to the loss and weight decay to the optimizer step, and they differ for adaptive optimisers like Adam
        0.5 | L2 is a term in the loss, weight decay is in the update step
        0.5 | they are the same with SGD but not with Adam
        0.0 | weight decay reduces the learning rate over time
        0.0 | weight decay gives sparse weights
    """,
    statements="""
        + An L2 penalty enters the gradient, weight decay only the step. | The one is a part of the loss, the other of the update.
        + Under plain SGD an L2 penalty and weight decay can give the same step. | Both subtract αλθ when the penalty is ½λθ².
        + Adam rescales the gradient of an L2 penalty. | It is a part of the gradient whose squares are averaged.
        + The decay of AdamW shrinks all weights by the same factor in a step. | The term αλθ is not divided by the second moment.
        + The minimised loss contains an L2 penalty, but not weight decay. | Weight decay occurs only in the optimiser.
        + Under Adam, weights with large gradients feel an L2 penalty less than weight decay. | Their penalty is divided by a large second moment.
        - Only weight decay is multiplied by the learning rate. | The gradient of a penalty is multiplied by it, too.
        - Under Adam an L2 penalty and weight decay give the same step. | Adam rescales the penalty and not the decay.
        - Weight decay lowers the learning rate from epoch to epoch. | That is a schedule; weight decay shrinks the weights.
        - Weight decay sets small weights to exactly zero. | It multiplies by a factor below 1; an L1 penalty can leave zeros.
        - An L2 penalty acts after the step, on the new weights. | It acts through the gradient of the loss.
        - Weight decay changes the loss on the validation set by a constant. | It adds nothing to any loss.
    """,
)
