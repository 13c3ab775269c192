"""What equal initial weights lead to."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q6.b",
    title="Equal initial weights",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("initialisation", "symmetry"),
    need=2,
    text="What do we expect to observe if all weights of a network are initialised to the same value?",
    hints=("Compare the outputs and the gradients of two units of a layer.", "Can they ever become different?"),
    key_points="""
        alike: same|identical|equal|alike|symmetr & gradient|updat|chang|output|step|comput|deriv => All units of a layer compute the same and get the same gradients, hence the same updates.
        redundant: same feature|learn the same|learns the same|identical feature|stay the same|stay equal|stay identical|stay alike|remain|redundan|copies|copy|one unit|one neuron|single unit|single neuron|not divers|no divers|not complex|not learn different|not different|not learn complex|symmetry is not broken|symmetry never|not break|capacity|useless|not learn => So they stay equal and learn the same feature: the layer is worth a single unit.
    """,
    forbid="""
        faster|converges quick|trains better|no effect|nothing special => Training suffers: all units of a layer stay equal. [0.0]
        different updates|different gradients|become different|will be different|symmetry is broken|symmetry gets broken|breaks the symmetry|gradients explode => Units with equal weights get equal gradients, so nothing ever tells them apart. [0.0]
    """,
    models=(
        "All units of a layer get the same gradients and updates, so they stay identical and learn the same feature.",
        "The neurons receive equal updates; the network cannot learn diverse features and behaves as if it had one neuron per layer.",
        "Symmetry: the units compute identical outputs and have identical gradients, so they remain copies of each other.",
    ),
    samples="""
        1.0 | all neurons in a layer get identical updates, so the model does not learn different features
        0.5 | the weights are all updated by the same amount
        0.0 | the training converges faster
        0.0 | the model overfits
    """,
    statements="""
        + All units of a hidden layer compute the same output. | They have the same weights and the same inputs.
        + All units of a hidden layer get the same gradients. | Their outputs and the weights behind them are equal.
        + A wide hidden layer is worth as much as one unit. | All its units learn the same feature.
        + Random initial weights break the symmetry. | Units that start differently get different gradients.
        + Equal biases do no harm if the weights are random. | The weights already tell the units apart.
        + Random dropout masks can make equal units differ. | In a step, a dropped unit gets another gradient than a kept one.
        - The units become different after a few steps of SGD. | In each step they get equal gradients.
        - The units become different because their inputs are different features. | Each unit of a dense layer sees all the inputs, with equal weights.
        - The training loss does not fall at all. | It can fall as far as one unit per layer can bring it.
        - A small learning rate breaks the symmetry. | Equal gradients times any rate are equal steps.
        - Equal weights do no harm if the value suits the width of the layer. | The symmetry remains, whatever the value is.
        - Adam breaks the symmetry, since each weight has its own step size. | Equal gradients give equal moments and equal steps.
    """,
)
