"""What can be done with a sponsorship: proposed, answered, confirmed, suspended, ended.

Everybody concerned says yes for themselves: the group, each adult of the household, and a second
caseworker. Anybody of them can end it, and one person can suspend it at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import people_at_home
from resettle.placements import queries, rules
from resettle.placements.acts import (
    AnswerProposal,
    EndSponsorship,
    GiveReason,
    ProposeSponsorship,
)
from resettle.placements.events import (
    SponsorshipConfirmed,
    SponsorshipEnded,
    SponsorshipSuspended,
)
from resettle.placements.models import (
    AnswerMethod,
    Sponsorship,
    SponsorshipAnswer,
    SponsorshipStatus,
)
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact
from resettle.sponsors import queries as sponsors
from resettle.sponsors import service as groups
from resettle.sponsors.models import SponsorGroup

Status = SponsorshipStatus
UNCONFIRMED = frozenset({Status.PROPOSED, Status.ACCEPTED, Status.SUSPENDED})


def propose(uow: UnitOfWork, household_id: UUID, command: ProposeSponsorship) -> Sponsorship:
    """Propose a household to a group. Raises Conflict if either has no room for the other."""
    household = uow.edit(Household, household_id, to=Permission.SPONSORSHIP_PROPOSE)
    group = uow.get(SponsorGroup, command.group_id, to=Permission.GROUP_READ)
    _check_route(uow, household, group, command.route)
    if queries.open_sponsorship(uow, household.id) is not None:
        raise Conflict("The household already has a sponsor group, proposed or confirmed.")
    if not sponsors.is_ready(group):
        raise Conflict(Fact.SPONSOR_READY.missing)
    persons = len(people_at_home(uow, household.id, uow.today))
    if lacking := sponsors.capacity_of(group).lacks_for(persons):
        raise Conflict(lacking)
    return uow.add(
        Sponsorship(
            group_id=group.id,
            household_id=household.id,
            route=command.route,
            status=Status.PROPOSED,
            persons=persons,
            proposed_on=uow.today,
            proposed_by=uow.actor.user_id,
        )
    )


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
    """Accept a proposed household on behalf of the group."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    _become(sponsorship, Status.ACCEPTED)
    sponsorship.accepted_on, sponsorship.accepted_by = uow.today, uow.actor.user_id
    return sponsorship


def decline(uow: UnitOfWork, sponsorship_id: UUID, command: GiveReason) -> Sponsorship:
    """Decline a household on behalf of the group; from then on the group learns no more of it."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    _become(sponsorship, Status.DECLINED)
    sponsorship.ended_on, sponsorship.ended_by = uow.today, uow.actor.user_id
    sponsorship.ending_note = command.reason
    return sponsorship


def _become(sponsorship: Sponsorship, to: Status) -> None:
    if not rules.may_become(sponsorship.status, to):
        raise Conflict(f"A sponsorship that is {sponsorship.status} cannot become {to}.")
    sponsorship.status = to


def answer(uow: UnitOfWork, sponsorship_id: UUID, command: AnswerProposal) -> SponsorshipAnswer:
    """Record what one adult says of being supported by this group: yes or no, for themselves."""
    sponsorship = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    person = uow.get(Person, command.person_id, to=Permission.SPONSORSHIP_ANSWER)
    if sponsorship.status not in rules.ANSWERABLE:
        raise Conflict("There is nothing to answer any more.")
    if person.id not in queries.adults_at_home(uow, sponsorship.household_id, uow.today):
        raise Invalid({"person_id": ["Each adult of the household answers, and nobody else."]})
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

    Raises Blocked with what is missing, Conflict if the room has gone in the meantime.
    """
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.confirmed_on is not None:
        raise Conflict(f"This sponsorship is {sponsorship.status} already.")
    if sponsorship.proposed_by is not None and sponsorship.proposed_by == uow.actor.user_id:
        raise Forbidden("A second person confirms: you proposed this match.")
    if missing := missing_for(uow, sponsorship):
        raise Blocked("The match cannot be confirmed yet.", missing)
    _become(sponsorship, Status.CONFIRMED)
    sponsorship.persons = len(people_at_home(uow, sponsorship.household_id, uow.today))
    groups.take_on(uow, sponsorship.group_id, sponsorship.persons)
    sponsorship.confirmed_on = sponsorship.start_on = uow.today
    sponsorship.confirmed_by = uow.actor.user_id
    deed = sponsors.deed_in_force(uow, sponsorship.group_id, uow.today)
    assert deed is not None, "without a deed the confirmation is blocked"
    sponsorship.deed_id = deed.id
    uow.emit(SponsorshipConfirmed(sponsorship.id, sponsorship.group_id, sponsorship.household_id))
    return sponsorship


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still stands in the way of a sponsorship of a household."""

    household_id: UUID
    missing: Mapping[str, str]


def readiness(uow: UnitOfWork, sponsorship_id: UUID) -> Readiness:
    sponsorship = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    return Readiness(sponsorship.household_id, missing_for(uow, sponsorship))


def missing_for(uow: UnitOfWork, sponsorship: Sponsorship) -> Mapping[str, str]:
    """Tell what still stands in the way of a sponsorship running, fact by fact."""
    group = sponsors.group_of(uow, sponsorship.group_id)
    adults = queries.adults_of(uow, sponsorship)
    missing = {
        Fact.HOUSEHOLD_ACCEPTED: rules.unanswered(adults),
        Fact.CONSENTS: rules.unshared(adults, queries.NAME),
    }
    holds = {
        Fact.ACCEPTED: sponsorship.accepted_on is not None,
        Fact.SPONSOR_READY: group is not None and sponsors.is_ready(group),
        Fact.VETTING: sponsors.all_vetted(uow, sponsorship.group_id),
        Fact.DEED: sponsors.deed_in_force(uow, sponsorship.group_id, uow.today) is not None,
    }
    told = {fact.value: sentence for fact, sentence in missing.items() if sentence}
    return told | {fact.value: fact.missing for fact, held in holds.items() if not held}


def suspend(uow: UnitOfWork, sponsorship_id: UUID, command: GiveReason) -> Sponsorship:
    """Suspend a sponsorship at once. The group sees nothing of the household from now on."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_SUSPEND)
    break_off(uow, sponsorship, command.reason)
    return sponsorship


