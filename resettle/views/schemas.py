"""Saved views: commands in, shapes out."""

from marshmallow import ValidationError, fields

from resettle.views import acts
from resettle.views.models import SavedView
from resettle.views.rules import NAME_MAX, SORTS, query_of
from resettle.web.fields import Code, Flag, Name, Text
from resettle.web.hidden import hidden
from resettle.web.schema import Command, Shape


def _filled(name: str) -> None:
    if not name.strip():
        raise ValidationError("Give the view a name.")


class SaveViewSchema(Command[acts.SaveView]):
    makes = acts.SaveView

    name = Name(NAME_MAX, required=True)
    q = Text(100, allow_none=True)
    stage = Text(40, allow_none=True)
    location = Text(80, allow_none=True)
    sort = Code(SORTS)
    is_default = Flag()


class ChangeViewSchema(Command[acts.ChangeView]):
    makes = acts.ChangeView

    name = Name(NAME_MAX, validate=_filled)
    is_default = Flag()


def _address(view: SavedView) -> str:
    """Write the query of the view's address, in which what is looked for is a key."""
    return query_of(hidden(view.q), view.stage, view.location, view.sort)


class ViewShape(Shape):
    class Meta:
        model = SavedView

    id = fields.UUID()
    version = fields.Integer()
    name = fields.String()
    q = fields.String()
    stage = fields.String()
    location = fields.String()
    sort = fields.String()
    query = fields.Function(_address, metadata={"class": "P7"})
    is_default = fields.Boolean()
