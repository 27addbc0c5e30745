"""A sponsor group's week and its house on a phone of 360 px, done by hand, with axe on the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from resettle.accounts.models import UserAccount
from resettle.core.actor import SYSTEM
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import running_of_group
from resettle.roster import handing
from resettle.roster import service as roster
from resettle.roster.acts import AddGroupTask, AddShift
from resettle.roster.models import ShiftKind
from resettle.sponsors.models import SponsorMember
from resettle.tasks.models import Category
from tests.browser.conftest import PageOf, Served
from tests.browser.looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PHONE = {"width": 360, "height": 800}
HOUSE = "a[href$='/house-ready']"
NUMBERS = count(1)


@dataclass(frozen=True)
class Ours:
    """Words that only this test's visit, lift and task have, and where their household is."""

    home: str
    visit: str
    lift: str
    task: str


@pytest.fixture
def ours(served: Served) -> Ours:
    """Arrange a visit that a member is asked for now, a lift of nobody, and a task of nobody."""
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        member = _member(uow)
        home = _newest_home(uow, member.group_id)
        number, now = next(NUMBERS), uow.now.replace(second=0, microsecond=0)
        found = Ours(f"/households/{home}", f"Visit {number}", f"Lift {number}", f"Task {number}")
        _shift(uow, home, ShiftKind.VISIT, now, words=found.visit, member_id=member.id)
        _shift(uow, home, ShiftKind.LIFT, now + timedelta(days=3), words=found.lift)
        task = AddGroupTask(title=found.task, category=Category.SOCIAL, due_on=uow.today)
        handing.add(uow, home, task)
    return found


def _member(uow: UnitOfWork) -> SponsorMember:
    tom = uow.first(uow.select(UserAccount).where(UserAccount.email == "member@demo.test"))
    assert tom is not None
    found = uow.first(uow.select(SponsorMember).where(SponsorMember.user_id == tom.id))
    assert found is not None
    return found


def _newest_home(uow: UnitOfWork, group_id: UUID) -> UUID:
    ids = [match.household_id for match in running_of_group(uow, group_id)]
    arrived = uow.select(Household).where(Household.id.in_(ids), Household.arrived_on.is_not(None))
    found = uow.first(arrived.order_by(Household.arrived_on.desc()))
    assert found is not None
    return found.id


def _shift(uow: UnitOfWork, home: UUID, kind: ShiftKind, at: datetime, **more: object) -> None:
    ends = at + timedelta(hours=1)
    roster.add(uow, home, AddShift(kind=kind, starts_at=at, ends_at=ends, **more))  # type: ignore[arg-type]  # as the callers have them


def line(page: Page, words: str) -> Locator:
    """Find the line of something in the week of the group."""
    page.goto("/our-week")
    return page.locator("li.queue-line").filter(has=page.get_by_text(words, exact=True))


def looked_at(page: Page) -> None:
    """See that nothing is wrong with the page at any width, and hold the phone again."""
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 800})


def tick(page: Page, item: str, state: str) -> None:
    page.get_by_role("link", name="Go through the checklist").click()
    looked_at(page)
    page.get_by_role("group", name=item).get_by_label(state).check()
    page.get_by_role("button", name="Save what I found").click()


def a_photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 400), "grey").save(file, "JPEG")
    return file.getvalue()


def test_a_member_says_that_they_come_that_they_are_there_and_how_it_went(
    page_of: PageOf, ours: Ours
):
    page = page_of("member", viewport=PHONE)

    line(page, ours.visit).get_by_role("button", name="I will be there").click()
    page.get_by_text("Confirmed. Thank you.").wait_for()
    expect(line(page, ours.visit)).to_contain_text("Confirmed")
    line(page, ours.visit).get_by_role("button", name="I have arrived").click()
    page.get_by_text("You have arrived. Say when you leave.").wait_for()
    line(page, ours.visit).get_by_role("link", name="I have left").click()
    looked_at(page)
    page.get_by_label("How it went, in a line").fill(f"They liked {ours.visit}")
    page.get_by_role("button", name="I have left").click()
    page.get_by_text("minutes are counted").wait_for()

    page.goto(f"{ours.home}/roster")
    done = page.locator("li").filter(has_text=f"They liked {ours.visit}")
    expect(done).to_contain_text("Done, Tom Fraser")


