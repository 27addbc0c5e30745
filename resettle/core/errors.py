"""What can go wrong, in the words of the domain. No HTTP here: see web/errors.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID


class ResettleError(Exception):
    """Base of every error that a caller is expected to handle.

    `slug` names the kind for machines; the message is a whole sentence for a person.
    """

    slug = "error"

    @property
    def told(self) -> Mapping[str, object]:
        """What the answer holds beside the sentence."""
        return {}


class NotFound(ResettleError):
    """There is no such thing, or this actor may not know of it."""

    slug = "not-found"


class Forbidden(ResettleError):
    """The actor may see the thing, but not do this to it."""

    slug = "forbidden"


class Unauthenticated(ResettleError):
    """Nobody is signed in, or the credentials are no longer good."""

    slug = "sign-in"


class Invalid(ResettleError):
    """The input breaks a rule; `errors` maps each field to its messages."""

    slug = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("Some of what was sent is not right. See the fields named.")
        self.errors = errors


class BadRequest(ResettleError):
    """The request itself is malformed: not a field, but the way it was asked."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug


class Conflict(ResettleError):
    """The act was sound, but no longer fits the state of the thing."""

    slug = "conflict"


class Blocked(Conflict):
    """A guard is not met; `missing` maps each lacking fact to the sentence that says what to do."""

    slug = "blocked"

    def __init__(self, detail: str, missing: Mapping[str, str]) -> None:
        super().__init__(detail)
        self.missing = missing


class Stale(ResettleError):
    """Somebody else changed the record since it was read; `current` is its version now."""

    slug = "stale"

    def __init__(
        self, current: int, changed_by: UUID | None = None, changed_at: datetime | None = None
    ) -> None:
        super().__init__(
            "This record was changed by somebody else since you opened it. "
            "Load it again, compare, and save once more."
        )
        self.current = current
        self.changed_by = changed_by
        self.changed_at = changed_at


class TooMany(ResettleError):
    """A limit was reached; `retry_after` is in seconds."""

    slug = "too-many"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class TooLarge(ResettleError):
    """What was sent is larger than is taken here, or than is left of a day's share."""

    slug = "too-large"


class NoRoom(ResettleError):
    """There is no room left to store a file; nothing of it was kept."""

    slug = "storage"

    def __init__(self) -> None:
        super().__init__("There is no room to store the file. Nothing was kept; tell your office.")


class Unconfirmed(ResettleError):
    """The work was stored, but the second server has not confirmed it: it may yet be lost."""

    slug = "unconfirmed"

    def __init__(self) -> None:
        super().__init__(
            "This was stored, but could not be confirmed on the second server. Look in a few "
            "minutes whether it is there, before you send it again."
        )
