"""Why augmentation is regularisation."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q3.f",
    title="Augmentation as regularisation",
    section="IV.4",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("regularisation", "data augmentation"),
    need=2,
    text="Why is data augmentation considered a regularisation technique?",
    hints=(
        "What does the network see in place of the same image, epoch after epoch?",
        "Does this make the training loss easier or harder to lower?",
    ),
    key_points="""
        variety: virtual|artificial|enlarg|more data|more sampl|more images|more training|larger data|larger training|bigger data|bigger training|increases size|increase size|size of|variation|varied|variants|versions|divers|never the same|differently|different each time|different every time|different in each|different in every|looks different|each epoch|every epoch|another version|transformed|additional sampl|new sampl|modified => It virtually enlarges the training set: the model sees new variants all the time.
        harder: not memoris|not remember|not rely|not overfit|harder|difficult|general|overfit|memoris|robust|invarian|by heart => This makes training harder, so that the model learns more general patterns instead of memorising.
    """,
    forbid="""
        training easier|training becomes easier|training gets easier|training simpler|easier training|can memoris|could memoris => Augmentation makes memorising harder, and so the training. [0.0]
        penalty on weights|penalises weights|penalty for weights|shrinks weights|small weights|smaller weights => Augmentation changes the samples, not the weights. [0.0]
        training easier|easier to fit|easier to learn|easier to train|easier to memorise|generalises less|generalises worse => It makes training harder, which is why the model generalises better. [0.0]
        augment & validation|test & also|too|as well => Validation and test data are not augmented. [0.5]
    """,
    models=(
        "It virtually enlarges the training set and makes training harder, so the model has to learn more general patterns.",
        "The network sees ever new variants of each image and cannot memorise single samples.",
        "Because random transformations add variation to the data, which prevents overfitting and gives robust features.",
    ),
    samples="""
        1.0 | it virtually increases the size of the training set, so training is harder and the model generalises better
        0.5 | it artificially enlarges the data set
        0.0 | it makes the training faster
        0.0 | training becomes easier, so that the model can memorise the samples
        0.0 | it adds a penalty on the weights to the loss
    """,
    statements="""
        + The model meets another variant of a sample in each epoch. | The transformation is drawn at random each time.
        + It becomes harder to memorise single training samples. | They do not come back in the same form.
        + The training loss is usually higher with it than without it. | Training is made harder.
        + It teaches the model what should not matter to the label. | A flipped cat is still a cat.
        + The number of stored training samples does not change. | The set is enlarged only virtually.
        + It can do harm where a transformation changes the label. | A 6 turned upside down is a 9.
        - It adds a term to the loss that punishes large weights. | It changes the samples; the loss keeps its form.
        - It is applied to the validation set for a fair comparison. | Validation data stays as it is.
        - It makes the training data easier to fit. | It makes it harder; that is why it regularises.
        - It lowers the capacity of the model. | The model keeps its layers and weights.
        - Its variants count as independent samples, as good as newly collected ones. | They show the same objects, so they add less than new samples.
        - It has to keep the pixels of an image close to their values. | It has to keep the label; crops and flips change pixels a lot.
    """,
)
