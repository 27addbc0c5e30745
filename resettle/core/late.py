"""Libraries that are loaded when they are first used, since most processes never use them.

Together they were a third of what a worker holds and of the time it takes to start. A module is
taken from here as it would be imported: `from resettle.core.late import np`. Nothing of it may be
asked for while modules are read, so in annotations its names stand in quotes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import icalendar
    import numpy as np
    import xlsxwriter
    from alembic import command as alembic_commands
    from alembic import config as alembic_settings
    from numpy.typing import NDArray
    from scipy import optimize, sparse, special

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]
    Truths = NDArray[np.bool_]


class Late:
    """Stands for a module, and loads it when something of it is asked for."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


if not TYPE_CHECKING:
    np = Late("numpy")
    optimize = Late("scipy.optimize")
    sparse = Late("scipy.sparse")
    special = Late("scipy.special")
    icalendar = Late("icalendar")
    xlsxwriter = Late("xlsxwriter")
    alembic_commands = Late("alembic.command")
    alembic_settings = Late("alembic.config")
    Floats = Wholes = Truths = Any

__all__ = [
    "Floats",
    "Late",
    "Truths",
    "Wholes",
    "alembic_commands",
    "alembic_settings",
    "icalendar",
    "np",
    "optimize",
    "sparse",
    "special",
    "xlsxwriter",
]
