"""What underfitting is."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q2.b",
    title="Underfitting",
    section="IV.4",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("underfitting", "generalisation"),
    need=1,
    steps=2,
    text="Define underfitting in a short sentence.",
    hints=(
        "On which data does an underfitted model do badly?",
        "What does that say about its capacity or its training?",
    ),
    key_points="""
        training: train|data it has learnt|data it learnt|seen data|own data & not perform|not do|not fit|not learn|not solve|not work|not well|not good|not captur|not explain|not reduc|not describe|not even|poor|bad|high|low accuracy|large|fail|weak => The model does badly already on the training data.
        cause*0.5: too simple|not complex enough|too small|too weak|too little capacity|not enough capacity|low capacity|capacity is too low|capacity too low|not expressive|not flexible|not powerful|not trained long|not trained enough|trained too briefly|too few epochs => A model that is too simple, or was trained too briefly, does so; but that is the cause, not the meaning.
    """,
    forbid="""
        train & well|good|great on|great in|excellent|perfect|low loss|small loss|low error|small error|error is low|error is very low|error is small|loss is low|loss is very low|loss is small => That is overfitting or a good fit: an underfitted model does badly on its training data. [0.0]
        memoris|by heart => That is overfitting. [0.0]
    """,
    models=(
        "The model does not perform well even on the training data.",
        "The training loss stays high, because the network fails to learn the patterns in its data.",
        "A poor fit: already on the training set the error is large.",
    ),
    samples="""
        1.0 | the model is bad already on the training data
        0.0 | the model does well on the training data but badly on the test data
        1.0 | it cannot fit the training set
        0.5 | the model has too little capacity
        0.0 | there is too little training data
    """,
    statements="""
        + The model does badly already on the data it was trained on. | It has not learnt the patterns there.
        + Too little capacity can be its cause. | The model cannot express what the data asks for.
        + Training for more epochs can cure it. | The losses may not have converged yet.
        + Regularisation that is too strong can cause it. | It can keep the model from learning the training data.
        + It can be seen without any validation data. | A high training loss is enough to see it.
        + An optimiser that is stuck near a saddle point can cause it. | Then the training loss stops falling at a high value.
        - The model does well in training and badly on other data. | That is overfitting.
        - More dropout is a common remedy for it. | Dropout makes training harder; it counters overfitting.
        - Collecting more training samples is a common remedy for it. | The model does not even learn those it has.
        - It shows as a large gap between training and validation loss. | Both are high and usually close together.
        - A model with many parameters cannot show it. | Such a model underfits, too, if it is trained badly or too briefly.
        - The model has learnt the noise of its training samples. | That is overfitting.
    """,
)
