"""The first things written of a household, by several people at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from resettle.casework.models import Channel, ContactNote
from resettle.core.actor import SYSTEM
from resettle.core.sealed import DataKey
from tests.world import a_household

AT_ONCE = 6


def test_notes_written_at_once_are_sealed_under_one_key(committed_app):
    transactions = committed_app.extensions["transactions"]
    with transactions.begin(SYSTEM, "test") as uow:
        household_id = a_household(uow).id
    ready = Barrier(AT_ONCE)

    def write(number):
        ready.wait()
        with transactions.begin(SYSTEM, "test") as uow:
            note = ContactNote(
                household_id=household_id, occurred_at=uow.now, text=f"note {number}"
            )
            note.channel = Channel.VISIT
            uow.add(note)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(write, number) for number in range(AT_ONCE)]:
            done.result()

    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        notes = uow.all(uow.select(ContactNote).where(ContactNote.household_id == household_id))
        texts = sorted(note.text for note in notes)
        keys = select(func.count()).where(DataKey.owner_id == household_id)
        assert uow.session.scalar(keys) == 1
    assert texts == [f"note {number}" for number in range(AT_ONCE)]
