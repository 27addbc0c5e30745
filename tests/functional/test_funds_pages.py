"""The pages of a group's money: how it stands, the ledger, its forms, and a table to take along."""

from io import BytesIO

import pytest

from tests.functional.test_funds_over_http import SPENT, TODAY, Books
from tests.unit.files_sent import a_pdf

FORMS = {
    "gifts": {"kind": "donation_cash", "amount": "100.50", "happened_on": TODAY, "donor": "=Mere"},
    "pledges": {"amount": "50", "months": "3", "pledged_on": TODAY, "first_on": TODAY},
    "budget": {"category": "food", "amount": "100"},
}


@pytest.fixture
def books(transactions, client_of):
    return Books(transactions, client_of)


@pytest.mark.parametrize("name", [*FORMS])
def test_a_form_is_shown_refuses_what_is_wrong_and_records(books, name):
    at = f"{books.at}/{name}/new"

    assert books.page("treasurer", at).status_code == 200
    faulty = books.sends("treasurer", at, **{**FORMS[name], "amount": "1,50"})
    assert faulty.status_code == 422
    assert "no commas" in faulty.text
    assert books.sends("treasurer", at, **FORMS[name]).status_code == 303


def test_how_the_group_stands_is_told_to_each_as_far_as_it_is_theirs(books):
    books.gives(amount="300", household_id=str(books.home.id))
    books.approved()
    books.does("treasurer", "/budget", category="food", amount="100")
    books.spends()
    books.does("member", "/claims", **SPENT)

    of_treasurer = books.page("treasurer", books.at).text
    of_member = books.page("member", books.at).text

    assert "runs out in" in of_treasurer
    assert "$20.00 over" in of_treasurer
    assert "Waits for a second person" in of_treasurer
    assert "Record a donation" in of_treasurer
    assert "What I spent" in of_member
    assert "Record a donation" not in of_member
    assert "$180.00" in of_member
    assert books.page("manager", f"{books.at}?household={books.home.id}").status_code == 200


def test_the_ledger_is_taken_along_as_a_table_without_formulas(books):
    books.sends("treasurer", f"{books.at}/gifts/new", **FORMS["gifts"])
    gift = books.get("treasurer", "/entries").json["items"][0]
    books.act("treasurer", gift, "correction", reason="Wrong")

    table = books.page("treasurer", f"{books.at}/ledger/download")

    assert table.headers["Content-Disposition"] == f'attachment; filename="ledger-{TODAY}.csv"'
    assert '"\'=Mere"' in table.text
    assert '"-100.50"' in table.text
    assert books.page("coordinator", f"{books.at}/ledger/download").status_code == 403


def test_a_member_claims_with_a_receipt_and_the_treasurer_approves(books):
    at = f"{books.at}/claims/new"
    assert books.page("member", at).status_code == 200
    receipt = {"file": (BytesIO(a_pdf()), "receipt.pdf")}
    assert books.sends("member", at, **SPENT, **receipt).status_code == 303
    (entry,) = books.get("member", "/claims").json["items"]
    page = f"/fund-entries/{entry['id']}"

    assert "Receipt 1" in books.page("treasurer", page).text
    assert "Approve" not in books.page("member", page).text
    assert books.sends("treasurer", f"{page}/approval", version="1").location == page
    assert "Approved" in books.page("member", page).text
    assert "Receipt 1" in books.page("manager", page).text


def test_spending_of_somebody_is_recorded_refused_or_withdrawn(books):
    at = f"{books.at}/spending/new"
    assert books.page("treasurer", at).status_code == 200
    spent = {**SPENT, "member_id": str(books.spender)}
    assert books.sends("treasurer", at, **spent).status_code == 303
    page = f"/fund-entries/{books.get('treasurer', '/entries').json['items'][0]['id']}"

    assert books.page("coordinator", f"{page}/refusal").status_code == 200
    assert books.sends("coordinator", f"{page}/refusal", reason="Not ours").location == page
    assert "Not ours" in books.page("treasurer", page).text
    other = books.spends()["id"]
    assert books.sends("treasurer", f"/fund-entries/{other}/withdrawal").status_code == 303


def test_a_receipt_is_added_later(books):
    page = f"/fund-entries/{books.spends()['id']}"

    assert books.page("treasurer", f"{page}/receipts/new").status_code == 200
    assert books.sends("treasurer", f"{page}/receipts/new").status_code == 422
    receipt = {"file": (BytesIO(a_pdf()), "receipt.pdf")}
    assert books.sends("treasurer", f"{page}/receipts/new", **receipt).location == page


def test_money_comes_back_and_entries_are_taken_back(books):
    page = f"/fund-entries/{books.approved()['id']}"

    for act, sent in (("refund", {"amount": "20", "happened_on": TODAY}), ("correction", {})):
        assert books.page("treasurer", f"{page}/{act}").status_code == 200
        faulty = books.sends("treasurer", f"{page}/{act}")
        assert faulty.status_code == 422
        if sent:
            assert books.sends("treasurer", f"{page}/{act}", **sent).status_code == 303
    gift = f"/fund-entries/{books.gives().json['id']}"
    counter = books.sends("treasurer", f"{gift}/correction", reason="Wrong").location
    assert "It takes this entry back" in books.page("treasurer", counter).text
    assert "Taken back" in books.page("treasurer", gift).text


def test_pledges_are_listed_and_taken_back(books):
    empty = books.page("treasurer", f"{books.at}/pledges").text
    pledge = books.promises(pledger="Mrs Ngata", months=2).json
    done = books.promises(amount="10").json
    books.gives(amount="10", pledge_id=done["id"])
    at = f"/fund-pledges/{pledge['id']}/withdrawal"

    assert "Nothing is pledged yet." in empty
    assert "Mrs Ngata" in books.page("treasurer", f"{books.at}/gifts/new").text
    assert "Mrs Ngata" not in books.page("manager", f"{books.at}/pledges").text
    assert books.page("treasurer", at).status_code == 200
    assert books.sends("treasurer", at, reason="Moved").location == f"{books.at}/pledges"
    assert "Taken back" in books.page("treasurer", f"{books.at}/pledges").text


def test_an_empty_ledger_says_what_will_stand_there(books):
    assert "Nothing is recorded yet." in books.page("treasurer", f"{books.at}/ledger").text
    assert "Money" in books.page("member", f"/sponsor-groups/{books.group.id}").text
