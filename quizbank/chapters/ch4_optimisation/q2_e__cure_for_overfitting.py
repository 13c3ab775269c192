"""The usual cure for overfitting, in one word."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q2.e",
    title="The cure for overfitting",
    section="IV.4",
    points=1,
    difficulty=1,
    minutes=1,
    topics=("overfitting", "regularisation"),
    need=1,
    text="In one word, what is the first remedy for an overfitting model, if neither the data set nor the number of epochs may be changed? Give the name of the whole family of methods, not of one of them.",
    hints=("The methods of this family make training harder.", "Weight penalties and dropout belong to it."),
    key_points="""
        family: regularis|regulariser|regularisation => Regularisation: methods that make training harder, so that the model learns more general patterns.
    """,
    forbid="more layers|more capacity|larger model|bigger model|larger network => More capacity makes overfitting worse. [0.0]",
    models=(
        "Regularisation should be used: it makes training harder, and the model generalises better.",
        "The usual remedy is to regularise the model.",
        "Use a regulariser, something that makes training harder.",
    ),
    samples="""
        1.0 | regularization
        1.0 | one regularises the network
        0.0 | a larger network
        0.0 | a smaller learning rate
    """,
    statements="""
        + Dropout counters overfitting. | No unit can rely on particular others.
        + A penalty on the squared weights counters overfitting. | It favours smoother functions with small weights.
        + Random flips and crops of the training images counter overfitting. | The model sees more variation, so it cannot memorise single images.
        + Fewer hidden units can counter overfitting. | A model with less capacity memorises less.
        + Regularisation usually raises the training loss. | Training is made harder, in favour of the validation loss.
        + Regularisation that is too strong leads to underfitting. | The model can then no longer learn its training data.
        - More hidden layers counter overfitting. | More capacity lets the model memorise more.
        - More epochs with the same settings counter overfitting. | The model gets more time to learn noise.
        - An optimiser that reaches a lower training loss counters overfitting. | The training loss is not the trouble here.
        - A smaller penalty on the weights counters overfitting. | It loosens the regularisation.
        - Moving validation samples into the training set counters overfitting that is measured on them. | It only hides it: the validation loss is then no measure any more.
        - Regularisation is meant to lower the training loss. | It is meant to lower the loss on unseen data.
    """,
)
