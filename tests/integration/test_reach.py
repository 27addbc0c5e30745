"""How far each role's knowledge reaches, whatever it asks for: none of it is a permission."""

from datetime import date

import pytest

from resettle.cases.models import Hold
from resettle.consents.models import ConsentEntry, Item
from resettle.consents.rules import Decision
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household, Person
from resettle.people.models import Relative
from resettle.placements.models import Dwelling, SponsorshipAnswer, SponsorshipStatus
from resettle.sponsors.models import Deed, GroupStep, SponsorGroup, SponsorMember, Vetting
from resettle.tasks.models import Category, Task
from tests import groups
from tests.journeys import a_quota_case
from tests.world import a_caseworker, a_household, a_member, a_person_signed_in, a_user

TODAY = date(2026, 3, 2)
SPONSOR, COORDINATOR, FAMILY, WORKER = "sponsor", "coordinator", "family", "worker"
MANAGER, AUDITOR = "manager", "auditor"
REACH = {
    Hold: {WORKER},
    Task: {WORKER},
    Relative: {WORKER, FAMILY},
    SponsorshipAnswer: {WORKER, FAMILY},
    Dwelling: {WORKER, FAMILY, SPONSOR, COORDINATOR},
    SponsorGroup: {WORKER, FAMILY, SPONSOR, COORDINATOR, MANAGER},
    Deed: {WORKER, FAMILY, SPONSOR, COORDINATOR, MANAGER},
    GroupStep: {SPONSOR, COORDINATOR, MANAGER},
}


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def readers(uow):
    """Make a household with everything about it, and somebody of each role near it."""
    home = a_household(uow)
    adult = a_member(uow, home)
    case = a_quota_case(uow, home)
    group = groups.a_group(uow)
    match = groups.a_match(uow, group, home, status=SponsorshipStatus.CONFIRMED)
    groups.everybody_agrees(uow, match)
    groups.a_deed(uow, group)
    groups.a_dwelling(uow, home)
    uow.add(Relative(person_id=adult.id, name="Farid"))
    uow.add(GroupStep(group_id=group.id, fact="plan.discussed", done_on=TODAY, recorded_at=uow.now))
    uow.add(Task(household_id=home.id, title="Bus card", category=Category.OTHER, due_on=TODAY))
    uow.add(
        Hold(
            case_id=case.id,
            household_id=home.id,
            reason_code="MEDICAL",
            held_on=TODAY,
            review_on=TODAY,
            left_stage=case.stage,
        )
    )
    member = a_user(uow, Role.SPONSOR_MEMBER)
    own = groups.a_member(uow, group, user_id=member.id)
    coordinator = groups.a_coordinator(uow, group)
    coordinating = uow.first(
        uow.select(SponsorMember).where(SponsorMember.user_id == coordinator.user_id)
    )
    for each in (own, coordinating):
        uow.add(Vetting(group_id=group.id, member_id=each.id, requested_on=TODAY, agreed_on=TODAY))
    uow.session.flush()
    return {
        SPONSOR: Actor(Role.SPONSOR_MEMBER, member.id, group_ids=frozenset({group.id})),
        COORDINATOR: coordinator,
        FAMILY: a_person_signed_in(uow, adult),
        WORKER: a_caseworker(uow, home),
        MANAGER: groups.a_manager(uow),
        AUDITOR: Actor(Role.AUDITOR, a_user(uow, Role.AUDITOR).id),
    }


def found(uow, reader, model):
    uow.actor = reader
    rows = uow.all(uow.select(model))
    uow.actor = SYSTEM
    return rows


@pytest.mark.parametrize(("model", "who"), REACH.items(), ids=[m.__tablename__ for m in REACH])
def test_each_kind_of_row_is_found_by_those_alone_whom_it_concerns(uow, readers, model, who):
    assert {name for name, reader in readers.items() if found(uow, reader, model)} == who


def test_of_vettings_a_member_finds_their_own_and_the_family_none(uow, readers):
    met = {name: len(found(uow, reader, Vetting)) for name, reader in readers.items()}

    assert (met[SPONSOR], met[COORDINATOR], met[MANAGER]) == (1, 2, 2)
    assert (met[FAMILY], met[AUDITOR]) == (0, 0)


@pytest.mark.parametrize("model", [*REACH, Vetting], ids=lambda model: model.__tablename__)
def test_of_a_household_that_is_not_theirs_nobody_near_another_finds_a_row(uow, readers, model):
    other = a_household(uow)
    stranger = a_person_signed_in(uow, a_member(uow, other))
    group = groups.a_group(uow)
    elsewhere = groups.a_coordinator(uow, group)

    assert found(uow, stranger, model) == []
    assert {row.id for row in found(uow, elsewhere, model)} <= {group.id}


@pytest.mark.parametrize(
    ("status", "item"),
    [(SponsorshipStatus.CONFIRMED, Item.NAME), (SponsorshipStatus.PROPOSED, Item.PROFILE)],
)
def test_a_yes_to_one_group_lets_no_other_near(uow, status, item):
    home, adult, near, other = _two_groups(uow, status)
    groups.shares(uow, home.id, adult.id, other.group_id, item)

    assert not _is_seen(uow, home, near)
    assert not _is_seen(uow, home, other), "it has no match with this household"

    groups.shares(uow, home.id, adult.id, near.group_id, item)
    assert _is_seen(uow, home, near)


@pytest.mark.parametrize(
    ("status", "item"),
    [(SponsorshipStatus.CONFIRMED, Item.NAME), (SponsorshipStatus.PROPOSED, Item.PROFILE)],
)
def test_a_no_to_one_group_alone_keeps_that_group_away(uow, status, item):
    home, adult, near, other = _two_groups(uow, status)
    for group_id in (None, other.group_id, near.group_id):
        groups.shares(uow, home.id, adult.id, group_id, item)
    last = uow.first(uow.select(ConsentEntry).where(ConsentEntry.recipient_id == near.group_id))

    last.decision = Decision.WITHDRAW

    assert not _is_seen(uow, home, near)


def _two_groups(uow, status):
    """Make a household of one, and matches: its own with a group, and another's with another."""
    home = a_household(uow)
    adult = a_member(uow, home)
    near = groups.a_match(uow, groups.a_group(uow), home, status=status)
    other = groups.a_match(uow, groups.a_group(uow), a_household(uow), status=status)
    return home, adult, near, other


def _is_seen(uow, home, match):
    uow.session.flush()
    group = uow.find(SponsorGroup, match.group_id)
    kept, uow.actor = uow.actor, groups.a_coordinator(uow, group)
    try:
        return uow.find(Household, home.id) is not None
    finally:
        uow.actor = kept


def test_who_is_in_two_groups_is_shown_by_the_one_that_is_near_what_was_said_to_it(uow):
    home, adult, near, other = _two_groups(uow, SponsorshipStatus.CONFIRMED)
    groups.shares(uow, home.id, adult.id, near.group_id, Item.PHONE)
    groups.shares(uow, home.id, adult.id, other.group_id, Item.NAME)
    uow.session.flush()

    uow.actor = Actor(Role.SPONSOR_MEMBER, group_ids=frozenset({near.group_id, other.group_id}))

    (shown,) = uow.audiences(Person, [adult])
    assert shown.items == {"phone"}
