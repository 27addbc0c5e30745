"""Every field against the layout of its form: there, filled, of its type, in its code table."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from resettle.errf import codes, photos
from resettle.errf.findings import CORRECTED, Finding, finding, is_unprintable, shown
from resettle.errf.layout import Field, Kind, Layout, Need, Record
from resettle.errf.parts import refers_to
from resettle.errf.reader import Node
from resettle.errf.records import Case, Version
from resettle.errf.values import Malformed, as_date, as_flag, as_number

MAX_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: whose it is, in which record, under which layout."""

    record: str
    noun: str
    field: Field
    version: Version

    @property
    def phrase(self) -> str:
        whose = (
            "" if self.noun in {"the individual", "the processing group"} else f"{self.noun} of "
        )
        return f"{self.field.name} of {whose}{self.record}"

    def found(self, rule: str, value: str, message: str) -> Finding:
        return finding(rule, self.record, self.field.name, value, f"{self.phrase} {message}.")


def of_case(node: Node, case: Case, layout: Layout) -> Iterator[Finding]:
    """Find what is wrong in the fields of a case, in the order of the file."""
    yield from unknown(node, case.label, layout.records)
    yield from _counts(node, case.label, layout)
    ids = {one.key: one.label for one in case.individuals if one.key}
    for child in node.children:
        record = layout.records.get(child.tag)
        if record is not None:
            label = _label(child, record, case, ids)
            yield from _of_record(child, record, label, layout.version)


def _label(node: Node, record: Record, case: Case, ids: Mapping[str, str]) -> str:
    """Name the person whom a record is about, or else its case."""
    if not record.key:
        return case.label
    key = refers_to(node)
    return ids.get(key.casefold()) or key or node.value("IndividualID") or case.label


def unknown(node: Node, label: str, known: Mapping[str, object]) -> Iterator[Finding]:
    for child in node.children:
        if child.tag not in known:
            yield finding(
                "element-unknown",
                label,
                child.tag,
                child.text,
                f"The form has no {child.tag[:80]} in {node.tag} (line {child.line}): it would be "
                f"lost, so {CORRECTED}, or have the element removed.",
            )


def _counts(node: Node, label: str, layout: Layout) -> Iterator[Finding]:
    for record in layout.records.values():
        nodes = node.all(record.tag)
        if len(nodes) < record.least:
            yield finding(
                "element-missing",
                label,
                record.tag,
                "",
                f"{label} has no {record.tag}, which every case must have: {CORRECTED}.",
            )
        if record.most is not None and len(nodes) > record.most:
            yield finding(
                "element-repeated",
                label,
                record.tag,
                str(len(nodes)),
                f"{label} has {len(nodes)} times {record.tag}, and may have it once: {CORRECTED}.",
            )


def _of_record(node: Node, record: Record, label: str, version: Version) -> Iterator[Finding]:
    yield from unknown(node, label, record.fields)
    for field in record.fields.values():
        place = _Place(label, record.noun, field, version)
        values = node.all(field.name)
        if not values and field.need is not Need.FREE:
            yield place.found("element-missing", "", f"is not in the file: {CORRECTED}")
        if len(values) > 1:
            yield place.found(
                "element-repeated", str(len(values)), f"stands {len(values)} times: {CORRECTED}"
            )
        if values:
            yield from _of_value(values[0], place)


def _of_value(node: Node, place: _Place) -> Iterator[Finding]:
    yield from unknown(node, place.record, {})
    if place.field.kind is Kind.PHOTO:
        yield from _photo(node, place)
    elif not node.text:
        yield from _empty(place)
    elif len(node.text) > MAX_LENGTH:
        yield place.found(
            "value-too-long", node.text, f"is longer than {MAX_LENGTH} characters: {CORRECTED}"
        )
    elif place.field.kind in _CHECKS:
        yield from _CHECKS[place.field.kind](node.text, place)


def _empty(place: _Place) -> Iterator[Finding]:
    if place.field.need is Need.FILLED:
        yield place.found("field-empty", "", f"is empty: {CORRECTED}")
    if place.field.need is Need.ADVISED:
        yield place.found("field-blank", "", "is empty: ask the family if it matters")


def _name(value: str, place: _Place) -> Iterator[Finding]:
    if any(unicodedata.category(character) == "Nd" for character in value):
        yield place.found(
            "name-characters", value, f"has digits, which no name has: correct it, or {CORRECTED}"
        )
    elif any(map(is_unprintable, value)):
        yield place.found(
            "name-characters",
            value,
            f"has control characters, which cannot be seen: correct it, or {CORRECTED}",
        )


def _code(value: str, place: _Place) -> Iterator[Finding]:
    if not codes.is_known(place.field.table, value, place.version):
        yield place.found(
            "code-unknown",
            value,
            f"is '{shown(value)}', which is not in UNHCR's code list "
            f"({codes.system(place.version)}): find out what was meant, and {CORRECTED}",
        )


def _document(value: str, place: _Place) -> Iterator[Finding]:
    if not all(character.isalnum() or character == " " for character in value):
        yield place.found(
            "document-number",
            value,
            f"may have letters, digits and spaces only: look at the document, and {CORRECTED}",
        )


def _typed(rule: str, read: Callable[[str], object]) -> Callable[[str, _Place], Iterator[Finding]]:
    def check(value: str, place: _Place) -> Iterator[Finding]:
        try:
            read(value)
        except Malformed as error:
            yield place.found(
                rule, value, f"is '{shown(value)}' and should be {error}: {CORRECTED}"
            )

    return check


def _photo(node: Node, place: _Place) -> Iterator[Finding]:
    rule, reason = _FAULTS[node.fault] if node.fault else photos.fault(node.image)
    if rule:
        yield place.found(rule, "", f"{reason}: ask UNHCR for another photo")


_FAULTS = {
    "empty": ("photo-empty", "is empty"),
    "undecodable": ("photo-undecodable", "is not base64 and cannot be decoded"),
    "too large": ("photo-size", "is 50 MB or larger"),
    "too many": ("photo-size", "makes the photos of the file too large taken together"),
}
_CHECKS: Mapping[Kind, Callable[[str, _Place], Iterator[Finding]]] = {
    Kind.NAME: _name,
    Kind.CODE: _code,
    Kind.DOCUMENT: _document,
    Kind.DATE: _typed("date-invalid", as_date),
    Kind.FLAG: _typed("flag-invalid", as_flag),
    Kind.NUMBER: _typed("number-invalid", as_number),
}
