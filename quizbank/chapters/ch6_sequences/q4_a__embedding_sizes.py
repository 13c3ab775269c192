"""May the embedding size of a trained transformer vary?"""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q4.a",
    title="Different embedding sizes",
    section="VI.5",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("transformers", "shapes"),
    need=2,
    text="Can one trained transformer process inputs with different embedding sizes? Answer yes or no, and give the reason.",
    hints=("Which matrices meet the embedding?", "Which of their sizes are fixed by training?"),
    key_points="""
        size: fix|same|one|exactly|certain|given|constant|expect|match|fit|only & size|dimension|feature|embedding|d_model|vector => No: every token must have the size the model was trained with.
        layers: fully connected|fc|linear|affine|projection|weight|matri|layer|dense|feed forward|feedforward|mlp & fix|shape|size|dimension|expect|match|embedding|feature|d_model|fit|multipl => The linear layers have weight matrices for one feature size.
    """,
    forbid="yes|any embedding size => No: the linear layers are made for one size. [0.0]",
    models=(
        "No. The fully connected layers have fixed weight matrices that match one embedding size.",
        "No, since the projections to queries, keys and values are linear layers whose input dimension is fixed.",
        "That does not work: the weights of the feed-forward layers expect vectors of one size.",
    ),
    samples="""
        1.0 | no, because the weight matrices of the linear layers have a fixed size
        0.0 | yes, attention works with any sizes
        1.0 | no, the FC layers need a fixed input dimension
        0.5 | no, all tokens need the same dimension
        0.0 | no, because the sequence length is fixed
    """,
    statements="""
        + The projections to queries, keys and values are made for one feature size. | Their weight matrices have that many rows.
        + The feed-forward layers fix the embedding size. | They are fully connected over the features.
        + The length of the input may vary without changing any weight. | All weights work on one token's features.
        + The batch size may vary without changing any weight. | Samples are processed independently.
        + The embedding table has one column for each feature. | So its width is the embedding size.
        + A layer norm has a scale and a shift for each feature. | So it, too, is made for one size.
        - The embedding size may vary, since attention compares any two vectors. | The vectors pass through projections of fixed size first.
        - The embedding size may vary, but the sequence length may not. | It is the other way round.
        - Only the embedding table depends on the embedding size. | All linear layers and norms do.
        - The number of heads can be changed after training without harm. | The shapes would fit, but the projections were learnt for one division into heads.
        - A new embedding size only needs another positional encoding. | The trained matrices would no longer fit.
        - The source and the target sentence need equal lengths. | Cross-attention takes any two lengths.
    """,
)
