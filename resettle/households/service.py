"""What is done with households: opened and changed; people are born, join and leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import rules
from resettle.households.acts import (
    ChangeHousehold,
    JoinHousehold,
    NameGuardian,
    NewMember,
    OpenHousehold,
    PersonFacts,
    RecordBirth,
    RecordDeparture,
    given,
)
from resettle.households.events import HouseholdOpened, MemberJoined, MemberLeft, PersonBorn
from resettle.households.facts import new_people, new_person
from resettle.households.models import (
    CONFLICTS,
    Household,
    HouseholdMember,
    LeaveReason,
    MemberRole,
    Person,
)
from resettle.households.places import place_for
from resettle.households.queries import current_members, principal_of
from resettle.households.references import next_references
from resettle.households.rules import Coded
from resettle.programmes.catalogue import Catalogue, UnknownProgramme

TWO_PRINCIPALS = CONFLICTS["uq_household_member_one_principal"]


def open_household(uow: UnitOfWork, command: OpenHousehold) -> Household:
    """Open the file of people who will live together, with exactly one principal applicant.

    Raises Conflict for two principal applicants, Invalid for none.
    """
    return open_households(uow, [command])[0].household


@dataclass(frozen=True, slots=True)
class Opened:
    """A household that was opened, and its people in the order in which they were told of."""

    household: Household
    people: Sequence[Person]


def open_households(uow: UnitOfWork, commands: Sequence[OpenHousehold]) -> list[Opened]:
    """Open the files of several households at once, each as `open_household` does; or of none."""
    uow.require(Permission.HOUSEHOLD_CREATE)
    names = [_display_name(_principal_among(uow, c.members).person) for c in commands]
    references = next_references(uow, len(commands))
    told = zip(commands, references, names, strict=True)
    households = uow.add_all([_household(uow, *each) for each in told])
    people = iter(new_people(uow, (m.person for c in commands for m in c.members)))
    opened = [
        Opened(household, [next(people) for _ in command.members])
        for command, household in zip(commands, households, strict=True)
    ]
    uow.add_all(_first_members(uow, commands, opened))
    for each in opened:
        uow.emit(HouseholdOpened(each.household.id, uow.actor.user_id))
    return opened


def _household(uow: UnitOfWork, command: OpenHousehold, reference: str, name: str) -> Household:
    location = place_for(uow, command.stream, command.location) if command.location else None
    return Household(
        reference=reference,
        display_name=name,
        stream=command.stream,
        programme_code=command.programme_code,
        programme_version=_version(uow, command),
        primary_language=command.primary_language,
        needs_interpreter=command.needs_interpreter,
        preferred_contact=command.preferred_contact,
        location=location,
        source=command.source,
    )


def _first_members(
    uow: UnitOfWork, commands: Sequence[OpenHousehold], opened: Sequence[Opened]
) -> Iterator[HouseholdMember]:
    for command, each in zip(commands, opened, strict=True):
        for member, person in zip(command.members, each.people, strict=True):
            yield _member(each.household.id, person, member.relationship, uow.today)


def _principal_among(uow: UnitOfWork, members: Sequence[NewMember]) -> NewMember:
    leading = [m for m in members if m.relationship.value == rules.PRINCIPAL]
    if not leading:
        raise Invalid({"members": ["Name the principal applicant (relationship PA)."]})
    if len(leading) > 1:
        raise Conflict("A household has exactly one principal applicant; here are more.")
    given_facts = given(leading[0].person)
    if fault := rules.principal_fault(uow.today, given_facts["born_on"]):
        raise Invalid({"members": [fault]})
    return leading[0]


def _display_name(facts: PersonFacts) -> str:
    told = given(facts)
    return rules.household_name(told["family_name"], told.get("given_name", ""))


def _version(uow: UnitOfWork, command: OpenHousehold) -> int:
    catalogue = uow.use(Catalogue)
    try:
        if command.programme_version is not None:
            return catalogue.get(command.programme_code, command.programme_version).version
        return catalogue.in_force(command.programme_code, uow.today).version
    except UnknownProgramme as error:
        raise Invalid({"programme_code": [str(error)]}) from error


def _take_in(
    uow: UnitOfWork, household_id: UUID, person: Person, relationship: Coded, joined_on: date
) -> HouseholdMember:
    return uow.add(_member(household_id, person, relationship, joined_on))


def _member(
    household_id: UUID, person: Person, relationship: Coded, joined_on: date
) -> HouseholdMember:
    return HouseholdMember(
        household_id=household_id,
        person_id=person.id,
        relationship_code=relationship.value,
        relationship_source_code=relationship.source_code or None,
        code_system=relationship.code_system or None,
        role=MemberRole(rules.role_of(relationship.value)),
        joined_on=joined_on,
    )


def change_household(uow: UnitOfWork, household_id: UUID, command: ChangeHousehold) -> Household:
    household = uow.edit(Household, household_id, to=Permission.HOUSEHOLD_UPDATE)
    values = given(command)
    if values.get("location"):
        values["location"] = place_for(uow, household.stream, values["location"])
    for name, value in values.items():
        setattr(household, name, value)
    return household


def join(uow: UnitOfWork, household_id: UUID, command: JoinHousehold) -> HouseholdMember:
    """Let somebody new, or somebody known from elsewhere, join a household.

    Raises Conflict for a second principal applicant, or for somebody who has another home.
    """
    household = uow.edit(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    if command.relationship.value == rules.PRINCIPAL and principal_of(uow, household.id):
        raise Conflict(TWO_PRINCIPALS)
    person = _joining(uow, command)
    if fault := rules.joining_fault(uow.today, person.born_on, command.joined_on):
        raise Invalid({"joined_on": [fault]})
    member = _take_in(uow, household.id, person, command.relationship, command.joined_on)
    uow.emit(MemberJoined(household.id, person.id, member.joined_on, person.born_on))
    return member


def _joining(uow: UnitOfWork, command: JoinHousehold) -> Person:
    if command.person is not None and command.person_id is None:
        return new_person(uow, command.person)
    if command.person_id is not None and command.person is None:
        return uow.get(Person, command.person_id, to=Permission.PERSON_UPDATE)
    raise Invalid({"person": ["Name either a new person, or the id of one on record."]})


def record_birth(uow: UnitOfWork, household_id: UUID, command: RecordBirth) -> HouseholdMember:
    """Take up a child born into the household. The size of the case stays as submitted."""
    household = uow.edit(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    child = new_person(
        uow,
        PersonFacts(
            family_name=command.family_name,
            given_name=command.given_name,
            other_names=command.other_names,
            name_in_script=command.name_in_script,
            sex=command.sex,
            born_on=command.born_on,
        ),
    )
    if command.relationship.value == rules.PRINCIPAL:
        raise Conflict(TWO_PRINCIPALS)
    member = _take_in(uow, household.id, child, command.relationship, child.born_on)
    member.guardian_id = _guardian(uow, member, command.guardian_id)
    uow.emit(PersonBorn(household.id, child.id, child.born_on))
    uow.emit(MemberJoined(household.id, child.id, child.born_on, child.born_on))
    return member


def name_guardian(uow: UnitOfWork, member_id: UUID, command: NameGuardian) -> HouseholdMember:
    """Record who is the legal guardian of a child, and whether the record is kept from them."""
    member = uow.edit(HouseholdMember, member_id, to=Permission.HOUSEHOLD_CHANGE)
    member.guardian_id = _guardian(uow, member, command.guardian_id)
    member.guardian_withheld = command.guardian_withheld
    return member


def _guardian(uow: UnitOfWork, ward: HouseholdMember, guardian_id: UUID | None) -> UUID | None:
    """Check that a guardian is another adult of the same household."""
    if guardian_id is None:
        return None
    at_home = {m.person_id for m in current_members(uow, ward.household_id)}
    guardian = uow.find(Person, guardian_id)
    if guardian is None or guardian_id not in at_home - {ward.person_id}:
        raise Invalid({"guardian_id": ["A guardian is another member of the same household."]})
    if rules.is_child(uow.today, guardian.born_on):
        raise Invalid({"guardian_id": ["A guardian is an adult."]})
    return guardian_id


def record_departure(uow: UnitOfWork, member_id: UUID, command: RecordDeparture) -> HouseholdMember:
    """Record that a member left or died. If the principal applicant does, another must follow."""
    member = uow.edit(HouseholdMember, member_id, to=Permission.HOUSEHOLD_CHANGE)
    if member.left_on is not None:
        raise Conflict("This departure is already on record.")
    if fault := rules.departure_fault(uow.today, member.joined_on, command.left_on):
        raise Invalid({"left_on": [fault]})
    successor = _successor(uow, member, command.successor_id)
    member.left_on, member.leave_reason = command.left_on, command.reason
    if command.reason is LeaveReason.DIED:
        person = uow.edit(Person, member.person_id, to=Permission.PERSON_UPDATE)
        person.deceased_on = command.left_on
    # Out first: at no moment may a household have two principal applicants.
    uow.session.flush()
    if successor is not None:
        lead(uow, successor)
    uow.emit(MemberLeft(member.household_id, member.person_id, command.left_on, command.reason))
    return member


def _successor(
    uow: UnitOfWork, member: HouseholdMember, successor_id: UUID | None
) -> HouseholdMember | None:
    others = {m.id: m for m in current_members(uow, member.household_id) if m.id != member.id}
    if member.role is not MemberRole.PRINCIPAL or not others:
        return None
    if successor_id not in others:
        raise Invalid({"successor_id": ["Name the member who becomes the principal applicant."]})
    return others[successor_id]


def lead(uow: UnitOfWork, member: HouseholdMember) -> None:
    """Let a member be the principal applicant from now on, with nobody else who is."""
    member.role, member.relationship_code = MemberRole.PRINCIPAL, rules.PRINCIPAL
    household = uow.edit(Household, member.household_id, to=Permission.HOUSEHOLD_CHANGE)
    person = uow.get(Person, member.person_id, to=Permission.PERSON_READ)
    household.display_name = rules.household_name(person.family_name, person.given_name)
