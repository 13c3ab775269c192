"""Why scores of self-attention can grow, and what the original transformer does."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q4.e",
    title="Keeping self-attention in bounds",
    section="VI.5",
    points=2,
    difficulty=3,
    minutes=4,
    topics=("attention", "layer norm", "transformers"),
    need=2,
    text="Why can values get very large in self-attention, and what does the original transformer do about it? Name one cause and one remedy.",
    hints=("How does a dot product grow with the number of entries?", "What follows every sub-layer?"),
    key_points="""
        cause: dot product|inner product|score|product|sum|variance|logit|affine|linear|matri|block|stack & larg|grow|big|huge|unbound|not bounded|not limited|no normal|not normal|without normal|high|add up => Dot products of long vectors grow, and the affine maps are not normalised.
        remedy: layer norm|layernorm|layer normalis|layer normaliz|sqrt|root|scal|divid => Scores are divided by the root of the key size; layer norms stand around the sub-layers.
    """,
    forbid="""
        multiplied by sqrt|multiplied with sqrt|multiply by sqrt|multiplied by root|multiplied by square root => The scores are divided by the root.
        batch norm|batch normal => The original normalises each token by itself: layer norm.
        softmax & explode|large number|large value|huge => The softmax gives weights between 0 and 1.
    """,
    models=(
        "The dot products of queries and keys grow with the dimension; the original model divides them by the square root of d_k and uses layer norm.",
        "Products of large vectors give huge scores, since the linear maps do not normalise anything. Layer normalisation of each token, with residual connections, keeps the values in range.",
        "Scores are sums of many products and therefore become large; scaling by the root of the key size counters this.",
    ),
    samples="""
        1.0 | the dot products become large for high dimensions, so they are scaled by sqrt(d_k) and layer norm is used
        0.5 | it uses layer normalisation around the sub-layers
        0.0 | the softmax makes the values explode
        0.0 | it uses batch normalisation over the sequence
    """,
    statements="""
        + The variance of a dot product grows with the number of its entries. | Variances of independent terms add up.
        + For entries of variance 1, dividing by the root of the key size keeps the spread of the scores near 1. | The deviation grows with that root.
        + Very large scores drive the softmax into saturation. | One weight is near 1, and the gradients nearly vanish.
        + The original transformer puts a layer norm behind every sub-layer. | It normalises the features of each token.
        + The affine projections themselves do not limit the size of their outputs. | They contain no normalisation.
        + A residual connection is added before the original model's layer norm. | It computes LayerNorm(x + Sublayer(x)).
        - The softmax makes the attention weights grow beyond 1. | Its outputs are between 0 and 1 and add up to 1.
        - The output of attention is larger than any of the values. | It is a weighted mean of the values.
        - The scores are divided by the number of tokens. | By the root of the size of a key.
        - The original transformer normalises over the batch. | Layer norm works on one token at a time.
        - The scaling replaces the softmax. | It is applied to the scores before the softmax.
        - Scaling matters most for short keys. | The longer the keys, the wider the scores are spread.
    """,
)
