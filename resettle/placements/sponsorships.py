"""How a sponsorship comes about: proposed, answered by both sides, confirmed.

Everybody concerned says yes for themselves: the group, each person of the household from 16 years
on, and a second caseworker. How it goes on and ends is in endings.py.
"""

from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import people_at_home
from resettle.placements import locks, queries, rules
from resettle.placements.acts import (
    AnswerProposal,
    DeclineProposal,
    ProposeSponsorship,
)
from resettle.placements.endings import become, hand_over
from resettle.placements.events import SponsorshipConfirmed, SponsorshipDeclined
from resettle.placements.models import (
    AnswerMethod,
    Sponsorship,
    SponsorshipAnswer,
    SponsorshipStatus,
)
from resettle.placements.readiness import missing_for
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact
from resettle.settings import Settings
from resettle.sponsors import queries as sponsors
from resettle.sponsors import service as groups
from resettle.sponsors.models import SponsorGroup

Status = SponsorshipStatus
UNCONFIRMED = frozenset({Status.PROPOSED, Status.ACCEPTED, Status.SUSPENDED})
ANSWERS = "Everybody of 16 or older in the household answers for themselves, and nobody else."


def propose(uow: UnitOfWork, household_id: UUID, command: ProposeSponsorship) -> Sponsorship:
    """Propose a household to a group. Raises Conflict if either has no room for the other.

    A household that has a group already is proposed to its next one: the first goes on until the
    other is confirmed.
    """
    household = uow.edit(Household, household_id, to=Permission.SPONSORSHIP_PROPOSE)
    group = uow.get(SponsorGroup, command.group_id, to=Permission.GROUP_READ)
    _check_route(uow, household, group, command.route)
    _check_others(uow, household, group)
    if not sponsors.is_ready(group, uow.today):
        raise Conflict(Fact.SPONSOR_READY.missing)
    persons = len(people_at_home(uow, household.id, uow.today))
    if lacking := sponsors.capacity_of(group).lacks_for(persons):
        raise Conflict(lacking)
    before = queries.running(uow, household.id)
    return uow.add(
        Sponsorship(
            group_id=group.id,
            household_id=household.id,
            route=command.route,
            status=Status.PROPOSED,
            persons=persons,
            proposed_on=uow.today,
            proposed_by=uow.actor.user_id,
            answer_by=queries.due_by(uow, household, queries.ANSWER),
            takes_over_from=None if before is None else before.id,
        )
    )


def _check_others(uow: UnitOfWork, household: Household, group: SponsorGroup) -> None:
    """See that nobody else is being asked, and that the group has not just said no."""
    if queries.waiting(uow, household.id) is not None:
        raise Conflict("The household already has a sponsor group that it is proposed to.")
    running = queries.running(uow, household.id)
    if running is not None and running.group_id == group.id:
        raise Conflict("The household already has a sponsor group, and it is this one.")
    declined_on = queries.declined_on(uow, household.id, group.id)
    days = uow.use(Settings).decline_cool_off_days
    if fault := rules.cool_off_fault(declined_on, uow.today, days):
        raise Conflict(fault)


def _check_route(uow: UnitOfWork, household: Household, group: SponsorGroup, route: str) -> None:
    programme = queries.programme_of(uow, household)
    if programme.group is None:
        raise Conflict("Households of this programme have no sponsor group.")
    if group.programme_code != programme.code:
        raise Invalid({"group_id": ["The group belongs to another programme."]})
    if route not in programme.routes.codes:
        raise Invalid({"route": [f"Choose one of: {', '.join(programme.routes.codes)}."]})
    if route not in group.routes:
        raise Conflict("The group is not approved for this route.")


