"""What was imported, by whom and from which file; and files that wait to be imported."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.sealed import Sealed, SealedContent, SealedEntity

CASE_FILE = "case_file"


class ImportState(StrEnum):
    """How far an import is. A file of few cases is done at once."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"


GOES_ON = frozenset({ImportState.WAITING, ImportState.UNDER_WAY})


class ImportBatch(SealedEntity):
    """One file that is imported. Of the file itself only its hash is kept, not even its name.

    While it waits for the worker `upload_id` is the file, and `scopes` what the token that sent it
    may do, if a token did. The hash of one that was refused is given up, so that it may come again.
    """

    __tablename__ = "import_batch"
    held = Held(about="imported_by", kept=CASE_FILE, export="never")

    sha256: Mapped[str] = mapped_column(unique=True, info=OPS)
    form_version: Mapped[str] = mapped_column(info=OPS)
    code_system: Mapped[str] = mapped_column(info=OPS)
    programme_code: Mapped[str] = mapped_column(info=OPS)
    programme_version: Mapped[int] = mapped_column(info=OPS)
    # None where an operator imported for everybody: then the cases wait for a caseworker.
    imported_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_account.id"), index=True, info=OPS
    )
    imported_at: Mapped[datetime] = mapped_column(info=OPS)
    case_count: Mapped[int] = mapped_column(info=OPS)
    person_count: Mapped[int] = mapped_column(info=OPS)
    notice_count: Mapped[int] = mapped_column(info=OPS)
    warning_count: Mapped[int] = mapped_column(info=OPS)
    state: Mapped[ImportState] = mapped_column(default=ImportState.DONE, info=OPS)
    cases_done: Mapped[int] = mapped_column(default=0, info=OPS)
    submitted_on: Mapped[date | None] = mapped_column(info=OPS)
    scopes: Mapped[list[str] | None] = mapped_column(JSON, info=OPS)
    upload_id: Mapped[UUID | None] = mapped_column(info=OPS)
    # Why it was refused; it may name cases of the file.
    reason = Sealed(DataClass.ORIGIN)

    @property
    def user_id(self) -> UUID | None:
        """Whose it is: theirs to see, and nobody else's."""
        return self.imported_by

    @property
    def is_pending(self) -> bool:
        return self.state in GOES_ON


class ImportedCase(SealedEntity):
    """One case of an imported file, and what the file said of it in UNHCR's own codes."""

    __tablename__ = "imported_case"
    held = Held(about="household_id", kept=CASE_FILE, export="my_record")
    sealed_by = "household_id"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id"), index=True, info=OPS)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), unique=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    position: Mapped[int] = mapped_column(info=OPS)
    as_submitted = Sealed(DataClass.ORIGIN)


class ImportedPerson(SealedEntity):
    """What a file told of a person and has no place of its own: so that nothing of it is lost."""

    __tablename__ = "imported_person"
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")
    sealed_by = "person_id"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id"), index=True, info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    other_facts = Sealed(DataClass.ORIGIN)


class CheckedUpload(SealedEntity):
    """A file between its check and its import, for an hour at most, for its sender alone.

    One that waits for the worker is kept until it is taken in, for a day at most. It is sealed
    under a key of its own; deleting the key makes every copy unreadable.
    """

    __tablename__ = "checked_upload"
    held = Held(about="user_id", kept="import_file", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    checked_at: Mapped[datetime] = mapped_column(info=OPS)
    expires_at: Mapped[datetime] = mapped_column(info=OPS)
    file_name = Sealed(DataClass.ORIGIN)
    # None where the file has errors: then it cannot be imported, and is not kept.
    content = SealedContent(DataClass.ORIGIN)
    report = SealedContent(DataClass.ORIGIN)


CONFLICTS: Mapping[str, str] = {
    "uq_import_batch_sha256": "This very file was imported a moment ago. Nothing was done twice.",
    "uq_imported_case_case_id": "This case came in with a file already.",
    "uq_imported_person_person_id": "This person came in with a file already.",
}
