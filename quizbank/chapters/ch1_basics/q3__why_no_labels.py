"""Why one may want to learn without labels."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q3",
    title="Reasons to learn without labels",
    section="I.3",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("unsupervised learning", "data sets"),
    need=2,
    text="Give two advantages that unsupervised learning has over supervised learning.",
    hints=(
        "What does it cost to prepare the data for either?",
        "What can be done afterwards with what was learnt?",
    ),
    key_points="""
        ~cost: label|annotat|ground truth|supervis & expens|cost|cheap|time|effort|work|money|scarce|hard|difficult|impossible|rare|unavailable|not avail|not exist|tedious|not need|not requir|by hand|manual|not necess|hours => Labels are expensive, and sometimes they cannot be had at all.
        ~data: unlabel|without label|not label|raw|all data|unsupervis & lot|huge|large|amount|more|plenty|abundan|internet|web|easy to|easily|any data|much more|enormous|everywhere => Large amounts of unlabelled data exist and can be used.
        ~reuse: feature|represent|pattern|structure|encoder|code|learnt & reus|transfer|other task|other problem|downstream|general|rich|later|classif|further|many task|several task|different task|afterwards => The features it finds can serve other tasks.
        ~errors: human|person|annotator|people|label|manual & error|mistake|bias|noise|noisy|wrong|inconsistent|subjective => Mistakes made by people who label do not enter.
    """,
    forbid="""
        more accurate|higher accuracy|better accuracy & always|guarant => It is not more accurate by itself; with enough labels, supervised learning usually is. [0.0]
        need label|need many label|need expensive label|requir label|requir many label|requir expensive label|depend on label => Unsupervised learning needs no labels; that is what makes it cheap. [0.0]
    """,
    swap=("unsupervised", "supervised"),
    models=(
        "Labels are expensive or even impossible to get, and huge amounts of unlabelled data are available.",
        "No labelling by hand is needed, which saves time and money, and the learnt features can be reused for other tasks.",
        "Annotators make errors, which do not matter here. Besides, raw data from the internet can be used in large quantities without the cost of labels.",
    ),
    samples="""
        1.0 | labels cost a lot and the features that are found can be transferred to other tasks
        0.5 | one saves the expensive annotation
        0.0 | it is always more accurate than supervised learning
        0.0 | it needs no loss function and no optimiser
    """,
    statements="""
        + Data are cheaper to collect, since nobody has to annotate them. | Annotation takes time and often experts.
        + For some problems the ground truth cannot be observed at all. | Then only learning without it is left.
        + Features learnt without labels can be used for a later task. | An encoder can become the lower part of a classifier.
        + Mistakes of annotators do not enter the training. | There are no labels that could be wrong.
        + A few labels go further after training on unlabelled data. | The features are already there; only a small head has to be learnt.
        + The features are not tied to one set of classes. | They were learnt from the data alone.
        - It reaches a higher accuracy when all samples are labelled. | With enough labels, learning the task directly is usually more accurate.
        - It needs no loss function, and so no gradients. | It has a loss as well, such as the reconstruction error.
        - It cannot overfit, as there are no labels to memorise. | An autoencoder can memorise its inputs, for example.
        - Its results are easier to assess than those of a classifier. | Without ground truth they are harder to assess.
        - It finds the names of the classes by itself. | It may find groups, but what they mean is left to us.
        - It needs fewer samples than learning with labels. | A label adds information; without it one rather needs more samples.
    """,
)
