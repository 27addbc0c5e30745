"""What a group does with its application, until it is sent and while it is asked about.

Whoever plays the umbrella adviser or decides is in judging.py.
"""

from dataclasses import asdict
from uuid import UUID

from resettle.applications import queries
from resettle.applications.acts import AddLine, Answer, Submit, TellOfUs, Withdraw, WritePart
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    Decision,
    GroupApplication,
    Side,
)
from resettle.core.errors import Blocked, Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import queries as groups
from resettle.sponsors import service as group_service
from resettle.sponsors.models import GroupChecklistItem, ItemStatus, MemberRole, SponsorGroup

BEGINNING = frozenset({"ENQUIRY", "PREPARING", "APPLICATION_DRAFT", "DECLINED"})
DRAFTING = "APPLICATION_DRAFT"
SUBMITTED = "SUBMITTED"
MORE_INFO = "MORE_INFO"
ASSESSING = "UNDER_ASSESSMENT"


def begin(uow: UnitOfWork, group_id: UUID) -> GroupApplication:
    """Begin an application, or the next one after a refusal: it takes over what was written.

    Raises Conflict where one is under way, or the group is past applying.
    """
    group = uow.get(SponsorGroup, group_id, to=Permission.APPLICATION_WRITE)
    last = queries.current(uow, group.id)
    if last is not None and last.decision is not Decision.DECLINED:
        raise Conflict("The group has an application already.")
    if group.status not in BEGINNING:
        raise Conflict("At this stage a group does not begin an application.")
    if group.status == "DECLINED":
        group_service.lead_on(uow, group.id, "ENQUIRY", by=Permission.APPLICATION_WRITE)
    application = uow.add(
        GroupApplication(
            group_id=group.id,
            round=last.round + 1 if last else 1,
            begun_on=uow.today,
            links=dict(last.links) if last else {},
            subject_line=last.subject_line if last else "",
        )
    )
    _open_parts(uow, application, last)
    _take_over_budget(uow, application, last)
    _follow(uow, application)
    return application


def _open_parts(
    uow: UnitOfWork, application: GroupApplication, last: GroupApplication | None
) -> None:
    before = {part.domain: part for part in queries.parts_of(uow, last.id)} if last else {}
    for domain in uow.use(ApplicationSettings).domains:
        part = ApplicationPart(
            group_id=application.group_id, application_id=application.id, domain=domain
        )
        if domain in before:
            part.text, part.led_by = before[domain].text, before[domain].led_by
        uow.session.add(part)
    uow.session.flush()


def _take_over_budget(
    uow: UnitOfWork, application: GroupApplication, last: GroupApplication | None
) -> None:
    for line in queries.lines_of(uow, last.id) if last else ():
        uow.session.add(
            ApplicationLine(
                group_id=application.group_id,
                application_id=application.id,
                side=line.side,
                category=line.category,
                dollars=line.dollars,
                note=line.note,
            )
        )
    uow.session.flush()


def tell(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: TellOfUs
) -> GroupApplication:
    """Say under which subject line it is sent, and who outside the group covers a skill."""
    application = _open(uow, group_id, application_id)
    if command.links is not None:
        known = uow.use(ApplicationSettings).skills
        if strange := sorted(set(command.links) - set(known)):
            raise Invalid({"links": [f"No such skill: {', '.join(strange)}."]})
        application.links = dict(command.links)
    if command.subject_line is not None:
        application.subject_line = command.subject_line
    _follow(uow, application)
    return application


def write_part(
    uow: UnitOfWork, group_id: UUID, part_id: UUID, command: WritePart
) -> ApplicationPart:
    """Write what the settlement plan says of one part of life."""
    part = uow.edit(ApplicationPart, part_id, to=Permission.APPLICATION_WRITE)
    application = _writable(uow, group_id, part.application_id)
    if command.led_by is not None and command.led_by not in set(MemberRole):
        raise Invalid({"led_by": ["Choose one of the roles in the group."]})
    part.text, part.led_by = command.text, command.led_by
    uow.session.flush()
    _follow(uow, application)
    return part


def add_line(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: AddLine
) -> ApplicationLine:
    """Put a line into the budget."""
    application = _writable(uow, group_id, application_id)
    settings = uow.use(ApplicationSettings)
    known = settings.income if command.side is Side.INCOME else settings.spending
    if command.category not in known:
        raise Invalid({"category": [f"Choose one of: {', '.join(known)}."]})
    line = uow.add(
        ApplicationLine(
            group_id=application.group_id, application_id=application.id, **asdict(command)
        )
    )
    _follow(uow, application)
    return line


