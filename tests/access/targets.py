"""From the url map to the requests that are to be sent: whose ids stand in each address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from tests.access import principals
from tests.access.cast import World

NEVER = UUID("99999999-9999-4999-8999-999999999999")
OF_HOUSEHOLD = frozenset(
    {
        "household_id",
        "case_id",
        "item_id",
        "dwelling_id",
        "placement_id",
        "sponsorship_id",
        "note_id",
        "shared_note_id",
        "shift_id",
        "log_entry_id",
        "update_id",
        "message_id",
        "our_task_id",
        "our_defect_id",
        "house_photo_id",
        "incident_id",
        "complaint_id",
        "crisis_id",
        "place_id",
        "offer_id",
        "run_id",
        "other_run_id",
        "ruling_id",
        "exclusion_id",
        "allocation_id",
        "board_step_id",
        "decision_id",
        "defect_id",
        "voice_id",
        "photo_id",
        "hold_batch_id",
        "task_id",
        "pack_id",
        "appointment_id",
        "bulk_id",
        "assignment_id",
        "subject_id",
        "mark_id",
        "change_id",
        "plan_id",
        "goal_id",
        "step_id",
        "handover_id",
        "referral_id",
        "report_due_id",
        "group_report_id",
    }
)
OF_PERSON = frozenset(
    {
        "person_id",
        "need_id",
        "status_id",
        "entry_id",
        "link_id",
        "candidate_id",
        "document_id",
        "merge_id",
    }
    | {"invitation_id"}
)
OF_ACCOUNT = frozenset(
    {
        "absence_id",
        "user_id",
        "duty_id",
        "session_id",
        "token_id",
        "batch_id",
        "upload_id",
        "draft_id",
        "reminder_id",
        "view_id",
        "export_id",
    }
)
OF_GROUP = frozenset(
    {"report_run_id", "group_id", "group_message_id", "fund_entry_id", "receipt_id", "pledge_id"}
    | {"evidence_id"}
)
OF_EVERYBODY = frozenset({"release_id"})
GROUP_MEMBERS = "/sponsor-groups/"
QUEUE_LINES = [
    f"{start}/<string:source>/<uuid:subject_id>/{act}"
    for start in ("/api/queue", "/today")
    for act in ("completion", "reopening", "snooze", "delegation")
]
FRIDGE = {"item_code": "fridge"}
# What stands in an address that is no id.
CODES: Mapping[str, Mapping[str, str]] = {
    "/api/cases/<uuid:case_id>/checks/<string:kind>": {"kind": "health"},
    "/api/households/<uuid:household_id>/house-ready/<string:item_code>/photos": FRIDGE,
    "/households/<uuid:household_id>/house-ready/<string:item_code>/photos/new": FRIDGE,
    "/api/figures/indicators/<string:code>": {"code": "IND-SCH-14d"},
    "/api/figures/tables/<string:code>": {"code": "households-by-programme"},
    "/figures/indicators/<string:code>/new": {"code": "IND-GP-14d"},
    "/figures/time-to-milestone/<string:code>/new": {"code": "HEA-01"},
    "/api/programmes/<string:code>/caps": {"code": "cors"},
    "/calendar-feeds/<string(length=43):token>.ics": {"token": "x" * 43},
    "/cases/<uuid:case_id>/checks/<string:kind>": {"kind": "health"},
    "/cases/<uuid:case_id>/moves/<string:to>": {"to": "WITHDRAWN"},
    "/invitations/<string(length=43):token>": {"token": "x" * 43},
    "/l/<string(length=43):token>": {"token": "x" * 43},
    "/api/report-runs/<uuid:report_run_id>/files/<string:kind>": {"kind": "pdf"},
    "/report-runs/<uuid:report_run_id>/files/<string:kind>": {"kind": "pdf"},
    "/evaluation/record/<string:code>/judge": {"code": "C3"},
    "/persons/<uuid:person_id>/statuses/<string:kind>/new": {"kind": "work"},
    "/exports/<string:dataset>/new": {"dataset": "households"},
    "/p/<string(length=43):token>": {"token": "x" * 43},
    "/s/<string(length=43):token>": {"token": "x" * 43},
    **{rule: {"source": "task"} for rule in QUEUE_LINES},
    "/static/<version>/<path:name>": {"version": "1", "name": "none.css"},
}


@dataclass(frozen=True, slots=True)
class Target:
    """One address to ask for: its ids, and how the principal stands to what they name."""

    relation: str
    ids: Mapping[str, UUID]
    household: str = ""
    who: str = ""

    @property
    def never(self) -> bool:
        return NEVER in self.ids.values()


def names_in(rule: Rule) -> frozenset[str]:
    """Name the ids that stand in an address."""
    return frozenset(rule.arguments - CODES.get(rule.rule, {}).keys())


def kind_of(rule: Rule) -> str:  # noqa: PLR0911  # one a kind
    """Say what the ids of an address belong to."""
    names = names_in(rule)
    if not names:
        return "nothing"
    if names & OF_GROUP or ("member_id" in names and GROUP_MEMBERS in rule.rule):
        return "group"
    if names <= OF_ACCOUNT or names <= OF_EVERYBODY:
        return "account" if names <= OF_ACCOUNT else "everybody"
    if names & (OF_PERSON | {"member_id"}):
        return "person"
    if "milestone_id" in names:
        return "step"
    assert names <= OF_HOUSEHOLD, f"Say in targets.py whose ids these are: {rule.rule}"
    return "household"


def targets(rule: Rule, principal: str, made: World) -> Iterator[Target]:
    """Name what a principal asks for under a rule: their own, other people's, what never was."""
    names = names_in(rule)
    match kind_of(rule):
        case "nothing":
            yield Target(principals.first_of(principal), {})
            return
        case "everybody":
            found = iter([Target(principals.first_of(principal), made.shared)])
        case "group":
            found = _groups(principal, made)
        case "account":
            found = _accounts(names, principal, made)
        case kind:
            found = _households(kind, principal, made)
    yield from (t for t in found if names <= t.ids.keys())
    yield Target(principals.other_of(principal), dict.fromkeys(names, NEVER))


