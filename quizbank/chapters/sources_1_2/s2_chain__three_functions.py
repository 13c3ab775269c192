"""The chain rule for three functions: as a formula and at a point."""

from grader.kinds.expression import Expression
from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, integers, one_of, part, slip
from solvers.arrays import signed
from solvers.worked import Step

RULES = (
    "$f'(g(h(x))) \\cdot g'(h(x)) \\cdot h'(x)$",
    "$f'(x) \\cdot g'(x) \\cdot h'(x)$",
    "$\\frac{d}{dx} f(g(h(x))) \\cdot \\frac{d}{dx} g(h(x)) \\cdot \\frac{d}{dx} h(x)$",
    "$f'(g'(h'(x)))$",
)

question = Question(
    "s2.chain",
    also=("s2.chain_rule",),
    title="The chain rule for three functions",
    section="third document",
    points=5,
    difficulty=1,
    minutes=6,
    topics=("chain rule",),
    a=one_of(2, 3),
    b=integers(-3, 3, nonzero=True),
    c=one_of(-3, -2, 2, 3, 4),
    x=integers(-2, 3, nonzero=True),
    first=integers(0, 3),
    text=r"""
Three functions are composed, $y = f(g(h(x)))$, with

$$h(x) = x^{<<a>>} <<b:signed>>, \qquad g(v) = <<c>> v, \qquad f(u) = u^2 .$$
""",
    hints=(
        "Each function's derivative is taken at the value that reaches it.",
        "From the outside to the inside, each derivative comes in once.",
    ),
)


def where(a, b, x):
    """Keep points at which nothing vanishes, and local slopes that are not 1."""
    inner = x**a + b
    return inner != 0 and abs(inner) != 1 and abs(a * x ** (a - 1)) > 1 and inner != x


def work(a, b, c, x, first):
    """The rule, the formula, then the numbers."""
    power = "x" if a == 2 else f"x^{a - 1}"
    derivative = Step("The derivatives one by one, each at what stands inside.", r"2 g(h(x)) \cdot g' \cdot h'(x)",
                      rf"2 \cdot {signed(c)} (x^{a} {b:+d}) \cdot {signed(c)} \cdot {a} {power}",
                      rf"{2 * c * c * a} {power} (x^{a} {b:+d})", "formula")  # fmt: skip
    return (
        Step("Each derivative is taken at the value that reaches the function, and comes in once. With derivatives of the whole composition "
             "in the first factor, the inner ones would be multiplied in twice.", name="general"),
        derivative,
        Step("The values that reach each function.", "", "", rf"h = {x**a + b}, \; g = {c * (x**a + b)}, \; f = {(c * (x**a + b)) ** 2}", "values"),
        Step("Now the local derivatives at these values, each once.", r"2 g \cdot g' \cdot h'",
             rf"2 \cdot {signed(c * (x**a + b))} \cdot {signed(c)} \cdot {signed(a * x ** (a - 1))}", f"{2 * c * (x**a + b) * c * a * x ** (a - 1)}", "slope"),
    )  # fmt: skip


def check(a, b, c, x):
    """Differentiate with SymPy, and take the factors of the polynomial that comes out."""
    import sympy

    t = sympy.Symbol("x")
    h = t**a + b
    y = (c * h) ** 2
    slope = sympy.Poly(sympy.diff(y, t), t)
    power, front = slope.degree() - a, slope.LC()
    inside = sympy.Poly(sympy.cancel(slope.as_expr() / (front * t**power)), t)
    constant = int(inside.eval(0))
    assert inside.degree() == a and inside.LC() == 1
    return {
        "formula": f"{front}*{'x' if power == 1 else f'x^{power}'}*(x^{inside.degree()} {'+' if constant > 0 else '-'} {abs(constant)})",
        "values": [int(part.subs(t, x)) for part in (h, c * h, y)],
        "slope": int(slope.eval(x)),
    }


def derivative_text(a, b, c):
    """The derivative as the key writes it."""
    power = "x" if a == 2 else f"x^{a - 1}"
    return f"{2 * c * c * a}*{power}*(x^{a} {'+' if b > 0 else '-'} {abs(b)})"


def turned(first):
    """The rules, begun at the place drawn."""
    return RULES[first:] + RULES[:first]


def choices(first) -> SingleChoice:
    """The rules in their order."""
    return SingleChoice(options=turned(first))


@part("Which is the derivative of $f(g(h(x)))$ with respect to $x$, for any three differentiable functions?", choices)
def general(first):
    return turned(first).index(RULES[0])


@part("The derivative $dy/dx$ as a formula in $x$.", Expression(variables={"x": "real"}), points=2)
def formula(a, b, c):
    return derivative_text(a, b, c)


@slip(formula, "The derivative of $h$ is missing.", credit=0.25)
def no_inner(a, b, c):
    return f"{2 * c * c}*(x^{a} + ({b}))"


@slip(formula, "The derivative of $g$, the factor <<c>>, comes in as well.", credit=0.5)
def no_middle(a, b, c):
    return f"{2 * c * a}*x^{a - 1}*(x^{a} + ({b}))"


@slip(formula, "The outer derivative is taken at $g(h(x))$, not at $x$.", credit=0.25)
def outer_at_x(a, c):
    return f"{2 * c * a}*x^{a}"


@part("The values $h$, $g$ and $f$ at $x = <<x>>$, as a list.", IntegerList())
def values(a, b, c, x):
    inner = x**a + b
    return [inner, c * inner, (c * inner) ** 2]


@slip(values, "Each function is applied to the result of the one inside it, not to $x$ itself.", credit=0.25)
def all_at_x(a, b, c, x):
    return [x**a + b, c * x, x**2]


@slip(values, "$f$ squares what $g$ gives, with its factor.", credit=0.5)
def unscaled_square(a, b, c, x):
    inner = x**a + b
    return [inner, c * inner, inner**2]


@part("The derivative at $x = <<x>>$.", Number(integer=True))
def slope(values, a, c, x):
    return 2 * values[1] * c * a * x ** (a - 1)


@slip(
    slope,
    "The inner derivatives were multiplied in twice: each comes in once, as $f'(g(h)) \\cdot g'(h) \\cdot h'$.",
    credit=0.25,
)
def repeated(values, a, c, x):
    inner = c * a * x ** (a - 1)
    return 2 * values[1] * inner * inner * a * x ** (a - 1)


@slip(slope, "This is the outer derivative alone; those of $g$ and $h$ are missing.", credit=0.25)
def outer_only(values):
    return 2 * values[1]


@slip(slope, "The outer derivative is taken at $g(h(x))$, not at $x$.", credit=0.25)
def at_x(a, c, x):
    return 2 * x * c * a * x ** (a - 1)
