"""Why data are shuffled before they are split."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q7.a",
    title="Shuffling before splitting",
    section="I.3",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("data splits",),
    need=1,
    steps=2,
    text="Why are the data shuffled before they are divided into training, validation and test set?",
    hints=(
        "In which order are data often stored?",
        "What would be in the test set if all images taken at night came last?",
    ),
    key_points="""
        distribution: not bias|not differ|not represent|not same|not contain|distribut|bias|represent|imbalanc|balanced|same kind|same mix|only contain|contain only|only one|one class|missing|similar|differ|never see|all classes|every class => Without it the parts could follow different distributions, as with day images in one and night images in another.
        ~order*0.5: sort|sorted|order|ordered|random|chronolog => Data are often stored in order; after shuffling chance decides which sample goes where.
    """,
    forbid="""
        faster|speed|quick => It is about what is in each part, not about speed. [0.0]
        shuffl|ensur|sure & differ distribut|unequal distribut => Shuffling makes the parts alike; without it they could differ. [0.0]
    """,
    models=(
        "Otherwise the splits could be biased and have different distributions, for example only day images in the training set and only night images in the test set.",
        "So that every split represents the same distribution.",
        "Data are often stored in order, for example by class; without shuffling, the test set might contain classes that are missing in the training set.",
    ),
    samples="""
        1.0 | so that all splits have the same distribution
        1.0 | the data may be sorted and then the splits are biased
        0.5 | because the samples are often stored in a fixed order
        0.0 | because training gets faster
        0.0 | so that more data can be used for training
    """,
    statements="""
        + Data are often stored in order, for example by class or by date. | A cut through sorted data separates what should be mixed.
        + Without it, a class may be missing in the training set. | If the data are sorted by class, the last class may lie in the test set alone.
        + It makes the parts resemble each other in distribution. | Each sample has the same chance to come into any part.
        + Without it, all of the hardest samples may end up in the test set. | If they come last in the stored order, the test error is too pessimistic.
        + Frames of one video should still go into the same part. | Neighbouring frames are almost equal; spread over the parts they would leak.
        + It should be done before the split, once for all parts. | Shuffling within a part cannot mend what the cut has separated.
        - Shuffling each part after the split serves the same purpose. | What is in which part has been decided by then.
        - It makes the parts equally large. | Their sizes follow from the ratio, not from the order.
        - It raises the number of different samples in the training set. | It changes the order, not the number.
        - It makes sure that every class has equally many samples in each part. | The shares are alike on average; a rare class stays rare.
        - It is needed because the loss depends on the order of the samples in a set. | The mean loss of a set does not depend on the order.
        - It removes samples that occur twice. | Duplicates stay, and may even land in different parts.
    """,
)
