"""How far a reader's knowledge reaches: a WHERE clause for each kind of row.

scopes.py says which table takes which of these; the relations themselves are in relations.py.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from resettle.accounts import models as accounts
from resettle.cases import models as cases
from resettle.cases.absences import Absence
from resettle.casework import models as casework
from resettle.consents.models import ConsentEntry
from resettle.core.actor import SPONSORS, Duty, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.duplicates import models as duplicates
from resettle.households import models as households
from resettle.milestones import models as milestones
from resettle.people import models as people
from resettle.placements import models as placements
from resettle.policy import books, relations
from resettle.policy.pairs import with_its_group
from resettle.sponsors import models as sponsors

STAFF_ONLY = frozenset({Role.CASEWORKER})


def of_household(column: Any) -> Scope:
    """Rows of a household that the reader works with, lives in or supports."""
    return lambda uow: relations.within(uow, column, relations.near_households(uow))


def for_caseworkers(column: Any) -> Scope:
    """Rows of a household that only its caseworkers may know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role not in STAFF_ONLY:
            return false()
        return relations.within(uow, column, relations.visible_households(uow))

    return scope


def of_person(column: Any) -> Scope:
    """Rows about a person: those of the households near the reader, now or formerly members."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        member = households.HouseholdMember
        near = relations.within(uow, member.household_id, relations.near_households(uow))
        if uow.actor.role is not Role.CASEWORKER:  # who has left is no longer theirs to know
            near = and_(near, or_(member.left_on.is_(None), member.left_on > uow.today))
        return relations.one_of(uow, column, select(member.person_id).where(near))

    return scope


def household_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    household = households.Household
    if uow.actor.role is Role.PROGRAMME_MANAGER:  # to assign and to suspend; sees P0 only
        return household.id.not_in(relations.denied_to(uow))
    return relations.within(uow, household.id, relations.visible_households(uow))


def shared_note_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep to what is shared now, at home and with the group that it was meant for."""
    shared = casework.SharedNote
    near = of_household(shared.household_id)(uow)
    if uow.actor.role in SPONSORS:
        near = with_its_group(uow, shared.household_id, shared.group_id)
    if uow.actor.role is Role.CASEWORKER:
        return near
    return and_(near, shared.unshared_at.is_(None))


def for_assigning(column: Any) -> Scope:
    """Rows that say where a case stands and who looks after it: no content."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role is Role.PROGRAMME_MANAGER:
            return column.not_in(relations.denied_to(uow))  # type: ignore[no-any-return]
        return for_caseworkers(column)(uow)

    return scope


def assignment_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    column = cases.Assignment.household_id
    if uow.actor.role is Role.HOUSEHOLD_PERSON:  # the family knows who helps it
        return relations.within(uow, column, relations.visible_households(uow))
    return for_assigning(column)(uow)


def consent_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return ConsentEntry.person_id.in_(relations.spoken_for(uow))
    return for_caseworkers(ConsentEntry.household_id)(uow)


def of_group(column: Any) -> Scope:
    """Rows of a sponsor group: its own confirmed members, and programme managers.

    While the group applies, its members need no vetting: nothing of any household hangs on it.
    """

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        match uow.actor.role:
            case Role.PROGRAMME_MANAGER:
                return true()
            case Role.SPONSOR_MEMBER | Role.SPONSOR_COORDINATOR:
                return column.in_(uow.actor.own_group_ids)  # type: ignore[no-any-return]
            case Role.CASEWORKER | Role.HOUSEHOLD_PERSON:
                return relations.one_of(uow, column, relations.groups_met(uow))
            case _:
                return false()

    return scope


def groups_to_propose(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.CASEWORKER:  # who proposes a group must be able to find it
        return true()
    return of_group(sponsors.SponsorGroup.id)(uow)


def inside_group(column: Any) -> Scope:
    """Rows that only the group itself and programme managers may know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role in SPONSORS | {Role.PROGRAMME_MANAGER}:
            return of_group(column)(uow)
        return false()

    return scope


def for_managers(uow: UnitOfWork) -> ColumnElement[bool]:
    """Rows of the programme’s own judgement of a group, which the group never sees."""
    return true() if uow.actor.role is Role.PROGRAMME_MANAGER else false()


def vetting_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role in SPONSORS:  # one's own outcome; of others, whose group one leads
        own = select(sponsors.SponsorMember.id).where(
            sponsors.SponsorMember.user_id == uow.actor.user_id
        )
        leads = uow.actor.role is Role.SPONSOR_COORDINATOR
        led = books.led_by(uow.actor) if leads else frozenset()
        mine = sponsors.Vetting.member_id.in_(own)
        return or_(mine, sponsors.Vetting.group_id.in_(led)) if leads else mine
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return false()
    return of_group(sponsors.Vetting.group_id)(uow)


