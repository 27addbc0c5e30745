"""What is asked of the search."""

from resettle.search.queries import Asked
from resettle.web.fields import Flag, Text
from resettle.web.schema import Command


class AskedSchema(Command[Asked]):
    makes = Asked

    q = Text(100)
    location = Text(80)
    left = Flag()
