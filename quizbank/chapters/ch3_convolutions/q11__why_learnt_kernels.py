"""Why networks are not built from handcrafted kernels."""

from quizbank import Conceptual

question = Conceptual(
    "ch3.q11",
    title="Why kernels are learnt",
    section="III.5",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("handcrafted kernels", "convolution"),
    need=2,
    text="Kernels such as the Sobel filter for edges are known. Why are deep networks not built from fixed handcrafted kernels like these?",
    solution="Handcrafted kernels are fixed: they are not learnt, so they cannot adapt to the data and the task. That they find only what somebody thought of, while nobody knows in advance which features a task needs, is half of the reason.",
    hints=(
        "What happens to the entries of such a kernel in training?",
        "Who knows in advance which features a task needs?",
    ),
    key_points="""
        fixed*2: not learn|cannot learn|not train|fixed|not adapt|cannot adapt|not adjust|not updat|not optimi|cannot chang|not chang|adapt|learn|train|task specific|constant|static|tailor|fit themselves|fit the task|suit the task|suit the problem|optimis|backprop => Handcrafted kernels are fixed: they are not learnt, so they cannot adapt to the data and the task.
        narrow: only find|only detect|only respond|only extract|only works for|only one pattern|only edge|only those pattern|limited|narrow|thought of|knows in advance|know in advance|known in advance|knows beforehand|unknown|by hand|human & feature|pattern|edge|task|kernel|filter|design|data => They find only what somebody thought of; which features a task needs is not known in advance.
    """,
    forbid="""
        too expensive|too slow|more parameters|more memory => Their cost is not the reason: a fixed kernel is as cheap as a learnt one and has no parameters to train. [0.0]
        not differentiable|gradient not flow|gradients not flow|gradient not pass|gradients not pass|block the gradient|blocks the gradient|stop the gradient => Gradients pass through a fixed kernel as through any convolution; it is only its own entries that get no step. [0.0]
        handcrafted|hand|fixed|sobel & adapt to|adapts to|learn from|learns from => It is the other way round: handcrafted kernels are fixed, and training adapts learnt ones. [0.0]
        learnt|learned|trained & stay fixed|stays fixed|are fixed|not adapt|not change => It is the other way round: handcrafted kernels are fixed, and training adapts learnt ones. [0.0]
    """,
    models=(
        "They are fixed and not learnable, so they cannot adapt to the task at hand.",
        "Their weights are constant. A network should learn from the data which features it needs.",
        "Because handcrafted kernels are not trained: learnt filters are optimised for the problem, and fixed ones find only what somebody thought of.",
    ),
    samples="""
        1.0 | because they can't be learned and so don't adapt to the task
        1.0 | fixed weights, no adaptation to the data
        0.5 | they only detect edges
        0.0 | because they are too expensive
        0.0 | since they do not work on colour images
    """,
    statements="""
        + Their entries are not adapted to the data and the task. | A fixed kernel is no parameter.
        + Nobody knows by hand which features deeper layers should look for. | Useful combinations of features are found in training.
        + Networks learn kernels in their first layers that resemble edge detectors where these help. | What is useful is found, and more.
        + As initial weights that are trained further they would be possible. | Then they adapt like any others.
        + A fixed kernel finds the pattern it was made for, whether it matters for the task or not. | Training cannot change it.
        + Kernels for maps with hundreds of channels would have to be designed by hand, too. | Handcrafted kernels are made for images.
        - They cannot be applied to the maps of a network, since they are not convolutions. | They are kernels of convolutions.
        - They need more computation than learnt kernels of the same size. | The cost depends on the size, not on the values.
        - They have more parameters than learnt kernels. | Fixed entries are no parameters at all.
        - No gradient can be sent back through them to earlier layers. | The layer is linear; gradients pass as through any convolution.
        - They find edges less reliably than a random kernel does. | They are made for edges and find them.
        - They overfit the training data, because they have no regularisation. | What is not trained cannot overfit.
    """,
)
