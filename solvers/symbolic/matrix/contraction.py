"""Gradients of the operations that are linear in every part, found by their indices alone.

An operation such as the product, Y_ij = Σ_k A_ik B_kj, is its index pattern. The chain rule sums over all entries
of Y; the deltas of ∂Y_ij/∂B_uv remove the letters that B has in common with Y. What is left is a sum of products of
entries, and that is read as a matrix expression: a letter summed over must be the last of the left factor and the
first of the right one, so a factor that has it elsewhere is transposed.
"""

from dataclasses import dataclass

from solvers.symbolic.matrix.expression import Applied, Expression, Identity, Shape
from solvers.symbolic.matrix.reductions import column_sums, row_sums, total
from solvers.symbolic.matrix.rules import scale, split, stretch

# The indices of the parts and of the result; "1" marks a side of length 1.
INDICES: dict[str, tuple[tuple[str, ...], str]] = {
    "product": (("ik", "kj"), "ij"),
    "hadamard": (("ij", "ij"), "ij"),
    "transpose": (("ij",), "ji"),
    "total": (("ij",), ""),
    "column_sums": (("ij",), "1j"),
    "row_sums": (("ij",), "i1"),
    "trace": (("ii",), ""),
}

WHY = {
    "product": "A product hands the upstream gradient to each factor, times the transpose of the other factor.",
    "hadamard": "An entry-wise product hands the upstream gradient to each factor, times the other factor.",
    "transpose": "The transpose swaps the two indices, and so does its gradient.",
    "total": "Every entry counts once in the sum, so every entry gets the upstream gradient.",
    "column_sums": "Every entry of a column counts once in that column's sum.",
    "row_sums": "Every entry of a row counts once in that row's sum.",
    "trace": "Only the diagonal counts, so only the diagonal gets the upstream gradient.",
    "stretch": "What was repeated when it was stretched collects the gradients of all its copies: they add up.",
}


def indices(node: Applied) -> tuple[tuple[str, ...], str]:
    """The index pattern of an operation."""
    if node.operation != "stretch":
        return INDICES[node.operation]
    inner = node.parts[0].shape
    sides = zip("ij", inner, node.shape, strict=True) if inner else ()
    return ("".join(letter if old == new else "1" for letter, old, new in sides),), "ij"


def contract(node: Applied, place: int, upstream: Expression, parts: tuple[Expression, ...]) -> Expression:
    """The gradient by one part, from the upstream gradient and the other part."""
    patterns, result = indices(node)
    target, shape = patterns[place], parts[place].shape
    if node.operation == "trace":
        return stretch(upstream, shape) * Identity(shape)
    others = [(part, pattern) for n, (part, pattern) in enumerate(zip(parts, patterns, strict=True)) if n != place]
    if not others:
        return _rearrange(upstream, result, target, shape)
    if node.operation == "hadamard":
        return upstream * others[0][0]
    left, right = chain((upstream, result), others[0], target)
    return left.matrix @ right.matrix


def turned(expression: Expression) -> Expression:
    """The transpose; that of a product is the product of the transposes in the other order."""
    factor, inner = split(expression)
    if isinstance(inner, Applied) and inner.operation == "product":
        left, right = inner.parts
        return scale(factor, turned(right) @ turned(left))
    return expression.T


@dataclass(frozen=True)
class Link:
    """One factor of a matrix product: the entries it came from, and whether it had to be transposed."""

    part: Expression
    letters: str
    transposed: bool

    @property
    def matrix(self) -> Expression:
        """The factor as it enters the product."""
        return self.part.T if self.transposed else self.part


def chain(first: tuple[Expression, str], second: tuple[Expression, str], target: str) -> tuple[Link, Link]:
    """Order and transpose two factors so that their matrix product has the indices of the target."""
    left, right = (first, second) if target[0] in first[1] else (second, first)
    summed = next(letter for letter in left[1] if letter in right[1] and letter not in target)
    return Link(*left, left[1][1] != summed), Link(*right, right[1][0] != summed)


def _rearrange(upstream: Expression, have: str, want: str, shape: Shape) -> Expression:
    """Sum over the letters that are not wanted, repeat over those that are missing, swap the two where needed."""
    if have == want[::-1] != want and len(have) == 2:
        return turned(upstream)
    gone = [letter for letter in have if letter.isalpha() and letter not in want]
    if len(gone) == 2:
        upstream = total(upstream)
    elif gone:
        upstream = column_sums(upstream) if have[0] in gone else row_sums(upstream)
    return stretch(upstream, shape)
