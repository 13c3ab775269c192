"""Average pooling against max pooling."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.a",
    title="Average or max pooling",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("pooling", "LeNet"),
    text="LeNet shrinks its feature maps by average pooling. Name one advantage and one disadvantage of average pooling over max pooling.",
    hints=("Follow the gradient back through a window.", "Is the mean of some numbers a linear function of them?"),
    key_points="""
        gradient: all|every|each|whole|entire & gradient|backprop|entr|value|pixel|unit|input|information => An advantage: every entry of the window counts and gets its share of the gradient.
        linear: linear|linearity|not nonlinear|no nonlinearity|less nonlinear|blur|smooth|smear|dilut|weaken|wash => A disadvantage: the mean is linear, so it adds no non-linearity, and it blurs strong responses.
    """,
    swap=("average pooling", "max pooling"),
    forbid="""
        average|mean & learn|trainable & weight|parameter => Neither of the two has anything to learn here.
        only largest|only maximum|only biggest|only strongest & gradient => That is max pooling; the mean gives each entry its share of the gradient. [0.5]
    """,
    models=(
        "All entries of the window get a gradient; but the mean is a linear operation, whereas the maximum is non-linear.",
        "Advantage: on the way back every value in the window receives a share of the gradient. Disadvantage: it adds no nonlinearity to the network.",
        "Each input of a window is used and updated. On the other hand a strong response is blurred by its weak neighbours.",
    ),
    samples="""
        1.0 | pro: the gradient reaches all pixels in the window. con: it is just linear
        0.5 | every entry in the window gets some gradient
        0.0 | it is faster and makes the image smaller
        0.5 | it is linear, and it makes the image smaller
    """,
    statements="""
        + In the backward pass, average pooling gives every entry of a window the same share of the gradient. | Each entry enters the mean with the weight 1/k², and so does its gradient.
        + In the backward pass, max pooling gives the gradient of a window to its largest entry. | The other entries did not influence the output, so their gradient is 0.
        + As a function of the entries of its window, average pooling is linear. | A mean is a weighted sum with fixed weights.
        + Max pooling brings a non-linearity into the network, which average pooling does not. | The maximum of a sum need not be the sum of the maxima.
        + A single strong response in a window is weakened more by average pooling than by max pooling. | In a 2 × 2 window, (8, 0, 0, 0) has the mean 2 and the maximum 8.
        + Average pooling could be written as a convolution with fixed, equal weights. | Channel by channel, with all weights 1/k² and the stride of the pooling.
        + An entry that is not the largest of its window still influences the output of average pooling. | The mean changes with each of its entries.
        - Average pooling sends the whole gradient of a window to its largest entry. | That is max pooling; the mean shares the gradient out.
        - Max pooling gives a gradient to more entries of a window than average pooling does. | It is the other way round: the maximum gives it to one entry.
        - Average pooling adds a non-linearity to the network, which max pooling does not. | It is the other way round: the mean is linear, the maximum is not.
        - Average pooling has one weight for each entry of the window, which is learnt in training. | Its weights are fixed at 1/k²; nothing is learnt.
        - With the same window and stride, average pooling shrinks a map more than max pooling does. | The output size depends on window, stride and padding alone.
        - Average pooling mixes the channels of a feature map, max pooling treats them one by one. | Both work on each channel by itself.
        - With max pooling, the smaller entries of a window get a share of the gradient, too. | Their gradient is 0, because they did not influence the output.
    """,
)
