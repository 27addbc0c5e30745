"""Who may know of what: for each table, the rows that a reader may know of, as a WHERE clause.

Lists and single rows use the same clause. A table that is not here is in UNSCOPED, with its reason.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from resettle.accounts import models as accounts
from resettle.cases import models as cases
from resettle.cases import papers
from resettle.casework import models as casework
from resettle.consents.models import ConsentEntry
from resettle.core.actor import SPONSORS, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.duplicates import models as duplicates
from resettle.households import models as households
from resettle.milestones import models as milestones
from resettle.people import models as people
from resettle.placements import models as placements
from resettle.policy import relations
from resettle.sponsors import models as sponsors

STAFF_ONLY = frozenset({Role.CASEWORKER})


def _of_household(column: Any) -> Scope:
    """Rows of a household that the reader works with, lives in or supports."""
    return lambda uow: relations.within(uow, column, relations.near_households(uow))


def _for_caseworkers(column: Any) -> Scope:
    """Rows of a household that only its caseworkers may know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role not in STAFF_ONLY:
            return false()
        return relations.within(uow, column, relations.visible_households(uow))

    return scope


def _of_person(column: Any) -> Scope:
    """Rows about a person: those of the households near the reader, now or formerly members."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        member = households.HouseholdMember
        near = relations.within(uow, member.household_id, relations.near_households(uow))
        if uow.actor.role is not Role.CASEWORKER:  # who has left is no longer theirs to know
            near = and_(near, or_(member.left_on.is_(None), member.left_on > uow.today))
        return column.in_(select(member.person_id).where(near))  # type: ignore[no-any-return]

    return scope


def _households(uow: UnitOfWork) -> ColumnElement[bool]:
    household = households.Household
    if uow.actor.role is Role.PROGRAMME_MANAGER:  # to assign and to suspend; sees P0 only
        return household.id.not_in(relations.denied_to(uow))
    return relations.within(uow, household.id, relations.visible_households(uow))


def _for_assigning(column: Any) -> Scope:
    """Rows that say where a case stands and who looks after it: no content."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role is Role.PROGRAMME_MANAGER:
            return column.not_in(relations.denied_to(uow))  # type: ignore[no-any-return]
        return _for_caseworkers(column)(uow)

    return scope


def _assignments(uow: UnitOfWork) -> ColumnElement[bool]:
    column = cases.Assignment.household_id
    if uow.actor.role is Role.HOUSEHOLD_PERSON:  # the family knows who helps it
        return relations.within(uow, column, relations.visible_households(uow))
    return _for_assigning(column)(uow)


