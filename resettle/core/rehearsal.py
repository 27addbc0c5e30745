"""Acting to see what would follow, and leaving nothing of it behind.

A preview that is the act itself cannot tell anything else than what the act will do.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from resettle.core.work import UnitOfWork


@contextmanager
def rehearsal(uow: UnitOfWork) -> Iterator[None]:
    """Take back at the end whatever is done meanwhile: no row, no trail, no job is left."""
    trail = uow.session.info["audit"].rows
    so_far = len(trail)
    savepoint = uow.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        del trail[so_far:]
