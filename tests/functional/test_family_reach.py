"""Every page that a family may open, filled with something of everything, in its own language."""

import csv
import re
from collections import Counter
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from resettle.core.actor import SYSTEM
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.roster.models import ShiftKind, ShiftStatus
from resettle.roster.queries import NOT_FIT
from resettle.sponsors.models import ReportDue, SponsorMember
from tests import groups
from tests.functional.keys import with_keys
from tests.functional.test_family_language import english_in, sent
from tests.functional.test_links_over_http import gone_on, made
from tests.weeks import TODAY, Company, a_company, a_shift, at

EXPECTED = Path(__file__).parents[1] / "access" / "expected.csv"
SELF = "household-person/self"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PLACE = re.compile(r"<[^>]+>")
# Doors for whoever is not known yet or for the public, and what is no page: looked at elsewhere.
ELSEWHERE = (
    "/figures",
    "/s/",
    "/p/",
    "/surveys",
    "/api",
    "/documents/id/content",
    "/persons/id/photo",
    "/drafts/id",
    "/invitations",
    "/l/",
    "/my-household/record/copy",
    "/my-household/record/data",
    "/my-household/record/paper",
    "/static",
)
HREF = re.compile(r'href="(/[^"]*)"')
FILES = {
    "/documents/id/content",
    "/persons/id/photo",
    "/my-household/record/copy",
    "/my-household/record/data",
    "/my-household/record/paper",
}
SOME = len(ShiftStatus)
HELLO = "سلام"


@pytest.fixture
def home(transactions, client_of):
    """Give the telephone of a family in the middle of a week with its group."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        company = a_company(uow)
        company.household.primary_language = "arb"
        company.household.location = "CHC"
        _shifts(uow, company)
        deed = groups.a_deed(uow, company.group)
        about = {"group_id": company.group.id, "household_id": company.household.id}
        due = ReportDue(**about, deed_id=deed.id, code="REP-014", due_on=TODAY - timedelta(days=3))
        uow.add(due)
        match = uow.first(uow.select(Sponsorship))
    phone, worker = client_of(None), with_keys(client_of(company.worker))
    gone_on(phone, made(worker, SimpleNamespace(id=company.person.person_id)))
    return SimpleNamespace(
        phone=phone,
        worker=worker,
        lead=with_keys(client_of(company.lead)),
        company=company,
        due=due.id,
        match=match.id,
        path=f"/households/{company.household.id}",
        person=f"/persons/{company.person.person_id}",
        transactions=transactions,
    )


def _shifts(uow, company: Company) -> None:
    for number, status in enumerate(ShiftStatus):
        starts = at(10 + number, TODAY + timedelta(days=3 if number < 4 else -3))
        shift = a_shift(uow, company, status=status, starts_at=starts)
        shift.kind = [*ShiftKind][number % len(ShiftKind)]
        shift.words, shift.place = HELLO, HELLO
        if status is not ShiftStatus.OPEN:
            shift.member_id = company.helper_member.id
    member = uow.find(SponsorMember, company.helper_member.id)
    member.vetted_until = TODAY


def _lived(home) -> None:
    """Let each side write, plan and send something, as they do it."""
    phone = home.phone
    home.lead.post(f"{home.path}/thread", data={"text": HELLO})
    sent(phone, f"{home.path}/thread", text=HELLO)
    home.lead.post(f"{home.path}/log/new", data={"text": HELLO, "with_family": "true"})
    sent(phone, f"{home.path}/log/new", text=HELLO, with_sponsors="true")
    for topic in ("repairs", "doctor", "benefit", "school", "lift", "english", "work", "anything"):
        card = {"topic": topic, "family_calls": HELLO, "family_phone": "021 123 4567"}
        home.lead.post(f"{home.path}/contact-card/change", data=card)
    for kind in ("SCHOOL_REPORT", "PASSPORT"):
        paper = (BytesIO(b"A letter"), "letter.txt")
        sent(phone, f"{home.person}/papers/new", kind=kind, file=paper, expires_on="2026-01-01")
    sent(phone, "/my-household/right-for-us", topic="data", feeling="no", text=HELLO)
    sent(phone, f"{home.path}/complaints/new", about="service", text=HELLO, language="arb")
    _planned(home)


def _planned(home) -> None:
    """Agree on a plan with a goal and steps of the family's own."""
    path, company = f"{home.path}/plan", home.company
    home.worker.post(f"{path}/beginning", data={"kind": "settlement"})
    plan = ID.search(home.worker.get(path).text.partition("/plans/")[2])[0]
    goal = {"domain": "EDU", "own_words": HELLO, "own_language": "arb", "wording": HELLO}
    home.worker.post(f"/plans/{plan}/goals/new", data={**goal, "baseline": "2", "target": "4"})
    goal_id = ID.search(home.worker.get(path).text.partition("/goals/")[2])[0]
    for done in ("", "true"):
        step = {"text": HELLO, "owner": "family", "lead": "together", "due_on": "2026-03-20"}
        home.worker.post(f"/goals/{goal_id}/steps/new", data={**step, "done": done})
    agreed = {"agreed_on": TODAY.isoformat(), "person_ids": str(company.person.person_id)}
    home.worker.post(f"/plans/{plan}/agreement", data={**agreed, "reason": HELLO})


