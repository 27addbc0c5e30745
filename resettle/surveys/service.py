"""What is done with surveys: a link is made, questions are answered."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from resettle.accounts.credentials import digest, new_token
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.households.rules import is_adult
from resettle.surveys import queries, rules
from resettle.surveys.acts import AnswerSurvey, MakeSurveyLink
from resettle.surveys.definition import SurveySettings
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience, Window

ASK = "surveys:ask"
INVITE = "notifications:survey"
MORNING = time(7, 0)
NO_CONSENT = (
    "This person has not agreed to take part in the evaluation. "
    "Record their consent first, if they want to be asked."
)
NOT_NOW = "No survey is open for this person today."
CHILD = "Only adults are asked."
ELSEWHERE = "This person belongs to no household at the moment."
ANSWERED = "These questions were answered already."
OVER = "These questions can no longer be answered."


@dataclass(frozen=True, slots=True)
class MadeSurveyLink:
    """A link that was just made. What opens it is told here, once, and kept only hashed."""

    id: UUID
    household_id: UUID
    person_id: UUID
    language: str
    link_until: datetime
    token: str


def make_link(uow: UnitOfWork, person_id: UUID, command: MakeSurveyLink) -> MadeSurveyLink:
    """Make a link to the survey that is open for a person now; an earlier link opens no more.

    Raises Conflict where nobody may be asked: no consent, no survey open, answered already.
    """
    person = uow.get(Person, person_id, to=Permission.SURVEY_INVITE)
    household_id = household_of(uow, person.id)
    if household_id is None:
        raise Conflict(ELSEWHERE)
    household = uow.get(Household, household_id, to=Permission.SURVEY_INVITE)
    if not is_adult(uow.today, person.born_on):
        raise Conflict(CHILD)
    if not queries.agrees_to_evaluation(uow, person.id):
        raise Conflict(NO_CONSENT)
    invitation = _invited(uow, household, person)
    invitation.language = command.language
    token = renew(uow, invitation)
    assert invitation.link_until is not None
    return MadeSurveyLink(
        invitation.id, household.id, person.id, invitation.language, invitation.link_until, token
    )


def _invited(uow: UnitOfWork, household: Household, person: Person) -> SurveyInvitation:
    """Take up the invitation to the survey that is open now, or make it."""
    window = next((w for w in queries.windows_of(uow, household) if w.is_open(uow.today)), None)
    if window is None:
        raise Conflict(NOT_NOW)
    query = uow.select(SurveyInvitation).where(
        SurveyInvitation.household_id == household.id,
        SurveyInvitation.person_id == person.id,
        SurveyInvitation.point_days == window.point_days,
    )
    found = uow.first(query)
    if found is not None and found.answered_at is not None:
        raise Conflict(ANSWERED)
    return found or uow.add(
        invitation_to(uow, household, window, Audience.FAMILY, person_id=person.id)
    )


def invitation_to(
    uow: UnitOfWork, household: Household, window: Window, audience: Audience, **whom: UUID | None
) -> SurveyInvitation:
    """Ask somebody at a point: a person of the household, or a user of a group that supports it."""
    uow.require(Permission.SURVEY_INVITE)
    return SurveyInvitation(
        household_id=household.id,
        audience=audience,
        point_days=window.point_days,
        edition=queries.set_of(uow, audience).edition,
        language="en",
        opens_on=window.opens_on,
        closes_on=window.closes_on,
        **whom,
    )


def renew(uow: UnitOfWork, invitation: SurveyInvitation) -> str:
    """Give an invitation a new secret, which is told now and kept only hashed."""
    uow.require(Permission.SURVEY_INVITE)
    token = new_token()
    invitation.token_hash = digest(token)
    invitation.link_until = uow.now + timedelta(days=uow.use(SurveySettings).link_days)
    return token


def expect(uow: UnitOfWork, household: Household, window: Window) -> None:
    """Leave the job that asks at a point of a household, in the morning of its first day."""
    uow.require(Permission.SURVEY_INVITE)
    uow.later(
        ASK,
        at=datetime.combine(window.opens_on, MORNING, AUCKLAND),
        key=f"{ASK}:{household.id}:{window.opens_on}",
        household_id=str(household.id),
        opens_on=window.opens_on.isoformat(),
    )


def expect_mail(uow: UnitOfWork, invitation: SurveyInvitation) -> None:
    """Leave the job that mails a sponsor the link; what opens it is made only then."""
    uow.require(Permission.SURVEY_INVITE)
    uow.later(INVITE, invitation_id=str(invitation.id))


def answer(uow: UnitOfWork, invitation_id: UUID, command: AnswerSurvey) -> SurveyInvitation:
    """Answer the questions of an invitation of one's own, once and all of them.

    Raises Conflict if they were answered, or it is too late.
    """
    invitation = uow.edit(SurveyInvitation, invitation_id, to=Permission.SURVEY_ANSWER)
    if invitation.answered_at is not None:
        raise Conflict(ANSWERED)
    if not queries.is_open(uow, invitation):
        raise Conflict(OVER)
    person_id = invitation.person_id
    if person_id is not None and not queries.agrees_to_evaluation(uow, person_id):
        raise Conflict(OVER)
    codes = queries.set_of(uow, invitation.audience).codes
    if faults := rules.faults(command.scores, codes):
        raise Invalid(faults)
    invitation.answered_at, invitation.way = uow.now, command.way
    invitation.token_hash = None
    for code in codes:
        uow.add(_answer(uow, invitation, code, command.scores[code]))
    return invitation


def _answer(
    uow: UnitOfWork, invitation: SurveyInvitation, question: str, score: int
) -> SurveyAnswer:
    return SurveyAnswer(
        invitation_id=invitation.id,
        household_id=invitation.household_id,
        audience=invitation.audience,
        person_id=invitation.person_id,
        user_id=invitation.user_id,
        group_id=invitation.group_id,
        point_days=invitation.point_days,
        edition=invitation.edition,
        question=question,
        score=None if score == rules.NOT_SAID else score,
        answered_on=uow.today,
    )
