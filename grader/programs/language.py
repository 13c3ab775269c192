"""The words of the language: everything that is not listed here does not exist in a student's program."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTWISE = _words(
    "abs absolute add arccos arcsin arctan arctanh ceil clip cos cosh divide equal exp exp2 expm1 floor"
    " floor_divide fmax fmin greater greater_equal isfinite isinf isnan less less_equal log log10 log1p log2"
    " logaddexp logical_and logical_not logical_or logical_xor maximum minimum mod multiply nan_to_num negative"
    " not_equal power reciprocal remainder rint sign sin sinh sqrt square subtract tan tanh true_divide"
    " where"
)
"""Functions whose result is as large as their arguments broadcast together."""

SHRINKING = _words(
    "all amax amin any argmax argmin argsort array asarray ascontiguousarray atleast_1d atleast_2d average"
    " concatenate copy count_nonzero cumprod cumsum diagonal expand_dims flip fliplr flipud hstack max mean"
    " median min moveaxis ndim nonzero ones_like prod ravel reshape roll rot90 shape size sort squeeze stack"
    " std sum swapaxes trace transpose tril triu unique var vstack zeros_like empty_like column_stack linalg.norm"
)
"""Functions whose result is no larger than their arguments together."""

GROWING = _words(
    "arange broadcast_to diag dot einsum empty eye full full_like identity inner linspace matmul ones outer pad"
    " repeat round split tile zeros"
)
"""Functions whose result may be larger than their arguments; each has its own bound."""

LIBRARY = ELEMENTWISE | SHRINKING | GROWING

METHODS = _words(
    "all any argmax argmin argsort astype clip copy cumprod cumsum diagonal dot flatten max mean min nonzero prod"
    " ravel repeat reshape round squeeze std sum swapaxes trace transpose var"
)
"""What may be called on an array."""

PROPERTIES = frozenset({"T", "shape", "size", "ndim"})
CONSTANTS = frozenset({"pi", "e", "inf", "nan", "newaxis"})
DTYPES = frozenset({"float64", "float32", "int64", "int32", "bool_", "float", "int", "bool"})
"""Types of entries; they may stand only as the argument of a library function."""

WORDS = frozenset({"constant", "edge", "reflect", "fro"}) | DTYPES
"""Strings that may be handed to a library function (beside the subscripts of `einsum`)."""

BUILTINS = _words("abs all any bool enumerate float int len list max min range reversed round sum tuple zip")
LISTS = frozenset({"append", "extend", "copy"})
"""What may be called on a list."""

MODULES = frozenset({"np", "numpy"})

KEYWORDS = _words(
    "a_max a_min arr axes axis axis1 axis2 constant_values ddof decimals dtype endpoint fill_value k keepdims max"
    " min mode num offset ord pad_width repeats return_counts shape shift start step stop weights"
)
"""Keywords that library functions may be given."""

FORBIDDEN = {
    "random": "Random numbers cannot be compared: work with the given arrays.",
    "linalg": "Of np.linalg only norm is known here.",
    "eval": "Only formulas and simple statements are run.",
    "exec": "Only formulas and simple statements are run.",
    "print": "Nothing needs to be printed: end with the value or return it.",
    "torch": "The answer must be NumPy.",
    "tf": "The answer must be NumPy.",
    "jnp": "The answer must be NumPy: write np.",
}
"""What to say about names that students try."""
