"""Pages that a link opens, on a telephone; and what people agree to, given and taken back there."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from resettle.accounts.models import UserAccount
from resettle.core.actor import SYSTEM
from resettle.core.permissions import Permission
from resettle.households.models import Person
from resettle.households.queries import household_of
from resettle.placements.queries import open_sponsorship
from resettle.pulses import service as pulses
from resettle.pulses.definition import PulseSettings
from resettle.pulses.models import PulseInvitation
from tests.browser import looking
from tests.browser.conftest import PageOf, Served
from tests.browser.test_family_pages import PHONE, found, links

__all__ = ["found", "links"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ARABIC = re.compile(r"[\u0600-\u06ff]")
Made = Callable[[], str]


@pytest.fixture
def link(page_of: PageOf, links: str) -> Iterator[Made]:
    """Return a function that makes a one-time link in Arabic, and tells its address."""

    def make() -> str:
        worker = page_of("caseworker")
        worker.goto(links)
        worker.locator("[name=purpose][value=page]").check()
        worker.locator("[name=language]").select_option("ar")
        worker.get_by_role("button", name="Make a link").click()
        address = re.search(r"/l/[\w-]{43}", worker.locator("main").inner_text())
        assert address is not None
        return address[0]

    yield make

    looking.back_to_english(page_of("family"))


def test_a_one_time_link_opens_once_and_says_so_from_right_to_left(page_of: PageOf, link: Made):
    address = link()
    page = page_of(**PHONE)

    page.goto(address)
    before = looking.faults(page)
    said = page.locator("main").inner_text()
    page.locator("main form button").first.click()
    page.wait_for_url("**/my-household")
    other = page_of(refusals=True, **PHONE)
    other.goto(address)

    assert before == []
    assert looking.faults(other) == []
    assert ARABIC.search(said)
    assert other.locator("main form").count() == 0
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_what_is_agreed_to_in_arabic_is_seen_and_taken_back_is_gone_at_the_next_look(
    page_of: PageOf, served: Served, link: Made
):
    name, household = _who(served)
    member, phone = page_of("member"), page_of(**PHONE)
    phone.goto(link())
    phone.locator("main form button").first.click()
    phone.wait_for_url("**/my-household")

    _take_back(phone, "الاسم")
    before = _seen(member, household)
    _agree(phone, "name")
    assert looking.faults(phone) == []
    agreed = _seen(member, household)
    _take_back(phone, "الاسم")
    assert looking.faults(phone) == []
    after = _seen(member, household)

    assert (name in before, name in agreed, name in after) == (False, True, False)
    # As it was, for whoever tests next.
    _agree(phone, "name")


def _who(served: Served) -> tuple[str, UUID]:
    """Tell the name of somebody in the demonstration's family, and where it lives."""
    with served.transactions.begin(SYSTEM, "look", read_only=True) as uow:
        query = select(UserAccount).where(UserAccount.email == "family@demo.test")
        account = uow.first(uow.touching(query, UserAccount))
        assert account is not None
        assert account.person_id is not None
        person = uow.find(Person, account.person_id)
        household = household_of(uow, account.person_id)
        assert person is not None
        assert household is not None
        return person.name, household


def _seen(member: Page, household: UUID) -> str:
    member.goto(f"/our-household?household={household}")
    return member.locator("main").inner_text()


def _agree(phone: Page, item: str) -> None:
    phone.locator("a[href$='/consents/new']").click()
    phone.locator("[name=purpose]").select_option("share_with_sponsor")
    phone.locator("[name=item]").select_option(item)
    phone.locator("[name=recipient_type]").select_option("sponsor_group")
    phone.locator("main form:has([name=item]) button.btn-primary").first.click()
    phone.wait_for_url("**/my-household")


def _take_back(phone: Page, what: str) -> None:
    """Take back whatever the person agreed to of one kind, row by row."""
    row = phone.locator("li:has(form[action$='/withdrawal'])", has_text=what)
    while count := row.count():
        row.first.locator("button").click()
        expect(row).to_have_count(count - 1)


def test_the_pulse_is_answered_by_its_link_on_a_telephone(page_of: PageOf, served: Served):
    address = _asked(served)
    page = page_of(**PHONE)

    page.goto(address)
    assert looking.faults(page) == []
    page.set_viewport_size(PHONE["viewport"])
    assert "Nobody sees what you answered." in page.locator("main").inner_text()
    for question in page.locator("fieldset").all():
        question.locator("input").nth(3).check()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert looking.faults(page) == []

    again = page_of(refusals=True, **PHONE)
    again.goto(address)
    assert again.locator("main form").count() == 0
    assert looking.faults(again) == []


def _asked(served: Served) -> str:
    """Ask a member of the demonstration's group how it goes; give the address of the link."""
    _, household = _who(served)
    with served.transactions.begin(SYSTEM, Permission.PULSE_ANSWER) as uow:
        query = select(UserAccount).where(UserAccount.email == "member@demo.test")
        member = uow.first(uow.touching(query, UserAccount))
        match = open_sponsorship(uow, household)
        assert member is not None
        assert match is not None
        round_ = PulseInvitation(group_id=match.group_id, user_id=member.id)
        round_.opened_on, round_.closes_on = uow.today, uow.today + uow.use(PulseSettings).open_for
        return f"/p/{pulses.renew(uow, uow.add(round_))}"
