"""How the facts that a move needs are found out: a table, to which each chapter adds its own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from resettle.cases.models import ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.programmes.facts import Fact

FactSource = Callable[[UnitOfWork, ResettlementCase], bool]


@dataclass(frozen=True, slots=True)
class FactSources:
    """Who answers for each fact. A fact that nobody answers for does not hold."""

    sources: Mapping[Fact, FactSource]

    def holding(
        self, uow: UnitOfWork, case: ResettlementCase, wanted: Collection[Fact]
    ) -> frozenset[Fact]:
        """Name those of the wanted facts that hold for the case now."""
        return frozenset(
            fact for fact in wanted if fact in self.sources and self.sources[fact](uow, case)
        )
