"""What was told before, so that no two figures give away who came between them. Pure.

Two figures whose people differ by a handful tell about that handful: a person joins, and the
number of the next quarter is one more. So a number changes only when enough people changed since
it was last told, and nothing new is told that is almost something old (access.md 6.6, step 7).
"""

from collections.abc import Iterable, Sequence

from resettle.releases.telling import Definition, Hidden, Members, Number, Told

FEW_PERSONS, FEW_HOUSEHOLDS = 5, 2
# A difference in size that no two households make.
MANY_APART = 60


class Ledger:
    """All that one audience was told, oldest first."""

    def __init__(self, told: Sequence[Told] = ()) -> None:
        self._newest = {each.definition: each for each in told}
        self._numbers = [each for each in told if not isinstance(each.number, Hidden)]

    def says(self, definition: Definition, members: Members) -> Number | None:
        """Give what has to be said because of what was said; None if nothing stands against news.

        Of the same count, what was told stands until enough people have changed. What is almost
        another count that was told is withheld.
        """
        before = self.standing(definition, members)
        if before is not None:
            return before.number
        if any(few_apart(each.members, members) for each in self._near(members, definition)):
            return Hidden.WITHHELD
        return None

    def standing(self, definition: Definition, members: Members) -> Told | None:
        """Give what was told of this count if it stands still, with the people it was fixed on."""
        before = self._newest.get(definition)
        if before is None or _enough_changed(before.members, members):
            return None
        return before

    def fixed(self, told: Told) -> Told:
        """Name with a number that stands the people it was fixed on, so that no drift is hidden."""
        before = self.standing(told.definition, told.members)
        return told if before is None else Told(told.definition, before.members, told.number)

    def _near(self, members: Members, definition: Definition) -> Iterable[Told]:
        for each in self._numbers:
            same = each.definition == definition
            if not same and abs(len(each.members) - len(members)) <= MANY_APART:
                yield each


def _enough_changed(before: Members, now: Members) -> bool:
    persons = before.keys() ^ now.keys()
    households = {before.get(p) or now[p] for p in persons}
    return len(persons) > FEW_PERSONS and len(households) > FEW_HOUSEHOLDS


def few_apart(before: Members, now: Members) -> bool:
    """Say whether two counts differ, and by so few that the difference tells who they are."""
    return before.keys() != now.keys() and not _enough_changed(before, now)
