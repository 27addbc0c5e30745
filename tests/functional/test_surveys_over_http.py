"""Short surveys over HTTP: by link, read out, signed in; told in numbers, each voice apart."""

import re
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from resettle.consents.models import Item, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Stream
from resettle.notifications.mail import FileMailer, Post
from resettle.placements.events import HouseholdArrived
from resettle.settings import CONFIG
from resettle.sponsors.models import SponsorMember
from resettle.surveys.definition import load
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience, Way
from resettle.tasks.models import Task
from resettle.wiring import RUNNERS
from tests.clock import NOW
from tests.functional.keys import with_keys
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
    a_user,
)

TOKEN = re.compile(r"/s/([\w-]{43})")
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
FAMILY = ("belonging", "information", "satisfaction", "respect", "own_decisions")
GROUP = ("information", "preparation", "help", "satisfaction", "again")
TODAY = NOW.date()
ARRIVED = TODAY - timedelta(days=100)
EVALUATOR = Actor(Role.EVALUATOR)


def agrees(uow, household, person, decision=Decision.GIVE, seq=1):
    a_consent(
        uow,
        household,
        person,
        Item.ALL,
        purpose=Purpose.EVALUATION,
        recipient_type=RecipientType.EVALUATION,
        decision=decision,
        seq=seq,
    )


def a_family(transactions, arrived_on=ARRIVED):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow, arrived_on=arrived_on, primary_language="prs")
        adult = a_member(uow, household, given_name="Zahra")
        spouse = a_member(uow, household, "HUS", given_name="Karim")
        child = a_member(uow, household, "DAU", born_on=date(2019, 1, 1), guardian_id=adult.id)
        agrees(uow, household, adult)
        worker = a_caseworker(uow, household)
        sponsor = a_sponsor_of(uow, household)
        signed_in = a_person_signed_in(uow, adult)
    return SimpleNamespace(**{k: v for k, v in locals().items() if k != "uow"})


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def family(transactions):
    return a_family(transactions)


def scores(codes=FAMILY, score=4):
    return {f"score-{code}": str(score) for code in codes}


def link(client, person, language="fa-AF"):
    page = client.post(f"/persons/{person.id}/surveys", data={"language": language})
    assert page.status_code == 200, page.text
    return TOKEN.search(page.text)[1]


def sent(client, token, **data):
    page = client.get(f"/s/{token}")
    return client.post(f"/s/{token}", data={"csrf_token": CSRF.search(page.text)[1], **data})


def kept(transactions, model=SurveyAnswer):
    with transactions.begin(SYSTEM, "look") as uow:
        return uow.all(uow.select(model).order_by(model.id))


