from datetime import timedelta

import pytest
from sqlalchemy import event, literal

from resettle.accounts import entrance, loader, own, queries, service
from resettle.accounts.credentials import digest
from resettle.accounts.loader import Memberships
from resettle.accounts.models import (
    AccountAct,
    Act,
    DutyGrant,
    Invitation,
    RoleGrant,
    SignInTries,
    UserAccount,
    UserLocation,
    UserSession,
)
from resettle.accounts.rules import AccountStatus
from resettle.accounts.service import ChangeRole, Deactivate, GrantDuty, InviteUser, Reasoned
from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.core.errors import Conflict, Forbidden, NotFound
from tests.clock import NOW
from tests.world import a_user

REASONED = Reasoned("They moved to another agency")
SHUT = Deactivate("They moved to another agency")
PO = Duty.PRIVACY_OFFICER


@pytest.fixture
def admin(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        return loader.of_user(uow, a_user(uow, Role.ADMINISTRATOR).id)


@pytest.fixture
def someone(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        return a_user(uow, Role.CASEWORKER).id


def acting(transactions, actor, act, *arguments):
    with transactions.begin(actor, "test") as uow:
        return act(uow, *arguments)


def row(transactions, model, **where):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return uow.all(uow.select(model).filter_by(**where))


def actor_of(transactions, user_id):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return loader.of_user(uow, user_id)


class TestInvite:
    COMMAND = InviteUser("sina@example.org.nz", "Sina Leota", Role.AUDITOR, ("AKL", "HAM", "AKL"))

    def test_it(self, transactions, admin):
        made = acting(transactions, admin, service.invite, self.COMMAND)

        assert (made.role, made.status) == (Role.AUDITOR, AccountStatus.INVITED)
        assert made.locations == ["AKL", "HAM"]
        [invitation] = row(transactions, Invitation, user_id=made.id)
        assert invitation.token_hash == digest(made.invitation.removeprefix("/invitations/"))
        assert invitation.expires_at == NOW + timedelta(hours=72)

    @pytest.mark.parametrize(
        "role", [r for r in Role if r not in {Role.ADMINISTRATOR, Role.SYSTEM}]
    )
    def test_only_administrators_invite(self, transactions, role):
        with pytest.raises(Forbidden):
            acting(transactions, Actor(role), service.invite, self.COMMAND)


class TestInviteAgain:
    def test_the_link_before_is_no_longer_good(self, transactions, admin):
        first = acting(transactions, admin, service.invite, TestInvite.COMMAND)

        second = acting(transactions, admin, service.invite_again, first.id)

        guests = [
            acting(transactions, SYSTEM, entrance.guest_of, made.invitation.split("/")[-1])
            for made in (first, second)
        ]
        assert guests[0] is None
        assert guests[1].email == "sina@example.org.nz"

    def test_who_was_deactivated_comes_back_without_the_old_password(
        self, transactions, admin, someone
    ):
        acting(transactions, admin, service.deactivate, someone, SHUT)

        again = acting(transactions, admin, service.invite_again, someone)

        assert again.status is AccountStatus.INVITED
        [user] = row(transactions, UserAccount, id=someone)
        assert (user.password_hash, user.deactivated_at) == (None, None)

    def test_an_account_in_use_is_not_invited(self, transactions, admin, someone):
        with pytest.raises(Conflict):
            acting(transactions, admin, service.invite_again, someone)


class TestDeactivate:
    def test_it(self, transactions, admin, someone):
        shown = acting(transactions, admin, service.deactivate, someone, SHUT)

        assert (shown.status, shown.deactivated_at) == (AccountStatus.DEACTIVATED, NOW)
        [act] = row(transactions, AccountAct, user_id=someone, act=Act.DEACTIVATED)
        assert (act.reason, act.by_id, act.at) == (SHUT.reason, admin.user_id, NOW)

    def test_not_twice(self, transactions, admin, someone):
        acting(transactions, admin, service.deactivate, someone, SHUT)

        with pytest.raises(Conflict, match="deactivated"):
            acting(transactions, admin, service.deactivate, someone, SHUT)


class TestChangeRole:
    COMMAND = ChangeRole(Role.PROGRAMME_MANAGER, "Promoted")

    def test_the_former_role_stays_on_record(self, transactions, admin, someone):
        shown = acting(transactions, admin, service.change_role, someone, self.COMMAND)

        assert shown.role is Role.PROGRAMME_MANAGER
        grants = row(transactions, RoleGrant, user_id=someone)
        spans = {(grant.role, grant.until_at) for grant in grants}
        assert spans == {(Role.CASEWORKER, NOW), (Role.PROGRAMME_MANAGER, None)}

    def test_not_to_the_same(self, transactions, admin, someone):
        with pytest.raises(Conflict, match="already"):
            acting(
                transactions, admin, service.change_role, someone, ChangeRole(Role.CASEWORKER, "-")
            )

    def test_a_privacy_officer_never_becomes_administrator(self, transactions, admin, someone):
        acting(transactions, admin, service.grant_duty, someone, GrantDuty(PO, "Named"))

        with pytest.raises(Conflict, match="duty"):
            acting(
                transactions,
                admin,
                service.change_role,
                someone,
                ChangeRole(Role.ADMINISTRATOR, "-"),
            )


class TestGrantDuty:
    def test_it(self, transactions, admin, someone):
        shown = acting(transactions, admin, service.grant_duty, someone, GrantDuty(PO, "Named"))

        assert [grant.duty for grant in shown.duties] == [PO]
        assert actor_of(transactions, someone).duties == {PO}

    def test_an_administrator_is_never_privacy_officer(self, transactions, admin):
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_user(uow, Role.ADMINISTRATOR).id

        with pytest.raises(Conflict):
            acting(transactions, admin, service.grant_duty, other, GrantDuty(PO, "Named"))


class TestEndDuty:
    def test_it(self, transactions, admin, someone):
        shown = acting(transactions, admin, service.grant_duty, someone, GrantDuty(PO, "Named"))

        acting(transactions, admin, service.end_duty, someone, shown.duties[0].id, REASONED)

        assert actor_of(transactions, someone).duties == frozenset()
        [grant] = row(transactions, DutyGrant, user_id=someone)
        assert grant.until_at == NOW

    def test_a_duty_that_they_do_not_have_is_not_found(self, transactions, admin, someone):
        with pytest.raises(NotFound):
            acting(transactions, admin, service.end_duty, someone, someone, REASONED)


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        (service.deactivate, [SHUT]),
        (service.change_role, [ChangeRole(Role.AUDITOR, "-")]),
        (service.grant_duty, [GrantDuty(PO, "-")]),
    ],
)
class TestNobody:
    def test_changes_their_own_rights(self, transactions, admin, act, arguments):
        with pytest.raises(Forbidden, match="their own rights"):
            acting(transactions, admin, act, admin.user_id, *arguments)

    def test_below_an_administrator_changes_those_of_others(
        self, transactions, someone, act, arguments
    ):
        with pytest.raises(Forbidden):
            acting(transactions, Actor(Role.PROGRAMME_MANAGER), act, someone, *arguments)

    def test_learns_of_accounts_that_are_not_theirs_to_know(
        self, transactions, someone, act, arguments
    ):
        with pytest.raises(NotFound):
            acting(transactions, Actor(Role.CASEWORKER), act, someone, *arguments)


