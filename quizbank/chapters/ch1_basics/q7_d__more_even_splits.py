"""When the parts of a data set may be more even, and when less."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q7.d",
    title="More even or less even parts",
    section="I.3",
    points=2,
    difficulty=3,
    minutes=4,
    topics=("data splits", "overfitting"),
    need=2,
    text="""
Take a split of 80 : 10 : 10 as the usual one. When may the parts be more even, and when should the training set get an even larger share?
""",
    hints=(
        "How much does the model suffer when some training samples are taken away?",
        "What is one percent of ten million samples?",
    ),
    key_points="""
        even: even|equal|relax|balanced|more valid|more test|afford|larger valid|bigger valid|larger test|bigger test|smaller train & large data|larg|big|huge|plenty|lot|enough|sufficient|abundan|not overfit|not prone|little overfit|many sampl|many data|many example|many image|much data|no risk|simple model => More even when there is plenty of data and little danger of overfitting.
        ~uneven: train|less even|uneven|other way|larger share|bigger share|90|95 & small data|few data|few sampl|few example|few train|few image|little data|less data|set small|set tiny|data small|small set|small train|small number|scarce|overfit|not enough|limited|short of|not many|not much => A larger training share when data are scarce or the model is prone to overfitting.
        huge: million|huge|enormous|very large|gigantic|absolute & percent|98|99|1|fraction|share|small part|still => For a huge data set a percent or two is still many samples, so that 98 : 1 : 1 is sensible, too.
    """,
    forbid="more even|equal|evenly & small data|data small|set small|few data|few sampl|few example|little data|scarce|tiny data => It is the other way round: scarce data call for a larger training share. [0.0]",
    models=(
        "More even when the data set is big enough and the model is not prone to overfitting; the training set should get more when there are few data or overfitting threatens.",
        "If there is plenty of data, the split may be relaxed to be more even. If data are scarce, the training set needs a larger share, otherwise the model would overfit.",
        "The parts may be more equal with lots of data and a simple model. With millions of samples, though, one percent is still enough for validation, so 98:1:1 is fine as well.",
    ),
    samples="""
        1.0 | more even if the data set is large and the model does not overfit, a larger training share if there is little data
        0.5 | it can be more even if we have enough data
        0.0 | more even if there are three or more classes
        0.0 | more even when there are many classes because each class needs its own share
    """,
    statements="""
        + With plenty of data the training set can spare some samples. | The model hardly gets worse, and the estimates get better.
        + A model that hardly overfits allows a more even split. | It does not depend on the last training samples.
        + With scarce data the training set needs a larger share. | Each sample that is taken away makes overfitting worse.
        + In ten million samples one percent is enough for validation. | That is a hundred thousand samples.
        + What counts for an estimate is the number of samples, not their share. | Its standard error falls with the square root of that number.
        + To see small differences between models one needs a larger validation set. | The chance error has to be smaller than the difference.
        - A large model that overfits calls for a more even split. | It needs all the training samples it can get.
        - For a huge data set the validation share has to stay at ten percent. | A smaller share still has enough samples.
        - With scarce data the parts should be equally large. | Then too little would be left to learn from.
        - The split should become more even the more classes there are. | More classes need more samples in all parts, in training above all.
        - A larger validation share makes the model generalise better. | It takes training samples away; only the estimate gets better.
        - The error of an estimate depends on the share of the data it is made from. | It depends on the number of samples.
    """,
)
