"""What was wrong with the first inception block, and how it was put right."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.f.i",
    title="The naive inception block",
    section="V.11",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("inception", "1 × 1 convolution"),
    text="What was the problem with the first (naive) version of the inception block, and how was it solved?",
    hints=(
        "Large kernels read all channels of the input.",
        "Which convolution changes the channels without looking at neighbours?",
    ),
    key_points=r"""
        cost: expens|cost|comput|calculat|operation|multiplication|complex|parameter|heavy|slow|too many => Its large kernels on many channels are too expensive.
        pointwise: 1x1|1×1|1 x 1|1 × 1|1*1|1 by 1|one by one|pointwise|point-wise|bottleneck => 1 × 1 convolutions reduce the channels before the large kernels.
    """,
    forbid="""
        1x1|1×1|bottleneck & reduc|shrink & spatial|height|width|resolution|image size => A 1 × 1 convolution reduces the channels; height and width stay. [0.5]
        had 1x1|because of 1x1|due to 1x1|too many 1x1|1x1 are expensive|1x1 was expensive|1x1 convolutions are expensive|solved by 5x5|solved with 5x5|solved by using 5x5|using 5x5 instead|replaced by 5x5|solved by large|replaced 1x1 => It is the other way round: the large kernels are expensive, and 1 × 1 convolutions are the cure. [0]
    """,
    models=(
        "It was too expensive, because of its large kernels; 1x1 convolutions were put in front of them to reduce the number of channels.",
        "The convolutions with 3x3 and 5x5 kernels need too many operations on all channels. A bottleneck of 1x1 convolutions shrinks the channels first.",
        "Too many computations. The channels are reduced by pointwise convolutions before the costly convolutions.",
    ),
    samples="""
        1.0 | the big kernels made it computationally heavy, so they added 1x1 convs that lower the number of channels
        0.5 | it needed too many calculations
        0.0 | the gradients vanished, so skip connections were added
        0.5 | it was too expensive and they used 1x1 convolutions to shrink the image size in height and width
    """,
    statements="""
        + In the naive block, the large kernels read all channels of the input, which makes them expensive. | Every output number costs k² multiplications for each input channel.
        + The 1 × 1 convolutions in front of the large kernels reduce the number of channels. | They have fewer kernels than the input has channels.
        + With stride 1, a 1 × 1 convolution keeps the height and the width of its input. | Its window fits at every pixel.
        + Although the reduction adds a layer, the block needs fewer multiplications in all. | The large kernels, where most of the work is, read fewer channels.
        + A 1 × 1 convolution mixes the channels of one pixel without looking at its neighbours. | It is a fully connected layer applied at every pixel.
        + In the pooling branch, a 1 × 1 convolution behind the pooling reduces the channels. | Otherwise the branch would bring all channels of the input to the output.
        + The activation behind a 1 × 1 convolution adds another non-linearity to the branch. | As behind any other layer.
        - In the naive block, the gradient vanished because its branches lay one behind the other. | The branches lie side by side; the problem was the cost.
        - The 1 × 1 convolutions in front of the large kernels halve the height and the width. | They have stride 1 and reduce the channels.
        - The reduction was put behind the large kernels, so that it works on fewer pixels. | It stands in front of them, so that they read fewer channels; all sizes are kept.
        - The problem of the naive block was solved by leaving the large kernels out. | They stayed; they read fewer channels.
        - A 1 × 1 convolution has no parameters, so the reduction costs nothing. | It has one weight for every pair of channels.
        - The branches of the naive block had different heights and widths, so they could not be joined. | Padding keeps all of them equal.
        - The problem of the naive block was that its small kernels saw too much of the image. | Small kernels see little; the cost of the large ones was the problem.
    """,
)
