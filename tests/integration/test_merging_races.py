"""Two colleagues who confirm one merge at one moment: with real commits, on either database."""

from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.duplicates import merging
from resettle.duplicates.acts import ProposeMerge, Side
from resettle.duplicates.models import DuplicateCandidate
from resettle.households.models import HouseholdMember
from tests.integration.test_households_races import at_once
from tests.world import a_caseworker, a_household, a_member


def test_it_is_done_once(committed_app):
    transactions = committed_app.extensions["transactions"]
    with transactions.begin(SYSTEM, "arrange") as uow:
        here, there = a_household(uow), a_household(uow)
        kept, gone = a_member(uow, here), a_member(uow, there)
        first = a_caseworker(uow, here, there)
        others = [a_caseworker(uow, here, there, kind=AssignmentKind.SECOND) for _ in range(4)]
        pair = DuplicateCandidate(person_id=kept.id, other_id=gone.id, score=80, reasons=[])
        uow.add(pair)
    with transactions.begin(first, "test") as uow:
        merge = merging.propose(uow, pair.id, ProposeMerge(keep=Side.THIS, reason="Cards."))

    def confirm(number):
        try:
            with transactions.begin(others[number], "test") as uow:
                return merging.confirm(uow, merge.id).status
        except Conflict:
            return None

    told = at_once(confirm, len(others))

    assert sorted(told, key=str) == [None, None, None, "merged"]
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        stays = uow.all(uow.select(HouseholdMember))
    assert [stay.person_id for stay in stays] == [kept.id, kept.id]
    assert len([stay for stay in stays if stay.left_on is None]) == 1
