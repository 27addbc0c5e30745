"""What is said that a group would see is what the group sees, once it has come to that.

Whatever people at home might agree to is first tried, then truly agreed to; the group's page is
compared with what was foretold to the caseworker and to the person, then all is undone.
"""

import random
import re
from datetime import date
from html import unescape
from itertools import count, islice
from types import SimpleNamespace

import pytest

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.desk import near, preview
from resettle.desk.preview import CONFIRMED, OFFERED, LookAhead
from resettle.households.models import Person, PersonLanguage
from resettle.people.models import Photo, SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements.models import Sponsorship, SponsorshipStatus
from tests import groups, world

TRIES = 24
PAGES = 12
STATUS = {OFFERED: SponsorshipStatus.PROPOSED, CONFIRMED: SponsorshipStatus.CONFIRMED}
# What stands on the group's own page alone: ways on, which nobody else goes.
WAYS_ON = {
    *("Written down", "What your group and the family wrote", "Something worries me"),
    "See the proposal",
}
HELPS = {
    "Zahra": "A house on the ground floor",
    "Omid": "Somebody to explain letters",
    "Laila": "A seat at the front",
}
AGES = {"Zahra": "35 years", "Laila": "10 years"}
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def home(transactions):
    """Give a couple with a child, proposed to a group, of whom much is on record."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = world.a_household(uow, display_name="Rahimi", location="CHC")
        people = {}
        for name, code, born_on in (
            ("Zahra", "PA", date(1990, 5, 17)),
            ("Omid", "HUS", date(1988, 1, 2)),
            ("Laila", "DAU", date(2015, 3, 9)),
        ):
            guardian = people.get("Zahra") if code == "DAU" else None
            facts = {"given_name": name, "phone": f"+64 21 {name}", "guardian_id": guardian}
            person = world.a_member(uow, household, code, born_on=born_on, **facts)
            person.address = f"{name} Street"
            _more_of(uow, person, name)
            people[name] = person.id
        group = groups.a_group(uow)
        match = groups.a_match(uow, group, household)
        return SimpleNamespace(
            id=household.id,
            group=group.id,
            match=match.id,
            people=people,
            worker=world.a_caseworker(uow, household),
            herself=world.a_person_signed_in(uow, uow.find(Person, people["Zahra"])),
            sponsor=groups.a_coordinator(uow, group),
        )


def _more_of(uow, person, name):
    uow.add(PersonLanguage(person_id=person.id, language="prs"))
    need = SpecificNeed(person_id=person.id, kind=NeedKind.HEALTH, restricted=False)
    need.practical_support = HELPS[name]
    uow.add(need)
    photo = Photo(person_id=person.id, media_type="image/jpeg", width=3, height=4)
    photo.content = b"picture"
    uow.add(photo)


def chosen_at_random(home):
    """Choose what each might agree to; often that everybody shows a profile: else little shows."""
    chance = random.Random(20261128)  # the same each time
    shares = [(person, item) for person in home.people.values() for item in preview.ITEMS]
    for _ in range(TRIES):
        likely = chance.choice([0.2, 0.6, 0.9])
        picked = [share for share in shares if chance.random() < likely]
        if chance.random() < 0.6:
            profiles = {(person, Item.PROFILE) for person in home.people.values()}
            picked = [*{*picked} | profiles]
        yield chance.choice([OFFERED, CONFIRMED]), picked


def told_ahead(transactions, actor, home, stage, picked):
    mine = {home.people["Zahra"], home.people["Laila"]} if actor is home.herself else None
    shares = [f"{who}:{item}" for who, item in picked if mine is None or who in mine]
    with transactions.begin(actor, "look") as uow:
        return preview.ahead(uow, home.id, LookAhead(stage, shares))


def comes_true(transactions, home, stage, picked):
    """Let it all be agreed to, and the match be as far; give what the group is told then."""
    numbers = count(1)
    with transactions.begin(SYSTEM, "arrange") as uow:
        match = uow.find(Sponsorship, home.match)
        match.status = STATUS[stage]
        match.confirmed_on = uow.today if stage == CONFIRMED else None
        household = SimpleNamespace(id=home.id)
        for who, item in picked:
            person = SimpleNamespace(id=who)
            world.a_consent(
                uow, household, person, item, seq=next(numbers), recipient_id=home.group
            )
    with transactions.begin(home.sponsor, "look", read_only=True) as uow:
        return near.seen(uow, home.id)


def without_versions(told):
    """Leave out what counts changes, and who may do what: only what is told is compared."""
    if isinstance(told, dict):
        return {k: without_versions(v) for k, v in told.items() if k != "version"}
    return [*map(without_versions, told)] if isinstance(told, list) else told


def test_the_caseworkers_preview_is_what_the_group_then_sees(transactions, connection, home):
    told = seen_active = 0
    for stage, picked in chosen_at_random(home):
        foretold = told_ahead(transactions, home.worker, home, stage, picked)
        undo = connection.begin_nested()
        seen = comes_true(transactions, home, stage, picked)
        undo.rollback()

        assert without_versions(foretold) == without_versions(seen), (stage, picked)
        told += seen is not None
        seen_active += seen is not None and seen["is_active"]

    assert told > seen_active > TRIES // 4
    assert told < TRIES


def test_the_persons_preview_is_what_the_group_then_sees_of_them(transactions, connection, home):
    """What others at home agree to is theirs: for them it is supposed that they show a profile."""
    mine = {home.people["Zahra"], home.people["Laila"]}
    compared = 0
    for stage, picked in chosen_at_random(home):
        foretold = told_ahead(transactions, home.herself, home, stage, picked)
        others = [(home.people["Omid"], Item.PROFILE)]
        agreed = [share for share in picked if share[0] in mine] + others
        undo = connection.begin_nested()
        seen = comes_true(transactions, home, stage, agreed)
        undo.rollback()

        assert (foretold is None) == (seen is None), (stage, picked)
        if seen is None:
            continue
        compared += 1
        assert of_them(foretold, mine) == of_them(seen, mine), (stage, picked)
        assert "Omid" not in str(foretold)
        heeded = seen.get("needs", seen["profile"]["needs"])
        assert foretold["needs"] == [need for need in heeded if need != HELPS["Omid"]]

    assert compared > TRIES // 4


def of_them(told, mine):
    """Keep of what a group is told what speaks of some people, or of nobody in particular."""
    profile = {key: value for key, value in told["profile"].items() if key != "needs"}
    household = {key: value for key, value in told["household"].items() if key != "name"}
    members = [each for each in told.get("members", []) if each["person_id"] in mine]
    return without_versions([told["is_active"], profile, household, members])


@pytest.mark.parametrize("stage", [OFFERED, CONFIRMED])
def test_the_pages_say_the_same_word_for_word(transactions, client_of, home, stage):
    """Compare the page of the caseworker's preview with the page of the group, as they are read."""
    everybody = [(who, Item.PROFILE) for who in home.people.values()]
    zahra = home.people["Zahra"]
    picked = [*everybody, (zahra, Item.NAME), (zahra, Item.PHONE), (zahra, Item.PHOTO)]
    form = {"stage": stage, "shares": [f"{who}:{item}" for who, item in picked]}
    path = f"/households/{home.id}/sponsor-view"

    foretold = client_of(home.worker).post(path, data={**form, "form_key": "0" * 32}).text
    comes_true(transactions, home, stage, picked)
    seen = client_of(home.sponsor).get("/our-household").text

    said, read = (words(text) for text in (foretold, seen))
    assert [each for each in read if each not in WAYS_ON] == said
    assert ("Zahra" in " ".join(said)) is (stage == CONFIRMED)
    pictures = [each for each in said if each.startswith("picture: ")]
    assert pictures == (["picture: Photo of Zahra Haidari"] if stage == CONFIRMED else [])


