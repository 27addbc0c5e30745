"""The acts of those who advise sponsor groups, with what they would send."""

from collections.abc import Mapping
from datetime import timedelta

from resettle.accounts.models import UserAccount
from resettle.core.work import UnitOfWork
from resettle.pulses.models import PulseInvitation
from resettle.sponsors.models import SponsorGroup
from tests.access.acts import Act, sends
from tests.access.arranged import Asking

NOTES = "/sponsor-groups/<uuid:group_id>/supervision-notes"
READING = "/group-messages/<uuid:group_message_id>/reading"
NOTED = sends(text="Rang on Monday; two members are tired")
SENT = sends(text="The next training is on 4 May")

PULSE = ("energy", "shared", "backed", "worth")


def asked(uow: UnitOfWork, asking: Asking) -> None:
    """Let the one who acts have been asked how it goes."""
    theirs = UserAccount.email == f"{asking.principal}@example.org.nz"
    user = uow.first(uow.select(UserAccount).where(theirs))
    group = uow.first(uow.select(SponsorGroup).order_by(SponsorGroup.id))
    assert user is not None
    assert group is not None
    days = {"opened_on": uow.today, "closes_on": uow.today + timedelta(days=5)}
    uow.add(PulseInvitation(group_id=group.id, user_id=user.id, **days))


STRAIN_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", f"/api{NOTES}"): NOTED,
    ("POST", f"{NOTES}/new"): NOTED,
    ("POST", "/api/group-messages"): SENT,
    ("POST", "/group-messages/new"): SENT,
    ("POST", f"/api{READING}"): Act(),
    ("POST", READING): Act(),
    ("POST", "/our-pulse"): Act(lambda _: dict.fromkeys(PULSE, "4"), asked),
}
