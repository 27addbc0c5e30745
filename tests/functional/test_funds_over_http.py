"""A group's money over HTTP: who knows of it, two persons, counter-entries, receipts, forecast."""

import dataclasses
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import TooLarge
from resettle.funds import receipts
from resettle.funds.models import FundEntry
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.sponsors.models import MemberRole
from tests import groups
from tests.unit.files_sent import a_pdf, a_picture
from tests.world import a_household

TODAY = "2026-03-02"
SPENT = {"amount": "120.00", "category": "food", "happened_on": "2026-02-10"}


@pytest.fixture
def books(transactions, client_of):
    return Books(transactions, client_of)


class Books:
    """A group with a treasurer, a coordinator, a member, and a household; and another group."""

    def __init__(self, transactions, client_of):
        self.transactions, self.client_of = transactions, client_of
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.group = groups.a_group(uow)
            other = groups.a_group(uow)
            self.home = a_household(uow)
            groups.a_match(uow, self.group, self.home, status=SponsorshipStatus.CONFIRMED)
            self.strange = a_household(uow)
            actors = {
                "treasurer": groups.a_treasurer(uow, self.group),
                "coordinator": groups.a_coordinator(uow, self.group),
                "member": groups.a_sponsor(uow, self.group),
                "fundraiser": groups.a_sponsor(uow, self.group, MemberRole.FUNDRAISER),
                "stranger": groups.a_treasurer(uow, other),
                "manager": groups.a_manager(uow),
                "caseworker": Actor(Role.CASEWORKER, uuid4()),
                "auditor": Actor(Role.AUDITOR, uuid4()),
            }
            self.spender = groups.a_member(uow, self.group).id
            self.stranger_member = groups.a_member(uow, other).id
        self.clients = {name: client_of(actor) for name, actor in actors.items()}
        self.at = f"/sponsor-groups/{self.group.id}/funds"

    def get(self, who, path="", **query):
        return self.clients[who].get(f"/api{self.at}{path}", query_string=query)

    def does(self, who, path, **body):
        address = path if path.startswith("/api") else f"/api{self.at}{path}"
        headers = {"Idempotency-Key": uuid4().hex}
        return self.clients[who].post(address, json=body, headers=headers)

    def sends(self, who, path, **form):
        return self.clients[who].post(path, data={"form_key": uuid4().hex, **form})

    def page(self, who, path):
        return self.clients[who].get(path)

    def spends(self, who="treasurer", **more):
        body = {**SPENT, "member_id": str(self.spender), "no_receipt": "A market stall", **more}
        return self.does(who, "/spending", **body).json

    def approved(self, **more):
        entry = self.spends(**more)
        assert self.act("coordinator", entry, "approval").status_code == 201
        return entry

    def act(self, who, entry, act, **body):
        return self.does(who, f"/api/fund-entries/{entry['id']}/{act}", **body)

    def gives(self, **more):
        body = {"kind": "donation_cash", "amount": "500", "happened_on": "2026-02-01", **more}
        return self.does("treasurer", "/gifts", **body)

    def promises(self, **more):
        body = {"amount": "50", "pledged_on": "2026-02-01", "first_on": "2026-04-01", **more}
        return self.does("treasurer", "/pledges", **body)

    @property
    def balances(self):
        return self.get("member").json["balances"]


