"""One file per layer; a file dropped here is found by itself. The contract is the text of `layer.py`."""

import importlib
import pkgutil
from functools import cache

from solvers.engine.layer import Layer


@cache
def all_layers() -> dict[str, type[Layer]]:
    """Import every file of this folder and give the layers they define by kind, in alphabetical order."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {layer.kind: layer for layer in sorted(_defined(Layer), key=lambda layer: layer.kind)}


def _defined(base: type[Layer]) -> set[type[Layer]]:
    found = {base} if base.__module__.startswith(f"{__name__}.") else set()
    return found.union(*(_defined(layer) for layer in base.__subclasses__()))
