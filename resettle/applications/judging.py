"""What is done with an application by whoever advises the group and by whoever decides.

Both are programme managers here. Whoever has talked a plan over with the group, or has sent it on
its behalf, does not decide on it: advising and deciding are two people's work.
"""

from uuid import UUID

from resettle.applications import queries, rules
from resettle.applications.acts import Approve, Ask, Decline, RecordTalk, Score
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import (
    ApplicationQuestion,
    ApplicationScore,
    Decision,
    GroupApplication,
)
from resettle.applications.service import ASSESSING, MORE_INFO
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.workflow import Move
from resettle.sponsors import queries as groups
from resettle.sponsors import service as group_service
from resettle.sponsors.acts import ApproveGroup
from resettle.sponsors.models import SponsorGroup

ASSESS = Permission.APPLICATION_ASSESS


def record_talk(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: RecordTalk
) -> GroupApplication:
    """Record that the plan and the budget were talked over with the umbrella organisation."""
    application = _of_group(uow, group_id, application_id)
    if not application.is_open:
        raise Conflict("The application was sent already.")
    if not application.begun_on <= command.discussed_on <= uow.today:
        raise Invalid({"discussed_on": ["Give a day from the beginning of the application on."]})
    application.discussed_on, application.discussed_by = command.discussed_on, uow.actor.user_id
    application.discussion = command.discussion
    return application


def ask(uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Ask) -> ApplicationQuestion:
    """Put a question to the group, which then stands where more information is asked for."""
    application = _under_assessment(uow, group_id, application_id)
    question = uow.add(
        ApplicationQuestion(
            group_id=group_id,
            application_id=application.id,
            question=command.question,
            asked_on=uow.today,
            asked_by=uow.actor.user_id,
        )
    )
    group = uow.get(SponsorGroup, group_id, to=ASSESS)
    if MORE_INFO in {move.target for move in _moves(uow, group)}:
        group_service.lead_on(uow, group_id, MORE_INFO, by=ASSESS)
    return question


def score(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Score
) -> ApplicationScore:
    """Say what one thinks of a criterion, with the reason; said again, it takes its place."""
    application = _under_assessment(uow, group_id, application_id)
    settings = uow.use(ApplicationSettings)
    if command.criterion not in settings.codes:
        raise Invalid({"criterion": [f"Choose one of: {', '.join(settings.codes)}."]})
    if command.score > settings.highest:
        raise Invalid({"score": [f"Write a whole number from 1 to {settings.highest}."]})
    assert uow.actor.user_id is not None, "only a person assesses"
    query = uow.select(ApplicationScore).where(
        ApplicationScore.application_id == application.id,
        ApplicationScore.criterion == command.criterion,
        ApplicationScore.assessor_id == uow.actor.user_id,
    )
    given = uow.first(query) or ApplicationScore(
        group_id=group_id,
        application_id=application.id,
        criterion=command.criterion,
        assessor_id=uow.actor.user_id,
    )
    given.score, given.reason = command.score, command.reason
    return uow.add(given)


def approve(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Approve
) -> GroupApplication:
    """Approve the group, for how many, by which routes and until when."""
    application = _to_decide(uow, group_id, application_id)
    given = [(s.criterion, s.score) for s in queries.scores_of(uow, application.id)]
    if open_ := rules.unscored(uow.use(ApplicationSettings).codes, given):
        titles = {c.code: c.title for c in uow.use(ApplicationSettings).criteria}
        told = {f"criterion.{code}": f"Not scored yet: {titles[code]}." for code in open_}
        raise Blocked("The assessment is not complete.", told)
    _decided(uow, application, Decision.APPROVED, command.reasons)
    numbers = ApproveGroup(
        command.max_persons,
        command.max_households,
        command.routes,
        uow.today,
        expires_on=command.expires_on,
    )
    group_service.set_capacity(uow, group_id, numbers, by=ASSESS)
    group_service.lead_on(uow, group_id, "APPROVED", by=ASSESS)
    return application


def decline(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Decline
) -> GroupApplication:
    """Decline the application. The group reads the feedback, and may begin another one."""
    application = _to_decide(uow, group_id, application_id)
    application.feedback = command.feedback
    _decided(uow, application, Decision.DECLINED, command.reasons)
    group = uow.get(SponsorGroup, group_id, to=ASSESS)
    if groups.workflow_of(uow, group).stage("DECLINED").side:
        group_service.leave_way(uow, group_id, "DECLINED", command.feedback, by=ASSESS)
    else:
        group_service.lead_on(uow, group_id, "DECLINED", by=ASSESS)
    return application


def _decided(
    uow: UnitOfWork, application: GroupApplication, decision: Decision, reasons: str
) -> None:
    application.decision, application.reasons = decision, reasons
    application.decided_on, application.decided_by = uow.today, uow.actor.user_id
    uow.session.flush()


def _to_decide(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    application = _under_assessment(uow, group_id, application_id)
    if has_advised(uow, application):
        raise Forbidden("Whoever advised the group, or sent for it, does not decide on it.")
    if _has_open_question(uow, application):
        raise Conflict("The group has not answered every question yet.")
    return application


def has_advised(uow: UnitOfWork, application: GroupApplication) -> bool:
    """Say whether the actor has talked the plan over with the group, or sent it for the group."""
    before = {application.discussed_by, application.submitted_by} - {None}
    return uow.actor.user_id in before


def _has_open_question(uow: UnitOfWork, application: GroupApplication) -> bool:
    return any(q.answer is None for q in queries.questions_of(uow, application.id))


def _under_assessment(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    """Fetch an application that was sent and is not decided; the first look takes it up."""
    application = _of_group(uow, group_id, application_id)
    if application.submitted_on is None or application.decision is not None:
        raise Conflict("This is done while an application is assessed: sent, and not decided yet.")
    group = uow.get(SponsorGroup, group_id, to=ASSESS)
    if ASSESSING in {move.target for move in _moves(uow, group)} and group.status == "SUBMITTED":
        group_service.lead_on(uow, group_id, ASSESSING, by=ASSESS)
    return application


def _moves(uow: UnitOfWork, group: SponsorGroup) -> list[Move]:
    return [*groups.workflow_of(uow, group).moves_from(group.status, group.left_status)]


def _of_group(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    application = uow.edit(GroupApplication, application_id, to=ASSESS)
    if application.group_id != group_id:
        raise NotFound("The group has no such application.")
    return application