def test_a_shift_is_offered_kept_and_swapped_with_another(page_of: PageOf, ours: Ours):
    page = page_of("member", viewport=PHONE)

    line(page, ours.visit).get_by_role("link").first.click()
    looked_at(page)
    page.get_by_role("button", name="I cannot: who can?").click()
    expect(line(page, ours.visit)).to_contain_text("seeks somebody else")
    line(page, ours.visit).get_by_role("link").first.click()
    page.get_by_role("button", name="I can after all").click()
    page.get_by_text("You keep it.").wait_for()
    expect(line(page, ours.visit)).not_to_contain_text("seeks somebody else")
    line(page, ours.visit).get_by_role("link").first.click()
    page.get_by_role("button", name="I cannot: who can?").click()
    page.get_by_text("It stays yours until another takes it.").wait_for()

    other = page_of("coordinator", viewport=PHONE)
    line(other, ours.visit).get_by_role("button", name="I do it").click()
    other.get_by_text("It is yours").wait_for()
    expect(line(other, ours.visit)).to_contain_text("You")
    expect(line(page, ours.visit)).to_contain_text("Ruth Ellison")


def test_the_coordinator_gives_a_lift_to_a_driver_who_says_that_they_come(
    page_of: PageOf, ours: Ours
):
    page = page_of("coordinator", viewport=PHONE)

    line(page, ours.lift).get_by_role("link").first.click()
    looked_at(page)
    expect(page.locator("main")).to_contain_text("need a seat for children")
    page.get_by_label("Member").select_option(label="Tom Fraser")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("They are asked, and see it in their week.").wait_for()

    driver = page_of("member", viewport=PHONE)
    line(driver, ours.lift).get_by_role("button", name="I will be there").click()
    driver.get_by_text("Confirmed. Thank you.").wait_for()
    expect(line(page, ours.lift)).to_contain_text("Confirmed")
    expect(line(page, ours.lift)).to_contain_text("Tom Fraser")


def test_a_task_is_given_to_a_member_who_ticks_it_off(page_of: PageOf, ours: Ours):
    page = page_of("coordinator", viewport=PHONE)

    line(page, ours.task).get_by_role("link").click()
    looked_at(page)
    page.get_by_label("Together").check()
    page.get_by_label("Who does it").select_option(label="Tom Fraser")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("It is changed.").wait_for()

    theirs = page_of("member", viewport=PHONE)
    expect(line(theirs, ours.task)).to_contain_text("You")
    expect(line(theirs, ours.task)).to_contain_text("Together")
    line(theirs, ours.task).get_by_role("button", name="Done").click()
    theirs.get_by_text("Done. Thank you.").wait_for()
    expect(line(theirs, ours.task)).to_have_count(0)
    theirs.goto(f"{ours.home}/group-tasks")
    looked_at(theirs)
    expect(theirs.locator("li").filter(has_text=ours.task)).to_contain_text("Together, Tom Fraser")


def test_the_group_ticks_off_the_checklist_and_the_caseworker_confirms_it(
    page_of: PageOf, ours: Ours
):
    page = page_of("coordinator", viewport=PHONE)
    page.goto(f"{ours.home}/house-ready")
    looked_at(page)
    tick(page, "Fridge", "Missing")
    expect(page.locator("main")).to_contain_text("1 item is still to do.")
    expect(page.locator("li").filter(has_text="Fridge")).to_contain_text("Ruth Ellison")
    tick(page, "Fridge", "In order")
    expect(page.locator("li").filter(has_text="Fridge")).to_contain_text("Not confirmed yet")

    staff = page_of("caseworker", viewport=PHONE)
    staff.goto(f"{ours.home}/house-ready")
    staff.get_by_role("link", name="Look at what the group found").click()
    looked_at(staff)
    staff.get_by_label("In order, says Ruth Ellison").check()
    staff.get_by_role("button", name="Confirm").click()
    expect(staff.locator("li").filter(has_text="Fridge")).not_to_contain_text("Not confirmed yet")


def test_a_defect_goes_on_the_log_with_a_photo(page_of: PageOf):
    page = page_of("coordinator", viewport=PHONE)
    page.goto("/our-week")
    page.locator(HOUSE).first.click()
    looked_at(page)

    page.get_by_role("link", name="Something is broken").click()
    looked_at(page)
    page.get_by_label("What is wrong").fill("The back door does not lock")
    page.get_by_role("button", name="Put it on the log").click()
    page.get_by_text("It is on the log.").wait_for()
    page.get_by_role("link", name="Add a photo").last.click()
    looked_at(page)
    page.get_by_label("Photo").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    page.get_by_role("button", name="Add the photo").click()
    page.get_by_text("The photo is added.").wait_for()
    looked_at(page)
