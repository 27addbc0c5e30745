"""What was kept from before a consent was taken back leads to nothing that it had covered.

That it is nowhere else, tests/access/test_taken_back.py looks for in every way in.
"""

from types import SimpleNamespace
from uuid import UUID

import pytest

from resettle.consents import service as consents
from resettle.consents.acts import WithdrawConsent
from resettle.consents.models import ConsentEntry, Item, Method
from resettle.core.actor import SYSTEM
from resettle.households.models import Person
from resettle.placements.models import SponsorshipStatus
from resettle.placements.queries import adults_at_home
from tests import groups
from tests.functional.keys import with_keys
from tests.weeks import a_company

NAME, PHONE = "Parwana", "+64 21 555 0199"


@pytest.fixture
def home(transactions, client_of):
    """Give a family of which one shares name and phone, and its group, which has looked."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        company = a_company(uow)
        me = uow.find(Person, company.person.person_id)
        me.given_name, me.phone = NAME, PHONE
        about = (company.household.id, me.id, company.group.id)
        groups.shares(uow, *about, Item.PHONE)
        found = uow.select(ConsentEntry).where(ConsentEntry.person_id == me.id)
        entries = {entry.item: entry.id for entry in uow.all(found)}
    return SimpleNamespace(
        family=with_keys(client_of(company.person)),
        lead=with_keys(client_of(company.lead)),
        household=f"/api/households/{company.household.id}",
        person=f"/api/persons/{me.id}",
        entries=entries,
        group=company.group,
    )


def take_back(home, item):
    path = f"/consents/{home.entries[item]}/withdrawal"
    assert home.family.post(path, data={}).status_code == 303


@pytest.mark.parametrize("path", ["/our-household", "{person}", "{household}/members"])
def test_a_page_that_is_open_shows_it_no_more_when_it_is_asked_for_again(home, path):
    path = path.format(person=home.person, household=home.household)
    before = home.lead.get(path)
    take_back(home, Item.NAME)

    known = {"If-None-Match": before.headers.get("ETag", '"1"')}
    after = home.lead.get(path, headers=known)

    assert NAME in before.text
    assert after.status_code in {200, 404}
    assert NAME not in after.text
    assert "no-store" in before.headers["Cache-Control"]


def test_a_cursor_that_was_kept_leads_to_nobody_who_shares_no_more(home, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        other = groups.a_family(uow, born=(groups.ADULT,))
        groups.a_match(uow, home.group, other, status=SponsorshipStatus.CONFIRMED)
        (adult,) = adults_at_home(uow, other.id, uow.today)
        groups.shares(uow, other.id, adult, home.group.id, Item.NAME)
    first = home.lead.get("/api/households?limit=1").json
    following = f"/api/households?limit=1&cursor={first['next']}"
    (second,) = home.lead.get(following).json["items"]

    with transactions.begin(SYSTEM, "arrange") as uow:
        query = uow.select(ConsentEntry).where(ConsentEntry.household_id == UUID(second["id"]))
        for entry in uow.all(query.order_by(ConsentEntry.seq)):
            consents.withdraw(uow, entry.id, WithdrawConsent(method=Method.SIGNED))

    assert home.lead.get(following).json["items"] == []


def test_each_item_is_taken_back_by_itself(home):
    contact = f"{home.person}/contact"
    before = home.lead.get(contact).json
    take_back(home, Item.PHONE)

    assert before["phone"] == PHONE
    assert PHONE not in home.lead.get(contact).text
    assert NAME in home.lead.get(home.person).text
