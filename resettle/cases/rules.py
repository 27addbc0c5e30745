"""What is decided of a case without looking anything up: its places, and its checklist lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from resettle.programmes.blocks import Cap, CapPer
from resettle.programmes.checklists import Answer, Ticked, open_items
from resettle.programmes.content import Checklist, ChecklistItem
from resettle.programmes.definition import Programme
from resettle.programmes.workflow import Place, Side, Stage, Workflow

SHORTEST_REASON = 10
EXIT_REASONS = "exit_reason"
WITHDRAWN, OTHER = "WITHDRAWN", "OTHER"
SUBMITTED, NOMINATED = "SUBMITTED", "NOMINATED"
OF_PERSON = "person"
OF_CASE = frozenset({"case", "household"})


@dataclass(frozen=True, slots=True)
class Taken:
    """The places of one case that counts: persons of the whole case, whoever the ground is."""

    persons: int
    year: str
    version: int
    cap_group: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Room:
    """What is taken of one cap, and what is left, in persons."""

    cap: Cap
    year: str | None
    reserved: int
    used: int

    @property
    def code(self) -> str:
        return self.cap.code

    @property
    def title(self) -> str:
        return self.cap.title

    @property
    def persons(self) -> int:
        return self.cap.persons

    @property
    def overflow(self) -> int:
        return self.cap.overflow

    @property
    def at_least(self) -> bool:
        return self.cap.at_least

    @property
    def taken(self) -> int:
        return self.reserved + self.used

    @property
    def left(self) -> int:
        return max(self.cap.persons - self.taken, 0)


def room(cap: Cap, taken: Iterable[Taken], *, year: str, version: int) -> Room:
    """Measure a cap of one programme year, or of all years of one version."""
    yearly = cap.per is CapPer.YEAR
    counted = [
        each
        for each in taken
        if _concerns(cap, each) and (each.year == year if yearly else each.version == version)
    ]
    used = sum(each.persons for each in counted if each.place is Place.USED)
    reserved = sum(each.persons for each in counted if each.place is Place.RESERVED)
    return Room(cap, year if yearly else None, reserved, used)


def _concerns(cap: Cap, taken: Taken) -> bool:
    return not cap.subcategories or taken.cap_group in cap.subcategories


def place_of(workflow: Workflow, stage: str, left: str | None) -> Place | None:
    """Tell what a case does to the places: on hold it keeps what it had, withdrawn it frees it."""
    found = workflow.stage(stage)
    if isinstance(found, Side) and found.returns and not found.place and left is not None:
        return workflow.stage(left).place
    return found.place


def left_by(stage: Stage, left: str | None) -> str | None:
    """Name the stage to return to after leaving this one for a side state."""
    return left if stage.side or stage.final else stage.code


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a case's checklist should have."""

    list_code: str
    item_code: str
    person_id: UUID | None


def lines(programme: Programme, births: Sequence[tuple[UUID, date]], day: date) -> Iterator[Line]:
    """Name every checklist line of a case: each item once, or once a person it is asked of."""
    for checklist in _case_checklists(programme):
        for item in checklist.items:
            for person in _persons(programme, item, births, day):
                yield Line(checklist.code, item.code, person)


def _case_checklists(programme: Programme) -> Iterator[Checklist]:
    groups = {OF_PERSON, *OF_CASE, *(group.code for group in programme.age_groups)}
    named = {stage.checklist for stage in programme.stages if stage.checklist}
    for checklist in programme.checklists:
        if checklist.code in named and all(item.per in groups for item in checklist.items):
            yield checklist


def _persons(
    programme: Programme,
    item: ChecklistItem,
    births: Sequence[tuple[UUID, date]],
    day: date,
) -> Sequence[UUID | None]:
    if item.per in OF_CASE:
        return [None]
    if item.per == OF_PERSON:
        return [person for person, _ in births]
    group = next(group for group in programme.age_groups if group.code == item.per)
    return [person for person, born in births if group.has(born, day)]


def fault_of_item(
    checklist: Checklist, item: ChecklistItem, answer: Answer, note: str, instead: str | None
) -> str | None:
    """Tell in words why an item cannot be answered so, or None if it can."""
    alone = replace(checklist, items=(item,))
    documents = [instead] if instead else []
    found = open_items(alone, {item.code: Ticked(answer, note)}, documents)
    return next((each.reason for each in found), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a move into a stage asks for beside the day; `reasons` names the list of codes."""

    fields: tuple[str, ...] = ()
    reasons: str | None = None


def asked(stage: Stage) -> Asked:
    """Tell what a stage asks of whoever moves a case into it: at the end, why it ended."""
    if isinstance(stage, Side):
        return Asked(stage.asks, stage.reasons)
    return Asked(("reason",), EXIT_REASONS) if stage.final else Asked()


def end_of(workflow: Workflow, *, came: bool) -> Stage | None:
    """Choose where a case ends whose people are gone: completed if they came, else withdrawn."""
    if came:
        return next((stage for stage in workflow.steps if stage.final), None)
    return next((side for side in workflow.sides if side.code == WITHDRAWN and side.final), None)


def start_of(workflow: Workflow, route: str | None, *, submitted: bool) -> str:
    """Choose where a case begins: where its route begins, or later if it is submitted already."""
    if route in workflow.start:
        return str(route)
    if submitted and SUBMITTED in workflow.start:
        return SUBMITTED
    return next((code for code in workflow.start if code != NOMINATED), workflow.start[0])


def day_fault(on: date, since: date, today: date) -> str | None:
    """Say what is wrong with the day of a move, if something is."""
    if on > today:
        return "This day has not come yet."
    if on < since:
        return f"The case has been in its stage only since {since:%-d %B %Y}."
    return None


def period_fault(start: date, end: date | None, *, needs_end: bool) -> dict[str, list[str]]:
    """Tell what is wrong with the days of an assignment, field by field."""
    if needs_end and end is None:
        return {"until_on": ["Cover has an end: name the day on which it falls back."]}
    if end is not None and end <= start:
        return {"until_on": ["The end must lie after the beginning."]}
    return {}
