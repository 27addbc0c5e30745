"""T3: whatever the table allows is done at least once, with a body that a person would send."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import JSON, String, cast, exists, select
from werkzeug.routing import Rule

from resettle.core.actor import SYSTEM
from resettle.core.db import Base
from resettle.settings import Settings
from tests.access import targets, walk
from tests.access.acts import ACTS, FILE_NAME, Act, upload
from tests.access.apply_acts import APPLY_ACTS
from tests.access.arranged import Asking
from tests.access.conftest import Stage
from tests.access.figure_acts import FIGURE_ACTS
from tests.access.forms import FORMS
from tests.access.money_acts import MONEY_ACTS
from tests.access.oracle import allowed as may_see
from tests.access.plan_acts import PLAN_ACTS
from tests.access.principals import RELATIONS
from tests.access.report_acts import REPORT_ACTS
from tests.access.requests import UNSAFE, Told, headers_of, path_of
from tests.access.status_acts import STATUS_ACTS
from tests.access.strain_acts import STRAIN_ACTS
from tests.access.survey_acts import SURVEY_ACTS
from tests.access.targets import Target
from tests.access.week_acts import WEEK_ACTS

pytestmark = pytest.mark.timeout(900)

# A draft is saved with the token of a form that was shown: see test_drafts_over_http.py.
SHOWN_FIRST = frozenset({"/drafts"})
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
    "deed_id": "deed",
    "application_id": "group_application",
    "part_id": "application_part",
    "task_id": "task",
    "document_id": "document",
    "appointment_id": "appointment",
    "goal_id": "plan_goal",
    "step_id": "plan_step",
    "handover_id": "plan_handover",
    "referral_id": "referral",
    "shift_id": "roster_shift",
    "our_task_id": "task",
}


# The same names under the address of a sponsor group.
OF_GROUP = {"item_id": "group_checklist_item", "member_id": "sponsor_member"}

DONE_BY_PEOPLE: Mapping[tuple[str, str], Act] = {
    **ACTS,
    **FORMS,
    **PLAN_ACTS,
    **MONEY_ACTS,
    **WEEK_ACTS,
    **REPORT_ACTS,
    **APPLY_ACTS,
    **STATUS_ACTS,
    **STRAIN_ACTS,
    **SURVEY_ACTS,
    **FIGURE_ACTS,
}


def allowed(stage: Stage) -> Iterator[tuple[str, Rule, str, Target]]:
    """Name each act that the table allows."""
    lines = walk.expected()
    for method, rule in targets.rules(stage.sender.app):
        line = lines[method, rule.rule]
        if method not in UNSAFE or rule.rule in SHOWN_FIRST:
            continue
        for principal in RELATIONS:
            for target in targets.targets(rule, principal, stage.made):
                if line[f"{principal}/{target.relation}"] == "ok" and not target.never:
                    yield method, rule, principal, target


def test_every_act_has_a_body_and_every_body_its_act(stage: Stage):
    acts = {(method, rule.rule) for method, rule, *_ in allowed(stage)}

    assert acts == DONE_BY_PEOPLE.keys()


def test_every_allowed_act_is_done_and_its_answer_gives_nothing_away(
    stage: Stage, record_property: Callable[[str, object], None]
):
    failed: dict[str, str] = {}
    done: set[str] = set()
    leaks: set[str] = set()
    messages = 0
    for method, rule, principal, target in allowed(stage):
        words = f"{method} {rule.rule} as {principal} ({target.relation})"
        if words not in done:  # once is enough, with whichever household it goes
            failed[words], told = _try(stage, method, rule, principal, target)
            leaks |= {f"{words}: {leak}" for leak in _leaks(stage, principal, told)}
            messages += len(_messages(stage, told))
            done |= {words} if not failed[words] else set()
    undone = [f"{words}: {answer}" for words, answer in failed.items() if words not in done]

    assert not undone, "\n".join(undone[:60])
    assert not leaks, "\n".join(sorted(leaks)[:60])
    record_property("answers to writes looked through", len(failed))
    record_property("messages looked through", messages)
    assert messages > 0


def _leaks(stage: Stage, principal: str, told: Told) -> Iterator[str]:
    """Name what the answer to a write gives away, its message for the next page included."""
    found = [*stage.searcher.find(told).values()]
    for mark, form in [(each.mark, each.form) for each in found]:
        if form != "plain" or not may_see(principal, mark):
            yield f"{mark.place} of {mark.household}"
    if FILE_NAME in f"{told.response.text}{told.response.headers}{told.logged}{told.trail}":
        yield "the name of the file that was sent"
    for message in _messages(stage, told):
        yield from (f"{mark.place}: {message}" for mark in stage.searcher.whole(message))


def _messages(stage: Stage, told: Told) -> list[str]:
    """Read what the next page will say of what was done: it is kept in the cookie."""
    cookie = next((c for c in told.response.headers.getlist("Set-Cookie") if "rs=" in c), "")
    signer = SecureCookieSessionInterface().get_signing_serializer(stage.sender.app)
    value = cookie.partition("rs=")[2].partition(";")[0]
    assert signer is not None
    return [text for _, text in signer.loads(value).get("_flashes", ())] if value else []


def _try(stage: Stage, method: str, rule: Rule, principal: str, target: Target) -> tuple[str, Told]:
    """Do it; give what was answered, in words if it was not done."""
    act = DONE_BY_PEOPLE[method, rule.rule]
    asking = walk.asking_of(stage.made, principal, target)
    with stage.sender.undone():
        if act.before is not None:
            real = stage.sender.app.extensions["transactions"]
            with real.begin(SYSTEM, "tests:arrange") as uow:
                act.before(uow, asking)
        ids = {**asking.ids, **act.ids(asking)}
        path = path_of(stage.sender.app, rule, Target(target.relation, ids))
        version = _version(stage, method, rule, ids)
        sent = {"headers": headers_of(method, version), **_body(act, asking, rule)}
        told = stage.sender.ask(principal, method, path, **sent)
        if act.files is not None:
            assert _kept(stage, FILE_NAME) == [], path
    failed = told.status not in walk.DONE
    return f"{told.status} {told.response.text[:300]}" if failed else "", told


def _kept(stage: Stage, text: str) -> list[str]:
    """Name the plain columns in which a text is kept now, and the files that are named by it."""
    folder = stage.sender.app.extensions["transactions"].resources[Settings].storage
    found = [str(path) for path in folder.rglob(f"*{text}*")]
    for table in Base.metadata.sorted_tables:
        texts = [c for c in table.columns if isinstance(c.type, (String, JSON))]
        for column in texts:
            holds = cast(column, String).contains(text)
            if stage.sender.connection.execute(select(exists().where(holds))).scalar_one():
                found.append(f"{table.name}.{column.name}")
    return found


def _body(act: Act, asking: Asking, rule: Rule) -> dict[str, Any]:
    body = act.body(asking)
    if act.files is not None:
        return {"data": {**(body or {}), **upload(act)}}
    if not rule.rule.startswith("/api/"):
        return {"data": {"form_key": uuid4().hex, **(body or {})}}
    return {} if body is None else {"json": body}


def _version(stage: Stage, method: str, rule: Rule, ids: Any) -> int:
    """Read the version of what is to be edited, as a reader would have been told it."""
    names = [name for name in EDITED if f"<uuid:{name}>" in rule.rule]
    if method not in {"PATCH", "PUT"} or not names:
        return 1
    name = max(names, key=lambda each: rule.rule.index(f":{each}>"))
    of_group = OF_GROUP.get(name) if "/sponsor-groups/" in rule.rule else None
    table = "eligibility_facts" if rule.rule.endswith("/applicant") else EDITED[name]
    model = Base.metadata.tables[of_group or table]
    key = model.c.case_id if table == "eligibility_facts" else model.c.id
    found = stage.sender.connection.execute(select(model.c.version).where(key == ids[name]))
    return int(found.scalar_one())
