"""Why batch normalisation regularises a little."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q4.b",
    title="Batch normalisation as regularisation",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("batch normalisation", "regularisation"),
    need=2,
    text="Why is batch normalisation sometimes called a regularisation technique?",
    hints=("Would a sample be normalised in the same way in another batch?", "What does noise do to training?"),
    key_points="""
        noise: nois|random|fluctuat|vary|varies|estimate|approximat|depends on batch|depend on batch|depends on the other|inaccura|jitter|rough & batch|statistic|mean|varianc|sample|activation => The statistics of a small batch are noisy estimates of those of the whole training set.
        harder: not memoris|not rely|not overfit|harder|difficult|generalis|overfit|robust|memoris|perturb|like dropout|regularising effect|disturb|too exactly|too closely|too perfectly|too well|from fitting => This noise makes training a bit harder, which helps to generalise.
    """,
    forbid="""
        penalty|penalises|weights small|small weights|shrinks weights|smaller weights|sparse => Batch norm adds no penalty; its effect comes from noisy batch statistics. [0.0]
        removes noise|reduces noise|less noise|no noise|filters noise|training easier|easier to train|easier to fit => It regularises by the noise that the batch statistics bring in, which makes training harder. [0.0]
    """,
    models=(
        "The mean and variance of a small batch only approximate those of the training set; this noise makes training a bit harder.",
        "A sample is normalised with random statistics that depend on the batch, so the network cannot memorise exact values and generalises better.",
        "Because batch statistics fluctuate, the activations are disturbed by noise, an effect like dropout that reduces overfitting.",
    ),
    samples="""
        1.0 | the batch statistics are noisy estimates of the whole set, which makes training harder
        0.5 | it introduces noise because the mean is computed from a batch
        0.5 | the model overfits less with it
        0.0 | it penalises large weights
        0.0 | it prevents vanishing gradients
    """,
    statements="""
        + The mean of a batch is a noisy estimate of the mean over all training data. | It is taken over a few random samples.
        + The output for a sample depends on the other samples of its batch. | They enter its mean and variance.
        + Its noise makes it harder to fit single samples exactly. | They look a little different in each batch.
        + Its regularising effect becomes weaker with larger batches. | The noise of a batch mean falls like 1/√B.
        + At inference its noise is gone. | Fixed running statistics are used there.
        + Its regularising effect is a by-product; it is meant to ease optimisation. | It keeps activations in a good range.
        - It adds the squares of its scales to the loss. | It adds nothing to the loss.
        - It keeps the weights of the layer before it small. | It rescales activations; the weights may have any size.
        - Its regularising effect becomes stronger with larger batches. | Larger batches give less noisy statistics.
        - It drops units whose variance over the batch is small. | No unit is dropped; each is rescaled.
        - Its running averages add noise at inference. | They are fixed numbers there.
        - Its scale and shift are drawn at random for each batch. | They are learnt parameters; the noise comes from mean and variance.
    """,
)
