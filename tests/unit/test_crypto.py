"""What is sealed opens with its key in its place, and in no other way."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.core.crypto import KEY_BYTES, Keyring, Unsealable, seal, unseal

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
RING = Keyring({1: b"1" * KEY_BYTES, 3: b"3" * KEY_BYTES}, b"i" * KEY_BYTES)
OWNER = UUID(int=7)


@given(key=keys, place=st.text(max_size=50), plain=st.binary(max_size=500))
def test_what_is_sealed_opens_again(key, place, plain):
    sealed = seal(key, place, plain)

    assert unseal(key, place, sealed) == plain
    assert plain not in sealed or len(plain) < 4
    assert seal(key, place, plain) != sealed


@given(key=keys, other=keys, plain=st.binary(max_size=50), at=st.integers(0), bit=st.integers(0, 7))
def test_any_other_key_place_or_bit_refuses(key, other, plain, at, bit):
    sealed = seal(key, "person|phone|1", plain)
    touched = bytearray(sealed)
    touched[at % len(sealed)] ^= 1 << bit

    for wrong in (
        (key, "person|email|1", sealed),
        (key, "person|phone|2", sealed),
        (key, "person|phone|1", bytes(touched)),
        (key, "person|phone|1", sealed[:-1]),
        (key, "person|phone|1", b""),
    ):
        with pytest.raises(Unsealable, match="sealed in person"):
            unseal(*wrong)
    if other != key:
        with pytest.raises(Unsealable):
            unseal(other, "person|phone|1", sealed)


def test_a_data_key_is_wrapped_under_the_newest_master_key():
    data_key = RING.new_data_key()

    version, wrapped = RING.wrap(OWNER, data_key)

    assert version == RING.newest == 3
    assert RING.unwrap(OWNER, version, wrapped) == data_key
    assert data_key not in wrapped
    assert len(data_key) == KEY_BYTES


def test_a_wrapped_key_is_its_owners_alone():
    version, wrapped = RING.wrap(OWNER, RING.new_data_key())

    with pytest.raises(Unsealable):
        RING.unwrap(uuid4(), version, wrapped)
    with pytest.raises(Unsealable):
        RING.unwrap(OWNER, 1, wrapped)
    with pytest.raises(Unsealable, match="master key 2 is not in the settings"):
        RING.unwrap(OWNER, 2, wrapped)


def test_no_key_shows_in_what_is_printed():
    assert "1111" not in repr(RING)
    assert "iiii" not in repr(RING)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("CAS-001 ab", "cas-001AB", True),
        ("CAS-001", "CAS-002", False),
        ("Straße", "STRASSE", True),
        ("", " \t", True),
    ],
)
def test_a_blind_index_forgives_spaces_and_case(one, other, equal):
    assert (RING.blind("case", one) == RING.blind("case", other)) is equal
    assert RING.blind("case", one) != RING.blind("email", one)
    assert RING.witness("case", one.encode()) == RING.witness("case", one.encode())
