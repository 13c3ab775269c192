"""Why one speaks of a highway of gradients."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q2.a",
    title="A highway of gradients",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("residual networks", "skip connections", "vanishing gradients"),
    need=2,
    text="Why can we say that skip connections introduce a “highway of gradients”?",
    hints=(
        "Which way can a gradient take besides the one through the layers?",
        "What is the derivative of a sum by one of its summands?",
    ),
    key_points="""
        bypass: bypass|around|past|pass over|jump|skipping|skips|shortcut|short cut|direct|straight|alternative path|second path|another path|other path|identity|unhindered & gradient|flow|error signal|backprop|derivative => Besides the way through the layers, gradients can take one around them.
        undiminished: undiminish|not diminish|not vanish|against vanish|prevent vanish|avoid vanish|from vanish|mitigate vanish|solve vanish|reduce vanish|not shrink|not small|not smaller|not become small|not get small|full strength|same size|full|whole|unchanged|1|one|without being|without loss|without chang|unhindered|not be weaken|not reduc|intact|as it is|as they are => Along this way they are multiplied by 1 and do not shrink.
        addition: add|sum|plus|identity => The input is added to the output, and the derivative of a sum by this summand is 1.
    """,
    forbid="""
        no gradient|not receive|stop & block|layer & through => The layers of the block get their gradient, too: a sum hands it to both summands. [0.5]
        multiplication with input|multiplied by input|multiplied with input|multiplying by input|multiplying with input|is diminished|are diminished|get diminished|forward pass faster|faster forward => The input is added, not multiplied, and no layer is left out: the gradient comes through undiminished. [0]
    """,
    models=(
        "The input is added to the output of the block, so the gradient can bypass the block without being diminished.",
        "There is a direct path around the layers along which the gradient flows back unchanged.",
        "A sum passes the gradient on to both summands with the factor 1; so it reaches earlier layers around the block in full size.",
    ),
    samples="""
        1.0 | gradients can go around the layers through the addition, so they do not vanish
        0.5 | the gradient can take a shortcut around the layers
        0.0 | because the network has fewer layers and trains faster
        0.5 | they keep the gradient from vanishing in the early layers
        0.5 | the gradient takes a shortcut around the block, where it is made larger
    """,
    statements="""
        + A sum hands the gradient it receives to both of its summands. | The derivative of a sum by each summand is 1.
        + Along the skip connection the gradient is multiplied by 1. | The derivative of the input by itself.
        + The gradient below a block has a summand that does not depend on the weights of the block. | It is g + g F'(x); the first summand is the gradient from above.
        + Even if the layers of a block have slopes near 0, a gradient arrives below the block. | It comes along the skip connection.
        + The layers of the block receive a gradient, too. | A sum hands it to both summands.
        + Through several blocks there is a path that consists of skip connections alone. | It carries the gradient past all of them.
        + An activation after the addition lies on the way of the skip connection, too. | Where a ReLU is off there, nothing arrives on either way.
        - The skip connection multiplies the gradient, so it grows from block to block. | It multiplies by 1.
        - Along the skip connection no gradient reaches the layers before the block. | It reaches them undiminished.
        - The layers of the block receive no gradient, because all of it takes the skip connection. | A sum hands the gradient to both summands in full.
        - The gradient is split: one half takes the skip connection, the other half the layers. | Both ways carry the whole gradient; a sum does not divide it.
        - The skip connection leaves layers out of the forward pass, which makes it faster. | All layers are computed; the skip connection adds to their output.
        - The skip connection has weights of its own, which learn how much gradient to pass. | Where the shapes agree it is the identity and has no weights.
        - The gradient below a block can never be 0, because 1 is added to the slope. | A slope of −1 makes the factor 1 + F' vanish.
    """,
)
