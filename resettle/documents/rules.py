"""What is decided of documents without looking anything up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from resettle.core.classes import DataClass

AHEAD = timedelta(days=30)
UNDO = timedelta(days=7)
ORPHANED = timedelta(hours=1)
NEXT_DAY = timedelta(days=1)
NEXT_SCAN = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


class Kind(StrEnum):
    RRF = "RRF"
    MAF = "MAF"
    BIA = "BIA"
    BID = "BID"
    PASSPORT = "PASSPORT"
    TRAVEL_DOCUMENT = "TRAVEL_DOCUMENT"
    ID_CARD = "ID_CARD"
    BIRTH_CERT = "BIRTH_CERT"
    MARRIAGE_CERT = "MARRIAGE_CERT"
    CUSTODY = "CUSTODY"
    COMBINED_DECLARATION = "COMBINED_DECLARATION"
    POLICE_CERT = "POLICE_CERT"
    VISA = "VISA"
    TENANCY = "TENANCY"
    PLAN = "PLAN"
    REPORT = "REPORT"
    CONSENT = "CONSENT"
    APPLICATION_FORM = "APPLICATION_FORM"
    CV = "CV"
    QUALIFICATION = "QUALIFICATION"
    SCHOOL_REPORT = "SCHOOL_REPORT"
    OTHER = "OTHER"


class Confidentiality(StrEnum):
    """Who may open a document, among those who may know of it at all."""

    NORMAL = "NORMAL"
    RESTRICTED = "RESTRICTED"
    HEALTH = "HEALTH"


class State(StrEnum):
    QUARANTINED = "quarantined"
    # Larger than the scanner takes: held back until it takes larger files, or a smaller one comes.
    TOO_LARGE = "too_large"
    CLEAN = "clean"
    REFUSED = "refused"


HELD_BACK = (State.QUARANTINED, State.TOO_LARGE)


class Standing(StrEnum):
    """How it stands with a paper that a stage asks for."""

    ON_FILE = "on_file"
    EXPIRED = "expired"
    WAIVED = "waived"
    TO_FOLLOW = "to_follow"
    ANSWERED = "answered"
    MISSING = "missing"


TITLES: Mapping[Kind, str] = {
    Kind.RRF: "Resettlement Registration Form (UNHCR)",
    Kind.MAF: "Medical assessment form",
    Kind.BIA: "Best interests assessment",
    Kind.BID: "Best interests determination",
    Kind.PASSPORT: "Passport",
    Kind.TRAVEL_DOCUMENT: "Travel document",
    Kind.ID_CARD: "Identity card",
    Kind.BIRTH_CERT: "Birth certificate",
    Kind.MARRIAGE_CERT: "Marriage certificate",
    Kind.CUSTODY: "Custody document",
    Kind.COMBINED_DECLARATION: "Combined declaration",
    Kind.POLICE_CERT: "Police certificate",
    Kind.VISA: "Visa",
    Kind.TENANCY: "Tenancy agreement",
    Kind.PLAN: "Plan",
    Kind.REPORT: "Report",
    Kind.CONSENT: "Signed consent",
    Kind.APPLICATION_FORM: "Application form",
    Kind.CV: "CV",
    Kind.QUALIFICATION: "Qualification",
    Kind.SCHOOL_REPORT: "School report",
    Kind.OTHER: "Other document",
}
# What a document of this kind holds at the least, whatever whoever files it believes.
LEAST: Mapping[Kind, Confidentiality] = {
    Kind.MAF: Confidentiality.HEALTH,
    **dict.fromkeys(
        (
            Kind.RRF,
            Kind.BIA,
            Kind.BID,
            Kind.PASSPORT,
            Kind.TRAVEL_DOCUMENT,
            Kind.ID_CARD,
            Kind.BIRTH_CERT,
            Kind.MARRIAGE_CERT,
            Kind.CUSTODY,
            Kind.COMBINED_DECLARATION,
            Kind.POLICE_CERT,
            Kind.VISA,
            Kind.APPLICATION_FORM,
        ),
        Confidentiality.RESTRICTED,
    ),
}
# Written by others about a person: the person asks for it, and somebody reads it over first.
NOT_FOR_THE_FAMILY = frozenset({Kind.RRF, Kind.BIA, Kind.BID, Kind.REPORT})
# What people bring themselves: papers that were given to them.
BROUGHT = frozenset(
    {
        Kind.PASSPORT,
        Kind.TRAVEL_DOCUMENT,
        Kind.ID_CARD,
        Kind.BIRTH_CERT,
        Kind.MARRIAGE_CERT,
        Kind.CUSTODY,
        Kind.POLICE_CERT,
        Kind.VISA,
        Kind.TENANCY,
        Kind.CV,
        Kind.QUALIFICATION,
        Kind.SCHOOL_REPORT,
        Kind.OTHER,
    }
)
# Each paper names people, so to open one is a look at them too.
CLASSES: Mapping[Confidentiality, frozenset[DataClass]] = {
    Confidentiality.NORMAL: frozenset({DataClass.IDENT, DataClass.PLAN}),
    Confidentiality.RESTRICTED: frozenset({DataClass.IDENT, DataClass.ORIGIN}),
    Confidentiality.HEALTH: frozenset({DataClass.IDENT, DataClass.HEALTH}),
}
SERVES: Mapping[str, frozenset[Kind]] = {
    "TRAVEL_DOCUMENT": frozenset({Kind.PASSPORT, Kind.TRAVEL_DOCUMENT, Kind.ID_CARD}),
    "BIRTH_CERT": frozenset({Kind.BIRTH_CERT, Kind.ID_CARD}),
    "CUSTODY": frozenset({Kind.CUSTODY, Kind.BIA, Kind.BID}),
}


def fitting(kind: Kind, wanted: Confidentiality | None) -> Confidentiality:
    """Give the class that a document gets: the one wanted, unless its kind asks for more."""
    least = LEAST.get(kind, Confidentiality.NORMAL)
    return least if wanted is None or wanted is Confidentiality.NORMAL else wanted


def class_fault(kind: Kind, wanted: Confidentiality) -> str | None:
    """Say why a document of this kind may not be filed in this class."""
    least = LEAST.get(kind, Confidentiality.NORMAL)
    if wanted is least or least is Confidentiality.NORMAL:
        return None
    if least is Confidentiality.RESTRICTED and wanted is Confidentiality.HEALTH:
        return None
    return f"{TITLES[kind]}: this kind is always {least.value.lower()}."


def day_faults(
    issued_on: date | None, expires_on: date | None, today: date
) -> dict[str, list[str]]:
    """Tell what is wrong with the days on a document."""
    faults = {}
    if issued_on is not None and issued_on > today:
        faults["issued_on"] = ["This day has not come yet."]
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        faults["expires_on"] = ["This is before the day of issue."]
    return faults


def serving(wanted: str) -> frozenset[str]:
    """Name the kinds that meet a line of a checklist which asks for one kind."""
    return frozenset(kind.value for kind in SERVES.get(wanted, ())) | {wanted}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a checklist has to know of a document on file."""

    kind: str
    person_id: object
    expires_on: date | None


def standing(
    wanted: str, person_id: object, answer: str, papers: Collection[Paper], today: date
) -> Standing:
    """Say how it stands with one line: a paper on file counts for more than what was answered."""
    kinds = serving(wanted)
    found = [p for p in papers if p.kind in kinds and person_id in {None, p.person_id}]
    if any(p.expires_on is None or p.expires_on >= today for p in found):
        return Standing.ON_FILE
    if found:
        return Standing.EXPIRED
    answered = {
        "met": Standing.ANSWERED,
        "waived": Standing.WAIVED,
        "to_follow": Standing.TO_FOLLOW,
    }
    return answered.get(answer, Standing.MISSING)


def may_restore(removed_at: datetime, now: datetime) -> bool:
    return now - removed_at <= UNDO


def next_scan(tries: int) -> timedelta:
    """Say how long to wait before the scanner is asked again."""
    return NEXT_SCAN[min(tries, len(NEXT_SCAN)) - 1]