def test_the_familys_page_says_of_them_what_the_groups_page_then_says(
    transactions, connection, client_of, home
):
    """Compare fact by fact what the page of the person's preview and that of the group hold."""
    mine = ("Zahra", "Laila")
    facts = [fact for name in mine for fact in facts_of(home, name)]
    themselves, sponsor = client_of(home.herself), client_of(home.sponsor)
    held = set()
    for number, (stage, picked) in enumerate(islice(chosen_at_random(home), PAGES)):
        agreed = [(who, item) for who, item in picked if who != home.people["Omid"]]
        shares = [f"{who}:{item}" for who, item in agreed]
        form = {"stage": stage, "shares": shares, "form_key": f"{number:032x}"}
        foretold = themselves.post("/my-household/sponsor-view", data=form).text
        undo = connection.begin_nested()
        comes_true(transactions, home, stage, [*agreed, (home.people["Omid"], Item.PROFILE)])
        seen = sponsor.get("/our-household").text
        undo.rollback()

        said, read = (
            [fact for fact in facts if fact in part(page, title)]
            for page, title in ((foretold, "seen-title"), (seen, "household-title"))
        )
        assert said == read, (stage, picked)
        held.update(said)

    assert held == {*facts}


def facts_of(home, name):
    """Give what stands on a page of one person if they share it all."""
    photo = f"/persons/{home.people[name]}/photo"
    return (f"{name} Haidari", f"+64 21 {name}", f"{name} Street", HELPS[name], photo, AGES[name])


def part(page, title):
    """Find the part of a page that shows a household to a group."""
    return page.partition(f'aria-labelledby="{title}">')[2].partition("</section>")[0]


def words(page):
    """Read that part: its words, and its pictures."""
    shown = part(page, "household-title")
    shown = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"picture: \1", shown)
    found = (" ".join(unescape(text).split()) for text in TAG.sub("\n", shown).split("\n"))
    # Whoever may record something is offered to; to anybody else it is said who does.
    acts = {"Mark as met", "Your coordinator records it"}
    return [text for text in found if text and text not in acts and not text.startswith(": ")]


def test_what_is_tried_is_of_every_item_that_counts_for_groups(client_of, home):
    """What else there is to agree to, for a school or a doctor, nobody agrees to for a group."""
    worker = client_of(home.worker)
    person = f"/api/persons/{home.people['Omid']}/consents"
    consent = {"purpose": "share_with_sponsor", "recipient_type": "sponsor_group"}
    consent |= {"method": "signed", "language": "prs", "text_version": "2026-1"}

    def refused(item, **more):
        headers = {"Idempotency-Key": item.ljust(32, "0")}
        answer = worker.post(person, json={**consent, "item": item, **more}, headers=headers)
        assert answer.status_code == 201 or answer.json["errors"].keys() == {"item"}
        return answer.status_code == 422

    assert {item for item in Item if not refused(item)} == {*preview.ITEMS}
    assert not refused("diet", purpose="share_with_school", recipient_type="agency")
