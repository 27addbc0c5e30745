"""A family's pages in its own language: nothing of them is left in English."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest

from resettle.appointments.models import Appointment, Kind
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Role
from resettle.placements.models import Sponsorship
from tests.desks import a_step
from tests.functional.test_links_over_http import CSRF, gone_on, made
from tests.world import a_caseworker, a_consent, a_household, a_member, a_sponsor_of, a_user

CORS = {"programme_code": "cors", "programme_version": 2}
LATIN = re.compile(r"[A-Za-z]{3,}")
# Names of this service, of bodies and of things that have no other name here.
NAMES = {
    "resettle",
    "Work",
    "Income",
    "Inland",
    "Revenue",
    "Pathways",
    "Employment",
    "YYYY",
    "IRD",
    *("PDF", "JSON", "JPEG", "PNG", "WebP", "HEIC", "Word", "Excel", "macro"),
} | {"ara", "prs", "mya", "eng"}
OWN = {"bdi", "code", "script", "style", "blockquote", "title", "svg"}
VOID = {"input", "meta", "link", "img", "br", "path", "circle", "line"}


class Words(HTMLParser):
    """Gathers the words of a page that are neither names nor somebody's own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        theirs = {"said", "request-id"} & {*(given.get("class") or "").split()}
        own = tag in OWN or bool(theirs) or given.get("lang") in {"en", "es"}
        if tag not in VOID:
            self.open.append((tag, own))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(own for _, own in self.open):
            self.found += [word for word in LATIN.findall(data) if word not in NAMES]


def english_in(page) -> list[str]:
    read = Words()
    read.feed(page.text.partition("</head>")[2])
    return read.found


@pytest.fixture
def phone(transactions, client_of):
    """Give the telephone of an adult of a family for whom there is something of everything."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow, location="CHC", **CORS)
        adult = a_member(uow, household, family_name="حیدری", given_name="زهرا")
        for code in ("ARR-06", "HEA-01", "EMP-06@180"):
            due = uow.today + timedelta(days=9)
            a_step(uow, household, code=code, due_on=due, **CORS)
        sponsor = a_sponsor_of(uow, household)
        for seq, item in enumerate(Item, start=1):
            a_consent(uow, household, adult, item, seq=seq, expires_on=date(2027, 1, 1))
        starts = uow.now + timedelta(days=2)
        worker = a_caseworker(uow, household)
        visit = Appointment(
            household_id=household.id, person_id=adult.id, starts_at=starts, ends_at=starts,
            interpreter_booked=True, companion_id=worker.user_id,
        )  # fmt: skip
        visit.kind, visit.place = Kind.DENTAL.value, "5 Rātā Street"
        uow.add(visit)
        assert uow.first(uow.select(Sponsorship)) is not None
        assert sponsor.role is Role.SPONSOR_MEMBER
    phone = client_of(None)
    gone_on(phone, made(client_of(worker), adult))
    phone.household, phone.adult = household, adult
    return phone


def sent(phone, path, **typed):
    page = phone.get(path)
    token = CSRF.search(page.text)[1]
    return phone.post(path, data={"csrf_token": token, "form_key": uuid4().hex, **typed})


def test_every_page_of_a_family_speaks_its_language(phone):
    home = f"/households/{phone.household.id}"
    sent(phone, "/my-household/right-for-us", topic="data", feeling="no", text="نه")
    sent(phone, "/my-household/corrections/new", text="غلط")
    complaint = {"about": "service", "text": "دیر", "language": "prs"}
    led = sent(phone, f"{home}/complaints/new", **complaint)
    pages = {
        path: phone.get(path)
        for path in (
            "/my-household",
            "/my-household/looks",
            "/my-household/looks?show=all",
            "/my-household/plan",
            "/my-household/goals/new",
            "/my-household/right-for-us",
            "/my-household/corrections/new",
            "/my-household/notice",
            "/complaints",
            led.location,
            f"{home}/family-rating",
            f"/persons/{phone.adult.id}/consents/new",
            "/account",
            "/account/password",
            "/drafts",
            "/help",
            "/why",
        )
    }

    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert all('<html lang="ar" dir="rtl">' in page.text for page in pages.values())
    left = {path: english_in(page) for path, page in pages.items() if english_in(page)}
    assert left == {}, str(left)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/my-household/right-for-us", {}),
        ("/my-household/corrections/new", {"text": " "}),
        ("/my-household/corrections/new", {"text": "x" * 10_001}),
        ("/my-household/goals/new", {}),
    ],
)
def test_what_is_wrong_is_said_in_the_language_too(phone, path, typed):
    page = sent(phone, path, **typed)

    assert page.status_code == 422
    assert [word for word in english_in(page) if set(word) != {"x"}] == []


def test_what_no_group_is_shown_cannot_be_agreed_to_and_why_is_said_in_it_too(phone):
    way = f"/persons/{phone.adult.id}/consents/new"
    asked = {"purpose": "share_with_sponsor", "recipient_type": "sponsor_group"}
    manner = {"method": "own_account", "language": "arb", "text_version": "2026-1"}

    page = sent(phone, way, **asked, **manner, item="diet")

    assert page.status_code == 422
    assert english_in(page) == []
    # Beside the field before and after.
    assert page.text.count("وافِق على كل واحد منها على حدة") >= 2


def test_what_is_not_there_is_said_in_the_language_too(phone):
    page = phone.get(f"/complaints/{phone.household.id}")

    assert page.status_code == 404
    assert english_in(page) == []


class TestLanguage:
    def test_it_is_switched_on_the_page_and_kept_for_the_next_time(self, phone, client_of):
        page = phone.get("/my-household")
        choice = {
            "csrf_token": CSRF.search(page.text)[1],
            "language": "my",
            "back": "/my-household",
        }
        led = phone.post("/language", data=choice)

        assert led.location == "/my-household"
        assert '<html lang="my" dir="ltr">' in phone.get("/my-household").text

    def test_one_that_is_not_offered_is_refused(self, phone):
        page = phone.get("/my-household")
        choice = {"csrf_token": CSRF.search(page.text)[1], "language": "tlh"}

        assert phone.post("/language", data=choice).status_code == 422

    def test_who_is_not_known_yet_is_spoken_to_as_the_browser_asks(self, client_of):
        page = client_of(None).get(
            "/sign-in", headers={"Accept-Language": "de, prs;q=0.8, ar;q=0.5"}
        )

        assert '<html lang="fa-AF" dir="rtl">' in page.text
        assert english_in(page) == []

    def test_who_is_not_known_yet_may_choose_and_is_led_to_pages_of_ours_alone(self, client_of):
        visitor = client_of(None)
        page = visitor.get("/sign-in")
        choice = {"csrf_token": CSRF.search(page.text)[1], "language": "es"}
        led = visitor.post("/language", data={**choice, "back": "https://elsewhere.example/"})

        assert led.location == "/"
        assert '<html lang="es" dir="ltr">' in visitor.get("/sign-in").text

    def test_staff_read_english_whatever_their_browser_asks(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_user(uow)
            worker = a_caseworker(uow, a_household(uow))

        page = client_of(worker).get("/today", headers={"Accept-Language": "ar"})

        assert '<html lang="en-NZ" dir="ltr">' in page.text
        assert 'action="/language"' not in page.text
