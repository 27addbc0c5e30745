"""What caseworkers ask of links."""

from dataclasses import dataclass

from resettle.accounts.models import LinkPurpose


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLink:
    """A link for one person; without `hours` it waits as long as the settings say."""

    purpose: LinkPurpose
    language: str
    hours: int | None = None
