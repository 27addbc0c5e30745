"""The pages of sponsor groups and matches: a click has its effect, a fault is told in words."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from resettle.core.actor import SYSTEM
from resettle.core.work import Transactions
from resettle.placements.models import SponsorshipStatus as Status
from resettle.placements.queries import open_sponsorship
from resettle.sponsors import reports, service
from resettle.sponsors.acts import CreateGroup
from resettle.sponsors.queries import live_members_of
from tests.clock import NOW
from tests.groups import (
    a_caseworker,
    a_coordinator,
    a_deed,
    a_family,
    a_group,
    a_manager,
    a_match,
    a_member,
    everybody_agrees,
)

TODAY = "2026-03-02"


@pytest.fixture
def arrange(transactions: Transactions) -> Callable:
    """Return a function that makes things in a work of the system and gives what it made."""

    def make(maker: Callable):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return maker(uow)

    return make


def send(client: FlaskClient, path: str, **typed: object):
    """Send a form and follow where it leads."""
    return client.post(path, data={"form_key": uuid4().hex, **typed}, follow_redirects=True)


@pytest.fixture
def manager(arrange, client_of) -> FlaskClient:
    return client_of(arrange(a_manager))


class TestGroups:
    def test_they_are_listed_and_shown_with_what_is_missing(self, arrange, manager):
        new = CreateGroup("St Columba’s Welcome Trust", "CHARITABLE_TRUST", "CHC", "cors")
        group = arrange(lambda uow: service.create(uow, new).id)

        listed = manager.get("/sponsor-groups")
        shown = manager.get(f"/sponsor-groups/{group}")

        assert "St Columba’s Welcome Trust" in listed.text
        assert "Before a sponsor group applies" in shown.text
        assert "Nobody is on record as a member yet." in shown.text
        assert "Preparing" in shown.text

    def test_a_caseworker_learns_of_no_members_of_a_group_that_is_not_matched(
        self, arrange, client_of
    ):
        def world(uow):
            group = a_group(uow)
            a_member(uow, group)
            return group.id, a_caseworker(uow)

        group, caseworker = arrange(world)

        shown = client_of(caseworker).get(f"/sponsor-groups/{group}")

        assert shown.status_code == 200
        assert "Aroha Ngata" not in shown.text
        assert "What is next" not in shown.text

    def test_reports_that_are_overdue_are_seen(self, arrange, client_of):
        def world(uow):
            group, family = a_group(uow), a_family(uow)
            long_ago = NOW.date().replace(year=2025)
            reports.owe(uow, a_deed(uow, group), family.id, long_ago, since=long_ago)
            everybody_agrees(uow, a_match(uow, group, family, status=Status.CONFIRMED))
            return group.id, a_coordinator(uow, group)

        group, coordinator = arrange(world)

        assert "Overdue" in client_of(coordinator).get(f"/sponsor-groups/{group}").text

    def test_a_member_is_put_forward_confirmed_and_vetted(self, arrange, client_of, manager):
        def world(uow):
            group = a_group(uow)
            return group.id, a_coordinator(uow, group)

        group, actor = arrange(world)
        coordinator, page = client_of(actor), f"/sponsor-groups/{group}"

        assert "Put forward" in coordinator.get(f"{page}/members/new").text
        added = send(
            coordinator,
            f"{page}/members/new",
            name="Sione Taufa",
            roles="befriender",
            joined_on=TODAY,
        )
        member = arrange(lambda uow: waiting_member(uow, group))
        first = send(coordinator, f"/sponsor-groups/members/{member}/confirmation")
        second = send(manager, f"/sponsor-groups/members/{member}/confirmation")
        vetting = f"/sponsor-groups/members/{member}/vetting"
        days = {"agreed_on": TODAY, "requested_on": TODAY}
        refused = send(manager, vetting, outcome="clear", **days)
        vetted = send(manager, vetting, outcome="clear", decided_on=TODAY, **days)

        assert "Sione Taufa" in added.text
        assert "Awaiting manager" in first.text
        assert "Confirmed" in second.text
        assert (refused.status_code, "Give the day" in refused.text) == (422, True)
        assert "Fri 2 Mar 2029" in vetted.text
        assert "Clear" in manager.get(vetting).text

    def test_nothing_here_is_told_when_there_is_nothing(self, manager):
        assert "There is no sponsor group here." in manager.get("/sponsor-groups").text


def waiting_member(uow, group_id):
    return next(m.id for m in live_members_of(uow, group_id) if m.name == "Sione Taufa")


class TestMatch:
    def test_a_household_is_proposed_once(self, arrange, client_of):
        def world(uow):
            family = a_family(uow)
            return family.id, a_group(uow).id, a_caseworker(uow, family)

        family, group, caseworker = arrange(world)
        client, new = client_of(caseworker), f"/households/{family}/sponsors/new"

        shown = client.get(new)
        proposed = send(client, new, group_id=str(group), route="NOMINATED")
        again = send(client, new, group_id=str(group), route="NOMINATED")

        assert "3 people live in this household." in shown.text
        assert "The group is asked." in proposed.text
        assert (again.status_code, "already has a sponsor group" in again.text) == (422, True)

    def test_it_is_accepted_and_confirmed_once_nothing_is_missing(self, arrange, client_of):
        def world(uow):
            family, group = a_family(uow), a_group(uow)
            a_deed(uow, group)
            coordinator, caseworker = a_coordinator(uow, group), a_caseworker(uow, family)
            return family.id, a_match(uow, group, family).id, coordinator, caseworker

        family, match, coordinator, caseworker = arrange(world)
        client, page = client_of(caseworker), f"/sponsorships/{match}"

        accepted = send(client_of(coordinator), f"{page}/acceptance")
        waits = client.get(page)
        arrange(lambda uow: everybody_agrees(uow, open_sponsorship(uow, family)))
        ready = client.get(page)
        confirmed = send(client, f"{page}/confirmation")

        assert "The group has accepted." in accepted.text
        assert "2 of 2 people have not answered yet." in waits.text
        assert "Confirm as a second person" in ready.text
        assert "The match is confirmed." in confirmed.text

    def test_it_is_suspended_and_ended_and_no_visa_changes(self, arrange, client_of):
        def world(uow):
            family, group = a_family(uow), a_group(uow)
            group.persons_now, group.households_now = 3, 1
            match = a_match(uow, group, family, status=Status.CONFIRMED)
            return match.id, a_caseworker(uow, family)

        match, caseworker = arrange(world)
        client, page = client_of(caseworker), f"/sponsorships/{match}"

        suspended = send(client, f"{page}/suspension", reason="A concern")
        ended = send(
            client, f"{page}/end", ending_kind="BREAKDOWN", ended_on=TODAY, reasons="FUNDS"
        )

        assert "Somebody has to decide who supports the household now." in suspended.text
        assert "nothing about anybody’s visa" in ended.text

    def test_a_group_declines_with_a_reason(self, arrange, client_of):
        def world(uow):
            group = a_group(uow)
            match = a_match(uow, group, a_family(uow))
            return match.id, a_coordinator(uow, group)

        match, coordinator = arrange(world)
        client, page = client_of(coordinator), f"/sponsorships/{match}"

        assert "Decline" in client.get(page).text
        assert "Decline this household" in client.get(f"{page}/decline").text
        silent = send(client, f"{page}/decline")
        vague = send(client, f"{page}/decline", reason="OTHER")
        declined = send(client, f"{page}/decline", reason="CAPACITY", note="Two of us move away")

        assert silent.status_code == vague.status_code == 422
        assert "Say in a few words" in vague.text
        assert "Declined" in declined.text
        assert "Two of us move away" not in declined.text

    def test_a_caseworker_sees_the_forms_that_stop_it(self, arrange, client_of):
        def world(uow):
            family = a_family(uow)
            match = a_match(uow, a_group(uow), family, status=Status.CONFIRMED)
            return match.id, a_caseworker(uow, family)

        match, caseworker = arrange(world)
        client, page = client_of(caseworker), f"/sponsorships/{match}"

        assert "Suspend at once" in client.get(page).text
        assert "Suspend at once" in client.get(f"{page}/suspension").text
        assert "None of them says whose fault it was." in client.get(f"{page}/end").text

    def test_where_no_group_is_ready_nobody_is_proposed(self, arrange, client_of):
        def world(uow):
            family = a_family(uow)
            return family.id, a_caseworker(uow, family)

        family, caseworker = arrange(world)

        shown = client_of(caseworker).get(f"/households/{family}/sponsors/new")

        assert "No group is ready for a household." in shown.text
