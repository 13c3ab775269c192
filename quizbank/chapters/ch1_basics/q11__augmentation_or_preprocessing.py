"""Augmentation against preprocessing."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q11",
    title="Augmentation or preprocessing",
    section="I.3",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("data augmentation", "preprocessing"),
    need=4,
    text="How does data augmentation differ from preprocessing such as normalisation? Say for either to which parts of the data it is applied and what it is for.",
    hints=(
        "Which of the two must a test sample go through?",
        "Which of the two makes two versions of one sample, and which brings all samples to one format?",
    ),
    key_points="""
        training: train => Augmentation is for the training set alone.
        variety: random|varia|variet|vary|enlarg|artific|virtual|generalis|regularis|overfit|more data|more sampl|robust => It varies the samples at random, which enlarges the set virtually.
        !all: all|every|each part|each split|each set|whole|entire|everywhere|train valid|train and valid|train and test|also test|also valid|test time => Preprocessing is applied to all parts of the data.
        !format: format|range|scale|determinist|fixed|same way|same operation|same form|expect|converg|comparab|mean zero|zero mean|stable => Preprocessing brings the samples to one format, in the same way each time.
    """,
    forbid="""
        preprocess|normalis & train only|training only|only train|training set only|training set alone|training data only|only training => It is the other way round: preprocessing is for all parts, augmentation for the training set. [0.0]
        augment & all splits|all sets|all parts|all data|every split|every part|whole data => It is the other way round: augmentation is for the training set alone. [0.0]
    """,
    swap=(("augmentation", "preprocessing"), ("augmentation", "normalisation")),
    models=(
        "Augmentation is applied only to the training set and enlarges it artificially; preprocessing is applied to all splits, so that the data have the same format.",
        "Data augmentation makes random variations of the training samples against overfitting, whereas normalisation is done in the same way for training, validation and test data.",
        "Preprocessing brings every sample into the range that the model expects, in all parts of the data. Augmentation changes training samples at random to regularise.",
    ),
    samples="""
        0.5 | augmentation is for the training set only, normalisation is used on all splits
        1.0 | augmentation makes random variants of the training images against overfitting, normalisation brings all splits to the same range
        0.5 | data augmentation gives random variants of training images
        0.0 | preprocessing is for the training set only and augmentation is for all splits
        0.0 | both are the same, one is for images and one is for text
    """,
    statements="""
        + Normalisation is applied to all parts of the data. | The model expects its input in the same range everywhere.
        + Augmentation is applied to the training samples alone. | The other parts must follow the real distribution.
        + Augmentation is random, so a sample looks different in each epoch. | That is how it enlarges the set virtually.
        + Normalisation gives the same result each time for the same sample. | It is a fixed formula with fixed statistics.
        + Resizing images to the input size of a network is preprocessing. | Every image has to pass through it.
        + A random flip of the training images is augmentation. | It varies samples the model learns from.
        - Normalisation is left out for the test set, which must not be changed. | The model would get inputs on another scale than it was trained on.
        - Augmentation is needed at test time, since the model is used to it. | The model meets samples as they are.
        - Normalisation raises the number of samples. | It changes their scale, not their number.
        - Each part is normalised with its own mean and deviation. | All are normalised with the statistics of the training set.
        - Subtracting the mean and dividing by the deviation gives values from 0 to 1. | Standardised values are not bounded; min-max scaling gives that range.
        - Converting text to token numbers is augmentation. | It brings data to the format of the model: preprocessing.
    """,
)
