"""The forms of a ledger: what was promised, given and spent, and what is to be spent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.core import money
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import queries, receipts, schemas, service, telling, totals
from resettle.funds.models import FundEntry
from resettle.sponsors.models import SponsorGroup
from resettle.web.bodies import Upload
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("fund_forms", __name__, url_prefix="/sponsor-groups/<uuid:group_id>/funds")

Shown = dict[str, Any]
RECORDED = "It is recorded. Somebody who neither spent nor recorded it approves it."


@pages.form(
    "/claims/new",
    permission=Permission.FUNDS_CLAIM,
    schema=schemas.ClaimSpendingSchema(),
    template="funds/claim.html",
)
def claim(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record what one has spent for the group, with the photo of the receipt."""
    if form.command:
        entry = service.claim(uow, group_id, form.command)
        _keep(uow, entry, form.files)
        return _to(group_id, RECORDED)
    return _asked(uow, group_id, Permission.FUNDS_CLAIM)


@pages.form(
    "/spending/new",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.RecordSpendingSchema(),
    template="funds/spending.html",
)
def spending(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record what a member has spent."""
    if form.command:
        entry = service.record_spending(uow, group_id, form.command)
        _keep(uow, entry, form.files)
        return _to(group_id, RECORDED)
    return {
        **_asked(uow, group_id, Permission.FUNDS_RECORD),
        "members": telling.members(uow, group_id),
    }


def _keep(uow: UnitOfWork, entry: FundEntry, files: Sequence[Upload]) -> None:
    for upload in files:
        if upload.name or upload.data:
            receipts.add(uow, entry.id, upload.data)


@pages.form(
    "/gifts/new",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.RecordGiftSchema(),
    template="funds/gift.html",
)
def gift(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record what the group was given."""
    if form.command:
        service.record_gift(uow, group_id, form.command)
        return _to(group_id, "The donation is recorded.")
    return {
        **_asked(uow, group_id, Permission.FUNDS_RECORD),
        "kinds": telling.GIFTS,
        "valuations": telling.VALUATIONS,
        "pledges": _open_pledges(uow, group_id),
    }


def _open_pledges(uow: UnitOfWork, group_id: UUID) -> list[tuple[UUID, str]]:
    came = totals.promises(uow, group_id)
    return [
        (pledge.id, f"{pledge.pledger or 'Somebody'}, {money.written(pledge.total)}")
        for pledge in queries.pledges(uow, group_id)
        if came[pledge.id].outstanding
    ]


@pages.form(
    "/pledges/new",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.MakePledgeSchema(),
    template="funds/pledge.html",
)
def pledge(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Put down what somebody has promised."""
    if form.command:
        service.pledge(uow, group_id, form.command)
        return Go("funds.pledges", message="The pledge is recorded.", group_id=group_id)
    return _asked(uow, group_id, Permission.FUNDS_RECORD)


@pages.form(
    "/budget/new",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.SetBudgetSchema(),
    template="funds/budget.html",
)
def budget(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Say how much is to be spent on something."""
    if form.command:
        service.set_budget(uow, group_id, form.command)
        return _to(group_id, "The budget is set.")
    return _asked(uow, group_id, Permission.FUNDS_RECORD)


def _asked(uow: UnitOfWork, group_id: UUID, to: Permission) -> Shown:
    group = uow.get(SponsorGroup, group_id, to=to)
    return {
        **telling.cover(uow, group),
        "categories": telling.CATEGORIES,
        "households": telling.households(uow, group.id),
        "today": uow.today,
    }


def _to(group_id: UUID, message: str) -> Led:
    return Go("funds.show", message=message, group_id=group_id)
