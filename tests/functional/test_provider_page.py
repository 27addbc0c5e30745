"""A page on which all households of some places go to another provider on a day."""

from datetime import date

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.households.models import Household
from tests.groups import a_manager
from tests.world import a_caseworker, a_household, a_user

TODAY = date(2026, 3, 2)
OLD, NEW = "New Zealand Red Cross", "Kāhui Tū Kaha"


@pytest.fixture
def place(transactions, client_of):
    return Place(transactions, client_of)


class Place:
    """Two households in one provider's hands, one of which cannot go to whoever is named."""

    def __init__(self, transactions, client_of):
        self.transactions = transactions
        with transactions.begin(SYSTEM, "arrange") as uow:
            facts = {"location": "AKL", "provider": OLD}
            self.goes, self.stays = [a_household(uow, **facts) for _ in range(2)]
            a_caseworker(uow, self.goes)
            self.worker = a_user(uow, name="Sina Leota")
            uow.add(
                Assignment(
                    household_id=self.stays.id,
                    user_id=self.worker.id,
                    kind=AssignmentKind.PRIMARY,
                    from_on=date(2026, 1, 1),
                )
            )
            self.client = client_of(a_manager(uow))

    def sends(self, **more):
        form = {
            "locations": ["AKL"],
            "from_provider": OLD,
            "to_provider": NEW,
            "on": TODAY.isoformat(),
            "user_ids": [str(self.worker.id)],
            "reason": "New contracts",
        }
        return self.client.post("/provider-change", data=form | more)

    def provider_of(self, household):
        with self.transactions.begin(SYSTEM, "look") as uow:
            return uow.find(Household, household.id).provider


class TestProviderPage:
    def test_it_asks_for_places_providers_and_caseworkers(self, place):
        page = place.client.get("/provider-change").text

        assert all(text in page for text in (OLD, "Sina Leota", "Auckland"))

    def test_who_would_go_to_whom_is_told_first_and_nothing_is_done(self, place):
        page = place.sends()

        assert page.status_code == 200, page.text
        assert "Nothing has been changed yet." in page.text
        assert f"{place.goes.reference}: Sina Leota" in page.text
        assert f"{place.stays.reference}: stays as it is. This caseworker has" in page.text
        assert "Haidari" not in page.text
        assert place.provider_of(place.goes) == OLD

    def test_confirmed_they_go_and_those_that_stay_are_told_with_the_reason(self, place):
        done = place.sends(confirmed="true")

        page = place.client.get(done.location).text
        assert "1 of 2 households go to the new provider." in page
        assert f"{place.stays.reference}: This caseworker has the household already." in page
        assert place.provider_of(place.goes) == NEW
        assert place.provider_of(place.stays) == OLD

    def test_the_provider_after_is_another_than_before(self, place):
        page = place.sends(to_provider=OLD)

        assert page.status_code == 422
        assert "Name another provider than before." in page.text

    def test_nobody_takes_over_from_a_day_before_the_caseworker_began(self, place):
        done = place.sends(on="2024-12-01", confirmed="true")

        page = place.client.get(done.location).text
        assert f"{place.goes.reference}: The end must not lie before the beginning." in page
