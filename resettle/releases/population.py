"""Everybody as at a day, by what they are counted by: read by the system, told to nobody.

This is the one place of the service that reads all people at once. What comes of it leaves only
through protect.py; its caller is a handler, which acts as the system.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.consents.queries import agreed_to_evaluation
from resettle.core.clock import AUCKLAND
from resettle.core.crypto import Keyring
from resettle.core.languages import ENGLISH as ENGLISH_LOCALE
from resettle.core.languages import country_in, language
from resettle.core.work import UnitOfWork
from resettle.households.models import (
    Household,
    HouseholdMember,
    LeaveReason,
    MemberRole,
    Person,
    Stream,
)
from resettle.households.rules import age_on, is_adult, value_of
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.programmes.catalogue import Catalogue
from resettle.releases.keys import ReleaseKeys
from resettle.statuses.english import first_levels

BANDS = ((0, 4), (5, 14), (15, 24), (25, 44), (45, 64))
OLDEST = "65 and over"
# Ages as the quota's statistics part them (S52).
GROUPS = ((0, 4), (5, 12), (13, 17), (18, 59))
OLDER = "60 and over"
NOT_KNOWN, NOT_AGREED, NONE_RECORDED = "Not known", "Not agreed to evaluation", "None recorded"
DISABILITY = "Recorded"
ENGLISH = ((1, "None or a few words"), (3, "Some"), (99, "Enough for work"))
STREAMS = {
    Stream.QUOTA: "Quota",
    Stream.CORS: "Sponsored",
    Stream.RFSC: "Family support",
    Stream.CONVENTION: "Convention",
    Stream.AFGHAN_INTERPRETER: "Afghan interpreters",
    Stream.AFGHAN_RESPONSE: "Afghan response",
}
SEXES = {"F": "Female", "M": "Male", "X": "Another", "U": NOT_KNOWN}
FIRST_MONTH, COUPLE = 7, 2
GONE = frozenset({LeaveReason.LEFT_NEW_ZEALAND, LeaveReason.DIED})


@dataclass(frozen=True, slots=True)
class Subject:
    """One person as at a day. `traits` is what they are counted by, `populations` where."""

    person: str
    household: str
    traits: Mapping[str, str]
    populations: frozenset[str]
    arrived_on: date | None
    left_on: date | None
    born_on: date
    agreed: bool
    # Since when no longer in New Zealand, or no longer alive.
    gone_on: date | None = None
    # Whether they live with that household still, or left it.
    at_home: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up once for everybody."""

    as_at: date
    catalogue: Catalogue
    keys: ReleaseKeys
    agreed: frozenset[UUID]
    regions: Mapping[UUID, str]
    categories: Mapping[UUID, str]
    nationalities: Mapping[UUID, str]
    disabled: frozenset[UUID]
    homes: Mapping[UUID, str]
    first_english: Mapping[UUID, int]


def subjects(uow: UnitOfWork, as_at: date) -> Sequence[Subject]:
    """Name everybody who was on record that day, each once, by where they lived last."""
    rows = {row.person_id: row for row in uow.rows(_stays(uow, as_at))}
    known = _Known(
        as_at=as_at,
        catalogue=uow.use(Catalogue),
        keys=ReleaseKeys.of(uow.use(Keyring)),
        agreed=agreed_to_evaluation(uow, _end_of(uow, as_at)),
        **_origins(uow),
        nationalities=_nationalities(uow, rows),
        disabled=_disabled(uow),
        homes=_homes(rows.values(), as_at),
        first_english=first_levels(uow),
    )
    found = [_subject(row, known) for row in rows.values()]
    return sorted(found, key=lambda each: each.person)


def _end_of(uow: UnitOfWork, day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(), AUCKLAND)
    return min(uow.now, midnight - timedelta(seconds=1))


def _stays(uow: UnitOfWork, as_at: date) -> Any:
    member = HouseholdMember
    query = uow.columns(
        member,
        member.person_id,
        member.household_id,
        member.role,
        member.joined_on,
        member.left_on,
        member.leave_reason,
        Person.sex,
        Person.born_on,
        Person.english_level,
        Household.stream,
        Household.programme_code,
        Household.location,
        Household.provider,
        Household.primary_language,
        Household.arrived_on,
        Household.exited_on,
    )
    query = query.join(Person, Person.id == member.person_id)
    query = query.join(Household, Household.id == member.household_id)
    query = query.where(
        member.joined_on <= as_at,
        member.leave_reason.is_distinct_from(LeaveReason.RECORDED_IN_ERROR),
    )
    return uow.touching(query.order_by(member.joined_on, member.id), Person, Household)


def _origins(uow: UnitOfWork) -> dict[str, Mapping[UUID, str]]:
    """Give the region and the subcategory of the quota that each case came under."""
    case = ResettlementCase
    cases = uow.all(uow.select(case).order_by(case.opened_on, case.id))
    uow.unlock({each.household_id for each in cases})
    return {
        "regions": {each.household_id: each.region for each in cases if each.region},
        "categories": {each.household_id: each.subcategory for each in cases if each.subcategory},
    }


