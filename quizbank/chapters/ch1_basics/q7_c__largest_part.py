"""Why the training set is the largest part."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q7.c",
    title="The largest part of the data",
    section="I.3",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("data splits",),
    need=1,
    steps=2,
    text="Why is the training set the largest of the three parts of a data set?",
    hints=(
        "From which samples do gradients come?",
        "What are the other two parts used for, and how many samples does that take?",
    ),
    key_points="""
        learns: learn|fit|fits|fitted|updat|adapt|adjust|gradient|train on|trained on|trained with|weights are|parameters are|optimis & only|just|alone|model|network|weights|parameter|from it|from them => It is the only part that the model learns from.
        ~amount*0.5: more data|more sampl|more example|more train|many sampl|many example|much data|as much|as many|lot of|enough & better|generalis|model|network|learn|overfit|accura|need => The more samples it learns from, the better it generalises.
    """,
    forbid="""
        faster|speed|quick => A larger set makes training slower; the point is what can be learnt. [0.0]
        updat with valid|updat with test|updat on valid|updat on test|learn from valid|learn from test|train on valid|train on test => Nothing is learnt from validation and test samples. [0.0]
    """,
    models=(
        "It is the only data that the model learns from.",
        "Only these samples are used to update the weights, and the more there are, the better the model generalises.",
        "The parameters are fitted to the training data alone, so as much of it as possible is wanted; the other parts only measure.",
    ),
    samples="""
        1.0 | because the model is only trained on this part
        1.0 | the network needs as many samples as possible to learn from and it learns from the training set only
        0.5 | more training samples make a better model
        0.0 | because then training is faster
        0.0 | because the validation set is a part of the training set
    """,
    statements="""
        + Only training samples contribute to the gradients. | The other parts are run forward alone.
        + More training samples usually mean less overfitting. | It is harder to memorise many samples.
        + A measurement needs fewer samples than learning many weights. | For an estimate of the error a few thousand samples often do.
        + The validation set guides choices without changing the weights directly. | One compares settings by it.
        + A sample moved to the test set is lost for learning. | So the other parts are kept as small as a sound estimate allows.
        + The final model is judged by samples that have not been used before. | That is the purpose of the test set.
        - The weights are updated with the validation samples at the end of an epoch. | They are only measured on them.
        - The test set is used to choose the learning rate. | That is the purpose of the validation set.
        - A large training set makes an epoch shorter. | An epoch takes longer the more samples there are.
        - The training set is the largest because its error is the hardest to measure. | Its error is a by-product; what counts is that it is learnt from.
        - The training loss tells how the model does on new samples. | It has seen these samples; the other parts tell that.
        - The three parts share samples, so that the errors can be compared. | They must be disjoint.
    """,
)
