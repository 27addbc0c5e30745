"""What people ask of this chapter: one consent, about one thing, for one recipient."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from resettle.consents.models import Item, Method, Purpose, RecipientType


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsent:
    """`given_by` is who spoke; left out, it was the person."""

    purpose: Purpose
    item: Item
    recipient_type: RecipientType
    recipient_id: UUID | None = None
    recipient_name: str | None = None
    method: Method
    language: str
    interpreter: str | None = None
    text_version: str
    given_by: UUID | None = None
    child_assents: bool | None = None
    valid_from: datetime | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    method: Method = Method.OWN_ACCOUNT
    language: str | None = None
    interpreter: str | None = None
