"""How variational autoencoders and adversarial networks learn a distribution."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q5.a",
    title="Explicit or implicit",
    section="V.10",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("variational autoencoder", "GAN", "generative models"),
    need=2,
    text="A VAE and a GAN both learn the distribution of the training images. In which way does each of them learn it?",
    hints=(
        "Which of the two gives parameters of a distribution as output?",
        "What does the generator of a GAN learn about the training images, and through whom?",
    ),
    key_points="""
        ~explicit: vae|variational & explicit|direct|mean|mu|parameters of|likelihood|elbo|density => A VAE learns it explicitly: its encoder gives the parameters of a distribution, and the loss bounds the likelihood.
        ~implicit: gan|generator|adversarial & implicit|indirect|not explicit|not direct|discriminator|only samples|without density|no density|never computes|game => A GAN learns it implicitly: the generator only gives samples, judged by a discriminator.
    """,
    forbid="""
        vae learn implicit|vae learn distribution implicit|vae implicit learn|vae implicit model|vae indirect learn|vae implicit gan explicit|vae indirect gan direct|vae is implicit|vaes are implicit|vae implicit through|vae implicit by|vae implicit via|implicit vae explicit gan => It is the other way round: a VAE learns the distribution explicitly. [0.0]
        gan learn explicit|gan learn distribution explicit|gan explicit learn|gan explicit model|gan learn direct|gan learn distribution direct|gan explicit vae implicit|gan is explicit|gans are explicit|gan explicit through|gan explicit by|gan explicit via|gan direct vae indirect|explicit gan implicit vae => It is the other way round: a GAN learns the distribution implicitly. [0.0]
        vae uses discriminator|vae has discriminator|vae trains discriminator|gan uses encoder|gan has encoder|gan encodes => The discriminator belongs to the GAN, the encoder to the VAE. [0.0]
    """,
    models=(
        "A VAE learns the distribution explicitly, a GAN learns it implicitly.",
        "VAEs model it directly by encoding a mean and a deviation. The generator of a GAN learns it only indirectly, through the discriminator.",
        "The VAE has an explicit density whose likelihood is bounded in the loss; the GAN plays a game and never computes a density, so it is implicit.",
    ),
    samples="""
        1.0 | the VAE learns it directly through mean and variance, and the GAN indirectly through the discriminator
        0.5 | VAEs learn the distribution explicitly
        0.0 | the VAE learns the distribution implicitly, the GAN explicitly
        0.0 | both memorise the training images
    """,
    statements="""
        + A VAE's encoder gives the parameters of a distribution for each image. | Usually a mean and a standard deviation for each latent dimension.
        + A GAN's generator learns of the training images through the discriminator only. | It gets gradients from there and sees no real image itself.
        + A VAE is trained with a bound on the likelihood of the images. | Reconstruction term and KL term together make up that bound.
        + A trained GAN gives samples, but no value for the density of an image. | Its distribution is known only through what the generator makes.
        + New images of both begin with random numbers that a network turns into an image. | The decoder does it in a VAE, the generator in a GAN.
        + Encoder and decoder of a VAE minimise one common loss. | In a GAN, two networks have opposing goals.
        - A GAN's generator gives mean and deviation of the training images. | It gives an image; mean and deviation come from a VAE's encoder.
        - A VAE trains a discriminator to compare images with reconstructions. | Its reconstruction loss compares them, and the KL term looks at the latent space.
        - A GAN needs an encoder to find the noise for its generator. | The noise is drawn at random.
        - A VAE's loss is the exact likelihood of the training images. | It is a bound, since the exact value would need an integral over all latent vectors.
        - A GAN's generator compares each of its images with a real one, pixel by pixel. | Its images have no real partner; the discriminator judges them.
        - A trained GAN needs its discriminator to make new images. | The generator alone makes them.
    """,
)
