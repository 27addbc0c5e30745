"""One topic of a household's contact card."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class CardTopic(Record, SealedEntity):
    """Whom the family calls about a topic, and whom the group. Written to be read by both."""

    __tablename__ = "card_topic"
    __table_args__ = (UniqueConstraint("household_id", "group_id", "topic"),)
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    topic: Mapped[str] = mapped_column(info=OPS)
    family_calls = Sealed(DataClass.PLAN)
    family_phone = Sealed(DataClass.PLAN)
    group_calls = Sealed(DataClass.PLAN)
    group_phone = Sealed(DataClass.PLAN)


CONFLICTS: Mapping[str, str] = {
    "uq_card_topic_household_id_group_id_topic": "Somebody else has just written this topic.",
}
