"""An autoencoder first, a classifier second: the steps in their order."""

from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.ordering import Ordering
from quizbank import Question, part, some_of
from solvers.worked import Step

STEPS = (
    "Build an encoder and a decoder with a narrow layer in between.",
    "Train both on all training images, with each image as its own target.",
    "Drop the decoder.",
    "Put an untrained classification layer on top of the encoder, in the place of the decoder.",
    "Train the new layer with the training images of the small annotated set.",
    "Measure the accuracy on test images that were left out of all training.",
)
REASONS = (
    "The autoencoder comes first, since its features are what the classifier is built on.",
    "Reconstruction needs no labels, so images without labels serve as well.",
    "The decoder has done its duty: it made the code informative.",
    "It turns the code into one score for each class.",
    "Here the few labels are used; the layer could not be trained before it was there.",
    "The accuracy is the share of predictions that equal the label, so labels are needed for it, too.",
)
WITH_LABELS = (4, 5)

question = Question(
    "ch1.body.two_stages",
    title="Two stages of training",
    section="I.3",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("autoencoders", "transfer learning", "unsupervised learning"),
    order=some_of(6, *range(6)),
    text="""
There are many images, only a few of which have labels. A classifier is trained in two stages: an autoencoder first, the classifier second.
The steps are given in a mixed order.
""",
    hints=("What is built on what?", "A step needs labels where a prediction is compared with a class."),
)


def work():
    """Why each step stands where it does, and which of them need labels."""
    return (
        *(Step(f"{step} {reason}", name="procedure") for step, reason in zip(STEPS, REASONS, strict=True)),
        Step("Labels are needed where predicted classes are compared with true ones: in training the new layer and in measuring the accuracy.",
             name="labels"),
    )  # fmt: skip


def procedures(order) -> Ordering:
    return Ordering(items=tuple(STEPS[step] for step in order))


def choices(order) -> MultipleChoice:
    return MultipleChoice(
        options=tuple(STEPS[step] for step in order), explanations=tuple(REASONS[step] for step in order)
    )


@part("Put the steps in order.", procedures, points=2)
def procedure(order):
    return tuple(list(order).index(step) for step in range(len(STEPS)))


@part("Which of the steps use labels?", choices)
def labels(order):
    return tuple(place for place, step in enumerate(order) if step in WITH_LABELS)
