"""What vanishing gradients are, and what helps."""

from quizbank import Conceptual

question = Conceptual(
    "ch2.q3.c",
    title="Vanishing gradients",
    section="II.7",
    points=3,
    difficulty=2,
    minutes=3,
    topics=("vanishing gradients", "backpropagation", "skip connections"),
    text="Explain the problem of vanishing gradients and describe one method that helps against it.",
    hints=("What does the chain rule multiply?", "Which layers are hit hardest?"),
    key_points="""
        shrink: gradient|deriv|signal & small|shrink|vanish|zero|tiny|0|decreas|diminish|exponential & layer|product|multipl|chain|depth|deep|early|first|input|shallow|propagat|upstream => Products of many small factors shrink the gradient exponentially on its way to the first layers, which hardly learn.
        remedy: skip|residual|shortcut|relu|normalis|normaliz|batchnorm|batch norm|layernorm|initialis|initializ|xavier|kaiming|lstm|highway => Skip connections, ReLU and its kin, normalisation or a good initialisation help.
    """,
    forbid="""
        clip => Clipping only ever shortens a gradient: it helps against exploding ones, although it is sometimes listed against both. [0.5]
        use|using|add|with & sigmoid & remed|solv|help|avoid|prevent => The sigmoid is a cause: its slope is at most 1/4. [0.5]
        replac relu by|replac relu with|relu by sigmoid|relu by tanh|sigmoid instead of relu => It is the other way round: ReLU in place of the sigmoid helps. [0.5]
        towards output|toward output|way to output|last layers do not|last layer does not|last layers hardly|last layers learn slow|later layers do not|later layers hardly|later layers learn slow|layers near output learn slow => On the way back the gradient shrinks from the output to the input: the first layers are hit. [0.5]
    """,
    models=(
        "The gradient is a product of many small factors, so it shrinks exponentially towards the first layers, which hardly learn. Skip connections help.",
        "In deep networks the gradients get smaller with every layer on the way back, until the early layers do not learn. ReLU instead of the sigmoid helps.",
        "Backpropagation multiplies small derivatives by the chain rule, so that the gradient vanishes near the input. Batch normalisation is a remedy.",
    ),
    samples="""
        1.0 | gradients get smaller and smaller through the layers, so early layers learn slowly; use residual connections
        0.5 | gradients become very small in the early layers of a deep network
        0.5 | The gradients shrink from layer to layer towards the input. Gradient clipping helps.
        0.5 | On the way to the output the gradients get smaller, so the layers at the end learn slowly. Skip connections help.
        0.0 | the gradients become too large and the weights explode
        0.0 | the gradient vanishes because the network has reached the minimum
    """,
    statements="""
        + The gradient reaching an early layer is a product with one factor for each later layer. | That is the chain rule; factors below 1 shrink it exponentially.
        + Layers near the input are hit harder than those near the output. | More factors lie between them and the loss.
        + A skip connection gives the gradient a path with factor 1. | The identity's slope is 1.
        + ReLU passes the gradient of active neurons on undiminished. | Its slope is 1 for positive inputs.
        + A chain of single sigmoid neurons shrinks the gradient at least fourfold per layer if no weight exceeds 1 in size. | The slope of each is at most 1/4.
        + Scaling the initial weights well keeps the sizes of gradients alike across layers. | Xavier's and He's rules are made for that.
        + Normalisation layers keep inputs of saturating functions in their steep part. | Far out their slopes are close to 0.
        - Clipping the gradient's norm enlarges gradients that are too small. | It multiplies by at most 1; it helps against exploding gradients.
        - A vanishing gradient shows that training has reached a minimum. | The loss can be high while early layers hardly receive a gradient.
        - More layers make the problem weaker, because more gradients add up. | Along a chain factors multiply; they do not add.
        - It affects the layers next to the loss first and those near the input last. | Those receive the gradient before it has shrunk.
        - A larger batch removes the problem, because it averages over more samples. | A mean of gradients that are all tiny is tiny as well.
        - It is the same as dying ReLU: both mean that neurons output 0. | A dead ReLU blocks a single neuron at once; vanishing is gradual, by depth.
        - It occurs in networks with a single hidden layer rather than in deep ones. | There are hardly any factors there; it needs depth.
    """,
)
