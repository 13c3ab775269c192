"""Why transformers need positional encodings and recurrent networks do not."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q4.f",
    title="Why positions are encoded",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("transformers", "positional encoding", "recurrent networks"),
    need=2,
    text="Why does a transformer need positional encodings, while a recurrent network does not?",
    hints=(
        "What happens to self-attention when two tokens change places?",
        "In which order does each network read the tokens?",
    ),
    key_points="""
        blind: attention|transformer|all tokens|every token|words at once|tokens at once & not know|no notion|without order|without their order|not order|blind|permut|simultan|parallel|at once|at the same time|as a set|a set|set without|shuffl|not notice|not see order => Self-attention sees all tokens at once and is blind to their order.
        recurrent: recurren|rnn|rnns & sequential|one after|after the other|one by one|one at a time|token by token|word by word|step by step|successiv|in order|in sequence|built in|time step|for free => A recurrent network reads the tokens one after the other, so the order is built in.
        order*0.5: order|position|place & know|inform|tell|told|give|given|added|adding|distinguish|matter => So the order has to be given to the transformer with its input.
    """,
    forbid="""
        rnn permut|rnn blind|rnn parallel|recurrent network permut => A recurrent network depends on the order of its inputs. [0.0]
        rnn sees all|rnn see all|rnn process all|rnn reads all|rnn takes all|rnn sees everything & at once|parallel|simultan|same time => A recurrent network reads one token after the other. [0.0]
        transformer sequential|transformer reads sequential|transformer process sequential|transformer process one|transformer reads one => A transformer sees all tokens at once. [0.0]
        transformer process tokens one after|transformer process words one after|transformer process tokens sequential|transformer reads tokens in order|transformer reads words in order|transformer reads words one => A transformer sees all tokens at once. [0.0]
    """,
    models=(
        "Self-attention processes all tokens at once and does not know their order; an RNN reads them one after the other, so the order is built in.",
        "A transformer is blind to the positions of the tokens, permuting them only permutes the outputs, whereas a recurrent network works through the sequence step by step.",
        "Because attention treats the tokens as a set without order. RNNs process the words sequentially and get the order for free.",
    ),
    samples="""
        1.0 | attention has no notion of order because all tokens are processed in parallel, RNNs process them one by one
        0.5 | the transformer sees all tokens at the same time without their order
        0.0 | because the embeddings are too small
        0.0 | because RNNs have no memory
    """,
    statements="""
        + Permuting the tokens permutes the outputs of self-attention in the same way. | Without positions it treats them as a set.
        + A recurrent network takes the order from the order of its steps. | Each state depends on the one before.
        + The encoding is added to the embeddings of the tokens. | So it has the same size as an embedding.
        + Without positions, a sentence and its words in another order look alike to self-attention. | Only the order of the outputs changes.
        + The sinusoidal encoding needs no learnt parameters. | It is computed from the position and the dimension.
        + Self-attention looks at all positions of its input in parallel. | So the order has to be put in as information.
        - Recurrent networks learn a positional encoding in their first layer. | They need none: they read in order.
        - The encoding tells the transformer how long the sequence is allowed to be. | It says where each token stands.
        - The softmax of attention sorts the tokens by position. | It only normalises scores.
        - The encoding is needed because embeddings of words are random. | Even perfect embeddings do not tell the place.
        - The encoding replaces the causal mask of the decoder. | The mask hides later tokens; positions tell the order.
        - Self-attention reads tokens from left to right and forgets early ones. | That describes a recurrent network.
    """,
)
