"""Pages on which a group writes its application, step by step."""

from typing import Any
from uuid import UUID

from resettle.applications import queries, schemas, service, shapes, views
from resettle.applications.acts import TellOfUs
from resettle.applications.definition import ApplicationSettings
from resettle.applications.form_schemas import TellFormSchema
from resettle.applications.models import ApplicationPart, ApplicationQuestion, Side
from resettle.core.permissions import Permission
from resettle.core.wording import plain, within
from resettle.core.work import UnitOfWork
from resettle.sponsors import queries as groups
from resettle.sponsors.models import MemberRole
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("applications", __name__, url_prefix="/sponsor-groups", template_folder="templates")
HOME = "/<uuid:group_id>/application"
WRITE = Permission.APPLICATION_WRITE
Shown = dict[str, Any]
ROLES = [(role.value, plain(role.value)) for role in MemberRole]


@pages.page(HOME, permission=Permission.APPLICATION_READ, template="applications/application.html")
def show(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Show an application step by step, and what is still missing."""
    return views.overview(uow, group_id)


@pages.button(HOME + "/begin", permission=WRITE)
def begin(uow: UnitOfWork, group_id: UUID) -> Led:
    """Begin an application, or the next one after a refusal."""
    service.begin(uow, group_id)
    return _back(group_id, "The application is begun. Take the steps in any order.")


@pages.form(
    HOME + "/links", permission=WRITE, schema=TellFormSchema(), template="applications/links.html"
)
def links(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Give the subject line, and who outside the group covers a skill."""
    application, shown = views.framed(uow, group_id, WRITE)
    if form.command:
        told = TellOfUs(form.command.subject_line, form.command.links)
        service.tell(uow, group_id, application.id, told)
        return _back(group_id, "Saved.")
    members = groups.live_members_of(uow, group_id)
    had = {skill for member in members for skill in member.skills}
    skills = uow.use(ApplicationSettings).skills
    return {**shown, "skills": [(s, plain(s), s in had) for s in skills]}


@pages.form(
    HOME + "/plan/<uuid:part_id>",
    permission=WRITE,
    schema=schemas.WritePartSchema(),
    template="applications/part.html",
)
def write_part(uow: UnitOfWork, form: Form, group_id: UUID, part_id: UUID) -> Shown | Led:
    """Write a part of the settlement plan."""
    if form.command:
        service.write_part(uow, group_id, part_id, form.command)
        return _back(group_id, "This part of the plan is saved.")
    _, shown = views.framed(uow, group_id, WRITE)
    part = uow.get(ApplicationPart, part_id, to=WRITE)
    return {
        **shown,
        "part": shapes.PartShape().one(uow, part),
        "title": uow.use(ApplicationSettings).domains[part.domain],
        "roles": ROLES,
    }


@pages.form(
    HOME + "/budget",
    permission=WRITE,
    schema=schemas.AddLineSchema(),
    template="applications/budget.html",
)
def budget(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Put a line into the budget, and see what is left."""
    application, shown = views.budgeted(uow, group_id)
    if form.command:
        service.add_line(uow, group_id, application.id, form.command)
        return Go("applications.budget", message="The line is added.", group_id=group_id)
    settings = uow.use(ApplicationSettings)
    return {
        **shown,
        "sides": [(Side.INCOME.value, "Money that comes in"), (Side.SPENDING.value, "Spending")],
        "categories": [*settings.income.items(), *settings.spending.items()],
    }


@pages.button(HOME + "/budget/<uuid:line_id>/removal", permission=WRITE)
def remove_line(uow: UnitOfWork, group_id: UUID, line_id: UUID) -> Led:
    """Take a line out of the budget."""
    line = service.remove_line(uow, group_id, line_id)
    message = f"Taken out: {line.dollars} dollars for {within(line.category)}."
    return Go("applications.budget", message=message, group_id=group_id)


@pages.form(
    HOME + "/submission",
    permission=WRITE,
    schema=schemas.SubmitSchema(),
    template="applications/submission.html",
)
def submit(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Look at what is sent, and send it."""
    application, shown = views.framed(uow, group_id, WRITE)
    if form.command:
        service.submit(uow, group_id, application.id, form.command)
        return _back(group_id, "The application is sent. You will see here what becomes of it.")
    group, _ = views.frame(uow, group_id, WRITE)
    return {**shown, "lacks": queries.lacks(uow, group, application)}


@pages.form(
    HOME + "/questions/<uuid:question_id>/answer",
    permission=WRITE,
    schema=schemas.AnswerSchema(),
    template="applications/answer.html",
)
def answer(uow: UnitOfWork, form: Form, group_id: UUID, question_id: UUID) -> Shown | Led:
    """Answer a question."""
    if form.command:
        service.answer(uow, group_id, question_id, form.command)
        return _back(group_id, "The answer is sent.")
    _, shown = views.framed(uow, group_id, WRITE)
    question = uow.get(ApplicationQuestion, question_id, to=WRITE)
    return {**shown, "question": shapes.QuestionShape().one(uow, question)}


@pages.form(
    HOME + "/withdrawal",
    permission=WRITE,
    schema=schemas.WithdrawSchema(),
    template="applications/withdrawal.html",
)
def withdraw(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Take the application back."""
    application, shown = views.framed(uow, group_id, WRITE)
    if form.command:
        service.withdraw(uow, group_id, application.id, form.command)
        return _back(group_id, "The application is withdrawn.")
    return shown


def _back(group_id: UUID, message: str) -> Led:
    return Go("applications.show", message=message, group_id=group_id)