def _consents(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return ConsentEntry.person_id.in_(relations.spoken_for(uow))
    return _for_caseworkers(ConsentEntry.household_id)(uow)


def _groups(column: Any) -> Scope:
    """Rows of a sponsor group: its own confirmed members, and programme managers."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        match uow.actor.role:
            case Role.PROGRAMME_MANAGER:
                return true()
            case Role.SPONSOR_MEMBER | Role.SPONSOR_COORDINATOR:
                return column.in_(uow.actor.group_ids)  # type: ignore[no-any-return]
            case Role.CASEWORKER | Role.HOUSEHOLD_PERSON:
                return column.in_(_groups_met(uow))  # type: ignore[no-any-return]
            case _:
                return false()

    return scope


def _groups_met(uow: UnitOfWork) -> Any:
    met = placements.Sponsorship
    near = relations.within(uow, met.household_id, relations.visible_households(uow))
    return select(met.group_id).where(near, met.ended_on.is_(None))


def _all_groups(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.CASEWORKER:  # who proposes a group must be able to find it
        return true()
    return _groups(sponsors.SponsorGroup.id)(uow)


def _inside_groups(column: Any) -> Scope:
    """Rows that only the group itself and programme managers may know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role in SPONSORS | {Role.PROGRAMME_MANAGER}:
            return _groups(column)(uow)
        return false()

    return scope


def _vettings(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.SPONSOR_MEMBER:  # one's own outcome, nobody else's
        own = select(sponsors.SponsorMember.id).where(
            sponsors.SponsorMember.user_id == uow.actor.user_id
        )
        return sponsors.Vetting.member_id.in_(own)
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return false()
    return _groups(sponsors.Vetting.group_id)(uow)


def _reports(uow: UnitOfWork) -> ColumnElement[bool]:
    report = sponsors.ReportDue
    if uow.actor.role is Role.CASEWORKER:
        return relations.within(uow, report.household_id, relations.visible_households(uow))
    return _inside_groups(report.group_id)(uow)


def _sponsorships(uow: UnitOfWork) -> ColumnElement[bool]:
    match = placements.Sponsorship
    if uow.actor.role in SPONSORS:
        return and_(
            match.group_id.in_(uow.actor.group_ids),
            match.household_id.not_in(relations.denied_to(uow)),
        )
    if uow.actor.role is Role.PROGRAMME_MANAGER:
        return true()
    return relations.within(uow, match.household_id, relations.visible_households(uow))


def _answers(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role in SPONSORS:
        return false()
    answer = placements.SponsorshipAnswer
    return relations.within(uow, answer.household_id, relations.visible_households(uow))


def _dwellings(uow: UnitOfWork) -> ColumnElement[bool]:
    dwelling = placements.Dwelling
    of_household = _of_household(dwelling.household_id)(uow)
    if uow.actor.role is not Role.CASEWORKER:
        return of_household
    # A house found before it is known for whom: its finder, and the caseworkers of the place.
    empty = or_(
        dwelling.created_by == uow.actor.user_id, dwelling.location.in_(uow.actor.locations)
    )
    return or_(of_household, and_(dwelling.household_id.is_(None), empty))


def _relatives(uow: UnitOfWork) -> ColumnElement[bool]:
    relative = people.Relative
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return relative.person_id.in_(relations.spoken_for(uow))
    if uow.actor.role is not Role.CASEWORKER:
        return false()
    return _of_person(relative.person_id)(uow)


def _needs(uow: UnitOfWork) -> ColumnElement[bool]:
    """Sponsors know of a need only what it asks of them; that there are others is not told."""
    need = people.SpecificNeed
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return need.person_id.in_(relations.spoken_for(uow))
    near = _of_person(need.person_id)(uow)
    if uow.actor.role in SPONSORS:
        return and_(near, need.practical_support.is_not(None), need.active.is_(True))
    return near


def _duplicates(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is not Role.CASEWORKER:
        return false()
    return _of_person(duplicates.DuplicateCandidate.person_id)(uow)


def _milestones(uow: UnitOfWork) -> ColumnElement[bool]:
    milestone = milestones.Milestone
    near = _of_household(milestone.household_id)(uow)
    if uow.actor.role is Role.CASEWORKER:
        return near
    return and_(near, milestone.restricted.is_(False))


def _accounts(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}:
        return true()
    return accounts.UserAccount.id == uow.actor.user_id


def _own(column: Any) -> Scope:
    """Rows of the reader's own account."""
    return lambda uow: column == uow.actor.user_id


def _own_or_administered(column: Any) -> Scope:
    """Rows of an account: its owner's, and the administrator's to manage."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        if uow.actor.role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}:
            return true()
        return column == uow.actor.user_id  # type: ignore[no-any-return]

    return scope


SCOPES: Mapping[type, Scope] = {
    households.Household: _households,
    households.Person: _of_person(households.Person.id),
    households.HouseholdMember: _of_household(households.HouseholdMember.household_id),
    households.PersonLanguage: _of_person(households.PersonLanguage.person_id),
    households.DenyListed: _for_caseworkers(households.DenyListed.household_id),
    people.SpecificNeed: _needs,
    people.Relative: _relatives,
    people.Photo: _of_person(people.Photo.person_id),
    ConsentEntry: _consents,
    duplicates.DuplicateCandidate: _duplicates,
    sponsors.SponsorGroup: _all_groups,
    sponsors.GroupMove: _inside_groups(sponsors.GroupMove.group_id),
    sponsors.GroupStep: _inside_groups(sponsors.GroupStep.group_id),
    sponsors.GroupChecklistItem: _inside_groups(sponsors.GroupChecklistItem.group_id),
    sponsors.SponsorMember: _groups(sponsors.SponsorMember.group_id),
    sponsors.Vetting: _vettings,
    sponsors.Training: _inside_groups(sponsors.Training.group_id),
    sponsors.Deed: _groups(sponsors.Deed.group_id),
    sponsors.ReportDue: _reports,
    cases.ResettlementCase: _for_assigning(cases.ResettlementCase.household_id),
    cases.StageEntry: _for_caseworkers(cases.StageEntry.household_id),
    cases.Hold: _for_caseworkers(cases.Hold.household_id),
    cases.CaseLink: _for_caseworkers(cases.CaseLink.household_id),
    cases.Assignment: _assignments,
    papers.Decision: _for_caseworkers(papers.Decision.household_id),
    papers.CaseCheck: _for_caseworkers(papers.CaseCheck.household_id),
    papers.ChecklistItem: _for_caseworkers(papers.ChecklistItem.household_id),
    papers.EligibilityFacts: _for_caseworkers(papers.EligibilityFacts.household_id),
    placements.Dwelling: _dwellings,
    placements.HouseCheck: _of_household(placements.HouseCheck.household_id),
    placements.Placement: _of_household(placements.Placement.household_id),
    placements.Sponsorship: _sponsorships,
    placements.SponsorshipAnswer: _answers,
    casework.ContactNote: _for_caseworkers(casework.ContactNote.household_id),
    casework.Incident: _for_caseworkers(casework.Incident.household_id),
    casework.Task: _for_caseworkers(casework.Task.household_id),
    milestones.Milestone: _milestones,
    milestones.MilestoneChange: _for_caseworkers(milestones.MilestoneChange.household_id),
    accounts.UserAccount: _accounts,
    accounts.RoleGrant: _own_or_administered(accounts.RoleGrant.user_id),
    accounts.DutyGrant: _own_or_administered(accounts.DutyGrant.user_id),
    accounts.AccountAct: _own_or_administered(accounts.AccountAct.user_id),
    accounts.UserLocation: _own_or_administered(accounts.UserLocation.user_id),
    accounts.UserSession: _own_or_administered(accounts.UserSession.user_id),
    accounts.ApiToken: _own(accounts.ApiToken.user_id),
    accounts.AccountAct: _own_or_administered(accounts.AccountAct.user_id),
}

UNSCOPED: Mapping[str, str] = {
    "audit_entry": "read through core/audit.py, whose callers require audit permissions",
    "audit_head": "bookkeeping of the trail",
    "job": "machinery; read by administrators through its own permission",
    "answer": "machinery; asked by the user's own id only",
    "data_key": "wrapped keys; read by the vault only",
    "reference_counter": "numbers without meaning",
    "places_gate": "a lock without content",
    "invitation": "asked by the hash of its one-time token only",
    "sign_in_tries": "bookkeeping of the lock-out, by a blind index",
}
