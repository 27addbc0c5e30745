"""The proposal board by keyboard alone, on a phone and on a desk: moved, taken back, decided."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page

from resettle.core.actor import SYSTEM, Duty
from resettle.demo.staff import PASSWORD
from tests.boards import a_place, a_run
from tests.browser.conftest import PageOf, Served
from tests.browser.looking import HEIGHT, faults
from tests.groups import a_family
from tests.world import a_user

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ADULT, CHILD = date(1990, 5, 1), date(2019, 5, 1)


@pytest.fixture
def officer(served: Served, request: pytest.FixtureRequest) -> str:
    """Arrange a run with three households on its board, and somebody who places them."""
    name = f"placing-{request.node.callspec.params['width']}"
    with served.transactions.begin(SYSTEM, "arrange") as uow:
        duties = (Duty.PLACEMENT_OFFICER,)
        a_user(uow, email=f"{name}@demo.test", password=PASSWORD, duties=duties)
        homes = [a_family(uow, born=(ADULT, CHILD), programme=("rqp", 3)).id for _ in range(3)]
        levin = a_place(uow, f"Levin {name}", location=f"Levin {name}", persons=6)
        nelson = a_place(uow, f"Nelson {name}", location=f"Nelson {name}", languages=["prs"])
        run = a_run(uow, [levin, nelson], dict.fromkeys(homes, levin))
        year = 2027 + len(served.cookies)  # the newest, whatever the world holds
        run.created_at = run.created_at.replace(year=year)
    return name


@pytest.mark.parametrize("width", [1280, 360])
def test_a_household_is_moved_put_back_and_decided_by_keyboard(
    page_of: PageOf, officer: str, width: int
):
    page = page_of(officer, viewport={"width": width, "height": HEIGHT})
    page.goto("/placing")
    sound(page, width)

    move(page)
    page.get_by_text(f"is moved to Nelson {officer}.").wait_for()
    assert "Moved here by a person" in page.locator("main").inner_text()
    sound(page, width)

    page.keyboard.press("u")
    page.get_by_text("The step is taken back.").wait_for()
    assert "Moved here by a person" not in page.locator("main").inner_text()

    decide(page, width)
    page.get_by_text("It is decided, and kept with what was known.").wait_for()
    assert page.locator(".board-card:not([data-card])").count() == 1


@pytest.mark.parametrize("width", [1281])
def test_dragging_to_a_place_without_households_chooses_it_and_asks_why(
    page_of: PageOf, officer: str, width: int
):
    page = page_of(officer, viewport={"width": width, "height": HEIGHT})
    page.goto("/placing")
    card = page.locator("[data-card]").first

    drag(page, card.locator(".queue-title"), f"Nelson {officer}")

    chosen = card.locator('select[name="place_id"]')
    assert chosen.evaluate("box => box.selectedOptions[0].text").startswith(f"Nelson {officer}")
    assert page.evaluate("document.activeElement.name") == "reason_code"
    assert page.locator("[data-targets]").is_hidden()


def drag(page: Page, what: Locator, place: str) -> None:
    """Take hold of something, and let it go on a place at the foot of the window."""
    what.hover(position={"x": 5, "y": 5})
    page.mouse.down()
    page.mouse.move(400, 300)
    target = page.locator(".board-target", has_text=place)
    target.wait_for()
    box = target.bounding_box()
    assert box is not None
    for nearer in (2, 0):
        page.mouse.move(box["x"] + box["width"] / 2 - nearer, box["y"] + box["height"] / 2)
    page.mouse.up()


def sound(page: Page, width: int) -> None:
    assert faults(page) == []
    page.set_viewport_size({"width": width, "height": HEIGHT})


def move(page: Page) -> None:
    """Move the first household to the next place, by keys alone."""
    page.keyboard.press("j")
    first = page.locator("[data-card]").first
    assert first.evaluate("card => card === document.activeElement")
    page.keyboard.press("m")
    assert first.locator("details.board-step").evaluate("box => box.open")
    tab_to(page, "place_id")
    page.keyboard.press("ArrowDown")
    tab_to(page, "reason_code")
    page.keyboard.press("ArrowDown")
    tab_to(page, "kind")
    page.keyboard.press("Enter")


def decide(page: Page, width: int) -> None:
    """Go from the first household to its decision, and make it, by keys alone."""
    page.locator("[data-card]").first.focus()
    page.keyboard.press("c")
    page.wait_for_url("**/decision")
    sound(page, width)
    tab_to(page, "note")
    page.keyboard.type("Agreed")
    page.keyboard.press("Enter")


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Go on by the tab key until a field or button of this name has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"No way by keyboard to {name}.")
