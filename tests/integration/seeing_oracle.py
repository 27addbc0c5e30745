"""Who may see what of whom, and what may be confirmed: said once more, apart from the product."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ITEMS, GRACE = {"profile", "name", "birth_date", "phone", "address"}, timedelta(days=0)


@dataclass
class Person:
    home: str
    born_on: date
    guardian: str = ""
    said: list = field(default_factory=list)  # (item, group or None for all, gives, last day)

    def age(self, day):
        return (int(f"{day:%Y%m%d}") - int(f"{self.born_on:%Y%m%d}")) // 10_000

    def shares(self, group, day):
        last = {item: (yes, until) for item, whom, yes, until in self.said if whom in (None, group)}
        return {item for item, (yes, until) in last.items() if yes and day < until}


class Oracle:
    def __init__(self, **world):
        self.__dict__.update(world)

    def at(self, home, least=0):
        return [n for n, p in self.people.items() if p.home == home and p.age(self.day) >= least]

    def all_share(self, match, item, least):
        people = [self.people[name] for name in self.at(match.home, least)]
        return all(item in person.shares(match.group, self.day) for person in people)

    def supports(self, match):
        late = match.kind.startswith("COMPLETED") and self.day < match.ended + GRACE
        shared = any(self.people[n].shares(match.group, self.day) for n in self.at(match.home))
        return shared and (match.status == "confirmed" or late)

    def offers(self, match):
        waits = match.status in ("proposed", "accepted") and match.group not in self.closed
        return waits and self.all_share(match, "profile", 16)

    def sees(self, reader, home):
        group, until = self.members.get(reader, (None, date.max))
        theirs = [m for m in self.matches if (m.home, m.group) == (home, group)]
        if (reader, home) in self.denied or until <= self.day:
            return "nothing"
        at_home = reader in self.people and self.people[reader].home == home
        if at_home or (reader, home) in self.assigned:
            return "home" if at_home else "file"
        if any(map(self.supports, theirs)):
            return "active"
        return "offered" if any(map(self.offers, theirs)) else "nothing"

    def shows(self, reader, name):
        relation, person = self.sees(reader, self.people[name].home), self.people[name]
        speaks = reader == name or (reader == person.guardian and person.age(self.day) < 18)
        shared = person.shares(self.members[reader][0], self.day) if relation == "active" else set()
        return ITEMS if relation == "file" or speaks else {"name"} if relation == "home" else shared
