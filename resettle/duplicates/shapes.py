"""Possible duplicates, as JSON shows them: the other record only to those who may know of it."""

from collections.abc import Callable
from typing import Any, ClassVar

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.core.sealed import Sealed
from resettle.duplicates.facts import CHOICES
from resettle.duplicates.models import DuplicateCandidate, PersonMerge
from resettle.households.models import Person
from resettle.households.rules import value_of
from resettle.households.shapes import PersonShape
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class CandidateShape(Shape):
    class Meta:
        model = DuplicateCandidate

    id = fields.UUID()
    person_id = fields.UUID()
    score = fields.Integer()
    reasons = fields.Raw()
    verdict = fields.String()
    decided_at = fields.DateTime()
    decided_by = fields.UUID()
    reason = fields.String()
    version = fields.Integer()


class ComparisonShape(Shape):
    """A candidate with both records, or with the name of whom to ask about the other."""

    candidate = fields.Nested(CandidateShape(), metadata=OPS)
    person = fields.Nested(PersonShape(), metadata=OPS)
    other = fields.Nested(PersonShape(), metadata=OPS)
    contact = fields.String(metadata=OPS)


class MergeShape(Shape):
    """How a merge stands: whom it concerns, who asked and who confirmed."""

    class Meta:
        model = PersonMerge

    id = fields.UUID()
    candidate_id = fields.UUID()
    kept_id = fields.UUID()
    gone_id = fields.UUID()
    status = fields.String()
    taken = fields.Raw()
    proposed_by = fields.UUID()
    merged_by = fields.UUID()
    merged_at = fields.DateTime()
    parting_by = fields.UUID()
    parted_by = fields.UUID()
    parted_at = fields.DateTime()
    reason = fields.String()
    version = fields.Integer()


def _read(name: str) -> Callable[[Any], str]:
    return lambda row: readable(getattr(row, name))


def readable(value: Any) -> str:
    """Write a fact as the comparison shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if value.startswith('{"'):
            return value_of(value) or ""
        case _:
            return str(value)


def _fact(name: str) -> fields.Function:
    sealed = getattr(Person, name)
    if isinstance(sealed, Sealed):
        return fields.Function(_read(name), metadata={"class": sealed.data_class})
    return fields.Function(_read(name), metadata=dict(Person.__table__.c[name].info))


class FactsShape(Shape):
    """Every fact that may be chosen when two records become one, as text."""

    class Meta:
        model = Person
        include: ClassVar[dict[str, fields.Function]] = {name: _fact(name) for name in CHOICES}
