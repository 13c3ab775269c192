"""One file per loss; a file dropped here is found by itself. The contract is the text of `loss.py`."""

import importlib
import pkgutil
from functools import cache

from solvers.engine.loss import Loss


@cache
def all_losses() -> dict[str, type[Loss]]:
    """Import every file of this folder and give the losses they define by kind, in alphabetical order."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {loss.kind: loss for loss in sorted(_defined(Loss), key=lambda loss: loss.kind)}


def _defined(base: type[Loss]) -> set[type[Loss]]:
    found = {base} if base.__module__.startswith(f"{__name__}.") else set()
    return found.union(*(_defined(loss) for loss in base.__subclasses__()))
