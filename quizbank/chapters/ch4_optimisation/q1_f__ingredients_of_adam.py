"""The two optimisers that Adam joins."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.f",
    title="Two ingredients of Adam",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("optimisers", "Adam"),
    need=2,
    text="Adam combines two older ideas for optimisers. Which?",
    hints=("Adam keeps two running averages.", "One is of the gradients; what is the other one of?"),
    key_points="""
        rmsprop: rmsprop|rms prop|rms propagation|squared gradient|gradients squared|second moment|adagrad|own step size|adaptive => RMSprop: each parameter's step is divided by the root of its average squared gradient.
        momentum: momentum|velocity|first moment|average of gradients|mean of gradients|average gradient|past gradients => Momentum: the step follows an average of past gradients.
    """,
    forbid="newton|hessian|second derivative => Adam uses no second derivatives. [0.5]",
    models=(
        "It combines the running average of squared gradients from RMSprop with the velocity of SGD with momentum.",
        "Momentum, an average of the gradients, and RMSprop, which scales the step by an average of the squared gradients.",
        "The velocity of SGD with momentum, and the adaptive learning rates of RMSprop.",
    ),
    samples="""
        1.0 | Adam is a combination of RMSprop and SGD with momentum
        0.5 | it uses momentum
        0.5 | RMSprop and Nesterov's method
        0.0 | Newton's method and dropout
        0.0 | SGD and weight decay
    """,
    statements="""
        + It takes from momentum the running average of the gradients. | That is its first moment m.
        + It takes from RMSprop the running average of the squared gradients. | That is its second moment v.
        + It gives every parameter a step size of its own. | The step is divided by the root of v, entry by entry.
        + It keeps two numbers for each parameter besides the parameter. | One entry of m and one of v.
        + Its steps go on for a while after the gradient has changed. | The first moment remembers past gradients.
        + It needs only first derivatives of the loss. | Both moments are averages of gradients and their squares.
        - It takes from Newton's method the Hessian matrix. | No second derivative is computed; “second moment” means squared gradients.
        - It takes from Nesterov's method the gradient at a point ahead. | It uses the gradient at the current weights.
        - It takes from RMSprop the average of the gradients. | RMSprop averages their squares; momentum averages gradients.
        - It takes from weight decay the shrinking of all weights. | That is AdamW, an extension.
        - It takes from SGD with momentum one step size for all parameters. | It scales the step for each parameter.
        - It takes from RMSprop the correction of the initial bias. | The correction is Adam's own addition.
    """,
)
