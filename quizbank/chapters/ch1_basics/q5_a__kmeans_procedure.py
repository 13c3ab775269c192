"""How k-means proceeds."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q5.a",
    title="The k-means algorithm",
    section="I.3",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("k-means", "unsupervised learning"),
    need=3,
    text="Describe the k-means algorithm: what does it do in each iteration, and when does it stop?",
    hints=(
        "One iteration has two steps: one is about the points, the other about the centres.",
        "When would another iteration change nothing?",
    ),
    key_points="""
        assign: nearest|closest|nearer|closer|smallest distance|least distance|minimal distance|shortest distance & centre|centroid|cluster|mean => Each point is assigned to the nearest centre.
        update: mean|average|centre of mass|barycentre & recomput|recalculat|updat|mov|new|comput|becom|set to|shift|replac|then|centre|centroid => Each centre becomes the mean of its points.
        repeat: repeat|iterat|until|converg|again and again|stable|loop|not change|over and over => Both steps are repeated until nothing changes any more.
    """,
    forbid="label & given|needs|uses|known|train => K-means is unsupervised: it is given no labels. [0.5]",
    models=(
        "Every point is assigned to the closest of the K centres, then each centre is recomputed as the mean of its points; this is repeated until the assignment is stable.",
        "It alternates between assigning the samples to the nearest centroid and moving each centroid to the average of its cluster, until convergence.",
        "Choose K centres. Assign each data point to the centre with the smallest distance, replace the centres by the means of their points, and iterate until nothing changes.",
    ),
    samples="""
        1.0 | assign each point to its nearest centre, set the centres to the mean of their points, repeat until they do not move
        0.66 | points go to the nearest centre and then the centre is computed again as the average of its points
        0.33 | each sample belongs to the closest centre
        0.0 | it looks at the k nearest labelled neighbours of a point and takes the most frequent label
    """,
    statements="""
        + Each point is assigned to the centre that is nearest to it. | This is the first step of an iteration.
        + Each centre is moved to the mean of the points assigned to it. | The mean has the least sum of squared distances.
        + It stops when the assignment does not change any more. | Then the centres do not move either.
        + The result may depend on where the centres start. | It finds a local optimum; one often starts several times.
        + Neither of its two steps raises the sum of squared distances. | So it comes to an end after finitely many iterations.
        + It works without any labels. | It is unsupervised: only distances between points and centres count.
        - It looks at the k nearest neighbours of a point and lets them vote. | That is k-nearest neighbours, which needs labels.
        - It finds the best clustering whichever centres it starts from. | It may end in a local optimum.
        - Each point keeps its first cluster; only the centres are moved. | The points are assigned anew in each iteration.
        - The number of clusters grows until every cluster is tight enough. | The number is chosen beforehand and stays.
        - The centres are moved by gradient descent with a learning rate. | They jump to the means of their points.
        - All clusters end up with equally many points. | A point goes to the nearest centre, however many went there before.
    """,
)
