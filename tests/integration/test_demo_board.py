"""The board of the demonstration: somebody kept, kept away, moved with a reason, and a no."""

from datetime import date

from resettle.core.actor import SYSTEM
from resettle.demo.moments import Past
from resettle.demo.ruling import rule
from resettle.matching.models import Allocation
from resettle.proposals import queries
from resettle.proposals.models import PlaceDecision
from resettle.proposals.rules import Standing
from tests.boards import a_place, a_run, an_officer
from tests.groups import a_family

TODAY = date(2026, 3, 2)


def test_every_way_to_rule_is_seen_on_it(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        levin, nelson = a_place(uow, "Levin"), a_place(uow, "Nelson", location="NSN")
        homes = [a_family(uow, programme=("rqp", 3)) for _number in range(4)]
        run = a_run(uow, [levin, nelson], {home.id: levin for home in homes})
        officer = an_officer(uow)

    rule(Past(transactions), officer, TODAY, run.id)

    with transactions.begin(officer, "look", read_only=True) as uow:
        lines = queries.board(uow, run.id).lines
        assert [line.standing for line in lines] == [
            Standing.KEPT,
            Standing.RULED_OUT,
            Standing.DECIDED,
            Standing.PROPOSED,
        ]
        assert lines[2].at == str(nelson.id)
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        moved, declined = uow.all(uow.select(PlaceDecision).order_by(PlaceDecision.declined_on))
        if moved.declined_on is not None:
            moved, declined = declined, moved
        assert (moved.differs, moved.reason_code) == (True, "KNOWN_LOCALLY")
        assert declined.decline_reason == "HOUSEHOLD_DECLINED"
        assert uow.find(Allocation, declined.allocation_id).released_on is not None