class TestTheLink:
    def test_it_opens_the_questions_in_the_familys_language_and_takes_the_answers_once(
        self, family, client_of, transactions
    ):
        token = link(client_of(family.worker), family.adult)
        visitor = client_of(None)

        looked = visitor.get(f"/s/{token}")
        thanked = sent(visitor, token, **scores(), way="self")
        again = visitor.get(f"/s/{token}")

        assert 'lang="fa-AF" dir="rtl"' in looked.text
        assert "احساس می‌کنم" in looked.text
        assert "Zahra" not in looked.text
        assert looked.headers["Referrer-Policy"] == "strict-origin"
        assert thanked.status_code == 200
        assert again.status_code == 410
        assert {a.question: a.score for a in kept(transactions)} == dict.fromkeys(FAMILY, 4)
        assert [i.way for i in kept(transactions, SurveyInvitation)] == [Way.SELF]

    def test_it_opens_nothing_else(self, family, client_of):
        token = link(client_of(family.worker), family.adult)
        visitor = client_of(None)
        visitor.get(f"/s/{token}")

        assert visitor.get("/my-household").status_code == 401
        assert visitor.get("/my-surveys").status_code == 401

    def test_somebody_may_read_it_out_and_that_is_on_record(self, family, client_of, transactions):
        token = link(client_of(family.worker), family.adult)
        visitor = client_of(None)

        looked = visitor.get(f"/s/{token}?aloud=yes&language=ar")
        sent(visitor, token, **scores(score=0), way="read_out")

        assert "I feel that I belong here." in looked.text
        assert "أشعر" in looked.text
        assert [i.way for i in kept(transactions, SurveyInvitation)] == [Way.READ_OUT]
        assert {a.score for a in kept(transactions)} == {None}

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (scores(FAMILY[1:]), "یکی از جواب‌ها را انتخاب کنید."),
            (scores() | {"score-belonging": "9"}, "یکی از جواب‌ها را انتخاب کنید."),
            (scores() | {"score-other": "3"}, "There is no such question."),
            (scores() | {"name": "Zahra"}, "This field is not known."),
        ],
    )
    def test_what_does_not_fit_comes_back_beside_its_question(self, family, client_of, data, said):
        token = link(client_of(family.worker), family.adult)

        page = sent(client_of(None), token, **data)

        assert page.status_code == 422
        assert said in page.text

    def test_it_runs_out_and_a_new_one_ends_the_one_before(self, family, client_of, clock):
        worker, visitor = client_of(family.worker), client_of(None)
        first = link(worker, family.adult)
        second = link(worker, family.adult)

        before = [visitor.get(f"/s/{token}").status_code for token in (first, second)]
        clock.forward(days=15)

        assert before == [410, 200]
        assert visitor.get(f"/s/{second}").status_code == 410

    def test_who_takes_the_consent_back_is_asked_no_more(self, family, client_of, transactions):
        token = link(client_of(family.worker), family.adult)
        with transactions.begin(SYSTEM, "arrange") as uow:
            agrees(uow, family.household, family.adult, Decision.WITHDRAW, seq=2)

        assert client_of(None).get(f"/s/{token}").status_code == 410

    def test_two_who_send_at_once_are_counted_once(self, family, client_of, transactions):
        token = link(client_of(family.worker), family.adult)
        visitor = client_of(None)
        csrf = CSRF.search(visitor.get(f"/s/{token}").text)[1]

        visitor.post(f"/s/{token}", data={"csrf_token": csrf, **scores()})
        second = visitor.post(f"/s/{token}", data={"csrf_token": csrf, **scores()})

        assert second.status_code == 410
        assert len(kept(transactions)) == len(FAMILY)


class TestAsking:
    @pytest.mark.parametrize(
        ("who", "arrived_on", "why"),
        [
            ("spouse", ARRIVED, "has not agreed to take part in the evaluation"),
            ("child", ARRIVED, "Only adults are asked."),
            ("adult", TODAY - timedelta(days=89), "No survey is open for this person today."),
            ("adult", TODAY - timedelta(days=136), "No survey is open for this person today."),
            ("adult", None, "No survey is open for this person today."),
        ],
    )
    def test_nobody_is_asked_out_of_turn_or_against_their_will(
        self, transactions, client_of, who, arrived_on, why
    ):
        family = a_family(transactions, arrived_on)
        person = getattr(family, who)

        page = client_of(family.worker).post(
            f"/persons/{person.id}/surveys", data={"language": "fa-AF"}
        )

        assert page.status_code == 422
        assert why in page.text

    def test_who_belongs_nowhere_or_has_answered_is_not_asked(
        self, family, client_of, transactions
    ):
        worker = client_of(family.worker)
        path = f"/api/persons/{family.adult.id}/surveys"
        token = link(worker, family.adult)
        sent(client_of(None), token, **scores())
        answered = worker.post(path, json={"language": "en"})
        listed = worker.get(path).json["items"]

        assert answered.status_code == 409
        assert "answered already" in answered.json["detail"]
        assert [row["standing"] for row in listed] == ["answered", "ahead", "ahead"]

    def test_the_team_sees_that_they_were_asked_and_never_what_they_said(self, family, client_of):
        worker = client_of(family.worker)
        token = link(worker, family.adult)
        id_ = client_of(family.signed_in).get("/api/surveys").json["items"][0]["id"]
        sent(client_of(None), token, **scores(score=1))

        page = worker.get(f"/persons/{family.adult.id}/surveys")

        assert "Answered" in page.text
        assert "Not at all" not in page.text
        assert worker.get(f"/api/surveys/{id_}/answers").status_code == 403
        assert worker.get("/api/figures/surveys").status_code == 403
        assert f"/persons/{family.adult.id}/surveys" in (
            worker.get(f"/households/{family.household.id}/people").text
        )

    def test_a_point_asks_sponsors_by_mail_and_has_the_caseworker_hand_over_the_families_links(
        self, transactions, client_of, tmp_path, clock, monkeypatch
    ):
        family = a_family(transactions, TODAY - timedelta(days=80))
        posted = Post(FileMailer(tmp_path), "resettle <r@example.org>", "https://resettle.test")
        monkeypatch.setitem(transactions.resources, Post, posted)
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_confirmed_member(uow, family.sponsor)
            uow.emit(HouseholdArrived(family.household.id, family.household.arrived_on))

        worked(transactions)
        early = [*tmp_path.iterdir()]
        clock.forward(days=11)
        worked(transactions)

        (mail,) = tmp_path.iterdir()
        thanked = sent(client_of(None), mailed(mail), **scores(GROUP, 5))
        assert early == []
        assert thanked.status_code == 200
        assert [a.audience for a in kept(transactions)] == [Audience.SPONSORS] * len(GROUP)
        assert "Hand over the links" in next(t.title for t in kept(transactions, Task))
        worked(transactions)
        assert len([*tmp_path.iterdir()]) == 1


