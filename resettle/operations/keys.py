"""Turning the master key: data keys are wrapped anew, while the service runs and reads both."""

from dataclasses import dataclass

from sqlalchemy import func, select

from resettle.core.actor import SYSTEM
from resettle.core.crypto import Keyring
from resettle.core.sealed import DataKey
from resettle.core.work import Transactions, UnitOfWork

BATCH = 200


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
