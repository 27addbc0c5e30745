"""What the pages of an application show, as dumped shapes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.applications import judging, queries, shapes
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import GroupApplication
from resettle.applications.rules import Step
from resettle.core.errors import NotFound
from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.programmes.workflow import Workflow
from resettle.sponsors import facts as group_facts
from resettle.sponsors import queries as groups
from resettle.sponsors import shapes as group_shapes
from resettle.sponsors.models import SponsorGroup

Shown = dict[str, Any]
READY = "READY"
AFTER = frozenset({"APPROVED", "DEED_SIGNED", "TRAINING", "IN_PRINCIPLE"})
STEPS = {
    Step.MEMBERS: "Members, and what they can do",
    Step.PAPERS: "Papers",
    Step.PLAN: "Settlement plan",
    Step.BUDGET: "Budget",
    Step.TALK: "Talk with your adviser",
}


def frame(uow: UnitOfWork, group_id: UUID, to: Permission) -> tuple[SponsorGroup, Shown]:
    """Fetch the group of a page, and what stands at the head of it."""
    group = uow.get(SponsorGroup, group_id, to=to)
    shown = {
        "group": group_shapes.GroupShape().one(uow, group),
        "stage": groups.workflow_of(uow, group).stage(group.status).title,
    }
    return group, shown


def application_of(uow: UnitOfWork, group_id: UUID) -> GroupApplication:
    """Give the application that counts. Raises NotFound where none was begun."""
    found = queries.current(uow, group_id)
    if found is None:
        raise NotFound("The group has not begun an application.")
    return found


def framed(uow: UnitOfWork, group_id: UUID, to: Permission) -> tuple[GroupApplication, Shown]:
    """Fetch the application that counts, and what stands at the head of its pages."""
    _, shown = frame(uow, group_id, to)
    application = application_of(uow, group_id)
    return application, {**shown, "application": shapes.ApplicationShape().one(uow, application)}


def overview(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Tell the whole of an application, step by step, with what is missing at each."""
    group, shown = frame(uow, group_id, Permission.APPLICATION_READ)
    found = queries.all_of(uow, group.id)
    shown |= {
        "may_write": uow.allows(Permission.APPLICATION_WRITE, group),
        "may_assess": uow.allows(Permission.APPLICATION_ASSESS, group),
        "attempts": shapes.ApplicationShape().many_of(uow, found[1:]),
        "ready": _ready(uow, group),
    }
    if not found:
        return {**shown, "application": None}
    return shown | _current(uow, group, found[0])


def _current(uow: UnitOfWork, group: SponsorGroup, application: GroupApplication) -> Shown:
    settings = uow.use(ApplicationSettings)
    lacks = queries.lacks(uow, group, application) if application.is_open else []
    questions = queries.questions_of(uow, application.id)
    return {
        "application": shapes.ApplicationShape().one(uow, application),
        "steps": [
            {
                "code": step.value,
                "title": title,
                "lacks": [lack.sentence for lack in lacks if lack.step is step],
            }
            for step, title in STEPS.items()
        ],
        "open_lacks": len(lacks),
        "members": _members(uow, group),
        "uncovered": [plain(s) for s in queries.uncovered(uow, group, application)],
        "papers": _papers(uow, group),
        "plan": plan(uow, application),
        "domains": settings.domains,
        "questions": shapes.QuestionShape().many_of(uow, questions),
        "waiting": sum(q.answer is None for q in questions),
        **_budget(uow, application),
    }


def _members(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    found = groups.live_members_of(uow, group.id)
    shown = group_shapes.MemberShape().many_of(uow, found)
    trained: dict[Any, list[str]] = {}
    for training in groups.trainings_of(uow, group.id):
        trained.setdefault(training.member_id, []).append(plain(training.module))
    return [
        {
            **row,
            "state": plain(member.status),
            "trained": trained.get(member.id, []),
            "speaks": [language(code) for code in row["languages"]],
        }
        for row, member in zip(shown, found, strict=True)
    ]


def _papers(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    titles = queries.paper_titles(uow, group)
    found = queries.papers_of(uow, group.id)
    shown = group_shapes.ChecklistItemShape().many_of(uow, found)
    return [{**row, "title": titles[row["item_code"]]} for row in shown]


def plan(uow: UnitOfWork, application: GroupApplication) -> Sequence[Shown]:
    return shapes.PartShape().many_of(uow, queries.parts_of(uow, application.id))


def budgeted(uow: UnitOfWork, group_id: UUID) -> tuple[GroupApplication, Shown]:
    """Fetch the application whose budget is written, with its lines and sums."""
    application, shown = framed(uow, group_id, Permission.APPLICATION_WRITE)
    return application, {**shown, **_budget(uow, application)}


def _budget(uow: UnitOfWork, application: GroupApplication) -> Shown:
    """Show the lines by side, with their sums and what is left."""
    settings = uow.use(ApplicationSettings)
    titles = {**settings.income, **settings.spending}
    rows = shapes.LineShape().many_of(uow, queries.lines_of(uow, application.id))
    return {
        "lines": [{**row, "title": titles[row["category"]]} for row in rows],
        "budget": queries.budget_of(uow, application.id),
    }


def _ready(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    """Tell what a group needs before its first household, once it is approved."""
    if group.status not in AFTER:
        return []
    needs = _needs_of_ready(groups.workflow_of(uow, group))
    holding = group_facts.holding(uow, group, needs)
    return [{"holds": fact in holding, "sentence": fact.missing} for fact in needs]


def _needs_of_ready(workflow: Workflow) -> Sequence[Any]:
    moves = (move for stage in workflow.steps for move in stage.moves)
    return next((move.needs for move in moves if move.target == READY), ())


def assessment(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Tell the panel's scores by criterion, the mean first, and where they are far apart."""
    application, shown = framed(uow, group_id, Permission.APPLICATION_ASSESS)
    criteria = {c.code: c for c in uow.use(ApplicationSettings).criteria}
    scores = shapes.ScoreShape().many_of(uow, queries.scores_of(uow, application.id))
    rows = [
        {
            "code": tally.criterion,
            "title": criteria[tally.criterion].title,
            "question": criteria[tally.criterion].question,
            "tally": tally,
            "scores": [row for row in scores if row["criterion"] == tally.criterion],
        }
        for tally in queries.tallies_of(uow, application.id)
    ]
    advised = judging.has_advised(uow, application)
    return {**shown, "criteria": rows, "advised": advised}
