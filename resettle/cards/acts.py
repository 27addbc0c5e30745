"""What people ask of contact cards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTopic:
    """Whom each calls about a topic. What is not told is taken away."""

    topic: str
    family_calls: str | None = None
    family_phone: str | None = None
    group_calls: str | None = None
    group_phone: str | None = None
