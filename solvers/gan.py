"""Losses of a generative adversarial network from the discriminator's outputs in (0, 1); natural logarithms."""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, show, total, vector
from solvers.worked import Step, Worked, worked


def gan_losses(real_outputs: ArrayLike, fake_outputs: ArrayLike, halved: bool = True) -> dict[str, float]:
    """Discriminator loss and non-saturating generator loss.

    The discriminator's is the mean over real and fake images together (`halved`), or the sum of the two means.

    >>> found = gan_losses([0.5], [0.5])
    >>> round(found["discriminator"], 4), round(found["generator"], 4)
    (0.6931, 0.6931)
    """
    on_real, on_fake = _outputs(real_outputs), _outputs(fake_outputs)
    both = -np.log(on_real).mean() - np.log1p(-on_fake).mean()
    return {"discriminator": float(both / 2 if halved else both), "generator": float(-np.log(on_fake).mean())}


def gan_losses_steps(real_outputs: ArrayLike, fake_outputs: ArrayLike, halved: bool = True) -> Worked:
    """Work out both losses of a GAN."""
    found, on_real, on_fake = (
        gan_losses(real_outputs, fake_outputs, halved),
        _outputs(real_outputs),
        _outputs(fake_outputs),
    )
    real_part, fake_part = -np.log(on_real), -np.log1p(-on_fake)
    half = r"\tfrac{1}{2} " if halved else ""
    return worked(found, (
        Step("On real images the discriminator should say 1.", r"-\frac{1}{N} \sum_n \ln D(x_n)",
             rf"\frac{{{total(real_part)}}}{{{on_real.size}}}", show(real_part.mean()), "real"),
        Step("On generated images it should say 0.", r"-\frac{1}{N} \sum_n \ln(1 - D(G(z_n)))",
             rf"\frac{{{total(fake_part)}}}{{{on_fake.size}}}", show(fake_part.mean()), "fake"),
        Step("Both together" + (", as one mean over real and generated images." if halved else "."),
             f"L_D = {half}(\\text{{real}} + \\text{{fake}})",
             f"{half}({show(real_part.mean())} + {show(fake_part.mean())})", show(found["discriminator"]),
             "discriminator"),
        Step("The generator wants the discriminator to say 1 on its images; this form keeps a gradient even while it "
             "fails.", r"L_G = -\frac{1}{N} \sum_n \ln D(G(z_n))",
             rf"\frac{{{total(-np.log(on_fake))}}}{{{on_fake.size}}}", show(found["generator"]), "generator"),
    ))  # fmt: skip


def _outputs(values: ArrayLike) -> Array:
    values = vector(values, "the discriminator's outputs")
    if ((values <= 0) | (values >= 1)).any():
        raise ValueError(f"the discriminator's outputs must lie in (0, 1), got {values.tolist()}")
    return values