class TestUsers:
    def test_it_shows_the_role_of_today_once_a_person(self, transactions, admin, someone):
        acting(transactions, admin, service.change_role, someone, TestChangeRole.COMMAND)

        found = self.found(transactions, admin, queries.UserFilters())

        assert {user.id: user.role for user in found} == {
            someone: Role.PROGRAMME_MANAGER,
            admin.user_id: Role.ADMINISTRATOR,
        }
        assert len(found) == 2

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ({"role": "administrator"}, 1),
            ({"status": "active"}, 3),
            ({"status": "invited"}, 0),
            ({"location": "AKL"}, 1),
            ({"location": "AKL", "role": "administrator"}, 0),
        ],
    )
    def test_filters(self, transactions, admin, someone, wanted, count):
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_user(uow, Role.CASEWORKER, locations=("AKL",))

        assert len(self.found(transactions, admin, queries.UserFilters(**wanted))) == count

    def found(self, transactions, actor, wanted):
        with transactions.begin(actor, "look", read_only=True) as uow:
            return uow.rows(queries.users(uow, wanted))


def begun(transactions, user_id):
    """Begin a session, and give its token."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        user = uow.find(UserAccount, user_id)
        candidate = entrance.count_try(uow, user.email)
    with transactions.begin(candidate.actor, "session:begin") as uow:
        return entrance.begin_session(uow, candidate, entrance.Device("Firefox", "192.0.2.0"))


class TestBySession:
    def test_the_actor_has_all_that_a_policy_may_ask(self, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(
                uow,
                Role.CASEWORKER,
                name="Sina Leota",
                duties=(PO, Duty.TEAM_LEADER),
                locations=("AKL", "HAM", "DUD"),
            )
        token = begun(transactions, user.id)

        actor = loader.by_session(transactions, token)

        [session] = row(transactions, UserSession, user_id=user.id)
        assert actor == Actor(
            role=Role.CASEWORKER,
            user_id=user.id,
            name="Sina Leota",
            duties=frozenset({PO, Duty.TEAM_LEADER}),
            locations=frozenset({"AKL", "HAM", "DUD"}),
            session_ref=f"session:{session.id}",
        )
        assert session.token_hash == digest(token)

    def test_it_costs_one_query(self, transactions, someone):
        token = begun(transactions, someone)
        asked = []
        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            engine = uow.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

        loader.by_session(transactions, token)

        assert len([s for s in asked if s.startswith("SELECT")]) == 1

    def test_groups_come_from_the_chapter_of_sponsors(self, transactions, someone):
        group = someone
        rows = lambda uow: uow.columns(  # noqa: E731
            UserLocation,
            UserLocation.user_id,
            UserAccount.id.label("group_id"),
            UserAccount.id.is_not(None).label("vetted"),
            literal(None).label("roles"),
        ).join(UserAccount, UserAccount.id == UserLocation.user_id)
        acting(
            transactions,
            SYSTEM,
            lambda uow: uow.add(UserLocation(user_id=someone, location="AKL")),
        )
        transactions.resources[Memberships], kept = (
            Memberships(rows),
            transactions.resources[Memberships],
        )

        found = actor_of(transactions, someone)

        transactions.resources[Memberships] = kept
        assert found.group_ids == {group}

    def test_the_last_use_is_noted_once_a_minute(self, transactions, someone, clock):
        token = begun(transactions, someone)
        seen = []
        for minutes in (0.5, 0.4, 0.2, 0.5):
            clock.forward(minutes=minutes)
            loader.by_session(transactions, token)
            seen.append(row(transactions, UserSession, user_id=someone)[0].last_seen_at - NOW)

        assert seen == [timedelta(), timedelta(), timedelta(minutes=1.1), timedelta(minutes=1.1)]

    def test_an_unknown_token_is_nobody(self, transactions):
        assert loader.by_session(transactions, "x" * 43) is None
        assert loader.by_token(transactions, "rs_" + "x" * 43) is None


class TestBeginSession:
    def test_not_for_an_account_that_changed_meanwhile(self, transactions, admin, someone):
        with transactions.begin(SYSTEM, "arrange") as uow:
            email = uow.find(UserAccount, someone).email
            candidate = entrance.count_try(uow, email)
        acting(transactions, admin, service.deactivate, someone, SHUT)

        token = acting(
            transactions, candidate.actor, entrance.begin_session, candidate, entrance.Device()
        )

        assert token is None
        assert row(transactions, UserSession, user_id=someone) == []

    def test_the_oldest_ends_when_there_are_too_many(self, transactions, someone, clock):
        tokens = []
        for _ in range(6):
            clock.forward(minutes=1)
            tokens.append(begun(transactions, someone))

        alive = [loader.by_session(transactions, token) is not None for token in tokens]
        assert alive == [False, True, True, True, True, True]


class TestCountTry:
    def test_the_address_is_not_kept_as_it_is(self, transactions):
        acting(transactions, SYSTEM, entrance.count_try, "nobody@example.org.nz")

        [kept] = row(transactions, SignInTries)
        assert "nobody" not in kept.email_index
        assert kept.failed == 1

    def test_a_row_made_at_the_same_moment_is_taken(self, transactions):
        """As if another try had made the row between looking and making it."""
        with transactions.begin(SYSTEM, "arrange") as uow:
            entrance.count_try(uow, "nobody@example.org.nz")
            index = uow.blind("email", "nobody@example.org.nz")

            found = entrance.made_or_found(uow, index)

        assert found.failed == 1

    def test_tries_that_are_forgotten_already_may_be_forgotten(self, transactions, someone):
        with transactions.begin(SYSTEM, "arrange") as uow:
            candidate = entrance.count_try(uow, "nobody@example.org.nz")
        for _ in range(2):
            acting(transactions, SYSTEM, entrance.forget_tries, candidate)

        assert row(transactions, SignInTries) == []


class TestSetPassword:
    def test_not_over_a_change_made_meanwhile(self, transactions, someone):
        actor = actor_of(transactions, someone)

        with pytest.raises(Conflict):
            acting(transactions, actor, own.set_password, 1, "a hash")


class TestLeave:
    def test_who_came_without_a_session_has_none_to_end(self, transactions, someone):
        begun(transactions, someone)

        acting(transactions, actor_of(transactions, someone), own.leave)

        assert [s.ended_at for s in row(transactions, UserSession, user_id=someone)] == [None]
