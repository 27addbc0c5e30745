"""The acts of those who let figures out, and figures that are out."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.releases.models import Release, ReleaseStatus
from resettle.runs.models import ReportRun
from tests.access.acts import Act, sends
from tests.access.arranged import Asking
from tests.access.files import DAY, Ids

RUN = "/report-runs/<uuid:report_run_id>"
RELEASE = "/releases/<uuid:release_id>"
TABLE = sends(code="people-by-age-and-sex", audience="ministry")


def of_everybody(uow: UnitOfWork) -> Ids:
    """Plant figures that the public is told."""
    release = Release(
        kind="table",
        code="people-by-age-and-sex",
        audience="public",
        title="People supported, by age and sex",
        as_at=DAY,
        asked_at=uow.now,
        status=ReleaseStatus.RELEASED,
        definition={"rows": "Age"},
        figures={
            "rows": ["0 to 4"],
            "columns": ["Female"],
            "cells": [["S"]],
            "row_totals": [None],
            "column_totals": [33],
            "total": 33,
            "footer": "",
        },
    )
    return {"release_id": uow.add(release).id}


def _wait(uow: UnitOfWork, asking: Asking) -> None:
    """Let the figures wait for a second person."""
    release = uow.find(Release, asking.ids["release_id"])
    assert release is not None
    release.status, release.asked_by = ReleaseStatus.MADE, UUID(int=77)


def _hold_back(uow: UnitOfWork, asking: Asking) -> None:
    """Let the report wait for a second person."""
    run = uow.find(ReportRun, asking.ids["report_run_id"])
    assert run is not None
    run.confirmed_at = None


FIGURE_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", "/api/releases"): TABLE,
    ("POST", "/figures/new"): TABLE,
    ("POST", "/evaluation/surveys/new"): sends(audience="ministry"),
    ("POST", "/figures/indicators/<string:code>/new"): sends(audience="ministry"),
    ("POST", "/figures/time-to-milestone/<string:code>/new"): sends(audience="ministry"),
    ("POST", "/api/figures/sums"): sends(
        labels=["women", "men"], numbers=[4070, 3970], stated=8039
    ),
    ("POST", f"/api{RUN}/confirmation"): Act(before=_hold_back),
    ("POST", f"{RUN}/confirmation"): Act(before=_hold_back),
    ("POST", f"/api{RELEASE}/confirmation"): Act(before=_wait),
    ("POST", "/figures/<uuid:release_id>/confirmation"): Act(before=_wait),
}
