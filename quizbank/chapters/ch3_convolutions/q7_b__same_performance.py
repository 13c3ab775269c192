"""Does a fully convolutional network do as well on enlarged images?"""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q7.b",
    title="Enlarged images, same performance?",
    section="III.5",
    points=2,
    difficulty=2,
    minutes=2,
    topics=("fully convolutional network", "equivariance"),
    need=2,
    text="A fully convolutional network was trained on images of one resolution. It is now given images of the same kind of scenes at twice the resolution, so that all objects are twice as large in pixels. Can the same performance be expected? Give the reason.",
    hints=(
        "To which changes of the image does a convolution respond in a simple way?",
        "What does a filter meet that was trained on an edge or an eye of a certain size?",
    ),
    key_points="""
        worse: no|not|worse|drop|lower|decreas|poor|suffer => No, it will do worse.
        ~scale: scale|zoom|resolution|size|larger|bigger|twice|double|magnif|fraction|half|part|pixel & invarian|equivarian|learn|train|filter|kernel|receptive|pattern|feature|object|detect|recogni => Convolutions are not invariant to scale: filters and receptive fields fit objects of the size seen in training.
    """,
    forbid="""
        performance|accuracy|result & same|equal|stay|unchanged|as good|as well => A trained filter fits patterns of one size in pixels; at another size it does worse. [0.0]
        yes => A convolution follows shifts, not changes of scale. [0.0]
        is scale invariant|are scale invariant|invariant to scale & convolutions are|equivariant to scale => Convolutions are equivariant to shifts, but neither invariant nor equivariant to scale. [0.25]
    """,
    models=(
        "No. Convolutional layers are not invariant to scale: the filters have learnt patterns of a certain size.",
        "No, the performance will be worse, because objects are larger than in training and the receptive field covers a smaller part of them.",
        "One cannot expect that: convolution is equivariant to translation but not to changes of scale, so features at the new resolution are not recognised as well.",
    ),
    samples="""
        1.0 | no, since convolutions are not scale invariant
        1.0 | It will be worse, the kernels were trained for objects of another size.
        0.5 | no, it gets worse
        0.0 | yes, because convolutions are translation equivariant
        0.0 | yes, more pixels give more information
    """,
    statements="""
        + The filters answer differently, because they were trained on patterns of a certain size in pixels. | The same pattern twice as large is another one to them.
        + A convolution is equivariant to shifts, but not to changes of scale. | Moving an object moves the response; enlarging it changes the response.
        + Compared with the objects, the receptive field is smaller than it was in training. | It is fixed in pixels, and objects have grown.
        + Training with images at several scales could help. | Then filters meet objects of different sizes.
        + The network runs on such images, but its accuracy will suffer in general. | That it fits is no promise that it works well.
        + Reducing the images to the resolution of the training set would help, because objects then have the size they had there. | This is the size that the filters know.
        - The performance stays, because convolution is invariant to changes of scale. | It is not: only shifts are followed.
        - More pixels hold more information, and the performance improves with them. | The filters are not made for that size.
        - The number of parameters stays the same, and the performance with it. | The number says nothing about whether they fit.
        - Translation equivariance includes changes of scale, and it keeps the performance up. | A shift moves all pixels alike; scaling does not.
        - The receptive field doubles with the image, so every object is seen as before. | It is fixed by kernels and strides.
        - Performance drops because the image does not fit into the network. | It fits; the scale is the trouble.
    """,
)
