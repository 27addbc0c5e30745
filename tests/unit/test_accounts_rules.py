from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.accounts import rules
from resettle.accounts.rules import AccountStatus, Tries
from resettle.core.actor import Duty, Role
from resettle.core.permissions import Permission
from tests.clock import NOW

INV, ACT, OFF = AccountStatus.INVITED, AccountStatus.ACTIVE, AccountStatus.DEACTIVATED
OFFICER = Duty.PRIVACY_OFFICER
ABOUT = ("Mere Tamihana", "m.kereopa@example.org.nz")
COMMON = frozenset({"correcthorsebatterystaple", "newzealand"})


class TestMayMove:
    @pytest.mark.parametrize(
        ("source", "target", "expected"),
        [
            (INV, INV, False),
            (INV, ACT, True),
            (INV, OFF, True),
            (ACT, INV, False),
            (ACT, ACT, False),
            (ACT, OFF, True),
            (OFF, INV, True),
            (OFF, ACT, False),
            (OFF, OFF, False),
        ],
    )
    def test_it(self, source, target, expected):
        assert rules.may_move(source, target) is expected


class TestMayHold:
    @pytest.mark.parametrize("role", Role)
    def test_only_caseworkers_and_managers_carry_duties(self, role):
        carries = role in {Role.CASEWORKER, Role.PROGRAMME_MANAGER}

        assert rules.may_hold(role, [OFFICER]) is carries

    def test_any_role_goes_without_duties(self):
        assert all(rules.may_hold(role, []) for role in Role)


class TestDeviceName:
    @pytest.mark.parametrize(
        ("user_agent", "name"),
        [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/120.0 Safari/537",
                "Chrome on Linux",
            ),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537 Edg/120.0", "Edge on Windows"),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile", "Chrome on Android"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604", "Safari on iPhone"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Firefox/121.0", "Firefox on Mac"),
            ("curl/8.5.0", "curl"),
            ("Something (Windows)", "Windows"),
            ("", "Another device"),
        ],
    )
    def test_it(self, user_agent, name):
        assert rules.device_name(user_agent) == name


class TestTokenScopes:
    OWN = frozenset(
        {
            Permission.HOUSEHOLD_READ,
            Permission.ACCOUNT_OWN,
            Permission.API_OWN,
            Permission.PIPELINE_READ,
            Permission.AUDIT_SEARCH,
            Permission.ROLE_GRANT,
        }
    )

    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            (Role.CASEWORKER, {"household:read", "pipeline:read", "audit:search"}),
            (Role.PROGRAMME_MANAGER, {"pipeline:read"}),
            (Role.AUDITOR, {"audit:search"}),
            (Role.ADMINISTRATOR, set()),
            (Role.SPONSOR_MEMBER, set()),
            (Role.SPONSOR_COORDINATOR, set()),
            (Role.HOUSEHOLD_PERSON, set()),
        ],
    )
    def test_it(self, role, expected):
        assert rules.token_scopes(role, self.OWN) == expected

    @pytest.mark.parametrize("role", Role)
    def test_a_token_never_carries_what_is_not_ones_own(self, role):
        assert rules.token_scopes(role, frozenset()) == frozenset()


class TestPasswordFaults:
    @pytest.mark.parametrize(
        "password",
        [
            "sixteen letters!",
            "a" * 64 + "bcdefgh" * 9,
            "𝔭𝔢𝔯𝔢𝔤𝔯𝔦𝔫" * 16,
            " leading and trailing ",
            "nul \0 in the middle",
            "गुप्त शब्द बहुत लंबा",
        ],
    )
    def test_a_long_one_is_taken_as_it_is(self, password):
        assert rules.password_faults(password, ABOUT, COMMON) == []

    @pytest.mark.parametrize(
        ("password", "told"),
        [
            ("fifteen letters", "16 to 128"),
            ("", "16 to 128"),
            ("ab cd ef gh" * 12, "16 to 128"),
            ("the TAMIHANA of the sea", "own name"),
            ("down by the kereopa river", "own name"),
            ("time to Resettle again", "own name"),
            ("correct horse battery staple", "tried first"),
            ("CorrectHorseBatteryStaple2026!", "tried first"),
            ("New Zealand 123456", "tried first"),
            ("abababababababababab", "tried first"),
        ],
    )
    def test_a_weak_one_is_refused_with_the_reason(self, password, told):
        faults = rules.password_faults(password, ABOUT, COMMON)

        assert len(faults) == 1
        assert told in faults[0]

    def test_short_words_of_a_name_are_no_hindrance(self):
        assert rules.password_faults("a banana for anahera", ("Ana Li",), COMMON) == []


class TestDelayAfter:
    @pytest.mark.parametrize(
        ("failed", "minutes"),
        [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (10**9, 15)],
    )
    def test_it(self, failed, minutes):
        assert rules.delay_after(failed) == timedelta(minutes=minutes)


class TestTries:
    def test_those_of_another_quarter_of_an_hour_do_not_count(self):
        later = NOW + timedelta(minutes=15)

        assert Tries(4, NOW, NOW + timedelta(minutes=14)).again(later) == Tries(1, later, later)

    def test_a_fifth_within_the_window_rests_sign_in(self):
        later = NOW + timedelta(minutes=14)

        tries = Tries(4, NOW, NOW).again(later)

        assert tries.failed == 5
        assert tries.locked_until == later + timedelta(minutes=1)

    def test_after_a_lock_out_they_count_on_until_it_was_quiet(self):
        tries = Tries(5, NOW, NOW)

        assert tries.again(NOW + timedelta(minutes=15)).failed == 6
        assert tries.again(NOW + timedelta(minutes=16)).failed == 1

    @given(st.lists(st.integers(0, 100_000), max_size=60))
    def test_nobody_is_ever_shut_out_for_longer_than_a_quarter_of_an_hour(self, pauses):
        now, tries = NOW, Tries(1, NOW, NOW)
        for pause in pauses:
            now += timedelta(seconds=pause)
            tries = tries.again(now)

        assert tries.locked_until - now <= timedelta(minutes=15)
        assert tries.again(now + timedelta(days=1)).failed == 1
