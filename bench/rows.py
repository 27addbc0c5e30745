"""The rows of the service's tables for invented families; ids and days are written as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.world import Country, Family, Member, Step
from resettle.cases import models as cases
from resettle.casework.models import ContactNote
from resettle.consents.models import ConsentEntry
from resettle.core.crypto import Keyring, seal
from resettle.core.sealed import DataKey
from resettle.households import models as households
from resettle.milestones.models import Milestone
from resettle.names import folding
from resettle.names.models import NameKey
from resettle.placements.models import Placement, Sponsorship

Row = Mapping[str, Any]
PROGRAMMES = {False: ("rqp", 3), True: ("cors", 2)}
STAGES = {False: ("R11_PLACED", "R12_ACTIVE"), True: ("WELCOME", "SETTLING", "BUILDING")}
NOW = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}.000000"
NOTE = "Visited the family. The heating works; school begins on Monday; asked for a dentist."


@dataclass(frozen=True, slots=True)
class Ids:
    """Who looks after whom: ids of caseworkers and groups by their numbers."""

    workers: Sequence[str]
    groups: Sequence[str]
    agency: str


def of_families(
    batch: Sequence[Family], ids: Ids, keyring: Keyring, country: Country
) -> Iterator[tuple[Any, Iterable[Row]]]:
    """Give the rows of some families, table by table in the order of their keys."""
    keys = {family.id: keyring.new_data_key() for family in batch}
    yield DataKey, (_wrapped(family, keyring, keys[family.id]) for family in batch)
    yield households.Household, (_household(family) for family in batch)
    people = [(family, member) for family in batch for member in family.members]
    yield (
        households.Person,
        (
            {
                "id": member.id,
                "family_name": member.family_name,
                "given_name": member.given_name,
                "sex": member.sex,
                "born_on": member.born_on,
            }
            for _, member in people
        ),
    )
    yield households.HouseholdMember, (_stay(country, *each) for each in people)
    yield (
        NameKey,
        (
            {"id": country.id(), "person_id": m.id, "letters": word.letters, "bones": word.bones}
            for _, m in people
            for word in folding.words(m.given_name, m.family_name)
        ),
    )
    yield cases.ResettlementCase, (_case(country, family) for family in batch)
    yield cases.Assignment, (row for family in batch for row in _assignments(country, family, ids))
    yield Placement, (_placement(country, family) for family in batch)
    sponsored = [family for family in batch if family.group is not None]
    yield Sponsorship, (_sponsorship(country, family, ids) for family in sponsored)
    yield (
        ConsentEntry,
        (
            _consent(country, family, member, item)
            for family in sponsored
            for member in family.members[:2]
            for item in ("profile", "name")
        ),
    )
    yield Milestone, (_milestone(family, step) for family in batch for step in family.steps)
    yield ContactNote, (_note(family, ids, keys[family.id]) for family in batch)


def _wrapped(family: Family, keyring: Keyring, key: bytes) -> Row:
    version, wrapped = keyring.wrap(UUID(family.id), key)
    return {"owner_id": family.id, "master_version": version, "wrapped": wrapped, "made_at": NOW}


def _household(family: Family) -> Row:
    code, version = PROGRAMMES[family.is_sponsored]
    return {
        "id": family.id,
        "reference": family.reference,
        "display_name": family.name,
        "stream": "cors" if family.is_sponsored else "quota",
        "programme_code": code,
        "programme_version": version,
        "primary_language": "ara",
        "location": family.location,
        "arrived_on": family.arrived_on,
        "placed_on": family.arrived_on,
    }


def _stay(country: Country, family: Family, member: Member) -> Row:
    return {
        "id": country.id(),
        "household_id": family.id,
        "person_id": member.id,
        "relationship_code": {"principal": "PA", "partner": "SP"}.get(member.role, "CH"),
        "role": member.role,
        "joined_on": family.arrived_on,
    }


def _case(country: Country, family: Family) -> Row:
    code, version = PROGRAMMES[family.is_sponsored]
    stages = STAGES[family.is_sponsored]
    return {
        "id": country.id(),
        "household_id": family.id,
        "source": "sponsor" if family.is_sponsored else "unhcr",
        "programme_code": code,
        "programme_version": version,
        "stage": stages[family.number // 7 % len(stages)],
        "stage_since": family.arrived_on,
        "case_size": len(family.members),
        "opened_on": family.arrived_on,
    }


def _assignments(country: Country, family: Family, ids: Ids) -> Iterator[Row]:
    """Give each household its caseworker; those of the first place have the agency's as well."""
    worker = ids.workers[family.caseworker]
    yield _assignment(country, family, worker, "primary")
    if family.location == country.first_location:
        yield _assignment(country, family, ids.agency, "second")


def _assignment(country: Country, family: Family, user_id: str, kind: str) -> Row:
    given = {"id": country.id(), "household_id": family.id, "user_id": user_id, "kind": kind}
    return {**given, "from_on": family.arrived_on}


def _placement(country: Country, family: Family) -> Row:
    return {
        "id": country.id(),
        "household_id": family.id,
        "kind": "settled",
        "location": family.location,
        "start_on": family.arrived_on,
    }


def _sponsorship(country: Country, family: Family, ids: Ids) -> Row:
    assert family.group is not None
    arrived = date.fromisoformat(family.arrived_on)
    return {
        "id": country.id(),
        "group_id": ids.groups[family.group],
        "household_id": family.id,
        "route": "unhcr",
        "status": "confirmed",
        "persons": len(family.members),
        "proposed_on": family.arrived_on,
        "accepted_on": family.arrived_on,
        "confirmed_on": family.arrived_on,
        "start_on": family.arrived_on,
        "planned_end_on": (arrived + timedelta(days=730)).isoformat(),
    }


def _consent(country: Country, family: Family, member: Member, item: str) -> Row:
    """Let the group know an adult's profile and name."""
    return {
        "id": country.id(),
        "seq": ("profile", "name").index(item) + 1,
        "person_id": member.id,
        "household_id": family.id,
        "purpose": "share_with_sponsor",
        "item": item,
        "recipient_type": "sponsor_group",
        "decision": "give",
        "method": "signed",
        "language": "ara",
        "text_version": "1",
        "recorded_at": NOW,
        "valid_from": NOW,
    }


def _milestone(family: Family, step: Step) -> Row:
    code, version = PROGRAMMES[family.is_sponsored]
    return {
        "id": step.id,
        "household_id": family.id,
        "code": step.code,
        "domain": step.domain,
        "programme_code": code,
        "programme_version": version,
        "due_on": step.due_on,
        "due_rule": "bench",
        "status": "not_started" if step.met_on is None else "met",
        "met_on": step.met_on,
        "recorded_at": None if step.met_on is None else NOW,
    }


def _note(family: Family, ids: Ids, key: bytes) -> Row:
    note, owner = UUID(family.note_id), UUID(family.id)
    return {
        "id": family.note_id,
        "household_id": family.id,
        "author_id": ids.workers[family.caseworker],
        "occurred_at": family.noted_at,
        "channel": "visit",
        "minutes": 45,
        "text": seal(key, f"contact_note|text|{note}|{owner}", NOTE.encode()),
    }
