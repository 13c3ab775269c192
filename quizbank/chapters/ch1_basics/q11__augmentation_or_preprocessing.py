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
    need=2,
    text="How does data augmentation differ from preprocessing such as normalisation? Say for either to which parts of the data it is applied and what it is for.",
    hints=(
        "Which of the two must a test sample go through?",
        "Which of the two makes two versions of one sample, and which brings all samples to one format?",
    ),
    key_points="""
        augmentation: train|random|varia|enlarg|artific|generalis|regularis|overfit => Augmentation varies the training samples at random, to enlarge the set virtually.
        ~preprocessing: preprocess|process|normalis|standardis|scal & all|every|each part|whole|entire|both|validation|test|same format|same range|format|determinist|same way|everywhere => Preprocessing brings the samples of all parts to the same format, in the same way.
    """,
    swap=(("augmentation", "preprocessing"), ("augmentation", "normalisation")),
    models=(
        "Augmentation is applied only to the training set and enlarges it artificially; preprocessing is applied to all splits, so that the data have the same format.",
        "Data augmentation makes random variations of the training samples against overfitting, whereas normalisation is done in the same way for training, validation and test data.",
        "Preprocessing brings every sample into the range that the model expects, in all parts of the data. Augmentation changes training samples at random to regularise.",
    ),
    samples="""
        1.0 | augmentation is for the training set only, normalisation is used on all splits
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
