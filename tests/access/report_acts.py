"""Each act on reports with what a person would send."""

from collections.abc import Mapping

from resettle.core.work import UnitOfWork
from resettle.reports.models import GroupReport
from resettle.reports.rules import DOMAINS, Stage
from tests.access.acts import Act, sends
from tests.access.arranged import Asking

DUE = "/reports/<uuid:report_due_id>"
EDITION = "/group-reports/<uuid:group_report_id>"


def returned(uow: UnitOfWork, asking: Asking) -> None:
    report = uow.find(GroupReport, asking.ids["group_report_id"])
    assert report is not None
    report.stage = Stage.RETURNED


def _says(asking: Asking) -> Mapping[str, str]:
    own = asking.principal == "household-person"
    return {
        "person_id": str(asking.ids["person_id"]),
        "rating": "4",
        "said": "own_account" if own else "interpreter",
    }


def _says_in_json(asking: Asking) -> Mapping[str, object]:
    return {**_says(asking), "rating": 4}


STANDS = {f"status_{domain.lower()}": "on_track" for domain in DOMAINS}
FILLED = Act(lambda _asking: STANDS, returned)
BACK = sends(comment_general="Which school is it?")

REPORT_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", rule): act
    for rule, act in {
        f"/api{DUE}/editions": FILLED,
        f"{DUE}/new": FILLED,
        f"/api{EDITION}/return": BACK,
        f"{EDITION}/return": BACK,
        f"/api{EDITION}/acceptance": Act(),
        f"{EDITION}/acceptance": Act(),
        f"/api{DUE}/family-sections": Act(_says_in_json),
        f"{DUE}/family": Act(_says),
    }.items()
}
