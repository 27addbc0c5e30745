"""What is counted of groups, and when it is worth a look: config/strain.toml, read at the start."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StrainSettings:
    """The span that is counted, and from where on a line is marked. They decide nothing."""

    span: timedelta
    days_without_contact: int
    shifts_missed: int
    task_days_late: int
    report_days_late: int
    spent_percent: int
    members_left_percent: int
    message_shown: timedelta


def load(path: Path) -> StrainSettings:
    """Read the settings. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    marks = told["worth_a_look"]
    return StrainSettings(
        span=timedelta(weeks=int(told["spans"]["weeks"])),
        days_without_contact=int(marks["days_without_contact"]),
        shifts_missed=int(marks["shifts_missed"]),
        task_days_late=int(marks["task_days_late"]),
        report_days_late=int(marks["report_days_late"]),
        spent_percent=int(marks["spent_percent"]),
        members_left_percent=int(marks["members_left_percent"]),
        message_shown=timedelta(days=int(told["messages"]["days_shown"])),
    )
