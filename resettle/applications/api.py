"""Applications over JSON, under /api/sponsor-groups/<group>/applications."""

from collections.abc import Sequence
from uuid import UUID

from resettle.applications import acts, judging, looks, schemas, service, shapes
from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    ApplicationScore,
    GroupApplication,
)
from resettle.applications.rules import Lack
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api(
    "applications_api", __name__, url_prefix="/api/sponsor-groups/<uuid:group_id>/applications"
)
ONE = "/<uuid:application_id>"
READ, WRITE = Permission.APPLICATION_READ, Permission.APPLICATION_WRITE
ASSESS = Permission.APPLICATION_ASSESS


@api.reads("", permission=READ, returns=shapes.ApplicationShape(), many=True)
def index(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupApplication]:
    """Show the attempts of a group, the newest first."""
    return looks.attempts(uow, group_id)


@api.does("POST", "", permission=WRITE, returns=shapes.ApplicationShape(), status=201)
def begin(uow: UnitOfWork, group_id: UUID) -> GroupApplication:
    """Begin an application, or the next one after a refusal."""
    return service.begin(uow, group_id)


@api.reads(ONE, permission=READ, returns=shapes.ApplicationShape())
def show(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> GroupApplication:
    """Show an application."""
    return looks.one(uow, group_id, application_id)


@api.does(
    "PATCH",
    ONE,
    permission=WRITE,
    body=schemas.TellOfUsSchema(),
    returns=shapes.ApplicationShape(),
)
def tell(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.TellOfUs
) -> GroupApplication:
    """Give the subject line, and who outside the group covers a skill."""
    return service.tell(uow, group_id, application_id, command)


@api.reads(ONE + "/lacks", permission=READ, returns=shapes.LackShape(), many=True)
def lacks(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[Lack]:
    """Say what is still missing."""
    return looks.lacks(uow, group_id, application_id)


@api.reads(ONE + "/plan", permission=READ, returns=shapes.PartShape(), many=True)
def plan(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationPart]:
    """Show the settlement plan, part by part."""
    return looks.plan(uow, group_id, application_id)


@api.does(
    "PATCH",
    "/plan/<uuid:part_id>",
    permission=WRITE,
    body=schemas.WritePartSchema(),
    returns=shapes.PartShape(),
)
def write_part(
    uow: UnitOfWork, group_id: UUID, part_id: UUID, command: acts.WritePart
) -> ApplicationPart:
    """Write a part of the settlement plan."""
    return service.write_part(uow, group_id, part_id, command)


@api.reads(ONE + "/budget", permission=READ, returns=shapes.LineShape(), many=True)
def budget(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationLine]:
    """Show the lines of the budget."""
    return looks.budget(uow, group_id, application_id)


@api.does(
    "POST",
    ONE + "/budget",
    permission=WRITE,
    body=schemas.AddLineSchema(),
    returns=shapes.LineShape(),
    status=201,
)
def add_line(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.AddLine
) -> ApplicationLine:
    """Put a line into the budget."""
    return service.add_line(uow, group_id, application_id, command)


@api.does("DELETE", "/budget/<uuid:line_id>", permission=WRITE)
def remove_line(uow: UnitOfWork, group_id: UUID, line_id: UUID) -> None:
    """Take a line out of the budget."""
    service.remove_line(uow, group_id, line_id)


@api.does(
    "POST",
    ONE + "/discussion",
    permission=ASSESS,
    body=schemas.RecordTalkSchema(),
    returns=shapes.ApplicationShape(),
)
def discussion(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.RecordTalk
) -> GroupApplication:
    """Record that plan and budget were talked over with the adviser."""
    return judging.record_talk(uow, group_id, application_id, command)


@api.does(
    "POST",
    ONE + "/submission",
    permission=WRITE,
    body=schemas.SubmitSchema(),
    returns=shapes.ApplicationShape(),
)
def submit(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Submit
) -> GroupApplication:
    """Send the application."""
    return service.submit(uow, group_id, application_id, command)


@api.does(
    "POST",
    ONE + "/withdrawal",
    permission=WRITE,
    body=schemas.WithdrawSchema(),
    returns=shapes.ApplicationShape(),
)
def withdraw(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Withdraw
) -> GroupApplication:
    """Take the application back."""
    return service.withdraw(uow, group_id, application_id, command)


@api.reads(ONE + "/questions", permission=READ, returns=shapes.QuestionShape(), many=True)
def questions(
    uow: UnitOfWork, group_id: UUID, application_id: UUID
) -> Sequence[ApplicationQuestion]:
    """Show what was asked and answered."""
    return looks.questions(uow, group_id, application_id)


@api.does(
    "POST",
    ONE + "/questions",
    permission=ASSESS,
    body=schemas.AskSchema(),
    returns=shapes.QuestionShape(),
    status=201,
)
def ask(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Ask
) -> ApplicationQuestion:
    """Put a question to the group."""
    return judging.ask(uow, group_id, application_id, command)


@api.does(
    "POST",
    "/questions/<uuid:question_id>/answer",
    permission=WRITE,
    body=schemas.AnswerSchema(),
    returns=shapes.QuestionShape(),
)
def answer(
    uow: UnitOfWork, group_id: UUID, question_id: UUID, command: acts.Answer
) -> ApplicationQuestion:
    """Answer a question."""
    return service.answer(uow, group_id, question_id, command)


@api.reads(ONE + "/scores", permission=ASSESS, returns=shapes.ScoreShape(), many=True)
def scores(uow: UnitOfWork, group_id: UUID, application_id: UUID) -> Sequence[ApplicationScore]:
    """Show the scores of the panel."""
    return looks.scores(uow, group_id, application_id)


@api.does(
    "POST",
    ONE + "/scores",
    permission=ASSESS,
    body=schemas.GiveScoreSchema(),
    returns=shapes.ScoreShape(),
)
def score(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Score
) -> ApplicationScore:
    """Score a criterion, with the reason."""
    return judging.score(uow, group_id, application_id, command)


@api.does(
    "POST",
    ONE + "/approval",
    permission=ASSESS,
    body=schemas.ApproveSchema(),
    returns=shapes.ApplicationShape(),
)
def approve(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Approve
) -> GroupApplication:
    """Approve the group."""
    return judging.approve(uow, group_id, application_id, command)


@api.does(
    "POST",
    ONE + "/refusal",
    permission=ASSESS,
    body=schemas.DeclineSchema(),
    returns=shapes.ApplicationShape(),
)
def decline(
    uow: UnitOfWork, group_id: UUID, application_id: UUID, command: acts.Decline
) -> GroupApplication:
    """Decline the application, with reasons and feedback."""
    return judging.decline(uow, group_id, application_id, command)