class TestWhoKnows:
    @pytest.mark.parametrize(
        ("who", "sums", "ledger", "record", "approve"),
        [
            ("treasurer", 200, 200, 201, 403),
            ("coordinator", 200, 200, 403, 201),
            ("member", 200, 403, 403, 403),
            ("stranger", 404, 404, 404, 404),
            ("manager", 200, 200, 403, 403),
            ("caseworker", 403, 403, 403, 403),
            ("auditor", 403, 403, 403, 403),
        ],
    )
    def test_sums_are_for_members_and_entries_for_who_keeps_or_checks_the_books(
        self, books, who, sums, ledger, record, approve
    ):
        entry = books.spends()

        assert books.get(who).status_code == sums
        assert books.get(who, "/entries").status_code == ledger
        assert books.get(who, "/pledges").status_code == ledger
        gift = {"kind": "grant", "amount": "10", "happened_on": TODAY}
        assert books.does(who, "/gifts", **gift).status_code == record
        assert books.act(who, entry, "approval").status_code == approve

    def test_managers_see_amounts_and_no_names(self, books):
        books.gives(donor="Mrs Ngata", note="In memory")

        (told,) = books.get("manager", "/entries").json["items"]
        (kept,) = books.get("coordinator", "/entries").json["items"]

        assert (told["amount"], told.get("party"), told.get("note")) == ("500.00", None, None)
        assert (kept["party"], kept["note"]) == ("Mrs Ngata", "In memory")

    def test_members_see_their_own_spending_and_nobody_elses(self, books):
        own = books.does("member", "/claims", **SPENT).json
        other = books.does("fundraiser", "/claims", **SPENT).json

        found = [row["id"] for row in books.get("member", "/claims").json["items"]]

        assert found == [own["id"]]
        assert books.clients["member"].get(f"/api/fund-entries/{own['id']}").status_code == 200
        assert books.clients["member"].get(f"/api/fund-entries/{other['id']}").status_code == 404

    def test_what_members_are_told_holds_no_line_of_the_ledger(self, books):
        gift = books.gives(donor="Mrs Ngata", note="In memory").json
        entry = books.approved(payee="The bakery", note="For the party")
        pledge = books.promises(pledger="The choir").json

        sums = books.get("member").json
        page = books.page("member", books.at).text

        assert {*sums} == {"balances", "budget", "forecast"}
        assert {*sums["balances"]} == {
            *("pledged", "outstanding", "received", "spent", "in_kind", "waiting", "at_hand"),
        }
        assert {*sums["budget"][0]} == {"category", "budget", "actual", "left"}
        lines = [gift["id"], entry["id"], pledge["id"]]
        for told in (str(sums), page):
            for secret in ("Ngata", "memory", "bakery", "party", "choir", *lines):
                assert secret not in told
        kept = str(books.get("treasurer", "/entries").json)
        assert all(word in kept for word in ("Ngata", "bakery", gift["id"], entry["id"]))

    def test_names_are_sealed(self, books):
        books.gives(donor="Mrs Ngata")

        with books.transactions.begin(SYSTEM, "look") as uow:
            (entry,) = uow.all(uow.select(FundEntry))
            assert b"Ngata" not in entry.sealed_party
            assert entry.party == "Mrs Ngata"


