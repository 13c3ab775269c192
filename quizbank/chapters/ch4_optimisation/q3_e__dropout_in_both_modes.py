"""What dropout does in training and at inference."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.e",
    title="Dropout in training and at inference",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=4,
    topics=("regularisation", "dropout"),
    need=2,
    text="Explain how dropout, in its original form, works during training and during inference. Say what your $p$ stands for.",
    hints=(
        "What is chosen anew in every iteration of training?",
        "By which factor are activations too large, once all units take part?",
    ),
    key_points="""
        training: drop|switch off|switched off|turn off|turned off|zeroed|set to zero|set to 0|deactivat|disabl|remov|omit|mask & train|probab|random|iteration|p_drop|p => In training each unit (or channel) is dropped at random, with probability p_drop.
        inference: inference|test|evaluat|predict|validation & scal|multipl|keep|all unit|all neurons|every unit|every neuron|not drop|no drop|no unit|full network|whole network|divid => At inference all units take part, scaled by p_keep (or by nothing, if training has divided by p_keep).
    """,
    forbid="""
        also drop|still drop|drops as well|dropped as well|same way|dropped again & inference|test => At inference no unit is dropped. [0.5]
        inference neurons are dropped|inference units are dropped|test time neurons are dropped|test time units are dropped|inference we drop|test time we drop|inference random|test time random|are dropped at inference|are dropped at test|are dropped during inference|are dropped during test|drops units at inference|drop units at inference|drop neurons at inference|training all neurons are kept|training all units are kept|training all neurons are used|training all units are used => Units are dropped in training; at inference all take part. [0.0]
        smallest|small magnitude|least important|unimportant|pruned|prune|permanently|for good => The choice is random and made anew in each iteration; no unit is lost for good. [0.0]
        exactly & drop|share|half|fraction|number|p => Each unit is dropped independently: p is the expected share, not the exact one. [1.0]
    """,
    models=(
        "In training each unit is set to zero with probability p_drop; at inference all units are used and their outputs are multiplied by p_keep = 1 − p_drop.",
        "During training random neurons are switched off in each iteration. At test time nothing is dropped, but activations are scaled with the probability of keeping a unit.",
        "Units or whole channels are removed at random, with probability p, while training. When the model is evaluated, every unit takes part and is scaled by 1 − p.",
    ),
    samples="""
        1.0 | in training we drop each neuron with probability p_drop, at inference all neurons are scaled by p_keep
        0.5 | during training neurons are randomly dropped
        0.0 | weights are shrunk a little in every step
        0.0 | dropout removes the least important weights for good
    """,
    statements="""
        + In each training iteration another random set of units is dropped. | The mask is drawn anew.
        + At inference all units take part. | Nothing is dropped there.
        + In the original form activations are multiplied by the keep probability at inference. | Their expectation then agrees with training.
        + A dropped unit gets no gradient in that iteration. | Its output is multiplied by 0, and so is its gradient.
        + The number of dropped units varies from one iteration to the next. | Each unit is dropped independently.
        + In convolutional layers one may drop whole channels. | Neighbouring pixels are too alike for dropping single ones to hinder much.
        - In each training iteration exactly the share p of the units is dropped. | Each unit is dropped independently; p is the expected share.
        - At inference the units dropped last in training stay dropped. | All units take part.
        - The units with the smallest weights are dropped. | The choice is random.
        - Dropped units are removed from the network for the rest of training. | They are back as soon as another mask is drawn.
        - In the original form activations are multiplied by the drop probability at inference. | By the keep probability.
        - At inference units are dropped as in training, but with a smaller probability. | None is dropped.
    """,
)
