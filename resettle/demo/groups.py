"""Invented sponsor groups, each at its own point of the way from enquiry to ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from resettle.core.actor import Actor, Role
from resettle.core.work import UnitOfWork
from resettle.demo.applying import Applying
from resettle.demo.moments import Past, known
from resettle.demo.staff import Staff
from resettle.sponsors import deeds, members, queries, service
from resettle.sponsors.acts import (
    AddMember,
    CreateGroup,
    MoveGroup,
    RecordTraining,
    RecordVetting,
    SignDeed,
    UpdateMember,
)
from resettle.sponsors.models import SponsorGroup, TrainingModule, VettingOutcome

FOUNDED = date(2023, 2, 6)
WAY = (
    "PREPARING",
    "APPLICATION_DRAFT",
    "SUBMITTED",
    "UNDER_ASSESSMENT",
    "MORE_INFO",
    "DECLINED",
    "APPROVED",
    "DEED_SIGNED",
    "TRAINING",
    "READY",
)
# What only those pass through whose way ends there.
ENDS = frozenset({"MORE_INFO", "DECLINED"})
STEP_DAYS = 21
VETTED_EACH = timedelta(days=1000)


FIRST_CAN = UpdateMember(
    skills=["coordination", "money", "housing", "benefits"],
    languages=["eng", "mri"],
    availability=["tue_evening", "sat_morning"],
)
OTHERS_CAN = UpdateMember(
    skills=["transport", "english", "education"],
    languages=["eng", "ara"],
    availability=["mon_morning", "thu_afternoon"],
)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    legal_name: str
    entity_type: str
    location: str
    reaches: str
    members: Sequence[str]
    persons: int = 48
    households: int = 9
    # How it leaves its way in the end, if it does, and why.
    leaves: str | None = None
    why: str = ""


PLANS: Sequence[GroupPlan] = (
    GroupPlan(
        "St Brigid’s Parish Community",
        "RELIGIOUS_ORGANISATION",
        "CHC",
        "READY",
        ("Ruth Ellison", "Tom Fraser", "Ana Pereira", "John Te Kani"),
        48,
        9,
    ),
    GroupPlan(
        "Manawatū Welcome Trust",
        "CHARITABLE_TRUST",
        "PMR",
        "READY",
        ("Grace Paki", "Liz Olsen", "Hemi Rua"),
    ),
    GroupPlan(
        "Nelson Whānau Friends Incorporated",
        "INCORPORATED_SOCIETY",
        "NSN",
        "READY",
        ("Bill Hartley", "Sue Chen", "Moana Kerei"),
    ),
    GroupPlan(
        "Whangārei Open Door Society",
        "INCORPORATED_SOCIETY",
        "Whangārei District",
        "READY",
        ("Kiri Davis", "Paul Sinclair"),
    ),
    GroupPlan("Selwyn Neighbours Trust", "CHARITABLE_TRUST", "CHC", "TRAINING", ("Fay Duncan",)),
    GroupPlan(
        "Horizon Rowing Club Incorporated",
        "INCORPORATED_SOCIETY",
        "NSN",
        "UNDER_ASSESSMENT",
        ("Greg Lam",),
    ),
    GroupPlan(
        "Aroha Mosque and Community Trust", "CHARITABLE_TRUST", "PMR", "PREPARING", ("Yusuf Ali",)
    ),
    GroupPlan("Bakers’ Lane Company Limited", "COMPANY", "CHC", "ENQUIRY", ("Jo Marsh",)),
    GroupPlan(
        "Lyttelton Harbour Friends Incorporated",
        "INCORPORATED_SOCIETY",
        "CHC",
        "APPLICATION_DRAFT",
        ("Mereana Hohepa", "Colin Reid"),
    ),
    GroupPlan("Riverside Gurdwara Trust", "CHARITABLE_TRUST", "PMR", "SUBMITTED", ("Jas Gill",)),
    GroupPlan(
        "Motueka Orchard Company Limited", "COMPANY", "NSN", "MORE_INFO", ("Tess Wolfgramm",)
    ),
    GroupPlan("Northgate Chess Club", "INCORPORATED_SOCIETY", "PMR", "DECLINED", ("Alan Pike",)),
    GroupPlan("Te Rau Aroha Whānau Trust", "CHARITABLE_TRUST", "PMR", "APPROVED", ("Hana Rāwiri",)),
    GroupPlan("Sumner Parish", "RELIGIOUS_ORGANISATION", "CHC", "DEED_SIGNED", ("Lucy Abbott",)),
    GroupPlan(
        "Avonside Knitting Circle Incorporated",
        "INCORPORATED_SOCIETY",
        "CHC",
        "ENQUIRY",
        ("Peg Dorsey",),
        leaves="DORMANT",
        why="Nobody answers; they are rung again in spring.",
    ),
    GroupPlan(
        "Stoke Evening Classes Incorporated",
        "INCORPORATED_SOCIETY",
        "NSN",
        "READY",
        ("Ian Marlow", "Vai Tamapua"),
        leaves="WITHDRAWN",
        why="Two of their four have moved away.",
    ),
    GroupPlan(
        "Feilding Young Families Trust",
        "CHARITABLE_TRUST",
        "PMR",
        "READY",
        ("Dell Amohia", "Rob Keen"),
        leaves="SUSPENDED",
        why="A complaint is being looked into.",
    ),
    GroupPlan(
        "Ferrymead Heritage Company Limited",
        "COMPANY",
        "CHC",
        "READY",
        ("Nan Whitlock",),
        leaves="ENDED",
        why="The company has been wound up, and its deed with it.",
    ),
)
ACCOUNTS = {
    "Ruth Ellison": "coordinator@demo.test",
    "Tom Fraser": "member@demo.test",
    "Mereana Hohepa": "applicant@demo.test",
}


def found_all(past: Past, staff: Staff, today: date) -> Mapping[str, UUID]:
    """Bring every group as far as its plan says. Gives the ids by location, of those ready."""
    ready = {}
    for plan in PLANS:
        group_id = _found(past, staff, plan)
        if plan.reaches == "READY":
            _keep_vetted(past, group_id, today)
        if plan.leaves is not None:
            _leave(past, group_id, plan, today)
        elif plan.reaches == "READY":
            ready[plan.location] = group_id
    return ready


def _leave(past: Past, group_id: UUID, plan: GroupPlan, today: date) -> None:
    """Let a group leave its way lately; a deed ends after a concern that was looked into."""
    assert plan.leaves is not None
    stages = ["SUSPENDED", "ENDED"] if plan.leaves == "ENDED" else [plan.leaves]
    for number, stage in enumerate(stages, 1):
        with past.on(today - timedelta(days=30 - 10 * number)) as uow:
            conditions = "Nobody new until it is decided." if stage == "SUSPENDED" else ""
            service.move(uow, group_id, MoveGroup(stage, plan.why, conditions=conditions))


def _found(past: Past, staff: Staff, plan: GroupPlan) -> UUID:
    with past.on(FOUNDED) as uow:
        group = service.create(
            uow,
            CreateGroup(
                legal_name=plan.legal_name,
                entity_type=plan.entity_type,
                location=plan.location,
                programme="cors",
                about="Neighbours who meet each week and want to welcome a household.",
            ),
        )
        for number, name in enumerate(plan.members):
            _add_member(uow, staff, group.id, name, first=number == 0)
    day = FOUNDED
    applying = Applying(past, staff, group.id, plan.persons, plan.households)
    for to in WAY[: _steps(plan.reaches)]:
        if to not in ENDS - {plan.reaches}:
            day += timedelta(days=STEP_DAYS)
            _go(past, applying, group.id, to, day)
    if plan.reaches in {"READY", "APPLICATION_DRAFT"}:
        _confirm_members(past, staff, group.id, day)
    if plan.reaches == "READY":
        with past.on(day) as uow:
            service.move(uow, group.id, MoveGroup("AWAITING_MATCH"))
    return group.id


def _steps(reaches: str) -> int:
    return 0 if reaches not in WAY else WAY.index(reaches) + 1


def _add_member(uow: UnitOfWork, staff: Staff, group_id: UUID, name: str, *, first: bool) -> None:
    account = staff.actors.get(ACCOUNTS.get(name, ""))
    roles = ["coordinator", "housing_lead"] if first else ["befriender", "transport_lead"]
    member = members.add_member(
        uow,
        group_id,
        AddMember(name, roles, uow.today, None if account is None else account.user_id),
    )
    members.update_member(uow, member.id, FIRST_CAN if first else OTHERS_CAN)
    day = uow.today
    vetted = RecordVetting(VettingOutcome.CLEAR, day, day, decided_on=day)
    members.record_vetting(uow, member.id, vetted)
    for module in (TrainingModule.CHILD_PROTECTION, TrainingModule.POST_APPROVAL):
        members.record_training(uow, member.id, RecordTraining(module, day, "on file"))


def _go(past: Past, applying: Applying, group_id: UUID, to: str, day: date) -> None:
    """Let the application lead the group as far as it does; the rest is the manager's move."""
    applying.lead_to(to, day)
    with past.on(day) as uow:
        group = known(uow, SponsorGroup, group_id)
        if to == "DEED_SIGNED":
            deeds.sign(uow, group_id, SignDeed(uow.today, uow.today))
        if group.status != to:
            service.move(uow, group_id, MoveGroup(to))


def _keep_vetted(past: Past, group_id: UUID, today: date) -> None:
    """Vet the members again in good time, as often as the years since have asked for."""
    day = FOUNDED + VETTED_EACH
    while day <= today:
        with past.on(day) as uow:
            again = RecordVetting(VettingOutcome.CLEAR, day, day, decided_on=day)
            for member in queries.live_members_of(uow, group_id):
                members.record_vetting(uow, member.id, again)
        day += VETTED_EACH


def _confirm_members(past: Past, staff: Staff, group_id: UUID, day: date) -> None:
    """Let a second coordinator and a programme manager confirm, as the two steps demand."""
    manager = staff.actors["manager@demo.test"]
    with past.on(day) as uow:
        ids = [member.id for member in queries.live_members_of(uow, group_id)]
    voice = Actor(Role.SPONSOR_COORDINATOR, staff.leader.user_id, group_ids=frozenset({group_id}))
    for member_id in ids:
        for actor in (voice, manager):
            with past.on(day, actor) as uow:
                members.confirm_member(uow, member_id)
