"""Learnable parameters of embeddings, normalisation, attention and whole transformer blocks.

Each `…_steps` function returns the working, the function beside it only the count.
"""

from solvers.parameters import linear_parameters, mlp_parameters
from solvers.worked import Step, Worked, worked


def norm_parameters(features: int) -> int:
    """Scale and shift of a batch, layer, instance or group norm: one of each per feature or channel.

    >>> norm_parameters(64)
    128
    """
    return 2 * features


def norm_parameters_steps(features: int) -> Worked:
    """Work out the parameters of a normalisation layer."""
    result = norm_parameters(features)
    return worked(result, (
        Step("Every feature (or channel) has its own scale $\\gamma$ and shift $\\beta$. Means and variances are "
             "measured, not learnt.", "2 C", rf"2 \cdot {features}", str(result), "total"),
    ))  # fmt: skip


def embedding_parameters(vocabulary: int, features: int, positions: int = 0) -> int:
    """Token table, and a learnt table of so many positions (0 for the sinusoidal encoding, which learns nothing).

    >>> embedding_parameters(1000, 64), embedding_parameters(1000, 64, positions=128)
    (64000, 72192)
    """
    return (vocabulary + positions) * features


def embedding_parameters_steps(vocabulary: int, features: int, positions: int = 0) -> Worked:
    """Work out the parameters of the embedding of tokens and positions."""
    result, tokens = embedding_parameters(vocabulary, features, positions), vocabulary * features
    steps = [Step("The table holds one vector for every token of the dictionary.", "V D",
                  rf"{vocabulary} \cdot {features}", str(tokens), "tokens")]  # fmt: skip
    if positions:
        steps.append(Step("A learnt position table holds one vector for every position.", "V D + T D",
                          rf"{tokens} + {positions} \cdot {features}", str(result), "total"))  # fmt: skip
    return worked(result, steps)


def attention_parameters(features: int, bias: bool = True, key_features: int = 0, output: bool = True) -> int:
    """Projections of multi-head attention: Q, K, V and (where `output`) the one after the heads.

    The number of heads does not matter, because the heads share the width. `key_features` is the width of the
    sequence that keys and values come from, where it differs.

    >>> attention_parameters(512), attention_parameters(512, bias=False)
    (1050624, 1048576)
    """
    source = key_features or features
    own = linear_parameters(features, features, bias) * (2 if output else 1)
    return own + 2 * linear_parameters(source, features, bias)


def attention_parameters_steps(features: int, bias: bool = True, heads: int = 1) -> Worked:
    """Work out the parameters of multi-head attention."""
    one, result = linear_parameters(features, features, bias), attention_parameters(features, bias)
    slices = (
        f"; the heads only cut the result into {heads} slices of width {features // heads}, which costs nothing"
    )
    cut = slices if heads > 1 else ""
    return worked(result, (
        Step(f"Queries, keys and values each come from a projection of full width{cut}.",
             "D^2 + D" if bias else "D^2", rf"{features}^2" + (f" + {features}" if bias else ""), str(one), "one"),
        Step("A fourth projection mixes the joined heads.", "4 (D^2 + D)" if bias else "4 D^2", rf"4 \cdot {one}",
             str(result), "total"),
    ))  # fmt: skip


