"""A Newton step with a 2 × 2 Hessian."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Question, derived, integers, part, slip
from solvers.arrays import show
from solvers.engine.optimisers.newton import Newton
from solvers.newton import newton_vector_steps

question = Question(
    "ch4.newton_2d",
    title="A Newton step in two dimensions",
    section="IV.1.g",
    points=4,
    difficulty=3,
    minutes=6,
    topics=("newton", "hessian", "second order"),
    h11=integers(1, 6),
    h12=integers(-3, 3, nonzero=True),
    h22=integers(1, 7),
    H=derived(lambda h11, h12, h22: ((h11, h12), (h12, h22))),
    g=integers(-6, 6, shape=(2,), nonzero=True),
    theta0=integers(-3, 4, shape=(2,)),
    columns=derived(lambda theta0, g: tuple(show(np.array(v)[:, None]) for v in (theta0, g))),
    theta_column=derived(lambda columns: columns[0]),
    g_column=derived(lambda columns: columns[1]),
    text=r"""
At the parameters $\theta$ a loss has the gradient $g$ and the Hessian $H$ (the matrix of second derivatives):

$$\theta = <<theta_column>>, \qquad g = <<g_column>>, \qquad H = <<H>> .$$

Vectors may be answered as a row of two numbers.
""",
    hints=(
        r"The inverse of $\begin{bmatrix} a & b \\ c & d \end{bmatrix}$ is $\frac{1}{ad - bc} \begin{bmatrix} d & -b \\ -c & a \end{bmatrix}$.",
        "The step takes $H^{-1} g$ away, without a learning rate.",
    ),
)


def where(h11, h12, h22, g):
    """Keep a positive, humane determinant, and a Hessian and a direction that are not trivial."""
    direction = np.array([h22 * g[0] - h12 * g[1], h11 * g[1] - h12 * g[0]])
    return h11 * h22 - h12**2 in (1, 2, 4, 5, 8, 10, 20) and h11 != h22 and direction.all()


def work(H, g, theta0):
    """Invert, multiply, subtract."""
    return newton_vector_steps(theta0, H, g)


def check(H, g, theta0):
    """Let the optimiser step; solve the equations by Cramer's rule."""
    whole = H[0, 0] * H[1, 1] - H[0, 1] * H[1, 0]
    cramer = [(g[0] * H[1, 1] - H[0, 1] * g[1]) / whole, (H[0, 0] * g[1] - H[1, 0] * g[0]) / whole]
    inverse = [[H[1, 1] / whole, -H[0, 1] / whole], [-H[1, 0] / whole, H[0, 0] / whole]]
    after = Newton().step(theta0.astype(float), g.astype(float), H.astype(float))
    return {"inverse": inverse, "direction": cramer, "theta": after}


@part("The inverse $H^{-1}$.", Matrix(decimals=3))
def inverse(H):
    return np.linalg.inv(H)


@slip(inverse, "The determinant is missing: divide by it.", credit=0.5)
def no_determinant(H):
    return np.array([[H[1, 1], -H[0, 1]], [-H[1, 0], H[0, 0]]])


@slip(inverse, "The diagonal entries must change places.", credit=0.25)
def diagonal_kept(H):
    return np.array([[H[0, 0], -H[0, 1]], [-H[1, 0], H[1, 1]]]) / np.linalg.det(H)


@slip(inverse, "A matrix is not inverted entry by entry.")
def entrywise(H):
    return 1 / H


@part(r"The vector $H^{-1} g$.", Matrix(decimals=3))
def direction(inverse, g):
    return inverse @ g


@slip(direction, "This is $H g$: the gradient meets the inverse.", credit=0.25)
def times_hessian(H, g):
    return H @ g


@slip(
    direction, "This divides by the diagonal only, as if the parameters did not influence each other.", credit=0.25
)
def diagonal_only(H, g):
    return g / np.diag(H)


@part(r"The parameters after one step of Newton's method.", Matrix(decimals=3))
def theta(theta0, direction):
    return theta0 - direction


@slip(theta, "Subtract the vector: the step removes the gradient.", credit=0.5)
def added(theta0, direction):
    return theta0 + direction


@slip(theta, "This is a step of gradient descent with the rate 1; Newton's method uses the Hessian.")
def descent(theta0, g):
    return theta0 - g
