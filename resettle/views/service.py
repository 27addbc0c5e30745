"""What is done with views: saved, renamed, moved up, made the first, removed and taken back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import UNSET
from resettle.views import queries, rules
from resettle.views.acts import ChangeView, SaveView
from resettle.views.models import SavedView

FORGET = "forget-view"
REGRETTED = timedelta(hours=1)
TAKEN = "You have a view of this name already. Choose another name."
FULL = f"You have {rules.MOST} views, which is the most. Remove one that you no longer use."
Faults = dict[str, list[str]]


def save(uow: UnitOfWork, command: SaveView) -> SavedView:
    """Keep what is asked of the caseload under a name, after the views that there are.

    Raises Invalid for a name in use, and for a stage or a place that there is not.
    """
    uow.require(Permission.VIEW_OWN)
    assert uow.actor.user_id is not None
    if faults := _unknown(uow, command) | _taken(uow, command.name):
        raise Invalid(faults)
    views = queries.mine(uow)
    _refuse_more(views)
    view = SavedView(
        user_id=uow.actor.user_id,
        q=(command.q or "").strip() or None,
        stage=command.stage,
        location=command.location,
        sort=command.sort,
        place=max((each.place for each in views), default=0) + 1,
        is_default=False,
    )
    _call(uow, view, command.name)
    uow.add(view)
    _put_first(uow, view, wanted=command.is_default)
    return view


def change(uow: UnitOfWork, view_id: UUID, command: ChangeView) -> SavedView:
    """Rename a view, or say whether the caseload opens with it."""
    view = _edited(uow, view_id)
    if command.name is not UNSET:
        if faults := _taken(uow, command.name, view):
            raise Invalid(faults)
        _call(uow, view, command.name)
    if command.is_default is not UNSET:
        _put_first(uow, view, wanted=command.is_default)
    return view


def own(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Give a view of the reader's to look at before it is changed."""
    view = uow.get(SavedView, view_id, to=Permission.VIEW_OWN)
    _refuse_removed(view)
    return view


def move_up(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Let a view change places with the one above it; the uppermost stays."""
    view = _edited(uow, view_id)
    above = [each for each in queries.mine(uow) if each.place < view.place]
    if above:
        view.place, above[-1].place = above[-1].place, view.place
    return view


def remove(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Put a view away. For an hour its owner may have it back."""
    view = _edited(uow, view_id)
    view.removed_at, view.is_default, view.name_index = uow.now, False, None
    uow.later(FORGET, at=uow.now + REGRETTED, view_id=str(view.id))
    return view


def take_back(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Have a view back. Raises Conflict if its name or its room was taken since."""
    view = uow.edit(SavedView, view_id, to=Permission.VIEW_OWN)
    if view.removed_at is None:
        return view
    if _taken(uow, view.name):
        raise Conflict("Another view of yours has this name by now. Rename that one first.")
    _refuse_more(queries.mine(uow))
    view.removed_at = None
    _call(uow, view, view.name)
    return view


def forget_if_removed(uow: UnitOfWork, view_id: UUID) -> None:
    """Throw a view away that was removed an hour ago and not taken back since."""
    uow.require(Permission.VIEW_OWN)
    view = uow.find(SavedView, view_id)
    removed_at = None if view is None else view.removed_at
    if removed_at is not None and removed_at + REGRETTED <= uow.now:
        uow.session.delete(view)


def _edited(uow: UnitOfWork, view_id: UUID) -> SavedView:
    view = uow.edit(SavedView, view_id, to=Permission.VIEW_OWN)
    _refuse_removed(view)
    return view


def _refuse_removed(view: SavedView) -> None:
    if view.removed_at is not None:
        raise Conflict("This view was removed. Take it back first.")


def _call(uow: UnitOfWork, view: SavedView, name: str) -> None:
    view.name, view.name_index = name.strip(), _index(uow, name)


def _index(uow: UnitOfWork, name: str) -> str:
    return uow.blind("view", f"{uow.actor.user_id} {rules.folded(name)}")


def _put_first(uow: UnitOfWork, view: SavedView, *, wanted: bool) -> None:
    """Let the caseload open with this view, or no longer. The one before steps back at once."""
    for other in queries.mine(uow):
        if wanted and other.is_default and other.id != view.id:
            other.is_default = False
    uow.session.flush()
    view.is_default = wanted
    uow.session.flush()


def _refuse_more(views: Sequence[SavedView]) -> None:
    if len(views) >= rules.MOST:
        raise Conflict(FULL)


def _taken(uow: UnitOfWork, name: str, beside: SavedView | None = None) -> Faults:
    found = uow.first(queries.kept(uow).where(SavedView.name_index == _index(uow, name)))
    return {} if found is None or found is beside else {"name": [TAKEN]}


def _unknown(uow: UnitOfWork, command: SaveView) -> Faults:
    faults: Faults = {}
    if command.stage and command.stage not in queries.stages(uow):
        faults["stage"] = ["There is no such stage in any programme."]
    if command.location and not queries.is_place(uow, command.location):
        faults["location"] = ["There is no such place, and no household of yours lives there."]
    return faults
