"""The functions that may be written: their names, how many arguments they take, and how they are shown."""

from typing import NamedTuple


class Function(NamedTuple):
    """A function by its plain name, the least and most arguments it takes, its LaTeX, and other spellings."""

    name: str
    least: int
    most: int
    latex: str
    aliases: tuple[str, ...] = ()


MANY = 100

FUNCTIONS = (
    Function("ln", 1, 1, r"\ln"),
    Function("log", 1, 2, r"\log", ("logarithm",)),
    Function("log2", 1, 1, r"\log_{2}", ("lb", "ld")),
    Function("log10", 1, 1, r"\log_{10}", ("lg",)),
    Function("log1p", 1, 1, r"\operatorname{log1p}"),
    Function("exp", 1, 1, r"\exp"),
    Function("expm1", 1, 1, r"\operatorname{expm1}"),
    Function("sqrt", 1, 2, r"\sqrt"),
    Function("cbrt", 1, 1, r"\sqrt[3]"),
    Function("power", 2, 2, r"\operatorname{power}", ("pow",)),
    Function("square", 1, 1, r"\operatorname{square}"),
    Function("abs", 1, 1, r"\operatorname{abs}", ("absolute", "fabs")),
    Function("sign", 1, 1, r"\operatorname{sign}", ("sgn", "signum")),
    Function("sin", 1, 1, r"\sin"),
    Function("cos", 1, 1, r"\cos"),
    Function("tan", 1, 1, r"\tan", ("tg",)),
    Function("cot", 1, 1, r"\cot", ("cotan", "ctg")),
    Function("sec", 1, 1, r"\sec"),
    Function("csc", 1, 1, r"\csc", ("cosec",)),
    Function("arcsin", 1, 1, r"\arcsin", ("asin",)),
    Function("arccos", 1, 1, r"\arccos", ("acos",)),
    Function("arctan", 1, 1, r"\arctan", ("atan",)),
    Function("sinh", 1, 1, r"\sinh"),
    Function("cosh", 1, 1, r"\cosh"),
    Function("tanh", 1, 1, r"\tanh"),
    Function("coth", 1, 1, r"\coth"),
    Function("sech", 1, 1, r"\operatorname{sech}"),
    Function("csch", 1, 1, r"\operatorname{csch}", ("cosech",)),
    Function("arsinh", 1, 1, r"\operatorname{arsinh}", ("asinh", "arcsinh")),
    Function("arcosh", 1, 1, r"\operatorname{arcosh}", ("acosh", "arccosh")),
    Function("artanh", 1, 1, r"\operatorname{artanh}", ("atanh", "arctanh")),
    Function("sigmoid", 1, 1, r"\sigma", ("logistic", "expit", "sigm")),
    Function("logit", 1, 1, r"\operatorname{logit}"),
    Function("softplus", 1, 1, r"\operatorname{softplus}"),
    Function("relu", 1, 1, r"\operatorname{ReLU}", ("ReLU", "RELU", "Relu", "ramp")),
    Function("step", 1, 1, r"\operatorname{step}", ("heaviside", "Heaviside")),
    Function("indicator", 1, 1, r"\mathbb{1}"),
    Function("erf", 1, 1, r"\operatorname{erf}"),
    Function("max", 1, MANY, r"\max", ("maximum", "fmax", "amax")),
    Function("min", 1, MANY, r"\min", ("minimum", "fmin", "amin")),
    Function("where", 3, 3, r"\operatorname{where}"),
    Function("floor", 1, 1, r"\operatorname{floor}"),
    Function("ceil", 1, 1, r"\operatorname{ceil}", ("ceiling",)),
    Function("round", 1, 2, r"\operatorname{round}", ("around", "rint")),
    Function("softmax", 1, 2, r"\operatorname{softmax}"),
    Function("factorial", 1, 1, r"\operatorname{factorial}", ("fact",)),
    Function("binom", 2, 2, r"\operatorname{binom}", ("comb", "choose", "nCr", "binomial")),
)
"""Functions of numbers; `log` is the natural logarithm unless a base is given."""

ARRAYS = (
    Function("array", 1, 1, "", ("matrix", "tensor", "asarray", "Matrix", "Tensor")),
    Function("transpose", 1, 1, r"\operatorname{transpose}"),
    Function("sum", 1, 2, r"\operatorname{sum}"),
    Function("mean", 1, 2, r"\operatorname{mean}", ("average",)),
    Function("dot", 2, 2, r"\operatorname{dot}", ("matmul", "mm")),
    Function("multiply", 2, 2, r"\operatorname{multiply}", ("mul",)),
    Function("outer", 2, 2, r"\operatorname{outer}"),
    Function("diag", 1, 1, r"\operatorname{diag}"),
    Function("trace", 1, 1, r"\operatorname{tr}", ("tr", "Tr")),
    Function("ones", 1, 1, r"\operatorname{ones}"),
    Function("zeros", 1, 1, r"\operatorname{zeros}"),
    Function("eye", 1, 1, r"\operatorname{eye}", ("identity",)),
    Function("norm", 1, 2, r"\operatorname{norm}"),
)
"""Functions of arrays, read where matrices are."""

DERIVED = frozenset(("sigmoid", "tanh", "relu"))
"""Functions that may carry a prime."""

KEYWORDS = ("axis", "keepdims", "dtype")
"""Named arguments of array functions."""

TABLE = {function.name: function for function in (*ARRAYS, *FUNCTIONS)}
NUMERIC = {spelling: f.name for f in FUNCTIONS for spelling in (f.name, *f.aliases)}
ARRAY = {spelling: f.name for f in ARRAYS for spelling in (f.name, *f.aliases)}
