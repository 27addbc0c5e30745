"""How a program asks for the key under which it looks for a text; pages do it in one go."""

from dataclasses import dataclass

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.web.fields import Text
from resettle.web.hidden import hidden
from resettle.web.schema import Command, Shape


@dataclass(frozen=True, slots=True)
class LookFor:
    q: str


class LookForSchema(Command[LookFor]):
    makes = LookFor

    q = Text(100, required=True)


class KeyShape(Shape):
    """The key by which addresses name what is looked for."""

    q = fields.Function(lambda sought: hidden(sought.q), metadata=dict(OPS))