class TestPoints:
    """Months 3, 12 and 24 after arrival: each opens by itself on its day, and closes again."""

    @pytest.fixture
    def post(self, transactions, tmp_path, monkeypatch):
        posted = Post(FileMailer(tmp_path), "resettle <r@example.org>", "https://resettle.test")
        monkeypatch.setitem(transactions.resources, Post, posted)
        return lambda: sorted(tmp_path.iterdir(), key=lambda each: each.stat().st_mtime_ns)

    @pytest.fixture
    def arrives(self, transactions):
        family = a_family(transactions, TODAY)
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_confirmed_member(uow, family.sponsor).vetted_until = TODAY + timedelta(days=999)
            uow.emit(HouseholdArrived(family.household.id, family.household.arrived_on))
        return family

    @pytest.fixture
    def on_day(self, transactions, clock):
        def move(day):
            clock.forward(days=(TODAY + timedelta(days=day) - clock().date()).days)
            worked(transactions)

        return move

    def test_each_point_opens_by_itself_and_counts_each_voice_apart(
        self, transactions, client_of, arrives, post, on_day
    ):
        worker, visitor = client_of(arrives.worker), client_of(None)

        def is_closed(day):
            on_day(day)
            path = f"/persons/{arrives.adult.id}/surveys"
            return worker.post(path, data={"language": "fa-AF"}).status_code == 422

        for asked, (point, way) in enumerate(((90, "self"), (365, "read_out"), (730, "self")), 1):
            assert is_closed(point - 1)
            assert len(post()) == asked - 1
            on_day(point)
            assert (len(post()), len(kept(transactions, Task))) == (asked, asked)
            sent(visitor, link(worker, arrives.adult), **scores(score=2), way=way)
            sent(visitor, mailed(post()[-1]), **scores(GROUP, 5))
            assert is_closed(point + 46)

        answers = kept(transactions)
        ways = [i.way for i in kept(transactions, SurveyInvitation) if i.person_id]
        assert Counter((a.audience, a.point_days, a.score) for a in answers) == {
            (voice, point, score): 5
            for voice, score in ((Audience.FAMILY, 2), (Audience.SPONSORS, 5))
            for point in (90, 365, 730)
        }
        assert Counter(ways) == {Way.SELF: 2, Way.READ_OUT: 1}


def mailed(mail):
    text = mail.read_text().replace("=\n", "").replace("=3D", "=")
    return re.search(r"https://resettle\.test/s/([\w-]{43})", text)[1]


def a_confirmed_member(uow, sponsor):
    (group_id,) = sponsor.group_ids
    return uow.add(
        SponsorMember(
            group_id=group_id,
            user_id=sponsor.user_id,
            name="Aroha Ngata",
            joined_on=ARRIVED,
            confirmed_by_group_by=sponsor.user_id,
            confirmed_by_manager_by=sponsor.user_id,
            vetted_until=TODAY + timedelta(days=400),
        )
    )


def worked(transactions):
    while jobs.run_next(transactions, RUNNERS):
        pass


