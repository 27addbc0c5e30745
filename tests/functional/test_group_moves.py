"""Every move of a sponsor group by its page: what follows is told, then done when confirmed."""

from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.placements.models import Sponsorship
from resettle.placements.models import SponsorshipStatus as Status
from resettle.sponsors.models import SponsorGroup
from tests.groups import a_caseworker, a_family, a_group, a_manager, a_match


@pytest.fixture
def arrange(transactions):
    def make(maker):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return maker(uow)

    return make


@pytest.fixture
def manager(arrange, client_of):
    return client_of(arrange(a_manager))


def send(client, path, **typed):
    return client.post(path, data={"form_key": uuid4().hex, **typed}, follow_redirects=True)


def moves(group_id):
    return f"/sponsor-groups/{group_id}/moves/new"


def sponsoring(arrange, *statuses, stage="ACTIVE"):
    """Make a group with a household for each status, and give both sides of each match."""

    def make(uow):
        group, found = a_group(uow, status=stage), []
        for status in statuses:
            household = a_family(uow)
            a_caseworker(uow, household)
            found.append(a_match(uow, group, household, status=status).id)
        if {Status.CONFIRMED, Status.SUSPENDED} & {*statuses}:
            group.households_now, group.persons_now = 1, 3
        return group.id, found

    return arrange(make)


def standing(arrange, ids):
    return [arrange(lambda uow, id_=id_: uow.find(Sponsorship, id_).status) for id_ in ids]


class TestLookAhead:
    def test_what_a_suspension_does_to_each_household_is_told_and_then_done(self, arrange, manager):
        group, matches = sponsoring(arrange, Status.CONFIRMED, Status.ACCEPTED, Status.PROPOSED)
        said = {"to": "SUSPENDED", "reason": "A concern", "conditions": "Talk to us"}

        looked = send(manager, moves(group), **said)

        assert "its support is suspended at once" in looked.text
        assert "the group had said yes" in looked.text
        assert "The question is taken back" in looked.text
        assert "the group can be asked about no household" in looked.text
        assert "changes nothing about anybody’s visa" in looked.text
        assert standing(arrange, matches) == [Status.CONFIRMED, Status.ACCEPTED, Status.PROPOSED]

        done = send(manager, moves(group), **said, confirmed="true")

        assert "The group is now: Suspended." in done.text
        assert standing(arrange, matches) == [Status.SUSPENDED, Status.ACCEPTED, Status.ENDED]
        assert "Talk to us" in manager.get(moves(group)).text

    @pytest.mark.parametrize(
        ("stage", "to", "told"),
        [
            ("READY", "WITHDRAWN", "There is no way back from here: Withdrawn is final."),
            ("READY", "WITHDRAWN", "no household is touched"),
            ("ENQUIRY", "DORMANT", "Nothing changes for the households that it supports."),
            ("DORMANT", "ENQUIRY", "Nothing changes for the households that it supports."),
            ("COMPLETED", "ALUMNI", "There is no way back from here: Former sponsor is final."),
        ],
    )
    def test_of_every_move_it_is_told(self, arrange, manager, stage, to, told):
        group, _ = sponsoring(arrange, stage=stage)

        looked = send(manager, moves(group), to=to, reason="They said so")

        assert told in looked.text
        assert arrange(lambda uow: uow.find(SponsorGroup, group).status) == stage

    def test_what_is_refused_is_refused_before_the_look(self, arrange, manager):
        group, _ = sponsoring(arrange, stage="READY")

        silent = send(manager, moves(group), to="SUSPENDED")

        assert silent.status_code == 422
        assert "Say why." in silent.text

    def test_nothing_is_moved_after_a_look_that_is_old(self, arrange, manager):
        group, _ = sponsoring(arrange, stage="READY")
        said = {"to": "SUSPENDED", "reason": "A concern", "version": "1"}
        send(manager, moves(group), **said)
        arrange(lambda uow: setattr(uow.find(SponsorGroup, group), "about", "Somebody else wrote"))

        late = send(manager, moves(group), **said, confirmed="true")

        assert late.status_code == 422
        assert arrange(lambda uow: uow.find(SponsorGroup, group).status) == "READY"


class TestWithdrawn:
    def test_who_had_its_yes_is_told_to_wait_for_another_and_does(self, arrange, manager):
        group, matches = sponsoring(arrange, Status.ACCEPTED, stage="AWAITING_MATCH")
        said = {"to": "WITHDRAWN", "reason": "Too few"}

        looked = send(manager, moves(group), **said)
        send(manager, moves(group), **said, confirmed="true")

        assert "The match ends, the household waits for a group again" in looked.text
        assert standing(arrange, matches) == [Status.ENDED]

    def test_of_a_suspended_group_too(self, arrange, manager):
        group, matches = sponsoring(arrange, Status.ACCEPTED, stage="SUSPENDED")
        said = {"to": "ENDED", "reason": "Over"}

        looked = send(manager, moves(group), **said)
        send(manager, moves(group), **said, confirmed="true")

        assert "the household waits for a group again" in looked.text
        assert standing(arrange, matches) == [Status.ENDED]

    def test_what_a_group_was_asked_about_is_taken_back_when_it_withdraws(self, arrange, manager):
        group, matches = sponsoring(arrange, Status.PROPOSED, stage="AWAITING_MATCH")

        send(manager, moves(group), to="WITHDRAWN", reason="Too few", confirmed="true")

        assert standing(arrange, matches) == [Status.ENDED]


class TestBack:
    def test_a_concern_is_closed_and_the_group_goes_on_where_it_was(self, arrange, manager):
        group, matches = sponsoring(arrange, Status.CONFIRMED)
        said = {"to": "SUSPENDED", "reason": "A concern"}
        send(manager, moves(group), **said, confirmed="true")

        blocked = send(manager, moves(group), to="ACTIVE")
        form = manager.get(f"/sponsor-groups/{group}/steps/new")
        send(
            manager,
            f"/sponsor-groups/{group}/steps/new",
            fact="concern.closed",
            done_on="2026-03-02",
        )
        looked = send(manager, moves(group), to="ACTIVE")
        send(manager, moves(group), to="ACTIVE", confirmed="true")

        assert "The concern about the group has not been closed." in blocked.text
        assert "The concern about the group has not been closed." in form.text
        assert "stays suspended until a caseworker lets it go on" in looked.text
        assert arrange(lambda uow: uow.find(SponsorGroup, group).status) == "ACTIVE"
        assert standing(arrange, matches) == [Status.SUSPENDED]

    def test_from_the_end_there_is_no_way_on(self, arrange, manager):
        group, _ = sponsoring(arrange, stage="ENDED")

        assert "There is no way on from here." in manager.get(moves(group)).text
        nothing = manager.get(f"/sponsor-groups/{group}/steps/new")
        assert "Nothing waits to be recorded" in nothing.text

    def test_a_suspended_group_ends_once_nobody_is_left_to_it(self, arrange, manager):
        group, _ = sponsoring(arrange, Status.SUSPENDED, stage="SUSPENDED")
        early = send(manager, moves(group), to="ENDED", reason="Over")

        def release(uow):
            uow.find(SponsorGroup, group).households_now = 0

        arrange(release)
        looked = send(manager, moves(group), to="ENDED", reason="Over")

        assert "Not every household of the group has somebody else" in early.text
        assert "its support is suspended already, and stays so" in looked.text
