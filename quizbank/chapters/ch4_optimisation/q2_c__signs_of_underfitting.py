"""Two signs of underfitting."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q2.c",
    title="Signs of underfitting",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("underfitting", "loss curves"),
    need=2,
    text="State two different observations during or after training that indicate underfitting.",
    hints=(
        "What may the training loss still be doing at the last epoch?",
        "What would the accuracy on the training set tell?",
    ),
    key_points="""
        falling: still|continue|continuing|keeps|yet|not converged|not reached|not flattened|not levelled|not settled & decreas|fall|improv|drop|going down|go down|goes down|sink|declin|reduc|converg|minimum|plateau|flatten|level|settle => The training loss is still falling when training stops.
        poor: train|both & low accuracy|low train|low classification|accuracy is low|accuracy is very low|accuracy is too low|accuracy stays low|accuracy remains low|low performance|very low|is low|too low|stays low|poor|bad|high loss|high train|high error|loss is high|loss is too high|loss is still high|loss is very high|loss stays high|loss remains high|losses are high|losses high|loss high|both high|losses stay high|losses remain high|large loss|loss is large|loss stays large|error is large|error is high|error stays high|error remains high|error is still high|errors are high|errors stay high|large error|loss is not going down|loss does not go down|loss does not decrease|loss hardly decreases|not fit|not learn|not solve|not well => The training loss is high, or the accuracy on the training set low.
        close: close|similar|small gap|little gap|no gap|hardly any gap|near each other|almost equal|nearly equal|nearly the same|almost the same|nearly identical|almost identical|together => Training and validation loss are close together, and both high.
    """,
    forbid="""
        gap & large|big|wide|grow|increas|widen => A large gap indicates overfitting. [0.0]
        validation loss rises|validation loss increases|validation loss grows|validation loss goes up => A rising validation loss indicates overfitting. [0.5]
        training loss is low|low training loss|training loss is small|training loss is very low|training loss is very small|high training accuracy|training accuracy is high => A model that has learnt its training data does not underfit. [0.0]
    """,
    models=(
        "The training loss is still decreasing when training stops, and the accuracy on the training set is very low.",
        "Both losses are high, and they stay close to each other.",
        "The model has bad results on the training data itself; the losses have not converged yet and keep on falling.",
    ),
    samples="""
        1.0 | the training loss is still falling at the end, or the training accuracy is low
        0.5 | the training loss stays high
        0.0 | the validation loss rises while the training loss falls
        0.0 | there is a large gap between training and validation loss
    """,
    statements="""
        + A sign of it: the training loss is still falling at the last epoch. | More epochs would improve the fit.
        + A sign of it: the accuracy on the training set is hardly above guessing. | The model has not learnt its own data.
        + A sign of it: training and validation loss are both high and close together. | The model has learnt nothing that could fail to generalise.
        + A sign of it: a wide autoencoder reconstructs even its training images badly. | A model that has not learnt its training data underfits.
        + A sign of it: a larger model reaches a much lower training loss. | The smaller one lacked capacity.
        + A sign of it: the training loss has settled far above what others reach on the data. | A better model or optimiser could fit it.
        - A sign of it: the validation loss has been rising for several epochs. | A rising validation loss indicates overfitting.
        - A sign of it: the training accuracy reaches 100 % within a few epochs. | The training data is learnt completely.
        - A sign of it: the validation loss is far above a small training loss. | This gap indicates overfitting.
        - A sign of it: the training loss varies from batch to batch. | Batches differ; that noise is normal.
        - A sign of it: the test accuracy is far below the training accuracy. | The gap indicates overfitting.
        - A sign of it: the weights have become very large after many epochs. | Large weights rather go with overfitting.
    """,
)
