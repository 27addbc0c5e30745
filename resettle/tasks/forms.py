"""The forms of tasks: what a page sends, where a field that is left empty is taken away."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from marshmallow import fields

from resettle.tasks import acts
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit
from resettle.tasks.schemas import LONG, LONGEST_PAUSE, MOST, SHORT, AddTaskSchema
from resettle.tasks.several import Outcomes
from resettle.web.fields import Day, Id, Many, Name, Text, Whole
from resettle.web.schema import Command

AddTaskForm = AddTaskSchema


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was ticked in a list, which may be nothing."""

    task_ids: list[UUID] = field(default_factory=list)


class TickedSchema(Command[Ticked]):
    makes = Ticked

    task_ids = Many(Id(), most=MOST)


class ChangeTaskForm(Command[acts.ChangeTask]):
    makes = acts.ChangeTask

    title = Name(SHORT, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    due_on = Day(required=True)
    detail = Text(LONG, load_default=None)
    person_id = Id(load_default=None)
    assignee_id = Id(load_default=None)
    handover = fields.Enum(HandoverLevel, by_value=True, load_default=None)
    repeat_every = Whole(1, LONGEST_PAUSE, load_default=None)
    repeat_unit = fields.Enum(RepeatUnit, by_value=True, load_default=None)
    repeat_until = Day(load_default=None)


def every(number: int, unit: str) -> str:
    """Say how often something comes again: every week, every 3 months."""
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def told(found: Outcomes) -> str:
    """Say how many tasks are done, and what came of the others, each reason once."""
    done = "1 task is done." if found.count == 1 else f"{found.count} tasks are done."
    reasons = Counter(each.why_not for each in found.tasks if each.why_not)
    return " ".join([done, *(f"{n} not: {why}" for why, n in reasons.items())])
