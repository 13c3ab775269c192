"""Gradient descent against stochastic gradient descent."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.a",
    title="Gradient descent and its stochastic variant",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("optimisers", "stochastic gradient descent"),
    need=2,
    text="What is the main difference between gradient descent (GD) and stochastic gradient descent (SGD)? Say of each when it makes a step, or on which data.",
    hints=(
        "How many samples does each look at before it changes a weight?",
        "How many steps does each make in one epoch?",
    ),
    key_points="""
        full: whole|entire|full|complete|all data|all samples|all of the|all training|all the|every sample|end of the epoch|end of an epoch|end of each epoch|once per epoch|once an epoch|one step per epoch|per epoch|after each epoch|after every epoch => GD makes one step per epoch, with the gradient over all data.
        batch: batch|subset|random sample|random example|few samples|few examples|handful|single example|one example|some samples|single sample|one sample|each sample|each iteration|every iteration|part of the data|portion => SGD makes a step after every (mini-)batch, with the gradient of that batch.
    """,
    forbid="""
        SGD uses all|SGD uses whole|SGD uses entire|SGD uses full|SGD takes all|SGD takes whole|SGD makes one step per epoch|SGD updates once|SGD steps once|SGD waits => It is the other way round: SGD steps after every batch. [0.0]
        SGD|stochastic & on entire|on whole|on full|on all data|over entire|over whole|over full|over all data|with entire|with whole|with full|with all data => It is the other way round: SGD steps after every batch. [0.0]
        GD uses batch|GD uses minibatch|GD takes batch|GD updates after each batch|GD updates after every batch|GD updates after each minibatch|GD updates after every minibatch|GD steps after every batch => It is the other way round: GD uses all data for a step. [0.0]
    """,
    models=(
        "GD makes one step at the end of an epoch, with the gradient of the whole training set; SGD makes a step after every mini-batch.",
        "Gradient descent uses all samples for an update, whereas stochastic gradient descent updates the weights in each iteration from a single batch.",
        "For one update, GD has to see the complete data set, while SGD only estimates the gradient on a small random subset.",
    ),
    samples="""
        1.0 | GD updates the weights once per epoch using the whole data set, SGD after each batch
        0.5 | SGD takes a step after every mini-batch
        0.5 | GD makes a single step, after it has seen all the data
        0.0 | GD minimises the loss and SGD maximises it
        0.0 | SGD chooses the learning rate at random
    """,
    statements="""
        + GD averages the gradient over all training samples before a step. | It makes one step per epoch.
        + SGD makes as many steps in an epoch as there are batches. | Every batch gives a gradient and a step.
        + The gradient of a batch is an estimate of the gradient over all data. | It is an average over fewer samples.
        + Two runs of SGD from the same start can end in different weights. | The batches are drawn in another order.
        + With one batch that holds all samples, SGD becomes GD. | Its only batch is the whole training set.
        + Smaller batches make the steps of SGD noisier. | A mean over fewer samples varies more.
        - SGD draws its learning rate at random in each iteration. | What is random is the choice of samples.
        - GD makes as many steps in an epoch as there are samples. | It makes one; SGD with batch size 1 makes that many.
        - SGD follows the second derivative, and GD the first. | Both use first derivatives only.
        - The loss on all data falls in every step of SGD. | A step for one batch may raise the loss on the others.
        - SGD uses only a fixed part of the training set throughout. | Over an epoch it visits every sample.
        - GD needs less memory for a step than SGD. | It needs the gradient over all samples, so at least as much.
    """,
)
