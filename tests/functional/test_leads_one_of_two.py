"""Who leads one group and is a plain member of another leads that other one in nothing.

One account has one role, so that a coordinator is a coordinator everywhere: what a group shows and
lets do is asked of what somebody does for that very group.
"""

from uuid import uuid4

import pytest

from resettle.accounts.loader import if_active
from resettle.core.actor import SYSTEM, Role
from resettle.funds.models import FundEntry, Pledge
from resettle.funds.rules import Category, Kind, State
from resettle.placements.models import SponsorshipStatus
from resettle.sponsors.models import Vetting, VettingOutcome
from tests import groups
from tests.weeks import TODAY
from tests.world import a_user


@pytest.fixture
def scene(transactions, client_of):
    return Scene(transactions, client_of)


class Scene:
    """Ruth leads one group and befriends for another; what lies in the books of each."""

    def __init__(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, Role.SPONSOR_COORDINATOR, name="Ruth Ellison")
            self.ids = {name: self._a_group(uow, user, name) for name in ("coordinator", "helper")}
        with transactions.begin(SYSTEM, "load", read_only=True) as uow:
            self.actor = if_active(uow, user.id)
        self.client = client_of(self.actor)

    def _a_group(self, uow, user, role):
        group = groups.a_group(uow, status="ACTIVE")
        groups.a_deed(uow, group)
        roles = {"coordinator": ("coordinator",), "helper": ("befriender",)}[role]
        groups.a_member(uow, group, user_id=user.id, roles=roles)
        other = groups.a_member(uow, group)
        waiting = groups.a_member(uow, group, confirmed=False)
        about = {"group_id": group.id}
        entry = uow.add(
            FundEntry(
                **about, kind=Kind.SPEND, state=State.WAITING,
                no_receipt="Paid in cash",
                category=Category.FOOD, cents=900, happened_on=TODAY,
                member_id=other.id,
            )
        )  # fmt: skip
        pledge = uow.add(Pledge(**about, cents=900, months=1, first_on=TODAY, pledged_on=TODAY))
        vetting = Vetting(
            **about, member_id=other.id, requested_on=TODAY, agreed_on=TODAY,
            outcome=VettingOutcome.CLEAR, decided_on=TODAY,
        )  # fmt: skip
        uow.add(vetting)
        home = groups.a_family(uow)
        match = groups.a_match(uow, group, home, status=SponsorshipStatus.PROPOSED)
        return {
            "group": group.id, "entry": entry.id, "pledge": pledge.id, "waiting": waiting.id,
            "match": match.id
        }  # fmt: skip

    def gets(self, path, of):
        return self.client.get(path.format(**self.ids[of])).status_code

    def posts(self, path, of, **body):
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        path = path.format(**self.ids[of])
        return self.client.post(path, json=body, headers=headers).status_code


READS = (
    "/api/sponsor-groups/{group}/funds/entries",
    "/api/sponsor-groups/{group}/funds/pledges",
    "/api/fund-entries/{entry}",
    "/sponsor-groups/{group}/funds/ledger",
    "/api/sponsor-groups/{group}/evidence",
    "/api/sponsor-groups/{group}/possible-moves",
    "/sponsor-groups/{group}/members/new",
    "/sponsor-groups/{group}/drivers",
)
WRITES = (
    ("/api/fund-entries/{entry}/approval", {}),
    ("/api/sponsor-groups/members/{waiting}/confirmation", {}),
    ("/api/sponsorships/{match}/acceptance", {}),
    ("/api/sponsorships/{match}/decline", {"reason": "TIMING"}),
)


@pytest.mark.parametrize("path", READS)
def test_what_is_for_who_leads_is_read_of_the_group_that_one_leads(scene, path):
    assert scene.gets(path, "coordinator") == 200
    assert scene.gets(path, "helper") in {403, 404}


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_what_is_for_who_leads_is_done_for_the_group_that_one_leads(scene, path, body):
    assert scene.posts(path, "helper", **body) in {403, 404}
    assert scene.posts(path, "coordinator", **body) in {200, 201, 204}


def test_a_plain_member_still_knows_the_sums_and_the_members(scene):
    for path in ("funds", "members", "deeds"):
        assert scene.gets(f"/api/sponsor-groups/{{group}}/{path}", "helper") == 200
