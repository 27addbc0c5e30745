"""What the caseworkers of the demo look at every week: views of their households."""

from datetime import date

from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.views import service
from resettle.views.acts import SaveView

VIEWS = (
    SaveView(name="First weeks of support", stage="SUPPORT_INTENSIVE"),
    SaveView(name="Not yet here", stage="PRE_DEPARTURE", sort="name"),
    SaveView(name="Longest in their stage", sort="stage"),
)


def keep(past: Past, people: Staff, today: date) -> None:
    """Let each caseworker keep a few views. None opens first, so that all households are seen."""
    for caseworker in people.caseworkers():
        with past.on(today, caseworker) as uow:
            for view in VIEWS:
                service.save(uow, view)
