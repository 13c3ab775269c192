"""What activation functions are for."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.a",
    title="What activations are for",
    section="II.7",
    points=2,
    minutes=2,
    topics=("activations", "linearity"),
    text="What is the purpose of the activation functions of a neural network, and what would happen without them?",
    hints=(
        "What is the composition of two affine functions?",
        "So what must stand between two affine layers?",
    ),
    key_points="""
        nonlinear: nonlinear|is not linear|network not linear|model not linear|function not linear|no longer linear|more than linear|bend|curve => They make the network's function non-linear.
        ~collapse: collaps|one layer|single layer|one affine|single affine|one linear|single linear|one matrix|single matrix|only linear|just linear|linear function|linear model|affine function|affine map|linear map|complex|complicated|pattern|universal|any function|approximat => Without them all layers collapse into one affine map, which cannot represent complex patterns.
    """,
    forbid="""
        normalis|normaliz & weight|input|data => Normalising is the work of other layers.
        regularis|overfit|regulariz & prevent|avoid|reduce|against => Activations do not regularise.
        without & linear & faster|better => Without activations the network can do less, not more.
    """,
    models=(
        "They introduce non-linearity; without them the whole network would be a single affine layer.",
        "Activation functions make the network non-linear, so that it can learn complex patterns.",
        "They bend the otherwise linear function. If they were missing, all layers together would collapse to one linear map.",
    ),
    samples="""
        1.0 | non-linearity, otherwise stacking layers is just one linear function
        0.5 | they introduce non-linearity
        0.5 | without them the network is only one affine map
        0.5 | without activations the network is just a linear model
        0.0 | they keep the gradients from exploding
        0.0 | they normalise the inputs of each layer
    """,
    statements="""
        + Without them several affine layers equal a single one. | A composition of affine functions is affine.
        + They make the output a non-linear function of the input. | Between affine layers they are the only thing that bends.
        + With them depth adds functions that one affine layer cannot represent. | Exclusive-or is the smallest example.
        + With ReLU the network's function consists of affine pieces. | In each region of the input a fixed set of neurons fires.
        + ReLU and tanh act on every entry by itself. | Each output entry depends on one input entry only.
        + Their slopes enter the gradients of the layers before them. | The chain rule passes through the activation.
        + A wide enough hidden layer with them approximates any continuous function on a bounded region. | That is what universal approximation says.
        - They hold most of a network's learnable parameters. | Most activations have none; the weights are in the affine layers.
        - Without them the gradients of the early layers could not be computed. | Affine functions have gradients, too.
        - Without them a deeper network still fits curved functions. | However deep, it stays one affine function.
        - They turn the value of every neuron into a probability. | ReLU and tanh leave the range from 0 to 1.
        - They make the loss a convex function of the weights. | On the contrary: networks with them have non-convex losses.
        - They keep the weights of the next layer from growing too large. | They act on values, not on weights; weight decay does that.
        - They matter in the last layer; between hidden layers they may be missing. | It is the other way round: a last layer without one is common.
    """,
)
