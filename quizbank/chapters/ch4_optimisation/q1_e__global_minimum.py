"""Does bias correction move the global minimum?"""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.e",
    title="The global minimum and the optimiser",
    section="IV.4",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("optimisers", "Adam"),
    need=1,
    steps=2,
    text="“Adam with bias correction and Adam without it have different global minima.” True or false? Give the reason.",
    hints=("Of which function is it the global minimum?", "Does the optimiser occur in that function?"),
    key_points="""
        unchanged: loss|objective|function|goal|landscape|task|problem|surface|minimum|minima & same|not change|unchanged|not affect|not depend|independent|not alter|identical|not influence|not modif|property|belong|not touch|stay|remain|depends only|only on loss|not loss|not landscape|not objective|only affects|only path|only steps => False: the loss is the same, and so is its global minimum; only the path to it may differ.
        verdict*0.5: false|not true|wrong|incorrect|untrue|disagree => The statement is false.
    """,
    forbid="true|different global|other global|different loss|different function|other loss|changes the loss|changes loss => False: the optimiser does not change the loss. [0.0]",
    models=(
        "False. The loss function does not change, so its global minimum is the same; only the path differs.",
        "Wrong: the minimum belongs to the objective, which is independent of how one searches for it, though they may reach different local minima.",
        "No, both minimise the same loss.",
    ),
    samples="""
        1.0 | false, because the loss stays the same
        0.0 | true, because the first steps are different
        0.5 | the statement is false
        1.0 | false, bias correction only affects the steps and not the loss landscape
        0.0 | true, since the correction removes the bias of the model
    """,
    statements="""
        + Both variants minimise the same loss. | Bias correction changes the steps, not the function.
        + The two variants can end in different local minima. | They take different paths from the same start.
        + An L2 penalty in the loss can move the global minimum. | It changes the function that is minimised.
        + A global minimum is a property of the loss and the data. | The optimiser does not occur in it.
        + Doubling the loss leaves its global minimum at the same weights. | All values are scaled alike, so their order stays.
        + Data augmentation can move the global minimum of the training loss. | The loss is computed from other samples.
        - A larger learning rate moves the global minimum. | It changes the steps, not the loss.
        - Momentum moves the global minimum in the direction of the velocity. | It only changes how the weights move.
        - The corrected variant has a lower global minimum. | Both search the same function.
        - The initial weights decide where the global minimum lies. | They decide where the search starts.
        - A loss divided by the batch size has its minimum elsewhere. | A positive factor does not move a minimum.
        - Bias correction changes the biases of the layers. | It corrects the optimiser's averages, which start at zero.
    """,
)
