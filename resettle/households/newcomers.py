"""What the pages ask of a person who is entered, and that they are looked for first."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from marshmallow import fields

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import acts
from resettle.households.lookalikes import Lookalikes
from resettle.households.models import Sex
from resettle.web.fields import Day, Flag, Name
from resettle.web.pages import Form
from resettle.web.schema import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerFacts:
    """A person as these forms ask: what is needed, and the name in the own script."""

    family_name: str
    given_name: str = ""
    name_in_script: str | None = None
    sex: Sex
    born_on: date
    is_somebody_else: bool = False

    @property
    def facts(self) -> acts.PersonFacts:
        return acts.PersonFacts(
            family_name=self.family_name,
            given_name=self.given_name,
            name_in_script=self.name_in_script,
            sex=self.sex,
            born_on=self.born_on,
        )


class PersonFactsSchema(Command[NewcomerFacts]):
    makes: ClassVar[type[NewcomerFacts]] = NewcomerFacts

    family_name = Name(required=True)
    given_name = Name()
    name_in_script = Name()
    sex = fields.Enum(Sex, by_value=True, required=True)
    born_on = Day(required=True)
    is_somebody_else = Flag()


def note(uow: UnitOfWork, form: Form, person_id: UUID) -> None:
    """Put the pairs on the list that were seen and entered all the same."""
    uow.require(Permission.DUPLICATE_READ)
    if form.command.is_somebody_else:
        uow.settle()  # from then on who opened a household has it
        uow.use(Lookalikes).note(uow, person_id)
