"""The parameters of batch norm: their shape, their gradients as formulas, as code and with numbers."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from grader.kinds.numpy_program import NumpyProgram
from grader.kinds.shape import Shape
from quizbank import Question, accept, derived, integers, one_of, part, slip, some_of
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.norms import batch_norm_gradients_steps
from solvers.symbolic.derivations.normalisation import batchnorm_beta, batchnorm_gamma
from solvers.worked import Step

COLUMNS = ((1, 1, -1, -1), (1, -1, 1, -1), (1, -1, -1, 1), (-1, 1, 1, -1), (-1, 1, -1, 1), (-1, -1, 1, 1))

question = Question(
    "ch4.q4.a.i",
    also=("ch4.q4.a.ii", "ch4.bn_backward"),
    title="Gradients of batch norm's parameters",
    section="IV.4",
    points=8,
    difficulty=3,
    minutes=14,
    topics=("batch norm", "backpropagation", "broadcasting", "numpy"),
    N=one_of(4, 8, 16, 32),
    D=one_of(3, 5, 10, 16, 20, 64, 100),
    columns=some_of(3, *COLUMNS),
    G=integers(-5, 6, shape=(4, 3)),
    x_hat=derived(lambda columns: tuple(zip(*columns, strict=True))),
    notes=dict(
        N=8, D=16, columns=[COLUMNS[1], COLUMNS[5], COLUMNS[2]], G=[[1, 0, 2], [2, -1, 3], [-1, 4, 1], [0, 2, -2]]
    ),
    text=r"""
