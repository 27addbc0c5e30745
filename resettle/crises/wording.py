"""What is said of a crisis to all who may know that its flag is up."""

from collections.abc import Mapping
from typing import Any

from resettle.core.languages import language
from resettle.households import choices
from resettle.programmes.catalogue import Catalogue


def whom(catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    """Say whom a flag concerns: a place or a community, and nobody by name."""
    place = catalogue.place_name(row["location"])
    parts = [
        f"in {place}" if place else "",
        f"who speak {language(row['language'])}" if row["language"] else "",
        f"from {choices.country(row['nationality'])}" if row["nationality"] else "",
    ]
    return "Households " + " ".join(p for p in parts if p) if any(parts) else "Chosen households"
