"""What a U-Net has over a plain autoencoder."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q4.a",
    title="Advantages of a U-Net",
    section="V.9",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("U-Net", "autoencoders", "skip connections"),
    need=3,
    text="Name three advantages of a U-Net over a plain autoencoder that is built of fully connected layers.",
    hints=(
        "Which paths lead from the encoder to the decoder besides the bottleneck?",
        "What ties a dense layer to one size of image, and what does a convolution look at?",
        "On which feature maps does a convolution cost least?",
    ),
    key_points="""
        skips: skip|shortcut|concatenat|highway|fine detail|fine grained|encoder features|gradient flow => Skip connections bring fine detail to the decoder, and gradients to early layers.
        cheap: low|lower|small|smaller|reduced|coarse|shrunk|downsampled|bottleneck & comput|calculat|process|cheap|cost|work|operation|layers run => Most of the work is done on small feature maps, for a fraction of the cost.
        size: any|variable|vary|varying|various|differ|arbitrary|flexible|not fixed|not one|not bound|not tied & size|resolution|height|spatial dimension|input dimension|input shape|large => Images of different sizes fit without a change of the layers.
        local: local|neighbour|nearby|spatial structure|spatial arrangement|small region|edges|translation|equivarian => Convolutions extract local features wherever they occur.
        weights: fewer parameter|fewer weight|less parameter|less weight|share weight|weight sharing|shared|smaller number of parameters|not many parameters => Convolutions share their weights, so there are fewer of them.
    """,
    swap=(("U-Net", "plain"), ("U-Net", "dense")),
    models=(
        "It has skip connections, most calculations happen at low resolution where they are cheap, and it accepts images of different sizes.",
        "The convolutions extract local features, the input size is variable, and the shortcuts carry fine detail from the encoder to the decoder.",
        "A U-Net does most of its work on small feature maps at little cost. Its skip connections are a highway for gradients. It looks at neighbouring pixels instead of all at once.",
    ),
    samples="""
        1.0 | skip connections, works with variable input sizes, and finds local features
        0.67 | it has skip connections and accepts images of any size
        0.33 | the gradients flow through the skip connections
        0.0 | it has a smaller latent vector, so it compresses more
        0.0 | it needs no decoder
    """,
    statements="""
        + Fine detail reaches the decoder without passing the bottleneck. | The skip connections carry it over from the encoder.
        + Gradients reach the first encoder layers in a few steps. | The outermost skip connection is a short way back.
        + Larger images fit without a change of the weights. | Kernels slide over maps of any size that can be halved often enough.
        + Its widest layers work on small feature maps, where they are cheap. | The cost of a convolution grows with the number of places.
        + Its layers respond to local patterns wherever they occur. | One kernel is used at all places of a map.
        + Larger images do not call for more weights. | The number of weights depends on kernels and channels only.
        - Its latent space is a single vector, so it compresses more. | Its latent space is a tensor with height and width.
        - It works equally well at every scale without further training. | Convolutions are not invariant to scale; other sizes fit, but may be handled worse.
        - Its skip connections force more of the image through the bottleneck. | They lead around it, so less has to pass there.
        - Its first layer already combines all pixels of the image. | That is a dense layer; a kernel sees a small patch.
        - Its skip connections make a decoder unnecessary. | They lead into the decoder, which still has to bring the maps back to full size.
        - Its skip connections reduce the memory needed in training. | The encoder's maps have to be kept for the decoder, and joined maps are larger.
    """,
)
