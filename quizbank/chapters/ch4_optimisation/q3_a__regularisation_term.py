"""Two meanings of “regularisation term”."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.a",
    title="Two meanings of “regularisation term”",
    section="IV.4",
    points=2,
    difficulty=3,
    minutes=3,
    topics=("regularisation", "losses"),
    need=2,
    text="The expression “regularisation term” is used with two meanings. Which two purposes can such a term have?",
    hints=(
        "What should become harder, and for what benefit?",
        "Is the KL term of a variational autoencoder there to prevent overfitting?",
    ),
    key_points="""
        harder: not memoris|not overfit|harder|difficult|generalis|overfit|penalt|penalise weights|small weights|memoris => It makes training harder, so that the model generalises better.
        objective: objective|goal|second task|secondary|additional aim|further aim|extra task|second aim|another aim|additional task|additional demand|wanted property|desired property|side condition|another requirement => It adds a further objective to the training, such as a smooth output.
    """,
    forbid="""
        L1 & L2 & two|both|one & other|mean => L1 and L2 are two terms of the same sort: both make training harder. [0.0]
        training easier|easier to fit|easier to train|removes objective => A term in the first sense makes training harder; in the second it adds an objective. [0.0]
    """,
    models=(
        "It makes training more difficult so that the network generalises better, or it represents an additional objective of the training.",
        "Either it works against overfitting, or it is a second goal that is added to the loss, like smoothness.",
        "A term can be there to make fitting harder and to prevent memorising; it can also express a further aim, a desired property of the result.",
    ),
    samples="""
        1.0 | a term that makes training harder so that it generalises, and a term which is an additional objective
        0.5 | it prevents overfitting
        0.5 | a further objective besides the main one
        0.0 | L1 and L2
        0.0 | it speeds up the training
    """,
    statements="""
        + A term may be there to make the training data harder to fit. | That is the meaning meant when overfitting is discussed.
        + A term may express a further property that the result should have. | Smoothness of an output is an example.
        + The KL term of a variational autoencoder is a second objective. | It shapes the latent space beside the reconstruction.
        + A penalty on squared weights makes training harder. | Fitting with small weights is more difficult.
        + Dropout regularises in the first meaning without any term in the loss. | It hinders training by switching units off.
        + A perceptual loss added to a pixel loss is a second objective. | It asks for similar features, not for a harder training.
        - Every term that is added to a loss prevents overfitting. | A second objective may have nothing to do with it.
        - Only L1 and L2 penalties are called regularisation terms. | Other terms, such as KL or smoothness, are called so, too.
        - The two meanings are the L1 and the L2 penalty. | Both have the same purpose, to hinder fitting.
        - The two meanings are a term in the loss and a term in the data. | The question is what the term is there for.
        - A regularisation term is meant to speed up the descent. | It changes what is minimised, for generalisation or for another aim.
        - A second objective is dropped when the model is trained and used in validation alone. | It is a part of the loss that is trained on.
    """,
)
