"""Why ReLU with Kaiming initialisation allows a deeper network."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.d",
    title="Deeper with ReLU and Kaiming",
    section="V.11",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("AlexNet", "activations", "initialisation", "vanishing gradients"),
    need=2,
    text="LeNet uses tanh or the sigmoid, AlexNet uses ReLU. Explain why ReLU, together with Kaiming initialisation, allows AlexNet to be deeper than LeNet.",
    hints=(
        "What do many slopes below 1 do to a gradient if they are multiplied?",
        "Which factor do ReLU and Kaiming contribute for each layer?",
    ),
    key_points="""
        ~vanishing: vanish|disappear|die out|dies out|die away|fade|gradient shrink|gradient diminish|too small|small gradient|squash|nothing left|nothing is left|close to 0|kills gradient|near 0|towards 0 => The problem of depth is the vanishing gradient: many factors below 1 are multiplied.
        slope: satur|slope|derivative & 1|flat|one|not satur|never satur => ReLU does not saturate for positive inputs; its slope there is 1.
        variance: varian|scale|magnitude|spread|size & kaiming|weights|initial|keep|kept|preserv|stay|same|constant => Kaiming initialisation keeps the size of activations and gradients from layer to layer.
    """,
    forbid="""
        fewer parameters|less parameters => ReLU and initialisation do not change the number of parameters. [0.5]
        relu saturat|relu flat|relu become flat & positive|large => ReLU saturates for negative inputs only; for positive ones its slope is 1. [0]
    """,
    models=(
        "With sigmoid or tanh gradients vanish in deep networks, because the slopes are below 1. ReLU has slope 1 for positive inputs, and Kaiming initialisation keeps the variance.",
        "It prevents the vanishing gradient problem: ReLU does not saturate for positive values, its derivative is 1 there.",
        "Vanishing gradients are avoided: Kaiming weights keep the variance of the activations the same from layer to layer although ReLU drops half of them.",
    ),
    samples="""
        1.0 | it solves the vanishing gradient: ReLU has derivative 1 for positive inputs, so the product over the layers stays large
        0.5 | because gradients do not vanish any more
        0.5 | the initial weights are chosen such that the activations keep their spread
        0.0 | because ReLU is cheaper to compute than the sigmoid
        0.5 | ReLU has fewer parameters and prevents vanishing gradients because its slope is 1
    """,
    statements="""
        + The slope of the sigmoid is at most 1/4, so each sigmoid passes on at most a quarter of the gradient. | Ten of them in a row make a factor below one millionth.
        + ReLU has the slope 1 for positive inputs, so active units pass gradients on undiminished. | The local factor of the activation is 1 there.
        + For large positive inputs ReLU does not saturate, whereas tanh does. | ReLU's slope stays 1; that of tanh goes to 0.
        + Kaiming initialisation chooses weights so that activations keep their size through many layers. | Their mean square is the same behind every layer, on average.
        + The factor 2 in Kaiming initialisation makes up for the half that ReLU sets to zero. | ReLU halves the mean square of a symmetric input.
        + With weights that are too small, signals would shrink from layer to layer despite ReLU. | The slope 1 does not help if the weights shrink the signal.
        + With weights that are too large, signals can explode from layer to layer, because ReLU is not bounded. | Its output grows with its input.
        - ReLU bounds its output, so activations stay small in a deep network. | ReLU is not bounded; the sigmoid and tanh are.
        - The slope of ReLU is above 1, so gradients grow on their way back. | It is 1 or 0.
        - ReLU passes gradients on undiminished for negative inputs, too. | Its slope is 0 for negative inputs.
        - Kaiming initialisation sets all weights of a layer to the same value. | It draws them at random; equal weights would make all units copies of each other.
        - A network with ReLU has fewer parameters than the same network with tanh. | Neither of the two has parameters.
        - Kaiming initialisation keeps the size of signals throughout the whole training. | It sets the start only; training changes the weights.
        - The slope of tanh is at most 1/4, whereas that of the sigmoid reaches 1. | It is the other way round: tanh'(0) = 1, and σ'(0) = 1/4.
    """,
)
