"""The lives of test_who_sees_what.py, many of them: looked at beneath HTTP, all of it at each look.

After each act one reader, the next in turn, is shown every household and every person that there
is for them, by the shapes that the API dumps: what each of the two households and the five people
shows is compared with the same oracle. A few lives are tried each time. QUICK_LIVES and QUICK_ACTS
try as many others as one likes, and `--junitxml` tells how many it were.
"""

import os
from collections import Counter

import pytest
from hypothesis.stateful import invariant

from resettle.accounts.loader import acting_as
from resettle.core.actor import SYSTEM
from resettle.core.permissions import Permission
from resettle.households.models import Household, Person
from resettle.households.shapes import HouseholdShape, PersonShape
from resettle.messages.models import ThreadMessage
from resettle.people.shapes import ContactShape
from tests.integration.test_who_sees_what import (
    AWAY,
    BY_ONE_OF_TWO,
    HOMES,
    KEYS,
    PASSED_OVER,
    PEOPLE,
    READERS,
    WORKERS,
    Matching,
    Stage,
    tried,
)

LIVES = int(os.environ.get("QUICK_LIVES", "0"))
ACTS = int(os.environ.get("QUICK_ACTS", "25"))
pytestmark = pytest.mark.timeout(14_400 if LIVES else 120)


class Quickly(Matching):
    """The same acts, with one look after each that takes in everything."""

    no_group_has_more_than_its_room = None  # looked at along with all else

    @invariant()
    def each_sees_what_the_oracle_says(self):
        reader = READERS[self.asked % len(READERS)]
        self.asked += 1
        with self.stage.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            self._rooms_are_right(uow)
            with acting_as(uow, self.stage.users[reader]):
                homes, people, said_to = _homes(uow), _people(uow), _said_to(uow)
        for home in HOMES:
            self._finds_home(reader, home, homes.get(self.stage.ids[home]))
            groups = {self.stage.ids[group] for group in self.told.reads(reader, home)}
            assert said_to.get(self.stage.ids[home], set()) == groups, (reader, home)
        for name in PEOPLE:
            self._finds_person(reader, name, people.get(self.stage.ids[name], set()))

    def _finds_home(self, reader, home, found):
        relation = self.told.sees(reader, home)
        self.seen[self._standing(reader, home, relation)] += 1
        seen = found or {"plan": False, "named": False}
        assert (found is not None) == (relation != "nothing"), (reader, home, relation)
        assert seen["plan"] == (relation in {"file", "active", "home"}), (reader, home, relation)
        assert seen["named"] == self._is_named(reader, home, relation), (reader, home, relation)

    def _finds_person(self, reader, name, seen):
        gone = self.told.people[name].home == AWAY
        if gone and reader in WORKERS:  # who goes on knowing whom they looked after
            return
        wanted = set() if gone else self.told.shows(reader, name)
        assert seen == wanted - {"profile"}, (reader, name, self.told.day)


def _homes(uow):
    """Tell of each household that there is for the reader what is shown of it."""
    rows = uow.all(uow.select(Household).order_by(Household.id))
    shown = HouseholdShape(only=("name",)).many_of(uow, rows)
    return {
        row.id: {"plan": uow.allows(Permission.MILESTONE_READ, row), "named": "name" in told}
        for row, told in zip(rows, shown, strict=True)
        if uow.allows(Permission.HOUSEHOLD_READ, row)
    }


def _said_to(uow):
    """Tell to which groups something was said, of what the reader may read of each household."""
    said: dict = {}
    for message in uow.all(uow.select(ThreadMessage)):
        if uow.allows(Permission.THREAD_READ, message):
            said.setdefault(message.household_id, set()).add(message.group_id)
    return said


def _people(uow):
    """Tell of each person that there is for the reader which items are shown."""
    rows = uow.all(uow.select(Person).order_by(Person.id))
    people: dict = {row.id: set() for row in rows}
    for shape, to in (
        (PersonShape, Permission.PERSON_READ),
        (ContactShape, Permission.LOCATION_READ),
    ):
        allowed = [row for row in rows if uow.allows(to, row)]
        for row, told in zip(allowed, shape().many_of(uow, allowed), strict=True):
            people[row.id] |= {item for key, item in KEYS.items() if told.get(key)}
    return people


def test_many_lives_show_to_everybody_what_they_may_see_and_no_more(
    app, connection, clock, record_property
):
    machine = type("ActedQuickly", (Quickly,), {})
    machine.stage = Stage(app, connection, clock)
    machine.acts, machine.seen = Counter(), Counter()

    tried(machine, lives=LIVES, acts=ACTS, looks=len(READERS))

    record_property("acts done", machine.acts.total())
    record_property("looks compared with the oracle", machine.seen.total())
    assert machine.acts.total() > 50
    assert machine.seen.total() > 200
    assert machine.seen.keys() >= PASSED_OVER | {BY_ONE_OF_TWO}, machine.seen
