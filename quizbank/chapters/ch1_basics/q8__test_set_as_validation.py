"""Why the test set cannot stand in for the validation set."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q8",
    title="The test set as validation set",
    section="I.3",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("data splits", "validation", "overfitting"),
    need=2,
    text="""
Someone proposes to add the validation set to the training set and to validate with the test set instead.
What is the validation set there for, and what happens to the test set in this proposal?
""",
    hints=(
        "Which decisions are taken while a model is developed?",
        "What must be true of samples that tell how well a finished model does?",
    ),
    key_points="""
        ~decisions: overfit|tune|tuning|tuned|hyperparameter|choos|choice|select|decision|decid|early stop|monitor|stopping|architecture|generalis => The validation set shows overfitting and guides decisions such as hyperparameters.
        ~unbiased: test|final|estimat|evaluat|result|performance & bias|unseen|independent|honest|fair|optimist|contaminat|untouched|unused|not new|once|too good|leak|overfit to test|fitted to test|adapt|not seen|never|unknown|final|last|trust|realistic => The test set must stay unbiased: used for decisions, it no longer tells how the model does on unseen data.
    """,
    forbid="more train data is|good idea|no problem|nothing is lost|no difference => Something is lost: the unbiased final estimate. [0.0]",
    models=(
        "The validation set is needed to notice overfitting and to tune hyperparameters; if the test set is used for that, it is no longer unbiased for the final estimate.",
        "Decisions such as early stopping are taken on the validation data. When they are taken on the test set, its result becomes too optimistic, since the model was selected to do well on it.",
        "With the validation set we choose the settings. The test set has to stay unseen until the end, otherwise we have no honest measure of generalisation.",
    ),
    samples="""
        1.0 | validation data are for tuning and detecting overfitting, and the test set would no longer be an unbiased final check
        0.5 | the test set must stay unseen, it would be biased
        0.5 | without it we do not notice overfitting and cannot tune the hyperparameters
        0.0 | nothing is lost, more training data is a good idea
    """,
    statements="""
        + The test error would become an optimistic estimate. | Settings are chosen because they do well on these very samples.
        + Hyperparameters are chosen by the error on the validation set. | It stands in for unseen data while the model is developed.
        + The validation set shows when a model starts to overfit. | Its loss rises while the training loss still falls.
        + Choosing the best of many models on a set fits that set a little. | By luck one of them suits its noise.
        + After the proposal no sample is left for a sound final estimate. | Training samples are learnt from, and test samples are chosen by.
        + Stopping early by the test loss is a decision taken on the test set. | So the test set is no longer unseen.
        - The test error stays unbiased as long as no gradient is computed on it. | Decisions taken on it leak information, too.
        - The proposal is harmless, because the training set gets larger. | The model may gain a little, but its quality can no longer be measured.
        - The validation set is used to fit the weights once the training set is done. | It is measured on; the weights come from the training set.
        - The test set is there to choose the learning rate. | That is what the validation set is for.
        - Overfitting can be seen from the training loss alone. | It shows in the gap to the loss on other samples.
        - Using the test set often makes its estimate more reliable. | Each use for a decision makes it more optimistic.
    """,
)
