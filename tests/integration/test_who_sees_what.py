"""Whatever happens between households and groups, everybody sees what the oracle says and no more.

The oracle (seeing_oracle.py) knows nothing of the product. After each act, readers ask over HTTP.
Six lives of 25 acts are tried each time, always the same. SEEING_LIVES and SEEING_ACTS try as many
others as one likes: with 200 and 50 it takes about half an hour.
"""

import os
from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from resettle.accounts.loader import if_active
from resettle.cases.models import Assignment, AssignmentKind
from resettle.consents import service as consents
from resettle.consents.acts import RecordConsent, WithdrawConsent
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import latest_expiry
from resettle.core.actor import SYSTEM, Role
from resettle.core.errors import ResettleError
from resettle.households import service as households
from resettle.households.acts import RecordDeparture
from resettle.households.models import DenyListed, HouseholdMember, LeaveReason
from resettle.messages.models import Side, ThreadMessage
from resettle.placements import endings, sponsorships
from resettle.placements.acts import (
    AnswerProposal,
    DeclineProposal,
    EndSponsorship,
    GiveReason,
    ProposeSponsorship,
)
from resettle.placements.models import AnswerMethod
from resettle.sponsors import service as groups
from resettle.sponsors.acts import MoveGroup
from resettle.sponsors.models import SponsorGroup, SponsorMember
from tests.application import ACTOR
from tests.clock import NOW
from tests.groups import a_deed, a_group, a_member
from tests.integration.seeing_oracle import ITEMS, Oracle, Person
from tests.world import a_household, a_user
from tests.world import a_member as a_relative

TODAY = NOW.date()
LIVES = int(os.environ.get("SEEING_LIVES", "0"))
STEPS = int(os.environ.get("SEEING_ACTS", "25"))
EXAMPLES = 6
# Each of these must have been done, and nobody may go unseen in any of these standings.
DONE = {
    *("propose", "accept", "decline", "answer", "confirm", "give", "take_back"),
    *("suspend", "resume", "end", "break_off", "let_go_on", "vet", "time passes"),
    *("assign", "keep_away", "move_out"),
}
PASSED_OVER = {
    *{f"sponsor passed over for another, {each}" for each in ("offered", "supporting")},
}
BY_ONE_OF_TWO = "sponsor active by one of two groups"
STANDINGS = PASSED_OVER | {
    BY_ONE_OF_TWO,
    *{f"sponsor {each}" for each in ("active", "offered", "nothing", "whose vetting is over")},
    *{f"worker {each}" for each in ("file", "nothing")},
    *{f"family {each}" for each in ("home", "nothing")},
}
LONG_AGO = date(2025, 1, 1)
# Two of them come of age, to be asked and to be adult, while the machine runs.
PEOPLE = {
    "rana": ("hill", date(1988, 4, 2)),
    "samir": ("hill", date(1985, 8, 19)),
    "maya": ("hill", date(2008, 4, 20)),
    "abel": ("lake", date(1990, 6, 1)),
    "hana": ("lake", date(2010, 5, 5)),
}
SIGNED_IN = ("rana", "samir", "abel")
MEMBERS = {"aroha": ["church"], "tom": ["church"], "sue": ["club"], "kim": ["church", "club"]}
MEMBERSHIPS = [(who, group) for who, groups in MEMBERS.items() for group in groups]
LEADERS = {"church": "aroha", "club": "sue"}
ROOM = {"church": (3, 1), "club": (5, 2)}
WORKERS = ("mere", "hemi")
READERS = (*MEMBERS, *SIGNED_IN, *MEMBERS, *WORKERS)  # in turn: sponsors twice as often
HOMES, AWAY = ("hill", "lake"), "elsewhere"
KEYS = {"name": "name", "born_on": "birth_date", "phone": "phone", "address": "address"}

HILL: dict = {"home": "hill"}
CHURCH: dict = {"group": "church"}
CLUB: dict = {"group": "club"}
# What has happened before a life: each is lived once by itself, and any life begins with one.
BEGINNINGS: dict[str, list] = {
    "nothing": [],
    "proposed": [],
    "declined": [("group_answers", HILL | {"who": "aroha", "yes": False})],
    "confirmed": [],
    "suspended": [("suspend", HILL)],
    "resumed": [("break_off", CHURCH), ("let_go_on", CHURCH), ("resume", HILL)],
    "ended": [("end", HILL | {"kind": "BREAKDOWN"})],
    "grown late": [("time_passes", {"days": 100}), ("is_vetted", {"membership": ("sue", "club")})],
    "moved out": [("moves_out", {"who": "samir"}), ("is_kept_away", HILL | {"reader": "tom"})],
    "handed on": [("hands_on", HILL | {"worker": "mere"})],
    "in sight of both": [("propose", HILL | CLUB)],
    "in sight of both, turned to one": [("propose", HILL | CLUB), ("turns_to", HILL | CHURCH)],
    "turned to another": [("turns_to", HILL | CLUB)],
    "taken over": [("come_together", HILL | CLUB)],
}

