"""One linear layer: forward, its three gradients, and the update."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Question, integers, multiples, part, slip, tenths
from solvers.affine import affine_gradients_steps, affine_steps, update_steps
from solvers.worked import worked

question = Question(
    "s2.forward",
    also=("s2.grad_w", "s2.grad_b", "s2.grad_x", "s2.update", "s2.linear_update"),
    title="A linear layer forward and backward",
    section="third document",
    points=8,
    difficulty=2,
    minutes=10,
    topics=("backpropagation", "affine layer", "matrix gradients"),
    X=integers(-2, 3, shape=(2, 3)),
    W=multiples(0.5, -3, 4, shape=(3, 2)),
    b=tenths(-5, 5, shape=(1, 2), nonzero=True),
    G=integers(-2, 3, shape=(2, 2)),
    lr=tenths(1, 2),
    notes=dict(X=[[1, 2]], W=[[0.5, -1.0], [1.5, 0.0]], b=[[0.1, 0.2]], G=[[1, 2]], lr=0.1),
    text=r"""
A linear layer computes $Y = XW + b$, one sample a row. For a loss $L$ the upstream gradient $\partial L / \partial Y = G$ is known:

$$X = <<X>>, \quad W = <<W>>, \quad b = <<b>>, \quad G = <<G>> .$$
""",
    hints=(
        "Every gradient has the shape of what it is taken for.",
        "Two of the three gradients are matrix products with one transpose.",
        "The bias is added to every sample, so its gradient adds over the samples.",
    ),
)


def where(X, W, G):
    """Keep numbers with which no gradient vanishes or is symmetric by chance."""
    products = (X.T @ G, G @ W.T, G.sum(axis=0))
    return all(np.count_nonzero(product) >= 2 for product in products) and np.linalg.matrix_rank(X) == 2


def work(X, W, b, G, lr):
    """Forward, the three gradients, and one step of gradient descent."""
    gradients = affine_gradients_steps(X, W, G)
    return worked(None, (*affine_steps(X, W, b).steps, *gradients.steps, update_steps(X, W, b, G, lr).steps[0]))


def check(X, W, b, G, lr):
    """Differences of the loss L = sum of G times Y, which is linear in everything."""

    def loss(X, W, b):
        return sum(
            G[n, m] * (sum(X[n, d] * W[d, m] for d in range(W.shape[0])) + b[0, m]) for n, m in np.ndindex(G.shape)
        )

    def slope(f, at):
        bumps = np.eye(at.size).reshape(at.size, *at.shape)
        return np.array([(f(at + bump) - f(at - bump)) / 2 for bump in bumps]).reshape(at.shape)

    dW = slope(lambda W: loss(X, W, b), W)
    return {
        "Y": [[np.dot(row, column) + shift for column, shift in zip(W.T, b[0], strict=True)] for row in X],
        "dW": dW,
        "db": slope(lambda b: loss(X, W, b), b),
        "dX": slope(lambda X: loss(X, W, b), X.astype(float)),
        "new_W": W - lr * dW,
    }


@part("The output $Y$.", Matrix(decimals=2))
def Y(X, W, b):
    return X @ W + b


@slip(Y, "The bias was left out.", credit=0.5)
def no_bias(X, W):
    return X @ W


@slip(Y, "The bias is added, not subtracted.", credit=0.25)
def bias_off(X, W, b):
    return X @ W - b


@part(r"$\partial L / \partial W$.", Matrix(decimals=2), points=2)
def dW(X, G):
    return X.T @ G


@slip(dW, r"This is $G^\top X$, the transpose of the gradient.", credit=0.5)
def transposed(X, G):
    return G.T @ X


@slip(dW, "A weight's gradient is its input times the gradient at its output; here the inputs are missing.")
def no_inputs(X, G):
    return np.ones_like(X).T @ G


@part(r"$\partial L / \partial b$.", Matrix(decimals=2))
def db(G):
    return G.sum(axis=0, keepdims=True)


@slip(db, "The sum goes over the samples (rows), one value for each output.", credit=0.25)
def other_axis(G):
    return G.sum(axis=1, keepdims=True).T


@slip(
    db, "The gradient is the sum over the samples, not their mean: the loss states its own averaging.", credit=0.5
)
def mean(G):
    return G.mean(axis=0, keepdims=True)


@part(r"$\partial L / \partial X$.", Matrix(decimals=2), points=2)
def dX(G, W):
    return G @ W.T


@slip(dX, r"Each gradient goes back through its own weight: it is $G W^\top$; here both were added before they were multiplied.")
def summed_weights(G, W):
    return G.sum(axis=1, keepdims=True) * W.sum(axis=1)


@slip(dX, r"This is $W G^\top$, the transpose of the gradient.", credit=0.5)
def flipped(G, W):
    return W @ G.T


@slip(dX, "The document prints −1.6, but 1 · 0.5 + 2 · (−1) = −1.5.", notes_only=True, credit=0.5)
def printed_slip():
    return ((-1.6, 1.5),)


@part(r"$W$ after one step of gradient descent with the learning rate $<<lr>>$.", Matrix(decimals=2), points=2)
def new_W(W, dW, lr):
    return W - lr * dW


@slip(new_W, "The step goes along the gradient; descent goes against it.", credit=0.5)
def ascent(W, dW, lr):
    return W + lr * dW


@slip(new_W, "The learning rate is missing from the step.", credit=0.25)
def full_step(W, dW):
    return W - dW
