"""Who may see what of whom, and what may be confirmed: said once more, apart from the product."""

from types import SimpleNamespace

ITEMS, GROUPS = {"profile", "name", "birth_date", "phone", "address"}, {"church", "club"}


class Person(SimpleNamespace):
    """Somebody of a home. What they said: (item, group or None for all, gives, last day)."""

    def age(self, day):
        return (int(f"{day:%Y%m%d}") - int(f"{self.born_on:%Y%m%d}")) // 10_000

    def shares(self, group, day):
        last = {item: (yes, until) for item, whom, yes, until in self.said if whom in (None, group)}
        return {item for item, (yes, until) in last.items() if yes and day < until}


class Oracle(SimpleNamespace):
    def at(self, home, least=0):
        return [n for n, p in self.people.items() if p.home == home and p.age(self.day) >= least]

    def all_share(self, match, item, least):
        people = [self.people[name] for name in self.at(match.home, least)]
        return all(item in person.shares(match.group, self.day) for person in people)

    def supports(self, match):
        people = [self.people[name] for name in self.at(match.home)]
        return match.status == "confirmed" and any(p.shares(match.group, self.day) for p in people)

    def offers(self, match):
        waits = match.status in ("proposed", "accepted") and match.group not in self.closed
        return waits and self.all_share(match, "profile", 16)

    def acts_for(self, reader):
        return {group for group, until in self.members.get(reader, {}).items() if self.day < until}

    def near(self, reader, home, how):
        theirs = [m for m in self.matches if m.home == home and m.group in self.acts_for(reader)]
        return [match.group for match in theirs if how(match)]

    def sees(self, reader, home):
        at_home = reader in self.people and self.people[reader].home == home
        if (reader, home) in self.denied:
            return "nothing"
        if at_home or (reader, home) in self.assigned:
            return "home" if at_home else "file"
        near, offered = (self.near(reader, home, how) for how in (self.supports, self.offers))
        return "active" if near else "offered" if offered else "nothing"

    def reads(self, reader, home):
        near = set(self.near(reader, home, self.supports))
        return {"file": GROUPS, "home": GROUPS, "active": near}.get(self.sees(reader, home), set())

    def shows(self, reader, name):
        relation, person = self.sees(reader, self.people[name].home), self.people[name]
        if reader == name or (reader == person.guardian and person.age(self.day) < 18):
            return ITEMS
        told = (person.shares(group, self.day) for group in self.reads(reader, person.home))
        return {"home": {"name"}, "file": ITEMS, "active": set().union(*told)}.get(relation, set())
