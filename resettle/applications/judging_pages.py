"""Pages of whoever advises a group and of whoever decides on its application."""

from typing import Any
from uuid import UUID

from resettle.applications import judging, schemas, views
from resettle.applications.definition import ApplicationSettings
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import queries as groups
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("judging", __name__, url_prefix="/sponsor-groups", template_folder="templates")
HOME = "/<uuid:group_id>/application"
ASSESS = Permission.APPLICATION_ASSESS
Shown = dict[str, Any]


@pages.page(HOME + "/assessment", permission=ASSESS, template="applications/assessment.html")
def assessment(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Show what the panel thinks, criterion by criterion."""
    return views.assessment(uow, group_id)


@pages.form(
    HOME + "/discussion",
    permission=ASSESS,
    schema=schemas.RecordTalkSchema(),
    template="applications/discussion.html",
)
def discussion(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record that plan and budget were talked over with the group."""
    application, shown = views.framed(uow, group_id, ASSESS)
    if form.command:
        judging.record_talk(uow, group_id, application.id, form.command)
        return Go("applications.show", message="The talk is recorded.", group_id=group_id)
    return shown


@pages.form(
    HOME + "/questions/new",
    permission=ASSESS,
    schema=schemas.AskSchema(),
    template="applications/question.html",
)
def ask(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Put a question to the group."""
    application, shown = views.framed(uow, group_id, ASSESS)
    if form.command:
        judging.ask(uow, group_id, application.id, form.command)
        return _back(group_id, "The question is asked.")
    return shown


@pages.form(
    HOME + "/scores/new",
    permission=ASSESS,
    schema=schemas.GiveScoreSchema(),
    template="applications/score.html",
)
def score(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Score a criterion, with the reason."""
    application, shown = views.framed(uow, group_id, ASSESS)
    if form.command:
        judging.score(uow, group_id, application.id, form.command)
        return _back(group_id, "Your score is recorded.")
    settings = uow.use(ApplicationSettings)
    return {
        **shown,
        "criteria": [(c.code, c.title, c.question) for c in settings.criteria],
        "scores": [(n, n) for n in range(1, settings.highest + 1)],
    }


@pages.form(
    HOME + "/approval",
    permission=ASSESS,
    schema=schemas.ApproveSchema(),
    template="applications/approval.html",
)
def approve(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Approve the group, for how many and until when."""
    application, shown = views.framed(uow, group_id, ASSESS)
    if form.command:
        judging.approve(uow, group_id, application.id, form.command)
        return Go("applications.show", message="The group is approved.", group_id=group_id)
    group, _ = views.frame(uow, group_id, ASSESS)
    routes = groups.programme_of(uow, group).routes.codes
    return {**shown, "routes": [(code, code.replace("_", " ").capitalize()) for code in routes]}


@pages.form(
    HOME + "/refusal",
    permission=ASSESS,
    schema=schemas.DeclineSchema(),
    template="applications/refusal.html",
)
def decline(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Decline the application, with reasons and feedback."""
    application, shown = views.framed(uow, group_id, ASSESS)
    if form.command:
        judging.decline(uow, group_id, application.id, form.command)
        return Go("applications.show", message="The application is declined.", group_id=group_id)
    return shown


def _back(group_id: UUID, message: str) -> Led:
    return Go("judging.assessment", message=message, group_id=group_id)
