"""Why momentum usually helps."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.g",
    title="Why momentum helps",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("optimisers", "momentum"),
    need=2,
    text="Give two reasons why SGD with momentum usually gets on better than plain SGD.",
    hints=(
        "What is left of the velocity where the gradient is nearly zero?",
        "What becomes of gradients that agree, and of gradients whose sign changes?",
    ),
    key_points="""
        flat: saddle|plateau|flat region|flat area|flat part|local minim|small gradient|gradient is small|gradient is zero|gradient is near|stuck|not stuck|not get stuck|keeps moving|keep moving|carries on|rolls on => It carries the weights past saddle points and flat regions.
        accelerate: same direction|same way|keep direction|keep their direction|consistent|agree|right direction|appropriate|persistent|accelerat|speeds up|speed up|build|gather|accumulat|constant direction|common direction => It gets faster in directions in which successive gradients agree.
        damp: oscillat|zigzag|zig zag|damp|smooth|averag|cancel|noise|noisy|jitter|fluctuat => Changes of sign cancel, so oscillation and noise are damped.
    """,
    forbid="""
        each parameter its own|own learning rate|per parameter learning rate|adapts learning rate => A step size per parameter is RMSprop's idea. [0.5]
        increases oscillation|more oscillation|stronger oscillation|amplifies oscillation|larger oscillation|increases zigzag|slows down in consistent|slows down in same|slower in consistent|slower in same => Momentum speeds up where gradients agree, and it damps oscillation. [0.0]
    """,
    models=(
        "The velocity carries the weights past saddle points, and it accelerates in directions in which the gradients agree.",
        "Oscillations cancel out because gradients of opposite sign are averaged, and on a plateau the method keeps moving instead of getting stuck.",
        "It speeds up when successive gradients point the same way, and it smooths the noise of single batches.",
    ),
    samples="""
        1.0 | it helps to escape saddle points and goes faster in the consistent directions
        0.5 | it damps oscillations
        0.5 | it gets faster where the gradients keep their direction
        0.0 | it uses the second derivative
        0.0 | it gives each parameter its own learning rate
    """,
    statements="""
        + It keeps moving for a while where the gradient is nearly zero. | The velocity fades only slowly.
        + Its steps grow while successive gradients point the same way. | They add up in the velocity.
        + Gradients whose sign changes from step to step partly cancel. | So zigzagging across a valley is damped.
        + Its step depends on gradients of several past batches. | This smooths the noise of single batches.
        + With m ← βm − αg and θ ← θ + m, its steps under a constant gradient approach 1/(1 − β) times the plain step. | The geometric series of β adds up to that.
        + It can overshoot a minimum and come back. | The velocity does not vanish at once.
        - It gives each parameter a learning rate of its own. | That is RMSprop; momentum has one rate for all.
        - It divides the step by the size of past gradients. | That is RMSprop; momentum adds past gradients.
        - It evaluates the loss at several points to choose the best step. | It needs one gradient a step, as plain SGD does.
        - It uses the curvature of the loss to set the length of a step. | It uses first derivatives only.
        - It needs no learning rate, since the velocity sets the pace. | The gradients enter the velocity times a learning rate.
        - It turns the gradient of a batch into the gradient over all data. | Averaging reduces noise, but old gradients belong to old weights.
    """,
)
