"""How variance travels through layers, and the initialisations that keep it.

Variances are population variances; n_in and n_out count the inputs and outputs of one unit. Each `…_steps` function
returns the working, the function beside it only the value.
"""

from math import sqrt

from solvers.arrays import show, signed
from solvers.worked import Step, Worked, worked

SCHEMES = {
    "xavier": (r"\frac{2}{n_\text{in} + n_\text{out}}", "a compromise between the forward pass, which asks for "
               "$1 / n_\\text{in}$, and the backward pass, which asks for $1 / n_\\text{out}$"),
    "lecun": (r"\frac{1}{n_\text{in}}", "the sum over $n_\\text{in}$ inputs then has the variance of one input"),
    "kaiming": (r"\frac{2}{n_\text{in}}", "ReLU removes half of the second moment, so twice the variance is needed"),
}  # fmt: skip


def weight_variance(scheme: str, inputs: int, outputs: int = 0) -> float:
    """Variance of initial weights: "xavier" 2/(n_in + n_out), "lecun" 1/n_in (the course's short Xavier form),
    "kaiming" 2/n_in.

    >>> weight_variance("xavier", 3, 5), weight_variance("lecun", 4), weight_variance("kaiming", 4)
    (0.25, 0.25, 0.5)
    """
    if scheme not in SCHEMES:
        raise ValueError(f"the scheme must be one of {', '.join(SCHEMES)}; got {scheme!r}")
    if inputs < 1 or (scheme == "xavier" and outputs < 1):
        raise ValueError(f"there must be at least 1 input and output, got {inputs} and {outputs}")
    return {"xavier": 2 / (inputs + outputs), "lecun": 1 / inputs, "kaiming": 2 / inputs}[scheme]


def weight_deviation_steps(scheme: str, inputs: int, outputs: int = 0) -> Worked:
    """Work out the standard deviation of normally distributed initial weights."""
    variance = weight_variance(scheme, inputs, outputs)
    return worked(sqrt(variance), (
        _variance_step(scheme, inputs, outputs),
        Step("The standard deviation is its root.", r"\sigma = \sqrt{\operatorname{Var}(w)}",
             rf"\sqrt{{{show(variance)}}}", show(sqrt(variance)), "std"),
    ))  # fmt: skip


def uniform_bound(scheme: str, inputs: int, outputs: int = 0) -> float:
    """Bound a of initial weights drawn uniformly from [−a, a]: a² / 3 is the variance.

    >>> uniform_bound("xavier", 2, 4)
    1.0
    """
    return sqrt(3 * weight_variance(scheme, inputs, outputs))


def uniform_bound_steps(scheme: str, inputs: int, outputs: int = 0) -> Worked:
    """Work out the bound of uniformly distributed initial weights."""
    value, variance = uniform_bound(scheme, inputs, outputs), weight_variance(scheme, inputs, outputs)
    return worked(value, (
        _variance_step(scheme, inputs, outputs),
        Step("A uniform distribution on $[-a, a]$ has variance $a^2 / 3$; solve for $a$.",
             r"a = \sqrt{3 \operatorname{Var}(w)}", rf"\sqrt{{3 \cdot {show(variance)}}}", show(value), "bound"),
    ))  # fmt: skip


def fan_in(channels: int, kernel: int) -> int:
    """Inputs of one unit of a convolution: its window through all channels.

    >>> fan_in(3, 5)
    75
    """
    return channels * kernel * kernel


def conv_deviation_steps(channels: int, kernel: int, scheme: str = "kaiming", outputs: int = 0) -> Worked:
    """Work out the standard deviation of a convolution's initial weights; `outputs` are its output channels."""
    inputs = fan_in(channels, kernel)
    work = weight_deviation_steps(scheme, inputs, outputs * kernel * kernel)
    fans = [Step("One output number sees a window through all input channels.", r"n_\text{in} = C_\text{in} k^2",
                 rf"{channels} \cdot {kernel}^2", str(inputs), "fan_in")]  # fmt: skip
    if scheme == "xavier":
        fans.append(Step("One input number is seen by the windows of all output channels.",
                         r"n_\text{out} = C_\text{out} k^2", rf"{outputs} \cdot {kernel}^2",
                         str(outputs * kernel * kernel), "fan_out"))  # fmt: skip
    return worked(work.value, (*fans, *work.steps))


def product_variance(mean_w: float, var_w: float, mean_x: float, var_x: float) -> float:
    """Variance of the product of two independent numbers.

    >>> product_variance(2, 1, 3, 4)
    29
    """
    return mean_w**2 * var_x + mean_x**2 * var_w + var_w * var_x


