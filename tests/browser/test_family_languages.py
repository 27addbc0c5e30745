"""Every page that a family reaches, in each of its languages, on a telephone.

By its own account and by a one-time link, beside the pages that links alone open. What the browser
says of the security policy fails a test by itself.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from resettle.consents.models import ConsentEntry, Purpose
from resettle.core.actor import SYSTEM
from resettle.core.permissions import Permission
from resettle.households.queries import household_of
from resettle.surveys import service as surveys
from resettle.surveys.models import SurveyInvitation
from resettle.surveys.queries import agrees_to_evaluation as asks
from resettle.surveys.rules import Audience
from tests.browser import looking
from tests.browser.conftest import PageOf, Served
from tests.browser.links import made
from tests.browser.test_family_pages import (
    CUT,
    DEEP,
    LANGUAGES,
    MOST,
    PHONE,
    Opened,
    found,
    links,
    telephone,
)

__all__ = ["found", "links", "telephone"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# In all widths and colours the pages are looked at in Arabic (test_family_pages.py), and in English
# (test_each_role.py).
OTHERS = ("fa-AF", "my", "es")
SCRIPTS = {
    "ar": "[ء-ي]{3}",
    "fa-AF": "[ء-ی]{3}",
    "my": "[က-အ]",
    "es": "[áéíóúñ¿]",
    "en": "[a-z]{3}",
}
# Days after arrival at which nobody else is asked.
APART = 777
# The texts of another language look like those before it: colours do not depend on words.
WORDS_ALONE = """
async (tags) => {
  const rules = {"color-contrast": {enabled: false}};
  const found = await axe.run(document, {runOnly: tags, rules, resultTypes: ["violations"]});
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3)}`);
}
"""
# Where a line begins: the first letter of each heading and paragraph, on the side of the language.
ON_THE_WRONG_SIDE = """
(side) => [...document.querySelectorAll("main h1, main h2, main p, main li, main label, main dt")]
  .filter((box) => box.offsetParent && box.textContent.trim())
  .filter((box) => {
    const style = getComputedStyle(box);
    const other = side === "rtl" ? "left" : "right";
    const own = box.closest("[dir=auto], blockquote, bdi");
    return style.textAlign === other || (!own && style.direction !== side);
  })
  .map((box) => box.outerHTML.slice(0, 160))
"""
# Groups of digits of one number turn round among letters from the right, unless they stand apart.
TURNED_ROUND = r"""
() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const box = texts.currentNode.parentElement, said = texts.currentNode.data;
    if (!/(\+\d|\d[\d ]* \d{3})/.test(said) || !box.offsetParent) continue;
    if (getComputedStyle(box).direction === "rtl") found.push(said.trim().slice(0, 80));
  }
  return found;
}
"""


def faults(page: Page, tag: str, path: str) -> list[str]:
    """Tell what is wrong with the page that is open, as it stands on the telephone."""
    page.set_viewport_size(PHONE["viewport"])
    page.evaluate(looking.AXE)
    by = page.evaluate(looking.OVERFLOW)
    kinds = {
        "axe": page.evaluate(WORDS_ALONE, looking.STANDARD),
        "cut": page.evaluate(CUT),
        "without a label": page.evaluate(looking.UNLABELLED),
        "wrong side": page.evaluate(ON_THE_WRONG_SIDE, LANGUAGES[tag]),
        "turned round": page.evaluate(TURNED_ROUND),
        "too wide": [by] if by > 0 else [],
        "language": _not_in(page, tag),
    }
    return [f"{path}: {kind}: {each}" for kind, those in kinds.items() for each in those]


def _not_in(page: Page, tag: str) -> Iterator[str]:
    html = page.locator("html")
    if html.get_attribute("dir") != LANGUAGES[tag]:
        yield f"dir is {html.get_attribute('dir')}"
    if not str(html.get_attribute("lang")).startswith(tag.partition("-")[0]):
        yield f"lang is {html.get_attribute('lang')}"
    if not re.search(SCRIPTS[tag], page.locator("main").inner_text()):
        yield "another language"


@pytest.mark.parametrize("tag", OTHERS)
def test_each_page_reads_aloud_fits_and_stands_on_its_side(
    telephone: Opened, page_of: PageOf, tag: str
):
    page, account = telephone(tag), page_of("family", **PHONE)

    wrong, seen, apart = [], [], []
    for path in looking.walk(page, DEEP, MOST):
        wrong += faults(page, tag, path)
        seen.append(path)
        if _bare(page, path) != _bare(account, path):
            account.goto(path)
            wrong += faults(account, tag, f"by account {path}")
            apart.append(path)

    assert wrong == [], "\n".join(wrong)
    assert len(seen) > 30
    assert len(apart) < 5, "What is alike for both is looked at once."


def _bare(page: Page, path: str) -> str:
    """Ask for a page without looking at it; tell it without what is new at each time."""
    text = page.context.request.get(path).text()
    return re.sub(r'[\w.-]{40,}|[0-9a-f]{32}|cursor=[^"&]*|name="form_key" value="[^"]*"', "", text)


def test_so_do_the_pages_before_and_beside_it(page_of: PageOf, served: Served, links: str):
    wrong = [fault for tag in LANGUAGES for fault in _beside(page_of, served, links, tag)]

    looking.back_to_english(page_of("family"))
    assert wrong == [], "\n".join(wrong)


def _beside(page_of: PageOf, served: Served, links: str, tag: str) -> list[str]:
    """Open what a link alone opens, what pressing leads to, and what is taken along."""
    link, survey = made(page_of("caseworker"), links, tag), _asked(served, tag)
    page, late = page_of(**PHONE), page_of(refusals=True, **PHONE)

    wrong = []
    for path in (link, survey):
        page.goto(path)
        wrong += faults(page, tag, path[:3])
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_url("**/my-household")
    late.goto(link)
    wrong += looking.violations(late)  # in all languages, one below the other
    page.goto("/my-household/sponsor-view")
    page.locator("main form button.btn-primary").first.click()
    wrong += faults(page, tag, "what sponsors would see")
    copy = page.context.request.get("/my-household/record/copy").text()
    page.set_content(copy.replace("<body>", "<body><main>").replace("</body>", "</main></body>"))
    return wrong + faults(page, tag, "own copy")


def _asked(served: Served, tag: str) -> str:
    """Ask somebody who agreed to be asked how it is here; give the address of the link."""
    with served.transactions.begin(SYSTEM, Permission.SURVEY_INVITE) as uow:
        agreed = uow.select(ConsentEntry).where(ConsentEntry.purpose == Purpose.EVALUATION)
        person_id = next(e.person_id for e in uow.all(agreed) if asks(uow, e.person_id))
        asked = uow.select(SurveyInvitation).where(SurveyInvitation.point_days == APART)
        invitation = uow.first(asked) or uow.add(
            SurveyInvitation(
                household_id=household_of(uow, person_id),
                person_id=person_id,
                audience=Audience.FAMILY,
                point_days=APART,
                edition=1,
                language=tag,
                opens_on=uow.today,
                closes_on=uow.today + timedelta(days=14),
            )
        )
        invitation.language = tag
        return f"/s/{surveys.renew(uow, invitation)}"
