"""Two drawbacks of an 11 × 11 filter."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.c",
    title="Large filters",
    section="V.11",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("AlexNet", "convolution", "parameters"),
    need=2,
    text=r"The first layer of AlexNet has filters of $11 \times 11$ pixels. Name two disadvantages of such a large filter.",
    hints=(
        "How do parameters and multiplications grow with the side of a filter?",
        "What kind of features does a small filter look at?",
    ),
    key_points="""
        cost: parameter|weight|expens|cost|comput|calculat|multiplication|operation|slow|memory|overfit => It is expensive: parameters and multiplications grow with the square of its side.
        global: global|coarse|large region|large area|big region|big area|large part|big part|large patch|large structure|big structure|whole|miss detail|miss fine|miss small|miss local|lose detail|lose fine|lose small|lose local|loses detail|loses fine|loses small|loses local|ignores detail|ignores fine|ignores small|ignores local|details are missed|is missed|are missed|are lost|get lost|gets lost|overlook|less detail|fewer detail|less local|not detail|not fine|not local|not small detail => It takes in a large region at once, so it sees coarse rather than specific local features.
        stack: nonlinear|non-linear|nonlinearit|non-linearit|stack|several small|three small|small filters|small kernels|smaller kernels|smaller filters => Small filters in a row see the same region with fewer weights and non-linearities in between.
    """,
    forbid="receptive field & small|smaller => A large filter has a large receptive field. [0.5]",
    models=(
        "It has many parameters and needs many multiplications, and it captures global rather than local features.",
        "It is computationally expensive. It also misses fine details, because it looks at a large region at once.",
        "Weights grow with the square of the side; several small filters would cover the same field with more non-linearities.",
    ),
    samples="""
        1.0 | too many parameters and calculations, and it sees more global features than local ones
        0.5 | it is very expensive, there are many weights and operations
        0.0 | it makes the output too large
        0.5 | it needs a lot of computation because its receptive field is small
    """,
    statements="""
        + Its number of weights grows with the square of the side of the filter. | 121 weights for each pair of channels, where a 3 × 3 filter has 9.
        + For every number of the output it needs 121 multiplications for each input channel. | One for each pixel of its window.
        + It answers to coarse structures more than to small local details. | Its window covers a large region of the image at once.
        + If all layers have equally many channels, five layers of 3 × 3 filters reach the same receptive field with fewer weights. | 5 · 9 = 45 instead of 121 weights for each pair of channels.
        + A stack of small filters with the same field has more non-linearities than it has. | Between the small layers there is an activation each.
        + With stride 1 and no padding, its output is smaller than that of a 3 × 3 filter. | It fits in fewer places: it takes 10 pixels off each side length, not 2.
        + Having many weights, it needs more data than a small filter to be learnt well. | More parameters can overfit more easily.
        - Its receptive field is too small to see an object as a whole. | Its field is large; that is why it sees coarse structures.
        - Its cost grows in proportion to the side of the filter. | It grows with the square of the side.
        - If all layers have equally many channels, a stack of 3 × 3 filters with the same receptive field has more weights than it has. | It has fewer: 45 against 121 for each pair of channels.
        - It has its own weights for every position in the image. | The weights are shared between positions, however large the filter is.
        - Gradients cannot flow back through a filter with so many weights. | They flow through each of its weights; size alone does not make them vanish.
        - It can be applied to images with a single channel only. | It reaches through all input channels like any other filter.
        - With stride 1 and no padding, its output is larger than that of a 3 × 3 filter. | A larger window fits in fewer places.
    """,
)
