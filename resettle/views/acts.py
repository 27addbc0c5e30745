"""What readers ask of their views: commands, each made by one schema."""

from dataclasses import dataclass

from resettle.households.acts import UNSET, Unset
from resettle.views.rules import USUAL_SORT


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveView:
    name: str
    q: str | None = None
    stage: str | None = None
    location: str | None = None
    sort: str = USUAL_SORT
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    name: str | Unset = UNSET
    is_default: bool | Unset = UNSET
