"""Why feature maps are made smaller on the way through a network."""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q3",
    title="Why feature maps are made smaller",
    section="III.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("pooling", "convolution", "cost"),
    need=2,
    text="Give two reasons for layers (strided convolutions or pooling) that reduce the height and width of the feature maps.",
    hints=(
        "What does a smaller map save?",
        "What has to happen to the information, and what does a unit behind the layer see?",
    ),
    key_points="""
        compression: compress|bottleneck|feature select|meaningful|essential|important feature|relevant|informative|redundan|abstract|summar|squeez|discard|throw away|distil|condens => Less room forces the network to keep the meaningful features.
        cost: comput|calculat|operation|flop|multiplication|cheap|expensive|speed|is faster|it faster|are faster|be faster|run faster|runs faster|train faster|faster train|faster to|network faster|model faster|less time|less work|more layers|deeper network|deeper model & fewer|less|reduc|save|saving|cheap|not expensive|faster|effici|drop|cut|speed|quarter|allow|afford|room|capacity|more layers|deeper => Smaller maps need fewer operations, which leaves capacity for more layers.
        field: receptive|see more|larger region|larger area|global|context|wider view|bigger part|larger part|bigger region|bigger area|more of the image|more of the input|bigger patch|larger patch|wider patch|larger portion|bigger portion|larger window|view & larg|bigger|grow|increas|wide|widen|extend|expand|broad|global|context|more|faster => Behind the layer a unit sees a larger part of the image.
        memory: memory|storage|store|ram => Smaller maps need less memory.
        ~shift: shift|translation|moved|exact position|exact location & invarian|robust|toleran|insensitiv|less sensitive|not matter|less depend => The answer depends less on small shifts in the image.
        dense: fully connected & fewer|less|smaller|cheap|reduc => A fully connected layer behind the maps needs fewer weights.
    """,
    forbid="""
        fewer param|fewer weights & conv|kernel => The filters of later convolutions do not depend on the size of the map; their number of parameters stays. [0.5]
        comput|calculat|cost|memory & goes up|go up|increases|rises|grows => Smaller maps need fewer operations and less memory. [0.5]
        smaller receptive|receptive field smaller|receptive field gets smaller|receptive field shrink|receptive field decreas|decreases receptive|reduces receptive|shrinks receptive|small receptive|receptive field becomes smaller|receptive field is smaller => Behind the layer the receptive field is larger. [0.5]
    """,
    models=(
        "Compression forces the network to keep only what is meaningful in the image, and the layers behind it need fewer computations because the tensors are smaller.",
        "The receptive field of later layers gets larger, and less memory is needed for the activations.",
        "It makes the network cheaper, so that more layers can be used, and units deeper in the network see more context of the image.",
    ),
    samples="""
        1.0 | fewer calculations and a larger receptive field
        1.0 | saves memory; the network must compress the image to the relevant features
        0.5 | it is faster to compute
        0.0 | the receptive field gets smaller and more computation is needed
        0.0 | it makes the colours more stable
        0.0 | later convolutions have fewer parameters
    """,
    statements="""
        + Later convolutions have fewer places to visit, so they need fewer multiplications. | Each filter is applied once for every place of the map.
        + A unit behind the layer depends on a larger part of the image. | Every later step of a window covers more input pixels.
        + The activations that are kept for the backward pass need less memory. | They are as many as the maps have entries.
        + What is computed with less effort leaves room for more layers or channels. | The same budget buys more capacity elsewhere.
        + The network is made to keep what matters and to drop the rest. | Compression works like a selection of features.
        + A fully connected layer behind the maps needs fewer weights. | It has a weight for every number that it reads.
        - The filters of later convolutions get fewer weights. | A filter's size does not depend on the map it is laid on.
        - The number of channels has to shrink together with height and width. | Channels are set by the number of filters, and usually grow.
        - A unit behind the layer depends on fewer pixels of the image. | Its receptive field grows.
        - The maps keep all information of the larger ones, only packed more densely. | In general information is lost; that is the compression.
        - Padding is needed to reduce the size, and it adds information at the border. | Padding works against shrinking, and zeros add nothing.
        - It makes the network give the same output for rotated images. | Neither convolution nor pooling is invariant to rotation.
        - The gradients in earlier layers cannot vanish any more. | That depends on slopes and weights, not on the size of the maps.
    """,
)
