"""What is read, shown as the LaTeX that students see; and what is said where nothing can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Unreadable, pointed
from grader.reading.echo import latex
from grader.reading.grammar import parse
from grader.reading.names import Vocabulary
from grader.reading.tree import Postfix, Product

NAMES = ("x", "y", "W_1", "sigma", "y_hat", "dL/dW", "theta", "a^[1]", "x_i", "y'")
FORMULAS = Vocabulary(names=NAMES, functions=("f", "sigma", "f'"), families=("p",), ranges=(("k", "y"),))
MATRICES = Vocabulary(names=("X", "G", "W", "dL/dY"), matrices=True)

READ = [
    # implied products and names
    ("2x", r"2 x"),
    ("2(x+1)", r"2 \left(x + 1\right)"),
    ("x y", r"x y"),
    ("xy", r"x y"),
    ("(x+1)(x-1)", r"\left(x + 1\right) \left(x - 1\right)"),
    ("W_1 x", r"W_{1} x"),
    (r"W_{1}x", r"W_{1} x"),
    ("W₁x", r"W_{1} x"),
    ("W1*x", r"W_{1} \cdot x"),
    ("xlnx", r"x \ln(x)"),
    ("2cosx", r"2 \cos(x)"),
    ("x_i", r"x_{i}"),
    ("p_k", r"p_{k}"),
    (r"p_{k+1}", r"p_{k + 1}"),
    (r"\theta x", r"\theta x"),
    ("θ", r"\theta"),
    ("y'", "y'"),
    (r"\mathbf{x}^2", r"x^{2}"),
    (r"a^{[1]} x", r"a^{[1]} x"),
    (r"\hat{y}", r"\hat{y}"),
    (r"\hat y x", r"\hat{y} x"),
    ("ŷ", r"\hat{y}"),
    (r"\partial L/\partial W", r"\frac{\partial L}{\partial W}"),
    (r"\frac{\partial L}{\partial W} x", r"\frac{\partial L}{\partial W} x"),
    (r"\frac{\mathrm{d}L}{\mathrm{d}W}", r"\frac{\partial L}{\partial W}"),
    ("∂L/∂W", r"\frac{\partial L}{\partial W}"),
    (r"\nabla_W L", r"\frac{\partial L}{\partial W}"),
    # powers
    ("x^2", r"x^{2}"),
    ("x**2", r"x^{2}"),
    ("x²", r"x^{2}"),
    ("x^-2", r"x^{-2}"),
    ("x⁻¹", r"x^{-1}"),
    ("2^3^2", r"2^{3^{2}}"),
    ("-x^2", r"-x^{2}"),
    ("(-x)^2", r"\left(-x\right)^{2}"),
    ("e^-x", r"e^{-x}"),
    (r"e^{-x^2/2}", r"e^{-x^{2} / 2}"),
    # fractions, roots
    (r"\frac{x}{2}", r"\frac{x}{2}"),
    (r"\frac12", r"\frac{1}{2}"),
    (r"\dfrac{1}{x+1}", r"\frac{1}{x + 1}"),
    ("x/2/y", r"x / 2 / y"),
    ("½", r"\frac{1}{2}"),
    ("1½", r"1 + \frac{1}{2}"),
    ("sqrt(x)", r"\sqrt{x}"),
    (r"\sqrt[3]{x}", r"\sqrt[3]{x}"),
    ("√2 x", r"\sqrt{2} x"),
    ("∛x", r"\sqrt[3]{x}"),
    # functions
    ("ln x", r"\ln(x)"),
    ("ln 2x + 1", r"\ln\left(2 x\right) + 1"),
    ("np.log(x)", r"\log(x)"),
    (r"\log_2 x", r"\log_{2}\left(x\right)"),
    ("log_2(x)", r"\log_{2}(x)"),
    ("log10(x)", r"\log_{10}(x)"),
    ("log_x(y)", r"\log_{x}\left(y\right)"),
    ("log(y, x)", r"\log_{x}\left(y\right)"),
    (r"\sin^2 x", r"\left(\sin(x)\right)^{2}"),
    ("sin x cos x", r"\sin(x) \cos(x)"),
    ("exp(-x)", r"\exp\left(-x\right)"),
    ("σ(x)", r"\sigma(x)"),
    ("σ(1-σ)", r"\sigma \left(1 - \sigma\right)"),
    ("σ'(x)", r"\sigma'(x)"),
    ("f(x)", "f(x)"),
    ("f'(x)", "f'(x)"),
    ("torch.sigmoid(x)", r"\sigma(x)"),
    ("np.maximum(0, x)", r"\max(0, x)"),
    (r"\max\{0, x\}", r"\max(0, x)"),
    (r"\operatorname{ReLU}(x)", r"\operatorname{ReLU}(x)"),
    ("relu(x)", r"\operatorname{ReLU}(x)"),
    ("|x|", r"\left|x\right|"),
    ("|x-|y||", r"\left|x - \left|y\right|\right|"),
    (r"\left|x\right|", r"\left|x\right|"),
    (r"\lfloor x/2 \rfloor + 1", r"\lfloor x / 2\rfloor  + 1"),
    ("x!", "x!"),
    (r"\binom{x}{2}", r"\binom{x}{2}"),
    (r"softmax_k(p)", r"\operatorname{softmax}_{k}\left(p\right)"),
    # sums and cases
    (r"\sum_{i=1}^{3} i^2", r"\sum_{i = 1}^{3} i^{2}"),
    ("∑_{j=1}^y p_j", r"\sum_{j = 1}^{y} p_{j}"),
    (r"\sum_k p_k", r"\sum_{k = 1}^{y} p_{k}"),
    (r"\prod_{i=1}^{3} x + 1", r"\prod_{i = 1}^{3} x + 1"),
    ("x if x > 0 else 0", r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}"),
    (r"\begin{cases} x & \text{if } x>0 \\ y & x<-1 \\ 0 & \text{otherwise}\end{cases}",
     r"\begin{cases} x & x > 0 \\ \begin{cases} y & x < -1 \\ 0 & \text{otherwise} \end{cases} & \text{otherwise} \end{cases}"),
    (r"\mathbb{1}_{x>0}", r"\mathbb{1}\left[x > 0\right]"),
    # signs
    ("2·x×y", r"2 \cdot x \times y"),
    (r"2\cdot x\times y", r"2 \cdot x \times y"),
    ("x − y", r"x - y"),
    ("--x", "x"),
    ("x*-2", r"x \cdot \left(-2\right)"),
    ("50%", r"50\%"),
    ("90°", r"90^{\circ}"),
    ("1.5e-3", r"1.5 \cdot 10^{-3}"),
    ("$x^2$", r"x^{2}"),
    (r"\left( x \right)", "x"),
    # relations, sequences, sets
    ("x = 3", "x = 3"),
    ("0 <= x < 1", r"0 \le x < 1"),
    (r"x \in [0, 1)", r"x \in [0, 1)"),
    ("(1, 2, 3)", "(1, 2, 3)"),
    ("{1, 2}", r"\{1, 2\}"),
    (r"\{1, 2\}", r"\{1, 2\}"),
    ("(0, 1] ∪ [2, inf)", r"(0, 1] \cup [2, \infty)"),
    ("1 2; 3".replace(" 2", ", 2").replace("3", "3, 4"), r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), READ, ids=[text for text, _ in READ])
def test_what_is_read_is_shown(text: str, shown: str) -> None:
    assert latex(parse(text, FORMULAS).tree) == shown


LETTERS = Vocabulary(names=("beta1", "g", "t"), aliases=(("beta", "beta1"), ("dL/dtheta_t", "g")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"1 - \beta_1^t", r"1 - \beta_{1}^{t}"),
        (r"\beta t", r"\beta_{1} t"),
        (r"\beta_{1} t", r"\beta_{1} t"),
        (r"\beta_{2}", r"{\beta_{1}}_{2}"),
        (r"t \frac{\partial L}{\partial \theta_t}", "t g"),
        (r"\frac{dL}{d\theta_{t}} t", "g t"),
    ],
)
def test_a_subscript_may_stand_without_braces(text: str, shown: str) -> None:
    assert latex(parse(text, LETTERS).tree) == shown


MATRIX_READ = [
    ("X^T G", r"X^{\top} G"),
    ("X^TG", r"X^{\top} G"),
    (r"X^{\top}G", r"X^{\top} G"),
    ("Xᵀ G", r"X^{\top} G"),
    ("X.T @ G", r"X^{\top} \, G"),
    ("X' * G", r"X^{\top} \cdot G"),
    (r"X \odot G", r"X \odot G"),
    ("X.T.dot(G)", r"\operatorname{dot}\left(X^{\top}, G\right)"),
    ("np.sum(G, axis=0)", r"\operatorname{sum}\left(G, \mathrm{axis} = 0\right)"),
    ("G.sum(axis=0)", r"\operatorname{sum}\left(G, \mathrm{axis} = 0\right)"),
    ("np.transpose(X)", r"\operatorname{transpose}(X)"),
    ("(X W)^T", r"\left(X W\right)^{\top}"),
    (r"X^\top \frac{\partial L}{\partial Y}", r"X^{\top} \frac{\partial L}{\partial Y}"),
]


@pytest.mark.parametrize(("text", "shown"), MATRIX_READ, ids=[text for text, _ in MATRIX_READ])
def test_matrices_are_read(text: str, shown: str) -> None:
    assert latex(parse(text, MATRICES).tree) == shown


def test_products_keep_their_order_and_their_signs() -> None:
    tree = parse("X.T @ G ⊙ W * X", MATRICES).tree
    assert isinstance(tree, Product)
    assert isinstance(tree.factors[0], Postfix)
    assert tree.operators == ("@", "⊙", "*")


REFUSED = [
    ("2 + * 3", "syntax", "*"),
    ("2 +", "incomplete", ""),
    ("(2 + 3", "brackets", "("),
    ("2 + 3)", "brackets", ")"),
    ("(2, 3}", "brackets", "}"),
    ("|x", "brackets", "|"),
    ("2 3", "syntax", "3"),
    ("z", "unknown-name", "z"),
    ("x2", "unknown-name", "x2"),
    ("sine(x)", "unknown-name", "sine"),
    ("ln", "no-argument", "ln"),
    ("sin(x, y)", "arguments", "sin"),
    (r"\sin^{-1} x", "function-power", "sin"),
    (r"\frac{1}{}", "incomplete", "{"),
    (r"\inpt{x}", "latex", r"\inpt"),
    (r"\begin{align}x\end{align}", "latex", "align"),
    ("х", "lookalike", "х"),
    ("x\u202ey", "hidden-character", "\u202e"),
    ("x ± y", "character", "±"),
    ('"x"', "character", '"'),
    ("x.real", "syntax", "."),
    ("5!!", "syntax", "!"),
    ("9" * 61, "too-large", "9" * 61),
    ("1e999", "too-large", "1e999"),
    ("(" * 50 + "x" + ")" * 50, "too-deep", "("),
    ("x+" * 1001, "too-long", ""),
]


@pytest.mark.parametrize(("text", "code", "place"), REFUSED, ids=[text[:20] for text, _, _ in REFUSED])
def test_trouble_is_pointed_at(text: str, code: str, place: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, FORMULAS)
    trouble = caught.value
    assert trouble.code == code
    if place:
        assert place in pointed(text, trouble).partition("⟦")[2]
    assert trouble.sentence.endswith((".", "?", "…"))


HINTS = [
    ("y_hart", "y_hat"),
    ("sigmoit(x)", "sigmoid"),
    ("thta", "theta"),
    (r"\frc{1}{2}", r"\frac"),
    ("X", "x"),
    ("х", "x"),
    ("x2", "x^2"),
]


@pytest.mark.parametrize(("text", "hint"), HINTS)
def test_what_was_meant_is_suggested(text: str, hint: str) -> None:
    with pytest.raises(Unreadable, match="(?i)" + hint.replace("\\", "\\\\").replace("^", "\\^")):
        parse(text, FORMULAS)


@pytest.mark.parametrize(("text", "code"), [("1/2x", "ambiguous-division"), ("ln x (y)", "ambiguous-argument")])
def test_ambiguity_is_said(text: str, code: str) -> None:
    assert code in [note.code for note in parse(text, FORMULAS).notes]


@pytest.mark.parametrize("text", ["1/(2x)", "x/2*y", r"\frac{1}{2}x", "ln(x)(y)", "1/2"])
def test_what_is_clear_is_read_without_remark(text: str) -> None:
    assert not parse(text, FORMULAS).notes


MARKS = list("xy2+-*/^()[]{},;|!%=<&_'.²½Tei")
WORDS = st.sampled_from(
    [
        *MARKS,
        "0.5",
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        "ln",
        "sin",
        "pi",
        r"\\",
        r"\sum",
        "if",
        "else",
        "max(",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_words_of_mathematics_are_read_or_refused(text: str) -> None:
    try:
        tree = parse(text, FORMULAS).tree
    except Unreadable as trouble:
        assert trouble.start <= len(text)
        return
    assert latex(tree)
