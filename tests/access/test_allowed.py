"""T3: whatever the table allows is done at least once, with a body that a person would send."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from resettle.core.actor import SYSTEM
from resettle.core.db import Base
from tests.access import targets, walk
from tests.access.acts import ACTS, Act, Asking, upload
from tests.access.conftest import Stage
from tests.access.principals import RELATIONS
from tests.access.requests import UNSAFE, headers_of, path_of
from tests.access.targets import Target

pytestmark = pytest.mark.timeout(900)

# What a principal may ask for and yet cannot have done here, and why.
UNABLE = {
    ("/api/account/tokens", "sponsor-member"): "a sponsor's token carries nothing",
    ("/api/account/tokens", "sponsor-coordinator"): "a sponsor's token carries nothing",
    ("/api/account/tokens", "unconfirmed-sponsor"): "a sponsor's token carries nothing",
    ("/api/account/tokens", "expired-sponsor"): "a sponsor's token carries nothing",
    ("/api/account/tokens", "ended-sponsor"): "a sponsor's token carries nothing",
    ("/api/account/tokens", "administrator"): "an administrator's token carries nothing",
    ("/api/account/tokens", "household-person"): "a household person's token carries nothing",
}
# The tables whose rows are edited at a version, by the id that stands last in the address.
EDITED = {
    "household_id": "household",
    "case_id": "resettlement_case",
    "item_id": "checklist_item",
    "member_id": "household_member",
    "dwelling_id": "dwelling",
    "milestone_id": "milestone",
    "person_id": "person",
    "need_id": "specific_need",
    "group_id": "sponsor_group",
    "task_id": "task",
}


def allowed(stage: Stage) -> Iterator[tuple[str, Rule, str, Target]]:
    """Name each act that the table allows, once a relation."""
    lines = walk.expected()
    for method, rule in targets.rules(stage.sender.app):
        if method not in UNSAFE or not rule.rule.startswith("/api/"):
            continue
        for principal in RELATIONS:
            done: set[str] = set()
            for target in targets.targets(rule, principal, stage.made):
                wanted = lines[method, rule.rule][f"{principal}/{target.relation}"]
                fresh = target.relation not in done and not target.never
                if wanted == "ok" and fresh and (rule.rule, principal) not in UNABLE:
                    done.add(target.relation)
                    yield method, rule, principal, target


def test_every_act_has_a_body_and_every_body_its_act(stage: Stage):
    acts = {(method, rule.rule) for method, rule, *_ in allowed(stage)}

    assert acts == ACTS.keys()


def test_every_allowed_act_is_done(stage: Stage):
    failed = [
        f"{method} {rule.rule} as {principal} ({target.relation}): {answer}"
        for method, rule, principal, target in allowed(stage)
        if (answer := _try(stage, method, rule, principal, target))
    ]

    assert not failed, "\n".join(failed[:60])


def _try(stage: Stage, method: str, rule: Rule, principal: str, target: Target) -> str:
    """Do it, and say what was answered if it was not done."""
    act = ACTS[method, rule.rule]
    asking = _asking(stage, principal, target)
    with stage.sender.undone():
        if act.before is not None:
            real = stage.sender.app.extensions["transactions"]
            with real.begin(SYSTEM, "tests:arrange") as uow:
                act.before(uow, asking)
        ids = {**asking.ids, **act.ids(asking)}
        path = path_of(stage.sender.app, rule, Target(target.relation, ids))
        version = _version(stage, method, rule, ids)
        sent = {"headers": headers_of(method, version), **_body(act, asking)}
        told = stage.sender.ask(principal, method, path, **sent)
    return "" if told.status in walk.DONE else f"{told.status} {told.response.text[:300]}"


def _asking(stage: Stage, principal: str, target: Target) -> Asking:
    made = stage.made
    people = made.households.get(target.household, made.households["main"])
    spare = made.groups["near"] | made.users["colleague"] | people["first"] | people[""]
    ids = {**spare, **target.ids}
    return Asking(principal, target.relation, ids, people["spouse"], people["child"])


def _body(act: Act, asking: Asking) -> dict[str, Any]:
    if act.files is not None:
        return {"data": upload(act)}
    body = act.body(asking)
    return {} if body is None else {"json": body}


def _version(stage: Stage, method: str, rule: Rule, ids: Any) -> int:
    """Read the version of what is to be edited, as a reader would have been told it."""
    names = [name for name in EDITED if f"<uuid:{name}>" in rule.rule]
    if method not in {"PATCH", "PUT"} or not names:
        return 1
    name = max(names, key=lambda each: rule.rule.index(f":{each}>"))
    of_group = name == "item_id" and "group_id" in names
    table = "eligibility_facts" if rule.rule.endswith("/applicant") else EDITED[name]
    model = Base.metadata.tables["group_checklist_item" if of_group else table]
    key = model.c.case_id if table == "eligibility_facts" else model.c.id
    found = stage.sender.connection.execute(select(model.c.version).where(key == ids[name]))
    return int(found.scalar_one())
