"""Members of sponsor groups over JSON: put forward, confirmed, vetted, trained, gone."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import acts, members, queries, schemas, shapes
from resettle.sponsors.models import SponsorGroup, SponsorMember, Training, Vetting
from resettle.web.api import Api

api = Api("sponsor_members_api", __name__, url_prefix="/api/sponsor-groups")
GROUP = "/<uuid:group_id>"
MEMBER = "/members/<uuid:member_id>"


@api.reads(
    GROUP + "/members", permission=Permission.MEMBER_READ, returns=shapes.MemberShape(), many=True
)
def index(uow: UnitOfWork, group_id: UUID) -> Sequence[SponsorMember]:
    """Show the members of a group."""
    return queries.members_of(uow, uow.get(SponsorGroup, group_id, to=Permission.MEMBER_READ).id)


@api.does(
    "POST",
    GROUP + "/members",
    permission=Permission.MEMBER_ADD,
    body=schemas.AddMemberSchema(),
    returns=shapes.MemberShape(),
    status=201,
)
def add_member(uow: UnitOfWork, group_id: UUID, command: acts.AddMember) -> SponsorMember:
    """Put somebody forward as a member."""
    return members.add_member(uow, group_id, command)


@api.does(
    "PATCH",
    MEMBER,
    permission=Permission.MEMBER_ADD,
    body=schemas.UpdateMemberSchema(),
    returns=shapes.MemberShape(),
)
def update_member(uow: UnitOfWork, member_id: UUID, command: acts.UpdateMember) -> SponsorMember:
    """Say what a member does, can do, speaks, and when they have time."""
    return members.update_member(uow, member_id, command)


@api.reads(
    GROUP + "/trainings",
    permission=Permission.APPLICATION_READ,
    returns=shapes.TrainingShape(),
    many=True,
)
def trainings(uow: UnitOfWork, group_id: UUID) -> Sequence[Training]:
    """Show which member has finished which training."""
    return queries.trainings_of(
        uow, uow.get(SponsorGroup, group_id, to=Permission.APPLICATION_READ).id
    )


@api.does(
    "POST",
    MEMBER + "/confirmation",
    permission=Permission.MEMBER_CONFIRM,
    returns=shapes.MemberShape(),
)
def confirm_member(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Take the next step of confirming a member."""
    return members.confirm_member(uow, member_id)


@api.does(
    "POST",
    MEMBER + "/departure",
    permission=Permission.MEMBER_ADD,
    body=schemas.LeaveSchema(),
    returns=shapes.MemberShape(),
)
def leave(uow: UnitOfWork, member_id: UUID, command: schemas.Leave) -> SponsorMember:
    """Record that a member has left."""
    return members.leave(uow, member_id, command.left_on)


@api.does(
    "POST",
    MEMBER + "/child-transport",
    permission=Permission.MEMBER_CONFIRM,
    returns=shapes.MemberShape(),
)
def approve_driving(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Let a vetted member drive children."""
    return members.approve_driving(uow, member_id)


@api.does(
    "POST",
    MEMBER + "/child-transport/ending",
    permission=Permission.MEMBER_CONFIRM,
    returns=shapes.MemberShape(),
)
def end_driving(uow: UnitOfWork, member_id: UUID) -> SponsorMember:
    """Let a member drive children no more."""
    return members.end_driving(uow, member_id)


@api.reads(
    MEMBER + "/vetting",
    permission=Permission.VETTING_RECORD,
    returns=shapes.VettingShape(),
    many=True,
)
def vetting(uow: UnitOfWork, member_id: UUID) -> Sequence[Vetting]:
    """Show the outcomes of a member's vetting."""
    return queries.vettings_of(
        uow, uow.get(SponsorMember, member_id, to=Permission.VETTING_RECORD).id
    )


@api.does(
    "POST",
    MEMBER + "/vetting",
    permission=Permission.VETTING_RECORD,
    body=schemas.RecordVettingSchema(),
    returns=shapes.VettingShape(),
    status=201,
)
def record_vetting(uow: UnitOfWork, member_id: UUID, command: acts.RecordVetting) -> Vetting:
    """Record the outcome of a vetting, never what it said."""
    return members.record_vetting(uow, member_id, command)


@api.does(
    "POST",
    MEMBER + "/trainings",
    permission=Permission.MEMBER_ADD,
    body=schemas.RecordTrainingSchema(),
    returns=shapes.TrainingShape(),
    status=201,
)
def record_training(uow: UnitOfWork, member_id: UUID, command: acts.RecordTraining) -> Training:
    """Record training that a member has finished."""
    return members.record_training(uow, member_id, command)
