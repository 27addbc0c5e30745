"""T4 on what is written and refused: as nonsense, too late, or as things stand."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.routing import Rule

from tests.access import targets
from tests.access.conftest import Stage
from tests.access.oracle import allowed
from tests.access.requests import UNSAFE, path_of, usual
from tests.access.targets import Target
from tests.access.walk import FILLED, SHUT, Act, answers, asking_of, expected

pytestmark = pytest.mark.timeout(600)

READERS = ("sponsor-coordinator", "sponsor-member", "household-person")
STALE = "9999"


def writes(stage: Stage, principal: str) -> Iterator[tuple[str, Rule, Target]]:
    """Name every way of writing that is open to a reader, about the household that is known best.

    Of what belongs to no household, one of each.
    """
    lines = expected()
    for method, rule in targets.rules(stage.sender.app):
        if method in UNSAFE and not answers(lines[method, rule.rule], principal) <= SHUT:
            found = [*targets.targets(rule, principal, stage.made)]
            near = [each for each in found if each.household == "main"]
            yield from ((method, rule, target) for target in near[:1] or found[:1])


def bodies(stage: Stage, principal: str, write: tuple[str, Rule, Target]) -> list[dict[str, Any]]:
    """Give what is sent: nonsense, a version long gone, and what is plausible."""
    method, rule, target = write
    asking = asking_of(stage.made, principal, target)
    form = FILLED.get((method, rule.rule), Act()).body(asking) or {}
    plausible, stale, nonsense = (
        usual(stage.sender, method, rule, asking.ids, {**form}) for _ in range(3)
    )
    stale["headers"] = {**stale["headers"], "If-Match": f'"{STALE}"'}
    if rule.rule.startswith("/api/"):
        nonsense.pop("data", None)
        nonsense["json"] = {"nonsense": "x"}
    else:
        stale["data"] |= {"version": STALE}
        nonsense["data"] = {"form_key": uuid4().hex, "nonsense": "x"}
    return [nonsense, stale, plausible]


@pytest.mark.parametrize("principal", READERS)
def test_no_refusal_of_a_write_gives_away_what_its_writer_may_not_see(
    stage: Stage, principal: str, record_property: Callable[[str, object], None]
):
    leaks, counted = set(), Counter[int]()
    for write in writes(stage, principal):
        path = path_of(stage.sender.app, write[1], write[2])
        for sent in bodies(stage, principal, write):
            told = stage.sender.send(principal, write[0], path, **sent)
            counted[told.status] += 1
            leaks |= {
                f"{found.mark.place} ({found.form}): {write[0]} {path} {told.status}"
                for found in stage.searcher.find(told).values()
                if found.form != "plain" or not allowed(principal, found.mark)
            }

    for status in (409, 412, 422):
        record_property(f"answers {status} to a {principal} looked through", counted[status])
    assert not leaks, "\n".join(sorted(leaks)[:40])
    assert min(counted[status] for status in (409, 412, 422)) > 0, counted
