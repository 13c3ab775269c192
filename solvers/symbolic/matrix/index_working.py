"""The gradient of a matrix product written out in indices: why each factor is transposed, and whether the sizes fit."""

from dataclasses import dataclass

from solvers.symbolic.matrix.contraction import INDICES, Link, chain
from solvers.symbolic.matrix.entries import entry, indexed, over
from solvers.symbolic.matrix.expression import Applied, Expression, Gradient, Size, parts
from solvers.symbolic.matrix.printing import bracketed, latex, shape


@dataclass(frozen=True)
class ProductWorking:
    """The rule for one factor of a product Y_ij = Σ_k A_ik B_kj, whose entry (u, v) is differentiated by.

    `node` is the product and `upstream` its gradient ∂L/∂Y, both as they are shown.
    """

    node: Expression
    place: int
    upstream: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The two factors."""
        return parts(self.node)

    @property
    def target(self) -> str:
        """The letters of the factor the gradient is taken by, before they become u and v."""
        return INDICES["product"][0][self.place]

    @property
    def other(self) -> str:
        """The letters of the other factor."""
        return INDICES["product"][0][1 - self.place]

    @property
    def links(self) -> tuple[Link, Link]:
        """The two factors of the gradient, in order."""
        return chain((self.upstream, "ij"), (self.parts[1 - self.place], self.other), self.target)

    @property
    def summed(self) -> str:
        """The letter that remains in the sum."""
        return next(letter for letter in "ij" if letter not in self.target)

    def lengths(self) -> dict[str, Size]:
        """The size behind each letter."""
        left, right = self.parts
        return {"i": left.shape[0], "k": left.shape[1], "j": right.shape[1]}

    @property
    def left(self) -> str:
        """∂L/∂B_uv, which the sums below are equal to if nothing else holds B."""
        return rf"\frac{{\partial L}}{{\partial {indexed(self.parts[self.place], 'u', 'v')}}}"

    def chain_rule(self) -> str:
        """The sum over all entries of Y."""
        return f"{self._sums('ij')}{entry(self.upstream, 'i', 'j', tight=True)} {self._local()}"

    def local_derivative(self) -> str:
        """∂Y_ij/∂B_uv: the other factor's entry, where the delta allows."""
        kept = next(letter for letter in self.target if letter in "ij")
        delta = rf" \delta_{{{kept}{self._renamed(kept)}}}" if self.lengths()[kept] != 1 else ""
        return (
            f"{self._local()} = {entry(self.parts[1 - self.place], *self._renamed(self.other), tight=True)}{delta}"
        )

    def remaining_sum(self) -> str:
        """What the delta leaves of the chain rule."""
        factors = " ".join(entry(link.part, *self._renamed(link.letters), tight=True) for link in self.links)
        return f"{self._sums(self.summed)}{factors}"

    def reasons(self) -> str:
        """Why each factor is transposed or not, by the place of the summed index."""
        return " ".join(self._reason(link, side) for link, side in zip(self.links, ("left", "right"), strict=True))

    def gradient(self) -> Expression:
        """The gradient as a matrix product."""
        left, right = self.links
        return left.matrix @ right.matrix

    def sizes(self) -> str:
        """The shapes of the factors and of their product."""
        left, right = (link.matrix.shape for link in self.links)
        whole = (left[0], right[1])
        return rf"\left({shape(left)}\right) \left({shape(right)}\right) = {shape(whole)}"

    def swapped(self) -> str:
        """Why the other order would not do, where the sizes tell."""
        left, right = (link.matrix.shape for link in self.links)
        if right[1] == left[0]:
            return "The sizes alone would allow the other order, too: here the indices decide."
        return f"In the other order the inner sizes {right[1]} and {left[0]} would not fit."

    def _local(self) -> str:
        passed = isinstance(self.upstream, Gradient) and self.upstream.shape == self.node.shape
        whole = self.upstream.of if isinstance(self.upstream, Gradient) and passed else self.node
        below = indexed(self.parts[self.place], "u", "v")
        return rf"\frac{{\partial {indexed(whole, 'i', 'j')}}}{{\partial {below}}}"

    def _renamed(self, letters: str) -> str:
        return letters.translate(str.maketrans(self.target, "uv"))

    def _sums(self, letters: str) -> str:
        lengths = self.lengths()
        return "".join(f"{over(letter, lengths[letter])} " for letter in letters if lengths[letter] != 1)

    def _reason(self, link: Link, side: str) -> str:
        part, letters = latex(link.part), self._renamed(link.letters)
        place = "row" if letters[0] == self.summed else "column"
        needed = "column" if side == "left" else "row"
        if not link.transposed:
            return f"${part}$ stays: the summed index ${self.summed}$ is its {place}, as the {side} factor needs."
        wrong = (
            f"the summed index ${self.summed}$ is its {place}, but in the {side} factor it must be the {needed}"
        )
        if isinstance(link.part, Applied):
            return f"${part}$ is turned into ${latex(link.matrix)}$: {wrong}."
        swap = rf"{entry(link.part, *letters)} = \left({bracketed(link.part)}^\top\right)_{{{letters[::-1]}}}"
        return f"${part}$ is transposed: {wrong}, and ${swap}$."
