"""Why the statistics for normalising come from the training set."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q12",
    title="Statistics of the training set",
    section="I.3",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("preprocessing", "data splits", "data leakage"),
    need=2,
    text="For normalising, why are mean and standard deviation computed from the training set alone?",
    hints=(
        "What would a mean over all data tell about the test samples?",
        "What should be true of the test set until the end?",
    ),
    key_points="""
        ~unseen: test|validation|evaluat|other sets|other split & unseen|unbias|bias|new|unknown|honest|fair|independent|optimist|leak|untouched|not seen|not known|not use|not influence|not enter|not available|too good|cheat|peek|realistic|not be used|not look => The test set (and the validation set) must stay unseen.
        ~information: information|leak|influence|flow|knowledge|know|depend|learnt|learn from|part of & train|model|learn|statistic|mean|preprocess|network|test|data => Mean and deviation are information that would leak into the model.
        same: same|equal|consistent & way|statistic|transform|scale|mean|manner|values|treat => New samples have to be treated like the training samples, with the same numbers.
    """,
    forbid="faster|speed|quick|cheaper => It is about leakage, not about time. [0.0]",
    models=(
        "The test set must stay unseen; the mean and std are information that the model could learn from, so they would leak.",
        "Statistics over all data would carry information about the test samples into the training, and the test result would be biased.",
        "Otherwise there is data leakage: the model is influenced by the test set, which then is no longer an unbiased measure.",
    ),
    samples="""
        1.0 | otherwise information about the test data leaks into the training and the test set is not unbiased
        0.5 | the test set has to stay unseen
        0.0 | because it is faster to compute them for one set
        0.0 | because only the training set is normalised
    """,
    statements="""
        + A mean over all data would carry information about the test samples. | It depends on them, and the model is trained with it.
        + The test samples are normalised with the statistics of the training set. | They have to be treated like any new sample.
        + The validation set, too, is left out when the statistics are computed. | It stands for unseen data while the model is developed.
        + When the model is used, only the training statistics are at hand. | A single new sample has no useful mean of its own.
        + The normalised test set need not have mean zero. | Its own mean differs a little from that of the training set.
        + Principal components should be computed from training samples only, too. | Whatever is estimated from data belongs to the training.
        - Each part gets its own statistics, so that each has mean zero. | Equal inputs would then be treated differently.
        - Statistics without labels cannot leak anything. | They tell where the test samples lie, even without labels.
        - The test set is not normalised, so its statistics are not needed. | It is normalised like all data, with the training statistics.
        - The reason is that the mean over a smaller set is more exact. | It is less exact; the reason is leakage.
        - The statistics should be updated with every test sample that comes in. | Then the result would depend on the test data and their order.
        - Leakage can occur only through gradients computed on test samples. | Any number estimated from them and used in training leaks.
    """,
)
