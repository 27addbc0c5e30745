"""The data classes: how dangerous a column is, and so who may be shown it (access.md 2)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class DataClass(StrEnum):
    OPS = "P0"
    PROFILE = "P1"
    IDENT = "P2"
    LOC = "P3"
    ORIGIN = "P4"
    HEALTH = "P5"
    PROT = "P6"
    NOTE = "P7"
    PLAN = "P8"
    FIN = "P9"
    VET = "P10"
    AUDIT = "P11"
    SECRET = "P12"  # noqa: S105  # a name of a class, not a password


SEALED: Final = frozenset(
    {
        DataClass.LOC,
        DataClass.ORIGIN,
        DataClass.HEALTH,
        DataClass.PROT,
        DataClass.NOTE,
        DataClass.FIN,
    }
)
"""The classes whose columns are encrypted at rest."""

READS_AUDITED: Final = SEALED | {DataClass.IDENT, DataClass.VET}
"""The classes of which every look is on record."""

Info = dict[str, Any]

# For mapped_column(info=...): each column names its class with one of these.
OPS: Final[Info] = {"class": DataClass.OPS}
PROFILE: Final[Info] = {"class": DataClass.PROFILE}
IDENT: Final[Info] = {"class": DataClass.IDENT}
PLAN: Final[Info] = {"class": DataClass.PLAN}
VET: Final[Info] = {"class": DataClass.VET}
AUDIT: Final[Info] = {"class": DataClass.AUDIT}
SECRET: Final[Info] = {"class": DataClass.SECRET}


@dataclass(frozen=True, slots=True)
class Held:
    """What the data map says of a table: whose it is, how long it is kept, where it is exported.

    `about` is the dotted path to the household, person or account that the row speaks of, or ""
    where it speaks of nobody; `kept` names a retention rule of config/default.toml; `export`
    names the package that carries the row when a person asks for their record, or "never".
    """

    about: str
    kept: str
    export: str
