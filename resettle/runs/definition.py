"""Which reports there are: config/reports.toml, read once at the start."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resettle.runs.tabulating import TableSpec


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """A report and its tables; `numbers` are those of published tables that they answer to.

    `elsewhere` says of the rest of a published set where their data is, since it is not here.
    """

    code: str
    title: str
    tables: Sequence[str]
    numbers: Mapping[str, str]
    elsewhere: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportCatalogue:
    reports: Mapping[str, ReportDefinition]


def load(path: Path) -> ReportCatalogue:
    """Read the reports. Raises KeyError with what the file lacks."""
    told = tomllib.loads(path.read_text())["report"]
    return ReportCatalogue(
        {
            code: ReportDefinition(
                code,
                each["title"],
                each["tables"],
                each.get("numbers", {}),
                each.get("elsewhere", {}),
            )
            for code, each in told.items()
        }
    )


def load_tables(path: Path) -> Mapping[str, TableSpec]:
    """Read what the ministry's tables count. Raises KeyError or TypeError with what is wrong."""
    told = tomllib.loads(path.read_text())["table"]
    return {code: TableSpec(code=code, **each) for code, each in told.items()}


@dataclass(frozen=True, slots=True)
class MinistryTables:
    """The ministry's table set, by code."""

    specs: Mapping[str, TableSpec]
