"""Where a person can be reached, as the forms have it: 4.1 hides phones among the addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resettle.errf import codes
from resettle.errf.records import Address, Contact, Version
from resettle.interchange.dossiers import Dossier

PHONE, EMAIL = "TEL", "EML"
# Where somebody lives now comes before where they used to live or are registered.
CURRENT = ("CoA", "CoR", "AstAd", "Mail")


@dataclass(frozen=True, slots=True)
class Reached:
    """One of each for the person's record; what else the file tells is in `others`."""

    phone: str | None
    email: str | None
    address: str | None
    others: tuple[str, ...]


def reached(told: Dossier) -> Reached:
    """Sort out how a person is reached: what is in use first, what comes after it is kept too."""
    version = told.version
    contacts = sorted(told.contacts, key=lambda each: each.in_use is False)
    lived = _by_currency(told.addresses, version)
    phones = _distinct([*_hidden(told, PHONE), *filter(None, map(_phone, contacts))])
    emails = _distinct([*_hidden(told, EMAIL), *(one.email for one in contacts if one.email)])
    current = lived[0] if lived and _type(lived[0], version) in CURRENT else None
    former = [f"{_type(each, version)}: {_written(each)}" for each in lived if each is not current]
    return Reached(
        phone=next(iter(phones), None),
        email=next(iter(emails), None),
        address=_written(current) if current else None,
        others=(*former, *phones[1:], *emails[1:]),
    )


def _by_currency(addresses: Sequence[Address], version: Version) -> list[Address]:
    lived = [each for each in addresses if _type(each, version) not in {PHONE, EMAIL}]
    return sorted(lived, key=lambda each: _rank(_type(each, version)))


def _rank(kind: str) -> int:
    return CURRENT.index(kind) if kind in CURRENT else len(CURRENT)


def _type(address: Address, version: Version) -> str:
    return codes.official("AddressTypeCode", address.type, version)


def _hidden(told: Dossier, kind: str) -> Iterator[str]:
    for address in told.addresses:
        if _type(address, told.version) == kind and address.level6:
            yield address.level6


def _phone(contact: Contact) -> str:
    return " ".join(part for part in (contact.phone_country, contact.phone_number) if part)


def _distinct(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _written(address: Address) -> str:
    """Write an address from the small to the large, as people write it."""
    levels = (
        address.level6,
        address.level5,
        address.level4,
        address.level3,
        address.level2,
        address.level1,
        address.postal,
        codes.text("CountryCode", address.country) or address.country,
    )
    return ", ".join(level.strip() for level in levels if level.strip(" -"))
