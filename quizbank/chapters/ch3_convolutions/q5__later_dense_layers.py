"""Does a smaller map mean fewer parameters in the fully connected layers behind it?"""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q5",
    title="Smaller maps and later fully connected layers",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("fully connected", "parameters"),
    need=2,
    text="A network halves the height and width of its feature maps before the last map is flattened for a fully connected layer. Does that layer have fewer parameters because of it? Give the reason.",
    hints=(
        "What does one neuron of the fully connected layer read?",
        "How many numbers are in the flattened map?",
    ),
    key_points="""
        fewer: yes|it does|indeed|fewer|less|reduc|smaller|decreas|quarter|shorter|drop|shrink => Yes: it has fewer parameters.
        reason: every|each|all|whole|entire|flatten|input|one weight per|per input & vector|length|shorter|pixel|entr|value|map|input|tensor|number|activation|neuron|feature => A neuron has a weight for every entry of the flattened map, and there are fewer of them.
    """,
    forbid="""
        same number|as many weights as|as many param|stays the same|stay the same|no fewer|not fewer|not change|unchanged|independent of the size|not depend|depends only on channel|depend only on channel|depends only on number of channel|depends only on number of neuron|depends only on output|only depends on channel|only depends on number of neuron|only depends on output|only on channel|weights are shared|shares its weights|shares weights|weight sharing => Unlike a filter, a fully connected neuron has a weight for every entry that it reads. [0.0]
    """,
    models=(
        "Yes. A fully connected layer has a weight for every entry of the flattened map, and a smaller map has fewer entries.",
        "Yes, because the layer takes the whole previous map as its input, and each input needs its own weights.",
        "Its weights are reduced to a quarter, since every neuron is connected to all pixels of the flattened map.",
    ),
    samples="""
        1.0 | yes, since it is connected to every pixel of the map, and there are fewer of them
        1.0 | Fewer: the flattened input gets smaller, and each input entry has a weight.
        0.5 | Yes, it has fewer parameters.
        0.0 | no, its number of weights stays the same
        0.0 | no, the weights are shared between all places
    """,
    statements="""
        + A neuron of the layer has a weight for every entry of the flattened map. | With fewer entries there are fewer weights.
        + With half the height and half the width, a quarter of the weights remains. | The entries fall with the product of both sides.
        + The number of biases stays the same. | There is one for each output neuron.
        + Global average pooling before the layer would make its size independent of the image. | Then only the channels are left as inputs.
        + A last map of another size would not fit into the trained layer. | Its weight matrix has a fixed number of rows.
        + More channels in the last map would mean more weights in the layer. | Channels are flattened together with height and width.
        - The weights stay as many, because a fully connected layer shares them between all places. | Sharing is what convolutions do.
        - With half the height and half the width, half of the weights remain. | Both sides count, so it is a quarter.
        - Only the number of outputs decides how many weights the layer has. | Inputs times outputs do.
        - The layer reads the channels only, so height and width play no part. | It reads the whole flattened map.
        - The layer keeps its weights and leaves those of the missing pixels unused. | It is built for the size of its input.
        - The biases become fewer, one for each entry of the map. | There is one for each output neuron.
    """,
)
