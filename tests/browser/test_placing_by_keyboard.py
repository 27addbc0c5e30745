"""From those who wait to a decision, by keyboard alone on a phone: nothing needs a pointer."""

from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page

from resettle.core.actor import SYSTEM, Duty
from resettle.core.jobs import run_next
from resettle.demo.staff import PASSWORD
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.wiring import RUNNERS
from tests.browser.conftest import PageOf, Served
from tests.browser.looking import HEIGHT, faults
from tests.places import who_waits
from tests.world import a_user

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WIDTH = 360
OFFICER = "placing-by-keyboard"
# Where nothing speaks for a household but what a person knows.
ELSEWHERE = ("Blenheim", "Timaru", "Dunedin", "Hamilton")


@pytest.fixture
def waiting(served: Served) -> list[str]:
    """Arrange three households that wait, and somebody who places them."""
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        duties = (Duty.PLACEMENT_OFFICER,)
        a_user(uow, email=f"{OFFICER}@demo.test", password=PASSWORD, duties=duties)
        homes = [who_waits(uow, primary_language="tam") for _number in range(3)]
        return [home.reference for home in homes]


def test_from_those_who_wait_to_a_decision(page_of: PageOf, served: Served, waiting: list[str]):
    page = page_of(OFFICER, viewport={"width": WIDTH, "height": HEIGHT})
    kept, kept_away, moved = waiting

    propose(page, served)
    given = {reference: place_of(page, reference) for reference in waiting}
    other = next(name for name in ELSEWHERE if name not in given.values())
    assert "" not in given.values()
    rule(page, kept, "keep", "AGREED")
    assert card(page, kept).get_by_text("Kept here by a person").is_visible()
    rule(page, kept_away, "forbid", "CASEWORKER_ASKED")
    assert card(page, kept_away).get_by_text("Ruled out: run again").is_visible()
    rule(page, moved, "move", "KNOWN_LOCALLY", place=other)
    assert card(page, moved).get_by_text("Moved here by a person").is_visible()
    sound(page)

    match_again(page, served)
    assert place_of(page, kept) == given[kept]
    assert place_of(page, kept_away) not in {given[kept_away], ""}
    assert place_of(page, moved) == other
    confirm(page, moved)
    assert card(page, moved).get_by_text("Decided").first.is_visible()
    assert card(page, moved).get_by_text("Something that is known locally").is_visible()


def propose(page: Page, served: Served) -> None:
    """Ask for a run, and go on to its board."""
    page.goto("/match-runs")
    tab_to(page, 'select[name="programme"]')
    page.keyboard.type("Refugee")
    tab_to(page, "button", "Match them")
    page.keyboard.press("Enter")
    page.wait_for_url("**/match-runs/*-*")
    make_newest(page, served)
    sound(page)
    tab_to(page, "a", "Proposal board", within="main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/placing/*")
    sound(page)


def rule(page: Page, reference: str, kind: str, why: str, place: str = "") -> None:
    """Go to a household, open its form, say where and why, and press the button that is meant."""
    go_to(page, reference)
    page.keyboard.press("m")
    if place:
        tab_to(page, 'select[name="place_id"]')
        page.keyboard.type(place)
    tab_to(page, 'select[name="reason_code"]')
    choose(page, why)
    tab_to(page, f'button[name="kind"][value="{kind}"]')
    page.keyboard.press("Enter")
    page.get_by_text(f"{reference} is ").wait_for()


def choose(page: Page, value: str, most: int = 9) -> None:
    """Go down in the list that has the focus until the value is chosen."""
    for _step in range(most):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.value") == value:
            return
    raise AssertionError(f"{value} is not in the list.")


def match_again(page: Page, served: Served) -> None:
    """Let those who wait be matched anew, which goes on in the background."""
    tab_to(page, "button", "Match again")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    make_newest(page, served)
    work(served, run_id(page))
    page.get_by_text("One after another, it would place").wait_for()
    sound(page)


def confirm(page: Page, reference: str) -> None:
    """Go to a household, look at what follows, and decide."""
    go_to(page, reference)
    page.keyboard.press("c")
    page.wait_for_url("**/decision")
    sound(page)
    tab_to(page, "button", "Offer this place")
    page.keyboard.press("Enter")
    page.get_by_text("It is decided, and kept with what was known.").wait_for()


def go_to(page: Page, reference: str, most: int = 30) -> None:
    """Go from household to household until the one that is meant has the focus."""
    for _step in range(most):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == reference:
            return
    raise AssertionError(f"No way by keyboard to {reference}.")


def tab_to(
    page: Page, selector: str, text: str = "", within: str = "body", most: int = 250
) -> None:
    """Go on by the tab key until something that is meant has the focus."""
    found = """([what, text, within]) => {
      const here = document.activeElement;
      return here.matches(what) && here.closest(within) !== null && here.innerText.includes(text);
    }"""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(found, [selector, text, within]):
            return
    raise AssertionError(f"No way by keyboard to {selector} {text}.")


def card(page: Page, reference: str) -> Locator:
    return page.locator(f'[data-line][aria-label="{reference}"]')


def place_of(page: Page, reference: str) -> str:
    section = page.locator(".board-place", has=card(page, reference))
    return section.locator("h3 bdi").inner_text() if section.locator("h3 bdi").count() else ""


def sound(page: Page) -> None:
    assert faults(page) == []
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


def run_id(page: Page) -> str:
    return page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]


def make_newest(page: Page, served: Served) -> None:
    """Let the run be the newest: other tests of the same world have runs of later years."""
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        run = uow.find(MatchRun, UUID(run_id(page)))
        assert run is not None
        run.created_at = run.created_at.replace(year=2027 + len(served.cookies))


def work(served: Served, run: str) -> None:
    """Do what waits in the background until the run is done."""
    while run_next(served.transactions, RUNNERS):
        with served.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            found = uow.find(MatchRun, UUID(run))
            assert found is not None
            if found.status is RunStatus.DONE:
                return
