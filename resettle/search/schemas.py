"""What is asked of the search."""

from resettle.search.queries import Asked
from resettle.web.fields import Flag, Text
from resettle.web.hidden import Sought
from resettle.web.schema import Command


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
