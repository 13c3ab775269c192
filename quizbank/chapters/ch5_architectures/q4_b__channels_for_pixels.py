"""How the encoder of a U-Net keeps information while its maps shrink."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q4.b",
    title="Channels in exchange for pixels",
    section="V.9",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("U-Net", "autoencoders", "shapes"),
    need=1,
    text="Height and width shrink from level to level on the way to the bottleneck of a U-Net. What is done in the encoder, apart from the skip connections, so that not too much information is lost?",
    hints=(
        "A feature map has a third size besides height and width.",
        "How does the number of values change if both sides are halved?",
    ),
    key_points="""
        channels: channel|filter|kernel|feature map|depth|features & more|increas|doubl|grow|rais|rise|go up|goes up|went up|going up|larg|add|twice|widen|deeper|multipl => The number of channels is increased, so that more kinds of features fit.
    """,
    forbid="""
        fewer channel|less channel|channels halved|channels are halved|channels shrink|reduce channel|decrease channel => In the encoder the channels become more; the decoder takes them back. [0.0]
        larger kernel|bigger kernel|bigger filter|larger filter => It is the number of kernels that grows, not their size. [0.0]
    """,
    models=(
        "The number of channels is increased as the spatial size decreases.",
        "At every level there are more filters, often twice as many, so a bigger variety of features can pass.",
        "Whenever the sides are halved, the channels are doubled.",
    ),
    samples="""
        1.0 | by increasing the number of channels
        1.0 | each level has more feature maps than the one above
        1.0 | the depth goes up while the maps get smaller
        0.0 | by reducing the channels together with the resolution
        0.0 | by using larger kernels
        0.0 | by average pooling instead of max pooling
    """,
    statements="""
        + More channels leave room for more kinds of features. | What is lost in places is partly made up for in features.
        + Halving both sides and doubling the channels halves the number of values. | A quarter of the places times twice the channels.
        + Keeping the number of values while both sides are halved takes four times the channels. | The number of places falls to a quarter.
        + With both sides halved and all channels doubled, a convolution layer costs as much as before. | A quarter of the places, but twice the channels in and twice out.
        + The decoder reduces the channels as the sides grow. | Otherwise its convolutions on large maps would become very expensive.
        + Each entry of a deep map has seen a larger patch of the image. | The receptive field grows with every convolution and every halving.
        - Halving both sides and doubling the channels keeps the number of values. | It halves it: there are only a quarter as many places.
        - Channels and sides are halved together, so that the cost stays low. | The channels grow while the sides shrink.
        - The encoder enlarges its kernels as the sides shrink. | The kernels mostly stay small; there are more of them.
        - Adding channels makes the shrinking reversible, so nothing is lost. | Some information may still be lost, for instance in pooling.
        - Each level keeps its channels, since the skip connections have to fit. | A skip connection joins maps of the same level, so levels may differ.
        - The number of channels grows by itself when a map is pooled. | Pooling keeps the channels; the convolutions add them.
    """,
)
