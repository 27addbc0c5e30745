"""What is still open on a checklist, item by item, in words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from resettle.programmes.content import Checklist, ChecklistItem


class Answer(StrEnum):
    MET = "met"
    WAIVED = "waived"
    TO_FOLLOW = "to_follow"


@dataclass(frozen=True, slots=True)
class Ticked:
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    item: ChecklistItem
    reason: str


def open_items(
    checklist: Checklist, ticked: Mapping[str, Ticked], documents: Collection[str] = ()
) -> Iterator[Open]:
    """Tell each item that still stands in the way; `documents` are the kinds that are on file."""
    for item in checklist.items:
        answer = ticked.get(item.code)
        reason = _lacking(item, answer, documents) if answer else "has no answer yet"
        if reason:
            yield Open(item, f"“{item.title}” {reason}.")


def _lacking(item: ChecklistItem, ticked: Ticked, documents: Collection[str]) -> str | None:
    if ticked.answer is Answer.MET:
        return None
    refusal = _refused(item, ticked.answer, documents)
    return refusal or (None if ticked.note.strip() else "needs a note that says why")


def _refused(item: ChecklistItem, answer: Answer, documents: Collection[str]) -> str | None:
    if answer is Answer.TO_FOLLOW:
        return None if item.may_follow else "may not follow later"
    if not item.waivable:
        return "may not be waived"
    if not set(item.instead_one_of) & set(documents):
        wanted = " or ".join(code.replace("_", " ").lower() for code in item.instead_one_of)
        return f"may be waived only with: {wanted}"
    return None
