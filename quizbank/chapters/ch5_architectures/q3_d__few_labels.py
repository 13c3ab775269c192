"""When to take an autoencoder for features."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q3.d",
    title="Few labels, many images",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("autoencoder", "feature extraction", "unsupervised learning"),
    text="Describe a situation in which you would use an autoencoder to extract features, and how its parts are used afterwards.",
    hints=("What does the training of an autoencoder not need?", "Which part turns an image into features?"),
    key_points="""
        labels: unlabel|unlabelled|without label|few label|few of|little label|not label|no label|hardly label|small part|small fraction|only some|only a few|labelling is expensive|labels are expensive|labels are rare|labels for a fraction|labels for some|fraction is labelled|part is labelled|annotat => There is much data without labels, and only little of it is labelled.
        ~reuse: encoder|pretrain|pre-train|pretrained|discard decoder|remove decoder|throw decoder|drop decoder|features & classif|supervis|fine-tun|finetun|downstream|task|head|second step|then|remov|discard|small network => The trained encoder is kept as a feature extractor, and a small classifier behind it is trained with the labels.
    """,
    forbid="""
        keep|use|take & decoder & classif|features => The encoder gives the features; the decoder is discarded. [0.5]
        remove encoder|discard encoder|throw encoder|throw away encoder|drop encoder|encoder is removed|encoder is discarded => It is the decoder that is discarded; the encoder gives the features. [0.5]
        all & labels|labelled|labeled & available|exist|known => With labels for everything one would train a classifier at once. [0.5]
    """,
    models=(
        "There are many unlabelled images and only few labels, as with medical scans. Train the autoencoder on all of them, then use the encoder as a feature extractor for a supervised task.",
        "If only a small part of a large dataset is labelled: pretrain the autoencoder without labels, discard the decoder and train a small classifier on the features.",
        "Labels are expensive to get, so most data is unlabelled. The pretrained encoder is reused, and a classification head is trained on the labelled samples.",
    ),
    samples="""
        1.0 | we have lots of unlabeled data and few labeled samples. we train an autoencoder and then reuse the encoder for classification
        0.5 | when most of the data is not labelled
        0.0 | when the images are large and the network should be fast
        0.5 | with lots of unlabeled data; afterwards we keep the decoder to get the features
    """,
    statements="""
        + It suits a large set of images of which only a small part is labelled. | The reconstruction needs no labels, so all images help.
        + After the first training the decoder is removed, and the encoder stays as a feature extractor. | What the encoder gives is the compressed representation.
        + In the second step a small classifier behind the encoder is trained with the labelled images. | That is supervised learning with few parameters.
        + The first step, the reconstruction, can use labelled and unlabelled images alike. | It does not look at the labels.
        + The second step may change the encoder's weights as well, with a small learning rate. | That is fine-tuning; keeping them fixed is the other choice.
        + Medical scans, which only experts can label, are a typical case. | There are many scans, and labels are expensive.
        + If the features were trained on similar images, a few labels can be enough for the second step. | The classifier has few parameters and gets meaningful inputs.
        - It suits a large set of images all of which are labelled correctly. | Then a classifier can be trained at once, with all labels.
        - After the first training the encoder is removed, and the decoder stays as a feature extractor. | The decoder makes images of features; the encoder makes features of images.
        - The first step, the reconstruction, is supervised by the few labels. | It does not use them: the image is its own target.
        - In the second step the classifier learns to reconstruct the labelled images. | It learns to predict their labels.
        - The unlabelled images are thrown away before the first step. | They are the reason for the first step.
        - The decoder gives the probabilities of the classes. | It gives a reconstruction; a classifier behind the encoder gives them.
        - The number of latent entries has to equal the number of classes. | They are features; the classifier turns them into class scores.
    """,
)
