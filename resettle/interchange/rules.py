"""What a file must be beyond UNHCR's rules so that it can be kept, and how it is told. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from resettle.errf import Checked, report
from resettle.errf.records import Case, CrossReference

UNREADABLE = "unreadable"
HINDRANCES = frozenset({"birth-date-missing"})
MATCHED = "MATCHED"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a file that `user_id` has sent: theirs to see, and nobody else's."""

    user_id: UUID | None
    errors: Sequence[Any]
    warnings: Sequence[Any]
    cases: Sequence[Any]


def told(checked: Checked, user_id: UUID | None) -> Report:
    return Report(user_id, **report.as_json(checked))


def as_importable(checked: Checked) -> Checked:
    """Judge a file by what our records need, too: a warning that stands in the way is an error.

    A person without a birth date passes UNHCR's check; but every rule of age, school and consent
    would then be a guess, so the date is asked for first.
    """
    hindering = tuple(found for found in checked.warnings if found.rule in HINDRANCES)
    others = tuple(found for found in checked.warnings if found.rule not in HINDRANCES)
    return replace(checked, errors=(*checked.errors, *hindering), warnings=others)


def fault_sentence(count: int) -> str:
    what = "1 error" if count == 1 else f"{count} errors"
    return f"The file has {what}, so nothing of it was imported. Each says what to do."


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def given_up(batch_id: UUID) -> str:
    """Stand in for the hash of a file that was refused, so that the same file may come again."""
    return f"refused:{batch_id}"


def route_of(routes: Sequence[str]) -> str:
    """Choose the route of a case that UNHCR sent: matched by UNHCR, where there is a choice."""
    return next((route for route in routes if route.endswith(MATCHED)), routes[0])


def linked_numbers(case: Case) -> list[str]:
    """Name the other cases that a case is said to belong to, each once."""
    others = (_other(case.number, reference) for reference in case.cross_references)
    found = {number.casefold(): number for number in others if number}
    found.pop(case.number.casefold(), None)
    return list(found.values())


def _other(number: str, reference: CrossReference) -> str:
    from_here = reference.from_number.casefold() == number.casefold()
    return reference.to_number if from_here else reference.from_number


def imported_sentence(day: date, references: Sequence[str]) -> str:
    """Say when a file came in before, and as which households where the reader may know of them."""
    told = f"This file was imported already, on {day:%-d %B %Y}"
    if not references:
        return f"{told}, by another team. Nothing was done twice."
    return f"{told}: {', '.join(references)}. Nothing was done twice."


def known_sentence(known: Iterable[tuple[str, str | None]]) -> str:
    """Say which cases of a file are on record: by reference where the reader may know of them."""
    return " ".join(_known(known)) + " Nothing of the file was imported."


def _known(known: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for number, reference in known:
        if reference is None:
            yield f"Case {number} is known to another team: ask your team leader."
        else:
            yield f"Case {number} is on record as {reference}."
