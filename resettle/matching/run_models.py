"""Runs of the matching, with the facts of their moment: what can be told again stays as it was."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Entity, Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.matching.models import OF_PROGRAMME
from resettle.matching.searching import NEAR


class RunStatus(StrEnum):
    """How far a run is: its facts are frozen at once, the rest may take a job."""

    FROZEN = "frozen"
    PRICED = "priced"
    DONE = "done"
    IMPOSSIBLE = "impossible"
    STOPPED = "stopped"


GOES_ON = frozenset({RunStatus.FROZEN, RunStatus.PRICED})
# In percent: the facts are kept, as much again for the futures that are drawn, and then the search.
FACTS_KEPT, PRICED = 10, 70


class MatchRun(Record):
    """One matching of the households that waited with the places of a day.

    `base_id` is the run whose facts it takes over, as a scenario; `more` is what it changes in
    them, persons and households by place. `rules` are the programme's, as they were; `outlook` is
    what was known of those who come later. The run is never changed once it is done.
    """

    __tablename__ = "match_run"
    held = OF_PROGRAMME

    title: Mapped[str] = mapped_column(info=OPS)
    programme_code: Mapped[str] = mapped_column(info=OPS)
    for_on: Mapped[date] = mapped_column(info=OPS)
    status: Mapped[RunStatus] = mapped_column(default=RunStatus.FROZEN, info=OPS)
    base_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id"), index=True, info=OPS)
    objective: Mapped[str] = mapped_column(info=OPS)
    ahead: Mapped[bool] = mapped_column(default=False, info=OPS)
    time_limit: Mapped[int] = mapped_column(info=OPS)
    seed: Mapped[int] = mapped_column(default=0, info=OPS)
    more: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    outlook: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    households: Mapped[int] = mapped_column(default=0, info=OPS)
    persons: Mapped[int] = mapped_column(default=0, info=OPS)
    placed_households: Mapped[int] = mapped_column(default=0, info=OPS)
    placed_persons: Mapped[int] = mapped_column(default=0, info=OPS)
    weight: Mapped[float] = mapped_column(default=0.0, info=OPS)
    gap: Mapped[float] = mapped_column(default=0.0, info=OPS)
    # How many persons more another answer may place, where the time was over before it was known.
    short: Mapped[int] = mapped_column(default=0, info=OPS)
    seconds: Mapped[float] = mapped_column(default=0.0, info=OPS)
    greedy_persons: Mapped[int] = mapped_column(default=0, info=OPS)
    greedy_weight: Mapped[float] = mapped_column(default=0.0, info=OPS)
    fault: Mapped[str] = mapped_column(default="", info=OPS)
    finished_at: Mapped[datetime | None] = mapped_column(info=OPS)

    @property
    def is_cut_off(self) -> bool:
        """Whether the time was over before the answer was proven to be as good as the best."""
        return self.short > 0 or self.gap > NEAR

    @property
    def progress(self) -> int:
        if self.status not in GOES_ON:
            return 100
        if self.status is RunStatus.PRICED:
            return PRICED
        part: float = self.outlook.get("drawn", 0) / self.outlook.get("futures", 1)
        return FACTS_KEPT + round(part * (PRICED - FACTS_KEPT))


class MatchHousehold(SealedEntity):
    """A household of a run: what was known of it at that moment, and the place it was given.

    `facts` are practical (matching/facts.py). `closed` lists the places that are not open to it,
    for whatever reason; that a place stands there may tell of a danger, so it is sealed.
    """

    __tablename__ = "match_household"
    __table_args__ = (UniqueConstraint("run_id", "household_id"),)
    held = Held(about="household_id", kept="case_file", export="my_record")
    sealed_by = "household_id"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    persons: Mapped[int] = mapped_column(info=PROFILE)
    facts: Mapped[dict[str, Any]] = mapped_column(info=PROFILE)
    closed = Sealed(DataClass.PROT)
    pinned_id: Mapped[UUID | None] = mapped_column(info=OPS)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    weight: Mapped[float] = mapped_column(default=0.0, info=OPS)


class MatchPlace(Entity):
    """A place of a run: what it offered on that day, what was left of it, and its shadow price."""

    __tablename__ = "match_place"
    __table_args__ = (UniqueConstraint("run_id", "place_id"),)
    held = OF_PROGRAMME

    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), info=OPS)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    facts: Mapped[dict[str, Any]] = mapped_column(info=OPS)
    price: Mapped[float] = mapped_column(default=0.0, info=OPS)