def product_variance_steps(mean_w: float, var_w: float, mean_x: float, var_x: float) -> Worked:
    """Work out the variance of a product of independent numbers."""
    value = product_variance(mean_w, var_w, mean_x, var_x)
    return worked(value, (
        Step("For independent factors the mean of the squared product is the product of the mean squares, and a mean "
             "square is variance plus squared mean.",
             r"\mathbb{E}[w^2 x^2] = (\operatorname{Var}(w) + \mathbb{E}[w]^2)(\operatorname{Var}(x) + \mathbb{E}[x]^2)",
             rf"({show(var_w)} + {signed(mean_w)}^2)({show(var_x)} + {signed(mean_x)}^2)",
             show((var_w + mean_w**2) * (var_x + mean_x**2)), "mean_square"),
        Step("Subtract the squared mean; multiplied out, three terms remain.",
             r"\operatorname{Var}(wx) = \mathbb{E}[w]^2 \operatorname{Var}(x) + \mathbb{E}[x]^2 \operatorname{Var}(w) + "
             r"\operatorname{Var}(w) \operatorname{Var}(x)",
             rf"{show(mean_w**2)} \cdot {show(var_x)} + {show(mean_x**2)} \cdot {show(var_w)} + "
             rf"{show(var_w)} \cdot {show(var_x)}", show(value), "variance"),
    ))  # fmt: skip


def propagated_variance(inputs: int, weight: float, layers: int, relu: bool = False, start: float = 1.0) -> float:
    """Variance of the last pre-activation after layers of equal width with zero-mean weights of this variance.

    Between layers ReLU keeps half of the second moment. The input has mean 0 and variance `start`.

    >>> propagated_variance(10, 0.2, 3), propagated_variance(10, 0.2, 3, relu=True)
    (8.0, 2.0)
    """
    return float(start * (inputs * weight) ** layers * (0.5 ** (layers - 1) if relu else 1))


def propagated_variance_steps(
    inputs: int, weight: float, layers: int, relu: bool = False, start: float = 1.0
) -> Worked:
    """Work out the variance of pre-activations layer by layer."""
    value, factor = propagated_variance(inputs, weight, layers, relu, start), inputs * weight
    steps = [Step("A unit adds up $n$ independent products of mean 0; each product's variance is that of the weight "
                  "times the second moment of the input.",
                  r"\operatorname{Var}(s) = n \operatorname{Var}(w)\, \mathbb{E}[x^2] \;\Rightarrow\; n \operatorname{Var}(w)",
                  rf"{inputs} \cdot {show(weight)}", show(factor), "factor")]  # fmt: skip
    if relu:
        steps.append(Step("A symmetric number that passes ReLU keeps half of its second moment.",
                          r"\mathbb{E}[\operatorname{ReLU}(s)^2] = \tfrac{1}{2} \operatorname{Var}(s) \;\Rightarrow\; "
                          r"\tfrac{1}{2} n \operatorname{Var}(w)",
                          rf"\tfrac{{1}}{{2}} \cdot {show(factor)}", show(factor / 2), "relu_factor"))  # fmt: skip
    formula = r"\operatorname{Var}(s_L) = (n \operatorname{Var}(w))^L" + (
        r" \cdot (\tfrac{1}{2})^{L - 1}" if relu else ""
    )
    numbers = rf"{show(factor)}^{{{layers}}}" + (rf" \cdot (\tfrac{{1}}{{2}})^{{{layers - 1}}}" if relu else "")
    formula += "" if start == 1 else r" \cdot \mathbb{E}[x^2]"
    numbers += "" if start == 1 else rf" \cdot {show(start)}"
    return worked(value, (*steps, Step("Layer after layer the factors multiply.", formula, numbers, show(value),
                                       "variance")))  # fmt: skip


def dot_deviation(size: int, deviation: float = 1.0) -> dict[str, float]:
    """Standard deviation of q·k for independent entries of mean 0 and this deviation, before and after / √d.

    >>> dot_deviation(64)
    {'plain': 8.0, 'scaled': 1.0}
    """
    return {"plain": sqrt(size) * deviation**2, "scaled": float(deviation**2)}


def dot_deviation_steps(size: int, deviation: float = 1.0) -> Worked:
    """Work out the spread of attention's scores without and with scaling."""
    found, square = dot_deviation(size, deviation), deviation**2
    return worked(found, (
        Step("One product of independent entries of mean 0 has as variance the product of the variances.",
             r"\operatorname{Var}(q_i k_i) = \sigma^2 \sigma^2", rf"{show(deviation)}^4", show(square**2)),
        Step("The dot product adds $d$ of them, so the variances add.", r"\operatorname{std}(q \cdot k) = \sqrt{d}\, \sigma^2",
             rf"\sqrt{{{size}}} \cdot {show(square)}", show(found["plain"]), "plain"),
        Step("Dividing by $\\sqrt d$ takes the length out again.", r"\frac{\operatorname{std}(q \cdot k)}{\sqrt{d}}",
             rf"\frac{{{show(found['plain'])}}}{{\sqrt{{{size}}}}}", show(found["scaled"]), "scaled"),
    ))  # fmt: skip


def _variance_step(scheme: str, inputs: int, outputs: int) -> Step:
    formula, why = SCHEMES[scheme]
    below = f"{inputs} + {outputs}" if scheme == "xavier" else str(inputs)
    above = "1" if scheme == "lecun" else "2"
    return Step(f"The variance of the weights: {why}.", rf"\operatorname{{Var}}(w) = {formula}",
                rf"\frac{{{above}}}{{{below}}}", show(weight_variance(scheme, inputs, outputs)), "variance")  # fmt: skip
