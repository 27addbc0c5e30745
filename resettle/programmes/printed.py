"""A simulation or a programme as text for a terminal, or as JSON."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from resettle.programmes.definition import Programme
from resettle.programmes.simulate import Entry, Simulation, Week
from resettle.programmes.workflow import Move, Side, Stage, Workflow


def calendar(simulation: Simulation) -> str:
    return "\n".join(_lines(simulation))


def as_json(simulation: Simulation) -> str:
    return json.dumps(_shape(simulation), ensure_ascii=False, indent=2)


def programme(programme: Programme) -> str:
    """Write the stages in their order, each with its moves and what they need."""
    return "\n".join(_programme_lines(programme))


def _lines(simulation: Simulation) -> Iterator[str]:
    programme = simulation.programme
    yield f"{programme.label}: {programme.title}"
    people = (f"{member.name} ({subject.born.year})" for member, subject in simulation.members)
    yield f"Household: {', '.join(people)}"
    yield (
        f"Arrives {_day(simulation.arrives)}, moves in {_day(simulation.placed)}, support ends"
        f" {_day(simulation.support_ends)} ({programme.support.days} days)"
    )
    yield "Birthdays are taken to be half a year after arrival, since only ages are told."
    yield from simulation.notes
    for week in simulation.weeks:
        yield ""
        yield _heading(week)
        yield from (_line(entry) for entry in week.entries)
    if simulation.whenever:
        yield ""
        yield f"Counted from an event; the days are those of one on {_day(simulation.arrives)}"
        yield from (_line(entry) for entry in simulation.whenever)


def _heading(week: Week) -> str:
    if week.number > 0:
        return f"Week of {_day(week.starts)} · week {week.number}"
    before = -week.number
    return f"Week of {_day(week.starts)} · {before} week{'s' * (before > 1)} before arrival"


def _line(entry: Entry) -> str:
    about = f" · {', '.join(entry.subjects)}" if entry.subjects else ""
    owners = f" — {', '.join(entry.owners)}" if entry.owners else ""
    holiday = f" (public holiday: {entry.holiday})" if entry.holiday else ""
    return f"  {entry.day:%a %d %b}  {entry.code:<18} {entry.title}{about}{owners}{holiday}"


def _shape(simulation: Simulation) -> dict[str, Any]:
    programme = simulation.programme
    return {
        "programme": {
            "code": programme.code,
            "version": programme.version,
            "label": programme.label,
            "title": programme.title,
        },
        "arrives": simulation.arrives.isoformat(),
        "placed": simulation.placed.isoformat(),
        "support_ends": simulation.support_ends.isoformat(),
        "household": [
            {"name": member.name, "age": member.age, "born": subject.born.isoformat()}
            for member, subject in simulation.members
        ],
        "notes": list(simulation.notes),
        "weeks": [_week(week) for week in simulation.weeks],
        "whenever": [_entry(entry) for entry in simulation.whenever],
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "number": week.number,
        "starts": week.starts.isoformat(),
        "entries": [_entry(entry) for entry in week.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "day": entry.day.isoformat(),
        "kind": entry.kind.value,
        "code": entry.code,
        "title": entry.title,
        "owners": list(entry.owners),
        "subjects": list(entry.subjects),
        "public_holiday": entry.holiday,
    }


def _programme_lines(programme: Programme) -> Iterator[str]:
    support = programme.support
    yield f"{programme.label}: {programme.title} ({programme.code}, version {programme.version})"
    yield f"Reception {support.reception_days} days, support {support.days} days ({support.basis})"
    yield from _workflow_lines("The household", programme.household)
    if programme.group:
        yield from _workflow_lines("The sponsor group", programme.group)


def _workflow_lines(title: str, workflow: Workflow) -> Iterator[str]:
    yield ""
    yield title
    for stage in workflow.stages:
        yield f"  {stage.number:<4}{stage.code}: {stage.title}{_marks(stage)}"
        yield from (_move(move) for move in stage.moves)


def _marks(stage: Stage) -> str:
    if not isinstance(stage, Side):
        return " (final)" if stage.final else ""
    back = ", and back" if stage.returns else ""
    return f" (side state, from {', '.join(stage.sources).lower()}{back})"


def _move(move: Move) -> str:
    needs = ", ".join(move.needs) or "nothing more"
    return f"        to {move.target}: needs {needs}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
