"""Where each kind of line is dealt with: the words on its one button, and the page it leads to."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from resettle.day.models import SnoozeReason
from resettle.day.rules import PULL, TITLES, Group, Source

WAYS: Mapping[Source, tuple[str, str, str]] = {
    Source.INCIDENT: ("See it", "incidents.show", "incident_id"),
    Source.APPOINTMENT: ("See it", "appointments.show", "appointment_id"),
    Source.DOCUMENT: ("See it", "documents.show", "document_id"),
    Source.PAPER: ("See it", "documents.show", "document_id"),
    Source.WORDS: ("Read it", "logs.show", "household_id"),
    Source.THREAD: ("Read it", "messages.thread", "household_id"),
    Source.CONTINUITY: ("Decide", "sponsorships.show", "sponsorship_id"),
    Source.CONTACT: ("Record contact", "casework.contact", "household_id"),
    Source.MILESTONE: ("Record as met", "milestones.met", "milestone_id"),
    Source.CONSENT: ("Record consent", "consents.record", "person_id"),
    Source.REPORT: ("Open the report", "reports.show", "report_due_id"),
    Source.UPDATE: ("Read it", "messages.updates", "household_id"),
    Source.HOLD: ("Open the file", "household_file.show", "household_id"),
    Source.DUPLICATE: ("See the people", "household_file.people", "household_id"),
    Source.CHECKLIST: ("Open the list", "case_papers.checklist", "case_id"),
    Source.TENANCY: ("See the house", "upkeep.house", "household_id"),
    Source.DEFECT: ("See the house", "upkeep.house", "household_id"),
    Source.HOUSE_CHECK: ("Confirm it", "our_house.confirm", "household_id"),
}
HEADINGS: Mapping[Group, tuple[str, str]] = {
    Group.NOW: ("Now", "Late, or a matter of somebody’s safety."),
    Group.TODAY: ("Today", "Due today."),
    Group.WEEK: ("This week", "Due within seven days."),
    Group.WAITING: ("Waiting", "Later, put off, or somebody else’s move."),
}
REASONS: Mapping[SnoozeReason, tuple[str, str]] = {
    SnoozeReason.FAMILY: ("The family asked for time", ""),
    SnoozeReason.AGENCY: ("Another agency has to answer first", ""),
    SnoozeReason.BOOKED: ("A time is booked for it", ""),
    SnoozeReason.AWAY: ("Somebody it takes is away", ""),
    SnoozeReason.HANDOVER: ("It is being handed over", ""),
    SnoozeReason.OTHER: ("Another reason", "Write it below."),
}


def told(row: dict[str, Any]) -> dict[str, Any]:
    """Add to a dumped line what to do now, and what its kind is called."""
    source = Source(row["source"])
    reason = row["snooze_reason"]
    return {
        **row,
        "kind": TITLES[source],
        "ticks": source is Source.TASK or row["may_be_seen"],
        "act": "Done" if source is Source.TASK else "I have read it",
        "way": _way(source, row),
        "put_off": "" if reason is None else REASONS[SnoozeReason(reason)][0],
    }


def _way(source: Source, row: dict[str, Any]) -> tuple[str, str] | None:
    if source not in WAYS or row["way_id"] is None:
        return None
    label, endpoint, name = WAYS[source]
    return label, url_for(endpoint, **{name: row["way_id"]})


def ranking() -> list[tuple[str, int]]:
    """Tell how many days each kind counts for, the most first."""
    return [(TITLES[source], days) for source, days in PULL.items()]
