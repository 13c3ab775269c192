"""1 × 1 against 3 × 3 convolutions."""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q10",
    title="Pointwise kernels or larger ones",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("1x1 convolution", "receptive field", "parameters"),
    need=2,
    text="State one advantage and one disadvantage of a 1 × 1 convolution compared with a 3 × 3 convolution with the same channels.",
    hints=("How many weights has each for a pair of channels?", "Which pixels does an output pixel depend on?"),
    key_points="""
        cheaper: cheap|fewer|less|faster|effici|smaller number|one ninth|9|nine|not expensive|light|lightweight|saves|drop|lower|reduc & light|lightweight|param|weight|comput|calculat|operation|multiplication|cost|cheap|faster|memory|time => Advantage: nine times fewer weights and multiplications.
        ~local: neighbo|receptive|view|spatial|context|surround|pixel|position|adjacent|scope|edges|texture & no|not|without|lack|same|unchanged|small receptive|smaller receptive|small view|smaller view|small field|smaller field|small context|smaller context|small neighbo|smaller neighbo|smaller scope|single|one pixel|only|narrow|limit|less spatial|less context|less neighbo|fewer neighbo|fewer pixel|ignor|miss|cannot|doesn't|blind => Disadvantage: it sees one pixel only, so it finds no spatial features and the receptive field does not grow.
    """,
    swap=("1x1", "3x3"),
    forbid="""
        larger receptive|bigger receptive|increases the receptive|more spatial|more context|wider context|more neighbo => A 1 × 1 convolution does not widen the receptive field at all. [0.5]
        more param|more weights|more comput|more calculat|more operation|more multiplication|more expensive|more memory|slower => It is the 3 × 3 kernel that costs more: nine times as many weights and multiplications. [0.5]
        not change the number|not mix channel|not change number of channel|works on each channel|each channel separately => A 1 × 1 convolution mixes all channels and may change their number. [0.5]
        halves|shrinks the image|shrinks the map|reduces the size|reduces height|reduces the height|reduces spatial size|reduces the spatial size|reduces the resolution => It keeps height and width. [0.5]
        adds non-linear|introduces non-linear|is non-linear|is nonlinear => It is linear; what is non-linear is an activation behind it. [0.5]
    """,
    models=(
        "Advantage: it has nine times fewer parameters and operations. Disadvantage: it does not look at neighbouring pixels.",
        "It is much cheaper to compute, but its receptive field is a single pixel, so it extracts no spatial features.",
        "Pro: fewer weights and less computation. Con: no context from the surroundings of a pixel, the receptive field does not grow.",
    ),
    samples="""
        1.0 | cheaper in parameters, but it has no neighbourhood
        1.0 | Fewer calculations; smaller receptive field
        0.5 | it has fewer parameters
        0.0 | it adds non-linearity to the network
        0.0 | larger receptive field, but more parameters
        0.5 | it needs fewer operations and has a larger receptive field
    """,
    statements="""
        + It has a ninth of the weights for the same channels. | One instead of nine for each pair of channels.
        + It needs a ninth of the multiplications for an output of the same size. | One instead of nine for each pair of channels and each place.
        + It does not see the neighbours of a pixel. | Its window is the pixel itself, through all channels.
        + It does not widen the receptive field, because its window is a single pixel. | A window of side 1 adds nothing.
        + It needs no padding to keep the size of the map, since its window fits on every pixel. | Nothing is lost at the border.
        + It can mix channels and change their number as a larger kernel can. | Filters reach through all channels in either case.
        - It makes the network non-linear, which a larger kernel does not. | Both are linear; the activation behind them is not.
        - It has a third of the weights for the same channels. | Both sides of the kernel count: a ninth.
        - It works on each channel by itself and does not mix the channels. | That is a depth-wise convolution.
        - It has a larger receptive field, since it is applied to every pixel. | It sees a single pixel.
        - It can reduce the number of channels, which a larger kernel cannot. | Both can: there is one output channel for each filter.
        - It finds finer edges than a larger kernel, pixel by pixel. | An edge is a difference between pixels.
        - It halves the map, so a stride is not needed. | It keeps the size at stride 1.
    """,
)
