"""What is decided of incidents without looking anything up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SAFEGUARDING = frozenset(
    {"safeguarding_child", "family_violence", "self_harm", "exploitation_work"}
)
UNREADY_SEVERITY = 3
SERIOUS = 3
SEVERITIES: Mapping[int, str] = {
    1: "Low: nobody was harmed",
    2: "Moderate: somebody was upset, or something was lost",
    3: "Serious: somebody was harmed, or could be",
    4: "Danger now",
}
LOOKED_AT_WITHIN: Mapping[int, int] = {1: 5, 2: 2, 3: 0, 4: 0}
# Says nothing of what was reported, nor that it was: tasks are read by more people than incidents.
LOOK_TITLE = "Open the file: something new needs you"

# When a sponsor group cannot go on: within 24 hours, and then within two weeks.
CONTINUITY_TITLE = "Plan safety and continuity: who supports the household now"
CONTINUITY_WITHIN = 1
SEARCH_TITLE = "Search for a new sponsor group"
SEARCH_WITHIN = 14


@dataclass(frozen=True, slots=True)
class Notice:
    """An agency that was told, and when. Of older rows the moment is not known."""

    agency: str
    at: datetime | None


def is_safeguarding(kind: str) -> bool:
    """Tell whether only those who may read protection notes see an incident of this kind."""
    return kind in SAFEGUARDING


def look_by(severity: int, today: date) -> date:
    """Tell by when somebody has to look at what was reported."""
    return today + timedelta(days=LOOKED_AT_WITHIN[severity])


def written_notices(notices: Sequence[Notice]) -> str:
    told = [{"agency": n.agency, "at": n.at.isoformat() if n.at else None} for n in notices]
    return json.dumps(told, ensure_ascii=False)


def read_notices(text: str | None) -> tuple[Notice, ...]:
    """Read who was told. What was written before there were moments stands as one agency."""
    if not text:
        return ()
    if not text.startswith("["):
        return (Notice(text, None),)
    return tuple(
        Notice(each["agency"], datetime.fromisoformat(each["at"]) if each["at"] else None)
        for each in json.loads(text)
    )


def read_ids(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def with_id(text: str | None, id_: object) -> str:
    return json.dumps([*read_ids(text), str(id_)])


def notice_fault(at: datetime, now: datetime, on: date, happened_on: date) -> str | None:
    """Tell what is wrong with the moment at which an agency was told; `on` is its day here."""
    if at > now:
        return "This moment has not come yet."
    return "This was before the incident." if on < happened_on else None


def unready_text(missing: tuple[str, ...]) -> str:
    return "The household was placed before the house was ready. Missing: " + "; ".join(missing)
