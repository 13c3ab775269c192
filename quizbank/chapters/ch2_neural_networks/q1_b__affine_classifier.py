"""How an affine model becomes a classifier."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q1.b",
    title="From a line to a classifier",
    section="II.7",
    points=2,
    minutes=2,
    topics=("logistic regression", "classification", "losses"),
    text="""
A model consists of affine layers only and was made for regression. Which two changes turn it into a classifier that is trained as usual?
""",
    hints=("What should an output of a classifier mean?", "Which loss compares probabilities with labels?"),
    key_points="""
        squash: sigmoid|softmax|logistic function|logistic activation|squash probab|squash between 0|squash to 0|squash into 0|into probab|to probab => A sigmoid (two classes) or softmax (several) on the output turns logits into probabilities.
        loss: cross|bce|log loss|log-loss|likelihood|logarithmic => The loss becomes a cross-entropy, binary or categorical.
    """,
    forbid="""
        mse|squared error|mean square|mae & keep|use|with|as loss|stay => A squared error suits numbers; labels call for cross-entropy.
        relu & output|last|end => A ReLU gives no probabilities; take a sigmoid or softmax.
        tanh & output|last|end|squash => The values of tanh can be negative: they are no probabilities.
        entropy as activation|entropy activation|bce as activation|entropy as output|sigmoid as loss|softmax as loss|sigmoid loss|softmax loss|sigmoid is loss|softmax is loss => It is the other way round: the sigmoid is the function at the output, the cross-entropy the loss. [0]
    """,
    models=(
        "Put a sigmoid on the output, so that it can be read as the probability of a class, and train with the binary cross-entropy.",
        "Apply softmax to the logits and use the cross-entropy as the loss function instead of the squared error.",
        "Squash the result into (0, 1) with the logistic function, so that it is a probability, and minimise the log loss.",
    ),
    samples="""
        1.0 | add a sigmoid at the end and use the BCE loss
        1.0 | softmax after the last layer, loss is cross entropy
        0.5 | add a sigmoid at the end
        0.5 | use cross entropy
        0.0 | add a ReLU after the last layer
        0.0 | cross entropy as the activation of the output and softmax as the loss
        0.0 | round the output to the nearest class number
    """,
    statements=r"""
        + A sigmoid on one output gives the probability of class 1. | Its values lie between 0 and 1; class 0 gets the rest.
        + For several exclusive classes, softmax takes the sigmoid's place. | It gives one distribution over all of them.
        + The loss becomes the cross-entropy of predictions and labels. | It compares probabilities with labels and penalises confident mistakes.
        + The boundary between two classes stays flat in the inputs. | The sigmoid reaches the threshold where the affine function has one fixed value: on a hyperplane.
        + A threshold on the probability gives the class. | Above it one decides for class 1, below for class 0.
        + With one output and two classes, the affine part can stay as it is. | What is added is a function behind it and another loss.
        + For ten exclusive classes the last layer needs ten logits. | Softmax turns one logit for each class into a probability.
        - A softmax on a single output gives the probability of class 1. | Over one number softmax is 1, whatever the logit.
        - The sigmoid bends the boundary between the classes into a curve. | It is a monotone function of an affine one, so the boundary is a hyperplane.
        - The squared error to the class number suits ten classes. | Numbers of classes have no order and no distance.
        - A ReLU on the output turns a logit into a probability. | Its values are not bounded by 1.
        - One output that gives the class number suits ten classes. | It would put class 4 between 3 and 5, which means nothing.
        - The threshold is learnt by gradient descent like a weight. | It is not in the loss; it is chosen afterwards.
        - Without a hidden layer the sigmoid receives no gradient. | Gradients pass from the loss through the sigmoid to the affine layer.
    """,
)
