"""What a run knew, read back as it was frozen; and how it is kept with a decision."""

import json
from typing import Any

from resettle.matching import words
from resettle.matching.facts import Family, Measure, Spot, read
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun
from resettle.proposals import rules
from resettle.proposals.rules import Option

NOTHING = {"version": "", "rules": (), "weights": {}, "linked": "free", "longest_wait_days": 1}


def measure(run: MatchRun) -> Measure:
    return read(Measure, {**NOTHING, **run.rules})


def spot(row: MatchPlace) -> Spot:
    known = {"id": str(row.place_id), "name": "", "location": "", "persons": 0}
    return read(Spot, {**known, **row.facts})


def family(row: MatchHousehold) -> Family:
    """Read what was known of a household, with the places that were not open to it."""
    known = {"id": str(row.household_id), "persons": row.persons}
    closed = json.loads(row.closed or "[]")
    return read(Family, {**row.facts, **known, "closed": closed})


def told(option: Option, name: str, persons: int) -> dict[str, Any]:
    """Write down of one place what it would have been for a household, and why not."""
    return {
        "place_id": option.place_id,
        "name": name,
        "points": rules.share(option.weight, persons),
        "parts": [
            {"name": words.CRITERIA[each], "points": rules.share(value, persons)}
            for each, value in option.parts.items()
            if rules.share(value, persons)
        ],
        "why_not": [words.RULES[each] for each in option.why_not],
    }