def _starts(home) -> list[str]:
    """Name the pages from which links lead to all others."""
    return [
        "/",
        "/sign-in",
        "/my-household",
        "/my-household/looks?show=all",
        f"/sponsor-groups/{home.company.group.id}",
        "/sponsor-groups",
        f"/reports/{home.due}/family",
        f"{home.path}/family-rating",
        f"{home.path}/log/new",
        *(f"/sponsorships/{home.match}{more}" for more in ("", "/answers/new", "/end")),
    ]


def _walked(home) -> dict[str, list[str]]:
    """Open all pages that links lead to, some of each kind; tell what of them is English."""
    waiting, seen, left = _starts(home), set(), {}
    kinds = Counter()
    while waiting:
        path = waiting.pop(0)
        kind = ID.sub("id", path.partition("?")[0])
        if path in seen or kinds[kind] >= SOME or kind.startswith("/static") or kind in FILES:
            continue
        seen.add(path)
        kinds[kind] += 1
        page = home.phone.get(path)
        assert page.status_code in {200, 303}, (path, page.status_code)
        if found := english_in(page):
            left[path] = found
        waiting += [href.partition("#")[0] for href in HREF.findall(unescape(page.text))]
    home.seen = {*kinds}
    return left


def _of_table() -> set[str]:
    with EXPECTED.open(newline="") as file:
        lines = [*csv.DictReader(file)]
    pages = (
        PLACE.sub("id", r["rule"])
        for r in lines
        if r["method"] == "GET" and r[SELF] in {"ok", "open"}
    )
    return {page for page in pages if not page.startswith(ELSEWHERE)}


def test_every_page_that_a_family_may_open_speaks_its_language(home):
    _lived(home)

    left = _walked(home)

    assert home.phone.get("/my-household/record/data").status_code == 200
    assert _of_table() - home.seen == set()
    assert left == {}, str(left)


@pytest.mark.parametrize("status", list(SponsorshipStatus))
def test_a_match_speaks_its_language_wherever_it_stands(home, status):
    with home.transactions.begin(SYSTEM, "arrange") as uow:
        match = uow.find(Sponsorship, home.match)
        match.status = status
        if status is SponsorshipStatus.ENDED:
            match.ended_on, match.ending_kind, match.reasons = (
                TODAY,
                "BREAKDOWN",
                ["FUNDS", "OTHER"],
            )

    pages = [home.phone.get(path) for path in ("/my-household", f"/sponsorships/{home.match}")]

    assert [english_in(page) for page in pages] == [[], []]


@pytest.mark.parametrize("stage", ["offered", "confirmed"])
def test_what_sponsors_would_see_is_told_in_it_too(home, stage):
    shares = [
        f"{home.company.person.person_id}:{item}" for item in ("profile", "name", "birth_date")
    ]
    page = sent(home.phone, "/my-household/sponsor-view", stage=stage, shares=shares)

    assert page.status_code == 200
    assert english_in(page) == []


def test_what_was_done_is_said_in_it_too(home):
    home.lead.post(f"{home.path}/thread", data={"text": HELLO})
    message = ID.search(
        home.phone.get(f"{home.path}/thread").text.partition("/thread-messages/")[2]
    )
    acts = [
        (f"{home.path}/thread", {"text": HELLO}),
        (f"{home.path}/thread/reading", {}),
        (f"/thread-messages/{message[0]}/report", {"text": HELLO}),
        (f"{home.path}/log/new", {"text": HELLO}),
        (f"{home.path}/log/new", {"text": HELLO, "happened_on": "2030-01-01"}),
        (f"{home.person}/papers/new", {"kind": "VISA", "file": (BytesIO(b"<html>"), "a.txt")}),
        (f"{home.person}/papers/new", {"kind": "VISA", "file": (BytesIO(b"Visa"), "a.txt")}),
        (
            f"/reports/{home.due}/family",
            {"rating": "4", "person_id": str(home.company.person.person_id)},
        ),
        (
            f"/sponsorships/{home.match}/end",
            {"ending_kind": "WITHDRAWN_BY_HOUSEHOLD", "ended_on": TODAY.isoformat()},
        ),
    ]

    for path, typed in acts:
        answer = sent(home.phone, path, **typed)
        led = answer.status_code == 303
        page = home.phone.get(answer.location, follow_redirects=True) if led else answer
        assert page.status_code in {200, 422}, path
        assert english_in(page) == [], path


def test_what_hinders_a_volunteer_is_not_told_to_the_family(home):
    for_group, for_family = (c.get(f"{home.path}/roster").text for c in (home.lead, home.phone))

    assert NOT_FIT in for_group
    assert NOT_FIT not in for_family


@pytest.mark.parametrize("path", ["/account/tokens/new", "/api/account/tokens"])
def test_families_have_no_keys_for_programs(home, path):
    assert home.phone.get(path).status_code == 403
