"""Where handcrafted kernels are of use in deep learning."""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q12",
    title="Where handcrafted kernels help",
    section="III.5",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("handcrafted kernels", "data augmentation"),
    need=2,
    revision=2,
    text="Fixed kernels such as the Gaussian blur are rarely layers of a network. In which technique of deep learning are they useful nevertheless? Name one and say how they are used there.",
    hints=(
        "Think of what is done to the training images before they enter the network.",
        "Which effect has a blurring or a sharpening kernel on an image?",
    ),
    key_points="""
        technique: augment|variation of the training|varied training|more training images|copies of the training|initial|start value|starting value|starting weight|starting point|start training from => Data augmentation, or the initialisation of a layer.
        images: blur|sharpen|smooth|noise|vary|varied|variation|filtered & image|photo|example|sample|copies|training|input|data augmentation => In augmentation: training images are blurred or sharpened to vary them.
        weights: weight|filter|kernel|layer|convol & initial|starting|start|updat|train|learn|adapt|fine tun => In initialisation: they are the first weights of convolution kernels, which are then trained.
    """,
    forbid="""
        augment|blur & test|validation => Augmentation is for the training split; test and validation images stay as they are. [0.5]
        dropout|activation|pool|batch norm|loss => There they have no place. They are used on training images (augmentation), or as initial weights. [0.0]
        weight & augment|augmented => In augmentation the images are varied, not the weights. [0.5]
    """,
    models=(
        "In data augmentation: training images are blurred to get more varied examples.",
        "They can serve as initial weights of a convolution layer, which are updated during training.",
        "For augmenting the training set, for instance by adding copies that were smoothed with a Gaussian kernel.",
    ),
    samples="""
        1.0 | data augmentation, e.g. blurring the training images
        1.0 | as the initialisation of filters that are then learned
        0.5 | for augmentation
        0.5 | the pictures are blurred
        0.0 | in the loss function
        0.0 | as the last layer of a classifier
    """,
    statements="""
        + Blurring training images at random gives more varied examples. | That is data augmentation.
        + They may be initial weights that training then changes. | As a starting point they are free to adapt.
        + Blurred copies teach the network to cope with images out of focus. | Augmentation shows what may come in practice.
        + In augmentation they are applied before the images enter the network. | No layer of the network is changed.
        + Augmentation with a blur keeps the label of an image. | A blurred cat is a cat.
        + Sharpening may be used like blurring to vary training images. | Any change that keeps the label will do.
        - In augmentation the test images are blurred as well, so that they are like the training images. | Test images stay as they are.
        - A blur in augmentation makes the network smaller. | It does not touch the network.
        - They serve as activation functions, because they are fixed. | A kernel is linear; an activation must not be.
        - They replace the loss where images are compared. | A loss gives a number to be minimised.
        - In augmentation the entries of the blur are trained along with the network. | They are fixed; the images vary.
        - They replace batch normalisation, since a blur gives mean 0 and variance 1. | A blur keeps the mean brightness.
    """,
)
