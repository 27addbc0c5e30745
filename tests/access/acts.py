"""Each act over JSON with a body that a person would send, and what must be so that it succeeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from tests.access import arranged
from tests.access.arranged import Asking
from tests.functional import bodies, case_files
from tests.world import PASSWORD

TODAY, EARLIER, LATER = "2026-03-02", "2026-02-02", "2026-06-01"
NEWCOMER = {"family_name": "Amiri", "given_name": "Zahra", "sex": "F", "born_on": "1990-05-17"}
Ids = Mapping[str, UUID]


Body = Callable[[Asking], Any]
Arrange = Callable[[UnitOfWork, Asking], None]


@dataclass(frozen=True, slots=True)
class Act:
    """What is sent, what is arranged before, and which ids of the address are others than usual."""

    body: Body = field(default=lambda _asking: None)
    before: Arrange | None = None
    ids: Callable[[Asking], Ids] = field(default=lambda _asking: {})
    files: Callable[[], bytes] | None = None


def sends(**body: Any) -> Act:
    return Act(lambda _asking: body)


def reasoned() -> Act:
    return sends(reason="As agreed at the meeting of Monday")


def _consent(asking: Asking) -> Any:
    methods = {"self": "own_account", "guardian": "guardian"}
    return {
        "purpose": "share_with_sponsor",
        "item": "phone",
        "recipient_type": "sponsor_group",
        "method": methods.get(asking.relation, "signed"),
        "language": "prs",
        "text_version": "2026-1",
    }


def _departure(asking: Asking) -> Any:
    return {
        "left_on": EARLIER,
        "reason": "moved_out",
        "successor_id": str(asking.spouse["member_id"]),
    }


def _answer(asking: Asking) -> Any:
    own = asking.principal == "household-person"
    return {
        "person_id": str(asking.ids["person_id"]),
        "agrees": True,
        "method": "own_account" if own else "signed_form",
        "answered_on": TODAY,
    }


def _ending(asking: Asking) -> Any:
    kinds = {
        "sponsor-coordinator": "WITHDRAWN_BY_SPONSOR",
        "household-person": "WITHDRAWN_BY_HOUSEHOLD",
    }
    return {"ending_kind": kinds.get(asking.principal, "COMPLETED_EARLY"), "ended_on": TODAY}


def _complaint(asking: Asking) -> Any:
    own = {} if asking.principal == "household-person" else {"channel": "phone"}
    return {"about": "service", "text": "Nobody came", "language": "prs"} | own


def _scope(asking: Asking) -> Any:
    scopes = {
        "programme-manager": "pipeline:read",
        "auditor": "audit:search",
        "evaluator": "release:read",
    }
    scope = scopes.get(asking.principal, "household:read")
    return {"name": "sheet", "scopes": [scope]}


def _provider(asking: Asking) -> Any:
    return {
        "locations": ["CHC"],
        "from_provider": "One",
        "to_provider": "Another",
        "on": TODAY,
        "user_ids": [str(asking.ids["user_id"])],
        "reason": "A new contract",
    }


HOUSEHOLD = "/api/households/<uuid:household_id>"
MEMBER = "/api/households/members/<uuid:member_id>"
COMPLAINT = "/api/complaints/<uuid:complaint_id>"
CRISIS = "/api/crises/<uuid:crisis_id>"
CASE = "/api/cases/<uuid:case_id>"
APPOINTMENT = "/api/appointments/<uuid:appointment_id>"
PERSON = "/api/persons/<uuid:person_id>"
MILESTONE = "/api/milestones/<uuid:milestone_id>"
DWELLING = "/api/dwellings/<uuid:dwelling_id>"
GROUP = "/api/sponsor-groups/<uuid:group_id>"
SPONSOR = "/api/sponsor-groups/members/<uuid:member_id>"
MATCH = "/api/sponsorships/<uuid:sponsorship_id>"
USER = "/api/users/<uuid:user_id>"
ABSENCE = "/api/absences/<uuid:absence_id>"
# Who plans the leave of others too.
LEADS = {"programme-manager"}
LINE = "/api/queue/<string:source>/<uuid:subject_id>"
DOCUMENT = "/api/documents/<uuid:document_id>"

PLACE = "/api/places/<uuid:place_id>"
OFFER = {"from_on": "2026-04-01", "persons": 20}


def _for_place(**more: Any) -> Body:
    return lambda asking: {
        "household_id": str(asking.ids["household_id"]),
        "place_id": str(asking.ids["place_id"]),
        **more,
    }


RUN = "/api/match-runs/<uuid:run_id>"
STEP = _for_place(kind="keep", reason_code="AGREED")

ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", "/api/places"): sends(kind="location", location="Greymouth", opens_on=TODAY),
    ("PATCH", PLACE): sends(name="Another name"),
    ("POST", PLACE + "/offers"): sends(**OFFER),
    ("PATCH", "/api/place-offers/<uuid:offer_id>"): sends(wait_days=14),
    ("POST", RUN + "/steps"): Act(STEP, arranged.undecided),
    ("POST", "/api/board-steps/<uuid:board_step_id>/undoing"): Act(before=arranged.undecided),
    ("POST", RUN + "/decisions"): Act(_for_place(), arranged.decidable),
    ("POST", "/api/place-decisions/<uuid:decision_id>/decline"): sends(reason="NOT_COMING"),
    ("POST", "/api/match-runs"): sends(programme="rqp", for_on=TODAY, ahead=False),
    ("POST", RUN + "/scenarios"): sends(title="More room"),
    ("POST", RUN + "/renewal"): Act(before=arranged.renewable),
    ("POST", RUN + "/stopping"): Act(before=arranged.going_on),
    ("PUT", HOUSEHOLD + "/placement-wish"): sends(wishes=["LEV"]),
    ("POST", HOUSEHOLD + "/place-exclusions"): sends(location="LEV", reason="Threats"),
    ("POST", "/api/place-exclusions/<uuid:exclusion_id>/lifting"): Act(),
    ("POST", "/api/match-rulings"): Act(
        _for_place(kind="pin", reason_code="KNOWN_LOCALLY"), arranged.unruled
    ),
    ("POST", "/api/match-rulings/<uuid:ruling_id>/lifting"): Act(),
    ("POST", "/api/place-allocations"): Act(_for_place(for_on=TODAY), arranged.unallocated),
    ("POST", "/api/place-allocations/<uuid:allocation_id>/release"): sends(reason="NOT_COMING"),
    ("POST", "/api/account/password"): sends(current=PASSWORD, new="seven pīwakawaka in a tree"),
    ("DELETE", "/api/account/sessions"): Act(),
    ("DELETE", "/api/account/sessions/<uuid:session_id>"): Act(),
    ("DELETE", "/api/session"): Act(),
    ("POST", "/api/account/tokens"): Act(_scope),
    ("DELETE", "/api/account/tokens/<uuid:token_id>"): Act(),
    ("POST", "/api/users"): sends(email="new@example.org.nz", name="Rua New", role="caseworker"),
    ("POST", USER + "/deactivation"): sends(reason="Moves away", households_left=True),
    ("POST", USER + "/role"): sends(role="programme_manager", reason="A new position"),
    ("POST", USER + "/duties"): sends(duty="privacy_officer", reason="A new duty"),
    ("POST", USER + "/duties/<uuid:duty_id>/ending"): reasoned(),
    ("POST", USER + "/invitations"): Act(before=arranged.deactivated),
    ("DELETE", USER + "/sessions"): reasoned(),
    ("POST", "/api/households"): sends(
        stream="cors",
        programme_code="cors",
        primary_language="prs",
        members=[{"person": NEWCOMER, "relationship": "PA"}],
    ),
    ("PATCH", HOUSEHOLD): sends(provider="Red Cross"),
    ("POST", HOUSEHOLD + "/anchor-moves"): sends(anchor="arrived", to="2025-12-02"),
    ("POST", HOUSEHOLD + "/arrival"): Act(
        lambda _: {"arrived_on": EARLIER}, arranged.without_arrival
    ),
    ("POST", HOUSEHOLD + "/births"): sends(
        family_name="Amiri", sex="F", born_on="2026-02-20", relationship="DAU"
    ),
    ("POST", "/api/provider-changes"): Act(_provider),
    ("POST", "/api/provider-changes/preview"): Act(_provider),
    ("POST", HOUSEHOLD + "/changes"): sends(kind="move", on=TODAY, overseas=True),
    ("POST", HOUSEHOLD + "/changes/preview"): sends(kind="move", on=TODAY, overseas=True),
    ("POST", "/api/changes/<uuid:change_id>/undo"): Act(),
    ("POST", HOUSEHOLD + "/cases"): sends(
        programme_code="rqp", source="unhcr", opened_on="2026-01-12"
    ),
    ("POST", HOUSEHOLD + "/incidents"): sends(
        kind="accident", severity=1, happened_on=EARLIER, text="A fall on the stairs"
    ),
    ("POST", HOUSEHOLD + "/members"): sends(person=NEWCOMER, relationship="SIL", joined_on=EARLIER),
    ("POST", HOUSEHOLD + "/members/preview"): sends(
        person=NEWCOMER, relationship="SIL", joined_on=EARLIER
    ),
    ("POST", HOUSEHOLD + "/notes"): sends(
        occurred_at="2026-03-01T09:00:00Z", channel="visit", text="We met at home"
    ),
    ("POST", HOUSEHOLD + "/placements"): sends(
        kind="transitional", start_on="2026-02-20", location="CHC", ends_current=True
    ),
    ("POST", HOUSEHOLD + "/sponsorships"): Act(
        lambda asking: {"group_id": str(asking.ids["group_id"]), "route": "NOMINATED"},
        arranged.without_match,
    ),
    ("POST", HOUSEHOLD + "/tasks"): sends(title="Buy a heater", category="house", due_on=LATER),
    ("POST", HOUSEHOLD + "/assignments"): Act(
        lambda asking: {
            "user_id": str(asking.ids["user_id"]),
            "kind": "second",
            "from_on": TODAY,
            "reason": "To help",
        }
    ),
    ("POST", "/api/assignments/<uuid:assignment_id>/end"): sends(until_on=TODAY, reason="Done"),
    ("POST", MEMBER + "/departure"): Act(_departure),
    ("POST", MEMBER + "/departure/preview"): Act(_departure),
    ("PUT", MEMBER + "/guardian"): Act(
        lambda asking: {"guardian_id": str(asking.spouse["person_id"])},
        ids=lambda asking: asking.child,
    ),
    ("PATCH", CASE): sends(region="Asia"),
    ("PATCH", CASE + "/applicant"): sends(work_years=4),
    ("PUT", CASE + "/checklist/<uuid:item_id>"): sends(status="met"),
    ("POST", CASE + "/checks/<string:kind>"): sends(checked_on=EARLIER, result="clear"),
    ("POST", CASE + "/decision"): sends(kind="approved", decided_on=EARLIER),
    ("POST", CASE + "/holds"): sends(reason="MEDICAL", review_on=LATER, on=TODAY),
    ("POST", CASE + "/holds/release"): Act(lambda _: {"on": TODAY}, arranged.held),
    ("POST", CASE + "/links"): sends(kind="linked", linked_number="23C00042"),
    ("POST", CASE + "/moves"): sends(to="WITHDRAWN", on=TODAY, reason="BY_HOUSEHOLD"),
    ("POST", PERSON + "/consents"): Act(_consent),
    ("POST", "/api/links/<uuid:link_id>/revocation"): Act(),
    ("POST", "/api/persons/<uuid:person_id>/links"): sends(purpose="page", language="ar"),
    ("POST", "/api/consents/<uuid:entry_id>/withdrawal"): sends(method="own_account"),
    ("POST", "/api/duplicates/<uuid:candidate_id>/decision"): sends(
        verdict="different", reason="Their fathers have other names"
    ),
    ("POST", PERSON + "/duplicates"): Act(),
    ("POST", "/api/duplicates/<uuid:candidate_id>/merge"): Act(
        lambda _: {"keep": "this", "reason": "Their papers are the same"}, arranged.both_theirs
    ),
    ("POST", "/api/merges/<uuid:merge_id>/confirmation"): Act(),
    ("POST", "/api/merges/<uuid:merge_id>/withdrawal"): Act(),
    ("POST", "/api/merges/<uuid:merge_id>/parting"): Act(
        lambda _: {"reason": "They are cousins"}, arranged.merged
    ),
    ("POST", "/api/dwellings"): sends(
        location="CHC", address="1 Kōwhai Street", bedrooms=2, tenure="private_rental"
    ),
    ("PATCH", DWELLING): sends(bedrooms=4),
    ("POST", HOUSEHOLD + "/housing-needs"): sends(told_on=EARLIER, step_free=True),
    ("POST", DWELLING + "/house-checks"): sends(items=[{"item_code": "fridge", "status": "ok"}]),
    ("POST", "/api/imports"): Act(files=lambda: case_files.sample("V4-TEST.xml")),
    ("POST", "/api/imports/checks"): Act(files=lambda: case_files.sample("V4-TEST.xml")),
    ("POST", "/api/incidents/<uuid:incident_id>/closing"): sends(
        outcome="Looked after", closed_on=TODAY
    ),
    ("POST", "/api/incidents/<uuid:incident_id>/follow-ups"): sends(
        title="Call the landlord", due_on=LATER
    ),
    ("POST", "/api/incidents/<uuid:incident_id>/notices"): sends(
        agency="Tenancy Services", at="2026-03-01T09:00:00+13:00"
    ),
    ("POST", HOUSEHOLD + "/complaints"): Act(_complaint),
    ("POST", COMPLAINT + "/acknowledgement"): sends(acknowledged_on=TODAY),
    ("POST", COMPLAINT + "/resolution"): Act(
        lambda _: {"resolved_on": TODAY, "outcome": "upheld", "answer": "We are sorry"},
        arranged.acknowledged,
    ),
    ("POST", "/api/case-holds"): Act(
        lambda asking: {
            "way": "hold",
            "case_ids": [str(asking.ids["case_id"])],
            "reason": "BORDER_CLOSED",
            "review_on": LATER,
        }
    ),
    ("POST", HOUSEHOLD + "/house/defects"): sends(
        kind="heating", text="The heater is broken", reported_on=EARLIER
    ),
    ("POST", HOUSEHOLD + "/house/power-bills"): sends(
        amount="450", days=30, billed_on=EARLIER, cold=True
    ),
    ("POST", HOUSEHOLD + "/house/ratings"): sends(
        rated_on=EARLIER, warm=2, dry=3, safe=4, affordable=3, enough_space=5
    ),
    ("POST", "/api/house-defects/<uuid:defect_id>/mending"): sends(mended_on=TODAY),
    ("POST", "/api/house-defects/<uuid:defect_id>/photos"): Act(files=bodies.picture),
    ("POST", "/api/crises"): Act(
        lambda asking: {
            "reason": "A flood",
            "ends_on": LATER,
            "household_ids": [str(asking.ids["household_id"])],
        }
    ),
    ("POST", CRISIS + "/closing"): sends(note="All are safe"),
    ("POST", CRISIS + "/sending"): Act(),
    ("PATCH", "/api/incidents/<uuid:incident_id>"): sends(severity=3),
    ("POST", HOUSEHOLD + "/documents"): Act(
        lambda _: {"kind": "TENANCY", "expires_on": LATER}, files=bodies.picture
    ),
    ("POST", HOUSEHOLD + "/packs"): sends(purpose="A new caseworker", recipient="Rua, Nelson"),
    ("POST", "/api/packs/<uuid:pack_id>/openings"): Act(),
    ("PATCH", DOCUMENT): sends(expires_on=LATER),
    ("POST", DOCUMENT + "/versions"): Act(files=bodies.picture),
    ("POST", DOCUMENT + "/removal"): reasoned(),
    ("POST", DOCUMENT + "/restoration"): Act(before=arranged.off_the_file),
    ("PATCH", MILESTONE): sends(due_on=LATER),
    ("POST", MILESTONE + "/beginning"): Act(),
    ("POST", MILESTONE + "/blocker"): sends(blocker="There is no bus"),
    ("POST", MILESTONE + "/met"): sends(met_on="2026-03-01"),
    ("POST", MILESTONE + "/not-applicable"): reasoned(),
    ("POST", MILESTONE + "/reopening"): Act(lambda _: {"reason": "Not yet"}, arranged.met),
    ("POST", MILESTONE + "/waiver"): reasoned(),
    ("POST", "/api/notes/<uuid:note_id>/sharing"): sends(
        text="Lifts would help", reason="They drive"
    ),
    ("POST", "/api/shared-notes/<uuid:shared_note_id>/unsharing"): reasoned(),
    ("POST", HOUSEHOLD + "/log"): sends(text="We went to the library."),
    ("POST", "/api/log-entries/<uuid:log_entry_id>/withdrawal"): Act(),
    ("POST", "/api/notes/<uuid:note_id>/amendments"): sends(text="We met at the office"),
    ("PATCH", PERSON): sends(given_name="Zahra"),
    ("PUT", PERSON + "/contact"): sends(phone="+64211234567"),
    ("POST", PERSON + "/languages"): sends(language="eng"),
    ("POST", PERSON + "/needs"): sends(code="DS-PM", practical_support="No stairs"),
    ("PATCH", "/api/persons/needs/<uuid:need_id>"): Act(lambda _: {"severity": "low"}),
    ("POST", PERSON + "/relatives"): sends(name="Ali Amiri", relationship="SBM"),
    ("POST", PERSON + "/documents"): Act(lambda _: {"kind": "SCHOOL_REPORT"}, files=bodies.picture),
    ("POST", PERSON + "/photo"): Act(files=bodies.picture),
    ("POST", PERSON + "/photo/removal"): Act(),
    ("POST", "/api/placements/<uuid:placement_id>/end"): sends(end_on="2026-03-01"),
    ("POST", "/api/absences"): Act(
        lambda asking: {
            **({"user_id": str(asking.ids["user_id"])} if asking.principal in LEADS else {}),
            "from_on": LATER,
            "back_on": "2026-06-15",
        }
    ),
    ("POST", ABSENCE + "/covers"): Act(
        lambda asking: {
            "household_id": str(asking.ids["household_id"]),
            "cover_id": str(asking.ids["second_id"]),
        }
    ),
    ("POST", ABSENCE + "/end"): sends(back_on="2026-07-10"),
    ("POST", "/api/assignments"): Act(
        lambda asking: {
            "household_ids": [str(asking.ids["household_id"])],
            "user_id": str(asking.ids["second_id"]),
            "from_on": TODAY,
            "reason": "To share the load",
        }
    ),
    ("POST", "/api/assignments/undo"): Act(
        lambda asking: {"assignment_ids": [str(asking.ids["assignment_id"])]}
    ),
    ("POST", "/api/searches"): sends(q="Zahra"),
    ("POST", "/api/sponsor-groups/searches"): sends(q="Parish"),
    ("POST", "/api/leaving/drafts/<uuid:draft_id>/decision"): sends(becomes="discarded"),
    ("POST", "/api/leaving" + HOUSEHOLD.removeprefix("/api")): Act(
        lambda asking: {"user_id": str(asking.ids["second_id"]), "brief": "They like tea"}
    ),
    ("POST", LINE + "/completion"): Act(),
    ("POST", LINE + "/reopening"): Act(before=arranged.task_done),
    ("POST", LINE + "/snooze"): sends(until_on="2026-03-05", reason_code="family"),
    ("POST", LINE + "/delegation"): Act(lambda asking: {"to_id": str(asking.ids["second_id"])}),
    ("POST", "/api/queue/marks/<uuid:mark_id>/end"): Act(),
    ("POST", "/api/reminders/<uuid:reminder_id>/reading"): Act(),
    ("POST", "/api/saved-views"): sends(name="Arrivals", location="CHC", sort="name"),
    ("DELETE", "/api/saved-views/<uuid:view_id>"): Act(),
    ("PATCH", "/api/saved-views/<uuid:view_id>"): sends(name="Renamed", is_default=True),
    ("POST", "/api/saved-views/<uuid:view_id>/move-up"): Act(),
    ("POST", "/api/saved-views/<uuid:view_id>/return"): Act(),
    ("POST", "/api/reminders/choice"): sends(
        mailing="at_once", digest_at="07:30", quiet_from="18:00", quiet_until="07:00"
    ),
    ("POST", "/api/reminders/reading"): Act(),
    ("POST", "/api/sponsor-groups"): sends(
        legal_name="Ngā Hoa", entity_type="CHARITABLE_TRUST", location="CHC", programme="cors"
    ),
    ("PATCH", GROUP): sends(about="We are ten families"),
    ("POST", GROUP + "/approval"): sends(
        max_persons=400, max_households=90, routes=["NOMINATED"], decided_on=EARLIER
    ),
    ("PUT", GROUP + "/checklist/<uuid:item_id>"): sends(status="met"),
    ("POST", GROUP + "/deeds"): sends(signed_on=EARLIER, effective_from=EARLIER),
    ("PATCH", GROUP + "/deeds/<uuid:deed_id>"): sends(effective_to=LATER),
    ("POST", GROUP + "/deeds/<uuid:deed_id>/termination"): sends(terminated_on=LATER),
    ("PATCH", SPONSOR): sends(skills=["transport"]),
    ("POST", GROUP + "/members"): sends(
        name="Aroha Ngata", roles=["befriender"], joined_on=EARLIER
    ),
    ("POST", GROUP + "/moves"): sends(to="SUSPENDED", reason="A complaint is looked into"),
    ("POST", GROUP + "/steps"): sends(fact="concern.closed", done_on=EARLIER),
    ("POST", SPONSOR + "/child-transport"): Act(before=arranged.confirmed),
    ("POST", SPONSOR + "/child-transport/ending"): Act(before=arranged.drives),
    ("POST", SPONSOR + "/confirmation"): Act(),
    ("POST", SPONSOR + "/departure"): sends(left_on=TODAY),
    ("POST", SPONSOR + "/trainings"): sends(module="culture", completed_on=EARLIER),
    ("POST", SPONSOR + "/vetting"): sends(
        outcome="clear", agreed_on=EARLIER, requested_on=EARLIER, decided_on=EARLIER
    ),
    ("POST", MATCH + "/adult-answers"): Act(_answer, arranged.answerable),
    ("POST", MATCH + "/acceptance"): Act(before=arranged.answerable),
    ("POST", MATCH + "/decline"): Act(lambda _: {"reason": "CAPACITY"}, arranged.answerable),
    ("POST", MATCH + "/confirmation"): Act(before=arranged.all_agreed),
    ("POST", MATCH + "/continuity-plan"): Act(lambda _: {"reason": "We do"}, arranged.uncared_for),
    ("POST", MATCH + "/resumption"): Act(before=arranged.suspended),
    ("POST", MATCH + "/suspension"): Act(lambda _: {"reason": "A complaint"}, None),
    ("POST", MATCH + "/end"): Act(_ending),
    ("PATCH", "/api/tasks/<uuid:task_id>"): sends(status="done"),
    ("POST", HOUSEHOLD + "/appointments"): sends(
        kind="school", starts_at="2026-06-01T09:00:00+12:00", ends_at="2026-06-01T10:00:00+12:00"
    ),
    ("PATCH", APPOINTMENT): sends(place="The library"),
    ("POST", APPOINTMENT + "/outcome"): sends(outcome="attended"),
    ("POST", APPOINTMENT + "/reopening"): Act(before=arranged.appointment_attended),
    ("POST", "/api/tasks/<uuid:task_id>/done"): Act(),
    ("POST", "/api/tasks/<uuid:task_id>/cancellation"): reasoned(),
    ("POST", "/api/tasks/<uuid:task_id>/reopening"): Act(before=arranged.task_done),
    ("POST", "/api/tasks/done"): Act(lambda asking: {"task_ids": [str(asking.ids["task_id"])]}),
    ("POST", "/api/tasks/done/<uuid:bulk_id>/undo"): Act(),
    ("POST", MILESTONE + "/task"): Act(),
}


# A file's name on somebody's telephone tells whose it is: it comes back nowhere, and is not kept.
FILE_NAME = "5f3c0b9e84d2471aa6c1d7e90b38f264"


def upload(act: Act) -> Any:
    assert act.files is not None
    return {"file": (BytesIO(act.files()), f"Passport of {FILE_NAME}.jpg")}