def accept(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Accept a proposed household on behalf of the group, which must be ready for one still."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    become(sponsorship, Status.ACCEPTED)
    group = sponsors.group_of(uow, sponsorship.group_id)
    if group is None or not sponsors.is_ready(group, uow.today):
        raise Conflict(Fact.SPONSOR_READY.missing)
    sponsorship.accepted_on, sponsorship.accepted_by = uow.today, uow.actor.user_id
    return sponsorship


def decline(uow: UnitOfWork, sponsorship_id: UUID, command: DeclineProposal) -> Sponsorship:
    """Decline a household on behalf of the group; from then on the group learns no more of it."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    become(sponsorship, Status.DECLINED)
    known = uow.use(Catalogue).lists[queries.DECLINES].codes
    if fault := rules.decline_fault(command.reason, command.note, known):
        raise Invalid({fault[0]: [fault[1]]})
    sponsorship.ended_on, sponsorship.ended_by = uow.today, uow.actor.user_id
    sponsorship.decline_reason, sponsorship.ending_note = command.reason, command.note
    uow.emit(SponsorshipDeclined(sponsorship.id, sponsorship.group_id, sponsorship.household_id))
    return sponsorship


def answer(uow: UnitOfWork, sponsorship_id: UUID, command: AnswerProposal) -> SponsorshipAnswer:
    """Record what somebody of 16 or older says of being supported by this group: yes or no."""
    sponsorship = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    person = uow.get(Person, command.person_id, to=Permission.SPONSORSHIP_ANSWER)
    if sponsorship.status not in rules.ANSWERABLE:
        raise Conflict("There is nothing to answer any more.")
    if person.id not in queries.asked_at_home(uow, sponsorship.household_id, uow.today):
        raise Invalid({"person_id": [ANSWERS]})
    _check_answer(uow, command)
    found = {a.person_id: a for a in queries.answers_of(uow, sponsorship.id)}
    given = found.get(person.id) or SponsorshipAnswer(
        sponsorship_id=sponsorship.id, household_id=sponsorship.household_id, person_id=person.id
    )
    given.agrees, given.method = command.agrees, command.method
    given.language, given.interpreter = command.language, command.interpreter
    given.answered_on, given.recorded_by = command.answered_on, uow.actor.user_id
    return uow.add(given)


def _check_answer(uow: UnitOfWork, command: AnswerProposal) -> None:
    oneself = uow.actor.role is Role.HOUSEHOLD_PERSON
    if oneself is not (command.method is AnswerMethod.OWN_ACCOUNT):
        raise Invalid({"method": ["Say how the answer was given."]})
    if command.method is AnswerMethod.INTERPRETER_READ and not command.interpreter.strip():
        raise Invalid({"interpreter": ["Name the interpreter."]})
    if command.answered_on > uow.today:
        raise Invalid({"answered_on": ["This day is still to come."]})


def confirm(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Confirm a match as a second caseworker, and take the group's room for it.

    A group that supported the household until now hands over at this moment. Raises Blocked with
    what is missing, Conflict if the room has gone in the meantime.
    """
    sponsorship = locks.edit(uow, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.confirmed_on is not None:
        raise Conflict(f"This sponsorship is {sponsorship.status} already.")
    if sponsorship.proposed_by is not None and sponsorship.proposed_by == uow.actor.user_id:
        raise Forbidden("A second person confirms: you proposed this match.")
    if missing := missing_for(uow, sponsorship):
        raise Blocked("The match cannot be confirmed yet.", missing)
    hand_over(uow, sponsorship.household_id)
    become(sponsorship, Status.CONFIRMED)
    sponsorship.persons = len(people_at_home(uow, sponsorship.household_id, uow.today))
    groups.take_on(uow, sponsorship.group_id, sponsorship.persons)
    sponsorship.confirmed_on = sponsorship.start_on = uow.today
    sponsorship.confirmed_by = uow.actor.user_id
    deed = sponsors.deed_in_force(uow, sponsorship.group_id, uow.today)
    assert deed is not None, "without a deed the confirmation is blocked"
    sponsorship.deed_id = deed.id
    uow.emit(SponsorshipConfirmed(sponsorship.id, sponsorship.group_id, sponsorship.household_id))
    return sponsorship
