"""What augmentation on the fly does to the size of a data set."""

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, part, slip
from solvers.data_split import augmented_counts_steps

question = Question(
    "ch1.augment_size",
    title="Augmentation on the fly",
    section="I.2.c",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("data augmentation",),
    N=multiples(500, 2, 20),
    p=multiples(0.1, 1, 9),
    E=integers(3, 30),
    text=r"""
A training set holds $<<N>>$ images. Whenever an image is loaded, it is flipped with probability $<<p>>$. The network is trained for $<<E>>$ epochs.
""",
    hints=("What is stored, and what is seen?", "Every image is loaded once in each epoch."),
)


def where(p, E):
    """Keep counts that differ from one another."""
    return p * E != 1


def work(N, p, E):
    """Stored images stay; flipped ones are counted as they pass."""
    return augmented_counts_steps(N, p, E)


def check(N, p, E):
    """Add up the expected flips image by image for one epoch."""
    stored = [p] * N
    return {"stored": len(stored), "flipped": sum(sum(stored) for _ in range(E))}


@part("How many images are stored after training?", Number(integer=True))
def stored(N):
    return N


@slip(stored, "Nothing is stored: images are changed as they are loaded.")
def grown(N, p):
    return N * (1 + p)


@slip(stored, "No copy is kept from one epoch to the next.")
def every_epoch(N, E):
    return N * E


@part("How many flipped images does the network see in all, on average?", Number(integer=True))
def flipped(N, p, E):
    return round(N * p * E)


@slip(flipped, "This counts one epoch; every image is loaded again in each.", credit=0.5)
def one_epoch(N, p):
    return round(N * p)


@slip(flipped, "This counts all images seen; only a share of them is flipped.", credit=0.25)
def all_seen(N, E):
    return N * E
