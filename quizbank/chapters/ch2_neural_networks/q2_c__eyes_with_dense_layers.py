"""Why a fully connected network on tiny photos is a poor detector of eyes."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q2.c",
    title="Looking for eyes with dense layers",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=3,
    need=2,
    topics=("fully connected", "images", "local features"),
    text=r"""
A fully connected network is to find the eyes of people in photos. A batch of the photos has the shape $8 \times 3 \times 8 \times 8$ (batch, channels,
height, width). Name two drawbacks of this set-up for the task.
""",
    hints=("What does one neuron of such a layer see of the photo?", "How many pixels does an eye have here?"),
    key_points="""
        ~global: global|local|neighbour|neighbor|nearby|spatial|adjacen|structure|flatten|whole image|all pixels => Fully connected layers capture global features and ignore which pixels are neighbours; eyes are local.
        ~resolution: resolution|few pixel|only 64 pixel|one pixel|single pixel|detail|8 x 8|8x8|8 × 8|low-res|blur|image too small|image tiny|image very small|small image|tiny image|too little pixel|not enough pixel|more pixel|coarse|pixelated => With 8 × 8 pixels there is hardly a pixel for an eye.
        ~shift: translation|shift|position|equivarian|invarian|moved|elsewhere|other place|different place|location => What is learnt at one place does not carry over to another: no translation equivariance.
        ~size: fixed size|fixed input|size fixed|same size|one size|other size|different size|any size|larger image|bigger image|size change|size changes|many parameter|many weight|lot of parameter|lot of weight|many connection|number of parameter|number of weight => The input size is fixed, and the number of weights grows with the pixels.
    """,
    forbid="""
        batch & too small|too large|too big|only 8|too few => The size of the batch has nothing to do with what a layer can see.
        batch has fixed|batch size fixed|batches have fixed => It is the size of the images that is fixed; a batch may have any. [0]
        colour|color|channel & cannot|not able|lost|lose => Channels are inputs like all others; nothing of them is lost.
        only see local|only sees local|only see small|only sees small|only see neighbo|only local neighbo|only look at local|only look at small|see only local|sees only local|see only small|sees only small|small receptive field|miss global|misses global|ignore global|ignores global|lose global|loses global => A neuron of a fully connected layer sees the whole image; convolutions see neighbourhoods.
        dense|fc|fully connected|they|network & are translation equivariant|is translation equivariant|are translation invariant|is translation invariant|are shift equivariant|is shift equivariant|are shift invariant|is shift invariant|are invariant to translation|is invariant to translation|are invariant to shift|is invariant to shift|are equivariant to|is equivariant to => Every place has weights of its own; it is convolutions that are equivariant.
    """,
    models=(
        "Fully connected layers extract global features although eyes are local, and 8 × 8 pixels are too low a resolution for details.",
        "The network has no translation equivariance, so an eye must be learnt at every position anew; besides, the resolution is too small.",
        "Flattening destroys the spatial structure of neighbouring pixels. The input size is fixed, too.",
        "It needs many weights, one for each pixel, and does not see local patterns.",
    ),
    samples="""
        1.0 | FC layers are bad at local features; the image resolution is too low
        1.0 | no spatial information after flattening, and it does not generalise to shifted eyes
        0.5 | The pictures have too few pixels to see an eye.
        0.5 | Dense layers only find global features.
        0.0 | The batch size is too small for this task.
        0.0 | Fully connected layers cannot process colour images.
    """,
    statements=r"""
        + With 8 × 8 pixels an eye is hardly larger than a pixel. | Fine details are not in the data at all.
        + The first layer does not know which pixels are neighbours. | Shuffling all pixels in the same way would change nothing for it.
        + What is learnt about an eye at one place is not used at another. | Every place has weights of its own.
        + The network takes photos of this one size only. | Its first weight has a row for each of the 192 values.
        + Every neuron of the first layer has 192 weights. | There is one for each value of the $3 \times 8 \times 8$ image.
        + The number of weights grows with the number of pixels. | The first weight has a row for each of them.
        + A detector of local patterns would have to be learnt once per position. | Weights are not shared between positions.
        - The photos of a batch must be processed one after the other. | All rows of a batch go through one matrix product.
        - Fully connected layers cannot take three channels. | Channels are flattened into the row like all other values.
        - Flattening loses the colours of the pixels. | All values are kept; what is lost is who stands beside whom.
        - Each neuron sees a small neighbourhood of one pixel only. | It sees the whole image; convolutions see neighbourhoods.
        - Fully connected layers have too few weights for images. | They have one for every pair of input and neuron, more than convolutions.
        - Flattening mixes the pixels of different photos. | The batch axis stays: each photo is a row.
        - If an eye moves by a pixel, the activations move with it. | That holds for convolutions; here other weights meet the eye.
    """,
)
