"""An autoencoder that helps a classifier with few labels."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q4",
    title="Unlabelled data for a better classifier",
    section="I.3",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("autoencoders", "transfer learning", "unsupervised learning"),
    need=2,
    text="""
You have many images, but labels for only a few of them. Describe how training without labels can raise the accuracy of a classifier:
what is trained first, and what is done with it?
""",
    hints=(
        "Which network can be trained with the images as their own targets?",
        "Which half of that network turns an image into features?",
    ),
    key_points="""
        pretrain: autoencoder|reconstruct|self-supervis|pretext => An autoencoder is trained to reconstruct the unlabelled images.
        transfer: encoder|feature|latent|represent|bottleneck|code & classif|head|label|fine tun|supervis|softmax => Its encoder is kept as feature extractor, and a classifier is trained on the few labelled images.
    """,
    forbid="""
        keep decoder|use decoder|take decoder|output of decoder & classif => The decoder is dropped; the features come from the encoder. [0.5]
        first train classif|first the classif|first a classif|classifier first => The network that needs no labels is trained first, the classifier afterwards. [0.0]
    """,
    models=(
        "Train an autoencoder to reconstruct all the unlabelled images, then keep the encoder as feature extractor and train a classifier on the small labelled set.",
        "First an autoencoder learns to reproduce its input. Its encoder then gives features, on top of which a small head is trained with the few labels.",
        "One trains on reconstruction without labels, throws the decoder away and fine-tunes the encoder with a classification layer on the labelled data.",
    ),
    samples="""
        1.0 | train an autoencoder on everything and then use its encoder with a classifier trained on the labelled images
        0.5 | we trained an autoencoder on the unlabelled images
        0.5 | one takes an encoder that is already trained and trains a classifier on its features
        0.0 | train the classifier on the few labels with a higher learning rate
        0.0 | give the unlabelled images random labels and train a deeper classifier
    """,
    statements="""
        + An autoencoder is first trained to reconstruct all images. | That needs no labels.
        + The encoder is kept and serves as a feature extractor. | It turns an image into a short code.
        + A classifier is trained on the codes of the labelled images. | Only this step needs labels.
        + The decoder is dropped once the autoencoder is trained. | It only served to make the code informative.
        + The labelled images may take part in the first step, too. | It uses the images, not their labels.
        + With a fixed encoder the second step has few weights to learn from few labels. | The features are there already, so it overfits less.
        - The decoder is kept, and its output is classified. | That would be a copy of the image; the features are in the code.
        - The classifier is trained first, and the autoencoder on its predictions. | The encoder has to be trained first, since the classifier is built on it.
        - The autoencoder needs a label for each image as its target. | Its target is the image itself.
        - The bottleneck should be as large as the image, so that nothing is lost. | Then copying would do, and the code need not be informative.
        - The gain is measured on the labelled images of the training. | It is measured on images that were not used in training.
        - The method helps most when all images have labels. | Then the classifier can learn its features from the labels directly.
    """,
)
