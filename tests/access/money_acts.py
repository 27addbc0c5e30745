"""Each act on a group's money with a body that a person would send."""

from collections.abc import Mapping

from resettle.core.work import UnitOfWork
from resettle.funds.models import FundEntry
from resettle.funds.rules import State
from tests.access.acts import EARLIER, TODAY, Act, reasoned, sends
from tests.access.arranged import Asking
from tests.functional import bodies


def approved(uow: UnitOfWork, asking: Asking) -> None:
    entry = uow.find(FundEntry, asking.ids["fund_entry_id"])
    assert entry is not None
    entry.state = State.APPROVED


def _spent(asking: Asking) -> Mapping[str, str]:
    spent = {"amount": "45.90", "category": "food", "happened_on": EARLIER}
    return {**spent, "member_id": str(asking.ids["member_id"])}


FUNDS = "/sponsor-groups/<uuid:group_id>/funds"
ENTRY = "/fund-entries/<uuid:fund_entry_id>"
CLAIM = sends(amount="12.00", category="fuel", happened_on=EARLIER)
GIFT = sends(kind="donation_cash", amount="100", happened_on=EARLIER)
PLEDGE = sends(amount="50", pledged_on=EARLIER, first_on=TODAY)
BUDGET = sends(category="rent", amount="2400")
BACK = sends(amount="5.00", happened_on=TODAY)

MONEY_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", rule): act
    for rule, act in {
        f"/api{FUNDS}/gifts": GIFT,
        f"/api{FUNDS}/spending": Act(_spent),
        f"/api{FUNDS}/claims": CLAIM,
        f"/api{FUNDS}/pledges": PLEDGE,
        f"/api{FUNDS}/budget": BUDGET,
        f"/api{ENTRY}/approval": Act(),
        f"/api{ENTRY}/refusal": reasoned(),
        f"/api{ENTRY}/withdrawal": Act(),
        f"/api{ENTRY}/correction": Act(reasoned().body, approved),
        f"/api{ENTRY}/refunds": Act(BACK.body, approved),
        f"/api{ENTRY}/receipts": Act(files=bodies.picture),
        "/api/fund-pledges/<uuid:pledge_id>/withdrawal": reasoned(),
        f"{FUNDS}/gifts/new": GIFT,
        f"{FUNDS}/spending/new": Act(_spent),
        f"{FUNDS}/claims/new": CLAIM,
        f"{FUNDS}/pledges/new": PLEDGE,
        f"{FUNDS}/budget/new": BUDGET,
        f"{ENTRY}/approval": Act(),
        f"{ENTRY}/refusal": reasoned(),
        f"{ENTRY}/withdrawal": Act(),
        f"{ENTRY}/correction": Act(reasoned().body, approved),
        f"{ENTRY}/refund": Act(BACK.body, approved),
        f"{ENTRY}/receipts/new": Act(files=bodies.picture),
        "/fund-pledges/<uuid:pledge_id>/withdrawal": reasoned(),
    }.items()
}
