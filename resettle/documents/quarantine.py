"""Quarantine: what was sent waits until the virus scanner has seen it, where there is one."""

import logging
from collections.abc import Callable
from datetime import datetime

from resettle.core.work import UnitOfWork
from resettle.documents import rules, scanning
from resettle.documents.rules import State
from resettle.documents.scanning import Unreachable, Verdict
from resettle.settings import Settings

log = logging.getLogger(__name__)
STILL_CHECKED = "This document is still being checked for viruses. Come back in a few minutes."


def first_state(uow: UnitOfWork) -> State:
    """Hold a file back until the scanner has seen it, where there is one."""
    return State.QUARANTINED if uow.use(Settings).clamd else State.CLEAN


def judged(
    uow: UnitOfWork, content: bytes, tries: int, again: Callable[[int, datetime], None]
) -> State:
    """Ask the scanner, which was asked so many times in vain; while it cannot say, ask again."""
    try:
        verdict = scanning.scan(uow.use(Settings).clamd, content)
    except Unreachable:
        log.warning("the virus scanner could not be asked, %s times now", tries + 1)
        again(tries + 1, uow.now + rules.next_scan(tries + 1))
        return State.QUARANTINED
    return State.CLEAN if verdict is Verdict.CLEAN else State.REFUSED
