"""What people ask of a pulse: one command, made by one schema."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerPulse:
    values: Mapping[str, int]
