"""What makes grid search slow."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q5.a",
    title="The bottleneck of grid search",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("hyperparameters", "grid search"),
    need=2,
    text="What is the main bottleneck of a grid search for hyperparameters?",
    hints=(
        "How many combinations are there for five hyperparameters with four values each?",
        "What has to be done for each of them?",
    ),
    key_points="""
        many: exponential|combination|multipl|search space|space to be searched|huge|very large space|too many|curse|product|number of|large grid|many point|many configuration|many setting => The number of combinations grows exponentially with the number of hyperparameters.
        costly: train|run|evaluat|fit|model & expensive|costly|cost|time|long|slow|full|scratch|every|each|whole|complete|hours|days|lot of comput => Each combination needs a training of its own, which takes long.
    """,
    forbid="""
        gradient|local minim|local optim|learning rate too|memory => Grid search uses no gradients; its trouble is the number of trainings. [0.0]
        random combination|random search|few combinations|few random|it is cheap|too cheap => Random search tries some combinations; grid search tries all of them, which is what makes it slow. [0.0]
    """,
    models=(
        "The number of combinations grows exponentially, and each of them needs an expensive training.",
        "The search space is very large while every training takes a long time.",
        "For every point of the grid a whole model must be trained, and there are far too many points.",
    ),
    samples="""
        1.0 | the search space is large and the training is very time-consuming
        0.5 | there are exponentially many combinations
        0.5 | a training takes a lot of time
        0.0 | it can get stuck in a local minimum
        0.0 | it needs the gradient of the hyperparameters
    """,
    statements="""
        + The number of trainings is the product of the numbers of values. | Each combination is tried once.
        + One more hyperparameter multiplies the number of trainings. | By the number of its values.
        + Each point of the grid needs a training of its own. | The validation result of a setting is known only after training with it.
        + With k values for each, the cost grows exponentially with the number of hyperparameters. | n hyperparameters give kⁿ combinations.
        + Much work is spent on hyperparameters that hardly matter. | Each important value is tried again for each unimportant one.
        + Its trainings could run at the same time on several machines. | They do not depend on each other; the total work stays the same.
        - The number of trainings is the sum of the numbers of values. | It is their product.
        - It gets stuck in local minima of the validation loss. | It tries all grid points and does not move downhill.
        - It needs the gradient of the loss for the hyperparameters. | It only compares results.
        - Its cost is dominated by the choice of the best result. | Comparing numbers costs nothing beside the trainings.
        - Its cost grows linearly with the number of hyperparameters. | It grows exponentially.
        - With the same number of trainings it tries more values of each hyperparameter than random search. | It tries fewer: random search draws new values for every training.
    """,
)