def _groups(principal: str, made: World) -> Iterator[Target]:
    for name, relation in principals.GROUPS.get(principal, principals.USUAL_GROUPS).items():
        yield Target(relation, made.groups[name], household=f"group:{name}")


def _accounts(names: frozenset[str], principal: str, made: World) -> Iterator[Target]:
    mine = made.users.get("caseworker" if principal == "token" else principal, {})
    relation = "own" if principal == "administrator" else principals.first_of(principal)
    if names != {"user_id", "duty_id"} and relation != principals.other_of(principal):
        yield Target(relation, mine, household=f"user:{principal}")
    other = "privacy-officer" if principal == "team-leader" else "team-leader"
    theirs = {**made.users["colleague"], **made.users[other]}
    yield Target(principals.other_of(principal), theirs, household=f"user:{other}")


def _households(kind: str, principal: str, made: World) -> Iterator[Target]:
    for name in principals.WALKED[principal]:
        relation = principals.stands(principal, name)
        ids = made.households[name]
        if kind in {"household", "step"}:
            yield Target(relation, ids[""], household=name)
        if kind in {"person", "step"}:
            yield from _people(kind, principal, name, relation, made)


def _people(kind: str, principal: str, name: str, relation: str, made: World) -> Iterator[Target]:
    at_home = principal == "household-person" and relation == "self"
    both = name == "split" or (principal, name) == ("caseworker", "main")
    people = principals.AT_HOME if at_home else ("first", "spouse") if both else ("first",)
    for who in people:
        found = principals.AT_HOME[who] if at_home else relation
        ids = made.households[name]
        yield Target(found, ids[""] | ids[who], household=name, who=who)


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule
