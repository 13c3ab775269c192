"""How often gradient descent and mini-batch descent update the weights."""

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.data_split import batches_steps, updates_steps

question = Question(
    "ch4.update_count",
    title="Counting updates",
    section="IV.1.b",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("gradient descent", "stochastic gradient descent", "batches"),
    N=integers(100, 5000),
    B=one_of(8, 16, 32, 64, 128),
    E=integers(2, 30),
    text=r"""
A training set has $<<N>>$ samples. It is passed through completely in each of $<<E>>$ epochs, in batches of $<<B>>$
samples; the last batch of an epoch is kept although it is smaller.
""",
    hints=("When does each of the two algorithms make its step?", "A batch that is not full is still a batch."),
)


def where(N, B):
    """Keep a last batch that is not full, and several batches."""
    return N % B != 0 and N > 2 * B


def work(N, B, E):
    """Batches first, then the updates."""
    return (*batches_steps(N, B).steps, *updates_steps(N, B, E).steps)


def check(N, B, E):
    """Cut the samples into batches and count."""
    sizes = [len(range(start, min(start + B, N))) for start in range(0, N, B)]
    full = sum(1 for _ in range(E))
    return {"last": sizes[-1], "full": full, "minibatch": sum(1 for _ in range(E) for _ in sizes)}


@part("The number of samples in the last batch of an epoch.", Number(integer=True))
def last(N, B):
    return N % B


@slip(last, "This is how many samples the batch lacks.", credit=0.25)
def lacking(N, B):
    return B - N % B


@slip(last, "This is the number of full batches.")
def full_batches(N, B):
    return N // B


@part(
    "The number of updates that gradient descent makes in all epochs: each uses the gradient of all samples.",
    Number(integer=True),
)
def full(E):
    return E


@slip(full, "Gradient descent collects the gradients of all batches and steps once, at the end of the epoch.")
def once_a_batch(N, B, E):
    return E * -(-N // B)


@slip(full, "This is one step in all: gradient descent makes one in every epoch.")
def single(E):
    return 1


@part("The number of updates that mini-batch SGD makes in all epochs.", Number(integer=True))
def minibatch(N, B, E):
    return E * -(-N // B)


@slip(minibatch, "The last, smaller batch leads to an update as well: round up.", credit=0.5)
def floor(N, B, E):
    return E * (N // B)


@slip(minibatch, "This would be SGD with single samples; here a step follows each batch.", credit=0.25)
def each_sample(N, E):
    return E * N


@slip(minibatch, "This is one epoch; there are <<E>>.", credit=0.5)
def one_epoch(N, B):
    return -(-N // B)


@slip(
    minibatch,
    "The samples of all epochs do not form one row: every epoch ends with its own smaller batch.",
    credit=0.5,
)
def one_row(N, B, E):
    return -(-N * E // B)
