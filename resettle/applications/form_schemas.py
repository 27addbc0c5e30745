"""Forms whose fields stand singly where JSON sends them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import post_load

from resettle.sponsors.rules import Skill
from resettle.web.fields import Name, Text
from resettle.web.schema import Command

LINK = "link_"


@dataclass(frozen=True, slots=True)
class Told:
    subject_line: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


class TellFormSchema(Command[Told]):
    """The subject line, and one field for each skill that somebody outside may cover."""

    makes = Told

    subject_line = Name()
    locals().update({f"{LINK}{skill.value}": Text(200) for skill in Skill})

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Told:
        links = {k.removeprefix(LINK): v for k, v in data.items() if k.startswith(LINK)}
        return Told(data.get("subject_line", ""), {k: v for k, v in links.items() if v.strip()})
