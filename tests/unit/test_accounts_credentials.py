import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

import pytest
from argon2 import PasswordHasher, extract_parameters

from resettle.accounts import credentials
from resettle.accounts.credentials import COMMON, Passwords
from resettle.settings import Settings

SETTINGS = Settings.for_tests("sqlite:///none.sqlite")
PASSWORDS = Passwords.of(SETTINGS)


class TestPasswords:
    @pytest.mark.parametrize(
        "password",
        ["kererū over the harbour", "𝔭" * 128, " leading and trailing ", "a\0b" * 8, "é" * 20],
    )
    def test_the_same_password_is_known_again(self, password):
        assert PASSWORDS.verify(PASSWORDS.hash(password), password)

    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            ("kererū over the harbour", "kererū over the harbour "),
            (" kererū over the harbour", "kererū over the harbour"),
            ("a\0b" * 8, "a"),
            ("é" * 20, "e\u0301" * 20),
            ("𝔭" * 128, "𝔭" * 127),
        ],
    )
    def test_every_byte_counts(self, kept, typed):
        assert not PASSWORDS.verify(PASSWORDS.hash(kept), typed)

    def test_nobodys_password_is_never_right(self):
        assert not PASSWORDS.verify(None, "kererū over the harbour")

    def test_a_damaged_hash_lets_nobody_in(self):
        assert not PASSWORDS.verify("$argon2id$damaged", "kererū over the harbour")

    def test_without_the_pepper_a_stolen_hash_is_of_no_use(self):
        elsewhere = replace(PASSWORDS, pepper=b"another pepper of thirty-two bytes")

        assert not elsewhere.verify(
            PASSWORDS.hash("kererū over the harbour"), "kererū over the harbour"
        )

    def test_it_is_argon2id_with_the_parameters_of_the_settings(self):
        parameters = extract_parameters(PASSWORDS.hash("kererū over the harbour"))

        assert parameters.type.name == "ID"
        assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (64, 3, 1)

    def test_a_hash_of_other_parameters_is_outdated(self):
        stronger = Passwords.of(replace(SETTINGS, argon2_memory_kib=128))
        kept = PASSWORDS.hash("kererū over the harbour")

        assert not PASSWORDS.is_outdated(kept)
        assert stronger.is_outdated(kept)
        assert stronger.verify(kept, "kererū over the harbour")

    def test_secrets_do_not_show_when_it_is_printed(self):
        assert repr(SETTINGS.pepper) not in repr(PASSWORDS)

    def test_only_four_are_hashed_at_once(self):
        slow = SlowHasher()

        with ThreadPoolExecutor(12) as pool:
            list(pool.map(replace(PASSWORDS, hasher=slow).hash, ["some password"] * 12))

        assert slow.most == credentials.AT_ONCE


class SlowHasher(PasswordHasher):
    """Takes its time, and counts how many hash beside it."""

    def __init__(self):
        super().__init__(1, 8, 1)
        self.now = self.most = 0
        self.lock = Lock()

    def hash(self, password, *, salt=None):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        return super().hash(password, salt=salt)


class TestTokens:
    def test_a_token_has_256_bits_and_is_never_made_twice(self):
        made = {credentials.new_token() for _ in range(1000)}

        assert len(made) == 1000
        assert {len(token) for token in made} == {43}

    def test_a_token_is_kept_as_its_digest(self):
        assert credentials.digest("rs_abc") != credentials.digest("rs_abd")
        assert "rs_abc" not in credentials.digest("rs_abc")


def test_the_common_passwords_are_compared_as_they_are_kept():
    assert all(word == word.casefold() and " " not in word for word in COMMON)
    assert "passwordpassword" in COMMON
