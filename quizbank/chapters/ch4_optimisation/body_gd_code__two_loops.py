"""The loops of gradient descent and of SGD: the same lines in other places."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.matching import Matching
from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip, some_of
from solvers.arrays import show, signed, total
from solvers.engine.optimisers import optimiser
from solvers.worked import Step

PLACES = ("A", "B", "C", "D")
LINES = {
    "`zero_grad()` in gradient descent": (
        0,
        "Gradients are cleared once, before the batches of an epoch add theirs.",
    ),
    "`step()` in gradient descent": (3, "The step comes once, when all batches have added their gradients."),
    "`zero_grad()` in SGD": (1, "Every batch starts from cleared gradients."),
    "`step()` in SGD": (2, "The step follows each batch."),
}

question = Question(
    "ch4.body.gd_code",
    title="Two training loops",
    section="IV.1.a",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("gradient descent", "stochastic gradient descent", "training loop"),
    order=some_of(4, *LINES),
    data=integers(-4, 9, shape=(3, 2)),
    start=integers(-5, 10),
    lr=one_of(0.1, 0.2, 0.5),
    E=integers(2, 40),
    batches=derived(lambda data: r",\; ".join(rf"\{{ {a}, {b} \}}" for a, b in data)),
    text=r"""
A program trains one number $\theta$. The loss of a batch is the mean of $\tfrac12 (\theta - x)^2$ over its numbers $x$, so its gradient is
$\theta$ less the batch's mean. The program has four places, A to D, for calls of the optimiser:

```
for epoch in range(E):
    # A
    for batch in batches:
        # B
        loss = half_mean_square(theta, batch)
        loss.backward()      # adds the gradient to the stored one
        # C
    # D
```

For gradient descent the loss is divided by the number of batches before `backward()`; for SGD it is not.
Gradients of an earlier run may still be stored when the program starts; no place holds two calls.

The three batches of an epoch are $<<batches>>$, in this order. $\theta$ starts from $<<start>>$, and the learning rate is $<<lr>>$.
""",
    hints=(
        "`backward()` adds to what is stored, so what must be empty before it?",
        "In gradient descent all three gradients are taken at the same θ.",
    ),
)


def where(data, start, lr):
    """Keep batches whose means differ and loops whose results do."""
    means = data.mean(axis=1)
    return len(set(means.tolist())) == 3 and abs(start - means.mean()) > 0.5 and abs(start - means).min() > 0.2


def work(order, data, start, lr, E, gd, sgd):
    """Where the calls stand, then both loops with numbers."""
    means = data.mean(axis=1)
    slopes = start - means
    steps = [Step(f"{call}: place {PLACES[LINES[call][0]]}. {LINES[call][1]}", name="places") for call in order]
    steps.append(Step("The three gradients at the starting point, averaged.", r"\frac{1}{3} \sum_k (\theta - \bar x_k)",
                      rf"\frac{{{total(slopes)}}}{{3}}", show(slopes.mean()), "gd"))  # fmt: skip
    steps.append(Step("One step at the end of the epoch.", r"\theta - \alpha g",
                      rf"{start} - {show(lr)} \cdot {signed(slopes.mean())}", show(gd), "gd"))  # fmt: skip
    theta = float(start)
    for k, mean in enumerate(means, 1):
        after = theta - lr * (theta - mean)
        steps.append(Step(f"Batch {k}: its gradient is taken where θ is now.", r"\theta - \alpha (\theta - \bar x)",
                          rf"{show(theta)} - {show(lr)} \cdot ({show(theta)} - {signed(mean)})", show(after), "sgd"))  # fmt: skip
        theta = after
    steps.append(
        Step(
            "One update an epoch, or one for each batch of each epoch.",
            r"E,\; 3 E",
            "",
            rf"{E},\; {3 * E}",
            "updates",
        )
    )
    return tuple(steps)


def check(data, start, lr, E):
    """Run both loops with an optimiser, gradients by central differences."""
    sgd = optimiser("sgd", lr=lr)

    def slope(theta, batch):
        def loss(at):
            return np.mean((at - batch) ** 2) / 2

        return loss(theta + 0.5) - loss(theta - 0.5)

    def run(each_batch):
        theta, stored, count = np.array(float(start)), 0.0, 0
        for batch in data:
            stored = slope(theta, batch) if each_batch else stored + slope(theta, batch) / len(data)
            if each_batch:
                theta, count = sgd.step(theta, stored, sgd.start(theta))[0], count + 1
        return (theta, count) if each_batch else (sgd.step(theta, stored, sgd.start(theta))[0], 1)

    (gd, once), (sgd_theta, often) = run(False), run(True)
    return {"gd": gd, "sgd": sgd_theta, "updates": (once * E, often * E)}


def calls(order) -> Matching:
    return Matching(left=tuple(order), right=PLACES, explanations=tuple(LINES[call][1] for call in order))


@part("At which place does each call stand?", calls, points=2)
def places(order):
    return tuple(LINES[call][0] for call in order)


@part(r"$\theta$ after one epoch of gradient descent.", Number(decimals=3))
def gd(data, start, lr):
    return start - lr * (start - data.mean(axis=1)).mean()


@slip(gd, "The gradients were added but not divided by the number of batches.", credit=0.5)
def not_divided(data, start, lr):
    return start - lr * (start - data.mean(axis=1)).sum()


@slip(gd, "This is the result of SGD: gradient descent does not move between the batches.", credit=0.25)
def moved_between(data, start, lr):
    theta = start
    for mean in data.mean(axis=1):
        theta -= lr * (theta - mean)
    return theta


@slip(gd, "The step goes along the gradient; descent goes against it.", credit=0.25)
def ascent(data, start, lr):
    return start + lr * (start - data.mean(axis=1)).mean()


@part(r"$\theta$ after one epoch of SGD.", Number(decimals=3))
def sgd(data, start, lr):
    theta = start
    for mean in data.mean(axis=1):
        theta = theta - lr * (theta - mean)
    return theta


@slip(
    sgd, "All gradients were taken at the starting point; SGD takes each where the last step has led.", credit=0.25
)
def all_at_start(data, start, lr):
    return start - lr * (start - data.mean(axis=1)).sum()


@slip(sgd, "This is the result of gradient descent, one step for all batches.")
def one_step(gd):
    return gd


@slip(sgd, "The stored gradient was not cleared between the batches: call `zero_grad()` for each.", credit=0.25)
def never_cleared(data, start, lr):
    theta, stored = start, 0.0
    for mean in data.mean(axis=1):
        stored += theta - mean
        theta -= lr * stored
    return theta


@part(
    "The number of updates in $<<E>>$ epochs: of gradient descent, then of SGD.",
    IntegerList(),
)
def updates(E):
    return E, 3 * E


@slip(updates, "Gradient descent makes one update an epoch, whatever the number of batches.", credit=0.5)
def both_each_batch(E):
    return 3 * E, 3 * E


@slip(updates, "The order is turned round: SGD makes more updates than gradient descent.", credit=0.25)
def turned(E):
    return 3 * E, E
