"""The linear relative of an autoencoder."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q3.c",
    title="Beyond PCA",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("autoencoder", "PCA"),
    text="Which linear method does an autoencoder resemble? What is its advantage over that method?",
    hints=(
        "Which method projects data onto a few directions and back?",
        "What lies between the layers of an autoencoder?",
    ),
    key_points="""
        pca: pca|principal component => It resembles principal component analysis (PCA).
        nonlinear: nonlinear|non-linear|nonlinearit|non-linearit|activation|complex|curved|manifold => It is non-linear, so it can learn more complex features.
    """,
    forbid="pca is nonlinear|pca can nonlinear|pca captures nonlinear|pca handles nonlinear|autoencoder is linear|autoencoders are linear => It is the other way round: PCA is linear. [0.5]",
    models=(
        "PCA. An autoencoder is non-linear and can learn more complex features.",
        "It resembles principal component analysis, but with activations it can describe curved manifolds.",
        "Principal components; thanks to its nonlinearities the autoencoder captures more complex structure.",
    ),
    samples="""
        1.0 | it is like PCA, but nonlinear
        0.5 | principal component analysis
        0.0 | linear regression, but it is faster
        0.5 | it resembles k-means, but it can learn non-linear features
    """,
    statements="""
        + On centred data, without activations and with the squared error, an autoencoder learns the same subspace as PCA. | Both minimise the squared reconstruction error of a linear projection.
        + With activations, an autoencoder can follow curved structures in the data. | PCA finds flat subspaces only.
        + PCA reduces dimensions by a linear projection. | It projects on the directions of largest variance.
        + The components of PCA are orthogonal; the latent features of an autoencoder need not be. | Nothing in the reconstruction loss asks for it.
        + For the same number of latent dimensions, an autoencoder can have a lower reconstruction error than PCA. | It can also represent what PCA can, and more.
        + PCA needs no gradient descent, whereas an autoencoder is trained step by step. | Its directions are the eigenvectors of the covariance matrix.
        + Both need no labels. | They work with the data alone.
        - PCA can follow curved structures, an autoencoder with activations cannot. | It is the other way round.
        - The linear relative of an autoencoder is logistic regression. | It is PCA: both compress and reconstruct.
        - An autoencoder needs labels, PCA does not. | Neither of the two does.
        - An autoencoder without activations can learn more complex features than PCA. | It is linear then, and no better than PCA.
        - The components of PCA depend on a random initialisation, the features of an autoencoder do not. | It is the other way round.
        - An autoencoder is preferred to PCA because it needs less computation. | PCA is usually much cheaper; the advantage is that the autoencoder is non-linear.
        - An autoencoder finds its features in one step from the eigenvectors of the covariance matrix. | That is PCA; an autoencoder is trained by gradient descent.
    """,
)
