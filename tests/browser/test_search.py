"""Somebody is entered as the papers have it, and found as they are heard, in three scripts."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser import looking

pytestmark = pytest.mark.timeout(240)

PEOPLE = {
    "Arabic": (
        "Al-Sharif",
        "Mohammed",
        "محمد الشريف",
        ["Muhammad Sharif", "محمد", "mohamed sherif"],
    ),
    "Burmese": ("Nandar", "Daw Aung", "အောင် နန္ဒာ", ["Aung Nandar", "အောင်", "nandar aung"]),
    "Tigrinya": ("Hagos", "Freweini", "ፍረወይኒ ሓጎስ", ["Freweyni", "ፍረወይኒ", "firewini hagos"]),
}


# What groups are called may be alike too, and stands in a list of its own.
HOUSEHOLDS = ".found >> nth=0"


@pytest.mark.parametrize("script", PEOPLE)
def test_somebody_is_found_as_they_are_heard(page_of, script):
    family, given, own, spellings = PEOPLE[script]
    page = page_of("caseworker")
    page.goto("/households/new")
    page.get_by_label("Family name").fill(family)
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Name in its own script").fill(own)
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("Day of birth").fill("1991-04-12")
    page.get_by_role("button", name="Add household").click()
    expect(page.locator("h1")).not_to_have_text("Add a household")

    for typed in spellings:
        page.keyboard.press("/")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert typed not in unquote(page.url)
        expect(page.get_by_label("Name, reference, number or phone")).to_have_value(typed)
        expect(page.locator(HOUSEHOLDS)).to_contain_text(own)
        expect(page.locator(HOUSEHOLDS)).to_contain_text(family)

    assert looking.faults(page) == []


def test_nothing_asked_and_nothing_found_are_designed_too(page_of):
    page = page_of("caseworker", viewport={"width": 360, "height": 800})

    for path in ("/search", "/duplicates", "/assignments/new"):
        page.goto(path)
        assert looking.faults(page) == []

    page.goto("/search")
    page.get_by_label("Name, reference, number or phone").fill("Xyzzy")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing of yours fits.")).to_be_visible()
    assert looking.faults(page) == []
