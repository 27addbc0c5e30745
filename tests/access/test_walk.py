"""T2 and T4: every way in, as every principal, for every id; and what no answer may give away."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from resettle.core.classes import DataClass as D
from tests.access import seen as looks
from tests.access import targets
from tests.access.canaries import Mark
from tests.access.cast import HOUSEHOLDS
from tests.access.conftest import Stage
from tests.access.oracle import allowed
from tests.access.seen import Seen
from tests.databases import Database

LEAST_CELLS = 15_000
# Who sees everything of a household, and of a group: what others are shown is a part of that.
READERS = {"caseworker": "main", "programme-manager": "group:near"}
# Ways in that answer to some with an empty list, and why that is right.
HOLLOW = {
    "/api/sponsor-groups/<uuid:group_id>/checklist": "the group's own, and the manager's",
    "/api/sponsor-groups/<uuid:group_id>/deeds": "of groups that the reader has to do with",
    "/api/sponsor-groups/<uuid:group_id>/reports": "of households that the reader knows of",
    "/api/sponsor-groups/<uuid:group_id>/funds/minimum-support": "the programme sets no sum",
    "/api/reports": "who has to do with no household that a report is owed on",
    "/api/calendar": "nobody planted an appointment for the days that it begins with",
    "/api/households/<uuid:household_id>/group-tasks/trend": "of tasks done: none is done yet",
    "/api/account/tokens": "who has made no token has none",
    "/api/search": "nothing was asked",
    "/api/persons/<uuid:person_id>/duplicates": "nobody else is like this person",
    "/api/crises/<uuid:crisis_id>/checks": "managers and others get numbers alone",
    "/api/surveys": "who was asked nothing",
    "/api/exports": "who has taken no list",
    "/api/queue": "who looks after no household, or after none alone, has nothing to do",
}

pytestmark = pytest.mark.timeout(1500)


_walked: dict[int, list[Seen]] = {}


@pytest.fixture
def walked(stage: Stage, database: Database, ways: str) -> list[Seen]:
    """Walk once an engine; each test looks at what it told."""
    if id(stage) not in _walked:
        _walked[id(stage)] = looks.walked(stage, database.engine, ways)
    return _walked[id(stage)]


@pytest.fixture
def ways(pytestconfig: pytest.Config) -> str:
    return str(pytestconfig.getoption("ways"))


def test_every_answer_is_what_the_table_says(walked: list[Seen]):
    wrong = [
        f"{seen.words}: {seen.status}, not {seen.wanted or 'anything'}{seen.logged}"
        for seen in walked
        if not seen.fits
    ]

    assert not wrong, "\n".join(wrong[:60])


@pytest.mark.every_way
def test_there_are_enough_cells(walked: list[Seen], record_property: Callable[[str, object], None]):
    record_property("cells walked", len(walked))

    assert len(walked) >= LEAST_CELLS


@pytest.mark.every_way
def test_every_way_in_is_walked(walked: list[Seen], stage: Stage):
    ways = {(method, rule.rule) for method, rule in targets.rules(stage.sender.app)}

    assert {(seen.method, seen.rule) for seen in walked} == ways


def test_what_is_out_of_scope_answers_like_what_never_was(walked: list[Seen]):
    never = {_asked(seen): seen.answer for seen in walked if seen.target.never}
    other = [
        seen.words
        for seen in walked
        if seen.status == 404 and seen.target.ids
        if seen.wanted != "shared" and seen.answer != never[_asked(seen)]
    ]

    assert not other


def _asked(seen: Seen) -> tuple[str, str, str]:
    return seen.method, seen.rule, seen.principal


def test_nothing_gives_away_a_canary_that_its_reader_may_not_see(walked: list[Seen]):
    leaks = {
        f"{found.mark.place} ({found.mark.data_class}, {found.form}) of {found.mark.household} "
        f"{found.mark.person}: {seen.words} {found.near}"
        for seen in walked
        for found in seen.found.values()
        if found.form != "plain" or not allowed(seen.principal, found.mark)
    }

    assert not leaks, "\n".join(sorted(leaks)[:60])


OF_FIGURES = frozenset({"programme-manager", "auditor", "evaluator"})
OF_PERSONS = frozenset({D.IDENT, D.LOC, D.ORIGIN, D.HEALTH, D.PROT, D.NOTE})


def test_who_reads_figures_is_shown_no_row_of_a_person(walked: list[Seen]):
    told = {
        f"{found.mark.place} of {found.mark.household}: {seen.words}"
        for seen in walked
        if seen.principal in OF_FIGURES
        for found in seen.found.values()
        if found.mark.household in HOUSEHOLDS and found.mark.data_class in OF_PERSONS
    }

    assert not told, "\n".join(sorted(told)[:60])


def test_whoever_is_let_in_is_shown_something(walked: list[Seen]):
    empty = {
        f"{seen.words}"
        for seen in walked
        if seen.is_let_in and seen.is_empty and seen.rule not in HOLLOW
    }

    assert not empty, "\n".join(sorted(empty)[:60])


# What is not told on these ways in to all who might see it, and why.
TOLD_OTHERWISE = {
    "milestone.private": "what is about health is not told where others at home look on",
    "sponsorship_answer.language": "what another adult at home answered is theirs alone",
    "group_checklist_item.note": "the notes of a checklist stay between group and manager",
    "group_checklist_item.evidence": "what shows an item stays between group and manager",
    **dict.fromkeys(
        (f"sponsor_member.{brought}" for brought in ("availability", "languages", "skills")),
        "what members bring is for their group, its manager and the caseworkers of its households",
    ),
}

# Ways in that tell each side of a match its own part.
OF_ONE_SIDE = {
    "/households/<uuid:household_id>/contact-card": "the group is told whom it calls itself",
    "/sponsor-groups/<uuid:group_id>/funds": "who spends for the group is told to its treasurer",
}


def test_whoever_is_let_in_is_shown_all_that_they_may_see(walked: list[Seen]):
    shown = _shown_to_readers(walked)
    kept_back = {
        f"{mark.place} ({mark.data_class}) of {mark.person or 'all'}: {seen.words}"
        for seen in walked
        if seen.is_let_in and seen.method == "GET"
        for mark in shown[seen.rule, seen.target.household, seen.target.who]
        if mark.text not in seen.found and allowed(seen.principal, mark)
        if mark.place not in TOLD_OTHERWISE and seen.rule not in OF_ONE_SIDE
    }

    assert not kept_back, "\n".join(sorted(kept_back)[:60])


def _shown_to_readers(walked: list[Seen]) -> dict[tuple[str, str, str], list[Mark]]:
    """Name what whoever sees everything is shown at each address."""
    shown: dict[tuple[str, str, str], list[Mark]] = defaultdict(list)
    for seen in walked:
        target = seen.target
        if seen.method == "GET" and READERS.get(seen.principal) == target.household:
            marks = [found.mark for found in seen.found.values()]
            shown[seen.rule, target.household, target.who] = marks
    return shown


# Columns that no way in shows to anybody yet, and why.
NOWHERE = {
    "checked_upload.content": "the file itself: it comes out as households",
    "deny_listed.reason": "the list of who is kept away has no page",
    "list_export.gathered": "the rows of a list while it is made",
    "group_step.note": "the steps of a group are told by what is missing",
    "hold.reason_code": "it stands in the history of the case as the reason of the move",
    "imported_case.as_submitted": "kept whole for the person's record",
    "imported_person.other_facts": "kept whole for the person's record",
    "person_merge.before": "both records as they were; read when they are taken apart",
    "person.other_nationalities": "kept from the file; the file of a person shows the first",
    "person.source_codes": "kept so that a mapping of codes can be looked at again",
    "person.unhcr_id_index": "a look-up value, told to nobody",
    "resettlement_case.case_number_index": "a look-up value, told to nobody",
    "saved_view.name_index": "a look-up value, told to nobody",
}


@pytest.mark.every_way
def test_every_planted_column_is_shown_to_somebody_or_to_nobody_on_purpose(
    walked: list[Seen], stage: Stage
):
    shown = {found.mark.place for seen in walked for found in seen.found.values()}
    planted = {mark.place for mark in stage.made.canaries.marks.values()}

    unshown = planted - shown
    assert unshown == {*NOWHERE}, "\n".join(sorted(unshown ^ {*NOWHERE}))
