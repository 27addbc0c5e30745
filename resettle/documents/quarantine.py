"""Quarantine: what was sent waits until the virus scanner has seen it, where there is one."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from resettle.core.work import UnitOfWork
from resettle.documents import rules, scanning
from resettle.documents.rules import State
from resettle.documents.scanning import Unreachable, Verdict
from resettle.settings import Settings

log = logging.getLogger(__name__)
TOO_LARGE = "It is larger than the virus scanner takes, so nobody can open it. Send a smaller file."
STILL_CHECKED = "This document is still being checked for viruses. Come back in a few minutes."
STATES: Mapping[Verdict, State] = {
    Verdict.CLEAN: State.CLEAN,
    Verdict.FOUND: State.REFUSED,
    Verdict.TOO_LARGE: State.TOO_LARGE,
}


def first_state(uow: UnitOfWork) -> State:
    """Hold a file back until the scanner has seen it, where there is one."""
    return State.QUARANTINED if uow.use(Settings).clamd else State.CLEAN


def judged(
    uow: UnitOfWork, content: bytes, tries: int, again: Callable[[int, datetime], None]
) -> State:
    """Ask the scanner, which was asked so many times in vain; while it cannot say, ask again.

    It is asked again of what was too large for it too: it may be set to take more.
    """
    try:
        verdict = scanning.scan(uow.use(Settings).clamd, content)
    except Unreachable:
        log.warning("the virus scanner could not be asked, %s times now", tries + 1)
        again(tries + 1, uow.now + rules.next_scan(tries + 1))
        return State.QUARANTINED
    if verdict is Verdict.TOO_LARGE:
        again(tries + 1, uow.now + rules.NEXT_DAY)
    return STATES[verdict]


def settle(
    uow: UnitOfWork,
    paper: Any,
    tries: int,
    expect: Callable[[UnitOfWork, Any, int, datetime], None],
) -> None:
    """Judge a paper that keeps its content in its own row: what is refused keeps its line alone.

    `expect` leaves the job that asks again, of the paper, after so many tries, at a moment.
    """

    def again(tries: int, at: datetime) -> None:
        expect(uow, paper, tries, at)

    paper.state = judged(uow, paper.content, tries, again)
    if paper.state is State.REFUSED:
        paper.content = None


def refusal(state: State) -> str:
    """Say why a file that is held back cannot be opened."""
    return TOO_LARGE if state is State.TOO_LARGE else STILL_CHECKED
