"""How many samples each split gets, and how many batches an epoch has."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Question, derived, multiples, one_of, part, slip
from solvers.data_split import batches_steps, split_counts, split_counts_steps

question = Question(
    "ch1.split_counts",
    also=("ch1.iters_per_epoch",),
    title="Splits and batches",
    section="I.2.a",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("data sets", "data loaders"),
    N=multiples(100, 5, 200),
    shares=one_of((80, 10, 10), (70, 15, 15), (60, 20, 20), (90, 5, 5)),
    ratio=derived(lambda shares: " : ".join(map(str, shares))),
    B=one_of(16, 32, 48, 64),
    text=r"""
A data set of $<<N>>$ samples is shuffled and split into training, validation and test set in the ratio <<ratio>>. In training, a data loader
gives batches of $<<B>>$ samples; the last batch of an epoch may be smaller.
""",
    hints=("All shares are of the whole set.", "What is left after the full batches makes one more."),
)


def where(N, shares, B):
    """Keep whole numbers, and a last batch that is not full."""
    return N * shares[1] % 100 == 0 and (N * shares[0] // 100) % B != 0


def work(N, shares, B):
    """Take the shares of the whole, then fill batches."""
    counts = split_counts_steps(N, shares.tolist())
    return (*counts.steps, *batches_steps(counts.value[0], B).steps)


def check(N, shares, B):
    """Deal the samples out one by one."""
    owners = [part for part, share in enumerate(shares) for _ in range(N * share // 100)]
    train = [sample for sample, owner in enumerate(owners) if owner == 0]
    loaded = [train[start : start + B] for start in range(0, len(train), B)]
    return {"counts": [owners.count(part) for part in range(3)], "batches": len(loaded), "last": len(loaded[-1])}


@part("The number of samples in the training, validation and test set.", IntegerList())
def counts(N, shares):
    return split_counts(N, shares.tolist())


@slip(counts, "The shares of validation and test are of the whole set, not of what the training set leaves.")
def of_the_rest(N, shares):
    rest = N - N * shares[0] // 100
    return [N * shares[0] // 100, rest * shares[1] // 100, rest * shares[2] // 100]


@slip(counts, "The sets are not equally large: the training set gets most.")
def thirds(N):
    return [N // 3, N // 3, N // 3]


@part("The number of batches in one epoch of training.", Number(integer=True))
def batches(counts, B):
    return -(-counts[0] // B)


@slip(batches, "The smaller batch at the end counts, too.", credit=0.5)
def full_only(counts, B):
    return counts[0] // B


@slip(batches, "Only the training set is used in training.", credit=0.25)
def of_all(N, B):
    return -(-N // B)


@part("The number of samples in the last batch.", Number(integer=True))
def last(counts, B):
    return counts[0] % B


@slip(last, "The last batch is not full: the training set is no multiple of the batch size.")
def full_batch(B):
    return B


@slip(last, "This is how many samples are missing to a full batch.", credit=0.25)
def missing(counts, B):
    return B - counts[0] % B
