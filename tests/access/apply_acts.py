"""Each act on a group's application with a body that a person would send."""

from collections.abc import Mapping

from resettle.applications import queries
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import (
    ApplicationLine,
    ApplicationQuestion,
    ApplicationScore,
    Decision,
    GroupApplication,
    Side,
)
from resettle.core.work import UnitOfWork
from resettle.sponsors import queries as groups
from resettle.sponsors.models import (
    ItemStatus,
    SponsorGroup,
    SponsorMember,
    Training,
    TrainingModule,
)
from tests.access import arranged
from tests.access.acts import EARLIER, LATER, TODAY, Act, sends
from tests.access.arranged import Asking
from tests.functional import bodies


def _application(uow: UnitOfWork, asking: Asking, stage: str) -> GroupApplication:
    group = uow.find(SponsorGroup, asking.ids["group_id"])
    application = queries.current(uow, asking.ids["group_id"])
    assert group is not None
    assert application is not None
    group.status = stage
    return application


def declined(uow: UnitOfWork, asking: Asking) -> None:
    _application(uow, asking, "DECLINED").decision = Decision.DECLINED


def unanswered(uow: UnitOfWork, asking: Asking) -> None:
    question = uow.find(ApplicationQuestion, asking.ids["question_id"])
    assert question is not None
    question.answer = None


def sent(uow: UnitOfWork, asking: Asking) -> None:
    """Let the application be sent, and scored in full by somebody else."""
    application = _application(uow, asking, "UNDER_ASSESSMENT")
    application.submitted_on = uow.today
    [given] = queries.scores_of(uow, application.id)
    for code in uow.use(ApplicationSettings).codes:
        if code != given.criterion:
            told = {"criterion": code, "score": 4, "reason": "Good", "group_id": given.group_id}
            whose = {"application_id": application.id, "assessor_id": given.assessor_id}
            uow.session.add(ApplicationScore(**told, **whose))


def whole(uow: UnitOfWork, asking: Asking) -> None:
    """Let nothing be missing any more, so that the application can be sent."""
    application = _application(uow, asking, "APPLICATION_DRAFT")
    about = {"group_id": application.group_id, "application_id": application.id}
    income = ApplicationLine(**about, side=Side.INCOME, category="savings", dollars=9000)
    uow.session.add(income)
    application.links = dict.fromkeys(uow.use(ApplicationSettings).skills, "The club")
    application.discussed_on = uow.today
    for item in groups.checklist_of(uow, application.group_id):
        item.status = ItemStatus.MET
    for member in groups.live_members_of(uow, application.group_id):
        _trusted(uow, member)


def _trusted(uow: UnitOfWork, member: SponsorMember) -> None:
    member.vetted_until = uow.today.replace(year=uow.today.year + 1)
    course = Training(
        group_id=member.group_id,
        member_id=member.id,
        module=TrainingModule.CHILD_PROTECTION,
        completed_on=uow.today,
    )
    uow.session.add(course)


GROUP = "/sponsor-groups/<uuid:group_id>"
API = f"/api{GROUP}/applications"
ONE = f"{API}/<uuid:application_id>"
HOME = f"{GROUP}/application"
EVIDENCE = f"{GROUP}/evidence"
MEMBER = "/sponsor-groups/members/<uuid:member_id>"
DEED = f"{GROUP}/deeds/<uuid:deed_id>"

PAPER = {"kind": "accounts", "nothing_of_police": "true"}
LINE = sends(side="spending", category="food", dollars=100)
TALK = sends(discussed_on=TODAY, discussion="The plan is good")
SENDING = Act(lambda _: {"declared": "true"}, whole)
ASKING = Act(lambda _: {"question": "Who drives?"}, sent)
ANSWER = Act(lambda _: {"answer": "Two of us"}, unanswered)
SCORE = {"criterion": "funds", "score": 4, "reason": "The accounts are sound"}
REFUSAL = Act(lambda _: {"reasons": "Too few", "feedback": "Find two more"}, sent)
APPROVAL = {
    "max_persons": 400,
    "max_households": 90,
    "routes": ["NOMINATED"],
    "expires_on": LATER,
    "reasons": "Ready",
}
WITHDRAWAL = sends(reason="We are too few")