people, homes = st.sampled_from(sorted(PEOPLE)), st.sampled_from(HOMES)
communities, members = st.sampled_from(sorted(ROOM)), st.sampled_from(sorted(MEMBERS))
pytestmark = pytest.mark.timeout(14_400 if LIVES else 300)


class Stage:
    """An application with two households and two groups, and what is known of them."""

    def __init__(self, app, connection, clock):
        self.app, self.connection, self.clock = app, connection, clock
        self.transactions = app.extensions["transactions"]
        self.ids, self.users = {}, {}
        self.clients = {reader: app.test_client() for reader in READERS}
        with self.as_("system") as uow:
            self._plant(uow)

    def as_(self, who):
        return self.transactions.begin(self.actor(who), "test")

    def actor(self, who):
        if who == "system":
            return SYSTEM
        with self.transactions.begin(SYSTEM, "load", read_only=True) as uow:
            return if_active(uow, self.users[who])

    def _plant(self, uow):
        for name in HOMES:
            self.ids[name] = a_household(uow, display_name=name).id
        for name, (home, born_on) in PEOPLE.items():
            household = SimpleNamespace(id=self.ids[home])
            leads = name in {"rana", "abel"}
            guardian = self.ids["abel"] if name == "hana" else None
            person = a_relative(
                uow, household, "PA" if leads else "OTH", born_on=born_on, guardian_id=guardian
            )
            person.given_name, person.phone, person.address = name, f"+64 {name}", f"1 {name} St"
            self.ids[name] = person.id
        for name, (persons, places) in ROOM.items():
            group = a_group(uow, max_persons=persons, max_households=places)
            a_deed(uow, group)
            self.ids[name] = group.id
        self._plant_threads(uow)
        for name in SIGNED_IN:
            self.users[name] = a_user(
                uow, Role.HOUSEHOLD_PERSON, person_id=self.ids[name], name=name
            ).id
        self._plant_helpers(uow)

    def _plant_threads(self, uow):
        """Let each household have said something to each group, whichever supports it when."""
        for home in HOMES:
            for group in ROOM:
                said = {"household_id": self.ids[home], "group_id": self.ids[group]}
                message = ThreadMessage(**said, side=Side.FAMILY, text=group, sent_at=uow.now)
                uow.add(message)

    def _plant_helpers(self, uow):
        for name in MEMBERS:
            leads = name in LEADERS.values()
            role = Role.SPONSOR_COORDINATOR if leads else Role.SPONSOR_MEMBER
            self.users[name] = a_user(uow, role, name=name).id
        for name, community in MEMBERSHIPS:
            group = SimpleNamespace(id=self.ids[community])
            a_member(uow, group, user_id=self.users[name], vetted_until=TODAY + 40 * DAY)
        for name in WORKERS:
            self.users[name] = a_user(uow, name=name).id
            for home in HOMES:
                _assign(uow, self, name, home)
        self.users["manager"] = a_user(uow, Role.PROGRAMME_MANAGER).id


DAY = timedelta(days=1)


def _assign(uow, stage, worker, home):
    uow.add(
        Assignment(
            household_id=stage.ids[home],
            user_id=stage.users[worker],
            kind=AssignmentKind.SECOND,
            from_on=LONG_AGO,
        )
    )


def a_world():
    return Oracle(
        day=TODAY,
        people={
            name: Person(
                home=home, born_on=born_on, guardian="abel" if name == "hana" else "", said=[]
            )
            for name, (home, born_on) in PEOPLE.items()
        },
        matches=[],
        members={name: dict.fromkeys(groups, TODAY + 40 * DAY) for name, groups in MEMBERS.items()},
        assigned={(worker, home) for worker in WORKERS for home in HOMES},
        denied=set(),
        closed=set(),
    )


