"""The evaluation record over HTTP: judged on evidence, again, by whom and when; one overview."""

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.judgements.definition import load
from resettle.settings import CONFIG
from tests.functional.keys import with_keys
from tests.world import a_user

BODY = {
    "programme": "cors",
    "criterion": "C3",
    "rating": 3,
    "confidence": "medium",
    "reasoning": "Both sides were told enough, most of the time.",
    "indicator": ["IND-GP-14d"],
    "survey": ["family:information", "sponsors:information"],
    "interview": ["SR-07", "SP-12"],
}
FORM = {
    **{k: v for k, v in BODY.items() if k != "criterion"},
    "indicator": "IND-GP-14d",
    "survey": "family:information , sponsors:information",
    "interview": "SR-07",
}
JUDGE = "/evaluation/record/C3/judge"


@pytest.fixture
def manager(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        user = a_user(uow, Role.PROGRAMME_MANAGER, name="Tui Parata")
    return with_keys(client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id, name="Tui Parata")))


@pytest.fixture
def auditor(client_of):
    return client_of(Actor(Role.AUDITOR))


def line(client, criterion="C3"):
    items = client.get("/api/judgements?programme=cors").json["items"]
    return next(each for each in items if each["criterion"]["code"] == criterion)


def test_a_judgement_stands_on_evidence_and_says_who_judged_when(manager):
    made = manager.post("/api/judgements", json=BODY)

    (judged,) = line(manager)["judgements"]
    assert made.status_code == 201
    assert (judged["number"], judged["rating"], judged["judge"]) == (1, 3, "Tui Parata")
    assert judged["judged_at"].startswith("2026-03-02T09:30")
    assert judged["evidence"] == [
        ["indicator", "IND-GP-14d"],
        ["interview", "SP-12"],
        ["interview", "SR-07"],
        ["survey", "family:information"],
        ["survey", "sponsors:information"],
    ]


def test_it_is_judged_again_and_the_earlier_judgement_stays_below(manager):
    manager.post("/api/judgements", json=BODY)
    done = manager.post(JUDGE, data=FORM | {"rating": "4"}, follow_redirects=True)

    assert [each["number"] for each in line(manager)["judgements"]] == [2, 1]
    assert "What was judged before stays below it." in done.text
    assert "1 of 9 criteria are judged" in done.text
    assert "Earlier judgements" in done.text
    assert done.text.index("Exceeded") < done.text.index("Judgement 1")


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"indicator": ["IND-NONE"]}, "indicator"),
        ({"survey": ["family:weather"]}, "survey"),
        ({"interview": ["Zahra Haidari"]}, "interview"),
        ({"report": ["<b>"]}, "report"),
        ({"indicator": [], "survey": [], "interview": []}, ""),
    ],
)
def test_evidence_that_is_not_there_or_names_somebody_is_refused(manager, fault, field):
    told = manager.post("/api/judgements", json=BODY | fault)

    assert told.status_code == 422
    assert [*told.json["errors"]] == [field]


def test_what_cannot_be_assessed_needs_no_evidence(manager):
    bare = {k: v for k, v in BODY.items() if k not in {"indicator", "survey", "interview"}}

    assert manager.post("/api/judgements", json=bare | {"rating": 0}).status_code == 201


def test_there_is_no_other_programme_or_criterion(manager):
    assert manager.get("/api/judgements?programme=none").status_code == 404
    assert manager.post("/api/judgements", json=BODY | {"programme": "no"}).status_code == 422
    assert manager.post("/api/judgements", json=BODY | {"criterion": "C0"}).status_code == 422
    assert manager.get("/evaluation/record/C0/judge").status_code == 404


def test_a_form_left_half_empty_comes_back_with_its_rubric(manager):
    page = manager.post(JUDGE, data={"programme": "cors"})

    assert page.status_code == 422
    assert "Partly met" in page.text
    assert "family:belonging" in page.text


def test_the_record_names_what_a_judgement_stands_on_in_words(manager):
    manager.post("/api/judgements", json=BODY)

    page = manager.get("/evaluation/record")

    assert "People enrolled with a GP within 14 days of moving in</a>" in page.text
    assert "“I had enough information, in time.” (family)" in page.text
    assert ">family:information" not in page.text


def test_an_auditor_reads_the_ratings_and_not_the_words(manager, auditor):
    manager.post("/api/judgements", json=BODY)

    page = auditor.get("/evaluation/record")

    assert "Met" in page.text
    assert BODY["reasoning"] not in page.text
    assert "Judge C3" not in page.text
    assert auditor.get(JUDGE).status_code == 403


def test_a_rubric_with_a_gap_is_refused(tmp_path):
    path = tmp_path / "criteria.toml"
    path.write_text((CONFIG / "criteria.toml").read_text().replace('4 = "Exceeded"', ""))

    with pytest.raises(ValueError, match="each rating"):
        load(path)
