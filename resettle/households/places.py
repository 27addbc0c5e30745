"""Where a household is to live: the code of a place on the list, or the name of another town."""

from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.households import rules
from resettle.households.models import Stream
from resettle.programmes.catalogue import Catalogue


def known_location(uow: UnitOfWork, text: str) -> str:
    """Give the code of a settlement location that was written as its name; else the text itself."""
    return rules.known_location(text, _names(uow))


def place_for(uow: UnitOfWork, stream: Stream, text: str) -> str:
    """Give the place that was meant for a household of a stream.

    Raises Invalid for what is no place, or none to which the quota resettles.
    """
    location = known_location(uow, text)
    if fault := rules.place_fault(location, _names(uow), anywhere=stream is Stream.CORS):
        raise Invalid({"location": [fault]})
    return location


def _names(uow: UnitOfWork) -> dict[str, str]:
    locations = uow.use(Catalogue).locations
    return {code: known.name for code, known in locations.items()}
