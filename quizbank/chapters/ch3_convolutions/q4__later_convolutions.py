"""Does a smaller map mean fewer parameters in the convolutions behind it?"""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q4",
    title="Smaller maps and later convolutions",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("convolution", "parameters"),
    need=2,
    text="A network halves the height and width of its feature maps early on. Do the convolution layers further down have fewer parameters because of that? Give the reason.",
    hints=("Write down the shape of a convolution's weights.", "Where does the size of the map stand in it?"),
    key_points="""
        same: no|nope|not|none|same|unchanged|stays|remain|constant|equal => No: the number of parameters stays the same.
        reason: kernel|filter|channel|weight|parameter|formula|c_in & not depend|independen|only depend|depends only|determin|fixed|share|sharing|regardless|irrelevant|not matter|slide|slid|position|channels and|same kernel|same filter|filters stay|kernels stay|filter size|not a function|matter how|no matter|whatever|however|how big|how large|how small|nothing to do|not height|not h|not w|h or w|h and w|input channels and|same small|same weights|channels in => The weights are counted by kernel size and channels; height and width of the map do not enter.
    """,
    forbid="""
        yes|have fewer param|has fewer param|have fewer weights|has fewer weights|need fewer weights|get fewer weights|fewer weights per|smaller kernel|smaller filter|kernels shrink|filters shrink|kernels get smaller|filters get smaller => No: the filters keep their size, whatever the map is. [0.0]
        kernel|filter|weight|param & depends on height|depend on height|depends on size of map|depend on size of map|depends on spatial|depend on spatial|depends on resolution|depend on resolution => Height and width of the map do not enter the shape of a filter. [0.5]
    """,
    models=(
        "No. The parameters of a convolution depend only on the kernel size and the channels, not on the size of the map.",
        "No, the number stays the same, because the filters are independent of height and width; they are only applied in fewer places.",
        "They do not get fewer: the same kernel slides over the map, so its number of weights does not change with the spatial size.",
    ),
    samples="""
        1.0 | no, the kernel size and number of channels do not depend on the spatial size
        1.0 | The number of parameters is unchanged since the filters stay the same.
        1.0 | no, the weights are shared by all positions
        0.5 | No, they have as many parameters as before.
        0.0 | yes, smaller maps need smaller filters
        0.0 | yes, because there are fewer pixels to connect
    """,
    statements="""
        + The weights of a convolution are counted by kernel size, input channels and output channels. | Height and width of the map do not enter.
        + Later convolutions do fewer multiplications, because their filters are applied in fewer places. | The filters themselves have as many weights as before.
        + The same trained filters could be applied to a map of another size. | This is why fully convolutional networks accept other sizes.
        + A filter is shared by all places of the map, however many they are. | Weight sharing makes the count independent of the size.
        + If the number of channels is changed at the same time, the number of weights changes, too. | Channels do enter the shape of a filter.
        + One bias for each filter remains, whatever the size of the map is. | Biases are counted by output channels.
        - Later filters have a quarter of the weights, since the maps have a quarter of the entries. | The maps' entries are not connected by weights of their own.
        - Each place of the map has its own weights, and fewer places mean fewer weights. | That would be a locally connected layer; a convolution shares its weights.
        - Windows at the border are dropped, and some of the weights with them. | Dropped windows change the output's size only.
        - Later kernels have to be made smaller in proportion to the map. | A kernel of 3 × 3 fits as before.
        - The parameters shrink because the receptive field shrinks with the map. | The receptive field grows, and neither changes the weights.
        - Only the biases get fewer, one for each entry of the map. | There is one bias for each filter.
    """,
)