class TestSignedIn:
    def test_one_answers_on_ones_own_page_and_reads_ones_answers_there(self, family, client_of):
        link(client_of(family.worker), family.adult)
        me = client_of(family.signed_in)
        path = re.search(r'href="(/surveys/[^"]+/answers)"', me.get("/my-surveys").text)[1]

        left_out = me.post(path, data=scores(FAMILY[1:]))
        done = me.post(path, data=scores(score=2), follow_redirects=True)
        again = me.post(path, data=scores(score=5))

        assert "Choose one of the answers." in left_out.text
        assert "Thank you." in done.text
        assert "A little" in done.text
        assert "These questions were answered already." in again.text

    def test_over_json_too_and_too_late_is_too_late(self, family, client_of, clock):
        link(client_of(family.worker), family.adult)
        me = client_of(family.signed_in)
        id_ = me.get("/api/surveys").json["items"][0]["id"]
        body = {"scores": dict.fromkeys(FAMILY, 3)}

        odd = me.post(f"/api/surveys/{id_}/answers", json={"scores": {"belonging": 3}})
        clock.forward(days=60)
        late = me.post(f"/api/surveys/{id_}/answers", json=body)
        page = me.get("/my-surveys")

        assert odd.status_code == 422
        assert late.status_code == 409
        assert "This was not answered, which is fine." in page.text

    def test_answers_are_shown_to_who_gave_them_alone(self, family, client_of):
        link(client_of(family.worker), family.adult)
        me = client_of(family.signed_in)
        id_ = me.get("/api/surveys").json["items"][0]["id"]
        me.post(f"/api/surveys/{id_}/answers", json={"scores": dict.fromkeys(FAMILY, 3)})

        mine = me.get(f"/api/surveys/{id_}/answers").json["items"]

        assert [row["score"] for row in mine] == [3] * len(FAMILY)
        assert client_of(family.sponsor).get(f"/api/surveys/{id_}/answers").status_code == 404
        assert client_of(family.sponsor).get("/my-surveys").status_code == 200

    def test_who_has_taken_the_consent_back_answers_no_more(self, family, client_of, transactions):
        link(client_of(family.worker), family.adult)
        me = client_of(family.signed_in)
        id_ = me.get("/api/surveys").json["items"][0]["id"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            agrees(uow, family.household, family.adult, Decision.WITHDRAW, seq=2)

        told = me.post(f"/api/surveys/{id_}/answers", json={"scores": dict.fromkeys(FAMILY, 3)})

        assert told.status_code == 409


def answered(uow, household, person, score, audience=Audience.FAMILY, group_id=None):
    invitation = uow.add(
        SurveyInvitation(
            household_id=household.id,
            audience=audience,
            person_id=person.id,
            group_id=group_id,
            point_days=90,
            edition=1,
            language="en",
            opens_on=TODAY,
            closes_on=TODAY,
            answered_at=uow.now,
        )
    )
    uow.add(
        SurveyAnswer(
            invitation_id=invitation.id,
            household_id=household.id,
            audience=audience,
            person_id=person.id,
            group_id=group_id,
            point_days=90,
            edition=1,
            question="belonging",
            score=score,
            answered_on=TODAY,
        )
    )


@pytest.fixture
def leaders(transactions, client_of):
    """Two programme managers: one asks for figures, the other lets them go."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        ids = [a_user(uow, Role.PROGRAMME_MANAGER).id for _ in range(2)]
    return [client_of(Actor(Role.PROGRAMME_MANAGER, user_id=id_)) for id_ in ids]


def thirty_six_who_agree(uow):
    """Let one adult each of so many households feel that they belong."""
    people = [(home, a_member(uow, home)) for home in [a_household(uow) for _ in range(36)]]
    for home, person in people:
        agrees(uow, home, person)
        answered(uow, home, person, 5)
    return people


def told_of(manager, audience):
    """Have the manager work all answers out."""
    return manager.post(
        "/evaluation/surveys/new", data={"audience": audience}, follow_redirects=True
    )


class TestResults:
    def test_each_voice_is_told_apart_and_small_groups_are_hidden(
        self, transactions, client_of, leaders
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for number in range(36):
                household = a_household(uow, stream=Stream.CORS)
                person = a_member(uow, household)
                agrees(uow, household, person)
                answered(uow, household, person, 5 if number < 30 else 1)

        worked_out = told_of(leaders[0], "ministry")
        told = leaders[0].get("/api/figures/surveys?policy=ministry").json["items"]
        page = leaders[0].get("/evaluation/surveys")

        belonging = next(row for row in told if row["code"] == "belonging")
        assert belonging["points"] == [
            {
                "point": "3 months",
                "answers": 36,
                "agree": 30,
                "other": 6,
                "not_said": 0,
                "percent": 83,
                "low": 68,
                "high": 92,
            }
        ]
        assert "Every question is worked out" in worked_out.text
        sponsors = [row for row in told if row["audience"] == "sponsors"]
        assert {row["refused"] for row in sponsors} == {
            "No table is told of fewer than 30 persons or 10 households."
        }
        assert "What families say" in page.text
        assert "83" in page.text

    def test_no_row_of_few_answers_and_none_of_who_took_it_back(self, transactions, leaders, clock):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for number in range(35):
                household = a_household(uow)
                person = a_member(uow, household)
                agrees(uow, household, person)
                answered(uow, household, person, None if number == 0 else 4)
                if number > 32:
                    agrees(uow, household, person, Decision.WITHDRAW, seq=2)

        clock.forward(days=30)
        told_of(leaders[0], "public")
        told = leaders[0].get("/api/figures/surveys?policy=public").json["items"]

        (point,) = next(row for row in told if row["code"] == "belonging")["points"]
        assert point["not_said"] == "S"
        assert point["percent"] is not None
        assert point["answers"] in {None, 33}

    def test_it_is_a_figure_as_all_others_frozen_and_let_go_by_a_second_person(
        self, transactions, client_of, leaders
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            people = thirty_six_who_agree(uow)
        sent = {"kind": "survey", "code": "family:belonging", "audience": "ministry"}
        first = leaders[0].post("/api/releases", json=sent).json
        before = client_of(EVALUATOR).get("/evaluation/surveys").text
        with transactions.begin(SYSTEM, "arrange") as uow:
            agrees(uow, *people[0], Decision.WITHDRAW, seq=2)

        again = leaders[0].post("/api/releases", json=sent).json
        leaders[1].post(f"/api/releases/{first['id']}/confirmation")
        after = client_of(EVALUATOR).get("/evaluation/surveys").text
        page = client_of(EVALUATOR).get(f"/figures/{first['id']}").text

        assert again["figures"] == first["figures"]
        assert first["title"] == "Families: I feel that I belong here."
        assert (first["figures"]["rows"], first["figures"]["total"]) == (["3 months"], 36)
        assert len(first["data_hash"]) == 64
        assert ">36<" not in before
        assert ">36<" in after
        assert "Families: I feel that I belong here." in page

    def test_belonging_is_an_indicator_of_the_same_answers(self, transactions, leaders):
        with transactions.begin(SYSTEM, "arrange") as uow:
            thirty_six_who_agree(uow)
        sent = {"kind": "indicator", "audience": "ministry"}

        told_of(leaders[0], "ministry")
        told = leaders[0].post("/api/releases", json={**sent, "code": "IND-BEL-3"}).json
        later = leaders[0].post("/api/releases", json={**sent, "code": "IND-BEL-12"}).json

        everybody = told["figures"]["shares"][-1]
        assert (everybody["n"], everybody["met"], everybody["percent"]) == (36, 36, 100)
        assert later["refusal"] == "No table is told of fewer than 30 persons or 10 households."

    def test_what_few_withdrew_from_does_not_show_in_the_next_figure(
        self, transactions, leaders, clock
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            people = thirty_six_who_agree(uow)
        told_of(leaders[0], "ministry")
        with transactions.begin(SYSTEM, "arrange") as uow:
            agrees(uow, *people[0], Decision.WITHDRAW, seq=2)
        clock.forward(days=1)

        told_of(leaders[0], "ministry")

        told = leaders[0].get("/api/figures/surveys?policy=ministry").json["items"]
        (point,) = next(row for row in told if row["code"] == "belonging")["points"]
        assert (point["answers"], point["agree"]) == (36, 36)

    @pytest.mark.parametrize(
        ("odd", "field"),
        [({"code": "family:shoe_size"}, "code"), ({"by": "location"}, "by")],
    )
    def test_there_is_no_other_question_and_no_other_way_to_part(self, leaders, odd, field):
        sent = {"kind": "survey", "code": "family:belonging", "audience": "ministry", **odd}

        refused = leaders[0].post("/api/releases", json=sent)

        assert (refused.status_code, [*refused.json["errors"]]) == (422, [field])


class TestTheFile:
    def test_a_scale_without_a_word_and_a_question_asked_twice_are_refused(self, tmp_path):
        whole = (CONFIG / "surveys.toml").read_text()
        for fault, said in (
            (whole.replace('0 = "I would rather not say"', ""), "scale has a word"),
            (whole.replace('code = "respect"', 'code = "belonging"'), "asks a question twice"),
        ):
            path = tmp_path / "surveys.toml"
            path.write_text(fault)

            with pytest.raises(ValueError, match=said):
                load(path)
