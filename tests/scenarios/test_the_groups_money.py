"""A group's money over HTTP alone: promised, given, spent by two, and how long it lasts."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from resettle.core.actor import Role
from tests.functional.bodies import picture
from tests.scenarios.sponsoring import a_ready_group

BEGUN, SPENT_ON, LATER = date(2023, 3, 6), date(2023, 4, 10), date(2023, 5, 8)


class TestTheGroupsMoney:
    def test_it(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        self.at = f"{group.path}/funds"
        treasurer, member = (office.somebody(Role.SPONSOR_MEMBER) for _ in range(2))
        group.joined_by(treasurer, "Ruth Ellison", "treasurer")
        group.joined_by(member, "Tom Fraser", "befriender")

        pledge = self.somebody_promises_money_for_each_month(treasurer)
        self.money_and_things_are_given(treasurer, pledge)
        self.the_budget_is_set(treasurer)
        office.on(SPENT_ON)
        entry = self.a_member_spends_and_shows_the_receipt(member)
        self.nobody_approves_their_own_spending(member, entry)
        self.somebody_else_approves_it(treasurer, entry)
        self.what_the_treasurer_spends_the_coordinator_approves(treasurer, group.coordinator)
        office.on(LATER)
        self.budget_stands_against_actual_and_a_shortfall_is_foreseen(treasurer)
        self.members_learn_sums_and_the_treasurer_every_entry(member, treasurer)
        self.nobody_else_learns_anything(office)

    def somebody_promises_money_for_each_month(self, treasurer):
        return treasurer.post(
            f"{self.at}/pledges",
            amount="100.00",
            months=3,
            first_on=BEGUN,
            pledged_on=BEGUN,
            pledger="The choir",
        )["id"]

    def money_and_things_are_given(self, treasurer, pledge):
        gifts = f"{self.at}/gifts"
        treasurer.post(
            gifts,
            kind="donation_cash",
            amount="100.00",
            happened_on=BEGUN,
            pledge_id=pledge,
        )
        treasurer.post(gifts, kind="grant", amount="400.00", happened_on=BEGUN)
        treasurer.post(
            gifts,
            kind="donation_in_kind",
            amount="150.00",
            happened_on=BEGUN,
            category="furniture",
            valuation="second_hand_price",
            donor="The Petersens",
        )
        loan = treasurer.tries(gifts, kind="loan", amount="50.00", happened_on=BEGUN)
        assert loan.status_code == 422

    def the_budget_is_set(self, treasurer):
        treasurer.post(f"{self.at}/budget", category="food", amount="200.00")

    def a_member_spends_and_shows_the_receipt(self, member):
        entry = member.post(
            f"{self.at}/claims",
            amount="260.00",
            category="food",
            happened_on=SPENT_ON,
            payee="The market",
        )
        assert entry["state"] == "waiting"
        receipt = member.asks(
            "POST",
            f"/api/fund-entries/{entry['id']}/receipts",
            data={"file": (BytesIO(picture()), "receipt.jpg")},
            headers={"Idempotency-Key": uuid4().hex},
        )
        assert receipt.status_code == 201, receipt.get_json()
        return f"/api/fund-entries/{entry['id']}"

    def nobody_approves_their_own_spending(self, member, entry):
        assert member.tries(f"{entry}/approval").status_code in {403, 404}

    def somebody_else_approves_it(self, treasurer, entry):
        assert treasurer.post(f"{entry}/approval")["state"] == "approved"
        [receipt] = treasurer.items(f"{entry}/receipts")
        shown = treasurer.asks("GET", f"/api/fund-receipts/{receipt['id']}/content")
        assert shown.headers["Content-Type"] == "image/jpeg"

    def what_the_treasurer_spends_the_coordinator_approves(self, treasurer, coordinator):
        entry = treasurer.post(
            f"{self.at}/claims",
            amount="200.00",
            category="power",
            happened_on=SPENT_ON,
            no_receipt="Paid from the phone",
        )
        path = f"/api/fund-entries/{entry['id']}/approval"
        own = treasurer.tries(path)
        assert own.status_code in {403, 409}
        assert coordinator.post(path)["state"] == "approved"

    def budget_stands_against_actual_and_a_shortfall_is_foreseen(self, treasurer):
        told = treasurer.get(self.at)
        sums = told["balances"]
        assert (sums["pledged"], sums["outstanding"]) == ("300.00", "200.00")
        assert (sums["received"], sums["spent"], sums["in_kind"]) == ("500.00", "460.00", "150.00")
        assert sums["at_hand"] == "40.00"
        food = next(line for line in told["budget"] if line["category"] == "food")
        assert (food["budget"], food["actual"]) == ("200.00", "260.00")
        assert told["forecast"]["runs_out"] == "2023-05-01"
        assert (told["forecast"]["runs_out_with_pledges"] or "later") >= "2023-05-01"

    def members_learn_sums_and_the_treasurer_every_entry(self, member, treasurer):
        sums = member.get(self.at)
        assert sums["balances"]["at_hand"] == "40.00"
        assert not [word for word in ("Petersen", "choir", "market") if word in str(sums)]
        assert member.asks("GET", f"{self.at}/entries").status_code == 403
        entries = treasurer.items(f"{self.at}/entries")
        assert len(entries) == 5
        assert "The Petersens" in str(entries)

    def nobody_else_learns_anything(self, office):
        stranger = office.somebody(Role.SPONSOR_MEMBER)
        caseworker = office.somebody(Role.CASEWORKER)
        for who in (stranger, caseworker):
            assert who.asks("GET", self.at).status_code in {403, 404}
            assert who.asks("GET", f"{self.at}/entries").status_code in {403, 404}
