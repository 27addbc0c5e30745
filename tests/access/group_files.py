"""What lies in the files of sponsor groups and of imports, each text a canary."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.accounts.models import UserAccount
from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    ApplicationScore,
    GroupApplication,
    Side,
)
from resettle.core.work import UnitOfWork
from resettle.evidence.models import Evidence
from resettle.evidence.rules import Kind
from resettle.households.models import Household
from resettle.interchange.models import (
    CheckedUpload,
    ImportBatch,
    ImportedCase,
    ImportedPerson,
)
from resettle.placements.models import (
    AnswerMethod,
    Sponsorship,
    SponsorshipAnswer,
    SponsorshipStatus,
)
from resettle.programmes.catalogue import Catalogue
from resettle.sponsors.models import (
    Deed,
    GroupChecklistItem,
    GroupMove,
    GroupStep,
    ReportDue,
    SponsorGroup,
    SponsorMember,
    Training,
    TrainingModule,
    Vetting,
    VettingOutcome,
)
from tests import groups
from tests.access.canaries import Canaries
from tests.access.files import DAY, Ids

Status_ = SponsorshipStatus


def of_group(uow: UnitOfWork, canaries: Canaries, name: str, group: SponsorGroup) -> Ids:
    owner = f"group:{name}"
    canaries.fill(group, owner)
    rows = [
        GroupMove(
            group_id=group.id,
            from_status="TRAINING",
            to_status="READY",
            moved_on=DAY,
            moved_at=uow.now,
        ),
        GroupStep(group_id=group.id, fact="group.approved", done_on=DAY, recorded_at=uow.now),
    ]
    item = GroupChecklistItem(
        group_id=group.id, list_code="sponsor_prerequisites", item_code=_first_item(uow, group)
    )
    for row in [*rows, item]:
        uow.add(canaries.fill(row, owner))
    return {"item_id": item.id}


def _first_item(uow: UnitOfWork, group: SponsorGroup) -> str:
    programme = uow.use(Catalogue).get(group.programme_code, group.programme_version)
    listed = programme.checklist("sponsor_prerequisites").items
    code: str = next(item.code for item in listed if item.per != "member")
    return code


def trained(uow: UnitOfWork, canaries: Canaries, name: str, member: SponsorMember) -> None:
    about = {"group_id": member.group_id, "member_id": member.id}
    training = Training(**about, module=TrainingModule.OTHER, completed_on=DAY)
    uow.add(canaries.fill(training, f"group:{name}"))
    uow.add(
        Vetting(
            **about,
            requested_on=DAY,
            agreed_on=DAY,
            outcome=VettingOutcome.CLEAR,
            decided_on=DAY,
            expires_on=member.vetted_until,
        )
    )


def matched(
    uow: UnitOfWork,
    canaries: Canaries,
    name: str,
    household: Household,
    group_id: UUID,
    status: SponsorshipStatus,
) -> Sponsorship:
    group = uow.find(SponsorGroup, group_id)
    assert group is not None
    match = groups.a_match(uow, group, household, status=status)
    if status in {Status_.ENDED, Status_.DECLINED}:
        match.ended_on = DAY
    deed = uow.first(uow.select(Deed).where(Deed.group_id == group_id))
    assert deed is not None
    match.deed_id = deed.id
    uow.add(
        ReportDue(
            group_id=group_id,
            household_id=household.id,
            deed_id=deed.id,
            code="REP-014",
            due_on=DAY,
        )
    )
    canaries.fill(match, name)
    return match


def answered(
    uow: UnitOfWork, canaries: Canaries, name: str, match: Sponsorship, people: dict[str, Ids]
) -> Ids:
    for who in ("first", "spouse"):
        answer = SponsorshipAnswer(
            sponsorship_id=match.id,
            household_id=match.household_id,
            person_id=people[who]["person_id"],
            agrees=True,
            method=AnswerMethod.SIGNED_FORM,
            answered_on=DAY,
        )
        uow.add(canaries.fill(answer, name, who))
    return {}


def imported(uow: UnitOfWork, canaries: Canaries, user: str, made: Any) -> None:
    """Let a caseworker have imported a file, and have another one waiting."""
    user_id = made.users[user]["user_id"]
    name = "main" if user == "caseworker" else "strange"
    ids = made.households[name]
    batch = uow.add(
        ImportBatch(
            sha256=user,
            form_version="4.1",
            code_system="v4.1",
            programme_code="rqp",
            programme_version=3,
            imported_by=user_id,
            imported_at=uow.now,
            case_count=1,
            person_count=1,
            notice_count=0,
            warning_count=0,
        )
    )
    case = ImportedCase(
        batch_id=batch.id,
        case_id=ids[""]["case_id"],
        household_id=ids[""]["household_id"],
        position=0,
    )
    person = ImportedPerson(
        batch_id=batch.id,
        person_id=ids["first"]["person_id"],
        household_id=ids[""]["household_id"],
    )
    uow.add(canaries.fill(case, name))
    uow.add(canaries.fill(person, name, "first"))
    waiting = CheckedUpload(
        user_id=user_id, checked_at=uow.now, expires_at=uow.now + timedelta(hours=1)
    )
    waiting.report = b'{"errors": [], "warnings": [], "cases": []}'
    uow.add(canaries.fill(waiting, f"user:{user}", keep=("report",)))
    made.users[user] |= {"batch_id": batch.id, "upload_id": waiting.id}


def applied(uow: UnitOfWork, canaries: Canaries, name: str, group: SponsorGroup) -> Ids:
    """Plant an application that is being written, with all that may stand in one."""
    owner = f"group:{name}"
    about = {"group_id": group.id}
    application = GroupApplication(**about, round=1, begun_on=DAY)
    uow.add(canaries.fill(application, owner))
    about["application_id"] = application.id
    part = ApplicationPart(**about, domain="HOU")
    line = ApplicationLine(**about, side=Side.SPENDING, category="food", dollars=900)
    question = ApplicationQuestion(**about, asked_on=DAY)
    manager = uow.first(uow.select(UserAccount).where(UserAccount.name == "programme-manager"))
    assert manager is not None
    score = ApplicationScore(**about, criterion="funds", assessor_id=manager.id, score=4)
    paper = Evidence(**about, kind=Kind.ACCOUNTS, media_type="application/pdf", size=32)
    for row in (part, line, question, score, paper):
        uow.add(canaries.fill(row, owner))
    return {
        "evidence_id": paper.id,
        "application_id": application.id,
        "part_id": part.id,
        "line_id": line.id,
        "question_id": question.id,
    }
