"""What is done with many cases at once: each for itself, so that one refusal stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from resettle.cases import holding
from resettle.cases import service as cases
from resettle.cases.acts import ChangeCase, ExtendHold, HoldCase, ReleaseCase
from resettle.cases.models import ResettlementCase
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.holds import queries, rules
from resettle.holds.acts import DoMany, Way
from resettle.holds.models import HoldResult
from resettle.programmes.catalogue import Catalogue

DONE: Mapping[Way, str] = {
    Way.HOLD: "On hold",
    Way.EXTEND: "Held on",
    Way.RELEASE: "Goes on",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case. With the act's number it is looked at again later."""

    case_id: UUID
    done: bool
    words: str
    # None if none of the cases was one that the actor may know of.
    batch_id: UUID | None = None


def do_many(uow: UnitOfWork, command: DoMany) -> Sequence[Result]:
    """Hold, extend or release cases, each in a savepoint of its own.

    They are taken by id, whatever order they come in: two at once never block each other.
    """
    uow.require(Permission.CASE_HOLD_MANY)
    if faults := _faults(uow, command):
        raise Invalid(faults)
    wanted = [*dict.fromkeys(command.case_ids)]
    came = {case_id: _one(uow, case_id, command) for case_id in sorted(wanted)}
    return _kept(uow, [came[case_id] for case_id in wanted], command)


def _kept(uow: UnitOfWork, results: Sequence[Result], command: DoMany) -> Sequence[Result]:
    """Write down what came of each case that the actor may know of."""
    homes = queries.households(uow, [result.case_id for result in results])
    batch_id = uuid4() if homes else None
    for result in results:
        if batch_id is not None and result.case_id in homes:
            uow.session.add(
                HoldResult(
                    batch_id=batch_id,
                    household_id=homes[result.case_id],
                    case_id=result.case_id,
                    way=command.way,
                    review_on=command.review_on,
                    done=result.done,
                    done_at=uow.now,
                    done_by=uow.actor.user_id,
                    words=result.words,
                )
            )
    uow.session.flush()
    return [replace(result, batch_id=batch_id) for result in results]


def _faults(uow: UnitOfWork, command: DoMany) -> dict[str, list[str]]:
    if command.way is Way.RELEASE:
        return {}
    faults = {}
    if command.review_on is None or command.review_on <= uow.today:
        faults["review_on"] = ["Say on which later day it is looked at again."]
    codes = uow.use(Catalogue).lists[cases.HOLD_REASONS].codes
    if command.way is Way.HOLD and command.reason not in codes:
        faults["reason"] = [f"Choose one of: {', '.join(codes)}."]
    return faults


def _one(uow: UnitOfWork, case_id: UUID, command: DoMany) -> Result:
    try:
        with uow.session.begin_nested():
            _do(uow, case_id, command)
    except Invalid as error:
        said = (sentence for sentences in error.errors.values() for sentence in sentences)
        return Result(case_id, done=False, words=" ".join(said))
    except (Blocked, Conflict, Forbidden, NotFound) as error:
        return Result(case_id, done=False, words=str(error))
    return Result(case_id, done=True, words=DONE[command.way])


def _do(uow: UnitOfWork, case_id: UUID, command: DoMany) -> None:
    if command.way is Way.RELEASE or command.review_on is None:
        cases.release(uow, case_id, ReleaseCase(on=uow.today))
        return
    if command.way is Way.EXTEND:
        extension = ExtendHold(review_on=command.review_on, note=command.note)
        holding.extend(uow, case_id, extension)
    else:
        cases.hold(uow, case_id, _hold(uow, command, command.review_on))
    if command.moves_travel:
        _move_travel(uow, case_id, command.review_on)


def _hold(uow: UnitOfWork, command: DoMany, review_on: date) -> HoldCase:
    assert command.reason is not None, "a hold without a reason is refused before"
    return HoldCase(reason=command.reason, note=command.note, review_on=review_on, on=uow.today)


def _move_travel(uow: UnitOfWork, case_id: UUID, review_on: date) -> None:
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_HOLD)
    travel_on = date.fromisoformat(case.travel_on) if case.travel_on else None
    if moved := rules.new_travel(travel_on, uow.today, review_on):
        cases.change_case(uow, case_id, ChangeCase(travel_on=moved))
