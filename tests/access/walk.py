"""The walk: every way in, as every principal, for every id; what each answer told."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from werkzeug.routing import Rule

from resettle.consents.models import Item
from tests.access import targets
from tests.access.acts import Act
from tests.access.arranged import Asking
from tests.access.cast import World
from tests.access.forms import FORMS
from tests.access.oracle import shared
from tests.access.plan_acts import PLAN_ACTS
from tests.access.principals import RELATIONS
from tests.access.requests import Sender, Told, path_of, usual
from tests.access.targets import Target
from tests.access.week_acts import WEEK_ACTS

EXPECTED = Path(__file__).parent / "expected.csv"
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One request of the walk: who asked for what, and what came of it."""

    method: str
    rule: Rule
    principal: str
    target: Target
    path: str
    told: Told

    @property
    def words(self) -> str:
        where = f"{self.target.household} {self.target.who}".strip() or "-"
        whose = "never" if self.target.never else self.target.relation
        return f"{self.method} {self.rule.rule} as {self.principal} ({whose}, {where})"


def expected() -> dict[tuple[str, str], Line]:
    """Read the table that people wrote: what each way in answers to whom.

    The evaluator stands last, and may be left out of a line: then the way in is shut to them.
    """
    with EXPECTED.open(newline="") as file:
        lines = [*csv.DictReader(file, restval="403")]
    told = {(line["method"], line["rule"]): line for line in lines}
    assert len(told) == len(lines), "A way in stands twice in tests/access/expected.csv."
    return told


def columns() -> list[str]:
    return [f"{name}/{relation}" for name, found in RELATIONS.items() for relation in found]


SHUT = frozenset({"", "401", "403"})


def walk(sender: Sender, made: World, ways: str = "", part: slice = slice(None)) -> Iterator[Cell]:
    """Send every request there is, to all ways in, to those that hold a text, or a part of them.

    Where the table shuts a principal out whatever the household, the door is tried with one that
    is there and one that never was: what lies behind it is not looked up.
    """
    lines = expected()
    asked = [(method, rule) for method, rule in targets.rules(sender.app) if ways in rule.rule]
    for method, rule in asked[part]:
        for principal in RELATIONS:
            found = [*targets.targets(rule, principal, made)]
            if answers(lines[method, rule.rule], principal) <= SHUT:
                found = found[:1] + found[-1:] if len(found) > 1 else found
            for target in found:
                yield cell(sender, made, method, rule, principal, target)


def answers(line: Line, principal: str) -> set[str]:
    """Give all that a line of the table says of a principal."""
    return {line[f"{principal}/{relation}"] for relation in RELATIONS[principal]}


# What people type into forms; bodies for the API are made from its description.
TYPED = {**PLAN_ACTS, **WEEK_ACTS}
FILLED = {**FORMS, **{ask: act for ask, act in TYPED.items() if "/api/" not in ask[1]}}


def cell(
    sender: Sender, made: World, method: str, rule: Rule, principal: str, target: Target
) -> Cell:
    path = path_of(sender.app, rule, target)
    asking = asking_of(made, principal, target)
    act = FILLED.get((method, rule.rule), Act())
    sent = usual(sender, method, rule, asking.ids, act.body(asking) or {})
    told = sender.send(principal, method, path, **sent)
    return Cell(method, rule, principal, target, path, told)


def asking_of(made: World, principal: str, target: Target) -> Asking:
    """Give the ids that a body may name: the target's own, and such as go with them."""
    people = made.households.get(target.household, made.households["main"])
    spare = made.groups["near"] | made.users["colleague"] | people["first"] | people[""]
    ids = {**spare, **target.ids}
    return Asking(principal, target.relation, ids, people["spouse"], people["child"])


VALUES = {"", "ok", "open", "shared", "401", "403", "404", "409", "422"}
"""What a field of the table can say: a status, or one of the words that `fits` explains."""

DONE = frozenset({200, 201, 204, 303})
DOMAIN = frozenset({409, 412, 422})
DOORS = frozenset({200, 204, 303, 401, 404, 409, 410, 422})


def fits(wanted: str, cell: Cell) -> bool:  # noqa: PLR0911  # one a word
    """Say whether an answer is what the table says.

    `ok` lets the request in: it is done, or the state of the record or the plausible body is
    refused in its own words. `open` is a door, which lets in or not by what is sent; `shared`
    depends on what the person has agreed to share.
    """
    status = cell.told.status
    match wanted:
        case "ok" if cell.method == "GET":
            return status == 200
        case "ok":
            return status in DONE | DOMAIN
        case "refused":
            return status in {401, 403, 404}
        case "open":
            return status in DOORS
        case "shared":
            return (status == 200) is (Item.PHOTO in shared(cell.target.household, cell.target.who))
        case _:
            return wanted == str(status)


def wanted_of(lines: Mapping[tuple[str, str], Line], cell: Cell) -> str:
    """Look up what the table says of one request.

    What never was is 404 to whoever gets as far as asking for a row.
    """
    line = lines[cell.method, cell.rule.rule]
    if cell.target.never:
        return "refused" if answers(line, cell.principal) <= SHUT else "404"
    return line[f"{cell.principal}/{cell.target.relation}"]
