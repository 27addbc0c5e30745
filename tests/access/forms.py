"""Each form of a page as a person would fill it in; most send what the API takes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.access import acts, arranged
from tests.access.acts import ACTS, EARLIER, LATER, TODAY, Act, reasoned, sends
from tests.functional import bodies, case_files

PLACING = "/placing/<uuid:run_id>/households/<uuid:household_id>"
HOUSEHOLD = "/households/<uuid:household_id>"
CRISIS = "/crises/<uuid:crisis_id>"
COMPLAINT = "/complaints/<uuid:complaint_id>"
CASE = "/cases/<uuid:case_id>"
MILESTONE = "/milestones/<uuid:milestone_id>"
INCIDENT = "/incidents/<uuid:incident_id>"
NOTE = "/notes/<uuid:note_id>"
MATCH = "/sponsorships/<uuid:sponsorship_id>"
USER = "/users/<uuid:user_id>"
LINE = "/today/<string:source>/<uuid:subject_id>"
NEWCOMER = {"family_name": "Amiri", "given_name": "Zahra", "sex": "F"}


YES = {"confirmed": "true"}


def like(method: str, rule: str, **more: Any) -> Act:
    """Send in a form what the API takes in JSON, and what the form asks besides."""
    act = ACTS[method, rule]
    return replace(act, body=lambda asking: {**(act.body(asking) or {}), **more})


def _confirmed(**body: Any) -> Act:
    return sends(**body, **YES)


def _id(ids: Mapping[str, Any]) -> str:
    return str(ids["person_id"])


def _two(asking: arranged.Asking) -> dict[str, str]:
    return {"on": TODAY, "person_id": _id(asking.ids), "partner_id": _id(asking.spouse)}


FORMS: Mapping[tuple[str, str], Act] = {
    ("POST", rule): act
    for rule, act in {
        "/match-runs": sends(programme="rqp", for_on=TODAY),
        "/match-runs/<uuid:run_id>/scenarios/new": Act(
            lambda asking: {"title": "More", "place_id": str(asking.ids["place_id"])}
        ),
        "/match-runs/<uuid:run_id>/renewal": Act(before=arranged.renewable),
        "/match-runs/<uuid:run_id>/stopping": Act(before=arranged.going_on),
        HOUSEHOLD + "/where-to-live/wishes": sends(wishes="LEV"),
        HOUSEHOLD + "/where-to-live/exclusions/new": sends(location="LEV", reason="Threats"),
        "/place-exclusions/<uuid:exclusion_id>/lifting": Act(),
        "/places/new": like("POST", "/api/places"),
        "/places/<uuid:place_id>/change": like("PATCH", acts.PLACE),
        "/places/<uuid:place_id>/offers/new": like("POST", acts.PLACE + "/offers", persons="20"),
        "/places/offers/<uuid:offer_id>": sends(wait_days="14"),
        "/assignments/new": like("POST", "/api/assignments", confirmed="true"),
        "/account/calendar-feed": Act(),
        "/account/calendar-feed/revocation": Act(before=arranged.with_feed),
        "/account/other-sessions/ending": Act(),
        "/account/password": like("POST", "/api/account/password"),
        "/account/sessions/<uuid:session_id>/ending": Act(),
        "/account/tokens/<uuid:token_id>/revocation": Act(),
        "/account/tokens/new": like("POST", "/api/account/tokens", days="30"),
        CASE + "/applicant": sends(work_years="4"),
        CASE + "/checklist/<uuid:item_id>": sends(status="met"),
        CASE + "/checks/<string:kind>": sends(checked_on=EARLIER, result="clear"),
        CASE + "/decision": sends(kind="approved", decided_on=EARLIER),
        CASE + "/facts": sends(region="Asia"),
        CASE + "/moves/<string:to>": sends(on=TODAY, reason="BY_HOUSEHOLD"),
        "/consents/<uuid:entry_id>/withdrawal": Act(),
        "/links/<uuid:link_id>/revocation": Act(),
        "/persons/<uuid:person_id>/links": sends(purpose="page", language="ar", hours="72"),
        "/duplicates/<uuid:candidate_id>/decision": like(
            "POST", "/api/duplicates/<uuid:candidate_id>/decision"
        ),
        "/duplicates/<uuid:candidate_id>/merge": like(
            "POST", "/api/duplicates/<uuid:candidate_id>/merge"
        ),
        "/merges/<uuid:merge_id>/confirmation": Act(),
        "/merges/<uuid:merge_id>/withdrawal": Act(),
        "/merges/<uuid:merge_id>/parting": like("POST", "/api/merges/<uuid:merge_id>/parting"),
        HOUSEHOLD + "/arrival": like("POST", acts.HOUSEHOLD + "/arrival"),
        HOUSEHOLD + "/cases/new": like("POST", acts.HOUSEHOLD + "/cases"),
        HOUSEHOLD + "/caseworkers/new": like("POST", acts.HOUSEHOLD + "/assignments"),
        "/changes/<uuid:change_id>/undo": Act(),
        "/provider-change": like("POST", "/api/provider-changes", **YES),
        HOUSEHOLD + "/changes/birth": _confirmed(
            **NEWCOMER, born_on="2026-02-20", relationship="DAU"
        ),
        HOUSEHOLD + "/changes/death": Act(
            lambda asking: {"on": TODAY, "person_id": _id(asking.spouse), **YES}
        ),
        HOUSEHOLD + "/changes/departure": Act(
            lambda asking: {
                "left_on": TODAY,
                "member_id": str(asking.spouse["member_id"]),
                "reason": "moved_out",
                **YES,
            }
        ),
        HOUSEHOLD + "/changes/marriage": Act(
            lambda asking: {**_two(asking), "marital_status": "MA", **YES}
        ),
        HOUSEHOLD + "/changes/separation": Act(
            lambda asking: {**_two(asking), "marital_status": "SR", **YES}
        ),
        HOUSEHOLD + "/changes/split": Act(
            lambda asking: {"on": TODAY, "people": f"{_id(asking.spouse)}:PA", **YES}
        ),
        HOUSEHOLD + "/changes/join": Act(
            lambda _: {
                "on": TODAY,
                "other_id": str(arranged.OTHER),
                "people": f"{arranged.COMING}:SBF",
                **YES,
            },
            arranged.another_household,
        ),
        HOUSEHOLD + "/changes/move": _confirmed(on=TODAY, overseas="true"),
        HOUSEHOLD + "/change": sends(provider="Red Cross"),
        "/case-holds/doing": like("POST", "/api/case-holds"),
        HOUSEHOLD + "/house/defects/new": like("POST", acts.HOUSEHOLD + "/house/defects"),
        HOUSEHOLD + "/house/power-bills/new": sends(amount="450", days="30", billed_on=EARLIER),
        HOUSEHOLD + "/house/ratings/new": sends(
            rated_on=EARLIER, warm="2", dry="3", safe="4", affordable="3", enough_space="5"
        ),
        "/my-household/corrections/new": sends(text="Born in 1991"),
        "/my-household/notice": Act(),
        "/my-household/right-for-us": sends(topic="support", feeling="no", text="Too far away"),
        "/voices/<uuid:voice_id>/answer": sends(outcome="changed", answer="It is corrected"),
        "/house-defects/<uuid:defect_id>/mending": sends(mended_on=TODAY),
        "/house-defects/<uuid:defect_id>/photos/new": Act(files=bodies.picture),
        "/crises/new": like("POST", "/api/crises"),
        CRISIS + "/closing": like("POST", acts.CRISIS + "/closing"),
        CRISIS + "/sending": Act(),
        COMPLAINT + "/acknowledgement": like("POST", acts.COMPLAINT + "/acknowledgement"),
        COMPLAINT + "/resolution": like("POST", acts.COMPLAINT + "/resolution"),
        HOUSEHOLD + "/complaints/new": like("POST", acts.HOUSEHOLD + "/complaints"),
        HOUSEHOLD + "/contact": sends(on=EARLIER, channel="visit", text="We met at home"),
        HOUSEHOLD + "/days/correction": sends(anchor="arrived", to="2025-12-02"),
        "/documents/<uuid:document_id>/change": sends(kind="PASSPORT", expires_on=LATER),
        "/persons/<uuid:person_id>/papers/new": Act(
            lambda _: {"kind": "SCHOOL_REPORT"}, files=bodies.picture
        ),
        "/persons/<uuid:person_id>/photo/new": Act(files=bodies.picture),
        "/persons/<uuid:person_id>/photo/removal": Act(),
        "/documents/<uuid:document_id>/removal": reasoned(),
        "/documents/<uuid:document_id>/replacement": Act(files=bodies.picture),
        "/documents/<uuid:document_id>/restoration": Act(before=arranged.off_the_file),
        HOUSEHOLD + "/packs/new": like("POST", acts.HOUSEHOLD + "/packs"),
        "/packs/<uuid:pack_id>/openings": Act(),
        HOUSEHOLD + "/documents/new": Act(lambda _: {"kind": "TENANCY"}, files=bodies.picture),
        HOUSEHOLD + "/homes/new": sends(
            kind="transitional", start_on="2026-02-20", location="CHC", ends_current="true"
        ),
        PLACING: Act(acts.STEP, arranged.undecided),
        PLACING + "/decision": Act(
            lambda asking: {
                "household_id": str(asking.ids["household_id"]),
                "place_id": str(asking.ids["place_id"]),
            },
            arranged.decidable,
        ),
        "/placing/steps/<uuid:board_step_id>/undoing": Act(before=arranged.undecided),
        "/placing/decisions/<uuid:decision_id>/decline": sends(reason="NOT_COMING"),
        "/placing/decisions/<uuid:decision_id>/undoing": Act(),
        HOUSEHOLD + "/houses/<uuid:dwelling_id>/change": sends(bedrooms="4"),
        HOUSEHOLD + "/housing-needs/new": sends(told_on=EARLIER, weekly_income="900"),
        HOUSEHOLD + "/houses/<uuid:dwelling_id>/checklist": sends(fridge="ok"),
        HOUSEHOLD + "/houses/new": sends(
            location="CHC", address="1 Kōwhai Street", bedrooms="2", tenure="private_rental"
        ),
        HOUSEHOLD + "/incidents/new": like("POST", acts.HOUSEHOLD + "/incidents"),
        HOUSEHOLD + "/newcomers/new": sends(
            **NEWCOMER,
            born_on="1990-05-17",
            relationship="SIL",
            joined_on=EARLIER,
            confirmed="true",
        ),
        HOUSEHOLD + "/appointments/new": sends(kind="school", on=LATER, at="09:00"),
        "/appointments/<uuid:appointment_id>/change": sends(kind="school", on=LATER, at="10:00"),
        "/appointments/<uuid:appointment_id>/outcome": sends(outcome="late"),
        "/appointments/<uuid:appointment_id>/reopening": Act(before=arranged.appointment_attended),
        HOUSEHOLD + "/tasks/new": sends(title="Buy a heater", category="house", due_on=LATER),
        HOUSEHOLD + "/sponsor-view": sends(stage="offered"),
        "/my-household/sponsor-view": sends(stage="confirmed"),
        HOUSEHOLD + "/sponsors/new": like("POST", acts.HOUSEHOLD + "/sponsorships"),
        "/households/new": sends(
            **NEWCOMER, born_on="1990-05-17", programme_code="cors", primary_language="prs"
        ),
        INCIDENT + "/change": sends(severity="3"),
        INCIDENT + "/closing": like("POST", "/api/incidents/<uuid:incident_id>/closing"),
        INCIDENT + "/follow-ups/new": like("POST", "/api/incidents/<uuid:incident_id>/follow-ups"),
        INCIDENT + "/notices/new": sends(agency="Tenancy Services", on="2026-03-01"),
        "/drafts/<uuid:draft_id>/removal": Act(),
        "/reminders/<uuid:reminder_id>/reading": Act(),
        "/reminders/choices": like("POST", "/api/reminders/choice"),
        "/reminders/reading": Act(),
        "/caseload/views/new": like("POST", "/api/saved-views"),
        "/caseload/views/<uuid:view_id>": sends(name="Renamed", is_default="true"),
        "/caseload/views/<uuid:view_id>/move-up": Act(),
        "/caseload/views/<uuid:view_id>/removal": Act(),
        "/caseload/views/<uuid:view_id>/return": Act(),
        "/drafts/<uuid:draft_id>/return": Act(),
        "/imports/checks": Act(files=lambda: case_files.sample("V4-TEST.xml")),
        "/imports/checks/<uuid:upload_id>": Act(
            lambda _: {"programme": "rqp", "confirmed": "true"}, arranged.a_file_waiting
        ),
        "/imports/checks/<uuid:upload_id>/removal": Act(),
        MILESTONE + "/change": sends(way="day", due_on=LATER),
        MILESTONE + "/met": sends(met_on="2026-03-01"),
        MILESTONE + "/task": Act(),
        MILESTONE + "/reopening": like("POST", acts.MILESTONE + "/reopening"),
        NOTE + "/amendments": sends(text="They like the school"),
        NOTE + "/sharing": sends(text="Lifts would help", reason="They drive", confirmed="true"),
        "/shared-notes/<uuid:shared_note_id>/unsharing": reasoned(),
        "/households/<uuid:household_id>/log/new": sends(text="We went to the library."),
        "/log-entries/<uuid:log_entry_id>/withdrawal": Act(),
        "/persons/<uuid:person_id>/consents/new": like("POST", acts.PERSON + "/consents"),
        "/sponsor-groups/<uuid:group_id>/members/new": sends(
            name="Aroha Ngata", roles="befriender", joined_on=EARLIER
        ),
        "/sponsor-groups/members/<uuid:member_id>/confirmation": Act(before=arranged.half_way),
        "/sponsor-groups/members/<uuid:member_id>/vetting": sends(
            outcome="clear", agreed_on=EARLIER, requested_on=EARLIER, decided_on=EARLIER
        ),
        MATCH + "/acceptance": Act(before=arranged.answerable),
        MATCH + "/answers/new": like("POST", acts.MATCH + "/adult-answers", agrees="true"),
        MATCH + "/confirmation": Act(before=arranged.all_agreed),
        MATCH + "/continuity-plan": like("POST", acts.MATCH + "/continuity-plan"),
        MATCH + "/decline": like("POST", acts.MATCH + "/decline"),
        MATCH + "/end": like("POST", acts.MATCH + "/end"),
        MATCH + "/resumption": Act(before=arranged.suspended),
        MATCH + "/suspension": reasoned(),
        "/tasks/<uuid:task_id>/cancellation": reasoned(),
        "/tasks/<uuid:task_id>/change": sends(title="Buy a fan", category="house", due_on=LATER),
        "/tasks/<uuid:task_id>/done": Act(),
        "/tasks/<uuid:task_id>/reopening": Act(before=arranged.task_done),
        "/tasks/done": like("POST", "/api/tasks/done"),
        "/tasks/done/<uuid:bulk_id>/undo": Act(),
        "/leave": like("POST", "/api/absences"),
        "/leave/<uuid:absence_id>": like("POST", acts.ABSENCE + "/covers"),
        "/leave/<uuid:absence_id>/ending": like("POST", acts.ABSENCE + "/end"),
        "/search": sends(q="Zahra"),
        "/sponsor-groups/searches": sends(q="Parish"),
        "/caseload/ticked": Act(
            lambda asking: {"act": "assign", "household_ids": [str(asking.ids["household_id"])]}
        ),
        "/caseload": sends(q="Zahra", sort="due"),
        "/leaving/drafts/<uuid:draft_id>/decision": sends(becomes="discarded"),
        "/leaving" + HOUSEHOLD: like("POST", "/api/leaving" + HOUSEHOLD),
        "/team": like("POST", "/api/assignments"),
        "/team/assignments/<uuid:assignment_id>/undo": Act(before=arranged.assigned_by_asker),
        LINE + "/completion": Act(),
        LINE + "/reopening": Act(before=arranged.task_done),
        LINE + "/snooze": sends(days="3", reason_code="family"),
        LINE + "/delegation": like("POST", acts.LINE + "/delegation"),
        "/today/marks/<uuid:mark_id>/ending": Act(),
        USER + "/deactivation": sends(reason="Moves away", households_left="true"),
        USER + "/duties": sends(duty="privacy_officer", reason="A new duty"),
        USER + "/duties/<uuid:duty_id>/ending": reasoned(),
        USER + "/invitations": Act(before=arranged.deactivated),
        USER + "/role": sends(role="programme_manager", reason="A new position"),
        USER + "/sessions/ending": reasoned(),
        "/users/new": like("POST", "/api/users"),
    }.items()
}
