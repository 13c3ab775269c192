"""Why plain adversarial networks may fit badly or collapse."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q5.b",
    title="When a GAN goes wrong",
    section="V.10.b",
    points=2,
    difficulty=3,
    minutes=4,
    topics=("GAN", "mode collapse", "training"),
    need=2,
    text="The training of a plain GAN may settle where the images are still poor, and it may also give nearly the same image for every noise vector. Give the reason for each of the two.",
    hints=(
        "What does a step of one network do to the loss of the other?",
        "Does the generator's loss compare its images with one another?",
    ),
    key_points="""
        game: oppos|against|fight|compet|contrary|conflict|contradict|minimax|rope|adversar|two player|rival|game|opponent|too strong|too good|overpower|perfect|wins & suboptim|equilib|not converg|converg|balance|oscillat|unstable|instab|stuck|saddle|not be reached|not reach|never reach|not optim|never settle|not settle|vanish|no gradient|small gradient|not learn|nothing|bad solution|poor solution|compromise|underfit => The networks pull against each other, so they may come to rest in a poor equilibrium, or not settle at all.
        collapse: one|single|few|same|particular|collapse & fool|trick|deceiv|convinc|believ|takes for real|taken for real|accept|mislead|get past|gets past|suffic|enough|reward|pays => One image that fools the discriminator is enough for a low loss, so nothing asks for variety.
    """,
    forbid="""
        kl term|kl divergence|kl loss => A GAN has no KL term; that belongs to a VAE. [0.5]
        generator & memoris|copies training|copy training|by heart => The generator never sees the training images; collapse means that it found one output that pays. [0.5]
    """,
    models=(
        "The two networks work against each other, so both may converge to a suboptimal solution; and a single image that fools the discriminator is enough for the generator.",
        "Because of the opposing objectives, training can end in a bad equilibrium or oscillate. The generator can get a small loss with the same output again and again, as long as it tricks the discriminator.",
        "It is a minimax game that need not converge: each step of one player spoils the balance of the other. Nothing rewards variety, therefore one convincing picture will suffice.",
    ),
    samples="""
        1.0 | generator and discriminator compete and can get stuck in a suboptimal equilibrium, and the generator may produce only one image that fools the discriminator
        0.5 | the generator finds one image which always deceives the discriminator
        0.5 | their goals are opposed, so they may converge to suboptimal solutions
        0.0 | the KL term pulls the images together
        0.0 | the training set is too small, so it overfits
    """,
    statements="""
        + One kind of image that fools the discriminator is enough for a low generator loss. | The loss looks at each image on its own.
        + A step that improves one of the networks may worsen the loss of the other. | Their goals are opposed.
        + Both losses may go up and down without better images. | The players may circle around an equilibrium.
        + With the loss ln(1 − D(G(z))), a discriminator that is too sure leaves hardly any gradient. | Where D(G(z)) is near 0, this loss is flat in the discriminator's logit.
        + Nearly the same image for different noise vectors is a sign of mode collapse. | The generator ignores its input.
        + Sharp images alone do not rule out mode collapse. | The one image that is repeated may be sharp.
        - Blurred images are the sign of mode collapse. | Blur is typical of VAEs; a collapsed generator may give sharp images, but few different ones.
        - A discriminator loss near 0 shows that the generator has learnt well. | It shows that the generator no longer fools the discriminator.
        - Mode collapse means that the discriminator gives the same output for every image. | It is the generator that gives nearly the same image.
        - Both networks minimise the same loss, so training settles as usual. | They pull in opposite directions.
        - In mode collapse the KL term pulls all noise vectors to one image. | A GAN has no KL term.
        - Mode collapse comes from comparing images with their targets by squares. | A generator's image has no target; the discriminator judges it.
    """,
)
