"""The two terms of a variational autoencoder's loss."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q5.d",
    title="Two losses of a VAE",
    section="V.10.a",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("variational autoencoder", "KL divergence", "losses"),
    need=4,
    text="Name the two terms of a variational autoencoder's loss, and say what each of them is for.",
    hints=(
        "One of them a plain autoencoder has, too.",
        "The other compares two distributions. Which ones, and why should they be alike?",
    ),
    key_points="""
        reconstruction: reconstruct|decoded with original|decoded picture|decoded image|output with original|output with input|output and input|image with original|mse|mae|squared error|absolute error|l1 loss|l2 loss|binary cross entropy|pixel => One term is the reconstruction loss, for instance the mean squared error.
        fidelity: output|reconstruct|decod|result|image|input|original|copy|information|features|mse|mae & close|same|similar|resembl|match|faithful|equal|like input|like original|accura|well|good|as possible|rebuild|recover|reproduc|restor|fidelity|quality|compar|differ|keep|informative|meaningful => It makes the output resemble the input.
        kl: kl|kullback|divergence => The other term is the KL divergence.
        prior: latent|code|encod|distribution|posterior|z|mu|mean|it|space & standard normal|normal distribution|gauss|prior|n 0|N(0,1)|unit normal|regular|smooth|continuous|target distribution|mean 0|gaps|sampl => It keeps the encoded distributions close to the standard normal prior, so that one can sample from it later.
    """,
    forbid="""
        kl|divergence & input image|reconstruction and|pixels|makes output|makes image|makes reconstruct|keeps output|ensures output|compares output|compares image|mse compares latent|mse makes latent|output close|output similar|output image similar => The KL divergence compares distributions in the latent space, not images. [0.5]
        discriminator|adversarial => A VAE has no discriminator; that belongs to a GAN. [0.5]
    """,
    models=(
        "The reconstruction loss, e.g. MSE, makes the output similar to the input; the KL divergence keeps the latent distribution close to the standard normal distribution.",
        "A squared error compares the decoded image with the original so that they match. The Kullback-Leibler term pulls the encoder's distribution towards the prior.",
        "MAE between image and reconstruction, for faithful outputs, and KL divergence, which regularises the latent space so that one can sample from it.",
    ),
    samples="""
        1.0 | MSE so that the reconstruction is as close to the input as possible, and KL divergence so that the latent space follows a standard normal distribution
        0.5 | reconstruction loss and KL divergence
        0.5 | the KL divergence brings the latent distribution close to a Gaussian
        0.0 | generator loss and discriminator loss
        0.0 | they are for training and for testing
    """,
    statements="""
        + The reconstruction term makes the output resemble the input. | It is the loss a plain autoencoder has, too.
        + The KL term pulls the encoded distributions towards the prior. | The prior is usually the standard normal distribution.
        + With μ = 0 and σ = 1 in a latent dimension, its KL term is 0. | There the encoded distribution equals the standard normal prior.
        + With μ = 1 and σ = 1 in a latent dimension, its KL term is ½. | ½ (σ² + μ² − ln σ² − 1) = ½ (1 + 1 − 0 − 1).
        + Without the KL term, σ could shrink until the code is hardly random. | Less noise makes reconstruction easier.
        + A very large weight of the KL term makes reconstructions worse. | The codes of all images become alike.
        - The KL term compares the output image with the input image. | It compares distributions in the latent space; reconstruction compares images.
        - The KL term becomes negative when σ is smaller than 1. | A KL divergence is never below 0, and it is 0 only where both distributions agree.
        - The KL term makes the training images follow a normal distribution. | It acts on the encoded distributions; the images may follow any.
        - The reconstruction term needs a label for every image. | Its target is the input image itself.
        - The KL term keeps the encoded distributions of different images apart. | It pulls all of them to one prior; reconstruction keeps them apart.
        - The KL term makes the weights of the decoder small. | That would be weight decay; the KL term depends on the encoder only.
    """,
)
