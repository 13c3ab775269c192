"""One training step of a generator."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q5.c",
    title="Training the generator",
    section="V.10.b",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("GAN", "binary cross-entropy", "training"),
    need=2,
    text="In each iteration of a GAN the discriminator is trained first. How is the generator trained after that? Say how its loss arises, and which weights are changed.",
    hints=(
        "Whom does the generator want to deceive, and what should be said of its images?",
        "Through which network do the gradients pass on their way, and should that network change now?",
    ),
    key_points="""
        label: label 1|label one|class one|target one|labelled one|labels 1|labelled 1|labelled as 1|labelled with 1|label of 1|labelled real|label real|label of real|real label|class 1|class real|class of real|real class|target 1|target is 1|target of 1|target real|real target|with 1|value 1|y 1|as real|for real|are real|were real|is real|ones|log d|ln d|log 1|ln 1|d g z|fool|deceive => The fake images pass through the discriminator with label 1, as if they were real.
        generator: only generator|just generator|generator only|generator alone|alone generator|generator weights|g parameters|g weights|only g|update g|updates g|weights of g|parameters of g|weights of generator|generator parameters|parameters of generator|update generator|updates generator|updating generator|updated generator|adjust generator|change generator|train generator only|generator is updated|generator is changed|generator is adjusted|generator updated|generator changes|step for generator|optimise generator|discriminator frozen|discriminator is frozen|freeze discriminator|freezing discriminator|frozen discriminator|fixed discriminator|discriminator fixed|discriminator is kept|discriminator stays|discriminator remains|discriminator is held|discriminator is not|discriminator not|not update discriminator|not discriminator|discriminator unchanged|discriminator constant|its own weights|only its weights => Only the generator's weights are updated; the discriminator passes gradients on, but stays as it is.
    """,
    forbid="""
        both networks updated|update both|updates both|both are updated|both updated|both sets|weights of both => Only the generator is updated in this step. [0.5]
        generator & mean squared|mse|pixel|reconstruct => No real image is compared with the fake one; the discriminator's verdict is the loss. [0.5]
        labelled 0|label 0|class 0|target 0|as fake|label fake|labelled fake => That is the discriminator's step; the generator is trained with label 1 for its images. [0.5]
    """,
    models=(
        "Its fake images are sent through the discriminator again, but with label 1, and only the generator is updated.",
        "The loss is the cross-entropy of the discriminator's output for fakes as if they were real. The gradient runs back through the frozen discriminator and changes the weights of the generator.",
        "One minimises -log D(G(z)). The discriminator stays fixed while the generator weights are adjusted.",
    ),
    samples="""
        1.0 | send the fake image through the discriminator with class 1 like a real image, and update only the generator
        0.5 | the fake images are passed through the discriminator with label 1
        0.5 | the fake images get label 0 and only the generator is updated
        0.0 | its images are compared with real images by the squared error
        0.0 | it is trained on real images first
    """,
    statements=r"""
        + The fake images pass through the discriminator with label 1. | The generator wants them to be taken for real.
        + Gradients pass back through the discriminator to the generator. | Its images are the discriminator's inputs.
        + The discriminator's weights stay as they are in this step. | They only pass the gradient on.
        + No real images are needed for this step. | Its loss is computed from generated images alone.
        + The generator's loss $-\ln D(G(z))$ is $\ln 2$ where the discriminator is undecided. | Then $D(G(z)) = 1/2$.
        + Minimising $\ln(1 - D(G(z)))$ pursues the same aim with other gradients. | Both fall as $D(G(z))$ rises; this one's gradient is weak where $D(G(z))$ is near 0.
        - The fake images pass through the discriminator with label 0. | That is how the discriminator is trained.
        - The weights of both networks are updated in this step. | Then the discriminator would learn to take fakes for real.
        - Each fake image is compared with a real image, pixel by pixel. | Fakes have no real partner; the discriminator judges them.
        - The discriminator has to be cut off from the gradient in this step. | Without its gradient the generator would learn nothing; only its weights are left alone.
        - The generator's loss is small where the discriminator recognises its images. | It is large there: $-\ln D(G(z))$ grows as $D(G(z))$ falls.
        - The generator's loss $-\ln D(G(z))$ is the negative of the discriminator's loss. | The latter has a term for real images, and $-\ln(1 - D(G(z)))$ for fakes.
    """,
)
