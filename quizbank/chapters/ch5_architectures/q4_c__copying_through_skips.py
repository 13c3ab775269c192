"""Skip connections in a network that only reconstructs its input."""

from quizbank import Conceptual

question = Conceptual(
    "ch5.q4.c",
    title="Skip connections for reconstruction",
    section="V.9",
    points=1,
    difficulty=2,
    minutes=3,
    topics=("U-Net", "autoencoders", "skip connections"),
    need=1,
    text="A U-Net is trained for pure reconstruction: its target is the very image that goes in. Are its skip connections sensible? Answer yes or no, and give the reason.",
    hints=(
        "What is the easiest way to get a small loss here?",
        "Which information does the outermost skip connection carry, and what does it go around?",
    ),
    key_points="""
        copies: copy|copies|copied|copying|memoris|leak|cheat|trivial|identity|bypass|circumvent|go around|goes around|pass directly|passes directly|pass straight|send image|sends image|send input|sends input|sent image|pass image|passes image|pass input|passes input|straight to output|directly to output|through to output|passed on|handed|hand over|send to output|unchanged to|forward input|ignore bottleneck|skip bottleneck|not use bottleneck|not need bottleneck|not use latent|not compress|not learn|no useful => No: the input can be copied through the skip connections, and the bottleneck learns nothing. (If the input is corrupted first, copying does not help, and they are sensible.)
        corrupted: corrupt|noise|noisy|denois|blurred|low resolution|super resolution|degraded|masked|damaged|segment & if|when|only|provided|unless|for|differ|case|with => Where input and target differ, as in denoising, they are sensible.
    """,
    forbid="""
        yes & gradient|highway|detail|sharp|fine|blurr|better|faster|converge|copy|copies => They do help the loss here, but by letting the input through; nothing has to be learnt. [0.0]
        yes because|yes since => They do help the loss here, but by letting the input through; nothing has to be learnt. [0.0]
    """,
    models=(
        "No, because the model can copy the input to the output through the skip connection.",
        "No: the network could simply memorise the image and send it past the bottleneck, so nothing useful is learnt.",
        "They are pointless here, since the image leaks around the latent space. With a corrupted input, as in denoising, it would be different.",
    ),
    samples="""
        1.0 | no, since the input can be passed directly to the output layer by the skips
        1.0 | yes, but only if the input is corrupted with noise, because then it cannot simply be copied
        0.0 | yes, because they give sharper reconstructions
        0.0 | yes, the gradients flow better
        0.0 | no, because skip connections are only for classification
    """,
    statements="""
        + The outermost skip connection offers the decoder features of full resolution. | They were taken before anything was compressed.
        + The loss can become small although the bottleneck is hardly used. | What the decoder needs comes through the skip connections.
        + The bottleneck's features may be of little use for another task afterwards. | Nothing forced the network to put the image's content there.
        + If noise is added to the input only, copying no longer solves the task. | The copy would contain the noise, the target does not.
        + In segmentation, copying the input does not solve the task. | The target consists of labels, not of the image's colours.
        + A small reconstruction error does not prove here that the image was compressed well. | It may simply have been passed on.
        - They are needed here so that the output gets the size of the input. | Upsampling in the decoder sees to the size.
        - They are sensible here, since they make the bottleneck compress more. | They lead around it, so it need not compress anything.
        - They keep the reconstruction error from becoming small. | They make a small error easy: the input can be copied.
        - Copying is ruled out, since they carry features instead of pixels. | Convolutions can learn to pass the pixels on nearly unchanged.
        - Copying is ruled out if maps are concatenated instead of added. | The decoder can use the concatenated channels and ignore the others.
        - Whether they are sensible depends on the layers, not on the task. | In denoising they help; in pure reconstruction they open a way to copy.
    """,
)
