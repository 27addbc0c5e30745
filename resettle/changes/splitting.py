"""One household becomes two, or two become one: each with its file, and exactly one head."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.appointments.models import Appointment
from resettle.cases import assigning
from resettle.cases.acts import AssignCaseworker
from resettle.cases.models import (
    Assignment,
    AssignmentKind,
    CaseLink,
    LinkKind,
    ResettlementCase,
    StageEntry,
)
from resettle.cases.queries import of_household
from resettle.changes import carrying, rules
from resettle.changes.acts import Going, Join, Separation, Split
from resettle.changes.carrying import Way
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import service
from resettle.households.events import HouseholdClosed
from resettle.households.models import DenyListed, Household, LeaveReason, MemberRole, Person
from resettle.households.places import place_for
from resettle.households.references import next_reference
from resettle.households.rules import PRINCIPAL, household_name
from resettle.milestones.models import Milestone
from resettle.placements import endings
from resettle.placements.queries import all_open, current_placement, open_sponsorship
from resettle.tasks.models import Category, Task

JOINED = "JOINED_OTHER_HOUSEHOLD"
MOVED_IN = "The household has joined another one."
SPLIT_REASON = "The household has split in two."
FIND_HOME = "Record where the new household lives"
FIND_SUPPORT = "Settle who supports the new household"
SOON = timedelta(days=7)
OF_HOUSEHOLD = (
    "stream",
    "programme_code",
    "programme_version",
    "primary_language",
    "needs_interpreter",
    "preferred_contact",
    "location",
    "provider",
    "source",
    "arrived_on",
    "placed_on",
    "support_start_on",
    "support_end_on",
)
OF_CASE = (
    "source",
    "programme_code",
    "programme_version",
    "programme_year",
    "route",
    "stage",
    "stage_since",
    "left_stage",
    "processing_mode",
    "lodged_on",
    "decision",
    "decided_on",
    "reception_left_on",
    "plan_agreed_on",
)
OF_STEP = (
    "code",
    "round",
    "domain",
    "programme_code",
    "programme_version",
    "location_bound",
    "restricted",
    "deadline",
    "due_on",
    "due_rule",
    "own_anchor",
    "due_overridden",
    "status",
    "met_on",
    "recorded_at",
    "recorded_by",
    "evidence_type",
    "evidence",
    "reason",
    "waived_by",
    "blocker_owner_id",
    "private",
)


def split(
    uow: UnitOfWork,
    household: Household,
    act: Split | Separation,
    why: LeaveReason = LeaveReason.MOVED_OUT,
) -> Household:
    """Open a file for those who move out, and take along what is theirs."""
    members = carrying.at_home(uow, household.id)
    going = {each.person_id for each in act.people}
    staying = members.keys() - going
    if fault := rules.going_fault([each.relationship for each in act.people], len(staying)):
        raise Invalid({"people": [fault]})
    head = next(each.person_id for each in act.people if each.relationship == PRINCIPAL)
    made = _file(uow, household, head, act.location)
    way = Way(household.id, made.id, act.on, why)
    carrying.leave(uow, act.people, way)
    _follow(uow, household, act.successor_id)
    _same_hands(uow, household, made)
    _case(uow, household, made, act)
    carrying.arrive(uow, act.people, way)
    carrying.carry_tasks(uow, way, Task.id.in_(act.task_ids) & Task.person_id.is_(None))
    _copy_steps(uow, household.id, made.id)
    _ask(uow, household, made)
    if act.caseworker_id is not None:
        hand_to(uow, made, act.caseworker_id, SPLIT_REASON)
    return made


def _file(uow: UnitOfWork, household: Household, head: UUID, location: str | None) -> Household:
    person = uow.get(Person, head, to=Permission.PERSON_READ)
    facts: dict[str, Any] = {name: getattr(household, name) for name in OF_HOUSEHOLD}
    if location is not None:
        facts |= {"location": place_for(uow, household.stream, location), "provider": None}
    name = household_name(person.family_name, person.given_name)
    made = Household(reference=next_reference(uow), display_name=name, **facts)
    made.risk_level = household.risk_level
    uow.add(made)
    # Who is kept from the one file is kept from the other.
    for kept in uow.all(uow.select(DenyListed).where(DenyListed.household_id == household.id)):
        uow.add(DenyListed(household_id=made.id, user_id=kept.user_id, reason=kept.reason))
    return made


def _follow(uow: UnitOfWork, household: Household, successor_id: UUID | None) -> None:
    """Let somebody lead those who stay, if whoever led them has gone."""
    members = carrying.at_home(uow, household.id)
    if any(member.role is MemberRole.PRINCIPAL for member in members.values()):
        return
    successor = members.get(successor_id) if successor_id else None
    if successor is None:
        raise Invalid({"successor_id": ["Name who of those who stay is the principal applicant."]})
    service.lead(uow, successor)
    uow.session.flush()


def _same_hands(uow: UnitOfWork, household: Household, made: Household) -> None:
    query = uow.select(Assignment).where(
        Assignment.household_id == household.id, Assignment.live_on(uow.today)
    )
    for each in uow.all(query.order_by(Assignment.from_on, Assignment.id)):
        takes = AssignCaseworker(
            user_id=each.user_id,
            kind=each.kind,
            from_on=uow.today,
            until_on=each.until_on,
            reason=SPLIT_REASON,
        )
        assigning.look_after(uow, made.id, takes)


def hand_to(uow: UnitOfWork, household: Household, user_id: UUID, reason: str) -> None:
    takes = AssignCaseworker(
        user_id=user_id, kind=AssignmentKind.PRIMARY, from_on=uow.today, reason=reason
    )
    try:
        assigning.put(uow, household, takes)
    except Invalid as error:
        raise Invalid({"caseworker_id": next(iter(error.errors.values()))}) from error


def _copy_steps(uow: UnitOfWork, source_id: UUID, target_id: UUID) -> None:
    """Let both households go on from what the one had reached."""
    query = uow.select(Milestone).where(
        Milestone.household_id == source_id, Milestone.person_id.is_(None)
    )
    for step in uow.all(query.order_by(Milestone.id)):
        uow.add(
            Milestone(household_id=target_id, **{name: getattr(step, name) for name in OF_STEP})
        )


def _case(uow: UnitOfWork, household: Household, made: Household, act: Split | Separation) -> None:
    """Open a case beside the one there is, which keeps the places that were taken for it."""
    for case in of_household(uow, household.id)[-1:]:
        kept = {name: getattr(case, name) for name in OF_CASE}
        beside = uow.add(
            ResettlementCase(household_id=made.id, case_size=0, opened_on=act.on, **kept)
        )
        uow.add(
            StageEntry(
                case_id=beside.id,
                household_id=made.id,
                seq=1,
                to_stage=beside.stage,
                moved_on=beside.stage_since,
                moved_at=uow.now,
                moved_by=uow.actor.user_id,
                reason=SPLIT_REASON,
            )
        )
        link(uow, case, beside, LinkKind.SPLIT)


def link(uow: UnitOfWork, one: ResettlementCase, other: ResettlementCase, kind: LinkKind) -> None:
    for case, linked in ((one, other), (other, one)):
        uow.add(
            CaseLink(
                case_id=case.id,
                household_id=case.household_id,
                linked_case_id=linked.id,
                kind=kind,
            )
        )


def _ask(uow: UnitOfWork, household: Household, made: Household) -> None:
    """Leave to the caseworker what nobody can know yet."""
    ask(uow, made, FIND_HOME, Category.HOUSE)
    if open_sponsorship(uow, household.id) is not None:
        ask(uow, made, FIND_SUPPORT, Category.ADMIN)


def ask(uow: UnitOfWork, household: Household, title: str, category: Category) -> None:
    uow.add(
        Task(
            household_id=household.id,
            title=title,
            category=category,
            due_on=uow.today + SOON,
            assignee_id=uow.actor.user_id,
        )
    )


def join(uow: UnitOfWork, household: Household, act: Join) -> Household:
    """Take everybody of another household in, and close that household's file."""
    if act.other_id == household.id or uow.find(Household, act.other_id) is None:
        raise Invalid({"other_id": ["Name another household, which you look after."]})
    other = uow.edit(Household, act.other_id, to=Permission.HOUSEHOLD_CHANGE)
    if other.exited_on is not None:
        raise Conflict("That household’s file is closed.")
    _check_coming(uow, other, act.people)
    way = Way(other.id, household.id, act.on, LeaveReason.JOINED_OTHER_HOUSEHOLD)
    carrying.leave(uow, act.people, way)
    carrying.arrive(uow, act.people, way)
    close(uow, other, way)
    cases = [of_household(uow, each.id)[-1:] for each in (household, other)]
    if all(cases):
        link(uow, cases[0][0], cases[1][0], LinkKind.LINKED)
    return other


def _check_coming(uow: UnitOfWork, other: Household, people: Sequence[Going]) -> None:
    if {each.person_id for each in people} != carrying.at_home(uow, other.id).keys():
        raise Invalid({"people": ["Say of everybody there what they are to the head here."]})
    if fault := rules.coming_fault([each.relationship for each in people]):
        raise Invalid({"people": [fault]})


def close(uow: UnitOfWork, other: Household, way: Way) -> None:
    """Close a file whose people live in another household now; what is open for all goes along."""
    other.exited_on, other.exit_reason = way.on, JOINED
    carrying.carry_tasks(uow, way, Task.person_id.is_(None))
    carrying.carry_appointments(uow, way, Appointment.person_id.is_(None))
    if (home := current_placement(uow, other.id)) is not None:
        home.end_on, home.end_reason = max(way.on, home.start_on), MOVED_IN
    for sponsorship in all_open(uow, other.id):
        endings.end_with_case(uow, sponsorship, way.on, rules.TRANSFERRED, MOVED_IN)
    uow.session.flush()
    uow.emit(HouseholdClosed(other.id, way.on, JOINED, MOVED_IN))
