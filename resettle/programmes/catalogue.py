"""Every version of every programme, with the code lists and places that they speak of.

A case keeps the version that it began under; a rule that speaks of a day is decided by the
version in force on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from resettle.programmes.blocks import Effective
from resettle.programmes.definition import Programme
from resettle.programmes.placement import PlacementRules, in_force
from resettle.programmes.terms import Basis, written
from resettle.programmes.working_days import WorkingDays


class UnknownProgramme(LookupError):
    """There is no such programme, or no such version of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    code: str
    title: str
    basis: Basis
    items: tuple[Item, ...] = field(metadata=written("item"))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    name: str
    effective: Effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A settlement location; `region` is the code of its public holidays."""

    code: str
    name: str
    island: str
    region: str
    listed: bool = True
    basis: Basis
    region_basis: Basis
    providers: tuple[Provider, ...] = field(default=(), metadata=written("provider"))
    note: str = ""

    def provider_on(self, day: date) -> str | None:
        """Who supports quota households there on that day; None before there was anybody."""
        found = (p.name for p in self.providers if p.effective.covers(day))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    programmes: Mapping[tuple[str, int], Programme]
    lists: Mapping[str, CodeList] = field(default_factory=dict)
    locations: Mapping[str, Location] = field(default_factory=dict)
    working_days: WorkingDays = field(default_factory=WorkingDays)
    placement: Mapping[str, tuple[PlacementRules, ...]] = field(default_factory=dict)

    def placement_rules(self, code: str, day: date) -> PlacementRules | None:
        """Find how a programme places its households on a day; None where it does not."""
        return in_force(self.placement.get(code, ()), day)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({code for code, _ in self.programmes}))

    def get(self, code: str, version: int) -> Programme:
        """Find one version. Raises UnknownProgramme."""
        try:
            return self.programmes[code, version]
        except KeyError:
            raise UnknownProgramme(f"There is no version {version} of {code}.") from None

    def versions(self, code: str) -> tuple[Programme, ...]:
        """All versions of a programme, the earliest first. Raises UnknownProgramme."""
        found = [p for p in self.programmes.values() if p.code == code]
        if not found:
            raise UnknownProgramme(
                f"There is no programme {code}; there are {', '.join(self.codes)}."
            )
        return tuple(sorted(found, key=lambda p: p.version))

    def in_force(self, code: str, day: date) -> Programme:
        """Find the version in force on a day. Raises UnknownProgramme where there was none yet."""
        for programme in self.versions(code):
            if programme.effective.covers(day):
                return programme
        raise UnknownProgramme(f"No version of {code} is in force on {day:%-d %B %Y}.")

    def place_name(self, code: str | None) -> str:
        """Name a settlement location; a place that is on no list is its own name."""
        known = self.locations.get(code or "")
        return code or "" if known is None else known.name

    def labelled(self, label: str) -> Programme | None:
        """Find the version with this label, such as CORS-2021, however it is capitalised."""
        found = (p for p in self.programmes.values() if p.label.lower() == label.lower())
        return next(found, None)


def support_end(catalogue: Catalogue, code: str, placed_on: date) -> date:
    """Tell the last day of support, by the version in force when the household was placed."""
    return placed_on + timedelta(days=catalogue.in_force(code, placed_on).support.days)
