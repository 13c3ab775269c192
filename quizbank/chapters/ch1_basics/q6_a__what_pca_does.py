"""What principal component analysis does."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q6.a",
    title="Principal component analysis",
    section="I.3",
    points=3,
    difficulty=2,
    minutes=3,
    topics=("PCA", "unsupervised learning"),
    need=3,
    text="What is principal component analysis (PCA)? Say what it is for, what sort of map it uses, and what it keeps of the data.",
    hints=("Compare the number of features before and after.", "Along which directions are the data spread most?"),
    key_points="""
        reduction: dimension|fewer feature|fewer number|number of feature|compress|lower|fewer component|fewer variable|few number|few feature & reduc|fewer|less|lower|compress|small|project|few|decreas => It reduces the number of dimensions.
        linear: linear|projection|project|matrix|orthogonal|rotation|eigenvector => It is a linear map, a projection.
        variance: varianc|spread|scatter|vary|varies|variation|important|information|eigenval|principal direction => It keeps the orthogonal directions of largest variance.
    """,
    forbid="""
        labels & needs|uses|requires|given => PCA uses no labels. [0.5]
        autoencoder|neural network & is a => PCA is no neural network. [0.5]
    """,
    models=(
        "A linear technique for reducing the dimension of data, which keeps the directions with the largest variance.",
        "PCA projects the data onto fewer dimensions. The projection is linear, and it preserves as much of the variance as possible.",
        "It is a linear dimensionality reduction: the features are combined into a few new ones that hold the most important information.",
    ),
    samples="""
        1.0 | a linear dimensionality reduction that keeps most of the variance
        0.33 | it reduces the number of dimensions
        0.66 | it projects the data linearly to a lower dimension
        0.0 | it groups the data into K clusters
    """,
    statements="""
        + It projects the data linearly onto fewer dimensions. | The new coordinates are weighted sums of the old ones.
        + Its first direction is the one along which the data vary most. | The further ones follow with less and less variance.
        + Its directions are orthogonal to each other. | They are eigenvectors of the covariance matrix, which is symmetric.
        + It needs no labels, only the data themselves. | It is unsupervised.
        + With as many components as features, nothing is lost. | Then it only rotates the centred data.
        + Features measured on a large scale can dominate its first directions. | Their variance is large, which is why one often standardises first.
        - It selects the most important of the given features and drops the others. | Its components are combinations of all features, not a subset.
        - It finds the directions that separate the classes best. | It does not know the classes; it looks at the variance alone.
        - It can unroll data that lie on a curved surface. | It is linear, so it sees flat directions only.
        - It groups the samples, and keeps one centre for each group. | That is clustering, as in k-means.
        - Its first component has the smallest variance, since noise varies most. | It has the largest; whether that is noise, PCA cannot tell.
        - It reduces the number of samples, and keeps all features. | The number of samples stays; that of the features falls.
    """,
)
