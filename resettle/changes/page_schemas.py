"""The forms of changes: each asks for what its kind needs, and whether it has been confirmed."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import ValidationError, fields, post_load

from resettle.changes import acts
from resettle.changes.schemas import relationship
from resettle.households.acts import PersonFacts, RecordDeparture
from resettle.households.models import LeaveReason, Sex
from resettle.households.rules import MARITAL, RELATIONSHIPS, Coded
from resettle.web.fields import Code, Day, Flag, Id, Many, Name, Text
from resettle.web.schema import Command

NEWCOMER = ("family_name", "given_name", "name_in_script", "sex", "born_on")

# Why somebody leaves for no other file. Who dies or goes on in another has a change of its own.
LEAVING = [
    (LeaveReason.MOVED_OUT.value, "Moved out"),
    (LeaveReason.LEFT_NEW_ZEALAND.value, "Left New Zealand"),
    (LeaveReason.RECORDED_IN_ERROR.value, "Was recorded here in error"),
    (LeaveReason.OTHER.value, "Another reason"),
]


WHO_IS_MEANT = "Choose above who is meant. If nobody is, write the name otherwise."


class Place(fields.Field[acts.Going]):
    """Who goes, and as what: an id and a relationship, with a colon between them."""

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> acts.Going:
        id_, _, code = str(value).partition(":")
        try:
            person_id = UUID(id_)
        except ValueError:
            code = ""
        if code not in RELATIONSHIPS:
            raise ValidationError("Choose from the list what this person is.")
        return acts.Going(person_id, code)


class ChangeForm(Command[Any]):
    """What is asked beside the change itself: whether its preview has been confirmed."""

    makes: ClassVar[type[Any]] = dict

    confirmed = Flag()

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Any:
        return self.made({k: v for k, v in data.items() if k != "confirmed"})

    def made(self, values: dict[str, Any]) -> acts.Act | acts.Apart:
        act: acts.Act | acts.Apart = self.makes(**values)
        return act


class BirthForm(ChangeForm):
    makes = acts.Birth

    family_name = Name(required=True)
    given_name = Name()
    name_in_script = Name()
    sex = fields.Enum(Sex, by_value=True, required=True)
    born_on = Day(required=True)
    relationship = relationship(required=True)
    guardian_id = Id()

    def made(self, values: dict[str, Any]) -> acts.Act:
        return acts.Birth(**values | {"relationship": Coded(values["relationship"])})


class DeathForm(ChangeForm):
    makes = acts.Death

    on = Day(required=True)
    person_id = Id(required=True)
    successor_id = Id()


class DepartureForm(ChangeForm):
    makes = acts.Departure

    left_on = Day(required=True)
    member_id = Id(required=True)
    reason = Code([code for code, _ in LEAVING], required=True)
    successor_id = Id()

    def made(self, values: dict[str, Any]) -> acts.Act | acts.Apart:
        left = RecordDeparture(
            left_on=values["left_on"],
            reason=LeaveReason(values["reason"]),
            successor_id=values.get("successor_id"),
        )
        return acts.Departure(member_id=values["member_id"], left=left)


class MarriageForm(ChangeForm):
    makes = acts.Marriage

    on = Day(required=True)
    person_id = Id(required=True)
    partner_id = Id()
    partner_name = Text(100)
    marital_status = Code(MARITAL, required=True)
    relationship = relationship()
    family_name = Name()
    given_name = Name()
    name_in_script = Name()
    sex = fields.Enum(Sex, by_value=True)
    born_on = Day()

    def made(self, values: dict[str, Any]) -> acts.Act:
        told = {name: values.pop(name) for name in NEWCOMER if name in values}
        sought = values.pop("partner_name", "")
        if sought and not told and "partner_id" not in values:
            raise ValidationError({"partner_name": [WHO_IS_MEANT]})
        if not told:
            return acts.Marriage(**values)
        if missing := {"family_name", "sex", "born_on"} - told.keys():
            raise ValidationError({name: ["Somebody new needs this."] for name in missing})
        return acts.Marriage(**values, partner=PersonFacts(**told))


class SplitForm(ChangeForm):
    makes: ClassVar[type[Any]] = acts.Split

    on = Day(required=True)
    people = Many(Place(), most=40, required=True)
    successor_id = Id()
    location = Name(80)
    town = Name(80)
    caseworker_id = Id()
    task_ids = Many(Id(), most=200)

    def made(self, values: dict[str, Any]) -> acts.Act | acts.Apart:
        return super().made(at_town(values))


class SeparationForm(SplitForm):
    makes = acts.Separation

    person_id = Id(required=True)
    partner_id = Id(required=True)
    marital_status = Code(MARITAL, required=True)
    people = Many(Place(), most=40)


class JoinForm(ChangeForm):
    makes = acts.Join

    on = Day(required=True)
    other_id = Id(required=True)
    people = Many(Place(), most=40, load_default=())


class MoveForm(ChangeForm):
    makes = acts.Move

    on = Day(required=True)
    overseas = Flag(required=True)
    location = Name(80)
    town = Name(80)
    caseworker_id = Id()
    outcome = Text(40)
    reasons = Many(Text(40), most=20)

    def made(self, values: dict[str, Any]) -> acts.Act | acts.Apart:
        return super().made(at_town(values))


def at_town(values: dict[str, Any]) -> dict[str, Any]:
    """Take a town that is on no list for the place; who names both means the town."""
    town = values.pop("town", None)
    return values | {"location": town} if town else values


class ProviderForm(Command[acts.ChangeProvider]):
    """As the API takes it, and whether what would follow has been confirmed."""

    makes: ClassVar[type[acts.ChangeProvider]] = acts.ChangeProvider

    locations = Many(Name(80), most=40, required=True)
    from_provider = Name(120, required=True)
    to_provider = Name(120, required=True)
    on = Day(required=True)
    user_ids = Many(Id(), most=100, required=True)
    reason = Text(500, required=True)
    confirmed = Flag()

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> acts.ChangeProvider:
        return acts.ChangeProvider(**{k: v for k, v in data.items() if k != "confirmed"})
