"""A copy of one's own record: all that one may know, what is not in it and why, and no more."""

from types import SimpleNamespace

import pytest

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.audit import AuditEntry
from resettle.households.models import Person
from resettle.messages.models import Side, ThreadMessage
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.records.shelves import WITHHELD
from tests.functional import filled
from tests.functional.test_family_language import english_in
from tests.functional.test_links_over_http import gone_on, made
from tests.papers import opened, spoken, text_of
from tests.weeks import a_company
from tests.world import a_consent, a_member, a_user

RECORD = "/my-household/record"
# As it stands in the copy for programs.
RAW = ("share_with_sponsor", "recipient_type", "decision", "joined_on")
HELD, THEIRS, NOTED, GONE = "Held of me", "Held of my spouse", "Noted by staff", "Taken back"


@pytest.fixture
def home(transactions, client_of):
    """Give the telephone of an adult of whom, and of whose spouse, this and that is held."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        company = a_company(uow)
        me = uow.find(Person, company.person.person_id)
        spouse = a_member(uow, company.household, "WIF", given_name="Parwin", phone=THEIRS)
        for person, text in ((me, HELD), (spouse, THEIRS)):
            need = SpecificNeed(person_id=person.id, kind=NeedKind.HEALTH, restricted=False)
            need.practical_support = text
            uow.add(need)
        a_consent(uow, company.household, spouse, Item.PHONE, seq=1)
        _taken_back(uow, company)
    worker = client_of(company.worker)
    path = f"/households/{company.household.id}/contact"
    filled.send(worker, path, worker.get(path).text, text=NOTED)
    phone = client_of(None)
    gone_on(phone, made(worker, me))
    return SimpleNamespace(phone=phone, company=company, me=me, lead=client_of(company.lead))


def _taken_back(uow, company):
    about = {"household_id": company.household.id, "group_id": company.group.id}
    said = ThreadMessage(**about, side=Side.GROUP, sent_at=uow.now, retracted_at=uow.now)
    said.text = GONE
    uow.add(said)


class TestCopy:
    @pytest.mark.parametrize("way", ["copy", "data", "paper"])
    def test_it_holds_what_is_mine_and_nothing_that_is_not(self, home, way):
        page = home.phone.get(f"{RECORD}/{way}")

        assert page.status_code == 200
        said = text_of(page.data) if way == "paper" else page.text
        assert HELD in said
        assert [text for text in (THEIRS, NOTED, GONE) if text in said] == []

    def test_on_paper_it_speaks_the_readers_language_in_its_direction(self, home):
        made = home.phone.get(f"{RECORD}/paper").data

        told = opened(made)
        assert told.trailer["/Root"]["/Lang"] == "ar"
        assert told.metadata.title == home.company.household.reference
        assert "ما المحفوظ عني" in spoken(made)[0]
        said = spoken(made)
        assert {"الاسم", "اسم العائلة"} <= {*said}

    def test_on_paper_and_to_be_read_it_speaks_plain_words(self, home):
        """No code, no name of a field, nothing as programs write it."""
        page = home.phone.get(f"{RECORD}/copy").text
        paper = text_of(home.phone.get(f"{RECORD}/paper").data)

        for said in (page, paper):
            assert [raw for raw in RAW if raw in said] == []
        data = home.phone.get(f"{RECORD}/data").text
        assert [raw for raw in RAW if raw not in data] == []
        assert english_in(home.phone.get(RECORD)) == []

    def test_it_is_saved_under_a_name_that_says_nothing(self, home):
        names = [
            home.phone.get(f"{RECORD}/{way}").headers["Content-Disposition"]
            for way in ("copy", "paper", "data")
        ]

        assert names == [
            'attachment; filename="my-record.html"',
            'attachment; filename="my-record.pdf"',
            'attachment; filename="my-record.json"',
        ]

    def test_its_data_say_of_whom_and_what_was_left_out(self, home):
        told = home.phone.get(f"{RECORD}/data").json

        assert told["reference"] == home.company.household.reference
        assert next(row["id"] for row in told["record"]["person"]) == str(home.me.id)
        assert {row["person_id"] for row in told["record"]["needs"]} == {str(home.me.id)}
        assert len(told["withheld"]) == len(WITHHELD)
        assert told["record"]["messages"][0]["text"] is None

    def test_that_it_was_taken_is_on_record(self, home, transactions):
        home.phone.get(f"{RECORD}/copy")

        with transactions.begin(SYSTEM, "look") as uow:
            found = uow.rows(
                uow.columns(AuditEntry, AuditEntry.record_ref).where(
                    AuditEntry.resource == "Record"
                )
            )
        assert len(found) == 1

    def test_there_is_an_end_to_it_within_a_day(self, home):
        answers = [home.phone.get(f"{RECORD}/data").status_code for _ in range(7)]
        refused = home.phone.get(f"{RECORD}/copy")

        assert answers == [*[200] * 6, 429]
        assert refused.status_code == 429
        assert english_in(refused) == []


class TestPage:
    def test_it_tells_what_is_held_and_what_is_not_given_and_leads_on(self, home):
        page = home.phone.get(RECORD)

        assert 'dir="rtl"' in page.text
        assert f'href="{RECORD}/copy"' in page.text
        assert "/my-household/corrections/new" in page.text
        assert HELD not in page.text

    def test_it_is_linked_from_ones_own_page_and_from_the_notice(self, home):
        linked = [
            f'href="{RECORD}"' in home.phone.get(path).text
            for path in ("/my-household", "/my-household/notice")
        ]

        assert linked == [True, True]

    def test_sponsors_have_none(self, home):
        assert home.lead.get(RECORD).status_code == 403

    def test_who_belongs_to_no_household_is_told_so(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, Role.HOUSEHOLD_PERSON)
        alone = client_of(Actor(Role.HOUSEHOLD_PERSON, user.id))

        assert alone.get(RECORD).status_code == 404
