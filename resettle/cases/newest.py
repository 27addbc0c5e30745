"""The case of a household that was opened last, in a list of households.

Whoever may see a household may see its case.
"""

from functools import lru_cache
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, and_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from resettle.cases.models import ResettlementCase
from resettle.households.models import Household

T = TypeVar("T")


def newest(column: InstrumentedAttribute[T]) -> ScalarSelect[T]:
    """Ask for a column of the household's case that was opened last, of a list of households.

    It is asked of the rows that are shown alone; a join would be made for all that are sorted.
    """
    query = select(column).where(ResettlementCase.household_id == Household.id)
    order = ResettlementCase.opened_on.desc(), ResettlementCase.id
    return query.order_by(*order).limit(1).correlate(Household).scalar_subquery()


@lru_cache(1)
def newest_case() -> ColumnElement[bool]:
    """Join the case that was opened last."""
    other = aliased(ResettlementCase)
    newest_id = (
        select(other.id)
        .where(other.household_id == Household.id)
        .order_by(other.opened_on.desc(), other.id)
        .limit(1)
        .scalar_subquery()
    )
    return and_(ResettlementCase.household_id == Household.id, ResettlementCase.id == newest_id)
