"""May a fully convolutional network be given larger images?"""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q7.a",
    title="Larger images for a fully convolutional network",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("fully convolutional network", "shapes"),
    need=2,
    text="A fully convolutional network (convolutions and pooling, no fully connected layer) was trained on images of one size. Can it be applied, as it is, to images with twice the height and width? Give the reason.",
    hints=(
        "Which layer of a network fixes the size of its input?",
        "Does the shape of a filter depend on the image?",
    ),
    key_points="""
        possible: yes|sure|of course|indeed|it can|be applied|be used|applicable|possible|works|work|able|fine|no problem|accept|handle|take any|take image|any size|varying => Yes, it can be applied to them.
        reason: kernel|filter|convol|no fully connected|no fc|no dense|no linear layer|nothing fixes|nothing that fixes|only fully connected|only dense|only fc|window|weights|layer & independ|not depend|slid|local|any size|any input size|any image size|all sizes|different size|shared|not fixed size|no fully connected|no fc|no dense|only fully connected|only dense|only fc|without fully connected|varying|not fix|every size|same|larger map|regardless|whatever|arbitrary => Filters are laid on every place and do not depend on the size; no layer asks for a fixed number of inputs.
    """,
    forbid="""
        must be retrain|has to be retrain|have to be retrain|must be trained again|has to be trained again|must be resized|has to be resized|have to be resized|must be scaled down|impossible|not possible|not be applied|not be used|weight matrices not fit|input must have the same|image must have the same|input has to have the same|only accepts the size|only accepts images of|crash => It can: filters have the same shape for every size of image. [0.0]
        only fully connected & accept|any size|every size|all sizes => It is fully connected layers that fix the size of the input. [0.0]
        invariant to scale|scale invarian|invariant to size|invariant to the scale|scale equivarian => It is true that it can, but not for this reason: convolutions are not invariant to scale. [0.5]
    """,
    models=(
        "Yes. Its filters slide over maps of any size, because the weights do not depend on the height and width.",
        "Yes, fully convolutional networks take varying sizes, since there is no fully connected layer that needs a fixed size of input.",
        "It works: the kernels are local and shared by all places, so they can be applied to a larger map; the output just gets larger.",
    ),
    samples="""
        1.0 | yes because convolution kernels do not depend on the size of the image
        1.0 | Yes, there are no fully connected layers, so different sizes are fine.
        0.5 | yes, that is possible
        0.0 | no, the weight matrices would not fit the larger input
        0.0 | no, it must be retrained from the beginning
    """,
    statements="""
        + The same filters can be laid on a larger map; they are only applied in more places. | Their shape holds kernel size and channels alone.
        + The output map of the network gets larger as well. | Every layer's output size follows from its input size.
        + With a fully connected layer at the end this would not work without a change. | Its weight matrix has a fixed number of inputs.
        + The number of parameters is the same for both sizes. | Nothing is added to the network.
        + The computation for one image takes about four times as many multiplications. | There are four times as many places.
        + Images may also become smaller, as long as every window still fits. | Sizes have to remain valid through all layers.
        - The filters have to be doubled in height and width first. | They are used as they are.
        - The network needs four times as many parameters for such an image. | Parameters do not depend on the size.
        - The larger image has to be cut into four, because an input has a fixed size. | Only fully connected layers fix it.
        - The weights fit only if padding is removed from all layers. | Padding works for every size.
        - Pooling layers forbid it, since their windows belong to one size of map. | A window is laid on a map of any size.
        - It works only for images with the same number of pixels, such as 4 × 16 instead of 8 × 8. | Height and width may both change.
    """,
)