def report_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    report = sponsors.ReportDue
    if uow.actor.role in {Role.CASEWORKER, Role.HOUSEHOLD_PERSON}:
        return relations.within(uow, report.household_id, relations.visible_households(uow))
    return inside_group(report.group_id)(uow)


def sponsorship_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    match = placements.Sponsorship
    if uow.actor.role in SPONSORS:
        return and_(
            match.group_id.in_(uow.actor.group_ids),
            match.household_id.not_in(relations.denied_to(uow)),
        )
    if uow.actor.role is Role.PROGRAMME_MANAGER:
        return true()
    return relations.within(uow, match.household_id, relations.visible_households(uow))


def answer_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role in SPONSORS:
        return false()
    answer = placements.SponsorshipAnswer
    if uow.actor.role is Role.HOUSEHOLD_PERSON:  # what another adult answered is theirs
        return answer.person_id.in_(relations.spoken_for(uow))
    return relations.within(uow, answer.household_id, relations.visible_households(uow))


def dwelling_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    dwelling = placements.Dwelling
    lived_in = of_household(dwelling.household_id)(uow)
    if uow.actor.role is not Role.CASEWORKER:
        return lived_in
    # A house found before it is known for whom: its finder, and the caseworkers of the place.
    empty = or_(
        dwelling.created_by == uow.actor.user_id, dwelling.location.in_(uow.actor.locations)
    )
    return or_(lived_in, and_(dwelling.household_id.is_(None), empty))


def relative_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return told_to_themselves(people.Relative.person_id)(uow)


def told_to_themselves(column: Any) -> Scope:
    """Rows of people that caseworkers work with, and that those people may read of themselves."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role is Role.HOUSEHOLD_PERSON:
            told: ColumnElement[bool] = column.in_(relations.spoken_for(uow))
            return told
        if uow.actor.role is not Role.CASEWORKER:
            return false()
        return of_person(column)(uow)

    return scope


def need_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Sponsors know of a need only what it asks of them; that there are others is not told."""
    need = people.SpecificNeed
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return need.person_id.in_(relations.spoken_for(uow))
    near = of_person(need.person_id)(uow)
    if uow.actor.role in SPONSORS:
        open_to_them = and_(need.restricted.is_(False), need.active.is_(True))
        return and_(near, need.practical_support.is_not(None), open_to_them)
    return near


def found_by(column: Any) -> Scope:
    """Rows of the index by which caseworkers find their own people."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        return of_person(column)(uow) if uow.actor.role in STAFF_ONLY else false()

    return scope


def duplicate_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return found_by(duplicates.DuplicateCandidate.person_id)(uow)


def milestone_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    milestone = milestones.Milestone
    near = of_household(milestone.household_id)(uow)
    if uow.actor.role is Role.CASEWORKER:
        return near
    common = and_(near, milestone.restricted.is_(False))
    if uow.actor.role is not Role.HOUSEHOLD_PERSON:
        return common
    # Of another adult's own steps the others at home are not told.
    mine = milestone.person_id.in_(relations.spoken_for(uow))
    return and_(common, or_(milestone.person_id.is_(None), mine))


def milestone_changes(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep to changes of the milestones that the reader may know of."""
    known = select(milestones.Milestone.id).where(milestone_rows(uow))
    return relations.one_of(uow, milestones.MilestoneChange.milestone_id, known)


def _knows_all_accounts(uow: UnitOfWork) -> bool:
    return (
        uow.actor.role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}
        or Duty.PRIVACY_OFFICER in uow.actor.duties
    )


def account_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if _knows_all_accounts(uow):
        return true()
    return accounts.UserAccount.id == uow.actor.user_id


def absence_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """When somebody is away is known to them and to who leads; why, to nobody."""
    if Duty.TEAM_LEADER in uow.actor.duties or uow.actor.role is Role.PROGRAMME_MANAGER:
        return true()
    return Absence.user_id == uow.actor.user_id


def own_account(column: Any) -> Scope:
    """Rows of the reader's own account."""
    return lambda uow: column == uow.actor.user_id


def own_or_administered(column: Any) -> Scope:
    """Rows of an account: its owner's, and the administrator's to manage."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if _knows_all_accounts(uow):
            return true()
        return column == uow.actor.user_id  # type: ignore[no-any-return]

    return scope