def sliced_attention_parameters(features: int, heads: int) -> int:
    """Attention that cuts the tokens first and has its own small Q, K, V matrices per head (no bias, no output).

    >>> sliced_attention_parameters(64, 8)
    1536
    """
    if features % heads:
        raise ValueError(f"{features} features cannot be cut into {heads} heads")
    return 3 * heads * (features // heads) ** 2


def sliced_attention_parameters_steps(features: int, heads: int) -> Worked:
    """Work out the parameters of attention whose heads see slices of the tokens."""
    result, width = sliced_attention_parameters(features, heads), features // heads
    return worked(result, (
        Step("Each head sees a slice of the token.", "D / h", rf"{features} / {heads}", str(width), "width"),
        Step("It has three small square matrices; there are $h$ heads.", r"3 h (D / h)^2 = 3 D^2 / h",
             rf"3 \cdot {heads} \cdot {width}^2", str(result), "total"),
    ))  # fmt: skip


def feed_forward_parameters(features: int, hidden: int, bias: bool = True) -> int:
    """The two affine layers of a transformer block.

    >>> feed_forward_parameters(512, 2048)
    2099712
    """
    return mlp_parameters([features, hidden, features], bias)


def encoder_parameters(
    features: int, hidden: int, bias: bool = True, attention_bias: bool = True, blocks: int = 1
) -> int:
    """Encoder blocks: self-attention, feed-forward layers and two layer norms each.

    >>> encoder_parameters(768, 3072), encoder_parameters(4, 8, attention_bias=False)
    (7087872, 156)
    """
    attention = attention_parameters(features, attention_bias)
    return blocks * (attention + feed_forward_parameters(features, hidden, bias) + 2 * norm_parameters(features))


def encoder_parameters_steps(
    features: int, hidden: int, bias: bool = True, attention_bias: bool = True, blocks: int = 1
) -> Worked:
    """Work out the parameters of encoder blocks."""
    result = encoder_parameters(features, hidden, bias, attention_bias, blocks)
    return worked(result, _block(features, hidden, bias, attention_bias, blocks, 1))


def decoder_parameters(
    features: int, hidden: int, bias: bool = True, attention_bias: bool = True, blocks: int = 1
) -> int:
    """Decoder blocks: masked self-attention, cross-attention, feed-forward layers and three layer norms each.

    >>> decoder_parameters(4, 8, attention_bias=False)
    228
    """
    second = attention_parameters(features, attention_bias) + norm_parameters(features)
    return encoder_parameters(features, hidden, bias, attention_bias, blocks) + blocks * second


def decoder_parameters_steps(
    features: int, hidden: int, bias: bool = True, attention_bias: bool = True, blocks: int = 1
) -> Worked:
    """Work out the parameters of decoder blocks."""
    result = decoder_parameters(features, hidden, bias, attention_bias, blocks)
    return worked(result, _block(features, hidden, bias, attention_bias, blocks, 2))


def _block(
    features: int, hidden: int, bias: bool, attention_bias: bool, blocks: int, attentions: int
) -> list[Step]:
    attention = attention_parameters(features, attention_bias)
    forward, norm = feed_forward_parameters(features, hidden, bias), norm_parameters(features)
    one = attentions * attention + forward + (attentions + 1) * norm
    both = "Self-attention and cross-attention each have" if attentions == 2 else "Self-attention has"
    steps = [
        Step(f"{both} four projections of full width.",
             f"{4 * attentions} (D^2 + D)" if attention_bias else f"{4 * attentions} D^2",
             rf"{4 * attentions} \cdot " + (rf"({features}^2 + {features})" if attention_bias else f"{features}^2"),
             str(attentions * attention), "attention"),
        Step("The feed-forward part widens to $F$ and narrows again.", "2 D F + F + D" if bias else "2 D F",
             rf"2 \cdot {features} \cdot {hidden}" + (f" + {hidden} + {features}" if bias else ""), str(forward),
             "feed_forward"),
        Step(f"There is one layer norm for each of the {attentions + 1} sub-layers, with a scale and a shift per "
             "feature.", f"{attentions + 1} \\cdot 2 D", rf"{attentions + 1} \cdot {norm}",
             str((attentions + 1) * norm), "norms"),
        Step("One block.", "", f"{attentions * attention} + {forward} + {(attentions + 1) * norm}", str(one), "block"),
    ]  # fmt: skip
    if blocks > 1:
        steps.append(
            Step("Blocks do not share weights.", "", rf"{blocks} \cdot {one}", str(blocks * one), "total")
        )
    return steps
