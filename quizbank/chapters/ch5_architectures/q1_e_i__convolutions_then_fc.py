"""What the convolutional part of VGG is for, and why fully connected layers follow."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q1.e.i",
    also=("ch5.q1.e.ii",),
    title="The two parts of VGG",
    section="V.11",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("VGG", "convolution", "fully connected layers"),
    text="A VGG network has a convolutional part, and fully connected layers behind it. What is the purpose of the convolutional part, and why do fully connected layers follow at its end?",
    hints=(
        "What does a classifier need that a pixel does not offer?",
        "How much of the image does one unit of a fully connected layer see?",
    ),
    key_points="""
        extractor: extract|detect|learn|find|collect|recogni & feature|pattern|edge|representation|shape|texture => The convolutional part extracts features.
        view: global|whole|entire|all feature|combin|every feature|all position|all the feature|classif|class score|decide class|decides class|decision|class probabilit => The fully connected layers have a global view: they combine features from the whole image for the classification.
    """,
    forbid="""
        fc layers extract|fully connected layers extract|fc extract|fully connected part extract|convolutional part classif|convolutions classif|conv part classif|conv layers classif|convolutional layers classif => The convolutions extract features, the fully connected layers classify. [0]
        connected layers share|fc layers share|dense layers share|convolutions have global|convolutional part has global => It is the other way round: convolutions share their weights and see small windows, fully connected layers see everything. [0]
    """,
    models=(
        "The convolutional part extracts features; the fully connected layers see the whole map and combine the features to classify.",
        "Convolutions detect local patterns such as edges and textures. The FC layers have a global receptive field, which classification needs.",
        "The first part learns features. At the end a decision about the entire image is needed, so all features are combined.",
    ),
    samples="""
        1.0 | conv part = feature extractor. fc layers have a global receptive field and do the classification
        0.5 | the convolutional part extracts the features of the image
        0.0 | it makes the network deeper and the training faster
        0.5 | the fully connected layers are needed to classify the image
    """,
    statements="""
        + The convolutional part works as a feature extractor. | Its channels answer to edges, textures and parts of objects.
        + Each unit of the first fully connected layer sees all positions of the last feature map. | It has a weight for every entry of the flattened map.
        + The fully connected layers combine features from different places of the image into scores for the classes. | That is the classification proper.
        + In another task, the convolutional part can often be kept while the fully connected layers are replaced. | Its features are useful beyond the classes it was trained for.
        + The fully connected layers hold most of the parameters of a VGG network. | About 124 of the 138 million parameters of VGG-16.
        + The fully connected layers fix the size of the image that the network can take. | The number of their inputs cannot change.
        + Deeper layers of the convolutional part answer to larger regions of the image than earlier ones. | The receptive field grows from layer to layer.
        - The convolutional part gives the probabilities of the classes. | It gives feature maps; the last fully connected layer gives the scores of the classes.
        - The convolutional part holds most of the parameters of a VGG network. | The fully connected layers do, because every input has its own weight to every unit.
        - Each unit of the first fully connected layer sees a small window of the last feature map. | That would be a convolution; it sees the whole map.
        - The fully connected layers can take a feature map of any size. | The number of their inputs is fixed.
        - The fully connected layers share their weights between the positions of the feature map. | Convolutions do; here every position has its own weights.
        - The fully connected layers extract the edges of the image, the convolutions classify them. | It is the other way round: features first, then the decision.
        - Without fully connected layers at its end, a network cannot be trained for classification. | It can, for instance with a last convolution to one channel for each class and the mean of each channel.
    """,
)