class TestTwoPersons:
    def test_spending_counts_once_somebody_else_approves(self, books):
        books.gives()
        entry = books.spends()
        before = books.balances

        books.act("coordinator", entry, "approval")

        assert (before["spent"], before["waiting"], before["at_hand"]) == (
            "0.00",
            "120.00",
            "500.00",
        )
        after = books.balances
        assert (after["spent"], after["waiting"], after["at_hand"]) == ("120.00", "0.00", "380.00")

    def test_who_recorded_it_does_not_approve_it(self, books):
        refused = books.act("treasurer", books.spends(), "approval")

        assert refused.status_code == 403
        assert "neither who spent it nor who recorded it" in refused.json["detail"]

    def test_who_spent_it_does_not_approve_it(self, books):
        own = books.does("coordinator", "/claims", **SPENT, no_receipt="Lost").json

        assert books.act("coordinator", own, "approval").status_code == 403
        assert books.act("coordinator", own, "refusal", reason="No").status_code == 403
        assert books.act("treasurer", own, "approval").status_code == 201

    def test_nor_in_a_second_role_or_a_second_membership(self, books, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            both = groups.a_coordinator(uow, books.group)
            roles = frozenset({(books.group.id, "treasurer")})
            first = uow.first(
                uow.select(groups.SponsorMember).where(groups.SponsorMember.user_id == both.user_id)
            )
            first.roles = ["coordinator", "treasurer"]
        books.clients["both"] = books.client_of(dataclasses.replace(both, group_roles=roles))
        recorded = books.spends("both")
        claimed = books.does("both", "/claims", **SPENT, no_receipt="Lost").json
        in_both = [books.act("both", each, "approval") for each in (recorded, claimed)]
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(groups.SponsorMember, first.id).left_on = uow.today
            groups.a_member(uow, books.group, user_id=both.user_id, roles=("coordinator",))
        come_back = [books.act("both", each, "approval") for each in (recorded, claimed)]

        for refused in (*in_both, *come_back):
            assert refused.status_code == 403
            assert "neither who spent it nor who recorded it" in refused.json["detail"]
        assert books.act("coordinator", claimed, "approval").status_code == 201

    def test_it_is_decided_once(self, books):
        entry = books.approved()

        again = books.act("coordinator", entry, "approval")
        refused = books.act("coordinator", entry, "refusal", reason="Too late")

        assert (again.status_code, refused.status_code) == (409, 409)

    def test_without_receipt_or_reason_it_is_not_approved(self, books):
        entry = books.does("member", "/claims", **SPENT).json

        blocked = books.act("treasurer", entry, "approval")

        assert blocked.status_code == 409
        assert "receipt" in blocked.json["missing"]

    def test_what_is_refused_or_withdrawn_does_not_count(self, books):
        refused, withdrawn = books.spends(), books.does("member", "/claims", **SPENT).json

        no = books.act("coordinator", refused, "refusal", reason="Not for the household").json
        books.act("member", withdrawn, "withdrawal")

        assert (no["state"], no["reason"]) == ("refused", "Not for the household")
        assert books.balances["waiting"] == books.balances["spent"] == "0.00"
        assert books.act("member", withdrawn, "withdrawal").status_code == 409

    def test_coordinators_do_not_withdraw_what_others_spent(self, books):
        assert books.act("coordinator", books.spends(), "withdrawal").status_code == 403


class TestCounterEntries:
    def test_an_error_is_taken_back_and_both_stay(self, books):
        gift = books.gives(donor="Mrs Ngata").json

        counter = books.act("treasurer", gift, "correction", reason="It was 50").json

        assert (counter["amount"], counter["reverses_id"]) == ("-500.00", gift["id"])
        assert books.balances["received"] == "0.00"
        amounts = [row["amount"] for row in books.get("treasurer", "/entries").json["items"]]
        assert sorted(amounts) == ["-500.00", "500.00"]

    def test_it_is_taken_back_once_and_a_counter_entry_never(self, books):
        gift = books.gives().json
        counter = books.act("treasurer", gift, "correction", reason="Wrong").json

        again = books.act("treasurer", gift, "correction", reason="Wrong")
        back = books.act("treasurer", counter, "correction", reason="Right after all")

        assert (again.status_code, back.status_code) == (409, 409)

    def test_what_does_not_count_is_not_taken_back(self, books):
        waiting = books.spends()

        assert books.act("treasurer", waiting, "correction", reason="x").status_code == 409

    def test_nothing_is_overwritten_or_deleted(self, books):
        entry = f"/api/fund-entries/{books.gives().json['id']}"

        for method in ("PATCH", "PUT", "DELETE"):
            assert books.clients["treasurer"].open(entry, method=method).status_code == 405


class TestMoneyBack:
    def test_it_lowers_what_was_spent(self, books):
        entry = books.approved(category="bond")

        back = books.act("treasurer", entry, "refunds", amount="20.50", happened_on=TODAY)

        assert back.status_code == 201
        assert books.balances["spent"] == "99.50"
        assert books.get("member").json["budget"] == [
            {"category": "bond", "budget": "0.00", "actual": "99.50", "left": "-99.50"}
        ]

    def test_never_more_than_was_spent_nor_before(self, books):
        entry = books.approved()
        books.act("treasurer", entry, "refunds", amount="100", happened_on=TODAY)

        more = books.act("treasurer", entry, "refunds", amount="20.01", happened_on=TODAY)
        early = books.act("treasurer", entry, "refunds", amount="1", happened_on="2026-02-09")
        waits = books.act("treasurer", books.spends(), "refunds", amount="1", happened_on=TODAY)

        assert "amount" in more.json["errors"]
        assert "happened_on" in early.json["errors"]
        assert waits.status_code == 409

    def test_spending_is_not_taken_back_while_money_has_come_back_of_it(self, books):
        entry = books.approved()
        back = books.act("treasurer", entry, "refunds", amount="5", happened_on=TODAY).json

        held = books.act("treasurer", entry, "correction", reason="Wrong")
        books.act("treasurer", back, "correction", reason="It did not")
        freed = books.act("treasurer", entry, "correction", reason="Wrong")

        assert (held.status_code, freed.status_code) == (409, 201)
        assert books.balances["spent"] == "0.00"
        gone = books.act("treasurer", entry, "refunds", amount="5", happened_on=TODAY)
        assert gone.status_code == 409


class TestGifts:
    def test_things_are_kept_apart_from_money(self, books):
        sofa = {"kind": "donation_in_kind", "valuation": "second_hand_price", "amount": "90"}
        books.gives(**sofa, category="furniture")
        books.gives()

        assert (books.balances["in_kind"], books.balances["received"]) == ("90.00", "500.00")

    @pytest.mark.parametrize(
        ("faulty", "field"),
        [
            ({"kind": "donation_in_kind"}, "valuation"),
            ({"valuation": "estimate"}, "valuation"),
            ({"kind": "spend"}, "kind"),
            ({"happened_on": "2026-03-03"}, "happened_on"),
            ({"pledge_id": str(uuid4())}, "pledge_id"),
            ({"amount": 500}, "amount"),
            ({"amount": 500.0}, "amount"),
            ({"amount": "1,000.50"}, "amount"),
            ({"amount": "1.000,50"}, "amount"),
            ({"amount": "-5"}, "amount"),
            ({"amount": "1e9"}, "amount"),
            ({"amount": "5.005"}, "amount"),
            ({"amount": "0"}, "amount"),
            ({"amount": "1000000.01"}, "amount"),
        ],
    )
    def test_what_is_not_right_is_named(self, books, faulty, field):
        refused = books.gives(**faulty)

        assert refused.status_code == 422
        assert field in refused.json["errors"]

    def test_a_loan_is_refused_with_the_reason(self, books):
        assert "does not lend" in str(books.gives(kind="loan").json["errors"]["kind"])

    def test_only_a_household_that_the_group_supports_is_named(self, books):
        assert books.gives(household_id=str(books.home.id)).status_code == 201
        assert "household_id" in books.gives(household_id=str(books.strange.id)).json["errors"]

    def test_a_household_has_sums_of_its_own(self, books):
        books.gives(household_id=str(books.home.id), amount="30")
        books.gives()

        of_home = books.get("member", household=str(books.home.id)).json
        assert of_home["balances"]["received"] == "30.00"
        assert books.balances["received"] == "530.00"


class TestPledges:
    def test_what_has_come_of_one_is_no_longer_expected(self, books):
        pledge = books.promises(months=10).json

        books.gives(amount="120", pledge_id=pledge["id"])

        assert pledge["total"] == "500.00"
        found = books.balances
        assert (found["pledged"], found["outstanding"], found["received"]) == (
            *("500.00", "380.00"),
            "120.00",
        )

    def test_one_that_is_taken_back_is_expected_no_more(self, books):
        pledge = books.promises().json
        address = f"/api/fund-pledges/{pledge['id']}/withdrawal"

        gone = books.does("treasurer", address, reason="Lost their job")
        again = books.does("treasurer", address, reason="Lost their job")
        late = books.gives(pledge_id=pledge["id"])

        assert (gone.status_code, gone.json["withdrawn_on"]) == (201, TODAY)
        assert again.status_code == 409
        assert "pledge_id" in late.json["errors"]
        assert books.balances["pledged"] == "0.00"

    def test_a_day_to_come_is_no_day_on_which_it_was_promised(self, books):
        assert "pledged_on" in books.promises(pledged_on="2026-03-03").json["errors"]


class TestSpending:
    def test_of_somebody_who_is_no_member_it_is_not_taken(self, books):
        odd = books.spends(member_id=str(books.stranger_member))

        assert "member_id" in odd["errors"]

    def test_who_has_left_claims_nothing(self, books, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for member in uow.all(uow.select(groups.SponsorMember)):
                member.left_on = uow.today

        assert books.does("member", "/claims", **SPENT).status_code == 409

    def test_a_day_to_come_is_refused(self, books):
        assert "happened_on" in books.spends(happened_on="2026-03-03")["errors"]


class TestBudget:
    def test_it_is_set_against_what_was_spent(self, books):
        books.does("treasurer", "/budget", category="food", amount="100")
        books.does("treasurer", "/budget", category="food", amount="300")
        books.does(
            "treasurer", "/budget", category="rent", amount="900", household_id=str(books.home.id)
        )
        books.approved()

        lines = {row["category"]: row for row in books.get("manager").json["budget"]}

        assert (lines["food"]["budget"], lines["food"]["left"]) == ("300.00", "180.00")
        assert lines["rent"]["left"] == "900.00"
        of_home = books.get("member", household=str(books.home.id)).json["budget"]
        assert [row["category"] for row in of_home] == ["rent"]


class TestForecast:
    def test_it_tells_the_month_in_which_the_money_runs_out(self, books):
        books.gives(amount="300")
        books.approved()
        books.promises(amount="100", months=2)

        told = books.get("member").json["forecast"]

        assert told["pace"] == "120.00"
        assert (told["runs_out"], told["runs_out_with_pledges"]) == ("2026-04-01", "2026-06-01")

    def test_it_burns_down_month_by_month_to_the_end_of_the_support(self, books, transactions):
        books.gives(amount="300")
        books.approved()
        books.promises(amount="100", months=2)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.first(uow.select(Sponsorship)).planned_end_on = date(2026, 6, 30)

        told = books.get("member").json["forecast"]

        # 180 dollars are left, 120 are spent in a month, and 100 come in April and in May.
        assert [tuple(month.values()) for month in told["months"][:4]] == [
            ("2026-03-01", "60.00", "60.00"),
            ("2026-04-01", "-60.00", "40.00"),
            ("2026-05-01", "-180.00", "20.00"),
            ("2026-06-01", "-300.00", "-100.00"),
        ]
        assert (told["until"], told["shortfall"]) == ("2026-06-30", "100.00")


class TestMinimumSupport:
    def test_new_zealand_sets_no_sum(self, books):
        assert books.get("member", "/minimum-support", persons=4).json["items"] == []
        assert "sets no fixed sum" in books.page("member", f"{books.at}/minimum-support").text

    def test_a_programme_with_a_table_says_what_a_family_needs(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            group = groups.a_group(uow, programme=("ca-psr", 1))
            client = client_of(groups.a_sponsor(uow, group))
        at = f"/sponsor-groups/{group.id}/funds/minimum-support"

        told = client.get(f"/api{at}?persons=8").json["items"]

        assert [(t["code"], t["total"], t["currency"]) for t in told] == [
            ("ircc-2018", "40900.00", "CAD"),
            ("toronto-2023", "39170.00", "CAD"),
        ]
        assert told[0]["in_kind"]["Housing"] == "12372.00"
        assert told[0]["least_in_money"] == "22575.00"
        assert (told[1]["in_kind"], told[1]["least_in_money"]) == ({}, "39170.00")
        page = client.get(f"{at}?persons=8").text
        assert "$40,900.00" in page
        assert "If all of it is given, in money at least" in page
        assert client.get(f"/api{at}").status_code == 422


class TestReceipts:
    def adds(self, books, entry, content, who="member"):
        return books.clients[who].post(
            f"/api/fund-entries/{entry['id']}/receipts",
            data={"file": (BytesIO(content), "IMG_0012 Haidari.jpg")},
            headers={"Idempotency-Key": uuid4().hex},
        )

    def test_a_photo_is_drawn_anew_and_handed_out_without_its_name(self, books):
        entry = books.does("member", "/claims", **SPENT).json
        receipt = self.adds(books, entry, a_picture()).json

        found = books.clients["treasurer"].get(f"/api/fund-receipts/{receipt['id']}/content")

        assert found.headers["Content-Type"] == "image/jpeg"
        assert "Haidari" not in found.headers["Content-Disposition"]
        assert b"taken at the house" not in found.data
        assert books.act("treasurer", entry, "approval").status_code == 201

    def test_a_pdf_is_kept(self, books):
        entry = books.does("member", "/claims", **SPENT).json

        assert self.adds(books, entry, a_pdf()).json["media_type"] == "application/pdf"
        listed = books.clients["member"].get(f"/api/fund-entries/{entry['id']}/receipts").json
        assert len(listed["items"]) == 1

    @pytest.mark.parametrize("content", [b"just text", b"GIF89a", b"\xff\xd8\xffbroken"])
    def test_what_is_neither_is_refused(self, books, content):
        entry = books.does("member", "/claims", **SPENT).json

        assert "file" in self.adds(books, entry, content).json["errors"]

    def test_they_are_limited_in_number_and_size(self, books):
        entry = books.does("member", "/claims", **SPENT).json
        for _ in range(6):
            self.adds(books, entry, a_pdf())

        assert self.adds(books, entry, a_pdf()).status_code == 409
        with books.transactions.begin(SYSTEM, "try") as uow, pytest.raises(TooLarge):
            receipts.add(uow, UUID(entry["id"]), bytes(10 * 1024 * 1024 + 1))

    def test_what_was_given_has_none(self, books):
        assert self.adds(books, books.gives().json, a_pdf(), "treasurer").status_code == 409

    def test_they_are_opened_by_the_group_alone(self, books):
        entry = books.does("member", "/claims", **SPENT).json
        receipt = self.adds(books, entry, a_pdf()).json
        address = f"/fund-receipts/{receipt['id']}/content"

        answers = {who: books.page(who, address).status_code for who in books.clients}

        assert answers == {
            "treasurer": 200,
            "coordinator": 200,
            "member": 200,
            "fundraiser": 404,
            "stranger": 404,
            "manager": 404,
            "caseworker": 403,
            "auditor": 403,
        }
