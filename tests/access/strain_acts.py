"""The acts of those who advise sponsor groups, with what they would send."""

from collections.abc import Mapping

from tests.access.acts import Act, sends

NOTES = "/sponsor-groups/<uuid:group_id>/supervision-notes"
READING = "/group-messages/<uuid:group_message_id>/reading"
NOTED = sends(text="Rang on Monday; two members are tired")
SENT = sends(text="The next training is on 4 May")

STRAIN_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", f"/api{NOTES}"): NOTED,
    ("POST", f"{NOTES}/new"): NOTED,
    ("POST", "/api/group-messages"): SENT,
    ("POST", "/group-messages/new"): SENT,
    ("POST", f"/api{READING}"): Act(),
    ("POST", READING): Act(),
}
