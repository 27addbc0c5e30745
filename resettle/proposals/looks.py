"""What pages of the board call things: codes as words, for people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.core.languages import language
from resettle.core.work import UnitOfWork
from resettle.matching import words
from resettle.matching.acts import RELEASE_REASONS, RULING_REASONS
from resettle.matching.models import Place
from resettle.programmes.catalogue import Catalogue
from resettle.proposals import queries, shapes
from resettle.proposals.models import PlaceDecision, StepKind
from resettle.proposals.rules import Standing

Shown = dict[str, Any]

STANDINGS: Mapping[Standing, tuple[str, str, str]] = {
    Standing.PROPOSED: ("Proposed", "open", "half"),
    Standing.KEPT: ("Kept here by a person", "done", "done"),
    Standing.MOVED: ("Moved here by a person", "open", "done"),
    Standing.RULED_OUT: ("Ruled out: run again", "late", "stopped"),
    Standing.WAITING: ("No place found", "late", "open"),
    Standing.DECIDED: ("Decided", "done", "done"),
}
STEPS: Mapping[StepKind, str] = {
    StepKind.MOVE: "moved to",
    StepKind.KEEP: "kept in",
    StepKind.FORBID: "kept away from",
    StepKind.FREE: "set free",
}
RULINGS = {"pin": "Kept in", "lock": "Kept in", "forbid": "Kept away from"}
REASONS = [*RULING_REASONS.items()]
DECLINES = [*RELEASE_REASONS.items()]


def card(catalogue: Catalogue, row: Shown) -> Shown:
    """Add to a dumped card the words that its page says."""
    word, tone, shape = STANDINGS[Standing(row["standing"])]
    return {
        **row,
        "standing_word": word,
        "tone": tone,
        "shape": shape,
        "about": about(catalogue, row["about"]),
        "rulings": [
            {
                **each,
                "word": RULINGS[each["kind"]],
                "reason": RULING_REASONS.get(each["reason_code"], each["reason_code"]),
            }
            for each in row["rulings"]
        ],
        "is_decided": row["standing"] == Standing.DECIDED,
    }


def about(catalogue: Catalogue, told: Mapping[str, Any]) -> Shown:
    """Call by their words what is known of a household or a place."""
    name = catalogue.place_name
    return {
        "languages": [language(code) for code in told.get("languages", ())],
        "needs": words.named(told.get("needs", ()), words.SERVICES),
        "wants": words.named(told.get("wants", ()), words.SERVICES),
        "wishes": [name(code) for code in told.get("wishes", ())],
        "ties": [name(code) for code in told.get("ties", ())],
        "waits_since": told.get("waits_since") or "",
        "linked": told.get("linked", 0),
    }


def decided(uow: UnitOfWork, decision: PlaceDecision) -> Shown:
    """Tell of a decision in a line: where to, why otherwise than the run, what became of it."""
    place = uow.find(Place, decision.place_id)
    return {
        **shapes.DecisionRow().one(uow, decision),
        "place": "" if place is None else place.name,
        "reason": RULING_REASONS.get(decision.reason_code or "", ""),
        "declined_for": RELEASE_REASONS.get(decision.decline_reason or "", ""),
    }


def decided_of(uow: UnitOfWork, household_id: UUID) -> list[Shown]:
    """Tell which places a household was offered, the last first."""
    return [decided(uow, each) for each in queries.decisions_about(uow, household_id)]
