"""Who may do what. Read it as a table: an act, and who is trusted with it (access.md 3).

Which rows an act may touch is not said here: scopes.py says it, for lists and single rows alike.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from resettle.core.actor import SPONSORS, Actor, Duty, Role
from resettle.core.permissions import Permission
from resettle.core.policy import Condition, Grant, grant
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.policy import books, pairs, relations
from resettle.sponsors.reports import Between

P = Permission
CW, PM, AD, AU = Role.CASEWORKER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR
SM, SC, HH = Role.SPONSOR_MEMBER, Role.SPONSOR_COORDINATOR, Role.HOUSEHOLD_PERSON
TL, PO, PL = Duty.TEAM_LEADER, Duty.PRIVACY_OFFICER, Duty.PLACEMENT_OFFICER
EV = Role.EVALUATOR


def own_person(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the subject is the reader, or speaks of the reader."""
    person_id = getattr(subject, "person_id", None) or getattr(subject, "id", None)
    return uow.actor.person_id is not None and person_id == uow.actor.person_id


def own_user(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the subject is of the reader's own account."""
    return subject is None or subject.user_id == uow.actor.user_id


def speaks_for(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the subject is, or speaks of, the reader or a child the reader is guardian of."""
    person_id = getattr(subject, "person_id", None) or getattr(subject, "id", None)
    return person_id in relations.persons_spoken_for(uow)


def supports(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the reader's group supports this household, beyond having it on offer."""
    if isinstance(subject, Between):
        return (subject.household_id, subject.group_id) in pairs.supported_with(uow)
    if not isinstance(subject, Household):
        return True  # its scope has asked
    found = relations.relations(uow, [subject.id])
    return found.get(subject.id) is relations.Relation.ACTIVE


def is_matched(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether this sponsor group is matched with a household of the reader's."""
    return subject.id in relations.groups_met_by(uow)


def looks_after_some(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the group supports a household of the reader's; counts name their households."""
    return subject is None or is_matched(uow, subject)


def trusted(actor: Actor) -> bool:
    """Ask of sponsors a membership that is confirmed, with a vetting that is clear."""
    return actor.role not in SPONSORS or bool(actor.group_ids)


def in_a_group(actor: Actor) -> bool:
    """Ask of sponsors a confirmed membership; while their group applies, no vetting yet."""
    return actor.role not in SPONSORS or bool(actor.own_group_ids)


def _all(*roles: Role | Duty) -> list[Grant]:
    return [grant(role, standing=trusted) for role in roles]


def _of_the_group(*roles: Role) -> list[Grant]:
    """Trust members with their own group's business, where no household is."""
    return [grant(role, standing=in_a_group) for role in roles]


def _who_leads(*more: Role) -> list[Grant]:
    """Trust who coordinates this very group, not another of theirs; and these others."""
    return [grant(SC, books.leads, standing=in_a_group), *_of_the_group(*more)]


def _leading(*conditions: Condition) -> list[Grant]:
    return [grant(SC, *conditions, standing=trusted)]


def _even_waiting(*roles: Role | Duty) -> list[Grant]:
    """Trust also sponsors whom nobody has confirmed yet: they learn nothing of anybody here."""
    return [grant(role) for role in roles]


def _supporting(*roles: Role) -> list[Grant]:
    return [grant(role, supports, standing=trusted) for role in roles]


def _keeping_books(*roles: Role) -> list[Grant]:
    """Trust the treasurer of a group, whatever else they do for it."""
    return [grant(role, books.treasurer, standing=books.keeps_books) for role in roles]


GRANTS: Mapping[P, Sequence[Grant]] = {
    P.ACCOUNT_OWN: _even_waiting(CW, SM, SC, PM, AD, AU, EV, HH),
    P.API_OWN: _all(CW, PM, AU, EV),
    P.LINK_MAKE: _all(CW),
    P.LINK_READ: [grant(CW), grant(HH, own_person)],
    P.LINK_REVOKE: [grant(CW), grant(HH, own_person)],
    P.DRAFT_OWN: _even_waiting(CW, SM, SC, PM, AD, AU, EV, HH),
    P.USER_READ: _all(PM, AD),
    P.USER_INVITE: _all(AD),
    P.USER_DEACTIVATE: _all(AD),
    P.ROLE_GRANT: _all(AD),
    P.DUTY_GRANT: _all(AD),
    P.SESSION_END_ANY: _all(AD, PO),
    P.PROGRAMME_READ: _even_waiting(CW, SM, SC, PM, AD, AU, EV),
    P.HOUSEHOLD_READ: _all(CW, SM, SC, HH),
    P.HOUSEHOLD_OURS: _even_waiting(SM, SC),
    P.HOUSEHOLD_MINE: _all(HH),
    P.HOUSEHOLD_CREATE: _all(CW),
    P.HOUSEHOLD_UPDATE: _all(CW),
    P.HOUSEHOLD_CHANGE: _all(CW),
    P.PERSON_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.PERSON_UPDATE: _all(CW),
    P.LOCATION_READ: [*_all(CW, SM, SC), grant(HH, speaks_for)],
    P.LOCATION_UPDATE: [grant(CW), grant(HH, own_person)],
    P.ORIGIN_READ: [grant(CW), grant(HH, speaks_for)],
    P.HEALTH_READ: [grant(CW), grant(HH, speaks_for)],
    P.PROTECTION_READ: [grant(CW), grant(HH, speaks_for)],
    P.NEED_READ: [*_all(CW, SM, SC), grant(HH, speaks_for)],
    P.NEED_RECORD: _all(CW),
    P.STATUS_READ: _all(CW),
    P.STATUS_RECORD: _all(CW),
    P.RELATIVE_READ: [grant(CW), grant(HH, speaks_for)],
    P.CONSENT_READ: [grant(CW), grant(HH, speaks_for)],
    P.CONSENT_RECORD: [grant(CW), grant(HH, speaks_for)],
    P.CONSENT_WITHDRAW: [grant(CW), grant(HH, speaks_for)],
    P.DUPLICATE_READ: _all(CW),
    P.DUPLICATE_DECIDE: _all(CW),
    P.SEARCH_FIND: _all(CW),
    P.PERSON_MERGE: _all(CW),
    P.GROUP_READ: _of_the_group(CW, SM, SC, PM, HH),
    P.GROUP_CREATE: _all(PM),
    P.GROUP_UPDATE: _who_leads(PM),
    P.GROUP_MOVE: _all(PM),
    P.MEMBER_READ: [grant(CW, is_matched), *_of_the_group(SM, SC, PM)],
    P.MEMBER_ADD: _who_leads(PM),
    P.MEMBER_CONFIRM: _who_leads(PM),
    P.MEMBER_CAR: [grant(SM, own_user, standing=trusted), *_leading(books.leads_or_own), *_all(PM)],
    P.VETTING_RECORD: _all(PM),
    P.DEED_SIGN: _all(PM),
    P.APPLICATION_READ: _of_the_group(SM, SC, PM),
    P.APPLICATION_WRITE: _who_leads(PM),
    P.APPLICATION_ASSESS: _all(PM),
    P.EVIDENCE_READ: _who_leads(PM),
    P.EVIDENCE_FILE: _who_leads(PM),
    P.REPORT_READ: _all(CW, SM, SC, PM),
    P.REPORT_OPEN: [*_all(CW, PM), *_supporting(SM, SC)],
    P.REPORT_WRITE: [
        grant(role, supports, books.writes_reports, standing=trusted) for role in (SM, SC)
    ],
    P.REPORT_REVIEW: _all(CW, PM),
    P.REPORT_FAMILY: _all(CW, HH),
    P.FUNDS_TOTALS: _all(SM, SC, PM),
    P.FUNDS_READ: [grant(r, books.reads_books, standing=trusted) for r in (SM, SC)] + _all(PM),
    P.FUNDS_RECORD: _keeping_books(SM, SC),
    P.FUNDS_CLAIM: [grant(role, books.own_spending, standing=trusted) for role in (SM, SC)],
    P.FUNDS_APPROVE: [*_leading(books.leads_or_keeps), *_keeping_books(SM)],
    P.CASE_READ: _all(CW),
    P.CASE_OPEN: _all(CW),
    P.CASE_MOVE: _all(CW),
    P.CASE_OVERRIDE: _all(TL),
    P.CASE_HOLD: _all(CW),
    P.CASE_HOLD_MANY: _all(TL),
    P.CASE_DECIDE: _all(CW),
    P.CASE_ASSIGN: _all(CW, PM),
    P.TEAM_LEAD: _all(TL, PM),
    P.ABSENCE_PLAN: _all(CW, PM),
    P.PROVIDER_CHANGE: _all(PM, TL),
    P.CHECKLIST_RECORD: _all(CW),
    P.ELIGIBILITY_READ: _all(CW),
    P.VOICE_SPEAK: _all(HH),
    P.VOICE_ANSWER: _all(CW),
    P.RECORD_OWN: _all(HH),
    P.DWELLING_READ: _all(CW),
    P.DWELLING_RECORD: _all(CW),
    P.HOUSE_READ: [*_all(CW), *_supporting(SM, SC)],
    P.HOUSE_PREPARE: _supporting(SM, SC),
    P.HOUSE_FOLLOW: [*_all(CW), *_supporting(SM, SC)],
    P.PLACEMENT_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.PLACEMENT_MAKE: _all(CW),
    P.PLACEMENT_END: _all(CW),
    P.SPONSORSHIP_READ: _all(CW, SM, SC, HH),
    P.SPONSORSHIP_PROPOSE: _all(CW),
    P.SPONSORSHIP_ACCEPT: _leading(books.leads),
    P.SPONSORSHIP_ANSWER: [grant(CW), grant(HH, own_person)],
    P.SPONSORSHIP_CONFIRM: _all(CW),
    P.SPONSORSHIP_SUSPEND: _all(CW, PM),
    P.SPONSORSHIP_END: [*_all(CW, HH), *_leading(books.leads)],
    P.PLACE_READ: _all(CW, PM),
    P.PLACE_KEEP: _all(PL, PM),
    P.WISH_READ: _all(CW),
    P.WISH_RECORD: _all(CW),
    P.EXCLUSION_RECORD: _all(CW),
    P.MATCH_READ: _all(PL),
    P.MATCH_RUN: _all(PL),
    P.MATCH_RULE: _all(PL),
    P.MATCH_FIGURES: _all(PL, PM),
    P.PLACE_DECIDE: _all(PL),
    P.PLACE_DECISION_READ: _all(CW),
    P.NOTE_READ: _all(CW),
    P.NOTE_WRITE: _all(CW),
    P.NOTE_AMEND: _all(CW),
    P.NOTE_SHARE: _all(CW),
    P.SHARED_NOTE_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.SHARED_NOTE_WRITE: [*_all(HH), *_supporting(SM, SC)],
    P.TASK_READ: _all(CW),
    P.TASK_WRITE: _all(CW),
    P.CALENDAR_READ: _all(CW),
    P.CALENDAR_FEED: _all(CW, SM, SC),
    P.APPOINTMENT_READ: _all(CW),
    P.APPOINTMENT_WRITE: _all(CW),
    P.INCIDENT_READ: _all(CW),
    P.INCIDENT_REPORT: [*_all(CW), *_supporting(SM, SC)],
    P.INCIDENT_UPDATE: _all(CW),
    P.INCIDENT_CLOSE: _all(TL),
    P.COMPLAINT_CREATE: _all(CW, HH),
    P.COMPLAINT_READ: _all(PM, HH),
    P.COMPLAINT_DECIDE: _all(PM),
    P.ROSTER_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.ROSTER_WRITE: _supporting(SM, SC),
    P.ROSTER_LEAD: _leading(supports, books.leads),
    P.ROSTER_ASK: _all(CW),
    P.GROUP_TASK_READ: [*_all(CW), *_supporting(SM, SC)],
    P.GROUP_TASK_WRITE: _supporting(SM, SC),
    P.UPDATE_READ: [*_all(CW), *_supporting(SM, SC)],
    P.UPDATE_SEND: _supporting(SM, SC),
    P.UPDATE_CLOSE: _all(CW),
    P.STRAIN_READ: [grant(CW, looks_after_some), *_all(PM)],
    P.SUPERVISION_READ: _all(PM),
    P.SUPERVISION_WRITE: _all(PM),
    P.PULSE_ANSWER: _all(SM, SC),
    P.GROUP_MESSAGE_READ: _of_the_group(SM, SC, PM),
    P.GROUP_MESSAGE_SEND: _all(PM),
    P.GROUP_MESSAGE_DISMISS: _of_the_group(SM, SC),
    P.CARD_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.CARD_WRITE: [*_all(CW), *_leading(supports, books.leads)],
    P.THREAD_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.THREAD_WRITE: [*_all(CW, HH), *_supporting(SM, SC)],
    P.CRISIS_READ: _all(CW, PM),
    P.CRISIS_RAISE: _all(TL),
    P.TIMELINE_READ: _all(CW),
    P.QUEUE_READ: _all(CW),
    P.QUEUE_ACT: _all(CW),
    P.DOCUMENT_READ: [grant(CW), grant(HH, speaks_for)],
    P.DOCUMENT_OPEN: [grant(CW), grant(HH, speaks_for)],
    P.DOCUMENT_FILE: _all(CW),
    P.DOCUMENT_BRING: [grant(HH, speaks_for)],
    P.DOCUMENT_CLASSIFY: _all(CW),
    P.DOCUMENT_REMOVE: _all(CW),
    P.EXPORT_REQUEST: _all(CW),
    P.EXPORT_DOWNLOAD: _all(CW),
    P.MILESTONE_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.MILESTONE_RECORD: _all(CW, SC),
    P.MILESTONE_WAIVE: _all(TL),
    P.ANCHOR_MOVE: _all(CW),
    P.PLAN_READ: [*_all(CW, HH), *_supporting(SM, SC)],
    P.PLAN_WRITE: _all(CW),
    P.PLAN_SAY: _all(HH),
    P.PLAN_RATE: _all(CW, HH),
    P.PLAN_PROGRESS: _all(CW, HH),
    P.PLAN_STEP: [*_all(HH), *_supporting(SM, SC)],
    P.PLAN_LET_GO: [*_all(CW), *_supporting(SM, SC)],
    P.REFERRAL_READ: _all(CW),
    P.REFERRAL_WRITE: _all(CW),
    P.REMINDER_OWN: _all(CW, SM, SC, PM),
    P.VIEW_OWN: _all(CW),
    P.IMPORT_CHECK: _all(CW),
    P.IMPORT_COMMIT: _all(CW),
    P.IMPORT_READ: _all(CW),
    P.SURVEY_INVITE: _all(CW),
    P.SURVEY_ANSWER: _all(SM, SC, HH),
    P.SURVEY_RESULTS: _all(PM, AU, EV),
    P.JUDGEMENT_READ: _all(PM, AU, EV),
    P.JUDGEMENT_MAKE: _all(PM),
    P.RUN_READ: _all(PM, PO, AU, EV),
    P.RUN_MAKE: _all(PM),
    P.QUALITY_READ: _all(CW, PM),
    P.LIST_EXPORT: _all(CW, PM),
    P.PIPELINE_READ: _all(PM),
    P.INDICATOR_READ: _all(PM),
    P.RELEASE_READ: _all(CW, PM, AU, EV, HH),
    P.RELEASE_MAKE: _all(PM),
    P.RELEASE_CONFIRM: _all(PM, PO),
    P.WHO_SAW: _all(CW, HH),
    P.AUDIT_SEARCH: _all(AU),
    P.AUDIT_VERIFY: _all(AD, AU, PO),
    P.JOB_READ: _all(AD),
}
