"""What the people of a household are told on their own page, each for themselves."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.accounts.queries import names
from resettle.appointments.models import Appointment, Outcome
from resettle.appointments.shapes import KINDS
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import colleagues, file, steps
from resettle.desk.near import shared
from resettle.households.models import Household, Person
from resettle.households.queries import household_of, people_at_home
from resettle.households.rules import is_asked_themselves
from resettle.links import queries as links
from resettle.links.schemas import LinkShape
from resettle.people.queries import pictured
from resettle.reports.queries import asked_of_family
from resettle.voices import queries as spoken
from resettle.voices.shapes import in_words
from resettle.web.schema import Shape

Told = dict[str, Any]
FAMILY = "family"
MOST = 20
AHEAD = timedelta(days=120)
# How a match stands, to the family that it is for.
MATCHES: Mapping[str, str] = {
    "proposed": "This group was proposed to you. Nothing is shared before you agree.",
    "accepted": "This group has said yes. It waits for you and your caseworker.",
    "confirmed": "This group supports you.",
    "suspended": "The support of this group rests at the moment.",
}
# What follows when something that was agreed to is taken back.
THEN: Mapping[str, str] = {
    "share_with_sponsor": "If you take it back, the sponsor group no longer sees it, at once.",
    "evaluation": "If you take it back, you are not counted or asked any more.",
}
ELSE = "If you take it back, it is not shared any more. What was already given stays where it is."


class VisitShape(Shape):
    """An appointment, as far as the reader may know it: of another adult there is none."""

    class Meta:
        model = Appointment

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    kind = fields.String()
    with_whom = fields.String()
    starts_at = fields.DateTime()
    place = fields.String()
    interpreter_booked = fields.Boolean()
    companion_id = fields.UUID()


def own(uow: UnitOfWork) -> Told | None:
    """Tell the reader of the household that the reader belongs to."""
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if person_id is None or household_id is None:
        return None
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_MINE)
    members = file.people(uow, household_id)
    said = spoken.own(uow, household_id)
    return {
        "person_id": person_id,
        "household": file.of_household(uow, file.COVER.one(uow, household)),
        "names": file.named(members),
        "wards": _wards(uow, household_id),
        "pictured": _pictured(uow, members),
        "shared": shared(uow, household_id),
        **_ahead(uow, household_id),
        **_helpers(uow, household_id),
        "asked": asked_of_family(uow, household_id),
        "consents": [_consent(row) for row in file.consents(uow, household_id)],
        "links": LinkShape().many_of(uow, links.of_person(uow, person_id)),
        "said": [in_words(uow, voice) for voice in said],
        "time_to_ask": spoken.is_time_to_ask(uow, said),
        "notice_given_on": _notice_given_on(uow, person_id),
    }


def _wards(uow: UnitOfWork, household_id: UUID) -> Sequence[UUID]:
    """Name the children for whom the reader decides what is shared."""
    return [
        stay.person_id
        for stay in people_at_home(uow, household_id, uow.today)
        if stay.guardian_id == uow.actor.person_id
        and not stay.guardian_withheld
        and not is_asked_themselves(uow.today, stay.born_on)
    ]


def _pictured(uow: UnitOfWork, members: Sequence[Told]) -> Sequence[UUID]:
    """Tell of whom the reader is shown the photo: themselves, and the children they speak for."""
    seen = pictured(uow, [member["person_id"] for member in members])
    return [member["person_id"] for member in members if member["person_id"] in seen]


def _ahead(uow: UnitOfWork, household_id: UUID) -> Told:
    told = steps.steps(uow, household_id)
    return {
        "due": steps.due_next(told),
        "ours": frozenset(step["id"] for step in steps.owed_by(told, FAMILY)),
        "progress": steps.progress(household_id, told, uow.today),
        "visits": visits(uow, household_id),
    }


def visits(uow: UnitOfWork, household_id: UUID) -> Sequence[Told]:
    """Tell where the reader has to be in the next months, and who goes along."""
    query = uow.select(Appointment).where(
        Appointment.household_id == household_id,
        Appointment.outcome == Outcome.PLANNED,
        Appointment.starts_at >= uow.now,
        Appointment.starts_at < uow.now + AHEAD,
    )
    found = uow.all(query.order_by(Appointment.starts_at, Appointment.id).limit(MOST))
    uow.unlock([household_id])
    called = names(uow, [row.companion_id for row in found])
    return [
        {
            **row,
            "what": dict(KINDS).get(row.get("kind") or "", "Appointment"),
            "along": called.get(row["companion_id"], ""),
        }
        for row in VisitShape().many_of(uow, found)
    ]


def _helpers(uow: UnitOfWork, household_id: UUID) -> Told:
    matches = [row for row in file.sponsorships(uow, household_id) if not row["ended_on"]]
    return {
        "helpers": colleagues.helpers(uow, household_id),
        "groups": [{**row, "stands": MATCHES.get(str(row["status"]), "")} for row in matches],
    }


def _consent(row: Told) -> Told:
    return {**row, "then": THEN.get(str(row["purpose"]), ELSE)}


def _notice_given_on(uow: UnitOfWork, person_id: UUID) -> Any:
    person = uow.find(Person, person_id)
    return None if person is None else person.notice_given_on
