"""The way in by a one-time link, over HTTP: looked at, and taken up by a POST."""

from resettle.accounts import by_links, queries, sign_in
from resettle.accounts.by_links import Waiting
from resettle.accounts.models import LinkPurpose
from resettle.core.actor import SYSTEM
from resettle.web.auth import origin, transactions


def waiting(token: str) -> Waiting | None:
    """Tell of a one-time link what may be told before it is taken up. It is not used up by that."""
    with transactions().begin(SYSTEM, "link:read", read_only=True) as uow:
        return by_links.waiting(uow, token)


def maker_of(link: Waiting) -> str:
    """Name who made a link, so that whoever holds it knows from whom it comes."""
    with transactions().begin(SYSTEM, "link:read", read_only=True) as uow:
        return queries.names(uow, [link.made_by]).get(link.made_by, "")


def enter_by_link(token: str, language: str) -> LinkPurpose | None:
    """Let in whoever holds a one-time link, once; None if it is not good, whyever."""
    with transactions().begin(SYSTEM, "link:read", read_only=True) as uow:
        actor = by_links.holder(uow, token)
    if actor is None:
        return None
    with transactions().begin(actor, "link:take-up", origin=origin()) as uow:
        entered = by_links.take_up(uow, token, sign_in.device(), language)
    if entered is None:
        return None
    sign_in.leave()
    sign_in.let_in(entered.token)
    return entered.purpose
