"""Places taken against caps, and required fields that are filled in: counted whole.

Like outcomes.py, called by makers of figures alone, within the protected path. Both are told of the
programme's own work, so they ask nobody's consent to evaluation.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.cases.papers import DecisionKind
from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET, Outcome
from resettle.evaluation.waiting import finals
from resettle.households.models import Household, HouseholdMember, Person, Sex, Stream
from resettle.households.rules import is_adult
from resettle.programmes.blocks import Cap, CapPer
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.releases.keys import ReleaseKeys
from resettle.releases.population import STREAMS, Subject

# What is asked of grown-ups alone, and what says no more than that nobody has asked.
OF_ADULTS = frozenset({"english_level"})
EMPTY = (None, "", Sex.U)
# What their outcomes are called.
OF_PLACES = {MET: "Arrived", NOT_MET: "On the way", NOT_KNOWN: "Not decided"}
OF_RECORDS = {MET: "Filled in", NOT_MET: "Empty"}
HOME = "NZL"
OF_STREAM = {"quota": Stream.QUOTA, "sponsorship": Stream.CORS}
People = Mapping[str, Subject]


def places(
    uow: UnitOfWork, _definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say who arrived, who is approved and on the way, and of whom it is not decided."""
    cases = _cases_of_the_period(uow, as_at)
    found = []
    for each in people.values():
        case = cases.get(each.household)
        said = None if case is None else _stands(uow, case, each, as_at)
        if said is not None:
            found.append(Outcome(each.person, "", each.household, said))
    return found


def _stands(uow: UnitOfWork, case: Any, each: Subject, as_at: date) -> str | None:
    """Say of a person of a case how far it is; nothing of who came later, or will not come."""
    if each.arrived_on is not None:
        return MET if "arrived" in each.populations else None
    if not each.at_home or case.stage in finals(uow.use(Catalogue)):
        return None
    if case.decided_on is None or case.decided_on > as_at:
        return NOT_KNOWN
    return NOT_MET if case.decision is DecisionKind.APPROVED else None


def _cases_of_the_period(uow: UnitOfWork, as_at: date) -> Mapping[str, Any]:
    """Give the last case of each household that counts against the cap of the day."""
    keys, case = ReleaseKeys.of(uow.use(Keyring)), ResettlementCase
    query = uow.columns(
        case,
        case.household_id,
        case.programme_code,
        case.programme_version,
        case.programme_year,
        case.opened_on,
        case.stage,
        case.decision,
        case.decided_on,
    ).where(case.opened_on <= as_at)
    periods = {programme.code: (programme, cap) for programme, cap in headlines(uow, as_at)}
    return {
        keys.name(row.household_id): row
        for row in uow.rows(query.order_by(case.opened_on, case.id))
        if row.programme_code in periods and _counts(row, *periods[row.programme_code], as_at)
    }


def _counts(case: Any, programme: Programme, cap: Cap, as_at: date) -> bool:
    if cap.per is CapPer.TOTAL:
        return bool(case.programme_version == programme.version)
    year = case.programme_year or programme.year.of(case.opened_on)
    return bool(year == programme.year.of(as_at))


def headlines(uow: UnitOfWork, day: date) -> Iterator[tuple[Programme, Cap]]:
    """Name for each programme in force the cap of all its places: of the year, if there is one."""
    catalogue = uow.use(Catalogue)
    for code in catalogue.codes:
        try:
            programme = catalogue.in_force(code, day)
        except UnknownProgramme:
            continue
        caps = [c for c in programme.caps if c.effective.covers(day) and not c.subcategories]
        if caps:
            yield programme, min(caps, key=lambda cap: cap.per is not CapPer.YEAR)


def against_caps(uow: UnitOfWork, shares: Sequence[Mapping[str, Any]], day: date) -> list[Any]:
    """Set what is told of each programme or stream beside its cap; of other groups there is none.

    `shares` counts of each group who is approved (`n`) and who arrived (`met`), as they are told.
    """
    caps = _caps(uow, day)
    return [
        {
            "group": row["group"],
            "approved": row["n"],
            "arrived": row["met"],
            "unknown": row["unknown"],
            "cap": caps.get(row["group"]),
            "percent": _percent(row["n"], caps.get(row["group"])),
        }
        for row in shares
    ]


def _caps(uow: UnitOfWork, day: date) -> Mapping[str, int]:
    """Give the cap of each programme, and of each stream those of this country together."""
    caps: dict[str, int] = {}
    for programme, cap in headlines(uow, day):
        title = uow.use(Catalogue).versions(programme.code)[-1].title
        caps[title] = cap.persons
        if programme.country == HOME:
            stream = STREAMS[OF_STREAM[programme.stream]]
            caps[stream] = caps.get(stream, 0) + cap.persons
    return caps


def _percent(approved: int | None, cap: int | None) -> int | None:
    return round(100 * approved / cap) if approved is not None and cap else None


def records(
    uow: UnitOfWork, definition: IndicatorDefinition, people: People, as_at: date
) -> Sequence[Outcome]:
    """Say of each required field of those who are supported whether it is filled in."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    supported = {p.household for p in people.values() if "supported" in p.populations}
    wanted: dict[str, list[str]] = {}
    for code in definition.codes:
        record, _, field = code.partition(".")
        wanted.setdefault(record, []).append(field)
    return [
        Outcome(f"{keys.name(row.id)} {field}", "", home, _filled(row, field))
        for record, fields in wanted.items()
        for home, row in READERS[record](uow, keys)
        if home in supported
        for field in fields
        if not _is_a_childs(row, field, as_at)
    ]


def _filled(row: Any, field: str) -> str:
    return NOT_MET if getattr(row, field) in EMPTY else MET


def _is_a_childs(row: Any, field: str, as_at: date) -> bool:
    return field in OF_ADULTS and not is_adult(as_at, row.born_on)


def _households(uow: UnitOfWork, keys: ReleaseKeys) -> Iterator[tuple[str, Any]]:
    rows = uow.all(uow.select(Household).order_by(Household.id))
    return ((keys.name(row.id), row) for row in rows)


def _persons(uow: UnitOfWork, keys: ReleaseKeys) -> Iterator[tuple[str, Any]]:
    member = HouseholdMember
    query = uow.columns(member, member.person_id, member.household_id)
    stays = uow.rows(query.where(member.left_on.is_(None)).order_by(member.id))
    homes: Mapping[UUID, UUID] = {stay.person_id: stay.household_id for stay in stays}
    rows = uow.all(uow.select(Person).order_by(Person.id))
    uow.unlock(homes)
    return ((keys.name(homes[row.id]), row) for row in rows if row.id in homes)


def _cases(uow: UnitOfWork, keys: ReleaseKeys) -> Iterator[tuple[str, Any]]:
    rows = uow.all(uow.select(ResettlementCase).order_by(ResettlementCase.id))
    return ((keys.name(row.household_id), row) for row in rows)


READERS = {"household": _households, "person": _persons, "case": _cases}
