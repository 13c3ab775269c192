"""What kind of task next-token prediction is."""

from quizbank import Conceptual

question = Conceptual(
    "ch6.q4.d",
    title="Predicting the next token",
    section="VI.5",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("transformers", "classification", "cross-entropy"),
    need=2,
    text="A language model predicts the next token. What kind of task is this, and over what?",
    hints=("How many possible results are there?", "Which loss is used?"),
    key_points="""
        task: classif|class|categor => It is a classification.
        over: dictionar|vocabular|all tokens|each token|every token|possible token|the tokens|one of the tokens|all words|each word|every word|possible word|known word|the words => Its classes are the tokens of the dictionary.
    """,
    forbid="regression => The result is one of finitely many tokens: a classification. [0.0]",
    models=(
        "It is a classification over all tokens of the dictionary.",
        "A classification problem: the classes are the words of the vocabulary.",
        "Every token of the vocabulary is a class, so the model classifies what comes next.",
    ),
    samples="""
        1.0 | classification over the vocabulary
        0.0 | regression of the next embedding
        0.5 | it is a classification task
        1.0 | a classification task in which each word of the dictionary is a class
        0.0 | clustering of similar words
    """,
    statements="""
        + The classes are the tokens of the dictionary. | One of them is the next token.
        + The output layer has one logit for each token of the dictionary. | A softmax turns the logits into probabilities.
        + The usual loss is the cross-entropy. | It scores the probability given to the true next token.
        + An untrained model has a loss of about the logarithm of the dictionary's size. | All tokens are equally likely then.
        + The labels come from the text itself. | The next token of every place is known, so nobody has to annotate it.
        + All places of a sequence can be trained at once. | A causal mask hides the later tokens.
        - The task is a regression on the next embedding. | The model gives probabilities of tokens, not a vector.
        - The number of classes is the length of the sequence. | It is the size of the dictionary.
        - The number of classes is the embedding size. | The embedding is mapped to one logit for each token.
        - The usual loss is the mean squared error between embeddings. | It is the cross-entropy over tokens.
        - The task needs labels written by people. | The text is its own label.
        - The task is clustering, because there are no labels. | The next token is the label.
    """,
)
