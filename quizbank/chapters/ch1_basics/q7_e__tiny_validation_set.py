"""What a tiny validation set leads to."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q7.e",
    title="A tiny validation set",
    section="I.3",
    points=1,
    difficulty=2,
    minutes=2,
    topics=("data splits", "validation", "overfitting"),
    need=1,
    steps=2,
    text="What is the consequence of a validation set that is far too small?",
    hints=(
        "How sure can one be of an accuracy measured on twenty samples?",
        "What does one want to notice with the validation set?",
    ),
    key_points="""
        ~unreliable: overfit|generalis|estimat|accura|metric|score|measur|performance|result|loss|error|evaluat|hyperparameter & not detect|not notic|undetect|unnotic|unreliab|not reliab|nois|random|varia|chance|luck|uncertain|fluctuat|mislead|not trust|hid|not see|not recognis|miss|not tell|unstable|not meaningful|not able|imprecise|inaccurate|outlier|not discover|by accident => Its estimate is unreliable, so that overfitting may go unnoticed.
        ~represent*0.5: represent|distribut|cover|case|class|variet|kind & not|few|miss|hardly|bad|poor|unlike|lack => So few samples do not represent the distribution.
    """,
    forbid="model underfit|will underfit|to underfit|lead to underfitting => How well the training data are fitted does not depend on the validation set. [0.0]",
    models=(
        "Overfitting may go undetected, because the estimate is unreliable.",
        "The validation accuracy is very noisy and depends on chance, so one cannot tell whether the model generalises.",
        "It does not represent the data distribution, and therefore we would not notice when the model overfits.",
    ),
    samples="""
        1.0 | we might not detect that the model overfits
        1.0 | the measured accuracy is random and cannot be trusted
        0.5 | it is not representative of the data
        0.0 | the model underfits because it has too few samples
        0.0 | the training takes longer
    """,
    statements="""
        + The measured accuracy depends strongly on which samples happen to be in it. | With few samples the chance error is large.
        + Overfitting may go unnoticed. | The measured gap is lost in the noise.
        + The better of two models may look worse. | The difference can be smaller than the chance error.
        + Rare cases may not occur in it at all. | Then nothing is learnt about how the model treats them.
        + Early stopping may pick an epoch that was good by luck. | The noise decides where the curve is lowest.
        + With four times as many samples the standard error would be halved. | It falls with the square root of their number.
        - The weights are fitted with too few samples. | They are fitted on the training set, which is all the larger.
        - The validation accuracy comes out too low. | It may err in either direction.
        - The gradients of an epoch become noisy. | Gradients come from training batches.
        - The model underfits, because it is validated too rarely. | How it fits its training data has nothing to do with it.
        - The loss on the training set can no longer be computed. | That needs no validation samples.
        - The validation loss can no longer rise above the training loss. | It can; noise merely hides by how much.
    """,
)
