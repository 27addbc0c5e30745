"""What is asked of the search."""

from dataclasses import dataclass

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.search.queries import Asked
from resettle.web.fields import Flag, Text
from resettle.web.hidden import Sought, hidden
from resettle.web.schema import Command, Shape


class AskedSchema(Command[Asked]):
    """A search as its address has it: what is looked for is a key there."""

    makes = Asked

    q = Sought()
    location = Text(80)
    left = Flag()


class TypedSchema(Command[Asked]):
    """A search as it is typed."""

    makes = Asked

    q = Text(100)
    location = Text(80)
    left = Flag()


@dataclass(frozen=True, slots=True)
class LookFor:
    q: str


class LookForSchema(Command[LookFor]):
    makes = LookFor

    q = Text(100, required=True)


class KeyShape(Shape):
    """The key by which addresses name what is looked for."""

    q = fields.Function(lambda sought: hidden(sought.q), metadata=dict(OPS))
