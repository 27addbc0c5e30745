"""Pages on which a consent is recorded and taken back, by the person or with a caseworker."""

from typing import Any
from uuid import UUID

from resettle.consents import schemas, service
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of, members
from resettle.households.rules import is_asked_themselves
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("consents", __name__, template_folder="templates")

ITEMS = [(item.value, plain(item.value)) for item in Item if item is not Item.ALL]
ITEMS = [*ITEMS, (Item.ALL.value, "All that the purpose needs")]
PURPOSES = [(purpose.value, plain(purpose.value)) for purpose in Purpose]
RECIPIENTS = [(kind.value, plain(kind.value)) for kind in RecipientType]
METHODS = {
    Method.SIGNED: "Signed on paper",
    Method.VERBAL_INTERPRETED: "Spoken, with an interpreter",
    Method.GUARDIAN: "A guardian spoke for a child under 16",
}
# How the reader speaks on their own page: for themselves, or for a child whose guardian they are.
_OWN = {
    True: [(Method.OWN_ACCOUNT.value, "In my own account")],
    False: [(Method.GUARDIAN.value, METHODS[Method.GUARDIAN])],
}


@pages.form(
    "/persons/<uuid:person_id>/consents/new",
    permission=Permission.CONSENT_RECORD,
    schema=schemas.RecordConsentSchema(),
    template="consents/record.html",
)
def record(uow: UnitOfWork, form: Form, person_id: UUID) -> dict[str, Any] | Led:
    """Record that somebody agrees to share one thing with one recipient."""
    if form.command:
        entry = service.record(uow, person_id, form.command)
        return _back(uow, entry, "The consent is recorded.")
    person = uow.get(Person, person_id, to=Permission.CONSENT_RECORD)
    household_id = household_of(uow, person.id)
    at_home = [] if household_id is None else members(uow, household_id)
    household = None if household_id is None else uow.find(Household, household_id)
    own = uow.actor.role is Role.HOUSEHOLD_PERSON
    is_asked = is_asked_themselves(uow.today, person.born_on)
    return {
        "name": person.name,
        "household_id": household_id,
        "reference": "" if household is None else household.reference,
        "language": "eng" if household is None else household.primary_language,
        "is_asked": is_asked,
        "guardians": [(m.person_id, m.person.name) for m in at_home if m.person_id != person.id],
        "purposes": PURPOSES,
        "items": ITEMS,
        "recipients": RECIPIENTS,
        "methods": _OWN[is_asked] if own else [(m.value, title) for m, title in METHODS.items()],
        "own": own,
    }


@pages.act(
    "/consents/<uuid:entry_id>/withdrawal",
    permission=Permission.CONSENT_WITHDRAW,
    schema=schemas.WithdrawConsentSchema(),
)
def withdraw(uow: UnitOfWork, form: Form, entry_id: UUID) -> Led:
    """Take a consent back; it counts no more from the next look on."""
    entry = service.withdraw(uow, entry_id, form.command)
    return _back(uow, entry, "The consent is withdrawn. It counts no more from now on.")


def _back(uow: UnitOfWork, entry: ConsentEntry, message: str) -> Led:
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Go("my_household.show_mine", message=message)
    return Go("household_file.consents", message=message, household_id=entry.household_id)
