"""Eight invented sponsor groups, each at its own point of the way from enquiry to alumni."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from resettle.core.actor import Actor, Role
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past, known
from resettle.demo.staff import Staff
from resettle.programmes.facts import Fact
from resettle.sponsors import deeds, members, queries, service
from resettle.sponsors.acts import (
    AddMember,
    ApproveGroup,
    CreateGroup,
    MoveGroup,
    RecordItem,
    RecordStep,
    RecordTraining,
    RecordVetting,
    SignDeed,
)
from resettle.sponsors.facts import possible_moves, recordable
from resettle.sponsors.models import ItemStatus, SponsorGroup, TrainingModule, VettingOutcome

FOUNDED = date(2023, 2, 6)
WAY = (
    "PREPARING",
    "APPLICATION_DRAFT",
    "SUBMITTED",
    "UNDER_ASSESSMENT",
    "APPROVED",
    "DEED_SIGNED",
    "TRAINING",
    "READY",
)
STEP_DAYS = 21
VETTED_EACH = timedelta(days=1000)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    legal_name: str
    entity_type: str
    location: str
    reaches: str
    members: Sequence[str]
    persons: int = 48
    households: int = 9


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
)
ACCOUNTS = {"Ruth Ellison": "coordinator@demo.test", "Tom Fraser": "member@demo.test"}


def found_all(past: Past, staff: Staff, today: date) -> Mapping[str, UUID]:
    """Bring every group as far as its plan says. Gives the ids by location, of those ready."""
    ready = {}
    for plan in PLANS:
        group_id = _found(past, staff, plan)
        if plan.reaches == "READY":
            ready[plan.location] = group_id
            _keep_vetted(past, group_id, today)
    return ready


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
    for to in WAY if plan.reaches == "READY" else WAY[: _steps(plan.reaches)]:
        day += timedelta(days=STEP_DAYS)
        with past.on(day) as uow:
            _go(uow, plan, group.id, to)
    if plan.reaches == "READY":
        _confirm_members(past, staff, group.id, day)
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
    day = uow.today
    vetted = RecordVetting(VettingOutcome.CLEAR, day, day, decided_on=day)
    members.record_vetting(uow, member.id, vetted)
    for module in (TrainingModule.CHILD_PROTECTION, TrainingModule.POST_APPROVAL):
        members.record_training(uow, member.id, RecordTraining(module, day, "on file"))


def _go(uow: UnitOfWork, plan: GroupPlan, group_id: UUID, to: str) -> None:
    group = known(uow, SponsorGroup, group_id)
    wanted = next(m for m in possible_moves(uow, group) if m.to == to)
    for fact in wanted.missing:
        _supply(uow, plan, group, fact)
    service.move(uow, group_id, MoveGroup(to))


def _supply(uow: UnitOfWork, plan: GroupPlan, group: SponsorGroup, fact: Fact) -> None:
    match fact:
        case Fact.PREREQUISITES:
            for item in queries.checklist_of(uow, group.id):
                service.record_item(uow, group.id, item.id, RecordItem(ItemStatus.MET))
        case Fact.DEED:
            deeds.sign(uow, group.id, SignDeed(uow.today, uow.today))
        case Fact.GROUP_APPROVED:
            routes = ["NOMINATED", "UNHCR_MATCHED"]
            approval = ApproveGroup(plan.persons, plan.households, routes, uow.today)
            service.approve(uow, group.id, approval)
        case _:
            assert fact in recordable(uow, queries.workflow_of(uow, group)), fact
            service.record_step(uow, group.id, RecordStep(fact.value, uow.today))


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
