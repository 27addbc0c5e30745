"""What a family says of its support and of its file, over HTTP, and what it is answered."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.models import Person
from resettle.tasks.models import Task, TaskStatus
from resettle.voices.models import Voice
from tests.world import a_caseworker, a_household, a_member, a_person_signed_in, a_sponsor_of

MINE = "/my-household"
RIGHT, WRONG, NOTICE = f"{MINE}/right-for-us", f"{MINE}/corrections/new", f"{MINE}/notice"
WORDS = "دور از خانه ما است"


@pytest.fixture
def family(transactions, client_of):
    """Give a couple, each signed in, their caseworker, and a member of their group."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow, location="CHC")
        zahra = a_member(uow, household, given_name="Zahra")
        karim = a_member(uow, household, "HUS", given_name="Karim")
        actors = SimpleNamespace(
            zahra=a_person_signed_in(uow, zahra),
            karim=a_person_signed_in(uow, karim),
            worker=a_caseworker(uow, household),
            sponsor=a_sponsor_of(uow, household),
        )
    clients = {name: client_of(actor) for name, actor in vars(actors).items()}
    return SimpleNamespace(household=household, person=zahra, **clients)


def tasks(transactions):
    with transactions.begin(SYSTEM, "look") as uow:
        return [(task.title, task.status) for task in uow.all(uow.select(Task))]


def the_way_to_answer(family):
    page = family.worker.get(f"/households/{family.household.id}/voices").text
    return re.search(r'href="(/voices/[^"]+/answer)"', page)[1]


def answer_of(family, **sent):
    path = the_way_to_answer(family)
    version = re.search(r'name="version" value="(\d+)"', family.worker.get(path).text)[1]
    return family.worker.post(path, data={"version": version, "form_key": uuid4().hex, **sent})


class TestRight:
    def test_it_is_asked_until_it_is_answered_and_again_after_three_months(self, family, clock):
        def asked():
            return 'id="ask-title"' in family.zahra.get(MINE).text

        first = asked()
        family.zahra.post(RIGHT, data={"topic": "support", "feeling": "yes"})
        after = asked()
        clock.forward(days=90)

        assert (first, after, asked()) == (True, False, True)

    def test_a_plain_yes_is_kept_and_waits_for_nobody(self, family, transactions):
        family.zahra.post(RIGHT, data={"topic": "support", "feeling": "yes"})

        assert tasks(transactions) == []
        assert "Yes, it is right" in family.zahra.get(MINE).text

    @pytest.mark.parametrize("sent", [{"feeling": "no"}, {"feeling": "yes", "text": WORDS}])
    def test_a_no_or_words_wait_in_the_caseworkers_queue_without_saying_what(
        self, family, transactions, sent
    ):
        family.zahra.post(RIGHT, data={"topic": "sponsorship", **sent})

        told = [("Read what the family says about its support, and answer", TaskStatus.OPEN)]
        assert tasks(transactions) == told
        assert "Read what the family says" in family.worker.get("/today").text

    def test_neither_the_group_nor_the_other_adult_reads_it(self, family):
        family.zahra.post(RIGHT, data={"topic": "support", "feeling": "no", "text": WORDS})

        assert WORDS in family.zahra.get(MINE).text
        assert WORDS in family.worker.get(f"/households/{family.household.id}/voices").text
        assert WORDS not in family.karim.get(MINE).text
        assert WORDS not in family.sponsor.get("/our-household").text
        assert family.sponsor.get(f"/households/{family.household.id}/voices").status_code == 403

    def test_what_is_left_out_is_asked_for_beside_its_field(self, family):
        page = family.zahra.post(RIGHT, data={"topic": "support"})

        assert page.status_code == 422
        assert "Fill this in." in page.text


class TestCorrection:
    def test_it_is_answered_on_the_persons_page_and_the_task_is_done(self, family, transactions):
        family.zahra.post(WRONG, data={"text": "I was born in 1991", "should_be": "1991"})
        answer_of(family, outcome="changed", answer="We have corrected the year.")

        page = family.zahra.get(MINE).text
        assert "We have corrected the year." in page
        assert "It was changed" in page
        assert [status for _, status in tasks(transactions)] == [TaskStatus.DONE]

    def test_it_is_decided_not_only_talked_about_and_once(self, family):
        family.zahra.post(WRONG, data={"text": "I was born in 1991"})

        talked = answer_of(family, outcome="talked", answer="We spoke.")
        path = the_way_to_answer(family)
        answer_of(family, outcome="not_changed", answer="Your passport says 1990.")
        sent = {"outcome": "changed", "answer": "It is changed.", "form_key": "b" * 20}
        again = family.worker.post(path, data=sent)

        assert "Say whether it was corrected or not." in talked.text
        assert "This was answered already." in again.text

    @pytest.mark.parametrize(("outcome", "stands"), [("not_changed", True), ("changed", False)])
    def test_what_is_not_changed_stands_beside_the_file_in_the_persons_words(
        self, family, outcome, stands
    ):
        family.zahra.post(WRONG, data={"text": "I was born in 1991"})
        answer_of(family, outcome=outcome, answer="Here is why.")

        people = family.worker.get(f"/households/{family.household.id}/people").text
        assert ("I was born in 1991" in people) is stands

    def test_an_answer_is_due_in_20_working_days(self, family, transactions):
        family.zahra.post(WRONG, data={"text": "I was born in 1991"})

        with transactions.begin(SYSTEM, "look") as uow:
            voice = uow.first(uow.select(Voice))
            assert voice.due_on - uow.today >= timedelta(days=28)


def test_the_notice_is_shown_and_the_day_is_kept(family, transactions):
    shown = family.zahra.get(NOTICE).text
    led = family.zahra.post(NOTICE, data={"form_key": "k" * 20})

    assert "Mere Tamihana" in shown
    assert led.status_code == 303
    assert "You were given this on:" in family.zahra.get(MINE).text
    with transactions.begin(SYSTEM, "look") as uow:
        person = uow.find(Person, family.person.id)
        assert (person.notice_given_on, person.notice_language) == (uow.today, "en")


@pytest.mark.parametrize("path", [RIGHT, WRONG, NOTICE])
def test_whose_account_belongs_to_no_household_says_nothing(transactions, client_of, path):
    with transactions.begin(SYSTEM, "arrange") as uow:
        alone = a_member(uow, a_household(uow), given_name="Laila")
        actor = a_person_signed_in(uow, alone)
    nobody = client_of(type(actor)(actor.role, user_id=actor.user_id))
    sent = {RIGHT: {"topic": "support", "feeling": "no"}, WRONG: {"text": "x"}, NOTICE: {}}

    assert nobody.get(path).status_code == 200
    assert nobody.post(path, data={"form_key": "k" * 20, **sent[path]}).status_code == 404
