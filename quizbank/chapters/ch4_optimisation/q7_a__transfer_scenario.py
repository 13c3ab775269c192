"""A way to use transfer learning when labels are scarce."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q7.a",
    title="A scenario of transfer learning",
    section="IV.4",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("transfer learning", "autoencoders"),
    need=3,
    text="Describe one scenario of transfer learning for a task with few labelled samples: what is trained first and on what, which part of the network is replaced, and what is trained then?",
    hints=(
        "An autoencoder needs no labels. Which half of it is of use for a classifier?",
        "A network trained on a large data set has a last layer made for its own classes.",
    ),
    key_points="""
        pretrained: pretrain|unlabelled|autoencod|large data|large set|big data|bigger data|larger data|huge|million|imagenet|reconstruct|unsupervis|backbone => First a network is trained on a large data set, for example an autoencoder on unlabelled images, or a pretrained backbone is taken.
        replaced: head|classifier|last layer|final layer|output layer|decoder|new layer & replac|swap|substitut|attach|remov|discard|plug|add|new|drop|put|on top|exchang|cut|throw|behind|append => Its decoder or last layer is replaced by a small head for the new task.
        adapted: train|fit|fine tun|adapt|optimis|learn & small|few|labelled data|labelled set|labelled sampl|labelled image|labels|target|new task|new data => The head, and perhaps some of the rest, is trained on the small labelled set.
    """,
    forbid="""
        discard encoder|remove encoder|throw away encoder|replace encoder|keep decoder => It is the encoder that is kept: it has learnt the features. [0.33]
        first & train|trained & on small|on few|on labelled samples => It is the large data set that comes first; the few labelled samples come last. [0.33]
        from scratch|random weights|random initial => Weights learnt before are kept; that is what is transferred. [0.33]
    """,
    models=(
        "Train an autoencoder on a large unlabelled data set, remove the decoder, attach a small classifier to the encoder, and train it on the few labelled samples.",
        "Take a backbone pretrained on ImageNet, replace its last layer by a new head, and fine-tune it on the small labelled set of the new task.",
        "An encoder learns features by reconstructing many images without labels; then a classifier replaces the decoder and is fitted to the small data set with labels.",
    ),
    samples="""
        1.0 | first an autoencoder is trained on all unlabelled images, then we replace the decoder with a small classifier and train it on the small labelled data set
        0.33 | use a network that was pretrained on ImageNet
        0.67 | take a pretrained backbone and fine-tune it on the few labelled images
        0.0 | train a large network from random weights on the labelled samples
        0.0 | augment the labelled samples with flips and crops
    """,
    statements="""
        + An autoencoder can be trained on images without labels first. | Its targets are the images themselves.
        + The encoder is kept, and the decoder is replaced by a small classifier. | The encoder has learnt features; the decoder only reconstructs.
        + The last layer of a pretrained classifier is replaced for the new classes. | It was made for the classes of the old task.
        + The pretrained layers can be frozen while the new head is trained. | Only the head's few parameters are fitted to the few labels.
        + Pretrained layers can be fine-tuned with a small learning rate. | Their features are adapted without being destroyed.
        + The old and the new task should share the kind of input. | Features of photographs are of little use for sound waves.
        - The decoder is kept, and the encoder is replaced by a small classifier. | The features are in the encoder.
        - The pretrained network needs labels of the new task from the beginning. | It is trained on another, larger set, perhaps without labels.
        - The old task should have less data than the new one. | The features come from the task with more data.
        - The first layers are replaced, and the last layers are kept. | Early layers hold general features; the last ones belong to the old task.
        - A large learning rate in fine-tuning keeps the pretrained features intact. | It would overwrite them.
        - All weights are drawn at random again before the new task is trained. | Then nothing would be transferred.
    """,
)
