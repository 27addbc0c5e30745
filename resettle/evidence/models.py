"""Papers of applications: what they are, and their content, sealed under the group's key."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import SealedContent, SealedEntity
from resettle.documents.rules import HELD_BACK, State
from resettle.evidence.rules import Kind


class Evidence(Record, SealedEntity):
    """One paper. The name of the file that was sent is not kept; what is taken out is gone.

    Where there is a virus scanner nobody opens it before that has seen it; what the scanner finds
    something in stays as a line without content, so that the group knows.
    """

    __tablename__ = "application_evidence"
    sealed_by = "group_id"
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("group_application.id"), index=True, info=OPS
    )
    kind: Mapped[Kind] = mapped_column(info=OPS)
    state: Mapped[State] = mapped_column(
        default=State.CLEAN, server_default=State.CLEAN.value, info=OPS
    )
    media_type: Mapped[str] = mapped_column(info=OPS)
    size: Mapped[int] = mapped_column(info=OPS)
    content = SealedContent(DataClass.VET)

    @property
    def is_pending(self) -> bool:
        """Say whether it is taken in but cannot be opened yet."""
        return self.state in HELD_BACK