def break_off(uow: UnitOfWork, sponsorship: Sponsorship, reason: str) -> None:
    _become(sponsorship, Status.SUSPENDED)
    sponsorship.suspended_on, sponsorship.suspended_by = uow.today, uow.actor.user_id
    sponsorship.suspension_reason = reason
    uow.emit(SponsorshipSuspended(sponsorship.id, sponsorship.group_id, sponsorship.household_id))


def resume(uow: UnitOfWork, sponsorship_id: UUID) -> Sponsorship:
    """Let a suspended sponsorship go on, by another person than who suspended it."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.status is not Status.SUSPENDED:
        raise Conflict("Only a suspended sponsorship can be resumed.")
    if sponsorship.suspended_by is not None and sponsorship.suspended_by == uow.actor.user_id:
        raise Forbidden("A second person resumes: you suspended this sponsorship.")
    if missing := missing_for(uow, sponsorship):
        raise Blocked("The sponsorship cannot be resumed yet.", missing)
    _become(sponsorship, Status.CONFIRMED)
    sponsorship.continuity_since = None
    return sponsorship


def plan_continuity(uow: UnitOfWork, sponsorship_id: UUID, command: GiveReason) -> Sponsorship:
    """Write down who supports the household now that its group does not."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    if sponsorship.continuity_since is None:
        raise Conflict("Nobody has asked who supports the household.")
    sponsorship.continuity_plan = command.reason
    sponsorship.continuity_since = None
    return sponsorship


def end(uow: UnitOfWork, sponsorship_id: UUID, command: EndSponsorship) -> Sponsorship:
    """End a sponsorship, or take a proposal back. The visas of the household stay as they are."""
    sponsorship = uow.edit(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_END)
    _check_ending(uow, sponsorship, command)
    sponsorship.ending_kind, sponsorship.reasons = command.ending_kind, [*command.reasons]
    sponsorship.ending_note, sponsorship.ended_by = command.note, uow.actor.user_id
    needs_support = command.ending_kind not in rules.AS_PLANNED
    _finish(uow, sponsorship, command.ended_on, needs_support=needs_support)
    return sponsorship


def end_with_case(
    uow: UnitOfWork, sponsorship: Sponsorship, ended_on: date, kind: str | None, note: str
) -> None:
    """End a sponsorship of a household whose case is over, so that the group sees no more of it."""
    sponsorship.ending_kind, sponsorship.ending_note = kind, note
    begun = sponsorship.confirmed_on or sponsorship.proposed_on
    sponsorship.ended_by, sponsorship.continuity_since = uow.origin_actor.user_id, None
    _finish(uow, sponsorship, max(ended_on, begun), needs_support=False)


def _finish(
    uow: UnitOfWork, sponsorship: Sponsorship, ended_on: date, *, needs_support: bool
) -> None:
    had_room = sponsorship.status in rules.TAKES_ROOM
    _become(sponsorship, Status.ENDED)
    sponsorship.ended_on = ended_on
    # The index of open sponsorships is free again only when this is written.
    uow.session.flush()
    if had_room:
        whose = (sponsorship.id, sponsorship.group_id, sponsorship.household_id)
        uow.emit(SponsorshipEnded(*whose, ended_on, needs_support))


def _check_ending(uow: UnitOfWork, sponsorship: Sponsorship, command: EndSponsorship) -> None:
    lists = uow.use(Catalogue).lists
    if command.ending_kind not in lists["ending_kind"].codes:
        raise Invalid({"ending_kind": [f"Choose one of: {', '.join(lists['ending_kind'].codes)}."]})
    if strange := set(command.reasons) - set(lists["breakdown_reason"].codes):
        raise Invalid({"reasons": [f"Not on the list: {', '.join(sorted(strange))}."]})
    begun = sponsorship.confirmed_on or sponsorship.proposed_on
    if not begun <= command.ended_on <= uow.today:
        raise Invalid({"ended_on": ["Give a day since it began, and no later than today."]})
    by = uow.actor.role.value
    if uow.actor.role is Role.HOUSEHOLD_PERSON and uow.actor.person_id not in (
        queries.adults_at_home(uow, sponsorship.household_id, uow.today)
    ):
        raise Forbidden("An adult of the household decides this.")
    if fault := rules.ending_fault(command.ending_kind, command.reasons, by=by):
        raise Invalid({fault[0]: [fault[1]]})