def _nationalities(uow: UnitOfWork, rows: Mapping[UUID, Any]) -> Mapping[UUID, str]:
    """Name the country of each person of the quota, of whom alone it is told."""
    of_quota = {id_ for id_, row in rows.items() if row.stream is Stream.QUOTA}
    people = uow.all(uow.select(Person).order_by(Person.id))
    uow.unlock(of_quota)
    known = {p.id: value_of(p.nationality) for p in people if p.id in of_quota}
    return {id_: country_in(ENGLISH_LOCALE, c) or c for id_, c in known.items() if c}


def _disabled(uow: UnitOfWork) -> frozenset[UUID]:
    need = SpecificNeed
    query = uow.select(need).where(need.kind == NeedKind.HEALTH, need.active)
    needs = uow.all(query.order_by(need.id))
    uow.unlock({each.person_id for each in needs})
    return frozenset(each.person_id for each in needs if _is_disability(each.code))


def _is_disability(code: str | None) -> bool:
    return (value_of(code) or "").startswith("DS")


def _homes(rows: Iterable[Any], as_at: date) -> Mapping[UUID, str]:
    """Say of what kind each household is that day."""
    at_home: dict[UUID, list[Any]] = {}
    for row in rows:
        if row.left_on is None or row.left_on > as_at:
            at_home.setdefault(row.household_id, []).append(row)
    return {home: _kind(members, as_at) for home, members in at_home.items()}


def _kind(members: Sequence[Any], as_at: date) -> str:
    adults = [m for m in members if is_adult(as_at, m.born_on)]
    children = len(members) - len(adults)
    couple = any(m.role is MemberRole.PARTNER for m in members)
    kind = "Couple" if couple and len(adults) == COUPLE else "One adult"
    if len(adults) > COUPLE or not adults or (kind != "Couple" and len(adults) == COUPLE):
        return "More adults"
    return f"{kind} with children" if children else kind


def _subject(row: Any, known: _Known) -> Subject:
    gone = row.left_on is not None and row.left_on <= known.as_at
    exited = row.exited_on is not None and row.exited_on <= known.as_at
    left = min((d for d in (row.left_on, row.exited_on) if d and d <= known.as_at), default=None)
    here = row.arrived_on is not None and row.arrived_on <= known.as_at
    came = here and row.joined_on <= row.arrived_on
    populations = {
        "arrived": came,
        "quota_arrived": came and row.stream is Stream.QUOTA,
        "supported": here and not gone and not exited,
    }
    return Subject(
        person=known.keys.name(row.person_id),
        household=known.keys.name(row.household_id),
        traits=_traits(row, known),
        populations=frozenset(name for name, holds in populations.items() if holds),
        arrived_on=row.arrived_on if here else None,
        left_on=left,
        born_on=row.born_on,
        agreed=row.person_id in known.agreed,
        gone_on=row.left_on if row.leave_reason in GONE and gone else None,
        at_home=not gone,
    )


def _traits(row: Any, known: _Known) -> dict[str, str]:
    place = known.catalogue.locations.get(row.location or "")
    agreed = row.person_id in known.agreed
    traits = {
        "stream": STREAMS[row.stream],
        "programme": known.catalogue.versions(row.programme_code)[-1].title,
        "island": "Elsewhere" if place is None else place.island,
        "location": known.catalogue.place_name(row.location) or NOT_KNOWN,
        "arrival_year": _year(row.arrived_on),
        "sex": SEXES[row.sex],
        "age_band": band(known.as_at, row.born_on),
        "category": known.categories.get(row.household_id) or NOT_KNOWN,
        "nationality": known.nationalities.get(row.person_id) or NOT_KNOWN,
        "age_group": band(known.as_at, row.born_on, GROUPS, OLDER),
        "provider": row.provider or NOT_KNOWN,
        "region": known.regions.get(row.household_id) or NOT_KNOWN,
        "language": language(row.primary_language),
        "household_type": known.homes.get(row.household_id, NOT_KNOWN),
    }
    disability = DISABILITY if row.person_id in known.disabled else NONE_RECORDED
    level = known.first_english.get(row.person_id, row.english_level)
    traits["english"] = english(level) if agreed else NOT_AGREED
    traits["disability"] = disability if agreed else NOT_AGREED
    return traits


def band(
    day: date, born_on: date, bands: Sequence[tuple[int, int]] = BANDS, oldest: str = OLDEST
) -> str:
    """Name the band of an age."""
    age = max(age_on(day, born_on), 0)
    return next((f"{low} to {high}" for low, high in bands if low <= age <= high), oldest)


def english(level: int | None) -> str:
    if level is None:
        return NOT_KNOWN
    return next(words for most, words in ENGLISH if level <= most)


def _year(day: date | None) -> str:
    if day is None:
        return NOT_KNOWN
    first = day.year - (day.month < FIRST_MONTH)
    return f"{first}/{(first + 1) % 100:02d}"
