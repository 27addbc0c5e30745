"""The codes, days and countries of a record, as somebody reads them who reads about themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from resettle.appointments.shapes import SPELLED
from resettle.core.wording import plain
from resettle.documents import rules as documents
from resettle.errf import codes
from resettle.placements.rules import ENGLISH_BANDS
from resettle.plans.views import LEADS, OWNERS
from resettle.records.names import NAMES, OURS
from resettle.roster import shapes as roster
from resettle.statuses.definition import Statuses
from resettle.voices import shapes as voices
from resettle.web.words import day, gettext, land, moment, said, tongue

KNOWS: Mapping[str, str] = {
    "easily": "Easily",
    "not_easily": "Not easily",
    "none": "Not at all",
    "unknown": "Not known",
}
# Codes that are called otherwise than they are written, by the part and the field.
CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"F": "Female", "M": "Male", "X": "Another", "U": "Not known"},
    "decision": {"give": "Agreed", "withdraw": "Taken back"},
    "owner": OWNERS,
    "lead": LEADS,
    "source": {
        "person": "The household itself",
        "unhcr": "United Nations Refugee Agency",
        "inz": "Immigration New Zealand",
        "sponsor": "Sponsor group",
        "provider": "Provider of support",
    },
    "method": {
        "verbal_interpreted": "Said, with an interpreter",
        "interpreter_read": "Said, with an interpreter",
        "signed_form": "Signed",
        "guardian": "The guardian",
        "household_change": "A change of the household",
    },
    "role": {
        "principal": "Principal applicant",
        "partner": "Partner",
        "dependant": "Child or dependant",
    },
    "leave_reason": {
        "moved_out": "Moved out",
        "separated": "Separated",
        "joined_other_household": "Lives in another household",
        "left_new_zealand": "Left New Zealand",
        "died": "Has died",
        "recorded_in_error": "Written down by mistake",
    },
    "understands": KNOWS,
    "speaks": KNOWS,
    "reads": KNOWS,
    "writes": KNOWS,
    "literacy_first_language": KNOWS,
    "transport": {
        "own_way": "They come by themselves",
        "staff_car": "A car of the staff",
        "sponsor_car": "A car of the sponsor group",
        "taxi": "Taxi",
        "bus": "Bus",
        "on_foot": "On foot",
        "at_home": "At home",
    },
    "interpreter_gender": {"woman": "A woman", "man": "A man"},
    "side": {"group": "Sponsor group", "sponsor": "Sponsor group"},
    "by": {"staff": "Caseworker"},
    "item": {"all": "All that the purpose needs"},
    "feeling": dict(voices.FEELINGS),
    "topic": dict(voices.TOPICS),
    "papers.kind": {str(kind): title for kind, title in documents.TITLES.items()},
    "papers.state": {
        "quarantined": "Being checked",
        "too_large": "Too large to be checked",
        "clean": "On file",
    },
    "appointments.kind": SPELLED,
    "appointments.outcome": {
        "planned": "To come",
        "attended": "They were there",
        "late": "They came late",
        "did_not_attend": "Nobody came",
        "cancelled": "Called off",
        "rescheduled": "It was put off",
    },
    "homes.kind": {
        "reception": "Reception centre",
        "transitional": "For a time",
        "settled": "To stay",
        "emergency": "In an emergency",
    },
    "milestones.state": {"not_applicable": "Does not apply"},
    "complaints.complainant": {"person": "One person"},
    "complaints.channel": {
        "in_person": "In person",
        "message": "Message",
        "letter": "Letter",
        "email": "E-mail",
    },
    "complaints.about": {"service": "The service"},
    "visits.kind": {str(kind): title for kind, title in roster.KINDS.items()},
    "visits.status": {str(state): said_[0] for state, said_ in roster.STATES.items()},
    "voices.kind": voices.KINDS,
    "voices.outcome": dict(voices.OUTCOMES),
    "plans.kind": {"settlement": "Plan to settle", "exit": "Plan for the end of support"},
    "route": {"NOMINATED": "Named by a sponsor group"},
}
CODED = frozenset(
    {
        "sex",
        "decision",
        "owner",
        "lead",
        "source",
        "side",
        "by",
        "item",
        "feeling",
        "topic",
        "purpose",
        "method",
        "kind",
        "status",
        "state",
        "outcome",
        "transport",
        "role",
        "leave_reason",
        "marital_status",
        "education_level",
        "channel",
        "about",
        "complainant",
        "ending_kind",
        "reasons",
        "decline_reason",
        "route",
        "understands",
        "speaks",
        "reads",
        "writes",
        "end_reason",
        "literacy_first_language",
        "interpreter_gender",
        "preferred_contact",
        "unready",
        "said",
        "severity",
    }
)


def _as_it_is(code: str) -> str:
    return code


@dataclass(frozen=True, slots=True)
class Words:
    """What the programmes call places and parts of life, and the steps of a plan."""

    place: Callable[[str], str] = _as_it_is
    domains: Mapping[str, str] = field(default_factory=dict)
    scale: Mapping[int, str] = field(default_factory=dict)
    statuses: Statuses = field(default_factory=lambda: Statuses({}))


def told(shelf: str, row: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    """Name what a row says, in the language of its reader; what is empty is left out."""
    for name, value in _in_words(shelf, row, words).items():
        place = f"{shelf}.{name}"
        if value in (None, "", []) or {name, place} & OURS or name.endswith("_id"):
            continue
        yield said(NAMES.get(name, plain(name))), said_of(place, value, words)


def _in_words(shelf: str, row: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """Say what a status is: its code says nothing without its kind."""
    if shelf != "statuses":
        return row
    kind, code = row["kind"], row["code"]
    told_as = {"kind": words.statuses.title(kind), "state": words.statuses.words(kind, code)}
    return {**told_as, **{name: value for name, value in row.items() if name != "kind"}}


def said_of(place: str, value: Any, words: Words) -> str:
    """Write a value as a person reads it: days, countries and languages by their names."""
    match value:
        case list():
            return ", ".join(said_of(place, each, words) for each in value)
        case {"value": code}:
            return said_of(place, code, words)
        case bool():
            return gettext("Yes") if value else gettext("No")
        case _:
            return _written(place, str(value), words)


def _written(place: str, text: str, words: Words) -> str:
    name = place.rpartition(".")[2]
    write = WRITTEN.get(place) or WRITTEN.get(name) or WRITTEN.get(name[-3:])
    if write is not None:
        return write(text, words)
    if name not in CODED:
        return text
    known = CODES.get(place) or CODES.get(name) or {}
    return said(known.get(text, plain(text)))


def _day(text: str, _words: Words) -> str:
    return day(date.fromisoformat(text))


def _moment(text: str, _words: Words) -> str:
    return moment(datetime.fromisoformat(text))


def _country(text: str, _words: Words) -> str:
    return land(text, codes.countries().get(text, text))


def _language(text: str, _words: Words) -> str:
    return tongue(text)


def _relationship(text: str, _words: Words) -> str:
    return said(codes.text("RelationshipCode", text) or text)


def _english(text: str, _words: Words) -> str:
    return said(ENGLISH_BANDS[min(int(text), len(ENGLISH_BANDS) - 1)])


def _place(text: str, words: Words) -> str:
    return words.place(text)


def _domain(text: str, words: Words) -> str:
    return said(words.domains.get(text, text))


def _score(text: str, words: Words) -> str:
    return f"{text} – {said(words.scale.get(int(text), text))}"


def _title(text: str, _words: Words) -> str:
    return said(text)


# By the part and the field, by the field, or by how the field ends.
WRITTEN: Mapping[str, Callable[[str, Words], str]] = {
    **dict.fromkeys(("_on", "answer_by"), _day),
    "_at": _moment,
    **dict.fromkeys(
        ("nationality", "birth_country", "origin_country", "asylum_country", "residence_country"),
        _country,
    ),
    **dict.fromkeys(
        (
            "language",
            "primary_language",
            "interpreter_language",
            "own_language",
            "comment_language",
        ),
        _language,
    ),
    **dict.fromkeys(("relationship", "relationship_code"), _relationship),
    "english_level": _english,
    "location": _place,
    "domain": _domain,
    **dict.fromkeys(("baseline", "target", "ratings.score"), _score),
    "milestones.title": _title,
    **dict.fromkeys(("statuses.kind", "statuses.state"), _title),
}
