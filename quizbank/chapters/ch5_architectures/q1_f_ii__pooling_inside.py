"""How max pooling can be part of an inception block."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.f.ii",
    title="Max pooling inside the block",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("inception", "pooling", "shapes"),
    need=2,
    text="Max pooling usually shrinks a feature map. How can it be used inside an inception block, where its output is concatenated with those of the other branches?",
    hints=(
        "Which sizes have to agree for a concatenation along the channels?",
        "Put a stride and a padding into the formula for the output size.",
    ),
    key_points="""
        stride: stride 1|stride of 1|stride one|stride of one|stride=1|s=1|s = 1|stride is 1|stride equal to 1|stride: 1|not stride|no stride|no striding|without stride|without striding|pixel at a time|moves by one|pixel by pixel => A stride of 1 visits every pixel.
        padding: padding|padded|p=1|p = 1|pad => Padding makes up for the border that the window takes off.
        sizes: same|keep|kept|preserv|maintain|unchanged|equal|not shrink|not reduc|not chang & size|dimension|height|spatial|resolution|shape|width|map => Height and width stay, so that the outputs can be concatenated.
    """,
    forbid="stride 2|stride of 2|stride two|s=2 => A stride of 2 would halve the map. [0.5]",
    models=(
        "With k=3, s=1, p=1 it keeps the spatial size.",
        "A stride of 1 and padding keep height and width, so the outputs fit together.",
        "Pooling does not have to shrink: with padding of one pixel and stride 1 the map has the same size as before.",
    ),
    samples="""
        1.0 | they use a 3x3 window with stride 1 and padding 1, so that the spatial dimensions are preserved
        0.5 | the height and width have to stay the same
        0.0 | the pooled map is flattened before it is concatenated
        0.5 | they use padding and a stride of 2
    """,
    statements="""
        + A max pooling with a 3 × 3 window, stride 1 and padding 1 keeps height and width. | (H + 2 · 1 − 3)/1 + 1 = H.
        + It is mainly the stride that makes pooling shrink a map; the window alone takes off a few pixels. | With stride 1 and padding the size is kept.
        + For a concatenation along the channels, height and width of all branches must agree. | Only the channels may differ.
        + For a concatenation along the channels, the branches may have different numbers of channels. | They are put side by side.
        + Max pooling gives as many channels as it reads. | It works on each channel by itself.
        + With a 5 × 5 window and stride 1, pooling needs a padding of 2 to keep the size. | (H + 4 − 5)/1 + 1 = H.
        + The convolutions of the other branches need padding, too, to keep the size. | A 3 × 3 kernel needs 1, a 5 × 5 kernel needs 2.
        - A max pooling with a 2 × 2 window and stride 2 keeps height and width if it is padded by 1. | It gives (H + 2 − 2)/2 + 1 = H/2 + 1 pixels.
        - For a concatenation along the channels, the branches must have equal numbers of channels. | That would be needed for a sum.
        - The other branches are halved, too, so that they fit the pooled map. | All branches keep the size of the input.
        - With stride 1, max pooling gives back its input unchanged. | Every pixel becomes the largest value of its neighbourhood.
        - The pooled map is brought back to its size by an up-sampling before the concatenation. | It never shrinks: stride 1 and padding keep the size.
        - Max pooling with padding adds one channel to the map. | Padding adds pixels at the border; channels stay.
        - Maps of different sizes are filled up by the concatenation. | A concatenation needs equal sizes on all other axes.
    """,
)
