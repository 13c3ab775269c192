"""Loss, target and kind of learning of an autoencoder."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q3.a.i",
    also=("ch5.q3.a.ii", "ch5.q3.a.iii"),
    title="Training an autoencoder",
    section="V.11",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("autoencoder", "losses", "unsupervised learning"),
    text="An autoencoder is trained to reconstruct images. Name a loss function that could be used. What is compared with what? What kind of learning is it?",
    hints=("Outputs and targets are numbers here, not classes.", "Where does the target come from?"),
    key_points="""
        loss: mse|mae|mean square|squared error|squared diff|square|mean absolute|absolute error|absolute diff|l1|l2|bce|binary cross => A loss for numbers, such as the mean squared or the mean absolute error.
        compared*2: input|x|original|original image|itself & reconstruct|output|decoded|decoder|x hat => The input is compared with its reconstruction.
        unsupervised: unsupervised|self-supervised|self supervised|selfsupervised|no labels|without labels|not supervised => It is unsupervised (or self-supervised): no labels are needed.
    """,
    forbid="""
        is supervised|supervised learning & label => The target is the input itself; nobody has to label anything, so it is unsupervised. [0.75]
        compar & latent & input|image => The latent vector has no target: the reconstruction is compared with the input. [0.75]
    """,
    models=(
        "MSE or MAE between the input and the reconstructed image; it is unsupervised learning.",
        "The mean squared error compares the output of the decoder with the original image. No labels are needed, so it is self-supervised.",
        "We compare the reconstruction with the input, pixel by pixel, for instance by the L1 loss. That is unsupervised.",
    ),
    samples="""
        1.0 | mean absolute error, compare input image and output image, unsupervised
        0.75 | MSE between the input and the reconstruction
        0.25 | it is unsupervised learning
        0.0 | the cross-entropy with the class labels, supervised
    """,
    statements="""
        + The mean squared error over all pixels is a suitable loss. | Pixels are numbers, and their residuals can be squared and averaged.
        + The mean absolute error over all pixels is a suitable loss. | It weighs large residuals less than the squared error.
        + The reconstruction is compared with the image that entered the encoder. | The target is the input itself.
        + No labels are needed, so the training is unsupervised. | It is also called self-supervised, because the data supplies its own targets.
        + For pixels between 0 and 1, the binary cross-entropy of each pixel is a possible loss, too. | With a sigmoid at the output; it is smallest where output and pixel agree.
        + If a noisy image enters and the clean one is the target, the autoencoder learns to remove noise. | That is a denoising autoencoder.
        + The output of the decoder has the same shape as the input of the encoder. | Otherwise they could not be compared pixel by pixel.
        - The latent vector is compared with the image that entered the encoder. | It has another size, and no target; the reconstruction is compared.
        - The training is supervised, because there is a loss with a target. | The target is the input itself, not a label that somebody gave.
        - The cross-entropy over the classes of the images is a suitable loss. | There are no classes: an image is to be reconstructed.
        - The reconstruction is compared with another image of the same class. | It is compared with its own input; classes are not known.
        - The output of the encoder has the same shape as the input of the encoder. | It is the latent vector, which is smaller; the decoder's output has that shape.
        - Each image needs a label that says how good its reconstruction is. | The loss computes that from the two images.
        - The latent vector of an image is given to the training as its target. | It is learnt; nobody gives it.
    """,
)
