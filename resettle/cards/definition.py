"""The topics of contact cards: config/contact_topics.toml, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody may call about, and who of a group usually knows of it."""

    code: str
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactTopics:
    topics: Mapping[str, Topic]


def load(path: Path) -> ContactTopics:
    """Read the topics, in their order. Raises KeyError with what the file lacks."""
    told = tomllib.loads(path.read_text())["topics"]
    topics = [Topic(each["code"], each["title"], tuple(each["roles"])) for each in told]
    return ContactTopics({topic.code: topic for topic in topics})
