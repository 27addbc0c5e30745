"""Runs over JSON: asked for, looked at, explained, changed in thought, set side by side."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import acts, fairness, run_queries, runs, schemas
from resettle.matching import run_shapes as shapes
from resettle.matching.equity import Group
from resettle.matching.run_models import MatchRun
from resettle.web.api import Api

api = Api("match_runs_api", __name__, url_prefix="/api/match-runs")
equity = Api("placement_equity_api", __name__, url_prefix="/api")
RUN = "/<uuid:run_id>"


@api.lists("", permission=Permission.MATCH_READ, returns=shapes.RunShape(), sorts=run_queries.SORTS)
def index(uow: UnitOfWork) -> Select[Any]:
    """List the runs."""
    return run_queries.runs(uow)


@api.does(
    "POST",
    "",
    permission=Permission.MATCH_RUN,
    body=schemas.StartRunSchema(),
    returns=shapes.RunShape(),
    status=201,
)
def start(uow: UnitOfWork, command: acts.StartRun) -> MatchRun:
    """Match the households that wait now with the places of a day."""
    return runs.start(uow, command)


@api.reads(RUN, permission=Permission.MATCH_READ, returns=shapes.RunShape())
def show(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Show a run, with how far it is."""
    return uow.get(MatchRun, run_id, to=Permission.MATCH_READ)


@api.reads(
    RUN + "/households",
    permission=Permission.MATCH_READ,
    returns=shapes.MatchLineShape(),
    many=True,
)
def households(uow: UnitOfWork, run_id: UUID) -> Sequence[run_queries.MatchLine]:
    """Tell which place each household was given."""
    return run_queries.lines(run_queries.look(uow, run_id))


@api.reads(
    RUN + "/households/<uuid:household_id>",
    permission=Permission.MATCH_READ,
    returns=shapes.OptionShape(),
    many=True,
)
def options(uow: UnitOfWork, run_id: UUID, household_id: UUID) -> Sequence[run_queries.OptionLine]:
    """Tell of each place why a household was given it, or why not."""
    return run_queries.options(run_queries.look(uow, run_id), household_id)


@api.reads(
    RUN + "/households/<uuid:household_id>/places/<uuid:place_id>",
    permission=Permission.MATCH_READ,
    returns=shapes.ChangeShape(),
)
def instead(
    uow: UnitOfWork, run_id: UUID, household_id: UUID, place_id: UUID
) -> run_queries.Change:
    """Tell what it would cost to give a household another place."""
    return run_queries.instead(run_queries.look(uow, run_id), household_id, place_id)


@api.reads(
    RUN + "/places/<uuid:place_id>/more-room",
    permission=Permission.MATCH_READ,
    returns=shapes.ChangeShape(),
    filters=schemas.MoreSchema(),
)
def more_room(
    uow: UnitOfWork, run_id: UUID, place_id: UUID, wanted: acts.AtPlace
) -> run_queries.Change:
    """Tell what more room in a place would bring."""
    seen = run_queries.look(uow, run_id)
    return run_queries.with_more(seen, wanted.in_place(place_id))


@api.reads(
    RUN + "/comparison/<uuid:other_run_id>",
    permission=Permission.MATCH_READ,
    returns=shapes.ComparedShape(),
)
def compare(uow: UnitOfWork, run_id: UUID, other_run_id: UUID) -> run_queries.Compared:
    """Set two runs side by side."""
    return run_queries.compare(uow, run_id, other_run_id)


@api.does(
    "POST",
    RUN + "/renewal",
    permission=Permission.MATCH_RUN,
    returns=shapes.RunShape(),
    status=201,
)
def renew(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Match those who wait now as this run did, in the background; rulings are heeded."""
    return runs.renew(uow, run_id)


@api.does("POST", RUN + "/stopping", permission=Permission.MATCH_RUN, returns=shapes.RunShape())
def stop(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Stop a run that goes on."""
    return runs.stop(uow, run_id)


@api.does(
    "POST",
    RUN + "/scenarios",
    permission=Permission.MATCH_RUN,
    body=schemas.StartScenarioSchema(),
    returns=shapes.RunShape(),
    status=201,
)
def start_scenario(uow: UnitOfWork, run_id: UUID, command: acts.StartScenario) -> MatchRun:
    """Match the same households again, with more or less room."""
    return runs.start_scenario(uow, run_id, command)


@equity.reads(
    "/placement-equity",
    permission=Permission.MATCH_FIGURES,
    returns=shapes.EquityShape(),
    many=True,
)
def groups(uow: UnitOfWork) -> Sequence[Group]:
    """Tell how fairly places were given to all who were matched; small groups are hidden."""
    return fairness.of_placements(uow)
