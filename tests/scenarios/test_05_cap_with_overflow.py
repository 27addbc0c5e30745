"""Scenario 5: 24 of 25 places are taken; up to 30, a family that fits in part is kept whole."""

from datetime import date

from tests.scenarios.journeys import NOMINATED_WAY, a_nominated_journey
from tests.scenarios.placing import a_placement_office
from tests.scenarios.sponsoring import a_ready_group

NO_PLACES = "The programme has no free places for a household of this size."


def a_family(size):
    parent = ("Mariam", "PA", "F", date(1985, 2, 3))
    return [parent, *(("Ali", "SON", "M", date(2008 + n, 1, 1)) for n in range(size - 1))]


def screened(office, group, size):
    journey = a_nominated_journey(office, group, *a_family(size))
    journey.go(*NOMINATED_WAY[:-1])
    return journey


def room(office):
    (cap,) = office.manager.items("/api/programmes/cors/caps?on=2018-05-01")
    return {name: cap[name] for name in ("reserved", "used", "left", "overflow")}


class TestCapWithOverflow:
    def test_it(self, office):
        office.on(date(2018, 2, 5))
        group = a_ready_group(office, persons=60, households=9)
        for _ in range(4):
            screened(office, group, 6).go("MATCH_PROPOSED")
        five, seven = screened(office, group, 5), screened(office, group, 7)

        assert room(office) == {"reserved": 24, "used": 0, "left": 1, "overflow": 5}
        self.a_family_of_seven_is_refused_in_words(seven)
        self.a_family_of_five_is_taken(office, five)
        self.now_the_programme_is_full(office, group)

    def a_family_of_seven_is_refused_in_words(self, journey):
        journey.prepare("MATCH_PROPOSED", but=["cap.free"])

        answer = journey.worker.tries(
            f"{journey.at}/moves", to="MATCH_PROPOSED", on=journey.office.today
        )

        assert answer.status_code == 409
        assert answer.json["missing"] == {"cap.free": NO_PLACES}
        assert NO_PLACES in answer.json["detail"]
        assert journey.stage == "ELIGIBILITY_SCREENED"

    def a_family_of_five_is_taken(self, office, journey):
        journey.go("MATCH_PROPOSED")

        assert journey.stage == "MATCH_PROPOSED"
        assert room(office) == {"reserved": 29, "used": 0, "left": 0, "overflow": 5}

    def now_the_programme_is_full(self, office, group):
        alone = screened(office, group, 1)
        alone.prepare("MATCH_PROPOSED", but=["cap.free"])

        # The overflow keeps a family together that has begun; it is no place of its own.
        assert alone.missing("MATCH_PROPOSED") == ["cap.free"]

    def test_through_the_board(self, office):
        office.on(date(2018, 2, 5))
        group = a_ready_group(office, persons=60, households=9)
        for _ in range(4):
            screened(office, group, 6).go("MATCH_PROPOSED")
        five, seven = screened(office, group, 5), screened(office, group, 7)
        placing = a_placement_office(office)
        place = placing.offers("group", 60, group_id=group.id)
        placing.matches("cors")

        assert {placing.card(j.household)["place_id"] for j in (five, seven)} == {place}
        refused = placing.decides(seven.household, place)
        assert (refused.status_code, refused.json["detail"]) == (409, NO_PLACES)
        assert placing.decides(five.household, place).status_code == 201
        assert placing.column(place)["taken_persons"] == 12
        five.go("MATCH_PROPOSED")
        assert room(office) == {"reserved": 29, "used": 0, "left": 0, "overflow": 5}
