"""The network that does what PCA does, and more."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q6.b.i",
    also=("ch1.q6.b.ii",),
    title="A network in place of PCA",
    section="I.3",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("PCA", "autoencoders"),
    need=2,
    text="Which network architecture does a job similar to that of PCA? Why is the network often preferred for real problems?",
    hints=(
        "Which network squeezes its input through a narrow layer?",
        "What lies between its layers that PCA does not have?",
    ),
    key_points="""
        ~network: autoencoder|encoder decoder|bottleneck => An autoencoder, with its bottleneck.
        nonlinear: nonlinear|not linear|curved|activation function|relu|non-linear => It is non-linear, so it captures structure that no flat projection can.
    """,
    swap=("autoencoder", "PCA"),
    forbid="""
        label & needs|uses|requires|with|has => An autoencoder needs no labels; it is its non-linearity that helps. [0.5]
        gan|discriminator|cnn|rnn|transformer|k means => What compares with PCA is an autoencoder, which compresses its input and restores it. [0.5]
    """,
    models=(
        "An autoencoder. It is non-linear, so it can capture non-linear structure in the data.",
        "The autoencoder with its bottleneck reduces the dimension, too. Thanks to its activation functions it is nonlinear, so it can follow the curved structure of real data.",
        "Autoencoders: PCA finds linear combinations only, and most real data need non-linear features, which can also serve further tasks.",
    ),
    samples="""
        1.0 | an autoencoder, because it can learn non-linear features
        0.5 | an autoencoder
        0.5 | an autoencoder, because it uses labels
        0.0 | k-means, because it is faster
    """,
    statements="""
        + An autoencoder passes its input through a narrow layer. | The code in it is the input in fewer dimensions.
        + With non-linear activations it can describe data on a curved surface. | PCA finds flat directions only.
        + Without activations an autoencoder with as short a code cannot beat PCA on the training data. | In squared error, no linear code is better than the subspace that PCA finds.
        + Both are trained without labels. | PCA uses the covariance of the data, the autoencoder its own input as target.
        + Its encoder can be trained further as part of a classifier. | It is a network like any other.
        + PCA has a closed solution, while an autoencoder is trained by descent. | So PCA is simpler, and often a good start.
        - An autoencoder without activations reaches a lower error than PCA with as many dimensions. | Among linear maps to so many dimensions, PCA has the least error.
        - PCA needs labels, while an autoencoder does without them. | Neither uses labels.
        - A convolutional classifier is the network most like PCA. | It learns from labels; PCA's counterpart reconstructs its input.
        - The code of an autoencoder has orthogonal, sorted components. | That is PCA; the entries of a code have no order.
        - An autoencoder needs fewer samples than PCA, since it is more flexible. | Flexible models need more samples, or they overfit.
        - A wider bottleneck makes the autoencoder more like PCA. | Its likeness to PCA comes from linearity, not from the width.
    """,
)
