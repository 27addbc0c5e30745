"""Turning the master key: data keys are wrapped anew, while the service runs and reads both."""

import base64
import os
import secrets
from dataclasses import dataclass

from sqlalchemy import func, select

from resettle.core.actor import SYSTEM
from resettle.core.crypto import KEY_BYTES, Keyring
from resettle.core.sealed import DataKey
from resettle.core.work import Transactions, UnitOfWork

BATCH = 200


def new_secrets(number: int = 1) -> dict[str, str]:
    """Make fresh secrets, named as the settings are; `number` is that of the master key."""
    return {
        "RESETTLE_SECRET_KEY": secrets.token_urlsafe(48),
        "RESETTLE_PEPPER": secrets.token_urlsafe(48),
        "RESETTLE_MASTER_KEYS": f"{number}:{_random_key()}",
        "RESETTLE_INDEX_KEY": _random_key(),
    }


def _random_key() -> str:
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


@dataclass(frozen=True, slots=True)
class Turned:
    """How many data keys were wrapped anew, and how many there are, all of them opened."""

    wrapped: int
    sound: int


def rotate(transactions: Transactions) -> Turned:
    """Wrap every data key under the newest master key, batch by batch; what was done stays done.

    Raises Unsealable, before anything of its batch is kept, if a key does not open.
    """
    wrapped = 0
    while done := _rotate_batch(transactions):
        wrapped += done
    with transactions.begin(SYSTEM, "keys:verify") as uow:
        sound = _open_all(uow)
        uow.acted("DataKey", change="verified")
    return Turned(wrapped, sound)


def _rotate_batch(transactions: Transactions) -> int:
    with transactions.begin(SYSTEM, "keys:rotate") as uow:
        keyring = uow.use(Keyring)
        old = select(DataKey).where(DataKey.master_version != keyring.newest)
        batch = uow.session.scalars(
            old.order_by(DataKey.owner_id).limit(BATCH).with_for_update()
        ).all()
        for key in batch:
            plain = keyring.unwrap(key.owner_id, key.master_version, key.wrapped)
            key.master_version, key.wrapped = keyring.wrap(key.owner_id, plain)
        if batch:
            uow.acted("DataKey", change="rotated")
        return len(batch)


def _open_all(uow: UnitOfWork) -> int:
    keyring = uow.use(Keyring)
    count = 0
    every = select(DataKey).order_by(DataKey.owner_id).execution_options(yield_per=BATCH)
    for key in uow.session.scalars(every):
        keyring.unwrap(key.owner_id, key.master_version, key.wrapped)
        count += 1
    assert count == uow.session.scalar(select(func.count()).select_from(DataKey))
    return count
