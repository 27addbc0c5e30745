"""What families said, as pages tell it: with its codes in words."""

from typing import Any

from resettle.core.work import UnitOfWork
from resettle.voices.models import Topic, Voice
from resettle.voices.rules import Feeling, Outcome, VoiceKind
from resettle.voices.schemas import VoiceShape

Shown = dict[str, Any]
SHAPE = VoiceShape()
TOPICS = [
    (Topic.SUPPORT.value, "The help we get"),
    (Topic.SPONSORSHIP.value, "The sponsor group"),
    (Topic.DATA.value, "What is written about us, and who sees it"),
    (Topic.OTHER.value, "Something else"),
]
FEELINGS = [
    (Feeling.YES.value, "Yes, it is right"),
    (Feeling.UNSURE.value, "I am not sure"),
    (Feeling.NO.value, "No, something has to change"),
]
OUTCOMES = [
    (Outcome.CHANGED.value, "It was changed"),
    (Outcome.NOT_CHANGED.value, "It was not changed"),
    (Outcome.TALKED.value, "We talked about it"),
]
KINDS = {
    VoiceKind.RIGHT_FOR_US.value: "Is this still right for you?",
    VoiceKind.CORRECTION.value: "Something is wrong in the file",
}


def in_words(uow: UnitOfWork, voice: Voice) -> Shown:
    """Tell one of them with its codes in words."""
    row = SHAPE.one(uow, voice)
    return {
        **row,
        "asked": KINDS[row["kind"]],
        "about": dict(TOPICS)[row["topic"]],
        "felt": dict(FEELINGS).get(row["feeling"] or "", ""),
        "decided": dict(OUTCOMES).get(row["outcome"] or "", ""),
    }
