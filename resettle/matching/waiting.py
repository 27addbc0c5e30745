"""Who waits for a place, and what is known of them: gathered at one moment, for a run to keep.

It reads of all households of a programme, so it is called where the system itself acts; what comes
out is practical and names nobody. A need becomes the service that it asks for, never more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from resettle.cases.models import CaseLink, ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person, PersonLanguage, Skill
from resettle.households.rules import is_adult, is_working_age, value_of
from resettle.matching.closing import closed_to, of_homes
from resettle.matching.facts import Family
from resettle.matching.models import (
    Allocation,
    Place,
    PlacementWish,
    Ruling,
    RulingKind,
)
from resettle.people.models import SpecificNeed
from resettle.placements.models import HousingNeed, Sponsorship
from resettle.programmes.placement import Facet, Kind, PlacementRules, Service

LARGE, SOME_ENGLISH = 6, 2
SPOKEN = frozenset({Skill.EASILY, Skill.NOT_EASILY})


@dataclass(frozen=True, slots=True)
class Waits:
    household_id: UUID
    case_id: UUID
    since: date


def waiting(uow: UnitOfWork, rules: PlacementRules) -> Sequence[Waits]:
    """Name the households that wait for a place of this programme, by id."""
    case = ResettlementCase
    query = (
        uow.select(case)
        .join(Household, Household.id == case.household_id)
        .where(
            case.programme_code == rules.programme,
            case.stage.in_(rules.waits_in),
            Household.exited_on.is_(None),
            case.household_id.not_in(_provided(rules)),
        )
    )
    scoped = uow.touching(uow.along(query, Household), Allocation, Sponsorship)
    rows = uow.all(scoped.order_by(case.household_id, case.id))
    return [Waits(row.household_id, row.id, row.stage_since) for row in rows]


def _provided(rules: PlacementRules) -> Any:
    """Select the households that have room in a place already, or a group that is asked."""
    from_places = select(Allocation.household_id).where(Allocation.released_on.is_(None))
    if rules.kind is Kind.GROUP:
        asked = select(Sponsorship.household_id).where(Sponsorship.ended_on.is_(None))
        return from_places.union_all(asked)
    placed = select(Household.id).where(Household.location.is_not(None))
    return from_places.union_all(placed)


def arrived(uow: UnitOfWork, programme: str, first: date, last: date) -> Sequence[UUID]:
    """Name the households of a programme that arrived in a span of days, the last not included."""
    query = uow.columns(Household, Household.id).where(
        Household.programme_code == programme,
        Household.arrived_on >= first,
        Household.arrived_on < last,
    )
    return [row.id for row in uow.rows(query.order_by(Household.id))]


def families(
    uow: UnitOfWork, household_ids: Sequence[UUID], rules: PlacementRules, day: date
) -> Sequence[Family]:
    """Tell what is known of households, in the order given, in a constant number of queries."""
    people = _people(uow, household_ids)
    ids = [person.id for members in people.values() for person in members]
    known = _Known(_spoken(uow, ids), _asked(uow, ids, rules), _stairs(uow, household_ids), day)
    homes = {home.id: home for home in uow.all(_these(uow, Household, household_ids))}
    wished = {w.household_id: w for w in uow.all(of_homes(uow, PlacementWish, household_ids))}
    return [
        _family(
            homes[id_],
            people.get(id_, ()),
            wished.get(id_)
            or PlacementWish(household_id=id_, wishes=[], ties=[], needs=[], wants=[]),
            known,
        )
        for id_ in household_ids
        if people.get(id_)
    ]


def _these(uow: UnitOfWork, model: Any, ids: Collection[UUID]) -> Any:
    return uow.select(model).where(model.id.in_(ids))


def _people(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Person]]:
    query = (
        uow.columns(HouseholdMember, HouseholdMember.household_id, Person)
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(HouseholdMember.household_id.in_(household_ids), HouseholdMember.left_on.is_(None))
    )
    return _gathered(
        (row.household_id, row.Person)
        for row in uow.rows(uow.along(query, Person).order_by(Person.id))
    )


def _gathered(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _spoken(uow: UnitOfWork, person_ids: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
    query = uow.columns(PersonLanguage, PersonLanguage.person_id, PersonLanguage.language).where(
        PersonLanguage.person_id.in_(person_ids), PersonLanguage.speaks.in_(SPOKEN)
    )
    return _gathered((row.person_id, row.language) for row in uow.rows(query))


def _asked(
    uow: UnitOfWork, person_ids: Collection[UUID], rules: PlacementRules
) -> Mapping[UUID, frozenset[str]]:
    """Tell what the recorded needs of each person ask of a place."""
    query = uow.select(SpecificNeed).where(
        SpecificNeed.person_id.in_(person_ids), SpecificNeed.active.is_(True)
    )
    needs = uow.all(query.order_by(SpecificNeed.id))
    uow.unlock({need.person_id for need in needs})
    found: dict[UUID, frozenset[str]] = {}
    for need in needs:
        services = {each.value for each in rules.asked_by(value_of(need.code) or "")}
        found[need.person_id] = found.get(need.person_id, frozenset()) | services
    return found


def _stairs(uow: UnitOfWork, household_ids: Collection[UUID]) -> frozenset[UUID]:
    """Name the households that said last that their house must be without steps."""
    told = of_homes(uow, HousingNeed, household_ids)
    in_order = uow.all(told.order_by(HousingNeed.recorded_at, HousingNeed.id))
    last = {need.household_id: need.step_free for need in in_order}
    return frozenset(id_ for id_, without in last.items() if without)


@dataclass(frozen=True, slots=True)
class _Known:
    spoken: Mapping[UUID, Sequence[str]]
    asked: Mapping[UUID, frozenset[str]]
    no_stairs: frozenset[UUID]
    day: date


def _family(
    home: Household, people: Sequence[Person], wish: PlacementWish, known: _Known
) -> Family:
    workers = [p for p in people if is_working_age(known.day, p.born_on) and p.occupation_code]
    spoken = {each for p in people for each in known.spoken.get(p.id, ())}
    needs = {each for p in people for each in known.asked.get(p.id, ())}
    if home.id in known.no_stairs:
        needs.add(Service.STEP_FREE.value)
    return Family(
        id=str(home.id),
        persons=len(people),
        languages=(home.primary_language, *sorted(spoken - {home.primary_language})),
        work=tuple(sorted({str(p.occupation_code)[0] for p in workers})),
        needs=tuple(sorted(needs | {*wish.needs})),
        wants=tuple(wish.wants),
        wishes=tuple(wish.wishes),
        ties=tuple(wish.ties),
        facets=tuple(_facets(people, known.day)),
    )


def _facets(people: Sequence[Person], day: date) -> Iterable[str]:
    has_children = any(not is_adult(day, person.born_on) for person in people)
    yield Facet.CHILDREN.value if has_children else Facet.NO_CHILDREN.value
    if len(people) == 1:
        yield Facet.ONE_PERSON.value
    if len(people) >= LARGE:
        yield Facet.LARGE.value
    if any((person.english_level or 0) >= SOME_ENGLISH for person in people):
        yield Facet.SOME_ENGLISH.value


def with_decisions(
    uow: UnitOfWork, found: Sequence[Family], waits: Sequence[Waits], places: Sequence[Place]
) -> Sequence[Family]:
    """Add to families with whom they belong, where they must not live, and what was ruled."""
    ids = [UUID(family.id) for family in found]
    since = {each.household_id: each.since.isoformat() for each in waits}
    links, towns = _links(uow, {each.case_id: each.household_id for each in waits})
    closed, ruled = closed_to(uow, ids, places), _gathered_rulings(uow, ids)
    return [
        replace(
            family,
            waits_since=since[id_],
            links=tuple(sorted(links.get(id_, ()))),
            near_to=tuple(sorted(towns.get(id_, ()))),
            closed=tuple(sorted(closed.get(id_, ()))),
            pinned=next((str(r.place_id) for r in ruled.get(id_, ()) if _is_fixed(r)), ""),
            forbidden=tuple(
                sorted(str(r.place_id) for r in ruled.get(id_, ()) if not _is_fixed(r))
            ),
        )
        for family, id_ in zip(found, ids, strict=True)
    ]


def _is_fixed(ruling: Ruling) -> bool:
    return ruling.kind is not RulingKind.FORBID


def _gathered_rulings(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Sequence[Ruling]]:
    query = of_homes(uow, Ruling, ids).where(Ruling.lifted_on.is_(None))
    return _gathered((row.household_id, row) for row in uow.all(query.order_by(Ruling.id)))


def _links(
    uow: UnitOfWork, home_of: Mapping[UUID, UUID]
) -> tuple[Mapping[UUID, set[str]], Mapping[UUID, set[str]]]:
    """Tell with which households each is linked, and in which towns those are that are placed."""
    rows = uow.all(
        uow.select(CaseLink).where(
            CaseLink.case_id.in_(home_of) | CaseLink.linked_case_id.in_(home_of)
        )
    )
    cases = {id_ for row in rows for id_ in (row.case_id, row.linked_case_id) if id_ is not None}
    query = uow.columns(
        ResettlementCase,
        ResettlementCase.id,
        Household.id.label("household_id"),
        Household.location,
        Household.exited_on,
    ).join(Household, Household.id == ResettlementCase.household_id)
    known = {
        row.id: row
        for row in uow.rows(uow.along(query.where(ResettlementCase.id.in_(cases)), Household))
    }
    links: dict[UUID, set[str]] = {}
    towns: dict[UUID, set[str]] = {}
    for mine, theirs in _both_ways(rows):
        if mine not in home_of or theirs not in known or known[theirs].exited_on is not None:
            continue
        other = known[theirs]
        if other.location is not None:
            towns.setdefault(home_of[mine], set()).add(other.location)
        links.setdefault(home_of[mine], set()).add(str(other.household_id))
    return links, towns


def _both_ways(rows: Sequence[CaseLink]) -> Iterable[tuple[UUID, UUID]]:
    for row in rows:
        if row.linked_case_id is not None:
            yield row.case_id, row.linked_case_id
            yield row.linked_case_id, row.case_id
