"""The form on which many things are rated at once: a score and a comment for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, ValidationError, post_load

from resettle.plans.acts import Score
from resettle.plans.schemas import HIGHEST, LONG
from resettle.web.fields import Day, Id, Text

SCORE, COMMENT = "score-", "comment-"
ID = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What was typed: the day, what was said of the whole, and each score."""

    on: date
    milestone_id: UUID | None = None
    summary: str | None = None
    reason: str | None = None
    scores: list[Score] = field(default_factory=list)


class RatedSchema(Schema):
    class Meta:
        unknown = INCLUDE

    on = Day(required=True)
    milestone_id = Id()
    summary = Text(LONG)
    reason = Text(LONG)

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> Rated:
        known = {name: value for name, value in data.items() if name in self.fields}
        rest = {name: value for name, value in data.items() if name not in self.fields}
        return Rated(**known, scores=_scores(rest))


def _scores(typed: Mapping[str, Any]) -> list[Score]:
    found = []
    for name, value in typed.items():
        about = name.removeprefix(SCORE)
        if about == name:
            if not name.startswith(COMMENT):
                raise ValidationError({name: ["This field is not known."]})
            continue
        if not str(value).isdigit() or int(value) > HIGHEST:
            raise ValidationError({name: ["Choose one of the list."]})
        comment = Text(LONG).deserialize(typed.get(COMMENT + about) or "") or None
        of = {"thread_id": Id().deserialize(about)} if len(about) == ID else {"domain": about}
        found.append(Score(score=int(value), comment=comment, **of))
    return found


def lines(domains: Mapping[str, str], goals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Name what can be rated: each open goal, then each part of life."""
    of_goals = [
        {
            "key": str(goal["thread_id"]),
            "title": goal["wording"] or goal["own_words"],
            "own_words": goal["own_words"],
            "own_language": goal["own_language"],
        }
        for goal in goals
        if goal["status"] == "open"
    ]
    return of_goals + [
        {"key": code, "title": name, "own_words": None, "own_language": None}
        for code, name in domains.items()
    ]
