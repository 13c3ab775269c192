"""Why backpropagation needs no Jacobians."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q4.a",
    title="Backpropagation without Jacobians",
    section="II.7",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("losses", "backpropagation", "jacobian"),
    text="""
Which property of a loss function makes it possible to do backpropagation without ever forming a Jacobian, and what does it mean for the shape of a gradient?
""",
    hints=("How many numbers does a loss give?", "How many derivatives does one weight then have?"),
    key_points="""
        scalar: scalar|single number|one number|single value|one value|real number|single real|just a number|one-dimensional|1-dimensional|one output => The loss is a scalar: one number.
        shape: shape|same size|same dimension|as many|each entry|every entry|each weight|every weight|each variable|every variable|each element|every element|entry by entry|each parameter|every parameter|one derivative|single scalar variable => So each variable has one derivative for each entry, and its gradient has the variable's own shape.
    """,
    forbid="""
        loss & is|be & convex => Convexity has nothing to do with it.
        loss & vector|matrix-valued & valued|output|gives|returns|is a vector => A loss gives one number. [0]
    """,
    models=(
        "The loss is a scalar, so the gradient with respect to a variable has the same shape as the variable.",
        "Loss functions return a single number; hence every entry of a weight matrix has exactly one derivative.",
        "Because a loss is scalar-valued, each weight has one partial derivative, and they can be collected in an array of the weight's shape.",
    ),
    samples="""
        1.0 | L is a scalar and therefore dL/dW has the shape of W
        0.5 | the loss is a scalar
        0.5 | The gradient has the same shape as the variable.
        0.0 | the loss is always positive
        0.0 | the loss is convex, so there is only one minimum
    """,
    statements=r"""
        + The loss of a whole batch is a single number. | It is reduced by a sum or a mean over all residuals.
        + The gradient for a weight matrix has the shape of that matrix. | There is one derivative for each of its entries.
        + For $Y = XW$ with $N \times M$ outputs and $D \times M$ weights, the Jacobian would have $N M \cdot D M$ entries. | Each of the $N M$ outputs has a derivative by each of the $D M$ weights.
        + The upstream gradient is multiplied in before a large Jacobian would be formed. | For $Y = XW$ the product $X^\top (\partial L / \partial Y)$ does so.
        + The gradient for a layer's output $Y$ has the shape of $Y$. | $\partial L / \partial Y$ has one entry for each entry of $Y$.
        + A derivative of $L$ exists for every single weight on its own. | Variables are scalars that are arranged in matrices.
        + Adding up all residuals is one way of making a loss scalar. | So is their mean.
        - Losses are convex, so that no Jacobian is needed. | Convexity does not matter; that the loss is one number does.
        - Each sample's loss needs a gradient of its own before the step. | The gradient of the mean is computed directly.
        - The derivative of the loss by a vector of $D$ numbers is a $D \times D$ matrix. | It is a vector of the same length.
        - For activations such as ReLU a full Jacobian has to be formed and stored. | Their Jacobian is diagonal, so slopes are simply multiplied entry by entry.
        - The gradient for the bias has one row for each sample of the batch. | It has the shape of the bias, one entry for each output.
        - Losses are non-negative, so that no Jacobian is needed. | The sign does not matter; that the loss is one number does.
        - A loss may give one number for each output neuron and need no sum. | Then there would be no single gradient to follow.
    """,
)
