"""What people take back is gone at once, from every way in and from all that leaves the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from resettle.consents.models import Purpose
from resettle.core.classes import DataClass as D
from tests.access import outputs, targets
from tests.access.canaries import Mark
from tests.access.conftest import Stage
from tests.access.oracle import ITEMS
from tests.access.requests import QUERIES, headers_of, path_of
from tests.access.targets import Target
from tests.access.walk import SHUT, answers, expected

pytestmark = pytest.mark.timeout(600)

READER = "sponsor-coordinator"
READERS = (READER, "sponsor-member")
PEOPLE = ("first", "spouse", "child")
SHOWN = {"person.given_name", "person.phone", "person.address", "photo.content"}
SHOWN |= {"household.display_name"}


def ways(stage: Stage) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Name every address that a group may try for a household and its people."""
    lines, app = expected(), stage.sender.app
    main = stage.made.households["main"]
    known = [stage.made.groups["near"] | main[""] | main[who] for who in PEOPLE]
    for method, rule in targets.rules(app):
        if method == "GET" and not answers(lines[method, rule.rule], READER) <= SHUT:
            query = tuple(QUERIES.get(rule.rule, {}).items())
            for ids in known:
                if targets.names_in(rule) <= ids.keys():
                    yield path_of(app, rule, Target("active", ids)), query


def searches(stage: Stage) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Look for the household by each thing that its people had agreed to show."""
    for mark in stage.made.canaries.marks.values():
        if mark.household == "main" and mark.place in SHOWN:
            yield "/api/households", (("q", mark.text[:20]),)


def told(stage: Stage) -> set[Mark]:
    """Tell what a coordinator reads of the household, asking for all that there is to ask for."""
    found: set[Mark] = set()
    for path, query in sorted({*ways(stage), *searches(stage)}):
        answer = stage.sender.ask(READER, "GET", path, query_string=dict(query)).response
        found |= marks(stage, answer.text, str(answer.headers))
    return found


def marks(stage: Stage, *texts: str) -> set[Mark]:
    return {m for text in texts for m in stage.searcher.whole(text) if m.household == "main"}


def take_back(stage: Stage, *, profile: bool) -> int:
    """Let each person of the household withdraw what they share: all but the profile, or that."""
    taken = 0
    for who in PEOPLE:
        person = f"/api/persons/{stage.made.households['main'][who]['person_id']}"
        ledger = stage.sender.ask("caseworker", "GET", person + "/consents").response.json
        for entry in ledger["in_force"]:
            shared = entry["purpose"] == Purpose.SHARE_WITH_SPONSOR
            if shared and (entry["item"] == "profile") is profile:
                path = f"/api/consents/{entry['id']}/withdrawal"
                done = stage.sender.ask("caseworker", "POST", path, headers=headers_of("POST"))
                assert done.status == 200
                taken += 1
    return taken


def test_what_is_taken_back_is_nowhere_any_more(stage: Stage, tmp_path: Path):
    with outputs.posting(stage, tmp_path) as transactions, stage.sender.undone():
        before = told(stage)
        assert take_back(stage, profile=False) == len(PEOPLE) * 5
        without = told(stage)
        assert take_back(stage, profile=True) == len(PEOPLE)
        after = told(stage)
        left = outputs.make(stage, tmp_path, transactions)

    assert {mark.place for mark in before} >= SHOWN
    assert {mark.place for mark in without} & ITEMS.keys() == set()
    assert {mark.data_class for mark in without} == {D.PROFILE, D.PLAN}
    assert after == set()
    taken_out = [output for output in left.of("mail", "feed", "name") if output.reader in READERS]
    assert {output.kind for output in taken_out} == {"mail", "feed", "name"}
    assert marks(stage, *(output.unbroken for output in taken_out)) == set()
