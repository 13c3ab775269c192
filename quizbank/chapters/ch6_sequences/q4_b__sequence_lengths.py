"""May encoder and decoder see sequences of different lengths?"""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q4.b",
    title="Different sequence lengths",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("transformers", "attention", "shapes"),
    need=3,
    text="Can the encoder and the decoder of a transformer process sequences of different lengths? Answer yes or no, and give the reason.",
    hints=(
        "What do the linear layers do with the token axis?",
        "Which shapes have the scores of cross-attention?",
    ),
    key_points="""
        yes: yes|sure|of course|possible|works|can have|can process|can handle|can differ|can be different|any length => Yes, the two lengths may differ.
        tokens: each|every|independent|separate|individual|batch|token-wise|per token|alone|same weights|position & token|word|linear|layer|feature|embedding|axis => Linear layers treat every token alike, as if tokens were a batch.
        attention: attention|score|quer|key|softmax & any|different|length|rectangular|arbitrary|K x N|N x M|variable|both => Attention joins queries and keys of any two lengths.
    """,
    forbid="""
        lengths must be equal|same length|equal length|same number of tokens => The lengths are independent. [0.0]
        weight|layer|matri & depend & length|number of tokens => The weights act on the features of a token, whatever the length. [0.0]
    """,
    models=(
        "Yes. The linear layers process each token independently, like a batch, and attention works for any number of queries and keys.",
        "Yes, since the weights act on the features of every token alone, and cross-attention forms scores between queries and keys of different lengths.",
        "Yes: tokens behave like a batch axis for the layers, and the attention scores may be a rectangular matrix of any length.",
    ),
    samples="""
        1.0 | yes, tokens are processed independently by the linear layers and attention takes different lengths
        0.67 | yes, the attention scores can be computed for any two lengths
        0.0 | no, both must be padded to the same length
        0.0 | no, because the feature sizes differ
    """,
    statements="""
        + Linear layers treat the tokens of a sequence like a batch. | Their weights act on the feature axis alone.
        + The scores of cross-attention form a rectangular matrix. | One row for each query, one column for each key.
        + The output of cross-attention is as long as the decoder's sequence. | There is one output for each query.
        + A translation may have more words than its source. | Nothing ties the two lengths to each other.
        + The softmax of attention works over any number of keys. | It normalises a row of any length.
        + No weight matrix of the original transformer depends on the length of the sequence. | Its sinusoidal positions can be computed for any place.
        - The encoder's output must be as long as the decoder's input. | Cross-attention takes any two lengths.
        - A longer sequence needs larger projection matrices. | They depend on the feature size alone.
        - Cross-attention averages the encoder's tokens to one vector first. | Every query weights them in its own way.
        - The lengths may differ only if the feature sizes differ, too. | The feature size is the same; lengths are free.
        - The decoder is as long as the encoder because its keys are. | The keys come from the encoder, but the queries set the length.
        - Multi-head attention needs as many tokens as heads. | Heads split the features, not the tokens.
    """,
)
