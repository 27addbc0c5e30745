"""Our own reference numbers, such as R-2026-0042: a row a year, locked while one is taken."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from resettle.core.work import UnitOfWork
from resettle.households.models import ReferenceCounter
from resettle.households.rules import reference


def next_reference(uow: UnitOfWork) -> str:
    return next_references(uow, 1)[0]


def next_references(uow: UnitOfWork, count: int) -> list[str]:
    """Take so many numbers in a row."""
    counter = _locked(uow, uow.today.year)
    taken = range(counter.last + 1, counter.last + 1 + count)
    counter.last += count
    return [reference(counter.year, number) for number in taken]


def _locked(uow: UnitOfWork, year: int) -> ReferenceCounter:
    query = select(ReferenceCounter).where(ReferenceCounter.year == year).with_for_update()
    query = query.execution_options(populate_existing=True, covered=frozenset({ReferenceCounter}))
    found = uow.session.scalar(query)
    if found is not None:
        return found
    # Two may begin a year at once: whoever comes second finds the row of the first.
    with suppress(IntegrityError), uow.session.begin_nested():
        uow.session.add(ReferenceCounter(year=year, last=0))
    return uow.session.scalars(query).one()
