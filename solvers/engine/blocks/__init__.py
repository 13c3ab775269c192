"""One file per block (a pattern of layers); a file dropped here is found by itself. The contract: `graph.py`."""

import importlib
import pkgutil
from functools import cache

from solvers.engine.graph import Block


@cache
def all_blocks() -> dict[str, type[Block]]:
    """Import every file of this folder and give the blocks they define by kind, in alphabetical order."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {block.kind: block for block in sorted(_defined(Block), key=lambda block: block.kind)}


def _defined(base: type[Block]) -> set[type[Block]]:
    found = {base} if base.__module__.startswith(f"{__name__}.") else set()
    return found.union(*(_defined(block) for block in base.__subclasses__()))
