"""Which part of the data is augmented, and why."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q10",
    title="The part that is augmented",
    section="I.3",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("data augmentation", "data splits"),
    need=3,
    text="Data augmentation: to which part of the data set is it applied, what is it good for, and why is it not applied to the others?",
    hints=("Which samples does the model learn from?", "What should the error on the other samples tell us?"),
    key_points="""
        where: train => To the training set only.
        purpose: regularis|generalis|overfit|variety|varied|variation|more data|more sampl|more differ|robust|larger|enlarg|artificial => It regularises: the model sees more varied samples and generalises better.
        ~others: validation|test|other|evaluat|measure & real|true|original|distribut|comparab|represent|unchanged|honest|bias|distort|actual|falsif|realistic|compare|deploy => Validation and test set must follow the real distribution, and results must stay comparable.
    """,
    forbid="all splits|all three|all of them|every split|all parts|only to the test|only to the validation => It is applied to the training set alone. [0.0]",
    models=(
        "Only to the training set, as a regularisation that helps the model generalise; the validation and test set must represent the real distribution and stay comparable.",
        "It is used on the training data to prevent overfitting. The test data should show the original distribution, otherwise the measured performance would be distorted.",
        "To the training split alone: it makes the samples more varied, so the model becomes more robust. We evaluate on unchanged samples, since they are like those of the actual problem.",
    ),
    samples="""
        1.0 | to the training set, it regularises, and the validation and test set should keep the real distribution
        0.33 | only to the training set
        0.66 | to the training set because it helps against overfitting
        0.0 | to all splits, so that all data have the same format
    """,
    statements="""
        + The training samples are varied at random in each epoch. | So the model rarely sees exactly the same input twice.
        + It acts as a regularisation. | It makes memorising harder and generalising better.
        + The validation samples stay as they are, so that they follow the real distribution. | The model will meet such samples when it is used.
        + Augmented test samples would make results of several papers hard to compare. | Each would have been measured on other data.
        + The stored data set stays as large as before. | The variations are made when a sample is loaded.
        + With augmentation the training loss may be above the validation loss. | The varied training samples are harder than the originals.
        - The test set is augmented, so that its estimate rests on more samples. | It would no longer follow the distribution of the problem.
        - All parts are augmented, because all must have the same format. | That is true of preprocessing, such as normalisation.
        - The validation set is augmented to see overfitting earlier. | It would then measure the error on another distribution.
        - It lowers the loss that is measured in training. | The task becomes harder, so the training loss is usually higher.
        - Variations of one image may be spread over training and test set. | Then the test set would hold almost the same images as the training set.
        - It is carried out once, before the data are split. | It is done after the split, on training samples, anew in each epoch.
    """,
)