APPLY_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", API): Act(before=declined),
    ("PATCH", ONE): sends(subject_line="An application to sponsor"),
    ("PATCH", f"{API}/plan/<uuid:part_id>"): sends(text="We rent a house"),
    ("POST", f"{ONE}/budget"): LINE,
    ("DELETE", f"{API}/budget/<uuid:line_id>"): Act(),
    ("POST", f"{ONE}/discussion"): TALK,
    ("POST", f"{ONE}/submission"): Act(lambda _: {"declared": True}, whole),
    ("POST", f"{ONE}/withdrawal"): WITHDRAWAL,
    ("POST", f"{ONE}/questions"): ASKING,
    ("POST", f"{API}/questions/<uuid:question_id>/answer"): ANSWER,
    ("POST", f"{ONE}/scores"): Act(lambda _: SCORE, sent),
    ("POST", f"{ONE}/approval"): Act(lambda _: APPROVAL, sent),
    ("POST", f"{ONE}/refusal"): REFUSAL,
    ("POST", f"/api{EVIDENCE}"): Act(lambda _: PAPER, files=bodies.picture),
    ("DELETE", f"/api{EVIDENCE}/<uuid:evidence_id>"): Act(),
    ("POST", f"{EVIDENCE}/new"): Act(lambda _: PAPER, files=bodies.picture),
    ("POST", f"{EVIDENCE}/<uuid:evidence_id>/removal"): Act(),
    ("POST", f"{HOME}/begin"): Act(before=declined),
    ("POST", f"{HOME}/links"): sends(subject_line="An application to sponsor"),
    ("POST", f"{HOME}/plan/<uuid:part_id>"): sends(text="We rent a house"),
    ("POST", f"{HOME}/budget"): LINE,
    ("POST", f"{HOME}/budget/<uuid:line_id>/removal"): Act(),
    ("POST", f"{HOME}/submission"): SENDING,
    ("POST", f"{HOME}/withdrawal"): WITHDRAWAL,
    ("POST", f"{HOME}/questions/new"): ASKING,
    ("POST", f"{HOME}/questions/<uuid:question_id>/answer"): ANSWER,
    ("POST", f"{HOME}/discussion"): TALK,
    ("POST", f"{HOME}/scores/new"): Act(lambda _: SCORE, sent),
    ("POST", f"{HOME}/approval"): Act(lambda _: APPROVAL, sent),
    ("POST", f"{HOME}/refusal"): REFUSAL,
    ("POST", f"{MEMBER}/profile"): sends(skills="transport"),
    ("POST", f"{MEMBER}/trainings/new"): sends(module="culture", completed_on=EARLIER),
    ("POST", f"{GROUP}/papers/<uuid:item_id>"): sends(status="met", evidence="On file"),
    ("POST", f"{GROUP}/deeds/new"): sends(
        signed_on=EARLIER, effective_from=EARLIER, report_days="REP-014: 14"
    ),
    ("POST", f"{DEED}/revision"): sends(report_days="REP-014: 21"),
    ("POST", f"{DEED}/termination"): sends(terminated_on=TODAY),
    ("POST", f"{GROUP}/moves/new"): sends(
        to="SUSPENDED", reason="A complaint is looked into", confirmed="true"
    ),
    ("POST", f"{GROUP}/steps/new"): sends(fact="concern.closed", done_on=EARLIER),
    ("POST", f"{MEMBER}/child-transport"): Act(before=arranged.confirmed),
    ("POST", f"{MEMBER}/child-transport/ending"): Act(before=arranged.drives),
}
