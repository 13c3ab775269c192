"""Why a validation loss may lie below the training loss."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q2.d",
    title="Validation loss below training loss",
    section="IV.4",
    points=1,
    difficulty=2,
    minutes=2,
    topics=("validation", "loss curves"),
    need=1,
    steps=2,
    text="State one possible reason for a validation loss that is lower than the training loss.",
    hints=("Are the two sets equally hard?", "Is the model in the same mode when the two losses are computed?"),
    key_points="""
        easy: easy|easier|simple|simpler|validation set is small|validation set is too small|small validation set|not representative|not represent|lucky => The validation set may be easier than the training set.
        leak: leak|duplicate|same samples|same data|overlap|shared samples|contains training|also in the training|samples of the training|seen in training => Validation data may have leaked into training.
        modes: dropout|augmentation|augmented|regulariser|regularisation|penalty|batch normalisation => Dropout or augmentation may make only the training loss harder.
        early: underfit|underfitting|beginning|early|start of training|first epoch => It happens while a model still underfits, early in training.
        timing: average over epoch|averaged over the epoch|during the epoch|after the epoch|end of the epoch|older weights => The training loss may be averaged over an epoch in which the model still improved.
        bug: bug|programming|implementation|coding mistake|wrongly computed|wrongly implemented => There may be a bug in the computation of the losses.
        differ*0.5: different distribution|other distribution|distributions differ|distributed differently|different data => The two sets may differ; say which one is then easier.
    """,
    forbid="""
        overfit|memoris => Overfitting makes the validation loss larger than the training loss. [0.0]
        dropout|augment & in validation|during validation|at validation|on validation|on the validation & active|only|used|applied|on|more => Dropout and augmentation are switched off in validation; they make the training loss larger. [0.0]
        validation set is harder|validation data is harder|training set is easier|training data is easier|harder validation => That would make the validation loss the larger one. [0.0]
    """,
    models=(
        "The validation set is easier than the training set.",
        "Dropout and augmentation are active only in training and make the training loss larger.",
        "Some samples of the training set are also in the validation set, a data leak.",
        "It can happen at the beginning of training, while the model still underfits.",
        "There is a bug in the implementation of one of the losses.",
    ),
    samples="""
        1.0 | the validation data is too easy
        1.0 | dropout is switched on only while training
        0.5 | the two sets have different distributions
        0.0 | the model overfits
        0.0 | the learning rate is too large
    """,
    statements="""
        + A possible reason: the validation samples are easier than the training samples. | Then the same model makes fewer errors there.
        + A possible reason: samples of the validation set were used in training, too. | Such a leak makes the validation loss too good.
        + A possible reason: dropout is active while the training loss is computed. | The thinned network does worse than the full one in validation.
        + A possible reason: the training images are augmented and the validation images are not. | Distorted images are harder.
        + A possible reason: the training loss is averaged over the epoch, the validation loss is taken at its end. | The model has improved in between.
        + A possible reason: the penalty on the weights is counted in the training loss only. | The two losses are then different functions.
        - A possible reason: the model has memorised its training samples. | Then the training loss would be the lower one.
        - A possible reason: the model has more parameters than there are samples. | That rather leads to overfitting, with a larger validation loss.
        - A possible reason: the training set contains too few samples. | That rather leads to overfitting, with a larger validation loss.
        - A possible reason: the validation set is smaller, so that fewer losses are added up. | Losses are averaged, so the size does not enter.
        - A possible reason: the validation labels contain more mistakes than the training labels. | Wrong labels make the validation loss larger.
        - A possible reason: the validation images are blurred and the training images are sharp. | Blurred images are harder, so the validation loss would be the larger one.
    """,
)
