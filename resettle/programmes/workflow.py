"""Stages, and the moves between them: where a case may go, and what it lacks to go there.

Pure: the facts that hold are an argument. A side state (on hold, withdrawn ...) is entered from
the stages that it names, or from any that is not final, and may lead back to the stage that was
left: `left`, the last stage in the history that is neither a side state nor final.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from resettle.programmes.facts import Fact
from resettle.programmes.terms import Basis, Due, written

ANY = "any"


class UnknownStage(LookupError):
    """The programme has no such stage."""


class Place(StrEnum):
    """What a case in this stage does to the programme's cap."""

    RESERVED = "reserved"
    USED = "used"


class Level(StrEnum):
    """Whose stage it is: the case's, one person's, the group's, or one sponsorship's."""

    CASE = "case"
    PERSON = "person"
    GROUP = "group"
    SPONSORSHIP = "sponsorship"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    target: str = field(metadata=written("to"))
    needs: tuple[Fact, ...] = ()
    may_override: tuple[Fact, ...] = ()
    basis: Basis

    def missing(self, facts: Collection[Fact]) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.needs if fact not in facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    code: str
    number: str = ""
    title: str
    when: str
    who: tuple[str, ...] = ()
    basis: Basis
    level: Level = Level.CASE
    final: bool = False
    leave_by: Due | None = None
    leave_by_basis: Basis | None = None
    silence_days: int | None = None
    silence_basis: Basis | None = None
    place: Place | None = None
    records: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    checklist: str | None = None
    moves: tuple[Move, ...] = field(default=(), metadata=written("next"))
    note: str = ""

    @property
    def side(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side(Stage):
    """A state beside the way: entered from many stages, and often left again to where it began."""

    sources: tuple[str, ...] = field(default=(ANY,), metadata=written("from"))
    returns: bool = False
    needs_to_return: tuple[Fact, ...] = ()
    needs: tuple[Fact, ...] = ()
    may_override: tuple[Fact, ...] = ()
    asks: tuple[str, ...] = ()
    reasons: str | None = None

    @property
    def side(self) -> bool:
        return True

    @property
    def entry(self) -> Move:
        return Move(
            target=self.code, needs=self.needs, may_override=self.may_override, basis=self.basis
        )

    def is_entered_from(self, stage: Stage) -> bool:
        if self.level is Level.PERSON or stage.code == self.code:
            return False
        return stage.code in self.sources or (ANY in self.sources and not stage.final)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    start: tuple[str, ...]
    steps: tuple[Stage, ...] = field(metadata=written("stage"))
    sides: tuple[Side, ...] = field(default=(), metadata=written("side"))

    @property
    def stages(self) -> tuple[Stage, ...]:
        return (*self.steps, *self.sides)

    def stage(self, code: str) -> Stage:
        """Find a stage, a side state included. Raises UnknownStage."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise UnknownStage(f"There is no stage {code} in this programme.")

    def moves_from(self, source: str, left: str | None = None) -> tuple[Move, ...]:
        """Every move that exists from a stage, whether or not its facts hold yet."""
        stage = self.stage(source)
        own = (*stage.moves, *self._back(stage, left))
        named = {move.target for move in own}
        return (
            *own,
            *(
                side.entry
                for side in self.sides
                if side.code not in named and side.is_entered_from(stage)
            ),
        )

    def move(self, source: str, target: str, left: str | None = None) -> Move | None:
        found = (move for move in self.moves_from(source, left) if move.target == target)
        return next(found, None)

    def missing(
        self, source: str, target: str, facts: Collection[Fact], left: str | None = None
    ) -> tuple[Fact, ...] | None:
        """Name the facts still needed to move, in the file's order; None where no move exists."""
        move = self.move(source, target, left)
        return None if move is None else move.missing(facts)

    def _back(self, stage: Stage, left: str | None) -> tuple[Move, ...]:
        """Lead back; what had to hold to come that far is not asked for again."""
        if not isinstance(stage, Side) or not stage.returns or left is None:
            return ()
        if self.stage(left).code in {move.target for move in stage.moves}:
            return ()
        return (Move(target=left, needs=stage.needs_to_return, basis=stage.basis),)
