"""Why this course does not count early stopping as regularisation."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.g",
    title="Early stopping in this course",
    section="IV.4",
    points=1,
    difficulty=3,
    minutes=3,
    topics=("regularisation", "early stopping"),
    need=1,
    steps=2,
    text="This course takes regularisation to be what makes training harder, in order that the model generalises better. Many textbooks count early stopping as regularisation; this course does not. What is its reason?",
    hints=(
        "Is any step of the training different with early stopping?",
        "What does early stopping do once the validation loss rises?",
    ),
    key_points="""
        stops: only stops|just stops|merely stops|simply stops|only ends|just ends|only stopped|just stopped|only interrupt|just interrupt|stops training|stops it|ends training|not harder|not difficult|not make|not made|not making|not chang|not hinder|not add|not force|not solve|not cure|not alter|not affect|unchanged|not modif|rather stops|halts|not influence|not get harder|not regularis => It does not make training harder, it merely stops it; the model is not made to learn anything more general.
        checkpoints*0.5: checkpoint|saved weights|save the weights|saving the weights|best weights => Saved checkpoints serve the same purpose.
    """,
    forbid="""
        makes training harder|makes training more difficult|makes training process harder|makes the learning harder|makes it harder to train => Early stopping does not make training harder; that is the course's reason. [0.0]
        no term|not a term|not add a term|not add a penalty|no penalty|not in the loss => A term in the loss is not what counts: dropout and augmentation add none. What counts is that training gets harder. [0.0]
        test set is used|too slow|takes too long => Early stopping even saves time; the reason is that training is not made harder. [0.0]
    """,
    models=(
        "Because it does not make the training harder, it only stops it when the generalisation gap grows.",
        "The training itself is unchanged; it is merely stopped before it gets worse.",
        "It does not force the model to learn more general patterns, and saved checkpoints serve the same purpose.",
    ),
    samples="""
        1.0 | it does not make training harder but just stops it
        0.0 | because it makes training harder
        0.5 | one should save checkpoints in its place
        1.0 | early stopping only ends the training, the overfitting is not solved
        0.0 | because it takes too much time
    """,
    statements="""
        + Early stopping leaves every step before the stop as it is. | Neither the loss nor the data nor the network changes.
        + Saved checkpoints let one go back to the best epoch without stopping. | Training may go on, and the best weights are kept.
        + By the course's definition regularisation makes training harder. | Early stopping ends it instead.
        + Textbooks that count it as regularisation see that it limits how far the weights move. | Fewer steps keep them closer to their start.
        + Early stopping needs a validation set. | The growing validation loss tells when to stop.
        + The model that is kept can be used although training would overfit later. | It is the model from before the validation loss rose.
        - Early stopping adds noise to the gradients of the last epochs. | It does not touch the gradients.
        - Early stopping is triggered as soon as the training loss rises. | It watches the validation loss.
        - By the course's definition whatever lowers the validation loss is regularisation. | It has to make training harder.
        - Early stopping makes the training loss harder to lower in each step. | The steps are the same as without it.
        - Early stopping would be regularisation in this course if it came earlier. | The time does not matter; training is not made harder.
        - Early stopping removes the cause of overfitting. | The model and the data would overfit as before; one only stops in time.
    """,
)
