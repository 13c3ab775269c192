"""What helps when there are too few training samples."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q7.f",
    title="Too few training samples",
    section="I.3",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("data augmentation", "overfitting", "transfer learning"),
    need=2,
    text="The training set is too small, and no more data can be collected. Name one measure that a practitioner can take, and say why it helps.",
    hints=("Would you still recognise a cat in the mirror?", "Which knowledge could come from other data?"),
    key_points="""
        measure: augment|flip|crop|rotat|mirror|transfer|pretrain|fine tun|regularis|dropout|weight decay|early stop|synthe|smaller model|simpler model|cross valid|autoencoder => Data augmentation; transfer learning and regularisation help, too.
        ~reason: varia|variet|vary|varied|larger set|larger data|larger train|more sampl|more data|more example|more image|more differ|new version|differ|enlarg|increase data|increase set|increase number|increase amount|increase size|artific|virtual|overfit|generalis|memoris|reus|knowledge|already|fewer param|less param|restrict => Augmentation enlarges the set virtually, so that the model overfits less.
    """,
    forbid="""
        test set|validation set & add|use for train|train on|into the train|merge => Validation and test set are needed to measure. [0.0]
        larger model|deeper|more layers|more parameters => A larger model would overfit all the more. [0.5]
    """,
    models=(
        "Data augmentation: it enlarges the training set virtually, so that the model sees more varied samples.",
        "One can flip, crop and rotate the images at random; the network sees a different version in every epoch and generalises better.",
        "Transfer learning: features learnt on a large data set are reused, so that few samples are enough for the new head without overfitting.",
    ),
    samples="""
        1.0 | use data augmentation so that the model sees more different samples
        0.5 | data augmentation
        0.0 | use a deeper network with more parameters
        0.0 | train for fewer epochs with a larger batch
    """,
    statements="""
        + Images can be flipped or cropped at random in each epoch. | The model sees varied versions of the same samples.
        + A network trained on another large data set can be adapted. | Its features are reused; only little has to be learnt.
        + A stronger weight decay can make up for some missing samples. | It restricts the weights, so that the model memorises less.
        + A smaller network may do better on the few samples. | It has less capacity to memorise them.
        + Unlabelled samples that are already there can be used to learn features. | An autoencoder needs no labels.
        + An augmentation has to leave the meaning of the label intact. | A 6 that is turned upside down is a 9.
        - Copying each sample ten times has the same effect as augmentation. | Copies bring nothing new; an epoch only gets longer.
        - The test samples should be moved into the training set. | Then nothing would be left for a sound final estimate.
        - A deeper network extracts more from the few samples. | It has more capacity to memorise them.
        - Training for more epochs replaces the samples that are missing. | The model memorises the same samples more and more.
        - Augmented images should be added to the validation set as well. | The validation set has to follow the real distribution.
        - Every augmentation helps, whatever the task may be. | It must fit the task: mirrored text, for example, is not text.
    """,
)