The output of a fully connected layer has the shape $<<N>> \times <<D>>$ (samples × neurons). A batch norm layer follows: $Y = \gamma \odot \hat X + \beta$, where
$\hat X$ holds the normalised values and γ and β are broadcast over the samples. The loss is $L$; write $G = \partial L / \partial Y$ for the upstream gradient.
""",
    hints=(
        "Every sample uses the same γ: by how many ways does it reach the loss?",
        "What broadcasting copies over the samples, the gradient adds up over the samples.",
    ),
)


def where(N, D, G):
    """Keep shapes that are told apart and upstream gradients whose column sums are not trivial."""
    return N != D and G.sum(axis=0).all()


def work(G, x_hat, D):
    """One scale a neuron; then the chain rule through broadcasting."""
    gamma, beta = batchnorm_gamma().steps, batchnorm_beta().steps
    dgamma, dbeta = batch_norm_gradients_steps(G, x_hat).steps
    return (
        Step("Every neuron has one scale and one shift, shared by all samples.", r"\gamma, \beta \in \mathbb{R}^{1 \times D}", "", "", "shape"),
        *(Step(step.reason, step.formula, step.numbers, step.result, "sum_gamma") for step in gamma),
        Step("A sum over the rows is a product with a row of ones from the left; the product beside it is entry by entry.",
             r"\frac{\partial L}{\partial \gamma} = \mathbf{1}^\top (G \odot \hat X)", "", "", "matrix_gamma"),
        *(Step(step.reason, step.formula, step.numbers, step.result, "matrix_beta") for step in beta[-1:]),
        Step("Written with ones.", r"\frac{\partial L}{\partial \beta} = \mathbf{1}^\top G", "", "", "matrix_beta"),
        Step("Axis 0 counts the samples: sum over it.", name="code_gamma"),
        Step("The same without the normalised values.", name="code_beta"),
        dgamma,
        dbeta,
    )  # fmt: skip


def check(N, D, G, x_hat):
    """Let the engine go backward, on an input that is normalised already; gradients are sums, entry by entry."""
    params = {"gamma": np.ones(3), "beta": np.zeros(3)}
    _, backward = Batchnorm(eps=0.0).forward(params, x_hat.astype(float))
    _, grads = backward(G.astype(float))
    drawn = Batchnorm().draw({"channels": D}, lambda shape, inputs, outputs: np.zeros(shape))
    return {
        "shape": drawn["gamma"].shape,
        "sum_gamma": r"\sum_{i=1}^N g_i x_i",
        "matrix_gamma": "1_N^T (G ⊙ X)",
        "matrix_beta": "1_N^T G",
        "dgamma": grads["gamma"],
        "dbeta": grads["beta"],
    }


@part(r"The shape of γ (and of β).", Shape())
def shape(D):
    return (D,)


@accept(shape, "As rows, γ and β have this shape; they are broadcast over the samples.")
def row(D):
    return 1, D


@slip(shape, "The samples share the parameters: there is one scale for each neuron.")
def each_entry(N, D):
    return N, D


@slip(shape, "There is one scale for each neuron, not for each sample.")
def each_sample(N):
    return (N,)


@part(
    r"For one neuron: $\partial L / \partial \gamma$ as a formula. Its normalised values are $x_1, \ldots, x_N$, its upstream gradients $g_1, \ldots, g_N$.",
    Expression(
        variables={"N": "size"},
        families={"g": "real", "x": "real"},
        ranges={"i": "N", "j": "N", "k": "N", "n": "N"},
    ),
)
def sum_gamma():
    return r"\sum_{i=1}^N g_i x_i"


@slip(sum_gamma, "The loss is what it is: nothing divides by the number of samples.", credit=0.5)
def averaged():
    return r"\frac{1}{N} \sum_{i=1}^N g_i x_i"


@slip(sum_gamma, "This is the gradient of β; γ is multiplied by the normalised value.", credit=0.25)
def of_beta():
    return r"\sum_{i=1}^N g_i"


@part(
    r"For all neurons: $\partial L / \partial \gamma$ as a matrix expression in $G$ and $X$ (write X for $\hat X$, `⊙` for the product entry by entry, "
    "`1_N^T` for a row of N ones).",
    MatrixExpression(shapes={"G": "N D", "X": "N D"}, aliases={"dL/dY": "G", "dout": "G"}),
)
def matrix_gamma():
    return "1_N^T (G ⊙ X)"


@slip(matrix_gamma, "The sum over the samples is missing: γ has one entry for each neuron.", credit=0.25)
def not_summed():
    return "G ⊙ X"


@slip(matrix_gamma, "This is a matrix product of different neurons' values; each neuron has its own scale.")
def matrix_product():
    return "X.T @ G"


@part(r"For all neurons: $\partial L / \partial \beta$ as a matrix expression.", MatrixExpression(shapes={"G": "N D", "X": "N D"}, aliases={"dL/dY": "G", "dout": "G"}))  # fmt: skip
def matrix_beta():
    return "1_N^T G"


@slip(matrix_beta, "The sum over the samples is missing: β has one entry for each neuron.", credit=0.25)
def kept_rows():
    return "G"


@slip(matrix_beta, "This is the gradient of γ; β is added, its factor is 1.", credit=0.25)
def as_gamma():
    return "1_N^T (G ⊙ X)"


@part(
    "The gradient of γ in NumPy, from the arrays `dout` and `x_norm` (each samples × neurons).",
    NumpyProgram(shapes={"dout": "N D", "x_norm": "N D"}, reshaped=1.0),
)
def code_gamma():
    return "np.sum(dout * x_norm, axis=0)"


@part("The gradient of β in NumPy, from `dout`.", NumpyProgram(shapes={"dout": "N D"}, reshaped=1.0))
def code_beta():
    return "np.sum(dout, axis=0)"


@part(
    r"In a small case $\hat X = <<x_hat>>$ and $G = <<G>>$. The gradient $\partial L / \partial \gamma$ with numbers.",
    Matrix(integer=True, hide_shape=True),
)
def dgamma(G, x_hat):
    return (G * x_hat).sum(axis=0)


@slip(dgamma, "These are the column sums of G; each entry meets its normalised value first.", credit=0.25)
def no_factor(G):
    return G.sum(axis=0)


@slip(dgamma, "This sums over the neurons; γ is shared by the samples, so sum over the rows.", credit=0.25)
def other_axis(G, x_hat):
    return (G * x_hat).sum(axis=1)


@slip(dgamma, "The gradient is a sum over the samples, not their mean.", credit=0.5)
def mean_gamma(G, x_hat):
    return (G * x_hat).mean(axis=0)


@part(r"The gradient $\partial L / \partial \beta$ with numbers.", Matrix(integer=True, hide_shape=True))
def dbeta(G):
    return G.sum(axis=0)


@slip(dbeta, "This sums over the neurons; β is shared by the samples, so sum over the rows.", credit=0.25)
def row_sums(G):
    return G.sum(axis=1)


@slip(dbeta, "The gradient is a sum over the samples, not their mean.", credit=0.5)
def mean_beta(G):
    return G.mean(axis=0)
