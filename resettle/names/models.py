"""The index in which people are found: a row for each word of a name, and for each number.

The words lie in clear text, as the names themselves do, and in the same class: hashes of them
could not be compared with a misspelt word, and would hide nothing from whoever holds the table of
persons. There is no list of words beside them that would outlive the people: a reader's vocabulary
is made of the rows of the persons within their reach, and so tells nothing of anybody else. The
numbers are of sealed columns, so only their blind indexes lie here: they are found whole or not.
"""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import IDENT, OPS, SECRET, Held
from resettle.core.db import Entity
from resettle.households.models import CASE_FILE


class NameKey(Entity):
    """One word that somebody's names have, in any of their spellings and scripts."""

    __tablename__ = "name_key"
    held = Held(about="person_id", kept=CASE_FILE, export="never")
    # What is made from names anew at each change is no change of its own.
    audited: ClassVar[bool] = False

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    letters: Mapped[str] = mapped_column(index=True, info=IDENT)
    bones: Mapped[str] = mapped_column(info=IDENT)


class NumberKey(Entity):
    """The blind index of one number by which somebody is found."""

    __tablename__ = "number_key"
    held = Held(about="person_id", kept=CASE_FILE, export="never")
    audited: ClassVar[bool] = False

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    blind: Mapped[str] = mapped_column(index=True, info=SECRET)
