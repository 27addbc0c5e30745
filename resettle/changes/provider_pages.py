"""The page on which the households of some places go from one provider to another."""

from typing import Any

from resettle.cases import assigning
from resettle.changes import providers
from resettle.changes.page_schemas import ProviderForm
from resettle.changes.schemas import TakenOverShape
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("providers", __name__, template_folder="templates")


@pages.form(
    "/provider-change",
    permission=Permission.PROVIDER_CHANGE,
    schema=ProviderForm(),
    template="changes/provider.html",
)
def change(uow: UnitOfWork, form: Form) -> dict[str, Any] | Led:
    """Hand all active households of some places to another provider on a day."""
    if form.command and form.values.get("confirmed"):
        done = providers.change_provider(uow, form.command)
        went = sum(each.user_id is not None for each in done)
        left = [f"{each.reference}: {each.why_not}" for each in done if each.why_not]
        message = " ".join([f"{went} of {len(done)} households go to the new provider.", *left])
        return Go("providers.change", message=message)
    if form.command:
        found = providers.preview_provider(uow, form.command)
        return {"preview": TakenOverShape().many_of(uow, found)}
    locations = uow.use(Catalogue).locations
    names = {each.name for known in locations.values() for each in known.providers}
    workers = assigning.caseworkers(uow)
    return {
        "places": [(code, known.name) for code, known in locations.items()],
        "providers": [(name, name) for name in sorted(names)],
        "workers": workers,
        "names": dict(workers),
        "today": uow.today,
    }
