"""A shape shows each reader what their audience sees, and what it shows goes on record."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from marshmallow import fields

from resettle.core.actor import Actor, Role
from resettle.core.classes import OPS, DataClass
from resettle.core.policy import Audience, Policy
from resettle.households.models import Person
from resettle.web.schema import Shape, UnclassedField


@dataclass(frozen=True)
class Pet:
    name: str
    household_id: UUID | None = None


@dataclass(frozen=True)
class Row:
    id: UUID
    family_name: str = "Haidari"
    born_on: date | None = date(1990, 5, 17)
    phone: str | None = None
    pets: tuple[Pet, ...] = ()
    friend: Pet | None = None
    price: str = "1.50"


class PetShape(Shape):
    name = fields.String(metadata={"class": DataClass.HEALTH})


class PersonShape(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    name = fields.String(attribute="family_name", metadata={"item": "name"})
    born_on = fields.Date()
    phone = fields.String()
    pets = fields.Nested(PetShape(), many=True, metadata=OPS)
    friend = fields.Nested(PetShape(), metadata=OPS)
    price = fields.Decimal(metadata=OPS, as_string=True)
    shout = fields.Function(lambda row: row.family_name.upper(), metadata=OPS)


@pytest.fixture
def shown_to(transactions):
    """Show rows to a reader who sees these classes and items, and give what is on record of it."""

    def shown_to(rows, *classes: DataClass, items: frozenset[str] = frozenset(), shape=None):
        audience = Audience(frozenset({DataClass.OPS, *classes}), items)
        policy = Policy({}, {}, lambda _uow, _model, rows: [audience] * len(rows))
        reader = Actor(Role.CASEWORKER, uuid4())
        with dataclasses.replace(transactions, policy=policy).begin(
            reader, "tests:look", read_only=True
        ) as uow:
            return (shape or PersonShape()).many_of(uow, rows), {*uow.looks.fields}

    return shown_to


def test_what_is_not_for_the_reader_is_absent(shown_to):
    row = Row(uuid4())

    (plain,), looks = shown_to([row])

    assert plain.keys() == {"id", "pets", "friend", "price", "shout"}
    assert looks == set()


def test_what_is_for_the_reader_is_shown_and_on_record(shown_to):
    (seen,), looks = shown_to([Row(uuid4())], DataClass.IDENT, DataClass.LOC)

    assert (seen["name"], seen["born_on"], seen["phone"]) == ("Haidari", date(1990, 5, 17), None)
    assert (seen["price"], seen["shout"]) == ("1.50", "HAIDARI")
    assert looks == {"name", "born_on", "phone"}


def test_what_the_person_shares_by_name_is_shown_alone(shown_to):
    (seen,), looks = shown_to([Row(uuid4())], items=frozenset({"name"}))

    assert "name" in seen
    assert "born_on" not in seen
    assert looks == {"name"}


def test_what_is_within_follows_the_same_rule(shown_to):
    rows = [
        Row(uuid4(), pets=(Pet("Tama"), Pet("Moana")), friend=Pet("Kiri")),
        Row(uuid4()),
    ]

    hidden, _ = shown_to(rows)
    seen, looks = shown_to(rows, DataClass.HEALTH)

    assert [row["pets"] for row in hidden] == [[{}, {}], []]
    assert [row["pets"] for row in seen] == [[{"name": "Tama"}, {"name": "Moana"}], []]
    assert [row["friend"] for row in seen] == [{"name": "Kiri"}, None]
    assert "name" in looks
    assert shown_to([]) == ([], set())


PET = PetShape()


class LessOfIt(Shape):
    """The same shape twice within another: once all of it, once less."""

    pets = fields.Nested(PET, many=True, metadata=OPS)
    friend = fields.Nested(PET, only=(), metadata=OPS)


@pytest.mark.parametrize("order", [("pets", "friend"), ("friend", "pets")])
def test_a_shape_that_is_shown_whole_and_in_part_is_not_mixed_up(shown_to, order):
    shape = LessOfIt(only=order)
    row = Row(uuid4(), pets=(Pet("Tama"),), friend=Pet("Kiri"))

    for _ in range(2):
        ((seen,), _) = shown_to([row], DataClass.HEALTH, shape=shape)
        assert seen == {"pets": [{"name": "Tama"}], "friend": {}}


class NobodyKnows(Shape):
    mystery = fields.String()


class NotOfThePerson(Shape):
    class Meta:
        model = Person

    mystery = fields.String()


@pytest.mark.parametrize("shape", [NobodyKnows, NotOfThePerson])
def test_a_field_without_a_class_is_a_bug(shape):
    with pytest.raises(UnclassedField, match="mystery"):
        shape().compiled()
