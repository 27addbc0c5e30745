"""What must be so before an act can succeed. It is taken back with the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from resettle.accounts import service as accounts
from resettle.accounts.models import CalendarFeed, UserAccount
from resettle.accounts.service import Deactivate
from resettle.appointments.models import Appointment, Outcome
from resettle.cases import service as cases
from resettle.cases.acts import HoldCase
from resettle.cases.models import Assignment, AssignmentKind
from resettle.complaints.models import Complaint, ComplaintStatus
from resettle.core.work import UnitOfWork
from resettle.documents.models import Document
from resettle.duplicates.models import DuplicateCandidate, MergeStatus, PersonMerge
from resettle.households.models import Household
from resettle.interchange.models import CheckedUpload
from resettle.matching.models import Allocation, Ruling
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.proposals.models import PlaceDecision
from resettle.sponsors.models import SponsorMember
from resettle.tasks.models import Task, TaskStatus
from tests import world
from tests.access.files import DAY
from tests.functional import case_files

Ids = Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who acts, on whose things, and the ids of everybody whom a body may name."""

    principal: str
    relation: str
    ids: Ids
    spouse: Ids
    child: Ids


def acknowledged(uow: UnitOfWork, asking: Asking) -> None:
    complaint = uow.find(Complaint, asking.ids["complaint_id"])
    assert complaint is not None
    complaint.status, complaint.acknowledged_on = ComplaintStatus.ACKNOWLEDGED, DAY


def assigned_by_asker(uow: UnitOfWork, asking: Asking) -> None:
    """Let an assignment be one that the principal made, so that it is theirs to take back."""
    theirs = UserAccount.email == f"{asking.principal}@example.org.nz"
    user = uow.first(uow.select(UserAccount).where(theirs))
    assignment = uow.find(Assignment, asking.ids["assignment_id"])
    assert user is not None
    assert assignment is not None
    assignment.created_by = user.id


OTHER, COMING = UUID(int=77), UUID(int=78)


def another_household(uow: UnitOfWork, asking: Asking) -> None:
    """Put the file of one more household into the hands of the same caseworkers."""
    household = world.a_household(uow, id=OTHER)
    world.a_member(uow, household, id=COMING, joined_on=DAY)
    mine = uow.select(Assignment).where(Assignment.household_id == asking.ids["household_id"])
    for each in uow.all(mine):
        values = {"user_id": each.user_id, "kind": AssignmentKind.SECOND, "from_on": DAY}
        uow.add(Assignment(household_id=OTHER, **values))


def unruled(uow: UnitOfWork, asking: Asking) -> None:
    ruling = uow.find(Ruling, asking.ids["ruling_id"])
    assert ruling is not None
    ruling.lifted_on = DAY


def unallocated(uow: UnitOfWork, asking: Asking) -> None:
    allocation = uow.find(Allocation, asking.ids["allocation_id"])
    assert allocation is not None
    allocation.released_on = DAY


def undecided(uow: UnitOfWork, asking: Asking) -> None:
    """Let the decision about the household not hold, so that the board is open for it."""
    decision = uow.find(PlaceDecision, asking.ids["decision_id"])
    assert decision is not None
    decision.declined_on = DAY


def decidable(uow: UnitOfWork, asking: Asking) -> None:
    """Let the household's run be the newest, and nothing be ruled or given yet."""
    undecided(uow, asking)
    unruled(uow, asking)
    unallocated(uow, asking)
    run = uow.find(MatchRun, asking.ids["run_id"])
    assert run is not None
    run.created_at = run.created_at.replace(year=2027)


def renewable(uow: UnitOfWork, asking: Asking) -> None:
    """Let the household's run be of a programme that places households."""
    run = uow.find(MatchRun, asking.ids["run_id"])
    assert run is not None
    run.programme_code, run.for_on = "rqp", DAY


def going_on(uow: UnitOfWork, asking: Asking) -> None:
    """Let the household's run not be over."""
    run = uow.find(MatchRun, asking.ids["run_id"])
    assert run is not None
    run.status = RunStatus.PRICED


def without_arrival(uow: UnitOfWork, asking: Asking) -> None:
    household = uow.find(Household, asking.ids["household_id"])
    assert household is not None
    household.arrived_on = None


def _match(uow: UnitOfWork, asking: Asking) -> Sponsorship:
    found = uow.select(Sponsorship).where(Sponsorship.household_id == asking.ids["household_id"])
    match = uow.first(found)
    assert match is not None
    return match


