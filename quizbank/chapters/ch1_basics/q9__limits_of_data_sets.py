"""What data sets cannot do, and why."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q9",
    title="The limits of data sets",
    section="I.3",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("data sets",),
    need=2,
    text="What is the main limit of today's data sets, however large they are, and what is its cause?",
    hints=(
        "Compare the images of street scenes in a data set with all that may happen in a street.",
        "What does one more sample take?",
    ),
    key_points="""
        ~finite: finite|limit|subset|part of|fraction|portion|snapshot|too small|small sample|limited sample|finite sample|only sample|not cover|cover only|only cover|not represent|represent only|only represent|incomplete|not contain|contain only|missing|not complete|not all|not every|never all|never every|biased|gap & distribut|world|real|reality|cases|situation|population|everything|rare|corner|domain|all possib|every possib => They are finite and cannot represent the whole distribution of the real world.
        ~cost: collect|label|annotat|gather|acquir|record|obtain|more data|new data|produc|data & cost|expens|time|money|effort|resource|work|slow|labour|laborious => Collecting and labelling data costs time and money.
    """,
    forbid="storage|disk|memory & main|limit|too small|cause|problem => Storage is cheap; collecting and labelling are what costs. [0.0]",
    models=(
        "They are finite and cannot represent the full real-world distribution, because collecting data costs time and money.",
        "A data set covers only a part of what happens in reality. Gathering and annotating more samples is expensive.",
        "However big, it is a limited sample of the world, and rare cases are missing; recording and labelling takes too much effort.",
    ),
    samples="""
        1.0 | a finite data set cannot cover the distribution of the real world since data collection is expensive and slow
        0.5 | they are only a limited part of the real world
        0.0 | the main problem is that the storage is too small
        0.0 | they have too many classes because of the internet
    """,
    statements="""
        + A data set is a finite sample of what may occur in the world. | Its distribution is only part of the real one.
        + Rare situations are often missing in it. | What happens once in a million cases hardly ever gets recorded.
        + Each labelled sample costs time or money. | So data sets end where the budget does.
        + A model can fail on inputs unlike those it was trained on. | It knows the distribution of its data set only.
        + Where and when data were recorded shapes what they contain. | Images from one country show its streets and its weather.
        + The world goes on changing after the data were collected. | New products, words and habits are not in the set.
        - A data set of a billion samples follows the real distribution. | Its size does not mend what was left out when it was collected.
        - The storage of the samples is the main limit today. | Storage is cheap compared with collecting and labelling.
        - Augmentation closes the gap between the set and the world. | It varies the samples one has; it brings no situations that are missing.
        - A random split makes the test set follow the real distribution. | It follows the distribution of the data set.
        - Larger data sets no longer fit the networks of today. | Networks read batches; the set may be as large as one likes.
        - Duplicates of the samples make a data set more complete. | They add nothing that was not there before.
    """,
)
