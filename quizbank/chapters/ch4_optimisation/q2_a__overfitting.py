"""What overfitting is."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q2.a",
    title="Overfitting",
    section="IV.4",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("overfitting", "generalisation"),
    need=2,
    text="Define overfitting in a short sentence.",
    hints=("How well does the model do on the data it has learnt from?", "And on other data?"),
    key_points="""
        training: train|learnt data|own data|memoris|by heart|noise & well|good|better|perfect|low|small|accura|close|closely|memoris|by heart|noise|fits|great|excellent => The model does well on the training data.
        unseen: unseen|test|validation|new data|new sample|other data|generalis|real data & not generalis|not perform|not do|not work|not good|not well|not transfer|poor|bad|worse|weak|high loss|high error|loss is high|loss stays high|error is high|error stays high|loss is large|error is large|accuracy is low|higher loss|higher error|larger loss|low accuracy|lower accuracy|larger|higher|gap|loss rises|loss increases|loss grows|not unseen|not test|not validation|not new data|not other data => It does badly on data it has not seen.
    """,
    forbid="""
        even on train|bad on train|badly on train|poor on train|poorly on train|already on train|both on train|low capacity|capacity too low|capacity is too low|too simple|network is too small|model is too small => That is underfitting. [0.0]
        well on unseen|well on test|good on unseen|good on test => On unseen data an overfitted model does badly. [0.0]
    """,
    models=(
        "The model performs very well on the training data but does not generalise to unseen data.",
        "The network memorises its training set, noise included, and does badly on new data.",
        "A low training error together with a high error on the validation set: a large generalisation gap.",
    ),
    samples="""
        1.0 | the model is good on the training data but fails on unseen data
        0.5 | the model memorises the training set
        0.5 | it does badly on the test set
        0.0 | the model does badly on training data and well on test data
        0.0 | the model is bad on the training data
        0.0 | the model is too simple for the task
    """,
    statements="""
        + The training loss keeps falling while the validation loss rises. | The model goes on learning peculiarities of its training samples.
        + The model has learnt noise of the training samples. | Noise does not repeat in other samples.
        + The gap between training and validation loss is large. | It is called the generalisation gap.
        + More capacity than the data can tie down makes it likelier. | Many different functions then fit the few samples.
        + The accuracy on the training set says little about it by itself. | One has to compare with data the model has not seen.
        + With the same model, fewer training samples make it likelier. | A few samples are easier to memorise.
        - The model does badly on the training set and on the test set. | That is underfitting.
        - The training loss has stopped falling at a high value. | That is underfitting: the training data is not learnt.
        - The validation loss is below the training loss. | Overfitting shows as a validation loss above it.
        - The model is too small to describe the training data. | Too little capacity gives underfitting.
        - The optimiser has been stopped before the losses have converged. | Then the model is underfitted.
        - The gradients have become too large to train on. | Those are exploding gradients, a problem of optimisation.
    """,
)