def with_feed(uow: UnitOfWork, asking: Asking) -> None:
    """Let whoever asks have a calendar feed."""
    name = f"{asking.principal}@example.org.nz"
    user = uow.first(uow.select(UserAccount).where(UserAccount.email == name))
    assert user is not None
    feed = CalendarFeed(user_id=user.id, token_hash=str(user.id), auth_epoch=user.auth_epoch)
    feed.made_at = uow.now
    uow.add(feed)


def appointment_attended(uow: UnitOfWork, asking: Asking) -> None:
    appointment = uow.find(Appointment, asking.ids["appointment_id"])
    assert appointment is not None
    appointment.outcome = Outcome.ATTENDED


def both_theirs(uow: UnitOfWork, asking: Asking) -> None:
    """Let the other record of the pair be of the same household, and so in the same hands."""
    pair = uow.find(DuplicateCandidate, asking.ids["candidate_id"])
    assert pair is not None
    pair.other_id = asking.spouse["person_id"]


def merged(uow: UnitOfWork, asking: Asking) -> None:
    merge = uow.find(PersonMerge, asking.ids["merge_id"])
    assert merge is not None
    merge.status = MergeStatus.MERGED


def task_done(uow: UnitOfWork, asking: Asking) -> None:
    task = uow.find(Task, asking.ids["task_id"])
    assert task is not None
    task.status, task.done_on = TaskStatus.DONE, DAY


def without_match(uow: UnitOfWork, asking: Asking) -> None:
    match = _match(uow, asking)
    match.status, match.ended_on = SponsorshipStatus.ENDED, DAY


def all_agreed(uow: UnitOfWork, asking: Asking) -> None:
    match = _match(uow, asking)
    match.status, match.confirmed_on, match.accepted_on = SponsorshipStatus.ACCEPTED, None, DAY
    _vetted(uow, match.group_id)


def _vetted(uow: UnitOfWork, group_id: UUID) -> None:
    members = uow.all(uow.select(SponsorMember).where(SponsorMember.group_id == group_id))
    for member in members:
        member.vetted_until = DAY.replace(year=2028)


def suspended(uow: UnitOfWork, asking: Asking) -> None:
    match = _match(uow, asking)
    match.status = SponsorshipStatus.SUSPENDED
    _vetted(uow, match.group_id)


def uncared_for(uow: UnitOfWork, asking: Asking) -> None:
    _match(uow, asking).continuity_since = DAY


def answerable(uow: UnitOfWork, asking: Asking) -> None:
    match = _match(uow, asking)
    match.status, match.confirmed_on = SponsorshipStatus.PROPOSED, None


def held(uow: UnitOfWork, asking: Asking) -> None:
    held = HoldCase(reason="MEDICAL", review_on=DAY.replace(month=4), on=DAY)
    cases.hold(uow, asking.ids["case_id"], held)


def met(uow: UnitOfWork, asking: Asking) -> None:
    milestone = uow.find(Milestone, asking.ids["milestone_id"])
    assert milestone is not None
    milestone.status, milestone.met_on = Status.MET, DAY


def deactivated(uow: UnitOfWork, asking: Asking) -> None:
    accounts.deactivate(uow, asking.ids["user_id"], Deactivate("away", households_left=True))


def confirmed(uow: UnitOfWork, asking: Asking) -> None:
    member = uow.find(SponsorMember, asking.ids["member_id"])
    assert member is not None
    member.confirmed_by_group_by = member.confirmed_by_manager_by = member.id
    member.vetted_until = DAY.replace(year=2028)


def drives(uow: UnitOfWork, asking: Asking) -> None:
    """Let the member be approved to drive children."""
    member = uow.find(SponsorMember, asking.ids["member_id"])
    assert member is not None
    member.drives_children = True


def half_way(uow: UnitOfWork, asking: Asking) -> None:
    """Let the group have confirmed the member, where the programme manager comes next."""
    member = uow.find(SponsorMember, asking.ids["member_id"])
    assert member is not None
    if asking.principal == "programme-manager":
        member.confirmed_by_group_by = member.id


def a_file_waiting(uow: UnitOfWork, asking: Asking) -> None:
    upload = uow.find(CheckedUpload, asking.ids["upload_id"])
    assert upload is not None
    upload.content = case_files.sample("V4-TEST.xml")


def off_the_file(uow: UnitOfWork, asking: Asking) -> None:
    paper = uow.find(Document, asking.ids["document_id"])
    assert paper is not None
    paper.removed_at, paper.reason = uow.now, "Not theirs"
