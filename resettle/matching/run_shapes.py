"""Runs over JSON and in pages: what goes out. Households stand there by file number."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.matching.models import PlaceExclusion, PlacementWish
from resettle.matching.run_models import MatchRun
from resettle.matching.run_queries import MatchLine, Move, OptionLine
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PROFILE = {"class": DataClass.PROFILE}


class RunShape(Shape):
    class Meta:
        model = MatchRun

    id = fields.UUID()
    version = fields.Integer()
    title = fields.String()
    programme_code = fields.String()
    for_on = fields.Date()
    status = fields.String()
    progress = fields.Integer(metadata=OPS)
    base_id = fields.UUID()
    objective = fields.String()
    ahead = fields.Boolean()
    time_limit = fields.Integer()
    seed = fields.Integer()
    more = fields.Raw()
    rules = fields.Raw()
    outlook = fields.Raw()
    households = fields.Integer()
    persons = fields.Integer()
    placed_households = fields.Integer()
    placed_persons = fields.Integer()
    weight = fields.Float()
    gap = fields.Float()
    short = fields.Integer()
    is_cut_off = fields.Boolean(metadata=OPS)
    seconds = fields.Float()
    greedy_persons = fields.Integer()
    greedy_weight = fields.Float()
    fault = fields.String()
    created_at = fields.DateTime()
    finished_at = fields.DateTime()


class MatchLineShape(Shape):
    class Meta:
        model = MatchLine

    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    persons = fields.Integer(metadata=PROFILE)
    languages = fields.Raw(metadata=PROFILE)
    needs = fields.Raw(metadata=PROFILE)
    waits_since = fields.String(metadata=OPS)
    place_id = fields.String(metadata=OPS)
    place = fields.String(metadata=OPS)
    weight = fields.Float(metadata=OPS)
    regret = fields.Float(metadata=OPS)
    pinned = fields.Boolean(metadata=OPS)


class OptionShape(Shape):
    """One place for one household. A place that is closed to it says no more than that."""

    class Meta:
        model = OptionLine

    household_id = fields.UUID(metadata=OPS)
    place_id = fields.String(metadata=OPS)
    place = fields.String(metadata=OPS)
    given = fields.Boolean(metadata=OPS)
    why_not = fields.Raw(metadata=PROFILE)
    rules = fields.Raw(metadata=PROFILE)
    forbidden = fields.Boolean(metadata=OPS)
    parts = fields.Raw(metadata=PROFILE)
    weight = fields.Float(metadata=OPS)
    regret = fields.Float(metadata=OPS)
    kept_for_later = fields.Float(metadata=OPS)
    wanted_by = fields.Raw(metadata=OPS)


class MoveShape(Shape):
    class Meta:
        model = Move

    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    before = fields.String(metadata=OPS)
    after = fields.String(metadata=OPS)


class ChangeShape(Shape):
    persons = fields.Integer(metadata=OPS)
    weight = fields.Float(metadata=OPS)
    moves = fields.Nested(MoveShape(), many=True, metadata=OPS)


class ComparedShape(Shape):
    first = fields.Nested(RunShape(), metadata=OPS)
    second = fields.Nested(RunShape(), metadata=OPS)
    persons = fields.Integer(metadata=OPS)
    weight = fields.Float(metadata=OPS)
    only_first = fields.Integer(metadata=OPS)
    only_second = fields.Integer(metadata=OPS)
    moves = fields.Nested(MoveShape(), many=True, metadata=OPS)


class WishShape(Shape):
    class Meta:
        model = PlacementWish

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    wishes = fields.Raw()
    ties = fields.Raw()
    needs = fields.Raw()
    wants = fields.Raw()


class ExclusionShape(Shape):
    class Meta:
        model = PlaceExclusion

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    location = fields.String()
    reason = fields.String()
    set_on = fields.Date()
    lifted_on = fields.Date()


class FigureShape(Shape):
    value = fields.Float(metadata=OPS)
    low = fields.Float(metadata=OPS)
    high = fields.Float(metadata=OPS)


class EquityShape(Shape):
    """Figures of a group, protected before they come here; of a hidden one its name alone."""

    dimension = fields.String(metadata=OPS)
    name = fields.String(metadata=OPS)
    hidden = fields.Boolean(metadata=OPS)
    persons = fields.Integer(metadata=OPS)
    households = fields.Integer(metadata=OPS)
    wait_days = fields.Nested(FigureShape(), metadata=OPS)
    placed = fields.Nested(FigureShape(), metadata=OPS)
    near_ties = fields.Nested(FigureShape(), metadata=OPS)
    fit = fields.Nested(FigureShape(), metadata=OPS)
