"""Fields of what comes in: text that is safe to keep, New Zealand days, codes, numbers, phones."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import phonenumbers
from marshmallow import ValidationError, fields, validate

from resettle.core import money
from resettle.core.wording import Phrase

BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
LINE_ENDS = frozenset("\n\t\u2028\u2029")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
EMAIL = re.compile(r"[^@\s,;<>\"'()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
EMAIL_MAX = 254
DIGITS = re.compile(r"[0-9]{1,18}")
ASCII_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _sound(text: str) -> str:
    """Refuse what cannot be stored, printed or read in its right order."""
    for character in text:
        if character in BIDI_OVERRIDES:
            raise ValidationError("This text holds a hidden character that turns writing around.")
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValidationError("This text holds a control character. Type it again.")
    return text


class AtMost(validate.Length):
    """A limit that is told in a sentence which pages can say in other languages."""

    def _format_error(self, _value: Any, _message: str) -> str:
        return Phrase("Write at most %(most)s characters.", most=self.max)


class Text(fields.String):
    """Plain text, at most `max` characters; unchanged, but a blank one is refused when required."""

    def __init__(self, max: int = 200, *, blank: bool = False, **options: Any) -> None:  # noqa: A002  # reads as the rule
        super().__init__(**options)
        self.max = max
        self.blank = blank
        self.validators.append(AtMost(max=max))

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Write this as text.")
        text = _sound(value.replace("\r\n", "\n"))
        if self.required and not self.blank and not text.strip():
            raise ValidationError("This is needed. Fill it in.")
        return text


class Name(Text):
    """A name of a person or a body, in any script, on one line, returned as it was typed."""

    def __init__(self, max: int = 200, **options: Any) -> None:  # noqa: A002  # as in Text
        super().__init__(max, **options)

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> str:
        text = super()._deserialize(value, *place, **options)
        if any(character in LINE_ENDS for character in text):
            raise ValidationError("Write the name on one line.")
        return text


class Day(fields.Date):
    """A day as YYYY-MM-DD between 1900 and 2100, in the Gregorian calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> date:
        if not isinstance(value, str) or not ASCII_DAY.fullmatch(value):
            raise ValidationError("Write the day as YYYY-MM-DD, such as 2026-03-02.")
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("There is no such day in the calendar.") from error
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(
                "The year must be between 1900 and 2100. "
                "If the day is in another calendar, convert it first."
            )
        return day


class Code(fields.String):
    """One of a list of codes, exactly as listed."""

    def __init__(self, choices: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.choices = tuple(choices)
        shown = ", ".join(self.choices[:30])
        self.validators.append(validate.OneOf(self.choices, error=f"Choose one of: {shown}."))

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Write this as text.")
        return value


FLAGS: Mapping[str, bool] = {"true": True, "on": True, "false": False, "": False}


class Flag(fields.Boolean):
    """True or false; in forms also what a ticked box sends. Never the numbers 0 and 1."""

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in FLAGS:
            return FLAGS[value]
        raise ValidationError("Answer true or false.")


class Whole(fields.Integer):
    """A whole number from `least` to `most`; a form may send it as digits."""

    def __init__(self, least: int = 0, most: int = 1_000_000, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(
            validate.Range(least, most, error=f"Write a whole number from {least} to {most}.")
        )

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> int:
        if isinstance(value, Typed) and DIGITS.fullmatch(value.strip()):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Write a whole number.")
        return value


class Money(fields.String):
    """An amount in dollars, written as text such as 450 or 1000.50, kept as whole cents.

    Numbers are refused, since a float is no amount, and so are commas and signs: 1.000,50 and
    1,000.50 are read in one way here and in another elsewhere.
    """

    def __init__(self, least: int = 1, most: int = money.MOST, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(  # type: ignore[override]  # text comes in, cents go on
        self, value: Any, *_place: Any, **_options: Any
    ) -> int:
        cents = money.cents_of(value.strip()) if isinstance(value, str) else None
        if cents is None:
            raise ValidationError(
                "Write dollars and cents in digits alone, such as 450 or 1000.50: "
                "no commas, spaces or signs."
            )
        if not self.least <= cents <= self.most:
            least, most = money.written(self.least), money.written(self.most)
            raise ValidationError(f"Write an amount from {least} to {most}.")
        return cents


class Dollars(fields.Decimal):
    """Whole cents, shown as text that Money reads: 1000.50."""

    def _serialize(self, value: Any, *_place: Any, **_options: Any) -> Any:
        return None if value is None else money.plainly(value)


class Typed(str):
    """A text that came from a form, where everything is text."""

    __slots__ = ()


class Email(Text):
    """An e-mail address, lower-cased."""

    def __init__(self, **options: Any) -> None:
        super().__init__(EMAIL_MAX, **options)

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> str:
        text = super()._deserialize(value, *place, **options).strip().lower()
        if not EMAIL.fullmatch(text):
            raise ValidationError("This is not an e-mail address, such as mere@example.org.nz.")
        return text


class Phone(Text):
    """A phone number, read as New Zealand's if it has no country, kept in international form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(40, **options)

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> str:
        text = super()._deserialize(value, *place, **options)
        try:
            number = phonenumbers.parse(text, "NZ")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(PHONE_FAULT) from error
        if not phonenumbers.is_possible_number(number) or any(c.isalpha() for c in text):
            raise ValidationError(PHONE_FAULT)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


PHONE_FAULT = "This is not a phone number, such as 021 123 4567 or +64 21 123 4567."


class Id(fields.UUID):
    """The id of a record: a UUID in its usual form, 36 characters."""

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> Any:
        if not isinstance(value, str) or len(value) != len("00000000-0000-0000-0000-000000000000"):
            raise ValidationError("This is not the id of a record.")
        return super()._deserialize(value, *place, **options)


class Ids(fields.Field[list[UUID]]):
    """Ids in an address, with commas between them; at most so many."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> list[UUID]:
        parts = str(value).split(",")
        if len(parts) > self.most:
            raise ValidationError(f"Name at most {self.most}.")
        try:
            return [UUID(part) for part in parts]
        except ValueError as error:
            raise ValidationError("This is not an id.") from error


class Many(fields.List[Any]):
    """A list of at most `most` entries, counted before any of them is looked at."""

    def __init__(self, of: fields.Field[Any], most: int = 100, **options: Any) -> None:
        super().__init__(of, **options)
        self.most = most

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"Send at most {self.most} entries.")
        return super()._deserialize(value, *place, **options)
