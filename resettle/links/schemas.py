"""Links over JSON: what is asked, and how they are shown."""

from marshmallow import fields

from resettle.accounts.models import FamilyLink, LinkPurpose
from resettle.core.classes import OPS
from resettle.links.acts import MakeLink
from resettle.web.fields import Code, Whole
from resettle.web.schema import Command, Shape
from resettle.web.words import LANGUAGES


class MakeLinkSchema(Command[MakeLink]):
    makes = MakeLink

    purpose = fields.Enum(LinkPurpose, by_value=True, required=True)
    language = Code([*LANGUAGES], required=True)
    hours = Whole(1, 1000)


class LinkCover(Shape):
    """What a link is for, and until when it can be opened."""

    class Meta:
        model = FamilyLink

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    purpose = fields.String()
    language = fields.String()
    made_at = fields.DateTime()
    expires_at = fields.DateTime()


class LinkShape(LinkCover):
    made_by = fields.UUID()
    # The name of somebody at work, which those they work for may know.
    maker = fields.String(metadata=OPS)
    used_at = fields.DateTime()
    revoked_at = fields.DateTime()
    state = fields.String(metadata=OPS)


class MadeLinkShape(LinkCover):
    """A link that was just made: only here is what opens it."""

    token = fields.String(metadata=OPS)
