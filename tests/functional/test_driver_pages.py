"""Who of a group may drive children: approved by another, with a vetting, until it runs out."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.sponsors.models import SponsorMember
from tests.groups import a_coordinator, a_group, a_manager, a_member


def send(client, path, **typed):
    return client.post(path, data={"form_key": uuid4().hex, **typed}, follow_redirects=True)


@pytest.fixture
def made(transactions):
    """Make a group whose driver has a licence and a car, with somebody who leads it."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        group = a_group(uow, status="ACTIVE")
        lead = a_coordinator(uow, group)
        driver = a_member(uow, group)
        driver.name, driver.licence_until = "Tom Fraser", date(2030, 1, 1)
        driver.vehicle_seats = driver.child_seats = 2
        return group.id, lead, driver.id


def change(transactions, member_id, **facts):
    with transactions.begin(SYSTEM, "arrange") as uow:
        member = uow.find(SponsorMember, member_id)
        for name, value in facts.items():
            setattr(member, name, value)


class TestDrivers:
    def test_a_driver_is_approved_and_the_approval_ended(self, made, client_of, transactions):
        group, lead, driver = made
        client, path = client_of(lead), f"/sponsor-groups/members/{driver}/child-transport"

        before = client.get(f"/sponsor-groups/{group}/drivers")
        approved = send(client, path)
        ended = send(client, f"{path}/ending")
        again = client.post(f"{path}/ending", data={"form_key": uuid4().hex})

        assert "2 seats, 2 for children" in before.text
        assert "May drive them" in approved.text
        assert "They drive children no more." in ended.text
        assert "May drive them" not in ended.text
        assert again.status_code == 409

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ({"vetted_until": None}, "No vetting is in force."),
            ({"vetted_until": date(2026, 3, 2)}, "No vetting is in force."),
            ({"confirmed_by_manager_by": None}, "The membership is not confirmed."),
            ({"licence_until": date(2026, 3, 1)}, "No driver licence is on record that holds."),
            ({"vehicle_seats": None}, "No seats of a car are on record."),
        ],
    )
    def test_what_is_lacking_is_told(self, made, client_of, transactions, facts, told):
        group, lead, driver = made
        change(transactions, driver, drives_children=True, **facts)

        shown = client_of(lead).get(f"/sponsor-groups/{group}/drivers").text

        assert told in shown
        assert "Approved, and may not at the moment" in shown

    def test_nobody_approves_themselves_or_somebody_without_vetting(
        self, made, client_of, transactions
    ):
        group, lead, driver = made
        change(transactions, driver, vetted_until=None)
        client = client_of(lead)

        refused = client.post(
            f"/sponsor-groups/members/{driver}/child-transport", data={"form_key": uuid4().hex}
        )

        assert refused.status_code == 409
        assert "Somebody else approves you." in client.get(f"/sponsor-groups/{group}/drivers").text

    def test_a_vetting_that_runs_out_soon_is_marked(self, made, client_of, transactions):
        group, lead, driver = made
        change(transactions, driver, vetted_until=date(2026, 3, 30))

        assert "soon" in client_of(lead).get(f"/sponsor-groups/{group}/drivers").text

    def test_a_group_of_nobody_says_so(self, client_of, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            group, manager = a_group(uow).id, a_manager(uow)

        shown = client_of(manager).get(f"/sponsor-groups/{group}/drivers").text
        assert "Nobody is on record as a member yet." in shown
