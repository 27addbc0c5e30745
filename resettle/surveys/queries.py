"""Questions about surveys: which is open for whom, what one answered, what all answered together.

What all answered leaves only protected: see results.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from resettle.accounts.credentials import digest
from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.consents.models import Purpose
from resettle.consents.queries import agreeing
from resettle.core.actor import BY_LINK, Actor, Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.surveys import rules
from resettle.surveys.definition import QuestionSet, SurveySettings
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience, Standing, Window

MOST = 50


@dataclass(frozen=True, slots=True)
class PointSeen:
    """How one survey stands with one person, as their caseworkers are told: no answer."""

    household_id: UUID
    person_id: UUID
    months: int
    opens_on: date
    closes_on: date
    standing: Standing
    link_until: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link opens: a set of questions, for whoever it was made for."""

    invitation_id: UUID
    audience: Audience
    language: str
    actor: Actor


def windows_of(uow: UnitOfWork, household: Household) -> list[Window]:
    settings = uow.use(SurveySettings)
    if household.arrived_on is None:
        return []
    return rules.windows(household.arrived_on, settings.points, settings.open_days)


def set_of(uow: UnitOfWork, audience: Audience) -> QuestionSet:
    return uow.use(SurveySettings).sets[audience]


def agrees_to_evaluation(uow: UnitOfWork, person_id: UUID) -> bool:
    return person_id in agreeing(uow, [person_id], Purpose.EVALUATION)


def points_of(uow: UnitOfWork, person_id: UUID) -> Sequence[PointSeen]:
    """Tell how each survey stands with a person: who is asked when, and whether it was answered."""
    person = uow.get(Person, person_id, to=Permission.SURVEY_INVITE)
    household_id = household_of(uow, person.id)
    household = None if household_id is None else uow.find(Household, household_id)
    if household is None:
        return []
    query = uow.select(SurveyInvitation).where(
        SurveyInvitation.person_id == person.id, SurveyInvitation.household_id == household.id
    )
    found = {row.point_days: row for row in uow.all(query)}
    return [
        _seen(uow, household.id, person.id, window, found.get(window.point_days))
        for window in windows_of(uow, household)
    ]


def _seen(
    uow: UnitOfWork,
    household_id: UUID,
    person_id: UUID,
    window: Window,
    row: SurveyInvitation | None,
) -> PointSeen:
    answered_at = None if row is None else row.answered_at
    return PointSeen(
        household_id=household_id,
        person_id=person_id,
        months=rules.months(window.point_days),
        opens_on=window.opens_on,
        closes_on=window.closes_on,
        standing=rules.standing(window, uow.today, answered_at, invited=row is not None),
        link_until=None if row is None else row.link_until,
        answered_at=answered_at,
    )


def own(uow: UnitOfWork) -> Sequence[SurveyInvitation]:
    """List the surveys that the reader was asked to answer, the newest first."""
    uow.require(Permission.SURVEY_ANSWER)
    query = uow.select(SurveyInvitation)
    ordered = query.order_by(SurveyInvitation.opens_on.desc(), SurveyInvitation.id)
    return uow.all(ordered.limit(MOST))


def own_answers(uow: UnitOfWork, invitation_id: UUID) -> Sequence[SurveyAnswer]:
    """Give what the reader answered to one survey, in the order of the questions."""
    invitation = uow.get(SurveyInvitation, invitation_id, to=Permission.SURVEY_ANSWER)
    return answers_to(uow, [invitation])


def answers_to(uow: UnitOfWork, invitations: Sequence[SurveyInvitation]) -> Sequence[SurveyAnswer]:
    """Give what the reader answered to several, in the order of the questions."""
    uow.require(Permission.SURVEY_ANSWER)
    ids = [invitation.id for invitation in invitations]
    found = uow.all(uow.select(SurveyAnswer).where(SurveyAnswer.invitation_id.in_(ids)))
    codes = [code for audience in Audience for code in set_of(uow, audience).codes]
    return sorted(found, key=lambda a: codes.index(a.question) if a.question in codes else MOST)


def is_open(uow: UnitOfWork, invitation: SurveyInvitation) -> bool:
    """Say whether an invitation can be answered now: not before, not after, and once."""
    in_time = invitation.opens_on <= uow.today <= invitation.closes_on
    return in_time and invitation.answered_at is None


def by_token(uow: UnitOfWork, token: str) -> Asked | None:
    """Find what a link opens; None if it is not good any more, whyever.

    Whoever holds it may answer these questions and do nothing else. It is good no more once the
    person has taken back that they are asked, or the account of a sponsor was shut.
    """
    query: Select[SurveyInvitation] = select(SurveyInvitation).where(
        SurveyInvitation.token_hash == digest(token), SurveyInvitation.link_until > uow.now
    )
    invitation = uow.first(uow.touching(query, SurveyInvitation))
    if invitation is None or not is_open(uow, invitation) or not _may_answer(uow, invitation):
        return None
    return Asked(invitation.id, invitation.audience, invitation.language, _holder(invitation))


def _may_answer(uow: UnitOfWork, invitation: SurveyInvitation) -> bool:
    if invitation.person_id is not None:
        return agrees_to_evaluation(uow, invitation.person_id)
    query: Select[UserAccount] = select(UserAccount).where(
        UserAccount.id == invitation.user_id, UserAccount.status == AccountStatus.ACTIVE
    )
    return uow.first(uow.touching(query, UserAccount)) is not None


def _holder(invitation: SurveyInvitation) -> Actor:
    is_family = invitation.audience is Audience.FAMILY
    groups = frozenset() if invitation.group_id is None else frozenset({invitation.group_id})
    return Actor(
        Role.HOUSEHOLD_PERSON if is_family else Role.SPONSOR_MEMBER,
        user_id=invitation.user_id,
        person_id=invitation.person_id,
        group_ids=groups,
        scopes=frozenset({Permission.SURVEY_ANSWER}),
        session_ref=f"{BY_LINK}{invitation.id}",
    )
