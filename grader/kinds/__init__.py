"""One file per answer kind; a file dropped here is found by itself."""

import importlib
import pkgutil
from functools import cache

from grader.answer import Answer


@cache
def all_kinds() -> tuple[type[Answer], ...]:
    """Import every file of this folder and give the kinds they define, sorted by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(sorted(_concrete(Answer), key=lambda kind: kind.__name__))


def _concrete(base: type[Answer]) -> frozenset[type[Answer]]:
    here = base.__module__.startswith(f"{__name__}.") and not base.abstract
    found = frozenset({base} if here else ())  # the module `set` of this folder hides the builtin
    return found.union(*(_concrete(kind) for kind in base.__subclasses__()))
