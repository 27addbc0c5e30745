"""What is wrong with a place or an offer, field by field."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from resettle.matching.acts import AddPlace, ChangePlace, MakeOffer
from resettle.programmes.placement import Kind

FIGURES = (
    *("persons", "households", "most_persons", "languages", "interpreters", "services"),
    *("work", "prefers", "houses", "step_free", "wait_days", "basis"),
)
Faults = dict[str, list[str]]


def plain(value: Any) -> Any:
    """Give a list as the database keeps it: each entry once, in order."""
    return sorted({*value}) if isinstance(value, list | tuple) else value


def figures_of(offer: Any) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in FIGURES}


def place_faults(command: AddPlace, programmes: Collection[str]) -> Faults:
    faults = _common(command.programmes, command.closes_on, command.opens_on, programmes)
    if command.kind is Kind.GROUP and command.group_id is None:
        faults["group_id"] = ["Choose the sponsor group."]
    if command.kind is Kind.LOCATION and not (command.location or "").strip():
        faults["location"] = ["Choose the location, or write the name of the town."]
    if command.kind is Kind.LOCATION and command.group_id is not None:
        faults["group_id"] = ["A settlement location is of no group."]
    return faults


def change_faults(command: ChangePlace, opens_on: date, programmes: Collection[str]) -> Faults:
    return _common(command.programmes or (), command.closes_on, opens_on, programmes)


def _common(
    named: Collection[str], closes_on: date | None, opens_on: date, programmes: Collection[str]
) -> Faults:
    faults: Faults = {}
    if strange := [code for code in named if code not in programmes]:
        faults["programmes"] = [f"There is no programme {strange[0]}."]
    if closes_on is not None and closes_on <= opens_on:
        faults["closes_on"] = ["A place closes after it opens."]
    return faults


def offer_faults(command: MakeOffer, opens_on: date) -> Faults:
    faults = figure_faults(figures_of(command))
    if command.from_on < opens_on:
        faults["from_on"] = ["The place is not open yet on this day."]
    if command.to_on is not None and command.to_on <= command.from_on:
        faults["to_on"] = ["An offer ends after it begins."]
    return faults


def figure_faults(figures: Mapping[str, Any]) -> Faults:
    faults: Faults = {}
    if figures["step_free"] > figures["houses"]:
        faults["step_free"] = ["No more houses are without steps than are at hand."]
    most = figures["most_persons"]
    if most is not None and most > figures["persons"]:
        faults["most_persons"] = ["A household cannot be larger than the room for all."]
    return faults
