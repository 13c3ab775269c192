"""The hyperparameter of k-means, too small and too large."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q5.b",
    also=("ch1.q5.c",),
    title="The number of clusters",
    section="I.3",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("k-means", "hyperparameters"),
    need=3,
    text="What is the main hyperparameter of k-means? What goes wrong if it is chosen too small, and what if it is chosen too large?",
    hints=(
        "Which number must be known before the algorithm starts?",
        "Think of three groups of points and of one centre; then of ten centres.",
    ),
    key_points="""
        ~hyperparameter: number of cluster|number of centre|number of centroid|number of group|amount of cluster|how many cluster|how many centre|how many group|few cluster|many cluster|few centre|many centre|value of K|hyperparameter K|K clusters|K centres|is K|choose K|K if|K too|K low|K small|K large|K high|small K|large K => It is the number of clusters, K.
        small: merg|join|mix|lump|combin|unit|thrown together|put together|up together|fall together|one cluster|same cluster|one group|single cluster|lead to underfit|to underfit|mean underfit|is underfit|be underfit => Too small: groups that differ are merged (underfitting).
        !large: split|divid|torn|tear|break|broken|apart|cut|piece|several cluster|many cluster|differ cluster|separat cluster|get separat|are separat|lead to overfit|to overfit|mean overfit|is overfit|be overfit => Too large: groups of similar points are split (overfitting).
    """,
    forbid="overfit => It is the other way round: too few clusters underfit, too many overfit. [0.33]",
    swap=("small|few|low", "large|many|high"),
    models=(
        "It is the number of clusters K. If it is too small, different groups are merged; if it is too large, similar points are split into several clusters.",
        "The hyperparameter is K, the number of centres. With too few of them dissimilar points end up together, which is underfitting, and with too many of them one natural group is divided, which is overfitting.",
        "One has to choose how many clusters there are. A small value lumps different groups together. A large value cuts groups that belong together into pieces.",
    ),
    samples="""
        1.0 | the number of clusters; too small merges different clusters and too large splits similar ones
        0.33 | it is the number of clusters
        0.66 | K, the number of clusters, and too small a K means underfitting because groups are merged
        0.33 | the number of clusters; too small a number splits groups that belong together and too large a number merges different groups
        0.0 | the learning rate: too small means slow convergence, too large means divergence
    """,
    statements="""
        + The number of clusters is chosen before the algorithm starts. | It is the hyperparameter K.
        + With too few clusters, groups that differ are merged. | One centre has to serve several groups.
        + With too many clusters, points that are similar are split. | Several centres share one group.
        + With as many clusters as points, the scatter within clusters can be zero. | Every point can be its own centre; nothing is learnt.
        + With one more cluster the smallest possible scatter is no larger than before. | So the scatter alone does not say how many clusters there are.
        + The places of the centres are learnt from the data. | They are what the iterations change; K stays.
        - The starting centres are the result; the number of clusters follows from them. | The centres are moved; their number is given.
        - The number of clusters with the smallest scatter is the right one. | The smallest scatter, zero, belongs to one cluster for each point.
        - Too few clusters lead to overfitting, because each has many points. | Few clusters describe the data too coarsely: underfitting.
        - A cluster too many stays empty, so a large number does no harm. | The surplus centres split groups that belong together.
        - The learning rate is the hyperparameter that matters most in k-means. | It has none: a centre jumps to the mean of its points.
        - The number of clusters has to equal the number of features. | Points with two features may form seven groups.
    """,
)
