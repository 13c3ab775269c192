"""Why batch normalisation keeps running averages."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q4.c",
    title="Running averages",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("batch normalisation", "inference"),
    need=2,
    text="Why does batch normalisation have to keep running averages of mean and variance during training?",
    hints=(
        "How many samples may come at a time once the model is in use?",
        "For which set should the averages speak?",
    ),
    key_points="""
        single: single|one sample|one instance|one image|one at a time|individual|no batch|not batch|without a batch|alone|not depend on|independent of|may be small|batch of size 1|other samples & inference|test|deploy|evaluat|predict|use|later|after training => At inference a single sample may come: there is no batch to take statistics from.
        stand_in: approximat|estimat|represent|whole|entire|overall|training set|population|stand in|instead|replace|normalise with|used at|use them|used in|are used|use stored|use saved|use running|use averages|stored averages|saved averages|stored statistics|saved statistics|collected => The running averages approximate the statistics of the training set and are used instead.
    """,
    forbid="""
        backward|backprop|gradient|momentum => The averages are not used in the backward pass; they are for inference. [0.0]
        own statistics|own mean|batch statistics are used|statistics of the batch are used & inference|test|predict => It is in training that a batch is normalised with its own statistics; at inference the running averages are used. [0.0]
    """,
    models=(
        "At inference single samples come, so there is no batch to compute statistics from; the running averages approximate those of the training set and are used instead.",
        "When the model is tested on one image, its mean and variance cannot be computed over a batch. Estimates for the whole training data take their place.",
        "The prediction for a sample in later use should not depend on other samples; one therefore normalises with the overall statistics collected in training.",
    ),
    samples="""
        1.0 | during testing we have a single instance and no batch, so we use an approximation of the statistics computed in training
        0.5 | they approximate the statistics of the whole training set
        0.5 | a single test sample has no batch to compute a mean over
        0.0 | they are needed for backpropagation
        0.0 | to save memory during training
    """,
    statements="""
        + At inference a single sample may have to be normalised. | One sample gives no statistics over a batch.
        + The running averages approximate the statistics of the training set. | They collect the means and variances of many batches.
        + With them the prediction for a sample does not depend on other samples. | The statistics are fixed at inference.
        + They are stored with the model although they are not learnt by gradients. | Inference needs them; they are updated by averaging.
        + In training a batch is normalised with its own mean and variance. | The running averages are only updated meanwhile.
        + At inference batch normalisation is a fixed affine map for each feature. | Mean, variance, scale and shift are constants then.
        - In training a batch is normalised with the running averages. | With its own statistics; the averages are for inference.
        - They are needed to compute the gradients of scale and shift. | Those need the normalised values of the batch.
        - They are updated with the test data during inference. | They stay fixed there.
        - They take the place of scale and shift at inference. | Scale and shift are applied as well.
        - They are trained by the optimiser like weights. | They have no gradients and are updated by averaging.
        - There is one running mean for each sample of the training set. | There is one for each feature or channel.
    """,
)
