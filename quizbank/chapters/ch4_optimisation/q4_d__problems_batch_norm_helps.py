"""Which problems batch normalisation mitigates."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q4.d",
    title="Problems that batch normalisation mitigates",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("batch normalisation", "vanishing gradients", "exploding gradients"),
    need=2,
    text="Which two problems in optimising deep networks does batch normalisation help with?",
    hints=(
        "What may happen to activations that pass through many layers?",
        "What does that mean for the gradients, in either direction?",
    ),
    key_points="""
        vanishing: not vanish|not too small|not become too small|not get too small|not become very small|not die|vanish|too small|very small|go to zero|goes to zero|become zero|die out|dying out => Vanishing gradients: activations do not become too small or saturate.
        exploding: not explo|not blow up|not too large|not become too large|not get too large|not too big|explo|too large|too big|very large|blow up|blows up|blowing up|grow without => Exploding gradients: activations do not become too large.
    """,
    forbid="""
        too little data|labels|data leak|imbalanc => Those are problems of the data; batch norm keeps activations and gradients in range. [0.5]
        makes gradients vanish|makes gradients explode|lets gradients vanish|lets gradients explode|causes vanishing|causes exploding|makes vanishing gradients worse|learning rate explode => It keeps activations in range, so that gradients neither vanish nor explode. [0.0]
    """,
    models=(
        "It helps with vanishing gradients and with exploding gradients, since the activations are kept in a moderate range.",
        "It keeps activations in range, so that gradients neither explode nor vanish.",
        "Since neurons are normalised, the values cannot blow up or become too small from layer to layer.",
    ),
    samples="""
        1.0 | it mitigates the vanishing and the exploding gradient problem
        0.5 | it helps against exploding gradients
        0.0 | too little data and wrong labels
        0.0 | it reduces the number of parameters
    """,
    statements="""
        + It counters gradients that vanish in deep networks. | Pre-activations stay where activation functions have a slope.
        + It counters activations that grow from layer to layer. | Each feature is brought back to a set scale.
        + It makes training less sensitive to the scale of the initial weights. | A factor in the weights before it cancels in the normalisation.
        + It often allows a larger learning rate. | Activations cannot run away after a large step.
        + It keeps many inputs of a sigmoid out of its flat parts. | They are centred and of moderate size.
        + It counters gradients that explode in deep networks. | The scale of activations does not build up over layers.
        - It counters wrong labels in the training data. | It looks at activations, not at labels.
        - It removes the need for an activation function. | A normalised affine map is still affine once its statistics are fixed.
        - It works best with a batch of one sample. | The statistics of one sample say nothing; larger batches are needed.
        - It lowers the number of parameters of a network. | It adds a scale and a shift for each feature.
        - It makes the outputs of a layer lie between 0 and 1. | They have a set mean and variance, but no bounds of that sort.
        - It makes the loss convex. | It may ease the optimisation, but the loss stays non-convex.
    """,
)
