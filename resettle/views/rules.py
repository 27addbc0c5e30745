"""What a view may ask of the caseload, how its name is compared, and the address that it makes."""

import unicodedata
from urllib.parse import urlencode

MOST = 30
NAME_MAX = 80
USUAL_SORT = "due"
SORTS = ("due", "-due", "name", "-name", "reference", "-reference", "stage", "-stage")


def folded(name: str) -> str:
    """Give what two names must not share: neither case, spaces nor the way of coding tell."""
    return unicodedata.normalize("NFKC", " ".join(name.split()).casefold())


def query_of(q: str | None, stage: str | None, location: str | None, sort: str) -> str:
    """Write what a view asks for as the query of an address; it always holds a sort."""
    asked = {"q": q, "stage": stage, "location": location, "sort": sort}
    return urlencode({name: value for name, value in asked.items() if value})
