"""Working days in New Zealand: neither weekend nor public holiday, national or of the region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays

from resettle.programmes.terms import Basis

_SATURDAY: Final = 5

_SUBDIVISIONS: Final = frozenset(holidays.country_holidays("NZ").subdivisions)


class UnknownRegion(LookupError):
    """The calendar has no such region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region that keeps the anniversary day of one that the holiday calendar knows."""

    code: str
    name: str
    follows: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of working days; `follows` adds regions (config/lists/holidays.toml)."""

    follows: Mapping[str, str] = field(default_factory=dict)

    def holiday(self, day: date, region: str | None = None) -> str | None:
        """Name the public holiday that a day is, in the region or the whole country, if any."""
        return _holidays(day.year, self._known(region)).get(day)

    def is_working_day(self, day: date, region: str | None = None) -> bool:
        return day.weekday() < _SATURDAY and self.holiday(day, region) is None

    def add_working_days(self, day: date, number: int, region: str | None = None) -> date:
        """Count working days on from a day (back if negative); the day itself is not counted.

        With 0 the day itself, or the first working day after it. Raises UnknownRegion.
        """
        step = timedelta(days=-1 if number < 0 else 1)
        left = abs(number)
        while left or not self.is_working_day(day, region):
            day += step
            if left and self.is_working_day(day, region):
                left -= 1
        return day

    def _known(self, region: str | None) -> str | None:
        known = self.follows.get(region, region) if region else None
        if known is not None and known not in _SUBDIVISIONS:
            raise UnknownRegion(f"There is no region {region} in the holiday calendar.")
        return known


@cache
def _holidays(year: int, region: str | None) -> Mapping[date, str]:
    return dict(holidays.country_holidays("NZ", years=year, subdiv=region))
