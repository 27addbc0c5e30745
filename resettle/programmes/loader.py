"""From the files in config/programmes to a Catalogue, or to everything that is wrong with them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from marshmallow import ValidationError

from resettle.programmes import faults as rules
from resettle.programmes.catalogue import Catalogue, CodeList, Location
from resettle.programmes.content import Shared
from resettle.programmes.definition import Programme
from resettle.programmes.faults import Fault
from resettle.programmes.placement import PlacementRules
from resettle.programmes.placement_faults import of_placement
from resettle.programmes.schemas import schema_of
from resettle.programmes.terms import written
from resettle.programmes.working_days import Region, WorkingDays

SHIPPED: Final = Path(__file__).resolve().parents[2] / "config" / "programmes"

SHARED_FOLDER: Final = "catalogues"

T = TypeVar("T")

_SharedFile: TypeAlias = tuple[dict[str, Any], Shared]
_SharedFiles: TypeAlias = dict[str, _SharedFile]

# Tables of an included file that hold where the programme does not write its own ...
_TABLES = ("household", "sponsor", "birthdays")

# ... and rows that stand before the programme's own.
_ROWS = ("domains", "frameworks", "parties", "age_groups", "checklists", "milestones")


class BadDefinition(Exception):
    """Files that the service must not start with; `faults` has everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    lists: tuple[CodeList, ...] = field(metadata=written("list"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations:
    locations: tuple[Location, ...] = field(metadata=written("location"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    regions: tuple[Region, ...] = field(metadata=written("region"))


class _Lists(NamedTuple):
    codes: dict[str, CodeList]
    locations: dict[str, Location]
    working_days: WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    sources: Mapping[str, str]


def load_all(folder: Path = SHIPPED) -> Catalogue:
    """Load every programme. Raises BadDefinition, which tells all the faults at once."""
    catalogue, faults = inspect(folder)
    if faults:
        raise BadDefinition(faults)
    return catalogue


def inspect(folder: Path) -> tuple[Catalogue, tuple[Fault, ...]]:
    """Load what can be loaded, and tell everything that is wrong with the rest."""
    faults: list[Fault] = []
    if not any(folder.glob("*/*.toml")):
        return Catalogue({}), (Fault(str(folder), "", "holds no programme (<code>/<n>.toml)"),)
    lists = _lists(folder, faults)
    shared = _shared(folder, faults)
    programmes = _programmes(folder, shared, faults)
    placement = _placement(folder, faults)
    ways = {each.programme for each in placement.values()}
    catalogue = Catalogue(
        {p.key: p for p in programmes.values()},
        *lists,
        placement={code: _of(code, placement.values()) for code in ways},
    )
    sources = _sources(folder, faults)
    found = rules.of_catalogue(catalogue, programmes, sources)
    faults.extend(_where_written(fault, programmes[fault.file], shared) for fault in found)
    faults.extend(of_placement(catalogue, placement, sources))
    return catalogue, tuple(sorted(set(faults)))


def _placement(folder: Path, faults: list[Fault]) -> dict[str, PlacementRules]:
    """Read config/placement beside the folder, if it is there."""
    found = {}
    for path in sorted((folder.parent / "placement").glob("*.toml")):
        name = f"placement/{path.name}"
        made = read(path, PlacementRules, faults, name)
        if made is None:
            continue
        if made.label != path.stem:
            faults.append(Fault(name, "programme", "programme and version must be the file's name"))
        found[name] = made
    return found


def _of(code: str, rules: Iterable[PlacementRules]) -> tuple[PlacementRules, ...]:
    mine = (each for each in rules if each.programme == code)
    return tuple(sorted(mine, key=lambda each: each.version))


def _where_written(fault: Fault, programme: Programme, shared: _SharedFiles) -> Fault:
    """Name the shared file where the fault stands in what a programme has included."""
    for name in programme.include:
        raw, part = shared.get(name, ({}, None))
        keys = _row_keys(part) if part else set()
        if fault.key.partition(".")[0] in raw or ".".join(fault.key.split(".")[:2]) in keys:
            return replace(fault, file=f"{SHARED_FOLDER}/{name}.toml")
    return fault


def _row_keys(shared: Shared) -> set[str]:
    milestones = {f"milestone.{row.code}" for row in shared.milestones}
    return milestones | {f"checklist.{row.code}" for row in shared.checklists}


def read(path: Path, made: type[T], faults: list[Fault], name: str) -> T | None:
    """Read one file; None where its faults have been added to the list."""
    document = _document(path, faults, name)
    return None if document is None else _made(document, made, faults, name)


def _document(path: Path, faults: list[Fault], name: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(name, "", f"is not readable as TOML: {error}"))
    except OSError as error:
        faults.append(Fault(name, "", f"cannot be read: {error.strerror}"))
    return None


def _made(document: Mapping[str, Any], made: type[T], faults: list[Fault], name: str) -> T | None:
    try:
        loaded: T = schema_of(made)().load(document)
    except ValidationError as error:
        found = _flat(error.messages)
        faults.extend(Fault(name, key, reason) for key, reason in found)
        return None
    return loaded


def _programmes(folder: Path, shared: _SharedFiles, faults: list[Fault]) -> dict[str, Programme]:
    paths = (path for path in sorted(folder.glob("*/*.toml")) if path.parent.name != SHARED_FOLDER)
    names = {path: f"{path.parent.name}/{path.name}" for path in paths}
    found = {name: _programme(path, shared, faults, name) for path, name in names.items()}
    return {name: programme for name, programme in found.items() if programme}


def _programme(
    path: Path, shared: _SharedFiles, faults: list[Fault], name: str
) -> Programme | None:
    document = _document(path, faults, name)
    if document is None:
        return None
    included = _included(document, shared, faults, name)
    tables = [{key: raw[key] for key in _TABLES if key in raw} for raw, _ in reversed(included)]
    whole: dict[str, Any] = {}
    for table in (*tables, document):
        whole |= table
    found: list[Fault] = []
    programme = _made(whole, Programme, found, name)
    lacking = len(included) < len(document.get("include", []))
    # What a file that is not there would have brought is not missing from this one.
    faults.extend(fault for fault in found if not (lacking and fault.key in _TABLES))
    if programme is None or lacking:
        return None
    if (programme.code, str(programme.version)) != (path.parent.name, path.stem):
        faults.append(Fault(name, "code", "code and version must be those of the path"))
    return _with_rows(programme, [part for _, part in included])


def _included(
    document: Mapping[str, Any], shared: _SharedFiles, faults: list[Fault], name: str
) -> list[_SharedFile]:
    named = document.get("include", [])
    if not isinstance(named, list):
        return []
    for code in named:
        if code not in shared:
            reason = f"there is no {SHARED_FOLDER}/{code}.toml that can be loaded"
            faults.append(Fault(name, "include", reason))
    return [shared[code] for code in named if code in shared]


def _with_rows(programme: Programme, included: list[Shared]) -> Programme:
    """Put the rows of what is included before its own; leave out other streams' milestones."""
    rows: dict[str, Any] = {key: _joined(programme, included, key) for key in _ROWS}
    rows["milestones"] = tuple(m for m in rows["milestones"] if programme.stream in m.streams)
    return replace(programme, **rows)


def _joined(programme: Programme, included: list[Shared], key: str) -> tuple[Any, ...]:
    shared = (row for part in included for row in getattr(part, key))
    return (*shared, *getattr(programme, key))


def _shared(folder: Path, faults: list[Fault]) -> _SharedFiles:
    found = {}
    for path in sorted((folder / SHARED_FOLDER).glob("*.toml")):
        name = f"{SHARED_FOLDER}/{path.name}"
        document = _document(path, faults, name)
        shared = _made(document, Shared, faults, name) if document is not None else None
        if document is None or shared is None:
            continue
        if f"{shared.code}-{shared.version}" != path.stem:
            faults.append(Fault(name, "code", "code and version must be those of the path"))
        found[path.stem] = (document, shared)
    return found


def _lists(folder: Path, faults: list[Fault]) -> _Lists:
    """Read config/lists beside the folder, or the shipped lists where the folder stands alone."""
    lists = folder.parent / "lists"
    if not (lists / "programmes.toml").exists():
        lists = SHIPPED.parent / "lists"
    codes = read(lists / "programmes.toml", CodeLists, faults, "lists/programmes.toml")
    name = "lists/settlement_locations.toml"
    places = read(lists / "settlement_locations.toml", Locations, faults, name)
    regions = read(lists / "holidays.toml", Regions, faults, "lists/holidays.toml")
    return _Lists(
        {each.code: each for each in codes.lists} if codes else {},
        {each.code: each for each in places.locations} if places else {},
        WorkingDays({r.code: r.follows for r in regions.regions} if regions else {}),
    )


def _sources(folder: Path, faults: list[Fault]) -> frozenset[str]:
    path = folder / "sources.toml"
    here = path if path.exists() else SHIPPED / "sources.toml"
    sources = read(here, Sources, faults, "sources.toml")
    return frozenset(sources.sources) if sources else frozenset()


def _flat(messages: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Turn marshmallow's tree of messages into (household.stage[2].next[0].to, reason)."""
    if isinstance(messages, list):
        yield from ((key, str(message)) for message in messages)
        return
    for part, below in messages.items():
        if isinstance(part, int):
            yield from _flat(below, f"{key}[{part + 1}]")
        else:
            yield from _flat(below, f"{key}.{part}".lstrip("."))
