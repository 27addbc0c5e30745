"""T4 on what leaves otherwise than as a page: each way by its name."""

from collections import Counter
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.access.conftest import Stage
from tests.access.oracle import allowed
from tests.access.outputs import (
    LISTS,
    RECORD,
    RUN_FORMS,
    RUNS,
    WITH_FEEDS,
    Output,
    Outputs,
    made,
)
from tests.access.requests import Told

pytestmark = pytest.mark.timeout(900)

_made: dict[int, Outputs] = {}


@pytest.fixture
def outputs(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Make everything once an engine; each test looks at its part."""
    if id(stage) not in _made:
        _made[id(stage)] = made(stage, tmp_path_factory.mktemp("mail"))
    return _made[id(stage)]


def leaks_in(stage: Stage, output: Output) -> set[str]:
    """Name what an output gives away that its reader may not be shown, in whatever form."""
    told = Told(TestResponse(output.text.encode(), "200 OK", {}, None))  # type: ignore[arg-type]
    found = [(each.mark, each.form == "plain") for each in stage.searcher.find(told).values()]
    found += [(mark, True) for mark in stage.searcher.whole(output.unbroken)]
    return {
        f"{mark.place} of {mark.household}: {output.kind} for {output.reader}"
        for mark, plain in found
        if not plain or not allowed(output.reader, mark)
    }


def marks_in(stage: Stage, found: list[Output]) -> set[str]:
    return {mark.place for output in found for mark in stage.searcher.whole(output.unbroken)}


def test_everything_was_made(outputs: Outputs, record_property: Callable[[str, object], None]):
    counted = Counter(output.kind for output in outputs.found)
    for kind, count in counted.items():
        record_property(f"{kind}s looked through", count)

    assert counted["sheet"] == len(LISTS)
    assert counted["feed"] == len(WITH_FEEDS)
    assert counted["pdf"] == 1
    assert counted["run"] == len(RUNS) * len(RUN_FORMS)
    assert counted["record"] == len(RECORD)
    assert counted["mail"] >= 3


@pytest.mark.parametrize("kind", ["mail", "feed", "name"])
def test_what_others_may_read_over_a_shoulder_says_nothing_of_anybody(
    stage: Stage, outputs: Outputs, kind: str
):
    assert marks_in(stage, outputs.of(kind)) == set()
    assert [leak for output in outputs.of(kind) for leak in leaks_in(stage, output)] == []


def test_figures_that_are_reported_hold_no_word_of_anybody(stage: Stage, outputs: Outputs):
    runs = outputs.of("run")

    assert all("Quarterly report" in run.text for run in runs)
    assert marks_in(stage, runs) == set()
    assert [leak for run in runs for leak in leaks_in(stage, run)] == []


@pytest.mark.parametrize("kind", ["sheet", "pdf", "record"])
def test_what_is_taken_out_holds_what_its_taker_may_see_and_no_more(
    stage: Stage, outputs: Outputs, kind: str
):
    assert marks_in(stage, outputs.of(kind))
    assert {leak for output in outputs.of(kind) for leak in leaks_in(stage, output)} == set()


def test_jobs_and_logs_are_told_ids_alone(stage: Stage, outputs: Outputs):
    heard = [Output("log", "nobody", text) for text in outputs.logged]
    told = [Output("job", "nobody", text) for text in outputs.payloads]

    assert outputs.payloads
    assert marks_in(stage, heard + told) == set()


def test_each_member_has_mail_and_a_feed_of_their_own_group_alone(outputs: Outputs):
    told = {output.reader: output.text for output in outputs.of("feed", "mail")}

    assert {"sponsor-member", "sponsor-coordinator"} <= told.keys()
    assert told.keys().isdisjoint({"unconfirmed-sponsor", "expired-sponsor"})
    # Who only looks in no longer is still told what is written to all groups, and nothing else.
    assert "a message to sponsor groups" in told["ended-sponsor"]
    assert "R-2025" not in told["ended-sponsor"]
