"""What distinguishes convolution and pooling layers."""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q6",
    title="Convolution and pooling",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("convolution", "pooling"),
    need=2,
    text="State two differences between a convolution layer and a pooling layer.",
    hints=("What is learnt in each of them?", "Which channels does one output value depend on?"),
    key_points="""
        learnable: convol|conv|not weight|not param|not learn|not train|none|nothing|0|fixed & learn|weight|parameter|train|updat|optimis|adjust|fixed operation|fixed function|fixed rule|fixed in advance|not learn|not weight|not param|not train => A convolution has learnable weights, pooling has none.
        ~depth: channel|depth => Pooling works on each channel alone, a convolution reaches through all input channels and may change their number.
        ~linear: max|pool is not linear|pool is nonlinear|pool is non-linear|convol is linear|conv is linear|conv linear|layers are linear|layer is linear|only convol & linear|non-linear|nonlinear => A convolution is linear (affine), max pooling is not.
        ~operation: max|average|mean & weighted sum|dot product|scalar product|inner product|multipl|products => A convolution forms weighted sums; pooling takes the largest entry of a window, or the mean.
        ~gradient: gradient & only max|only the max|largest|winner|one entry|single entry => Max pooling passes the gradient to the largest entry of a window; a convolution passes it to all.
    """,
    forbid="""
        conv has no|conv have no|convolution has no|convolutions have no|convolution layers have no|conv layers have no|conv layer has no|convolution layer has no|conv has none|convolution has none|convolutions have none & not weight|not param|not learn|not train|none => It is the convolution that learns: pooling has no weights. [0.0]
        pool has more|pool layer has more|pool have more|pool layers have more & weight|param => Pooling has no weights at all. [0.0]
        both have|both learn|both contain|pool learn|pool layer learn|pooling also & learn|weight|param|train => Pooling has nothing to learn: it takes the maximum or the mean of a window. [0.0]
        convolution works on each|convolution works on every|convolution treats each|convolution treats every|convolution looks at each|convolution handles each|convolution is applied to each|convolution per channel|convolution channel by channel|convolution acts on each|pool mixes|pool combines|pool looks across|pool goes through all|pool uses all & channel|depth => It is pooling that works on each channel alone; a filter reaches through all channels. [0.5]
        convol & not linear|nonlinear|non-linear => A convolution is linear (apart from its bias); the activation behind it is not. [0.5]
        average pool & not linear|nonlinear|non-linear => A mean is linear; max pooling is not. [0.5]
    """,
    models=(
        "A convolution has learnable parameters and pooling has none; pooling works on each channel separately, while a convolution uses all channels.",
        "Pooling has no weights to train. A convolution's kernels span the full depth of the input, but pooling is applied channel by channel.",
        "Max pooling is non-linear, a convolution is linear. Only the convolution is able to change the number of channels.",
    ),
    samples="""
        1.0 | conv layers have learnable weights, pooling does not; pooling is done per channel but a filter goes through the whole depth
        1.0 | pooling has no parameters and max pooling is not linear
        0.5 | pooling has no parameters
        0.0 | pooling reduces the size of the map and convolution does not
        0.0 | a convolution is nonlinear, pooling is linear
        0.0 | they are used in different networks
    """,
    statements="""
        + A convolution has weights that are learnt; pooling has none. | Pooling takes the maximum or the mean of a window.
        + One output value of pooling depends on one channel; one of a convolution depends on all of them. | A filter reaches through the whole depth.
        + A convolution can change the number of channels; pooling keeps it. | There is one output channel for each filter.
        + A convolution is linear apart from its bias; max pooling is not. | The maximum of a sum is not the sum of the maxima.
        + Without ties, max pooling passes the gradient to one entry of a window; a convolution passes it to all. | Only the largest entry decides the output.
        + Average pooling could be written as a convolution with fixed weights for each channel. | All its weights are one over the window's size.
        - Pooling makes the map smaller; a convolution keeps its size. | Both follow the same formula of window, stride and padding.
        - Pooling mixes the channels; a convolution treats each by itself. | It is the other way round.
        - Average pooling is non-linear; a convolution is linear. | A mean is linear as well.
        - A convolution has a stride; pooling has none. | Both have window, stride and padding.
        - Pooling has fewer learnable weights than a convolution, but some. | It has none at all.
        - No gradient flows through pooling, since it has nothing to learn; through a convolution it does. | Layers in front of it need the gradient that it passes on.
        - Units behind pooling see a larger part of the image; a convolution leaves the receptive field as it is. | Both widen it by their windows.
    """,
)
