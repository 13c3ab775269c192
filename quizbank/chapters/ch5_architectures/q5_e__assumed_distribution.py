"""What is assumed to be normally distributed in a generative network."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q5.e",
    title="The assumed distribution",
    section="V.10.a",
    points=2,
    difficulty=2,
    minutes=2,
    topics=("variational autoencoder", "GAN", "sampling"),
    need=2,
    text="To make new images, a trained VAE or GAN begins with random numbers. Which distribution is usually assumed, and which quantity is supposed to follow it?",
    hints=(
        "Which distribution has a ready generator in every library, and what does the KL term compare with?",
        "What goes into the decoder, or into the generator?",
    ),
    key_points="""
        normal: standard normal|standard gauss|unit normal|unit gauss|standardised normal|normal distribution|normal with|gauss|n 0|N(0,1)|mean 0|zero mean => It is the standard normal distribution: mean 0 and standard deviation 1 in each dimension, all independent.
        latent: latent|noise|z|prior|code|input of decoder|input to decoder|decoder input|input of generator|input to generator|generator input|epsilon|eps => The latent vector z (the noise that goes in) is assumed to follow it, not the images.
    """,
    forbid="""
        training set|training data|training images|data distribution|distribution of data|distribution of images|data follow|data is|data are|images follow|images are|pixels & normal|gauss|n 0|N(0,1) => The images may follow any distribution; it is the latent vector that is assumed to be standard normal. [0.5]
        uniform distribution|is uniform => The usual choice is the standard normal distribution. [0.5]
    """,
    models=(
        "The latent vector z is assumed to follow the standard normal distribution.",
        "A Gaussian with mean 0 and variance 1, for the noise that is fed into the decoder or the generator.",
        "The prior of the latent code is N(0, I), whatever the images look like.",
    ),
    samples="""
        1.0 | standard normal distribution for the latent space
        1.0 | the noise vector z is Gaussian with zero mean and unit variance
        0.5 | a standard normal distribution
        0.5 | the training set is assumed to have the standard normal distribution
        0.0 | a uniform distribution of the pixels
        0.0 | the same distribution as the labels
    """,
    statements=r"""
        + The latent vector of a new image is drawn from the standard normal distribution. | It goes straight into the decoder or generator.
        + The distribution of the images themselves is not restricted to a simple form. | The network maps simple noise to complicated images.
        + A VAE's prior has standard deviation 1 in each latent dimension. | And mean 0, with independent dimensions.
        + For one image, the encoder's Gaussian may have another mean and spread than the prior. | The KL term only pulls it towards the prior.
        + In $z = \mu + \sigma\varepsilon$ the noise ε is standard normal. | Mean and spread are added by the encoder's outputs.
        + A VAE needs no encoder to make a new image. | The latent vector is drawn from the prior.
        - The training images are assumed to be standard normal. | The assumption is about the latent vector; images may follow any distribution.
        - Images that are normalised to mean 0 and variance 1 are normally distributed. | Normalising shifts and scales; it does not change the shape of a distribution.
        - The decoder turns standard normal latent vectors into standard normal images. | It is a nonlinear map; its outputs follow another distribution.
        - The encoder has to give μ = 0 and σ = 1 for each image. | Then the code would say nothing about the image.
        - To make a new image, a VAE takes μ and σ of the whole training set. | It draws z from the standard normal prior.
        - In $z = \mu + \sigma\varepsilon$ the letter σ stands for the variance. | It is the standard deviation; the variance is its square.
    """,
)