class Matching(RuleBasedStateMachine):
    """Acts as people do them, each told to the oracle once it was done."""

    stage: Stage
    acts: Counter
    seen: Counter

    @initialize(so_far=st.sampled_from([*BEGINNINGS]))
    def begin(self, so_far):
        self.undo = self.stage.connection.begin_nested()
        self.told, self.asked = deepcopy(WORLD), 0
        self.stage.clock.move_to(NOW)
        if so_far != "nothing":
            self._come_together("hill", "church", so_far)
            self._come_together("lake", "club", "confirmed")
        for act, given in BEGINNINGS[so_far]:
            getattr(self, act)(**given)

    def _come_together(self, home, group, so_far):
        """Let things come about more often than by chance, by the same acts."""
        for who in self.told.at(home):
            self._gives(who, ["profile", "name", "phone"], None)
        self.propose(home=home, group=group)
        if so_far in {"proposed", "declined"}:
            return
        self.group_answers(home=home, who=LEADERS[group], yes=True)
        for who in self.told.at(home, 16):
            self.person_answers(who=who, yes=True)
        self.confirm(home=home)

    @rule(home=homes, group=communities)
    def come_together(self, home, group):
        self._come_together(home, group, "confirmed")

    def teardown(self):
        if hasattr(self, "undo"):
            self.undo.rollback()

    def does(self, who, act, *, may=None):
        """Do something as somebody; it is done, or refused as a whole, as the oracle foresees."""
        try:
            with self.stage.as_(who) as uow:
                done = act(uow)
        except ResettleError as error:
            if may:
                raise AssertionError(f"{who} may do it: {getattr(error, 'missing', '')}") from error
            return None
        assert may is not False, f"{who} may not do it"
        self.acts[act.__name__] += 1
        return done or True

    def match(self, home, *statuses):
        found = [m for m in self.told.matches if m.home == home and m.status in statuses]
        return found[-1] if found else None

    def knows(self, worker, home):
        return self.told.sees(worker, home) == "file"

    # The way to a match

    @rule(home=homes, group=communities)
    def propose(self, home, group):
        wanted = ProposeSponsorship(self.stage.ids[group], "NOMINATED")

        def propose(uow):
            return sponsorships.propose(uow, self.stage.ids[home], wanted).id

        made = self.does("mere", propose, may=self._may_propose(home, group))
        if made:
            match = SimpleNamespace(
                id=made, home=home, group=group, status="proposed", kind="", ended=None, said={}
            )
            self.told.matches.append(match)

    def _may_propose(self, home, group):
        said_no = [m for m in self.told.matches if m.status == "declined"]
        lately = [m for m in said_no if self.told.day < m.ended + 90 * DAY]
        return (
            self.knows("mere", home)
            and self.match(home, "proposed", "accepted") is None
            and (home, group) not in {(m.home, m.group) for m in lately}
            and group not in {m.group for m in self.told.matches if m.home == home and runs(m)}
            and group not in self.told.closed
            and self.has_room(group, home)
        )

    def has_room(self, group, home):
        taken = [m.persons for m in self.told.matches if m.group == group and runs(m)]
        persons, places = ROOM[group]
        return len(taken) < places and sum(taken) + len(self.told.at(home)) <= persons

    @rule(home=homes, who=members, yes=st.sampled_from([True, False, False]))
    def group_answers(self, home, who, yes):
        match = self.match(home, "proposed", "accepted")
        if match is None:
            return
        can = who == LEADERS[match.group] and match.group in self.told.acts_for(who)
        can = can and (who, home) not in self.told.denied

        def accept(uow):
            sponsorships.accept(uow, match.id)

        def decline(uow):
            sponsorships.decline(uow, match.id, DeclineProposal("TIMING"))

        may = can and (
            not yes or (match.status == "proposed" and match.group not in self.told.closed)
        )
        if self.does(who, accept if yes else decline, may=may):
            match.status = "accepted" if yes else "declined"
            match.ended = None if yes else self.told.day

    @rule(who=people, yes=st.sampled_from([True, True, True, False]))
    def person_answers(self, who, yes):
        home = self.told.people[who].home
        match = self.match(home, "proposed", "accepted")
        if match is None:
            return
        own = who in SIGNED_IN
        method = AnswerMethod.OWN_ACCOUNT if own else AnswerMethod.SIGNED_FORM
        said = AnswerProposal(self.stage.ids[who], yes, method, self.told.day)

        def answer(uow):
            sponsorships.answer(uow, match.id, said)

        may = who in self.told.at(home, 16) and (own or self.knows("mere", home))
        if self.does(who if own else "mere", answer, may=may):
            match.said[who] = yes

    @rule(home=homes)
    def confirm(self, home):
        match = self.match(home, "accepted")
        if match is None:
            return

        def confirm(uow):
            sponsorships.confirm(uow, match.id)

        before = [m for m in self.told.matches if m.home == home and runs(m)]
        if self.does(
            "hemi", confirm, may=self._may_run(match) and self.has_room(match.group, home)
        ):
            match.status, match.persons = "confirmed", len(self.told.at(home))
            for each in before:
                each.status, each.kind, each.ended = "ended", "TRANSFERRED", self.told.day

    def _may_run(self, match):
        told = self.told
        vetted = [
            match.group in told.acts_for(who) for who, group in MEMBERSHIPS if group == match.group
        ]
        return (
            self.knows("hemi", match.home)
            and match.group not in told.closed
            and all(vetted)
            and all(match.said.get(name) for name in told.at(match.home, 16))
            and told.all_share(match, "name", 18)
        )

    # What people agree to

    @rule(who=people, item=st.sampled_from(sorted(ITEMS)), group=st.none() | communities)
    def gives(self, who, item, group):
        self._gives(who, [item], group)

    def _gives(self, who, items, group):
        told, ids = self.told, self.stage.ids
        child = who not in told.at(told.people[who].home, 16)
        if told.people[who].home == AWAY:
            return None
        until = latest_expiry(told.day)

        def give(uow):
            for item in items:
                wanted = RecordConsent(
                    purpose=Purpose.SHARE_WITH_SPONSOR,
                    item=Item(item),
                    recipient_type=RecipientType.SPONSOR_GROUP,
                    recipient_id=group and ids[group],
                    method=Method.GUARDIAN if child else Method.SIGNED,
                    language="ara",
                    text_version="1",
                    given_by=ids["abel"] if child else None,
                    child_assents=True if child else None,
                )
                consents.record(uow, ids[who], wanted)

        given = self.does("system", give, may="abel" in told.at("lake") or not child)
        if given:
            told.people[who].said += [(item, group, True, until) for item in items]
        return given

    @rule(who=people, item=st.sampled_from(sorted(ITEMS)))
    def takes_back(self, who, item):
        said = [word for word in self.told.people[who].said if word[0] == item and word[2]]
        if not said:
            return
        self._takes_back(who, item, said[-1][1])

    def _takes_back(self, who, item, group):
        def take_back(uow):
            entries = uow.select(ConsentEntry).where(
                ConsentEntry.person_id == self.stage.ids[who],
                ConsentEntry.item == Item(item),
                ConsentEntry.recipient_id.is_not_distinct_from(group and self.stage.ids[group]),
            )
            entry = uow.first(entries.order_by(ConsentEntry.seq))
            consents.withdraw(uow, entry.id, WithdrawConsent(method=Method.SIGNED))

        self.does("system", take_back, may=True)
        self.told.people[who].said.append((item, group, False, date.max))

    @rule(who=people, group=communities)
    def says_no_to(self, who, group):
        """Let somebody take back all that one group may know, whatever was agreed for any."""
        for item in sorted(self.told.people[who].shares(group, self.told.day)):
            if self._gives(who, [item], group):
                self._takes_back(who, item, group)

    @rule(home=homes, group=communities)
    def turns_to(self, home, group):
        """Let a whole household share with one group, and nothing at all with the other."""
        (other,) = ROOM.keys() - {group}
        for who in self.told.at(home):
            self.says_no_to(who=who, group=other)
            self._gives(who, ["profile", "name", "phone"], group)

    # What breaks off, goes on and ends

    @rule(home=homes)
    def suspend(self, home):
        match = self.match(home, "confirmed")
        if match is None:
            return

        def suspend(uow):
            endings.suspend(uow, match.id, GiveReason("A concern"))

        if self.does("manager", suspend, may=True):
            match.status = "suspended"

    @rule(home=homes)
    def resume(self, home):
        match = self.match(home, "suspended")
        if match is None:
            return

        def resume(uow):
            endings.resume(uow, match.id)

        if self.does("hemi", resume, may=self._may_run(match)):
            match.status = "confirmed"

    @rule(home=homes, kind=st.sampled_from(["COMPLETED", "BREAKDOWN", "PROGRAMME_CLOSED"]))
    def end(self, home, kind):
        match = self.match(home, "proposed", "accepted", "confirmed", "suspended")
        if match is None:
            return
        reasons = ["FUNDS"] if kind == "BREAKDOWN" else []

        def end(uow):
            endings.end(uow, match.id, EndSponsorship(kind, self.told.day, reasons))

        if self.does("mere", end, may=self.knows("mere", home)):
            match.status, match.kind, match.ended = "ended", kind, self.told.day

    @rule(group=communities)
    def break_off(self, group):
        if group in self.told.closed:
            return

        def break_off(uow):
            groups.move(uow, self.stage.ids[group], MoveGroup("SUSPENDED", "A complaint"))

        self.does("system", break_off, may=True)
        self.told.closed.add(group)
        for match in self.told.matches:
            if match.group == group and match.status == "confirmed":
                match.status = "suspended"
            if match.group == group and match.status == "proposed":
                match.status, match.ended = "ended", self.told.day

    @precondition(lambda self: self.told.closed)
    @rule(group=communities)
    def let_go_on(self, group):
        def let_go_on(uow):
            uow.find(SponsorGroup, self.stage.ids[group]).status = "READY"

        if group in self.told.closed:
            self.does("system", let_go_on, may=True)
            self.told.closed.discard(group)

    # What changes around them

    @rule(days=st.sampled_from([1, 7, 13, 14, 35, 100, 300]))
    def time_passes(self, days):
        self.stage.clock.forward(days=days)
        self.told.day += days * DAY
        self.acts["time passes"] += 1

    @rule(membership=st.sampled_from(MEMBERSHIPS))
    def is_vetted(self, membership):
        who, group = membership
        until = self.told.day + 400 * DAY

        def vet(uow):
            found = uow.select(SponsorMember).where(
                SponsorMember.user_id == self.stage.users[who],
                SponsorMember.group_id == self.stage.ids[group],
            )
            uow.first(found).vetted_until = until

        self.does("system", vet, may=True)
        self.told.members[who][group] = until

    @rule(worker=st.sampled_from(WORKERS), home=homes)
    def hands_on(self, worker, home):
        """End an assignment, or begin it again."""
        assigned = (worker, home) in self.told.assigned

        def assign(uow):
            if not assigned:
                _assign(uow, self.stage, worker, home)
                return
            mine = Assignment.user_id == self.stage.users[worker]
            query = uow.select(Assignment).where(
                mine, Assignment.household_id == self.stage.ids[home]
            )
            for each in uow.all(query.where(Assignment.until_on.is_(None))):
                each.until_on = self.told.day

        self.does("system", assign, may=True)
        self.told.assigned ^= {(worker, home)}

    @rule(reader=st.sampled_from([*MEMBERS, *WORKERS]), home=homes)
    def is_kept_away(self, reader, home):
        def keep_away(uow):
            values = {"household_id": self.stage.ids[home], "user_id": self.stage.users[reader]}
            uow.add(DenyListed(**values))

        if (reader, home) not in self.told.denied:
            self.does("system", keep_away, may=True)
            self.told.denied.add((reader, home))

    @rule(who=st.sampled_from(["samir", "maya", "hana"]))
    def moves_out(self, who):
        if self.told.people[who].home == AWAY:
            return

        def move_out(uow):
            stays = uow.select(HouseholdMember)
            stay = uow.first(stays.where(HouseholdMember.person_id == self.stage.ids[who]))
            gone = RecordDeparture(left_on=self.told.day, reason=LeaveReason.MOVED_OUT)
            households.record_departure(uow, stay.id, gone)

        self.does("system", move_out, may=True)
        self.told.people[who].home = AWAY

    # What everybody sees

    @invariant()
    def each_sees_what_the_oracle_says(self):
        """Ask as two readers in turn, each of one household and somebody in it."""
        for _ in range(2):
            reader = READERS[self.asked % len(READERS)]
            name = [*PEOPLE][self.asked // len(READERS) % len(PEOPLE)]
            self.asked += 1
            self.stage.clients[reader].environ_base[ACTOR] = self.stage.actor(reader)
            self._sees_home(reader, PEOPLE[name][0])
            self._sees_person(reader, name)

    def _sees_home(self, reader, home):
        relation = self.told.sees(reader, home)
        self.seen[self._standing(reader, home, relation)] += 1
        path = f"/api/households/{self.stage.ids[home]}"
        shown, listed = self._ask(reader, path), self._ask(reader, "/api/households")
        steps = self._ask(reader, f"{path}/milestones")
        assert (shown is not None) == (relation != "nothing"), (reader, home, relation)
        found = {row["id"] for row in (listed or {"items": []})["items"]}
        assert (str(self.stage.ids[home]) in found) == (relation != "nothing"), (reader, home)
        assert (steps is not None) == (relation in {"file", "active", "home"}), (reader, home)
        read = self._ask(reader, f"{path}/thread") or {"items": []}
        said_to = {row["text"] for row in read["items"]}
        assert said_to == self.told.reads(reader, home), (reader, home, relation)
        if shown is not None:
            assert ("name" in shown) == self._is_named(reader, home, relation), (reader, home)

    def _standing(self, reader, home, relation):
        if reader not in MEMBERS:
            return f"{'worker' if reader in WORKERS else 'family'} {relation}"
        if not self.told.acts_for(reader):
            return "sponsor whose vetting is over"
        had = {m.group for m in self.told.matches if m.home == home and m.status != "declined"}
        if relation == "active" and had & self.told.acts_for(reader) > self.told.reads(
            reader, home
        ):
            return BY_ONE_OF_TWO
        passed_over = relation == "nothing" and self._passed_over(reader, home)
        return f"sponsor {passed_over or relation}"

    def _passed_over(self, reader, home):
        """Tell of a group that would be near if the household's word to another were for it."""
        if (reader, home) in self.told.denied:
            return None
        if self.told.near(reader, home, if_another(self.told.supports)):
            return "passed over for another, supporting"
        is_offered = self.told.near(reader, home, if_another(self.told.offers))
        return "passed over for another, offered" if is_offered else None

    def _is_named(self, reader, home, relation):
        if relation in {"file", "home"}:
            return True
        grown = self.told.at(home, 18)
        named = ["name" in self.told.shows(reader, each) for each in grown]
        return relation == "active" and bool(named) and all(named)

    def _sees_person(self, reader, name):
        gone = self.told.people[name].home == AWAY
        if gone and reader in WORKERS:  # who goes on knowing whom they looked after
            return
        wanted = set() if gone else self.told.shows(reader, name)
        path = f"/api/persons/{self.stage.ids[name]}"
        told = [self._ask(reader, path + shelf) or {} for shelf in ("", "/contact")]
        seen = {item for key, item in KEYS.items() for row in told if row.get(key)}
        assert seen == wanted - {"profile"}, (reader, name, self.told.day)

    def _ask(self, reader, path):
        answer = self.stage.clients[reader].get(path)
        assert answer.status_code in {200, 403, 404}, answer.text
        return answer.json if answer.status_code == 200 else None

    @invariant()
    def no_group_has_more_than_its_room(self):
        with self.stage.as_("system") as uow:
            self._rooms_are_right(uow)

    def _rooms_are_right(self, uow):
        groups = {group.id: group for group in uow.all(uow.select(SponsorGroup))}
        for name, (persons, places) in ROOM.items():
            group = groups[self.stage.ids[name]]
            taken = [m.persons for m in self.told.matches if m.group == name and runs(m)]
            assert (group.persons_now, group.households_now) == (sum(taken), len(taken))
            assert group.persons_now <= persons
            assert group.households_now <= places


def if_another(how):
    """Ask of a match what would be if its other group stood in it."""
    other = dict(zip(ROOM, reversed(ROOM), strict=True))
    return lambda m: how(SimpleNamespace(home=m.home, group=other[m.group], status=m.status))


def runs(match):
    return match.status in {"confirmed", "suspended"}


WORLD = a_world()


def tried(machine, *, lives, acts, looks):
    """Live each beginning once, then some lives: always the same, or as many as wanted."""
    for so_far in BEGINNINGS:
        life = machine()
        life.begin(so_far=so_far)
        for _ in range(looks):
            life.each_sees_what_the_oracle_says()
        life.teardown()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives or EXAMPLES,
            stateful_step_count=acts,
            deadline=None,
            derandomize=not lives,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            database=None,
            suppress_health_check=[*HealthCheck],
        ),
    )


def test_whatever_happens_everybody_sees_what_they_may_and_no_more(
    app, connection, clock, record_property
):
    machine = type("Acted", (Matching,), {})
    machine.stage = Stage(app, connection, clock)
    machine.acts, machine.seen = Counter(), Counter()

    tried(machine, lives=LIVES, acts=STEPS, looks=5)

    record_property("acts done", machine.acts.total())
    record_property("looks compared with the oracle", machine.seen.total())
    assert machine.acts.keys() == DONE, machine.acts
    assert machine.seen.keys() == STANDINGS, machine.seen


def test_the_oracle_is_short_and_knows_nothing_of_the_product():
    lines = (Path(__file__).parent / "seeing_oracle.py").read_text().splitlines()

    assert len(lines) <= 60
    assert not [line for line in lines if "resettle" in line]