def remove_line(uow: UnitOfWork, group_id: UUID, line_id: UUID) -> ApplicationLine:
    """Take a line out of the budget."""
    line = uow.edit(ApplicationLine, line_id, to=Permission.APPLICATION_WRITE)
    application = _writable(uow, group_id, line.application_id)
    uow.session.delete(line)
    uow.session.flush()
    _follow(uow, application)
    return line


def submit(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Submit
) -> GroupApplication:
    """Send the application. Raises Blocked with every sentence of what is missing."""
    application = _open(uow, group_id, application_id)
    group = uow.get(SponsorGroup, group_id, to=Permission.APPLICATION_WRITE)
    if not command.declared:
        raise Invalid({"declared": ["Say that what you send is true and complete."]})
    if lacks := queries.lacks(uow, group, application):
        told = {f"{lack.step}.{number}": lack.sentence for number, lack in enumerate(lacks, 1)}
        raise Blocked("The application cannot be sent yet.", told)
    application.submitted_on, application.submitted_by = uow.today, uow.actor.user_id
    uow.session.flush()
    _lead_to_submitted(uow, group)
    return application


def _lead_to_submitted(uow: UnitOfWork, group: SponsorGroup) -> None:
    """Go by way of drafting, where the programme has such a stage."""
    known = {stage.code for stage in groups.workflow_of(uow, group).steps}
    for stage in (DRAFTING, SUBMITTED):
        if stage in known:
            group_service.lead_on(uow, group.id, stage, by=Permission.APPLICATION_WRITE)


def answer(
    uow: UnitOfWork, group_id: UUID, question_id: UUID, command: Answer
) -> ApplicationQuestion:
    """Answer a question; with the last one the application goes back to whoever assesses it."""
    question = uow.edit(ApplicationQuestion, question_id, to=Permission.APPLICATION_WRITE)
    application = _of_group(uow, group_id, question.application_id)
    if question.answer is not None:
        raise Conflict("This question was answered already. What was written stays.")
    question.answer, question.answered_on = command.answer, uow.today
    question.answered_by = uow.actor.user_id
    uow.session.flush()
    group = uow.get(SponsorGroup, group_id, to=Permission.APPLICATION_WRITE)
    waiting = [q for q in queries.questions_of(uow, application.id) if q.answer is None]
    if group.status == MORE_INFO and not waiting:
        group_service.lead_on(uow, group_id, ASSESSING, by=Permission.APPLICATION_WRITE)
    return question


def withdraw(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: Withdraw
) -> GroupApplication:
    """Take the application back, and the group with it. Raises Conflict once it is decided."""
    application = uow.edit(GroupApplication, application_id, to=Permission.APPLICATION_WRITE)
    _check_group(application, group_id)
    if application.decision is not None:
        raise Conflict("The application is decided already.")
    application.decision, application.reasons = Decision.WITHDRAWN, command.reason
    application.decided_on, application.decided_by = uow.today, uow.actor.user_id
    uow.session.flush()
    group_service.leave_way(
        uow, group_id, "WITHDRAWN", command.reason, by=Permission.APPLICATION_WRITE
    )
    return application


def _open(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    """Fetch the application to change it, at the version that was seen."""
    application = uow.edit(GroupApplication, application_id, to=Permission.APPLICATION_WRITE)
    return _check_open(application, group_id)


def _writable(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    """Fetch the application in which a part or a line is changed."""
    application = uow.get(GroupApplication, application_id, to=Permission.APPLICATION_WRITE)
    return _check_open(application, group_id)


def _check_open(application: GroupApplication, group_id: UUID) -> GroupApplication:
    _check_group(application, group_id)
    if not application.is_open:
        raise Conflict("The application was sent. Nothing in it is changed any more.")
    return application


def _of_group(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    application = uow.get(GroupApplication, application_id, to=Permission.APPLICATION_WRITE)
    return _check_group(application, group_id)


def _check_group(application: GroupApplication, group_id: UUID) -> GroupApplication:
    if application.group_id != group_id:
        raise NotFound("The group has no such application.")
    return application


def _follow(uow: UnitOfWork, application: GroupApplication) -> None:
    """Let the items of the checklist that the application itself shows follow it."""
    plan = not list(queries.plan_lacks(uow, application))
    budget = not list(queries.budget_lacks(uow, application))
    shown = {
        "settlement_plan": plan,
        "budget": budget,
        "subject_line": bool(application.subject_line.strip()),
    }
    query = uow.select(GroupChecklistItem).where(
        GroupChecklistItem.group_id == application.group_id,
        GroupChecklistItem.item_code.in_(shown),
    )
    for item in uow.all(query):
        met = shown[item.item_code]
        item.status = ItemStatus.MET if met else ItemStatus.OPEN
        item.done_on = (item.done_on or uow.today) if met else None
