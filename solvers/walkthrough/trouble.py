"""The one mistake a walkthrough knows: a problem that cannot be worked out, told in a sentence."""


class ProblemError(ValueError):
    """A network, loss or update that cannot be worked out: says where, what was expected, and what came."""
