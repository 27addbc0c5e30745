"""Places and placement over JSON and in forms: what comes in, made into commands."""

from typing import Any

from marshmallow import fields, validate

from resettle.accounts.schemas import Member
from resettle.matching import acts
from resettle.matching.models import RulingKind
from resettle.matching.queries import PlaceFilters
from resettle.programmes.placement import Facet, Kind, Service
from resettle.web.fields import Code, Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command

PLACE, NOTE, REASON = 80, 400, 1000
MOST_PERSONS, MOST_DAYS, LONGEST_SEARCH = 10_000, 730, 20
MOST_LEAVES = 10_000
WORK = tuple("123456789")
# Whether a house has steps is counted in houses, and told as a need of a house (placements).
SERVICES = tuple(each.value for each in Service if each is not Service.STEP_FREE)
THREE = validate.Length(equal=3, error="Three letters, such as ara or prs.")


def _languages() -> Many:
    return Many(Text(3, validate=THREE), most=60)


def _places(most: int = 40) -> Many:
    return Many(Text(PLACE, required=True), most=most)


class PlaceFiltersSchema(Command[PlaceFilters]):
    makes = PlaceFilters

    kind = Member(tuple(Kind))
    location = Text(PLACE)


class AddPlaceSchema(Command[acts.AddPlace]):
    makes = acts.AddPlace

    kind = Member(tuple(Kind), required=True)
    opens_on = Day(required=True)
    location = Text(PLACE)
    group_id = Id()
    name = Name(PLACE)
    programmes = Many(Text(40), most=20)
    near = _places()
    closes_on = Day()


class ChangePlaceSchema(Command[acts.ChangePlace]):
    makes = acts.ChangePlace

    name = Name(PLACE)
    programmes = Many(Text(40), most=20)
    near = _places()
    closes_on = Day()


class _Figures(Command[Any]):
    households = Whole(0, MOST_PERSONS)
    most_persons = Whole(1, MOST_PERSONS)
    languages = _languages()
    interpreters = _languages()
    services = Many(Code(SERVICES))
    work = Many(Code(WORK))
    prefers = Many(Code([each.value for each in Facet]))
    houses = Whole(0, MOST_PERSONS)
    step_free = Whole(0, MOST_PERSONS)
    wait_days = Whole(0, MOST_DAYS)
    basis = Text(NOTE)


class CorrectOfferSchema(_Figures):
    makes = acts.CorrectOffer

    persons = Whole(0, MOST_PERSONS)


class MakeOfferSchema(_Figures):
    makes = acts.MakeOffer

    from_on = Day(required=True)
    to_on = Day()
    persons = Whole(0, MOST_PERSONS, required=True)


class MakeRulingSchema(Command[acts.MakeRuling]):
    makes = acts.MakeRuling

    household_id = Id(required=True)
    place_id = Id(required=True)
    kind = Member(tuple(RulingKind), required=True)
    reason_code = Code(acts.RULING_REASONS, required=True)
    note = Text(NOTE)


class AllocateSchema(Command[acts.Allocate]):
    makes = acts.Allocate

    household_id = Id(required=True)
    place_id = Id(required=True)
    for_on = Day(required=True)
    run_id = Id()


class ReleaseSchema(Command[acts.Release]):
    makes = acts.Release

    reason = Code(acts.RELEASE_REASONS, required=True)


class RecordWishSchema(Command[acts.RecordWish]):
    makes = acts.RecordWish

    wishes = _places(10)
    ties = _places(10)
    needs = Many(Code(SERVICES))
    wants = Many(Code(SERVICES))


class ExcludeSchema(Command[acts.Exclude]):
    makes = acts.Exclude

    location = Text(PLACE, required=True)
    reason = Text(REASON, required=True)


class StartRunSchema(Command[acts.StartRun]):
    makes = acts.StartRun

    programme = Text(40, required=True)
    for_on = Day(required=True)
    title = Text(PLACE)
    by_weight = Flag()
    ahead = Flag()
    time_limit = Whole(1, LONGEST_SEARCH)
    seed = Whole(0, 1_000_000)


class MoreRoomSchema(Command[acts.MoreRoom]):
    makes = acts.MoreRoom

    place_id = Id(required=True)
    persons = Whole(0, MOST_PERSONS)
    households = Whole(0, MOST_PERSONS)
    houses = Whole(0, MOST_PERSONS)


class StartScenarioSchema(Command[acts.StartScenario]):
    makes = acts.StartScenario

    title = Text(PLACE, required=True)
    more = Many(fields.Nested(MoreRoomSchema()), most=100)


class BesideSchema(Command[acts.Beside]):
    makes = acts.Beside

    other_id = Id()


class OneMoreSchema(Command[acts.OneMore]):
    makes = acts.OneMore

    title = Text(PLACE, required=True)
    place_id = Id(required=True)
    persons = Whole(0, MOST_PERSONS)
    households = Whole(0, MOST_PERSONS)
    houses = Whole(0, MOST_PERSONS)


class MoreSchema(Command[acts.AtPlace]):
    makes = acts.AtPlace

    persons = Whole(0, MOST_PERSONS)
    households = Whole(0, MOST_PERSONS)
    houses = Whole(0, MOST_PERSONS)


class AtPlaceSchema(MoreSchema):
    place_id = Id()
    page = Whole(1, MOST_LEAVES)
