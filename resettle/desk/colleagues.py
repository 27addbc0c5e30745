"""Who looks after a household, by name: for the household itself, and for its caseworkers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy import or_

from resettle.accounts.models import UserAccount
from resettle.cases.models import Assignment
from resettle.core.classes import OPS
from resettle.core.work import UnitOfWork
from resettle.web.schema import Shape

KINDS: Mapping[str, str] = {
    "primary": "Caseworker",
    "second": "Second caseworker",
    "cover": "Stands in",
}


class HelperShape(Shape):
    class Meta:
        model = Assignment

    id = fields.UUID()
    household_id = fields.UUID()
    kind = fields.String()
    from_on = fields.Date()
    until_on = fields.Date()
    # Name and address of somebody at work, which those they work for may know.
    name = fields.String(metadata=dict(OPS))
    email = fields.String(metadata=dict(OPS))


def helpers(uow: UnitOfWork, household_id: UUID) -> list[dict[str, Any]]:
    """Tell who looks after a household today, its primary caseworker first."""
    query = (
        uow.columns(
            Assignment,
            Assignment.id.label("id"),
            Assignment.household_id.label("household_id"),
            Assignment.kind.label("kind"),
            Assignment.from_on.label("from_on"),
            Assignment.until_on.label("until_on"),
            UserAccount.name.label("name"),
            UserAccount.email.label("email"),
        )
        .join(UserAccount, UserAccount.id == Assignment.user_id)
        .where(
            Assignment.household_id == household_id,
            or_(Assignment.until_on.is_(None), Assignment.until_on > uow.today),
        )
    )
    rows = uow.rows(uow.touching(query.order_by(Assignment.from_on), UserAccount))
    told = HelperShape().many_of(uow, rows)
    ordered = sorted(told, key=lambda row: [*KINDS].index(row["kind"]))
    return [{**row, "what": KINDS[row["kind"]]} for row in ordered]
