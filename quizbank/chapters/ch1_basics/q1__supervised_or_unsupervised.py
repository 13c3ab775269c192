"""Learning with labels and learning without them."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q1",
    title="Supervised and unsupervised learning",
    section="I.3",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("supervised learning", "unsupervised learning"),
    need=2,
    text="What is the difference between supervised and unsupervised learning?",
    hints=(
        "What comes with every sample in one of them?",
        "What can be found in data about which nothing else is known?",
    ),
    key_points="""
        supervised: supervis|with labels|labelled data & label|ground truth|target|annotat|right answer|correct answer|known answer|desired output|known output => Supervised learning is given the ground truth (a label, a target) of every sample.
        unsupervised: unsupervis & without|no label|not label|not ground truth|not target|are unlabelled|unlabelled data|unlabelled sampl|unlabelled input|unlabelled example|pattern|structure|cluster|hidden|discover|by itself|on its own => Unsupervised learning has no ground truth; it looks for structure in the data themselves.
    """,
    forbid="""
        watches train|watch train|monitors train|monitor train|supervises train => Supervised means that the right answers are given with the data, not that somebody watches. [0.0]
        human|person|people|teacher|somebody & watch|monitor|observ|look over|stand by => Supervised means that the right answers are given with the data, not that somebody watches. [0.0]
        unsupervis & need|requir|use|uses|given|get & label|target|ground truth => It is the other way round: supervised learning is given labels, unsupervised learning is not. [0.0]
    """,
    models=(
        "Supervised learning is trained with a label for every sample; unsupervised learning has no ground truth and finds patterns in the data.",
        "In supervised learning the correct answer is known for each training sample, whereas in unsupervised learning the model has to discover structure such as clusters by itself.",
        "Supervised: the data come with ground truth labels. Unsupervised: the data are unlabelled, and the model looks for structure.",
    ),
    samples="""
        1.0 | supervised uses labelled data, unsupervised works without labels and looks for patterns
        0.5 | in supervised learning every sample has a label
        0.0 | supervised learning needs a person who watches the training, unsupervised learning runs alone
        0.0 | unsupervised learning has labels and supervised learning has to find the structure by itself
    """,
    statements="""
        + Supervised learning needs a target for each training sample. | Its loss compares the prediction with that target.
        + Unsupervised learning looks for structure in data without given targets. | Groups, directions of large variance and compact codes are examples.
        + Learning to predict measured depths from images is supervised. | The measured depths are the ground truth.
        + K-means is unsupervised, since it uses nothing but the samples themselves. | No sample comes with the number of its cluster.
        + An autoencoder that reproduces its input needs no labels made by people. | Its target is the input itself, so it counts as unsupervised.
        + Labelled images can also be used for unsupervised learning. | One leaves the labels out.
        - An autoencoder is supervised, because its loss has a target. | The target is the input itself; nothing is given besides the data.
        - Clustering sorts samples into classes that were named beforehand. | The groups are found in the data and have no names.
        - A loss function cannot be defined without labels. | A reconstruction error, for example, needs none.
        - Supervised learning means that a person watches the training. | It means that the right answers are given with the data.
        - Images call for unsupervised learning, tables for supervised learning. | What counts is whether targets are given, not the sort of data.
        - Regression is unsupervised, because its targets are not classes. | Its targets are given numbers, so it is supervised.
    """,
)
