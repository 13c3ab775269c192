"""A latent space that is too small, or too large."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q3.b",
    title="The size of the latent space",
    section="V.11",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("autoencoder", "latent space"),
    text="What is the effect of a latent space that is too small in an autoencoder? What is the effect of one that is too large?",
    hints=(
        "How much information fits through the narrow place?",
        "What could the network do if everything fitted through?",
    ),
    key_points="""
        small: blur|underfit|under-fit|los|lost|loses|reconstructing is hard|hard|not enough information|too little information|poor reconstruct|bad reconstruct|reconstruction bad|reconstruction poor|reconstruction gets bad|reconstruction gets worse|reconstruction worse|reconstructed badly|reconstructed poorly|reconstruct badly|not rebuild|hard to reconstruct|cannot reconstruct|not reconstruct|little information|details => Too small: little information gets through; the reconstruction is blurry (underfitting).
        large: copy|copi|memor|identity|overfit|over-fit|by heart|not compress|no compress|no meaningful|without learning|not learn|no useful => Too large: the network can copy its input without learning meaningful features (overfitting).
    """,
    forbid="""
        small copi|small it copi|small network copi|small network memor|small overfit|small it overfit|small memor|small it memor|small image copi|small lead overfit|small cause overfit|small mean overfit|small will overfit|small result overfit|small make overfit => It is the other way round: a large latent space allows copying. [0.5]
        large blur|large image blur|large image get blur|large image become blur|large it blur|large it get blur|large underfit|large it underfit|big blur|big image blur|big image get blur|big it get blur|big it blur|big underfit|large lead underfit|large cause underfit|large mean underfit|large will underfit|large result underfit|big lead underfit|big cause underfit|reconstruction become blurry => It is the other way round: a small latent space makes blurry images. [0]
    """,
    models=(
        "Too small: too little information gets through and the reconstruction is blurry (underfitting). Too large: the network copies the input without meaningful features (overfitting).",
        "If it is too small, details are lost and the output is blurred. If it is too big, the network may learn the identity.",
        "A tiny latent space loses information, so reconstructing is hard. With a huge one the image can simply be memorised.",
    ),
    samples="""
        1.0 | small -> blurry reconstruction; big -> it just copies the image and does not learn features
        0.5 | with a small one the images become blurry
        0.0 | a small one makes training slow, a large one makes it fast
        0.0 | too small: it copies the input. too large: the images get blurry
    """,
    statements="""
        + With a latent space that is too small, reconstructions become blurry. | Not all details fit through the narrow place.
        + With a latent space that is too small, even the training images are reconstructed badly. | That is underfitting: the network lacks the capacity.
        + With a latent space that is too large, the network can copy its input without meaningful features. | Nothing forces it to choose what matters.
        + The narrow latent space forces the encoder to keep what matters most for the reconstruction. | That is why its features are useful.
        + A latent space as large as the image can give a reconstruction loss near 0 and useless features. | The identity would do.
        + Noise on the input can keep an autoencoder with a large latent space from merely copying. | A denoising autoencoder cannot reach its target by copying.
        + A smaller latent space compresses the image more. | The factor is the number of pixels divided by the latent entries.
        - With a latent space that is too small, the network copies its input. | There is no room for a copy; that happens if it is too large.
        - With a latent space that is too large, reconstructions of the training images become blurry. | They become very good, but the features mean little.
        - The larger the latent space, the more meaningful are the features of the encoder. | Beyond some size nothing forces it to choose.
        - The size of the latent space influences the speed only, not the reconstruction. | It limits how much information gets through.
        - A low reconstruction loss shows that the features of the encoder are meaningful. | A copy has a low loss as well.
        - With a latent space that is too small, the network overfits. | It underfits: too little information gets through.
        - The latent space must have as many entries as the image, so that the decoder can work. | A smaller one is the purpose of an autoencoder.
    """,
)
