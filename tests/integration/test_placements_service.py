"""Where a household lives: its house made ready, its arrival, its placements and their days."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid
from resettle.core.work import UnitOfWork
from resettle.placements import houses, queries, service
from resettle.placements.acts import (
    ChangeDwelling,
    CheckedItem,
    CheckHouse,
    EndPlacement,
    MakePlacement,
    MoveAnchor,
    RecordArrival,
    RecordDwelling,
)
from resettle.placements.check_lines import check_lines
from resettle.placements.events import (
    AnchorMoved,
    HouseholdArrived,
    HouseholdMoved,
    HouseholdPlaced,
    HousePlacedUnready,
)
from resettle.placements.models import CheckStatus, PlacementKind, Tenure
from tests.groups import a_caseworker, a_dwelling, a_family, all_in_place

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
SETTLED, RECEPTION = PlacementKind.SETTLED, PlacementKind.RECEPTION


@pytest.fixture
def told() -> list[object]:
    """Collect what the services tell."""
    return []


@pytest.fixture
def uow(transactions, told) -> Iterator[UnitOfWork]:
    """Give work by the system, in which a test arranges and acts."""
    with transactions.begin(SYSTEM, "test") as uow:
        uow.emit = told.append
        yield uow


def a_ready_house(uow, family, *but, location="CHC"):
    dwelling = a_dwelling(uow, family, location=location)
    all_in_place(uow, dwelling, family, *but)
    return dwelling


def settled(dwelling, start_on=TODAY, **given):
    return MakePlacement(kind=SETTLED, start_on=start_on, dwelling_id=dwelling.id, **given)


class TestRecordDwelling:
    def test_its_address_and_rent_are_sealed_and_the_place_is_known_by_its_code(self, uow):
        dwelling = houses.record_dwelling(
            uow,
            RecordDwelling(
                location="Christchurch",
                address="12 Kōwhai Street",
                bedrooms=3,
                tenure=Tenure.PRIVATE_RENTAL,
                weekly_rent="450.00",
            ),
        )

        assert dwelling.location == "CHC"
        assert (dwelling.address, dwelling.weekly_rent) == ("12 Kōwhai Street", "450.00")
        assert b"Street" not in dwelling.sealed_address
        assert b"450" not in dwelling.sealed_weekly_rent

    def test_a_house_may_be_given_to_a_household_and_corrected(self, uow):
        family, dwelling = a_family(uow), a_dwelling(uow)

        houses.change_dwelling(
            uow, dwelling.id, ChangeDwelling(household_id=family.id, step_free=True)
        )
        houses.change_dwelling(uow, dwelling.id, ChangeDwelling(bedrooms=2))

        assert (dwelling.household_id, dwelling.step_free) == (family.id, True)
        assert dwelling.bedrooms == 2

    def test_nobody_is_given_a_house_that_others_live_in(self, uow):
        family, other = a_family(uow, arrived_on=TODAY), a_family(uow)
        dwelling = a_ready_house(uow, family)
        service.place(uow, family.id, settled(dwelling))

        with pytest.raises(Conflict):
            houses.change_dwelling(uow, dwelling.id, ChangeDwelling(household_id=other.id))

    def test_a_house_that_nobody_has_moved_into_may_go_to_others(self, uow):
        family, other = a_family(uow), a_family(uow)
        dwelling = a_dwelling(uow, family)

        houses.change_dwelling(uow, dwelling.id, ChangeDwelling(household_id=other.id))

        assert dwelling.household_id == other.id

    def test_a_house_for_a_household_asks_for_the_household(self, uow):
        family = a_family(uow)

        dwelling = houses.record_dwelling(
            uow,
            RecordDwelling(
                location="Whangārei District",
                address="3 Bank Street",
                bedrooms=1,
                tenure=Tenure.OWNED,
                household_id=family.id,
            ),
        )

        assert (dwelling.household_id, dwelling.location) == (family.id, "Whangārei District")


class TestCheckHouse:
    def test_what_nobody_looked_at_stays_missing(self, uow):
        family = a_family(uow)
        dwelling = a_dwelling(uow, family)

        houses.check_house(
            uow, dwelling.id, CheckHouse([CheckedItem("fridge", CheckStatus.OK, "new")])
        )
        houses.check_house(
            uow, dwelling.id, CheckHouse([CheckedItem("fridge", CheckStatus.OK, "second-hand")])
        )

        lines = {line.item_code: line for line in check_lines(uow, dwelling, family)}
        assert (lines["fridge"].status, lines["fridge"].note) == ("ok", "second-hand")
        assert lines["bedding"].status is None
        assert "fridge" not in queries.unready(uow, dwelling, family)
        assert "bedding" in queries.unready(uow, dwelling, family)

    def test_items_are_those_of_the_programme(self, uow):
        family = a_family(uow)

        with pytest.raises(Invalid):
            houses.check_house(
                uow,
                a_dwelling(uow, family).id,
                CheckHouse([CheckedItem("swimming_pool", CheckStatus.OK)]),
            )

    def test_a_house_for_nobody_is_not_checked(self, uow):
        with pytest.raises(Conflict):
            houses.check_house(
                uow, a_dwelling(uow).id, CheckHouse([CheckedItem("fridge", CheckStatus.OK)])
            )


class TestPlace:
    def test_a_first_home_begins_the_support(self, uow, told):
        family = a_family(uow, arrived_on=TODAY - DAY)

        placement = service.place(uow, family.id, settled(a_ready_house(uow, family)))

        assert (family.placed_on, family.support_start_on) == (TODAY, TODAY)
        assert family.support_end_on == TODAY + timedelta(days=730)
        assert (family.location, placement.location) == ("CHC", "CHC")
        assert placement.provider == "Purapura Whetū Trust" == family.provider
        assert told == [HouseholdPlaced(family.id, TODAY)]

    @pytest.mark.parametrize(
        ("placed_on", "version", "days"),
        [(date(2022, 5, 15), 2, 365), (date(2022, 7, 5), 3, 730)],
    )
    def test_support_is_as_long_as_the_version_in_force_that_day_says(
        self, uow, placed_on, version, days
    ):
        """Scenario 10: placed on 15 May 2022, or on 5 July 2022."""
        family = a_family(uow, programme=("rqp", version), arrived_on=placed_on - 36 * DAY)

        service.place(uow, family.id, settled(a_ready_house(uow, family), placed_on))

        assert family.support_end_on == placed_on + timedelta(days=days)

    def test_an_unready_house_blocks_and_says_what_is_missing(self, uow, told):
        """Scenario 8: no fridge, no pans, no bedding."""
        family = a_family(uow, arrived_on=TODAY)
        dwelling = a_ready_house(uow, family, "fridge", "kitchen", "bedding")

        with pytest.raises(Blocked) as refusal:
            service.place(uow, family.id, settled(dwelling))

        assert refusal.value.missing == {
            "bedding": "Beds, and bedding enough for the season",
            "fridge": "Fridge",
            "kitchen": "Pots, pans and utensils",
        }
        assert queries.placements_of(uow, family.id) == []
        assert told == []

    def test_an_override_is_told_with_what_is_missing(self, uow, told):
        family = a_family(uow, arrived_on=TODAY)
        dwelling = a_ready_house(uow, family, "fridge")
        uow.session.flush()
        uow.actor = a_caseworker(uow, family, leads=True)

        placement = service.place(
            uow, family.id, settled(dwelling, override=True, reason="The motel has closed")
        )

        assert placement.unready == ["fridge"]
        assert placement.reason == "The motel has closed"
        assert told[0] == HousePlacedUnready(family.id, placement.id, ("Fridge",))
        assert told[1] == HouseholdPlaced(family.id, TODAY)

    def test_an_override_takes_who_may_and_a_reason(self, uow):
        family = a_family(uow, arrived_on=TODAY)
        dwelling = a_ready_house(uow, family, "fridge")

        with pytest.raises(Invalid):
            service.place(uow, family.id, settled(dwelling, override=True, reason=" "))
        uow.session.flush()
        uow.actor = a_caseworker(uow, family)
        with pytest.raises(Forbidden):
            service.place(uow, family.id, settled(dwelling, override=True, reason="Hurry"))

    def test_two_places_at_once_are_refused(self, uow):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        stay = MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL")
        service.place(uow, family.id, stay)

        with pytest.raises(Conflict, match="lives somewhere else from 21 February 2026"):
            service.place(uow, family.id, settled(a_ready_house(uow, family)))

    def test_moving_on_ends_the_present_place_that_day(self, uow, told):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        stay = MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL")
        first = service.place(uow, family.id, stay)

        home = service.place(uow, family.id, settled(a_ready_house(uow, family), ends_current=True))

        assert first.end_on == TODAY
        assert queries.current_placement(uow, family.id) is home
        assert told == [HouseholdPlaced(family.id, TODAY)]

    def test_moving_on_to_before_the_present_place_is_refused(self, uow):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        stay = MakePlacement(kind=RECEPTION, start_on=TODAY, location="AKL")
        service.place(uow, family.id, stay)

        with pytest.raises(Conflict):
            service.place(
                uow,
                family.id,
                settled(a_ready_house(uow, family), TODAY - DAY, ends_current=True),
            )

    def test_nothing_to_end_is_no_fault(self, uow):
        family = a_family(uow, arrived_on=TODAY)

        home = service.place(uow, family.id, settled(a_ready_house(uow, family), ends_current=True))

        assert home.end_on is None

    def test_a_second_home_changes_the_place_and_not_the_support(self, uow, told):
        family = a_family(uow, arrived_on=TODAY - 200 * DAY)
        service.place(uow, family.id, settled(a_ready_house(uow, family), TODAY - 150 * DAY))
        told.clear()

        service.place(
            uow,
            family.id,
            settled(a_ready_house(uow, family, location="NSN"), ends_current=True),
        )

        assert family.placed_on == TODAY - 150 * DAY
        assert told == [HouseholdMoved(family.id, TODAY, "CHC", "NSN")]

    @pytest.mark.parametrize(
        ("programme", "location", "allowed"),
        [
            (("cors", 1), "Auckland", False),
            (("cors", 1), "NSN", True),
            (("cors", 2), "AKL", True),
            (("cors", 2), "Whangārei District", True),
            (("rqp", 3), "Whangārei District", False),
            (("rqp", 3), "DUD", True),
        ],
    )
    def test_the_programme_says_where_a_home_may_be(self, uow, programme, location, allowed):
        """Scenario 4: a place off the list is right in community sponsorship."""
        family = a_family(uow, programme=programme, arrived_on=TODAY)
        dwelling = a_ready_house(uow, family, location=location)

        if allowed:
            service.place(uow, family.id, settled(dwelling))
            assert family.location is not None
        else:
            with pytest.raises(Invalid):
                service.place(uow, family.id, settled(dwelling))

    def test_the_centre_may_be_where_a_home_may_not(self, uow):
        family = a_family(uow, programme=("cors", 1), arrived_on=TODAY)

        stay = service.place(
            uow, family.id, MakePlacement(kind=RECEPTION, start_on=TODAY, location="AKL")
        )

        assert (stay.location, family.placed_on) == ("AKL", None)

    def test_nobody_is_placed_before_the_arrival_is_on_record(self, uow):
        family = a_family(uow)

        with pytest.raises(Blocked) as refusal:
            service.place(uow, family.id, settled(a_dwelling(uow, family)))

        assert list(refusal.value.missing) == ["arrival.recorded"]

    @pytest.mark.parametrize(
        ("command", "field"),
        [
            (MakePlacement(kind=SETTLED, start_on=TODAY, location="CHC"), "dwelling_id"),
            (MakePlacement(kind=RECEPTION, start_on=TODAY), "location"),
            (MakePlacement(kind=RECEPTION, start_on=TODAY + DAY, location="AKL"), "start_on"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, uow, command, field):
        family = a_family(uow, arrived_on=TODAY)

        with pytest.raises(Invalid) as refusal:
            service.place(uow, family.id, command)

        assert list(refusal.value.errors) == [field]

    def test_a_motel_needs_no_house_on_file(self, uow):
        family = a_family(uow, arrived_on=TODAY, location="CHC")

        stay = service.place(
            uow, family.id, MakePlacement(kind=PlacementKind.EMERGENCY, start_on=TODAY)
        )

        assert (stay.dwelling_id, stay.location) == (None, "CHC")

    def test_an_emergency_house_need_not_be_ready(self, uow):
        family = a_family(uow, arrived_on=TODAY)
        dwelling = a_dwelling(uow, family)

        stay = service.place(
            uow,
            family.id,
            MakePlacement(kind=PlacementKind.EMERGENCY, start_on=TODAY, dwelling_id=dwelling.id),
        )

        assert stay.unready == []


class TestEndPlacement:
    def test_it_ends_once(self, uow):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        stay = service.place(
            uow,
            family.id,
            MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL"),
        )

        service.end_placement(uow, stay.id, EndPlacement(TODAY, "Moved on"))

        assert (stay.end_on, stay.end_reason) == (TODAY, "Moved on")
        with pytest.raises(Conflict):
            service.end_placement(uow, stay.id, EndPlacement(TODAY))

    @pytest.mark.parametrize("end_on", [TODAY - 10 * DAY, TODAY + DAY])
    def test_the_day_makes_sense(self, uow, end_on):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        stay = service.place(
            uow,
            family.id,
            MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL"),
        )

        with pytest.raises(Invalid):
            service.end_placement(uow, stay.id, EndPlacement(end_on))


class TestArrival:
    def test_it_is_recorded_once_and_told(self, uow, told):
        family = a_family(uow)

        service.record_arrival(uow, family.id, RecordArrival(TODAY))

        assert told == [HouseholdArrived(family.id, TODAY)]
        with pytest.raises(Conflict, match="move it"):
            service.record_arrival(uow, family.id, RecordArrival(TODAY))

    def test_nobody_has_arrived_tomorrow(self, uow):
        with pytest.raises(Invalid):
            service.record_arrival(uow, a_family(uow).id, RecordArrival(TODAY + DAY))


class TestMoveAnchor:
    def test_the_arrival_moves_and_is_told(self, uow, told):
        family = a_family(uow, arrived_on=TODAY)

        service.move_anchor(uow, family.id, MoveAnchor("arrived", TODAY - DAY))

        assert family.arrived_on == TODAY - DAY
        assert told == [AnchorMoved(family.id, "arrived", TODAY, TODAY - DAY)]

    def test_the_first_home_moves_with_its_placement_and_its_support(self, uow, told):
        family = a_family(uow, programme=("rqp", 3), arrived_on=date(2022, 5, 1))
        first, later = date(2022, 7, 5), date(2022, 6, 20)
        home = service.place(uow, family.id, settled(a_ready_house(uow, family), first))
        told.clear()

        service.move_anchor(uow, family.id, MoveAnchor("placed", later))

        assert (home.start_on, family.placed_on) == (later, later)
        assert family.support_end_on == later + timedelta(days=365)
        assert told == [AnchorMoved(family.id, "placed", first, later)]

    def test_only_the_placement_of_that_day_moves(self, uow):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        first = MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL")
        centre = service.place(uow, family.id, first)
        home = service.place(
            uow, family.id, settled(a_ready_house(uow, family), TODAY - DAY, ends_current=True)
        )

        service.move_anchor(uow, family.id, MoveAnchor("placed", TODAY))

        assert (centre.start_on, home.start_on) == (TODAY - 9 * DAY, TODAY)

    def test_it_does_not_move_over_another_place(self, uow):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        service.place(
            uow,
            family.id,
            MakePlacement(kind=RECEPTION, start_on=TODAY - 9 * DAY, location="AKL"),
        )
        service.place(uow, family.id, settled(a_ready_house(uow, family), ends_current=True))

        with pytest.raises(Conflict):
            service.move_anchor(uow, family.id, MoveAnchor("placed", TODAY - DAY))

    @pytest.mark.parametrize(
        ("anchor", "to", "refusal"),
        [
            ("arrived", TODAY + DAY, Invalid),
            ("arrived", TODAY, Invalid),
            ("placed", TODAY - 20 * DAY, Invalid),
        ],
    )
    def test_days_stay_in_their_order(self, uow, anchor, to, refusal):
        family = a_family(uow, arrived_on=TODAY - 9 * DAY)
        service.place(uow, family.id, settled(a_ready_house(uow, family), TODAY - 5 * DAY))

        with pytest.raises(refusal):
            service.move_anchor(uow, family.id, MoveAnchor(anchor, to))

    def test_what_is_not_on_record_does_not_move(self, uow):
        with pytest.raises(Conflict):
            service.move_anchor(uow, a_family(uow).id, MoveAnchor("placed", TODAY))


class TestQuestions:
    def test_the_house_of_a_household_is_where_it_lives_or_what_is_made_ready(self, uow):
        family = a_family(uow, arrived_on=TODAY)
        assert queries.dwelling_for(uow, family.id) is None

        dwelling = a_ready_house(uow, family)
        assert queries.dwelling_for(uow, family.id) is dwelling

        service.place(uow, family.id, settled(dwelling))
        a_dwelling(uow, family)
        assert queries.dwelling_for(uow, family.id) is dwelling

    def test_dwellings_are_listed_by_place_and_household(self, uow):
        family = a_family(uow)
        here, there = a_dwelling(uow, family), a_dwelling(uow, location="NSN")

        def found(**wanted):
            query = queries.dwellings(uow, queries.DwellingFilters(**wanted))
            return {row.id for row in uow.rows(query)}

        assert found() == {here.id, there.id}
        assert found(location="NSN") == {there.id}
        assert found(household_id=family.id) == {here.id}
