"""Why descent goes against the gradient."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.h.i",
    title="Against the gradient",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("optimisers", "gradient descent"),
    need=2,
    text="Why does gradient descent step in the direction of the negative gradient of the loss?",
    hints=("Where does the gradient itself point?", "What is to become of the loss?"),
    key_points="""
        ascent: steep|ascent|uphill|upward|goes up|up most|fastest|strongest|loss increases|loss grows|loss rises|increases most|grows most|rises most|increase of loss|increase in loss|growth of loss|maximal increase|decreases most|decreases fastest => The gradient points in the direction of the steepest ascent of the loss.
        goal: minim|downhill|downward|go down|goes down|descent|descend|reduce loss|to decrease|to reduce|to lower|decrease loss|lower loss|loss lower|loss smaller|become smaller|get smaller|becomes smaller|loss to fall|lowest|opposite way => The loss is to be minimised, so the step goes the opposite way.
    """,
    forbid="""
        maximise the loss|maximal loss|maximise our loss|want to maximise|wants to maximise => The loss is minimised. [0.5]
        the gradient points|the gradient shows|the gradient is|the gradient gives|the gradient goes|gradients point & steepest descent|steepest decrease|steepest way down|fastest decrease|decreases fastest|decreases most|downhill => The gradient points uphill; it is its negative that points downhill. [0.0]
    """,
    models=(
        "The gradient points in the direction of the steepest ascent, and we want to reach a minimum of the loss.",
        "Because the loss grows fastest along the gradient, and one wants to go downhill.",
        "Its negative is the direction of the steepest descent, and the aim is to minimise the loss.",
    ),
    samples="""
        1.0 | the gradient shows the direction of the steepest increase and we want to minimise the loss
        0.5 | because we want the loss to become smaller
        0.5 | since the gradient is the direction of the steepest ascent
        0.0 | the gradient is the direction of the steepest descent
        0.0 | because the learning rate is negative
        0.0 | because the gradient is negative
    """,
    statements="""
        + The gradient points where the loss rises fastest. | Among all directions of unit length its slope is the largest.
        + A small enough step against a non-zero gradient lowers the loss. | To first order the loss changes by −α‖g‖².
        + Perpendicular to the gradient the loss does not change to first order. | The directional derivative is the scalar product with the gradient.
        + A small enough step along a non-zero gradient raises the loss. | That is gradient ascent, which maximises.
        + At a minimum in the inside of the domain the gradient is zero. | No direction leads down there.
        + The direction of the steepest descent holds only close to the current weights. | After a large step the gradient is another one.
        - The negative gradient points straight at the minimum. | It is the locally steepest way down; in a narrow valley it points across.
        - Every step against the gradient lowers the loss, whatever its length. | A step that is too long can overshoot.
        - The gradient itself is negative where the loss should fall. | Its entries have either sign; the minus is in the update.
        - The gradient points in the direction of the largest weights. | It says how the loss changes with the weights.
        - The minus sign makes up for a negative learning rate. | Learning rates are positive.
        - The negative gradient is chosen because its norm is smaller. | A vector and its negative have the same norm.
    """,
)
