"""Many people act at the same moment: room is taken once, and nobody lives in two places."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.core.work import Transactions, UnitOfWork
from resettle.placements import endings, service, sponsorships
from resettle.placements.acts import (
    EndSponsorship,
    MakePlacement,
    ProposeSponsorship,
    RecordArrival,
)
from resettle.placements.models import (
    Placement,
    PlacementKind,
    Sponsorship,
    SponsorshipStatus,
)
from resettle.sponsors import service as groups
from resettle.sponsors.acts import MoveGroup
from resettle.sponsors.models import Deed, SponsorGroup
from tests.groups import a_deed, a_family, a_group, a_match, a_member, everybody_agrees

MANY = 32
ARRIVED = date(2026, 3, 1)
Act = Callable[[UnitOfWork], object]


@pytest.fixture
def committing(committed_app) -> Transactions:
    return committed_app.extensions["transactions"]


def at_once(transactions: Transactions, acts: list[Act]) -> Counter[str]:
    """Do all of these in works of their own that begin together; count how they came out."""
    start = Barrier(len(acts))

    def run(act: Act) -> str:
        start.wait()
        try:
            with transactions.begin(SYSTEM, "race") as uow:
                act(uow)
        except (Conflict, IntegrityError) as error:
            return type(error).__name__
        return "won"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_of_many_confirmations_at_once_one_takes_the_last_room(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        group = a_group(uow, max_persons=3, max_households=1)
        a_member(uow, group)
        a_deed(uow, group)
        matches = []
        for _ in range(MANY):
            match = a_match(uow, group, a_family(uow), status=SponsorshipStatus.ACCEPTED)
            everybody_agrees(uow, match)
            matches.append(match.id)

    outcome = at_once(
        committing, [lambda uow, id_=id_: sponsorships.confirm(uow, id_) for id_ in matches]
    )

    assert outcome == {"won": 1, "Conflict": MANY - 1}
    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        after = uow.first(uow.select(SponsorGroup))
        assert (after.persons_now, after.households_now) == (3, 1)
        assert uow.count(Sponsorship, Sponsorship.status == SponsorshipStatus.CONFIRMED) == 1


def test_of_many_proposals_of_one_household_at_once_one_stands(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        family = a_family(uow).id
        groups = [a_group(uow).id for _ in range(8)]

    outcome = at_once(
        committing,
        [
            lambda uow, id_=id_: sponsorships.propose(
                uow, family, ProposeSponsorship(id_, "NOMINATED")
            )
            for id_ in groups
        ],
    )

    assert outcome == {"won": 1, "Conflict": 7}


def test_of_many_placements_of_one_household_at_once_one_stands(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        family = a_family(uow, arrived_on=ARRIVED).id
    stay = MakePlacement(kind=PlacementKind.RECEPTION, start_on=ARRIVED, location="AKL")

    outcome = at_once(committing, [lambda uow: service.place(uow, family, stay)] * 8)

    assert outcome == {"won": 1, "Conflict": 7}
    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        assert uow.count(Placement) == 1


def a_strong_group(uow: UnitOfWork, households: int) -> SponsorGroup:
    group = a_group(uow, max_persons=100, max_households=100)
    group.persons_now, group.households_now = 3 * households, households
    a_member(uow, group)
    a_deed(uow, group)
    return group


def test_groups_that_take_over_from_each_other_at_once_all_come_through(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        one, other = a_strong_group(uow, 4), a_strong_group(uow, 4)
        matches = []
        for before, after in [(one, other), (other, one)] * 4:
            family = a_family(uow, arrived_on=ARRIVED)
            a_match(uow, before, family, status=SponsorshipStatus.CONFIRMED)
            match = a_match(uow, after, family, status=SponsorshipStatus.ACCEPTED)
            everybody_agrees(uow, match)
            matches.append(match.id)

    outcome = at_once(
        committing, [lambda uow, id_=id_: sponsorships.confirm(uow, id_) for id_ in matches]
    )

    assert outcome == {"won": 8}
    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        after = uow.all(uow.select(SponsorGroup))
        assert [(group.persons_now, group.households_now) for group in after] == [(12, 4)] * 2


def test_a_group_is_suspended_while_its_sponsorships_end(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        group = a_strong_group(uow, 8)
        matches = [
            a_match(uow, group, a_family(uow), status=SponsorshipStatus.CONFIRMED).id
            for _ in range(8)
        ]
        group_id, today = group.id, uow.today
    over = EndSponsorship(ended_on=today, ending_kind="WITHDRAWN_BY_HOUSEHOLD")

    outcome = at_once(
        committing,
        [
            lambda uow: groups.move(uow, group_id, MoveGroup("SUSPENDED", reason="Asked to stop.")),
            *[lambda uow, id_=id_: endings.end(uow, id_, over) for id_ in matches],
        ],
    )

    assert outcome == {"won": 9}
    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        after = uow.first(uow.select(SponsorGroup))
        assert (after.persons_now, after.households_now) == (0, 0)
        assert uow.count(Sponsorship, Sponsorship.ended_on.is_(None)) == 0


def test_a_group_is_suspended_while_its_households_arrive(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        group = a_strong_group(uow, 8)
        deed = uow.first(uow.select(Deed))
        families = [a_family(uow) for _ in range(8)]
        for family in families:
            a_match(uow, group, family, status=SponsorshipStatus.CONFIRMED).deed_id = deed.id
        group_id, landed = group.id, RecordArrival(uow.today)

    outcome = at_once(
        committing,
        [
            lambda uow: groups.move(uow, group_id, MoveGroup("SUSPENDED", reason="Asked to stop.")),
            *[lambda uow, id_=f.id: service.record_arrival(uow, id_, landed) for f in families],
        ],
    )

    assert outcome == {"won": 9}
